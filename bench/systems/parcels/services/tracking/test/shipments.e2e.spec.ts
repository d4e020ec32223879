import { Test } from '@nestjs/testing';
import request from 'supertest';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ShipmentsController } from '../src/shipments/shipments.controller';
import { ShipmentsService } from '../src/shipments/shipments.service';

const shipment = { id: 'sh-1', parcelId: 'p-1', carrier: 'own', state: 'moving', eta: new Date('2026-01-08T00:00:00Z'), signedBy: null };
let app: any;

beforeAll(async () => {
  const moduleRef = await Test.createTestingModule({
    controllers: [ShipmentsController],
    providers: [{ provide: ShipmentsService, useValue: { findByParcel: vi.fn().mockResolvedValue(shipment), scansOf: vi.fn().mockResolvedValue([]) } }],
  }).compile();
  app = moduleRef.createNestApplication();
  app.setGlobalPrefix('api');
  await app.init();
});

afterAll(() => app.close());

it('[trackParcel/AC-1] GET /api/shipments/{parcelId} shows where the parcel is', async () => {
  const response = await request(app.getHttpServer()).get('/api/shipments/p-1');
  expect(response.status).toBe(200);
  expect(response.body.state).toBe('moving');
  expect(response.body.estimatedArrival).toBe('2026-01-08T00:00:00.000Z');
});

it('GET /api/shipments/{parcelId}/scans answers a list', async () => {
  const response = await request(app.getHttpServer()).get('/api/shipments/p-1/scans');
  expect(response.body).toEqual([]);
});
