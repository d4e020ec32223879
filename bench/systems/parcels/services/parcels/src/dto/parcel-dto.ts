import type { Parcel } from '../domain/parcel';

/** Body of POST /parcels. */
export interface CreateParcelRequest {
  senderId: string;
  recipientName: string;
  recipientEmail: string;
  weightGrams: number;
  serviceLevel: string;
  depotCode: string;
  deliveryWindow?: string;
}

export interface CancelParcelRequest {
  reason: string;
}

/** What the API shows of a parcel. */
export interface ParcelResponse {
  id: string;
  trackingNumber: string;
  senderId: string;
  recipientName: string;
  recipientEmail: string;
  weightGrams: number;
  serviceLevel: string;
  status: string;
  depotCode: string;
  deliveryWindow: string | null;
  createdAt: string;
}

export function toParcelResponse(parcel: Parcel): ParcelResponse {
  return {
    id: parcel.id,
    trackingNumber: parcel.trackingNumber,
    senderId: parcel.senderId,
    recipientName: parcel.recipientName,
    recipientEmail: parcel.recipientEmail,
    weightGrams: parcel.weightGrams,
    serviceLevel: parcel.serviceLevel,
    status: parcel.status,
    depotCode: parcel.depotCode,
    deliveryWindow: parcel.deliveryWindow,
    createdAt: parcel.createdAt.toISOString(),
  };
}
