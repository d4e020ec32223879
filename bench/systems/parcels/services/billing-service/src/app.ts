import Fastify, { type FastifyInstance } from 'fastify';
import { invoiceRoutes } from './invoices/invoice-routes';
import type { InvoiceService } from './invoices/invoice-service';
import { quoteRoutes } from './quotes/quote-routes';
import type { QuoteService } from './quotes/quote-service';

export interface AppServices {
  invoices: InvoiceService;
  quotes: QuoteService;
}

export function buildApp(services: AppServices): FastifyInstance {
  const app = Fastify({ logger: true });
  app.get('/health', async () => ({ status: 'ok' }));
  app.register(invoiceRoutes, { invoices: services.invoices });
  app.register(quoteRoutes, { quotes: services.quotes });
  return app;
}
