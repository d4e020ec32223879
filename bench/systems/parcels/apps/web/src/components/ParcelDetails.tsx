import type { Parcel } from '../api/parcels';

export function ParcelDetails({ parcel }: { parcel: Parcel }) {
  const { recipientEmail, weightGrams, depotCode, serviceLevel } = parcel;
  return (
    <dl>
      <dt>Recipient</dt>
      <dd>
        <a href={`mailto:${recipientEmail}`}>{recipientEmail}</a>
      </dd>
      <dt>Weight</dt>
      <dd>{(weightGrams / 1000).toFixed(1)} kg</dd>
      <dt>Service</dt>
      <dd>{serviceLevel}</dd>
      <dt>Depot</dt>
      <dd>{depotCode}</dd>
    </dl>
  );
}
