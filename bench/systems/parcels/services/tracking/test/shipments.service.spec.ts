import { describe, expect, it, vi } from 'vitest';
import { ShipmentsService } from '../src/shipments/shipments.service';

function setUp(state: string) {
  const shipment = { id: 'sh-1', parcelId: 'p-1', carrier: 'own', state, eta: null, signedBy: null };
  const shipments = { findOne: vi.fn().mockResolvedValue(shipment), save: vi.fn(async (value: unknown) => value), update: vi.fn() };
  const scans = { find: vi.fn(), save: vi.fn(async (value: unknown) => value) };
  const publisher = { scanned: vi.fn(), delivered: vi.fn() };
  return { service: new ShipmentsService(shipments as never, scans as never, publisher as never), publisher, shipments };
}

describe('ShipmentsService', () => {
  it('[trackParcel/AC-2] a scan moves the shipment and is announced', async () => {
    const { service, publisher } = setUp('announced');
    const scan = await service.recordScan('p-1', { location: 'Hub Leipzig', scannedAt: '2026-01-06T04:00:00Z' });
    expect(scan.location).toBe('Hub Leipzig');
    expect(publisher.scanned).toHaveBeenCalledOnce();
  });

  it('[trackParcel/AC-3] delivery records who signed', async () => {
    const { service, publisher } = setUp('moving');
    const shipment = await service.deliver('p-1', 'B. Lovelace');
    expect(shipment.signedBy).toBe('B. Lovelace');
    expect(publisher.delivered).toHaveBeenCalledOnce();
  });

  it('does not deliver what went back', async () => {
    await expect(setUp('returned').service.deliver('p-1', 'x')).rejects.toThrow('went back');
  });
});
