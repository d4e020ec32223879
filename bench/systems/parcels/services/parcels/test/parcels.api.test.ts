import request from 'supertest';
import { describe, expect, it, vi } from 'vitest';
import { createApp } from '../src/app';
import { ParcelService } from '../src/services/parcel-service';

const row = {
  id: 'p-1',
  trackingNumber: 'PX234567892',
  senderId: 's-1',
  recipientName: 'Ada',
  recipientEmail: 'ada@example.com',
  weightGrams: 1200,
  serviceLevel: 'express',
  status: 'registered' as const,
  depotCode: 'BER1',
  deliveryWindow: null,
  createdAt: new Date('2026-01-05T10:00:00Z'),
};

function appWith(overrides: Partial<ParcelService>) {
  const service = Object.assign(new ParcelService({ publish: vi.fn() }, 30000), overrides);
  return createApp(service);
}

describe('parcels API', () => {
  it('POST /parcels answers 201 with the tracking number', async () => {
    const app = appWith({ create: async () => row });
    const response = await request(app).post('/parcels').send({ senderId: 's-1', recipientEmail: 'ada@example.com', weightGrams: 1200 });
    expect(response.status).toBe(201);
    expect(response.body.trackingNumber).toBe('PX234567892');
  });

  it('GET /parcels/{id} shows the status', async () => {
    const response = await request(appWith({ get: async () => row })).get('/parcels/p-1');
    expect(response.body.status).toBe('registered');
  });

  it('POST /parcels/{id}/cancel answers 204', async () => {
    const response = await request(appWith({ cancel: async () => undefined })).post('/parcels/p-1/cancel').send({ reason: 'typo' });
    expect(response.status).toBe(204);
  });
});
