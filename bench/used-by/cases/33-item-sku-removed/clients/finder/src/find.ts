interface Product {
  sku: string;
  name: string;
}

async function page(number: number): Promise<Product[]> {
  const res = await fetch(`https://products.acme.test/products?page=${number}`);
  const { items } = (await res.json()) as { items: Product[] };
  return items;
}

export async function find(query: string): Promise<string | undefined> {
  const products = await page(1);
  return products.find((product) => product['sku'] === query)?.name;
}
