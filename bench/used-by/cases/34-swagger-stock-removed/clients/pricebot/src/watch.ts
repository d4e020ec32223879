import { getItem } from './generated/items.js';

export async function cheaper(itemId: string, than: number): Promise<boolean> {
  const { data: item } = await getItem(itemId);
  return item.price < than;
}
