import { expect, it } from 'vitest';
import { parcelCancelledMail, parcelCreatedMail } from '../src/templates/parcel-mails';
import { receiptMail } from '../src/templates/receipt-mail';

it('[sendParcel/AC-1] tells the recipient where to follow the parcel', () => {
  const mail = parcelCreatedMail(
    { parcelId: 'p-1', trackingNumber: 'PX234567892', recipientName: 'Ada', recipientEmail: 'ada@example.com' },
    'https://parcels.example/track',
  );
  expect(mail.to).toBe('ada@example.com');
  expect(mail.text).toContain('https://parcels.example/track/p-1');
});

it('says why a parcel was cancelled', () => {
  expect(parcelCancelledMail({ parcelId: 'p-1', recipientEmail: 'ada@example.com', reason: 'typo' }).text).toContain('typo');
});

it('[billDelivery/AC-3] sends the receipt to the sender', () => {
  const mail = receiptMail({ invoiceId: 'i-1', senderEmail: 'shop@example.com', amountCents: 1170, currency: 'EUR' });
  expect(mail.to).toBe('shop@example.com');
  expect(mail.text).toContain('€11.70');
});
