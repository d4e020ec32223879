import createClient from 'openapi-fetch';
import type { paths } from './schema.d.ts';

const client = createClient<paths>({ baseUrl: 'https://shop.acme.test/api' });

export const buy = (cartId: string, sku: string) =>
  client.POST('/carts/{cartId}/items', { params: { path: { cartId } }, body: { sku, amount: 1 } });
