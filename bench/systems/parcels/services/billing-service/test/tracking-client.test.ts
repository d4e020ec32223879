import nock from 'nock';
import { expect, it } from 'vitest';
import { TrackingClient } from '../src/clients/tracking-client';

it('reads the proof of delivery from the tracking service', async () => {
  nock('http://tracking:3000').get('/api/shipments/p-1').reply(200, { id: 'sh-1', parcelId: 'p-1', state: 'delivered', signedBy: 'B.' });
  const client = new TrackingClient({ trackingUrl: 'http://tracking:3000', httpTimeoutMs: 100 });
  expect(await client.proofOfDelivery('p-1')).toEqual({ delivered: true, signedBy: 'B.' });
});
