import { afterEach, expect, it, vi } from 'vitest';
import { cancelParcel, createParcel, listParcels } from '../src/api/parcels';

afterEach(() => vi.unstubAllGlobals());

function stubFetch(status: number, body: unknown) {
  const fetch = vi.fn(async () => new Response(status === 204 ? null : JSON.stringify(body), { status }));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

it('posts a new parcel', async () => {
  const fetch = stubFetch(201, { id: 'p-1', trackingNumber: 'PX1' });
  const parcel = await createParcel({ senderId: 's-1', recipientName: 'Ada', recipientEmail: 'ada@example.com', weightGrams: 1200, serviceLevel: 'standard', depotCode: 'BER1' });
  expect(parcel.trackingNumber).toBe('PX1');
  expect(fetch).toHaveBeenCalledWith('/parcels', expect.objectContaining({ method: 'POST' }));
});

it('filters the list by status', async () => {
  const fetch = stubFetch(200, { items: [], total: 0 });
  await listParcels('s-1', 'delivered');
  expect(fetch).toHaveBeenCalledWith('/parcels?senderId=s-1&status=delivered', expect.anything());
});

it('cancels with a reason', async () => {
  stubFetch(204, null);
  await expect(cancelParcel('p-1', 'typo')).resolves.toBeUndefined();
});
