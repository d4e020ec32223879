import { randomUUID } from 'node:crypto';
import type { NewParcel, Parcel, ParcelStatus } from '../domain/parcel';
import { generateTrackingNumber } from '../domain/tracking-number';
import { toParcel, type ParcelRow } from './parcel-row';
import { getPool } from './pool';

const COLUMNS = `id, tracking_number, sender_id, recipient_name, recipient_email, weight_grams,
  service_level, status, depot_code, delivery_window, created_at`;

export async function insertParcel(parcel: NewParcel): Promise<Parcel> {
  const { rows } = await getPool().query<ParcelRow>(
    `INSERT INTO parcels (id, tracking_number, sender_id, recipient_name, recipient_email,
                          weight_grams, service_level, depot_code, delivery_window)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     RETURNING id, tracking_number, sender_id, recipient_name, recipient_email, weight_grams,
               service_level, status, depot_code, delivery_window, created_at`,
    [
      randomUUID(),
      generateTrackingNumber(),
      parcel.senderId,
      parcel.recipientName,
      parcel.recipientEmail,
      parcel.weightGrams,
      parcel.serviceLevel,
      parcel.depotCode,
      parcel.deliveryWindow ?? null,
    ],
  );
  return toParcel(rows[0]);
}

export async function findParcelById(id: string): Promise<Parcel | undefined> {
  const { rows } = await getPool().query<ParcelRow>(`SELECT ${COLUMNS} FROM parcels WHERE id = $1`, [id]);
  return rows[0] ? toParcel(rows[0]) : undefined;
}

export async function listParcelsOfSender(senderId: string, status?: ParcelStatus): Promise<Parcel[]> {
  const { rows } = await getPool().query<ParcelRow>(
    `SELECT id, tracking_number, sender_id, recipient_name, recipient_email, weight_grams,
            service_level, status, depot_code, delivery_window, created_at
       FROM parcels
      WHERE sender_id = $1 AND ($2::text IS NULL OR status = $2)
      ORDER BY created_at DESC`,
    [senderId, status ?? null],
  );
  return rows.map(toParcel);
}

export async function updateParcelStatus(id: string, status: ParcelStatus): Promise<void> {
  await getPool().query('UPDATE parcels SET status = $2 WHERE id = $1', [id, status]);
}

export async function markCancelled(id: string, reason: string): Promise<void> {
  await getPool().query("UPDATE parcels SET status = 'cancelled', cancel_reason = $2 WHERE id = $1", [id, reason]);
}
