import axios from 'axios';

interface Party {
  name: string;
  vatId: string;
}

const trade = axios.create({ baseURL: 'https://trade.acme.test' });

export async function isEu(invoiceId: string): Promise<boolean> {
  const invoice = (await trade.get<{ number: string; customer: Party }>(`/invoices/${invoiceId}`)).data;
  return /^[A-Z]{2}/.test(invoice.customer.vatId);
}
