import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { TrackingTimeline } from '../src/components/TrackingTimeline';

it('[trackParcel/AC-1] shows the state and the expected day', () => {
  render(
    <TrackingTimeline
      shipment={{ id: 'sh-1', parcelId: 'p-1', carrier: 'own', state: 'moving', estimatedArrival: '2026-01-08T00:00:00Z', signedBy: null }}
      scans={[{ location: 'Hub Leipzig', depotCode: null, scannedAt: '2026-01-06T04:00:00Z' }]}
    />,
  );
  expect(screen.getByText('moving')).toBeTruthy();
  expect(screen.getByText('expected 2026-01-08')).toBeTruthy();
});
