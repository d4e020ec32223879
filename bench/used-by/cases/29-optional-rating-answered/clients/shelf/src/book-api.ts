export interface Book {
  isbn: string;
  title: string;
}

export class BookApi {
  async find(isbn: string): Promise<Book> {
    const res = await fetch(`https://books.acme.test/books/${isbn}`);
    return (await res.json()) as Book;
  }
}
