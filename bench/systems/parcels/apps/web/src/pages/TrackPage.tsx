import { getParcel } from '../api/parcels';
import { trackingApi } from '../api/tracking';
import { ParcelDetails } from '../components/ParcelDetails';
import { TrackingTimeline } from '../components/TrackingTimeline';
import { useLoad } from '../hooks/use-load';

export function TrackPage({ parcelId }: { parcelId: string }) {
  const parcel = useLoad(() => getParcel(parcelId), `parcel-${parcelId}`);
  const shipment = useLoad(() => trackingApi.shipment(parcelId), `shipment-${parcelId}`);
  const scans = useLoad(() => trackingApi.scans(parcelId), `scans-${parcelId}`);
  if (parcel.status === 'loading' || shipment.status === 'loading') return <p>…</p>;
  return (
    <main>
      {parcel.value && <ParcelDetails parcel={parcel.value} />}
      {shipment.value && <TrackingTimeline shipment={shipment.value} scans={scans.value ?? []} />}
    </main>
  );
}
