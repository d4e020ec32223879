import { formatCents } from '@parcels/money';
import type { Invoice } from '../api/billing';

interface InvoiceTableProps {
  invoices: Invoice[];
  onPay(id: string): void;
}

export function InvoiceTable({ invoices, onPay }: InvoiceTableProps) {
  return (
    <table>
      <tbody>
        {invoices.map((invoice) => (
          <tr key={invoice.id}>
            <td>{invoice.senderEmail}</td>
            <td>{formatCents(invoice.amountCents, invoice.currency)}</td>
            <td>{invoice.dueAt ?? 'now'}</td>
            <td>{invoice.status === 'open' ? <button onClick={() => onPay(invoice.id)}>Pay</button> : invoice.status}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
