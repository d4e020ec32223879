import { randomUUID } from 'node:crypto';
import { TOPICS, type InvoicePaidEvent } from '@parcels/events';
import type { PaygateClient } from '../clients/paygate-client';
import type { ParcelsClient } from '../clients/parcels-client';
import type { TrackingClient } from '../clients/tracking-client';
import type { BillingEventPublisher } from '../events/billing-event-publisher';
import type { QuoteService } from '../quotes/quote-service';
import type { Invoice } from './invoice';
import type { InvoiceRepository } from './invoice-repository';

export interface InvoiceServiceDeps {
  invoices: Pick<InvoiceRepository, 'insert' | 'find' | 'findOpen' | 'markPaid'>;
  parcels: Pick<ParcelsClient, 'getParcel' | 'getSender'>;
  tracking: Pick<TrackingClient, 'proofOfDelivery'>;
  paygate: Pick<PaygateClient, 'charge'>;
  quotes: Pick<QuoteService, 'price'>;
  events: Pick<BillingEventPublisher, 'publish'>;
  paymentTermDays: number;
}

export class InvoiceService {
  constructor(private readonly deps: InvoiceServiceDeps) {}

  /** Called when a parcel was delivered, and by POST /invoices. */
  async issue(parcelId: string): Promise<Invoice> {
    const proof = await this.deps.tracking.proofOfDelivery(parcelId);
    if (!proof.delivered) throw new Error(`parcel ${parcelId} is not delivered`);
    const parcel = await this.deps.parcels.getParcel(parcelId);
    const sender = await this.deps.parcels.getSender(parcel.senderId);
    const price = await this.deps.quotes.price(parcel.serviceLevel, parcel.weightGrams);
    const now = new Date();
    return this.deps.invoices.insert({
      id: randomUUID(),
      parcel_id: parcel.id,
      sender_email: sender.email,
      amount_cents: price.totalCents,
      currency: price.currency,
      status: 'open',
      issued_at: now,
      due_at: new Date(now.getTime() + this.deps.paymentTermDays * 86_400_000),
    });
  }

  async pay(invoiceId: string): Promise<Invoice> {
    const invoice = await this.deps.invoices.find(invoiceId);
    if (!invoice) throw new Error(`no invoice ${invoiceId}`);
    const receipt = await this.deps.paygate.charge(invoice.id, invoice.amountCents, invoice.currency);
    await this.deps.invoices.markPaid(invoice.id, randomUUID(), receipt.reference);
    const event: InvoicePaidEvent = {
      invoiceId: invoice.id,
      parcelId: invoice.parcelId,
      senderEmail: invoice.senderEmail,
      amountCents: invoice.amountCents,
      currency: invoice.currency,
      paidAt: new Date().toISOString(),
    };
    await this.deps.events.publish(TOPICS.invoicePaid, event);
    return { ...invoice, status: 'paid' };
  }

  open(): Promise<Invoice[]> {
    return this.deps.invoices.findOpen();
  }
}
