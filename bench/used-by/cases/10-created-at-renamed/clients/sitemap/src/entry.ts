import got from 'got';

export async function sitemapEntry(slug: string): Promise<string> {
  const article = await got(`https://cms.acme.test/articles/${slug}`).json<{ slug: string; updated_at: string }>();
  return `<url><loc>https://www.acme.test/${article.slug}</loc><lastmod>${article.updated_at}</lastmod></url>`;
}
