import { request } from './http.js';

interface Line {
  sku: string;
  quantity: number;
}

export async function checkout(customerId: string, lines: Line[]): Promise<string> {
  const { orderId } = await request<{ orderId: string }>('POST', '/orders', { customerId, lines });
  return orderId;
}
