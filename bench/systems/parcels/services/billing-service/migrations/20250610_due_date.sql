ALTER TABLE invoices ADD COLUMN due_at timestamptz;
ALTER TABLE payments ALTER COLUMN received_at SET DEFAULT now();
