import axios from 'axios';
import type { BillingConfig } from '../config';

/** The payment provider's own invoice, not ours. */
export interface PaygateInvoice {
  reference: string;
  amountCents: number;
  currency: string;
  status: 'pending' | 'settled' | 'failed';
}

export class PaygateClient {
  constructor(private readonly config: Pick<BillingConfig, 'paygateUrl' | 'paygateApiKey'>) {}

  async charge(invoiceId: string, amountCents: number, currency: string): Promise<PaygateInvoice> {
    const { data } = await axios.post<PaygateInvoice>(
      `${this.config.paygateUrl}/v1/invoices`,
      { merchantReference: invoiceId, amountCents, currency },
      { headers: { authorization: `Bearer ${this.config.paygateApiKey}` } },
    );
    return data;
  }

  async lookUp(reference: string): Promise<PaygateInvoice> {
    const { data } = await axios.get<PaygateInvoice>(`${this.config.paygateUrl}/v1/invoices/${reference}`, {
      headers: { authorization: `Bearer ${this.config.paygateApiKey}` },
    });
    return data;
  }
}
