export type InvoiceStatus = 'open' | 'paid' | 'void';

export interface Invoice {
  id: string;
  parcelId: string;
  senderEmail: string;
  amountCents: number;
  currency: string;
  status: InvoiceStatus;
  issuedAt: string;
  dueAt: string | null;
}

export interface InvoiceRecord {
  id: string;
  parcel_id: string;
  sender_email: string;
  amount_cents: number;
  currency: string;
  status: InvoiceStatus;
  issued_at: Date;
  due_at: Date | null;
}

export const toInvoice = (record: InvoiceRecord): Invoice => ({
  id: record.id,
  parcelId: record.parcel_id,
  senderEmail: record.sender_email,
  amountCents: record.amount_cents,
  currency: record.currency,
  status: record.status,
  issuedAt: record.issued_at.toISOString(),
  dueAt: record.due_at ? record.due_at.toISOString() : null,
});
