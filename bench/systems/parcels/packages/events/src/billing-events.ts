export interface InvoicePaidEvent {
  invoiceId: string;
  parcelId: string;
  senderEmail: string;
  amountCents: number;
  currency: string;
  paidAt: string;
}
