import { useState } from 'react';
import { fetchInvoices, payInvoice } from '../api/billing';
import { InvoiceTable } from '../components/InvoiceTable';
import { QuoteCalculator } from '../components/QuoteCalculator';
import { useLoad } from '../hooks/use-load';

export function BillingPage() {
  const [version, setVersion] = useState(0);
  const { value: invoices = [] } = useLoad(fetchInvoices, `invoices-${version}`);
  return (
    <main>
      <QuoteCalculator />
      <InvoiceTable
        invoices={invoices}
        onPay={async (id) => {
          await payInvoice(id);
          setVersion(version + 1);
        }}
      />
    </main>
  );
}
