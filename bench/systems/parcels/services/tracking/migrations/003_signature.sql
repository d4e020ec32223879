ALTER TABLE shipments ADD COLUMN signed_by varchar(120);
