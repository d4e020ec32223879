ALTER TABLE parcels ADD COLUMN delivery_window text;
