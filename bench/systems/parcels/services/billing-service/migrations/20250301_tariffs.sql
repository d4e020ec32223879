CREATE TABLE tariffs (
  id             serial PRIMARY KEY,
  service_level  text NOT NULL UNIQUE,
  base_cents     integer NOT NULL,
  per_kg_cents   integer NOT NULL,
  currency       char(3) NOT NULL DEFAULT 'EUR'
);

INSERT INTO tariffs (service_level, base_cents, per_kg_cents) VALUES
  ('express', 990, 120),
  ('standard', 490, 60),
  ('economy', 350, 40);
