export type ParcelStatus = 'registered' | 'in_transit' | 'delivered' | 'cancelled';

export interface Parcel {
  id: string;
  trackingNumber: string;
  senderId: string;
  recipientName: string;
  recipientEmail: string;
  weightGrams: number;
  serviceLevel: string;
  status: ParcelStatus;
  depotCode: string;
  deliveryWindow: string | null;
  createdAt: Date;
}

/** A parcel that has no row yet. */
export interface NewParcel {
  senderId: string;
  recipientName: string;
  recipientEmail: string;
  weightGrams: number;
  serviceLevel: string;
  depotCode: string;
  deliveryWindow?: string;
}

export function isCancellable(parcel: Parcel): boolean {
  return parcel.status === 'registered';
}
