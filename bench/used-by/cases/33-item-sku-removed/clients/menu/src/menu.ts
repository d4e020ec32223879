interface Product {
  sku: string;
  name: string;
  price: number;
}

export async function menu(): Promise<string> {
  const response = await fetch('https://products.acme.test/products');
  const page = (await response.json()) as { items: Product[] };
  let lines = '';
  for (const product of page.items) lines += `${product.name} ${product.price.toFixed(2)}\n`;
  return lines;
}
