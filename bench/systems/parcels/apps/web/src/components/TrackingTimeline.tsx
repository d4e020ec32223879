import type { Scan, Shipment } from '../api/tracking';

interface TrackingTimelineProps {
  shipment: Shipment;
  scans: Scan[];
}

export const TrackingTimeline = ({ shipment, scans }: TrackingTimelineProps) => (
  <section>
    <h2>{shipment.state}</h2>
    {shipment.estimatedArrival && <p>expected {shipment.estimatedArrival.slice(0, 10)}</p>}
    {shipment.signedBy && <p>signed by {shipment.signedBy}</p>}
    <ol>
      {scans.map((scan) => (
        <li key={scan.scannedAt}>
          {scan.scannedAt} {scan.location}
        </li>
      ))}
    </ol>
  </section>
);
