CREATE TABLE shipments (
  id          uuid PRIMARY KEY,
  parcel_id   uuid NOT NULL UNIQUE,
  carrier     varchar(40) NOT NULL DEFAULT 'own',
  state       varchar(20) NOT NULL DEFAULT 'announced',
  eta         timestamptz,
  updated_at  timestamptz NOT NULL DEFAULT now()
);
