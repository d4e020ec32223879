/** Published by the parcels service once a parcel is stored. */
export interface ParcelCreatedEvent {
  parcelId: string;
  trackingNumber: string;
  senderId: string;
  recipientName: string;
  recipientEmail: string;
  serviceLevel: string;
  depotCode: string;
  occurredAt: string;
}

/** Published by the parcels service when a sender withdraws a parcel. */
export interface ParcelCancelledEvent {
  parcelId: string;
  recipientEmail: string;
  reason: string;
  occurredAt: string;
}
