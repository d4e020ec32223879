import type { FastifyInstance } from 'fastify';
import type { InvoiceService } from './invoice-service';

export async function invoiceRoutes(app: FastifyInstance, options: { invoices: InvoiceService }): Promise<void> {
  app.get('/invoices', async () => {
    const items = await options.invoices.open();
    return { items };
  });

  app.post<{ Body: { parcelId: string } }>('/invoices', async (request, reply) => {
    const invoice = await options.invoices.issue(request.body.parcelId);
    return reply.code(201).send(invoice);
  });

  app.post<{ Params: { id: string } }>('/invoices/:id/payment', async (request) => {
    return options.invoices.pay(request.params.id);
  });
}
