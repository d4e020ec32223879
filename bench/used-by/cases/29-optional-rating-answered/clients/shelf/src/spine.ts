import { BookApi } from './book-api.js';

const rating = 5;

export async function spine(isbn: string): Promise<string> {
  const { title } = await new BookApi().find(isbn);
  return `${title} ${'*'.repeat(rating)}`;
}
