export interface ShipmentScannedEvent {
  shipmentId: string;
  parcelId: string;
  location: string;
  state: string;
  scannedAt: string;
}

export interface ShipmentDeliveredEvent {
  shipmentId: string;
  parcelId: string;
  signedBy: string;
  deliveredAt: string;
}
