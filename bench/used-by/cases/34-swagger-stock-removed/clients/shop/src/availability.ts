import { getItem } from './generated/items.js';

export async function availability(itemId: string): Promise<string> {
  const item = await getItem(itemId);
  return item.stock > 0 ? 'in stock' : 'sold out';
}
