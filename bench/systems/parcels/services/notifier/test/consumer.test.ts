import { expect, it, vi } from 'vitest';
import { createConsumer } from '../src/consumer';

it('mails on parcel.created', async () => {
  const send = vi.fn();
  const onMessage = createConsumer(send, 'https://parcels.example/track');
  await onMessage({ topic: 'parcel.created', value: JSON.stringify({ parcelId: 'p-1', trackingNumber: 'PX1', recipientName: 'Ada', recipientEmail: 'ada@example.com' }) });
  expect(send).toHaveBeenCalledOnce();
});

it('ignores topics it does not know', async () => {
  const send = vi.fn();
  await createConsumer(send, '')({ topic: 'depot.closed', value: '{}' });
  expect(send).not.toHaveBeenCalled();
});
