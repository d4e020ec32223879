import { describe, expect, it, vi } from 'vitest';
import { toInvoice, type InvoiceRecord } from '../src/invoices/invoice';
import { InvoiceService, type InvoiceServiceDeps } from '../src/invoices/invoice-service';

function deps(delivered: boolean): InvoiceServiceDeps {
  const open = { id: 'i-1', parcelId: 'p-1', senderEmail: 'shop@example.com', amountCents: 1170, currency: 'EUR', status: 'open' as const, issuedAt: '', dueAt: null };
  return {
    invoices: {
      insert: async (record: InvoiceRecord) => toInvoice(record),
      find: async () => open,
      findOpen: async () => [open],
      markPaid: vi.fn(),
    },
    parcels: {
      getParcel: async () => ({ id: 'p-1', senderId: 's-1', weightGrams: 1500, serviceLevel: 'express', status: 'delivered' }),
      getSender: async () => ({ id: 's-1', companyName: 'Shop', email: 'shop@example.com', plan: 'basic' }),
    },
    tracking: { proofOfDelivery: async () => ({ delivered, signedBy: 'B.' }) },
    paygate: { charge: async () => ({ reference: 'pg-1', amountCents: 1170, currency: 'EUR', status: 'settled' }) },
    quotes: { price: async () => ({ baseCents: 990, weightCents: 180, totalCents: 1170, currency: 'EUR' }) },
    events: { publish: vi.fn() },
    paymentTermDays: 14,
  };
}

describe('InvoiceService', () => {
  it('[billDelivery/AC-2] bills the sender of a delivered parcel', async () => {
    const invoice = await new InvoiceService(deps(true)).issue('p-1');
    expect(invoice).toMatchObject({ parcelId: 'p-1', senderEmail: 'shop@example.com', amountCents: 1170 });
  });

  it('[billDelivery/AC-2] bills nothing that is under way', async () => {
    await expect(new InvoiceService(deps(false)).issue('p-1')).rejects.toThrow('not delivered');
  });

  it('[billDelivery/AC-3] announces a payment', async () => {
    const parts = deps(true);
    const invoice = await new InvoiceService(parts).pay('i-1');
    expect(invoice.status).toBe('paid');
    expect(parts.events.publish).toHaveBeenCalledWith('invoice.paid', expect.objectContaining({ amountCents: 1170 }));
  });
});
