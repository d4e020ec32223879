CREATE TABLE invoices (
  id            uuid PRIMARY KEY,
  parcel_id     uuid NOT NULL UNIQUE,
  sender_email  text NOT NULL,
  amount_cents  integer NOT NULL,
  currency      char(3) NOT NULL,
  status        text NOT NULL DEFAULT 'open',
  issued_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE payments (
  id            uuid PRIMARY KEY,
  invoice_id    uuid NOT NULL REFERENCES invoices (id),
  provider_ref  text NOT NULL,
  status        text NOT NULL,
  received_at   timestamptz
);
