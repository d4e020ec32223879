import type { Knex } from 'knex';
import { toInvoice, type Invoice, type InvoiceRecord } from './invoice';

export class InvoiceRepository {
  constructor(private readonly db: Knex) {}

  async insert(record: InvoiceRecord): Promise<Invoice> {
    const [row] = await this.db<InvoiceRecord>('invoices').insert(record).returning('*');
    return toInvoice(row);
  }

  async find(id: string): Promise<Invoice | undefined> {
    const row = await this.db<InvoiceRecord>('invoices').where({ id }).first();
    return row ? toInvoice(row) : undefined;
  }

  async findOpen(): Promise<Invoice[]> {
    const rows: InvoiceRecord[] = await this.db('invoices')
      .select('id', 'parcel_id', 'sender_email', 'amount_cents', 'currency', 'status', 'issued_at', 'due_at')
      .where('status', 'open')
      .orderBy('issued_at', 'desc');
    return rows.map(toInvoice);
  }

  async markPaid(id: string, paymentId: string, providerRef: string): Promise<void> {
    await this.db('invoices').where({ id }).update({ status: 'paid' });
    await this.db('payments').insert({ id: paymentId, invoice_id: id, provider_ref: providerRef, status: 'settled' });
  }
}
