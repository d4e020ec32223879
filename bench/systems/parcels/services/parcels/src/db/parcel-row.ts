import type { Parcel, ParcelStatus } from '../domain/parcel';

/** As pg returns it. */
export interface ParcelRow {
  id: string;
  tracking_number: string;
  sender_id: string;
  recipient_name: string;
  recipient_email: string;
  weight_grams: number;
  service_level: string;
  status: ParcelStatus;
  depot_code: string;
  delivery_window: string | null;
  created_at: Date;
}

export function toParcel(row: ParcelRow): Parcel {
  return {
    id: row.id,
    trackingNumber: row.tracking_number,
    senderId: row.sender_id,
    recipientName: row.recipient_name,
    recipientEmail: row.recipient_email,
    weightGrams: row.weight_grams,
    serviceLevel: row.service_level,
    status: row.status,
    depotCode: row.depot_code,
    deliveryWindow: row.delivery_window,
    createdAt: row.created_at,
  };
}
