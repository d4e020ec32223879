import type { Parcel } from '../api/parcels';
import { StatusBadge } from './StatusBadge';

interface ParcelCardProps {
  parcel: Parcel;
  onCancel(id: string): void;
}

export function ParcelCard({ parcel, onCancel }: ParcelCardProps) {
  return (
    <article className="parcel-card">
      <h3>{parcel.trackingNumber}</h3>
      <p>{parcel.recipientName}</p>
      {parcel.deliveryWindow && <p>arrives {parcel.deliveryWindow}</p>}
      <StatusBadge status={parcel.status} />
      {parcel.status === 'registered' && <button onClick={() => onCancel(parcel.id)}>Cancel</button>}
    </article>
  );
}
