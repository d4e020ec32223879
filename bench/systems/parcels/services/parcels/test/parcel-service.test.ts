import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as repository from '../src/db/parcel-repository';
import type { Parcel } from '../src/domain/parcel';
import { ParcelService } from '../src/services/parcel-service';

vi.mock('../src/db/parcel-repository');

const parcel: Parcel = {
  id: 'p-1',
  trackingNumber: 'PX234567892',
  senderId: 's-1',
  recipientName: 'Ada',
  recipientEmail: 'ada@example.com',
  weightGrams: 1200,
  serviceLevel: 'express',
  status: 'registered',
  depotCode: 'BER1',
  deliveryWindow: null,
  createdAt: new Date('2026-01-05T10:00:00Z'),
};

describe('ParcelService', () => {
  const publish = vi.fn();
  const service = new ParcelService({ publish }, 30000);

  beforeEach(() => {
    publish.mockReset();
    vi.mocked(repository.insertParcel).mockResolvedValue(parcel);
    vi.mocked(repository.findParcelById).mockResolvedValue(parcel);
  });

  it('[sendParcel/AC-1] stores the parcel and announces it', async () => {
    const created = await service.create({ ...parcel, deliveryWindow: undefined });
    expect(created.trackingNumber).toBe('PX234567892');
    expect(publish).toHaveBeenCalledWith('parcel.created', 'p-1', expect.objectContaining({ recipientEmail: 'ada@example.com' }));
  });

  it('[sendParcel/AC-2] refuses a parcel above the weight limit', async () => {
    await expect(service.create({ ...parcel, deliveryWindow: undefined, weightGrams: 30001 })).rejects.toThrow('too heavy');
  });

  it('[sendParcel/AC-3] cancels only what has not left', async () => {
    await service.cancel('p-1', { reason: 'typo' });
    expect(publish).toHaveBeenCalledWith('parcel.cancelled', 'p-1', expect.objectContaining({ reason: 'typo' }));
    vi.mocked(repository.findParcelById).mockResolvedValue({ ...parcel, status: 'in_transit' });
    await expect(service.cancel('p-1', { reason: 'typo' })).rejects.toThrow('already on its way');
  });
});
