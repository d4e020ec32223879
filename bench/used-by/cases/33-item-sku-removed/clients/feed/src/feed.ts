import axios from 'axios';

interface Product {
  sku: string;
  name: string;
  price: number;
}

export async function feed(): Promise<string[]> {
  const { data } = await axios.get<{ items: Product[]; next?: number }>('https://products.acme.test/products');
  return data.items.map(({ sku, price }) => `${sku};${price}`);
}
