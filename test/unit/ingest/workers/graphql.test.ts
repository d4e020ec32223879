import { describe, expect, it } from 'vitest';
import { graphqlFormat } from '../../../../ingest/workers/graphql/graphql.ts';
import { readFormat, type Read } from '../read-format.ts';

const read = (text: string, path = 'services/catalog/schema.graphql'): Promise<Read> => readFormat(graphqlFormat, { [path]: text });
const short = (texts: readonly string[]): readonly string[] => texts.map((text) => text.replaceAll(/shop\/\/gql:catalog/g, ''));

const CATALOG = `"""Books, and who wrote them."""
schema { query: Query mutation: Mutation }
interface Node { id: ID! }
"A book."
type Book implements Node {
  id: ID!
  title(lang: Lang = EN): String! @deprecated(reason: "use name")
  authors: [Author!]!
}
type Author { name: String }
union Found = Book | Author
enum Lang { EN "German" DE }
input NewBook { title: String!, lang: Lang }
scalar Date
directive @internal(why: String) on OBJECT
type Query { book(id: ID!): Book search(text: String): [Found!] }
type Mutation { addBook(input: NewBook!): Book! }
extend type Book { printed: Date }
`;

describe('GraphQL schemas', () => {
  it('state types, fields, arguments and values', async () => {
    const { things, diagnostics } = await read(CATALOG);
    expect(diagnostics).toEqual([]);
    expect(short(things)).toEqual(
      [
        'Api ',
        'Operation #Mutation.addBook',
        'Operation #Query.book',
        'Operation #Query.search',
        'Schema #@internal',
        'Schema #Author',
        'Schema #Book',
        'Schema #Found',
        'Schema #Lang',
        'Schema #Mutation',
        'Schema #NewBook',
        'Schema #Node',
        'Schema #Query',
        'Schema #Date',
        'SchemaProperty #@internal(why)',
        'SchemaProperty #Author.name',
        'SchemaProperty #Book.authors',
        'SchemaProperty #Book.id',
        'SchemaProperty #Book.printed',
        'SchemaProperty #Book.title',
        'SchemaProperty #Book.title(lang)',
        'SchemaProperty #Lang.DE',
        'SchemaProperty #Lang.EN',
        'SchemaProperty #Mutation.addBook(input)',
        'SchemaProperty #NewBook.lang',
        'SchemaProperty #NewBook.title',
        'SchemaProperty #Node.id',
        'SchemaProperty #Query.book(id)',
        'SchemaProperty #Query.search(text)',
      ].sort(),
    );
  });

  it('say what depends on what', async () => {
    const { arrows } = await read(CATALOG);
    expect(short(arrows)).toEqual(
      expect.arrayContaining([
        ' CONTAINS #Query.book',
        '#Query.book HAS_PROPERTY #Query.book(id)',
        '#Query.book HAS_SCHEMA #Book',
        '#Mutation.addBook(input) HAS_SCHEMA #NewBook',
        '#Book REFINES #Node',
        '#Book.id REFINES #Node.id',
        '#Book HAS_PROPERTY #Book.printed',
        '#Book.authors HAS_SCHEMA #Author',
        '#Found HAS_SCHEMA #Author',
        '#NewBook.lang HAS_SCHEMA #Lang',
        '#Lang HAS_PROPERTY #Lang.DE',
      ]),
    );
    expect(arrows.some((arrow) => /#(?:ID|String)$/.test(arrow))).toBe(false);
  });

  it('say of a field what is written about it, and where', async () => {
    const { nodes } = await read(CATALOG);
    const of = (id: string) => nodes.find((node) => node.id === `shop//gql:catalog${id}`);
    expect(of('#Book.title')).toMatchObject({
      props: { type: 'String!', required: true, deprecated: true },
      span: { line: 7, col: 3, endLine: 7, endCol: 66 },
    });
    expect(of('#Mutation.addBook')).toMatchObject({ kind: 'Operation', name: 'addBook', props: { method: 'MUTATION' } });
    expect(of('#Book')).toMatchObject({ props: { type: 'object', doc: 'A book.' } });
    expect(of('')).toMatchObject({ props: { format: 'graphql', doc: 'Books, and who wrote them.' } });
  });

  it('publish their fields', async () => {
    const { keys } = await read(CATALOG);
    expect(keys).toContainEqual(
      expect.objectContaining({ key: 'graphql-field', type: 'Query', field: 'search', of: 'Found', root: 'query' }),
    );
    expect(keys).toContainEqual(expect.objectContaining({ key: 'graphql-field', type: 'Book', field: 'authors', of: 'Author' }));
  });

  it('may call their roots otherwise', async () => {
    const { things } = await read('schema { query: Root }\ntype Root { now: String }\ntype Query { text: String }');
    expect(short(things)).toContain('Operation #Root.now');
    expect(short(things)).toContain('SchemaProperty #Query.text');
  });

  it.each([
    ['a whole schema goes by its path', 'contracts/catalog.graphql', 'type Query { a: Int }', {}, 'catalog'],
    [
      'a piece goes by its package',
      'apps/store/src/cart/cart.graphql',
      'extend type Query { cart: Cart }',
      { 'apps/store/package.json': '{}', 'package.json': '{}' },
      'store',
    ],
    [
      'so does another piece of it',
      'apps/store/src/user/user.graphql',
      'type Cart { user: User }',
      { 'apps/store/package.json': '{}' },
      'store',
    ],
    ['a piece in no package goes by its folder', 'apps/store/cart.graphql', 'type Cart { user: User }', {}, 'store'],
    ['a piece at the root goes by the repository', 'cart.graphql', 'type Cart { user: User }', {}, 'shop'],
  ])('have a name: %s', async (_, path, text, others, name) => {
    const { nodes } = await readFormat(graphqlFormat, { [path]: text, ...others });
    expect(nodes[0]?.id).toBe(`shop//gql:${name}`);
  });
});

describe('GraphQL client documents', () => {
  it('are documents that say what they select', async () => {
    const { nodes, keys } = await read(
      'query GetBook($id: ID!, $l: Lang) {\n  book(id: $id) { ...Parts title(lang: $l) ... on Book { id } __typename }\n}\nfragment Parts on Book { authors { name } }\n',
      'web/book.gql',
    );
    expect(nodes.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'Document shop//doc:web/book.gql#GetBook',
      'Document shop//doc:web/book.gql#fragment Parts',
    ]);
    const uses = keys.flatMap((key) =>
      key.key === 'graphql-use'
        ? [`${key.root} ${key.path.join('/')} ${key.spread ?? key.type ?? ''}${key.args?.join(',') ?? ''} ${key.line}`]
        : [],
    );
    expect(uses).toEqual([
      'query Query ID 1',
      'query Query Lang 1',
      'query Query/book id 2',
      'query Query/book Parts 2',
      'query Query/book/title lang 2',
      'query Query/book/...Book/id  2',
      'fragment Book/authors  4',
      'fragment Book/authors/name  4',
    ]);
  });

  it('are the file itself when they have no name', async () => {
    expect((await read('{ book { id } }', 'web/a.graphql')).things).toEqual(['Document shop//doc:web/a.graphql']);
  });
});

describe('a broken document', () => {
  it('is one diagnostic with its place', async () => {
    const { diagnostics, nodes } = await read('type A {\n  b: \n}\n');
    expect(nodes).toEqual([]);
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: 'parse-failure',
        span: { line: 3, col: 1, endLine: 3, endCol: 1 },
        message: expect.stringContaining('Syntax Error'),
      }),
    ]);
  });

  it.each(['', '\uFEFF', '# only a comment\n'])('is not %j', async (text) => {
    expect(await read(text)).toMatchObject({ nodes: [], diagnostics: [] });
  });

  it.each([
    ['another language', 'CREATE TABLE a (b int);'],
    ['deep nesting', `{ ${'a { '.repeat(50_000)}`],
    ['deep types', `type A { b: ${'['.repeat(50_000)}Int }`],
    ['too many tokens', `type A { ${'b: Int '.repeat(400_000)} }`],
  ])('may be %s', async (_, text) => {
    const before = performance.now();
    const { diagnostics } = await read(text);
    expect(diagnostics).toHaveLength(1);
    expect(performance.now() - before).toBeLessThan(3000);
  });

  it('is one that says a thing twice, of which the first counts', async () => {
    const { diagnostics } = await read(
      'type Book { id: ID\n title: Int\n id: Int }\nenum Lang { EN\n DE\n EN }\ninput Book { name: Int }\n',
    );
    expect(diagnostics.map(({ code, severity, message, span }) => [code, severity, message.split(' already')[0], span?.line])).toEqual([
      ['repeated-definition', 'error', 'Book is defined on line 1', 7],
      ['repeated-definition', 'error', 'id is defined on line 1', 3],
      ['repeated-definition', 'error', 'EN is defined on line 4', 6],
    ]);
    expect((await read('type Book { id: ID }\nextend type Book { id2: ID }\ntype Author { id: ID }\n')).diagnostics).toEqual([]);
  });

  it('is not one that has names of prototypes', async () => {
    const { things } = await read('type __proto__ { constructor: toString }\ntype toString { hasOwnProperty: Int }');
    expect(things.some((thing) => thing.endsWith('#__proto__.constructor'))).toBe(true);
  });
});
