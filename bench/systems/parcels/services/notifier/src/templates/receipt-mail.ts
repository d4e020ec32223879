import { formatCents } from '@parcels/money';
import type { Mail } from '../mailer';
import type { InvoicePaid } from '../messages';

export const receiptMail = (event: InvoicePaid): Mail => ({
  to: event.senderEmail,
  subject: `Receipt for invoice ${event.invoiceId}`,
  text: `We received ${formatCents(event.amountCents, event.currency)}. Thank you.`,
});
