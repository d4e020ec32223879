import { render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { InvoiceTable } from '../src/components/InvoiceTable';

it('lets open invoices be paid', () => {
  const invoice = { id: 'i-1', parcelId: 'p-1', senderEmail: 'shop@example.com', amountCents: 1170, currency: 'EUR', status: 'open', issuedAt: '2026-01-07T00:00:00Z', dueAt: null };
  render(<InvoiceTable invoices={[invoice]} onPay={vi.fn()} />);
  expect(screen.getByText('€11.70')).toBeTruthy();
  expect(screen.getByText('Pay')).toBeTruthy();
});
