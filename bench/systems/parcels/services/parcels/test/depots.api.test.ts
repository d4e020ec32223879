import request from 'supertest';
import { expect, it, vi } from 'vitest';
import { createApp } from '../src/app';
import * as depots from '../src/db/depot-repository';
import { ParcelService } from '../src/services/parcel-service';

vi.mock('../src/db/depot-repository');

it('GET /depots lists the depots of a city', async () => {
  vi.mocked(depots.listDepots).mockResolvedValue([{ code: 'BER1', name: 'Berlin Ost', city: 'Berlin', capacity: 400 }]);
  const app = createApp(new ParcelService({ publish: vi.fn() }, 30000));
  const response = await request(app).get('/depots').query({ city: 'Berlin' });
  expect(response.body[0].code).toBe('BER1');
});

it('GET /depots/{code}/load counts what waits', async () => {
  vi.mocked(depots.countWaiting).mockResolvedValue(7);
  const app = createApp(new ParcelService({ publish: vi.fn() }, 30000));
  const response = await request(app).get('/depots/BER1/load');
  expect(response.body.waiting).toBe(7);
});
