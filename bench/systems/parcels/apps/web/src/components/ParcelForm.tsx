import { useState, type FormEvent } from 'react';
import { createParcel, type CreateParcelInput } from '../api/parcels';
import { saveContact } from '../lib/address-book';
import { DepotPicker } from './DepotPicker';

interface ParcelFormProps {
  senderId: string;
  onCreated(trackingNumber: string): void;
}

export function ParcelForm({ senderId, onCreated }: ParcelFormProps) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [kilos, setKilos] = useState('1');
  const [depot, setDepot] = useState('');

  async function submit(event: FormEvent) {
    event.preventDefault();
    const input: CreateParcelInput = {
      senderId,
      recipientName: name,
      recipientEmail: email,
      weightGrams: Math.round(Number(kilos) * 1000),
      serviceLevel: 'standard',
      depotCode: depot,
    };
    const parcel = await createParcel(input);
    saveContact({ recipientName: name, recipientEmail: email, city: '' });
    onCreated(parcel.trackingNumber);
  }

  return (
    <form onSubmit={submit}>
      <input value={name} onChange={(e) => setName(e.target.value)} placeholder="Recipient" />
      <input value={email} onChange={(e) => setEmail(e.target.value)} type="email" />
      <input value={kilos} onChange={(e) => setKilos(e.target.value)} inputMode="decimal" />
      <DepotPicker value={depot} onChange={setDepot} />
      <button type="submit">Send</button>
    </form>
  );
}
