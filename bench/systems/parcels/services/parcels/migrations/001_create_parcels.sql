CREATE TABLE depots (
  code       text PRIMARY KEY,
  name       text NOT NULL,
  city       text NOT NULL,
  capacity   integer NOT NULL DEFAULT 500
);

CREATE TABLE parcels (
  id               uuid PRIMARY KEY,
  tracking_number  text NOT NULL UNIQUE,
  recipient_name   text NOT NULL,
  recipient_email  text NOT NULL,
  weight_grams     integer NOT NULL,
  service_level    text NOT NULL,
  status           text NOT NULL DEFAULT 'registered',
  depot_code       text NOT NULL REFERENCES depots (code),
  created_at       timestamptz NOT NULL DEFAULT now()
);
