CREATE TABLE senders (
  id            uuid PRIMARY KEY,
  company_name  text NOT NULL,
  email         text NOT NULL UNIQUE,
  plan          text NOT NULL DEFAULT 'basic'
);

ALTER TABLE parcels
  ADD COLUMN sender_id uuid NOT NULL REFERENCES senders (id);
