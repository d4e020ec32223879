import { describe, expect, it } from 'vitest';
import { compareContracts } from '../../../../src/contracts/compare-contracts.ts';

const SCHEMA = `type Query { book(id: ID): Book books(first: Int): [Book!] }
type Book { title: String! pages: Int genre: Genre }
enum Genre { NOVEL CRIME }
input Search { text: String }
union Found = Book | Author
type Author { name: String }
`;

async function compared(before: string, after: string): Promise<readonly string[]> {
  const version = (text: string) => ({ path: 'catalog.graphql', text, other: () => undefined });
  const { asked } = await compareContracts('shop', version(before), version(after));
  return asked.map(({ id, change }) => `${change} ${id.replace(/^shop\/\/gql:[^#]*#/, '')}`);
}
const changed = (from: string, to: string): Promise<readonly string[]> => {
  expect(SCHEMA).toContain(from);
  return compared(SCHEMA, SCHEMA.replace(from, to));
};

describe('two versions of a GraphQL schema', () => {
  it.each([
    ['a field is removed', 'pages: Int', '', ['remove Book.pages']],
    ['a root field is removed', ' books(first: Int): [Book!]', '', ['remove Query.books']],
    ['a root field gives something else', 'book(id: ID): Book', 'book(id: ID): Author', ['change-type Query.book']],
    ['a field may be null now', 'title: String!', 'title: String', ['make-optional Book.title']],
    ['an argument is required now', 'book(id: ID)', 'book(id: ID!)', ['make-required Query.book(id)']],
    ['an argument is removed', 'books(first: Int)', 'books', ['remove Query.books(first)']],
    ['an argument is of another type', 'first: Int', 'first: String', ['change-type Query.books(first)']],
    ['a required argument is added', 'books(first: Int)', 'books(first: Int, by: ID!)', ['add-required-parameter Query.books']],
    ['a value is removed', ' CRIME', '', ['remove Genre.CRIME']],
    ['an input field is required now', 'text: String', 'text: String!', ['make-required Search.text']],
    ['a required input field is added', 'text: String', 'text: String by: ID!', ['change-type Search']],
    ['a member of a union is removed', 'Book | Author', 'Book', ['change-type Found']],
  ])('break clients when %s', async (_, from, to, asked) => {
    expect(await changed(from, to)).toEqual(asked);
  });

  it.each([
    ['a field is never null now', 'pages: Int', 'pages: Int!'],
    ['an argument has a default', 'books(first: Int)', 'books(first: Int, after: ID = 1)'],
    ['a field is added', 'pages: Int', 'pages: Int isbn: ID!'],
    ['a value is added', 'CRIME', 'CRIME POETRY'],
    ['a field is deprecated', 'pages: Int', 'pages: Int @deprecated'],
    ['fields change places', 'title: String! pages: Int', 'pages: Int title: String!'],
  ])('break nobody when %s', async (_, from, to) => {
    expect(await changed(from, to)).toEqual([]);
  });

  it('are compared by what they state where they are pieces of a schema, or one is broken', async () => {
    const piece = 'extend type Query { shelf: Shelf }\ntype Shelf { books: [Book] name: String }\n';
    expect(await compared(piece, piece.replace(' name: String', ''))).toEqual(['remove Shelf.name']);
    expect(await compared(SCHEMA, 'type Query {')).not.toEqual([]);
  });
});
