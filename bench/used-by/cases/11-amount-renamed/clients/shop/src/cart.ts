import axios from 'axios';

const api = axios.create({ baseURL: 'https://shop.acme.test/api' });

export async function addToCart(cartId: string, sku: string, amount = 1): Promise<void> {
  await api.post(`/carts/${cartId}/items`, { sku, amount });
}
