interface RawArticle {
  slug: string;
  title: string;
  created_at: string;
}

export interface Article {
  slug: string;
  title: string;
  createdAt: Date;
}

const toArticle = (raw: RawArticle): Article => ({
  slug: raw.slug,
  title: raw.title,
  createdAt: new Date(raw.created_at),
});

export async function article(slug: string): Promise<Article> {
  const res = await fetch(`https://cms.acme.test/articles/${slug}`);
  return toArticle((await res.json()) as RawArticle);
}
