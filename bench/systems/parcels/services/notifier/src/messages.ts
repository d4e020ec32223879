// Deliberately not shared with the producers: see docs/adr/0004-tolerant-readers.md
export interface ParcelCreated {
  parcelId: string;
  trackingNumber: string;
  recipientName: string;
  recipientEmail: string;
}

export interface ParcelCancelled {
  parcelId: string;
  recipientEmail: string;
  reason: string;
}

export interface ShipmentDelivered {
  parcelId: string;
  signedBy: string;
  deliveredAt: string;
}

export interface InvoicePaid {
  invoiceId: string;
  senderEmail: string;
  amountCents: number;
  currency: string;
}
