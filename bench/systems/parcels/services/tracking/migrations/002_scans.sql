CREATE TABLE scans (
  id           uuid PRIMARY KEY,
  shipment_id  uuid NOT NULL REFERENCES shipments (id) ON DELETE CASCADE,
  location     varchar(80) NOT NULL,
  depot_code   varchar(8),
  scanned_at   timestamptz NOT NULL
);
CREATE INDEX scans_shipment_idx ON scans (shipment_id, scanned_at);
