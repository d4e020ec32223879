ALTER TABLE parcels ADD COLUMN cancel_reason text;
CREATE INDEX parcels_sender_status_idx ON parcels (sender_id, status);
