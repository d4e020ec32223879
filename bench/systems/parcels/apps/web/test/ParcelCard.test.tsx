import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Parcel } from '../src/api/parcels';
import { ParcelCard } from '../src/components/ParcelCard';

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
  deliveryWindow: '9-12',
  createdAt: '2026-01-05T10:00:00Z',
};

it('offers to cancel what has not left', () => {
  render(<ParcelCard parcel={parcel} onCancel={vi.fn()} />);
  expect(screen.getByText('Cancel')).toBeTruthy();
  expect(screen.getByText('arrives 9-12')).toBeTruthy();
});
