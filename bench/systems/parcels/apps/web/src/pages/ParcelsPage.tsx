import { useState } from 'react';
import { cancelParcel, listParcels } from '../api/parcels';
import { ParcelCard } from '../components/ParcelCard';
import { ParcelForm } from '../components/ParcelForm';
import { useLoad } from '../hooks/use-load';
import { showToast } from '../lib/toast';

export function ParcelsPage({ senderId }: { senderId: string }) {
  const [version, setVersion] = useState(0);
  const { value: page } = useLoad(() => listParcels(senderId), `parcels-${version}`);

  async function cancel(id: string) {
    await cancelParcel(id, 'cancelled by the sender');
    setVersion(version + 1);
  }

  return (
    <main>
      <h1>{page?.total ?? 0} parcels</h1>
      <ParcelForm
        senderId={senderId}
        onCreated={(number) => {
          showToast({ status: 'info', text: `created ${number}` });
          setVersion(version + 1);
        }}
      />
      {page?.items.map((parcel) => <ParcelCard key={parcel.id} parcel={parcel} onCancel={cancel} />)}
    </main>
  );
}
