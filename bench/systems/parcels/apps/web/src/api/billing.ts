import { request } from './client';

export interface Quote {
  totalCents: number;
  weightCents: number;
  currency: string;
}

export interface Invoice {
  id: string;
  parcelId: string;
  senderEmail: string;
  amountCents: number;
  currency: string;
  status: string;
  issuedAt: string;
  dueAt: string | null;
}

export async function fetchQuote(serviceLevel: string, weightGrams: number): Promise<Quote> {
  return request<Quote>('POST', '/quotes', { serviceLevel, weightGrams });
}

export async function fetchInvoices(): Promise<Invoice[]> {
  const { items } = await request<{ items: Invoice[] }>('GET', '/invoices');
  return items;
}

export async function payInvoice(id: string): Promise<Invoice> {
  return request<Invoice>('POST', `/invoices/${id}/payment`);
}
