import { request } from './client';

export interface Parcel {
  id: string;
  trackingNumber: string;
  senderId: string;
  recipientName: string;
  recipientEmail: string;
  weightGrams: number;
  serviceLevel: string;
  status: 'registered' | 'in_transit' | 'delivered' | 'cancelled';
  depotCode: string;
  deliveryWindow: string | null;
  createdAt: string;
}

export interface CreateParcelInput {
  senderId: string;
  recipientName: string;
  recipientEmail: string;
  weightGrams: number;
  serviceLevel: string;
  depotCode: string;
  deliveryWindow?: string;
}

export interface ParcelPage {
  items: Parcel[];
  total: number;
}

export function createParcel(input: CreateParcelInput): Promise<Parcel> {
  return request<Parcel>('POST', '/parcels', input);
}

export function listParcels(senderId: string, status?: Parcel['status']): Promise<ParcelPage> {
  const query = new URLSearchParams({ senderId });
  if (status) query.set('status', status);
  return request<ParcelPage>('GET', `/parcels?${query.toString()}`);
}

export function getParcel(id: string): Promise<Parcel> {
  return request<Parcel>('GET', `/parcels/${id}`);
}

export function cancelParcel(id: string, reason: string): Promise<void> {
  return request<void>('POST', `/parcels/${id}/cancel`, { reason });
}
