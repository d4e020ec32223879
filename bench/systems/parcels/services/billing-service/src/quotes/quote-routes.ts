import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { QuoteService } from './quote-service';

export interface QuoteRequestBody {
  serviceLevel: string;
  weightGrams: number;
}

export function createQuoteHandler(quotes: QuoteService) {
  return async function quoteHandler(request: FastifyRequest<{ Body: QuoteRequestBody }>, reply: FastifyReply) {
    const { serviceLevel, weightGrams } = request.body;
    const price = await quotes.price(serviceLevel, weightGrams);
    return reply.send({ totalCents: price.totalCents, currency: price.currency, weightCents: price.weightCents });
  };
}

export async function quoteRoutes(app: FastifyInstance, options: { quotes: QuoteService }): Promise<void> {
  app.route({
    method: 'POST',
    url: '/quotes',
    handler: createQuoteHandler(options.quotes),
  });
}
