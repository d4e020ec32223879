import { expect, it, vi } from 'vitest';
import { estimateArrival } from '../src/events/eta';
import { ParcelEventsController } from '../src/events/parcel-events.controller';

it('announces a shipment when a parcel was created', async () => {
  const shipments = { announce: vi.fn(), withdraw: vi.fn() };
  const controller = new ParcelEventsController(shipments as never);
  await controller.onParcelCreated({ parcelId: 'p-1', serviceLevel: 'express', depotCode: 'BER1', occurredAt: '2026-01-05T10:00:00Z' });
  expect(shipments.announce).toHaveBeenCalledWith('p-1', new Date('2026-01-06T10:00:00Z'));
});

it('falls back to the standard time', () => {
  expect(estimateArrival('unknown', new Date(0)).getTime()).toBe(3 * 86_400_000);
});
