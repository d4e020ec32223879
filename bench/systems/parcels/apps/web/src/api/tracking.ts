import { request } from './client';

export interface Shipment {
  id: string;
  parcelId: string;
  carrier: string;
  state: string;
  estimatedArrival: string | null;
  signedBy: string | null;
}

export interface Scan {
  location: string;
  depotCode: string | null;
  scannedAt: string;
}

export const trackingApi = {
  shipment(parcelId: string): Promise<Shipment> {
    return request<Shipment>('GET', `/api/shipments/${parcelId}`);
  },
  scans(parcelId: string): Promise<Scan[]> {
    return request<Scan[]>('GET', `/api/shipments/${parcelId}/scans`);
  },
};
