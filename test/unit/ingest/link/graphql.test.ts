import { describe, expect, it } from 'vitest';
import { graphqlLinker } from '../../../../ingest/link/graphql.ts';
import { graphqlFormat } from '../../../../ingest/workers/graphql/graphql.ts';
import { linkFrom } from '../link-fixture.ts';
import { linkFiles, type Linked } from './link-files.ts';

const link = (files: Readonly<Record<string, string>>): Promise<Linked> => linkFiles(graphqlLinker, [graphqlFormat], files);

const SCHEMA = {
  'catalog.graphql':
    'type Query { book(id: ID): Book found: Found }\ntype Book { title: String author: Author }\ntype Author { name: String book: Book }\nunion Found = Book | Author\ninput Filter { x: Int }',
};

describe('the GraphQL linker', () => {
  it('leads from a client document to operation, fields and arguments', async () => {
    const { arrows, edges } = await link({ ...SCHEMA, 'web/a.gql': 'query A($f: Filter) {\n  book(id: 1) { author { name } }\n}' });
    expect(arrows).toEqual([
      'doc:web/a.gql#A INVOKES gql:catalog#Query.book',
      'doc:web/a.gql#A MAPS_TO gql:catalog#Author.name',
      'doc:web/a.gql#A MAPS_TO gql:catalog#Book.author',
      'doc:web/a.gql#A MAPS_TO gql:catalog#Query.book(id)',
      'doc:web/a.gql#A USES_TYPE gql:catalog#Filter',
    ]);
    expect(edges.find(({ type }) => type === 'INVOKES')).toMatchObject({
      tier: 'contract',
      confidence: 1,
      rule: 'graphql-operation',
      sites: [{ line: 2, col: 3, file: 'web/a.gql' }],
    });
  });

  it('goes through aliases, inline fragments and unions', async () => {
    const { arrows } = await link({ ...SCHEMA, 'a.gql': '{ it: found { ... on Author { n: name } ... on Book { title } } }' });
    expect(arrows).toEqual([
      'doc:a.gql INVOKES gql:catalog#Query.found',
      'doc:a.gql MAPS_TO gql:catalog#Author.name',
      'doc:a.gql MAPS_TO gql:catalog#Book.title',
    ]);
  });

  it('goes through fragments of other files, and stands cycles', async () => {
    const { arrows, edges } = await link({
      ...SCHEMA,
      'a.gql': 'query A { book { ...B } }',
      'b.gql': 'fragment B on Book { title author { ...C } }',
      'c.gql': 'fragment C on Author { name book { ...B } }',
    });
    expect(arrows.filter((arrow) => arrow.startsWith('doc:a.gql'))).toEqual([
      'doc:a.gql#A DEPENDS_ON doc:b.gql#fragment B',
      'doc:a.gql#A INVOKES gql:catalog#Query.book',
      'doc:a.gql#A MAPS_TO gql:catalog#Author.book',
      'doc:a.gql#A MAPS_TO gql:catalog#Author.name',
      'doc:a.gql#A MAPS_TO gql:catalog#Book.author',
      'doc:a.gql#A MAPS_TO gql:catalog#Book.title',
    ]);
    expect(edges.find(({ from, to }) => from.endsWith('#A') && to.endsWith('Author.name'))?.sites[0]?.file).toBe('c.gql');
  });

  it('takes the schema that has all of it', async () => {
    const { arrows } = await link({
      ...SCHEMA,
      'other.graphql': 'type Query { book: Item }\ntype Item { price: Int }',
      'a.gql': '{ book { price } }',
    });
    expect(arrows).toEqual(['doc:a.gql INVOKES gql:other#Query.book', 'doc:a.gql MAPS_TO gql:other#Item.price']);
  });

  it('is less sure where two schemas have it', async () => {
    const { edges } = await link({ ...SCHEMA, 'other.graphql': 'type Query { book: Int }', 'a.gql': '{ book }' });
    expect(edges.map(({ to, confidence }) => `${to} ${confidence}`)).toEqual([
      'shop//gql:catalog#Query.book 0.5',
      'shop//gql:other#Query.book 0.5',
    ]);
  });

  it('says nothing of what no schema has', async () => {
    expect((await link({ ...SCHEMA, 'a.gql': 'query A($f: Filter) { shelf { id } }' })).edges).toEqual([]);
    expect((await link({ 'a.gql': '{ book }' })).edges).toEqual([]);
  });
});

describe('GraphQL documents in code', () => {
  const CODE = {
    'book.tsx': `import { gql, useQuery } from '@apollo/client';
import { AUTHOR } from './author';
export const BOOK = gql\`
  query Book($id: ID) {
    book(id: $id) { title ...Author2 }
  }
  \${AUTHOR}
\`;
`,
    'author.ts': "import gql from 'graphql-tag';\nexport const AUTHOR = gql`fragment Author2 on Author { name }`;\n",
    'broken.ts':
      "import gql from 'graphql-tag';\nexport const broken = gql`query { book(`;\nexport const sdl = gql`type Book { title: String }`;\n",
    'other.ts': 'const gql = (text: TemplateStringsArray) => text;\nexport const other = gql`query { book { title } }`;\n',
  };

  it('select what those in files do, over fragments of other files', async () => {
    const { arrows, edge } = await linkFrom({ ...SCHEMA, ...CODE }, [graphqlLinker], [graphqlFormat]);
    expect(arrows()).toEqual([
      'author.ts#AUTHOR MAPS_TO gql:catalog#Author.name',
      'book.tsx#BOOK DEPENDS_ON author.ts#AUTHOR',
      'book.tsx#BOOK INVOKES gql:catalog#Query.book',
      'book.tsx#BOOK MAPS_TO gql:catalog#Author.name',
      'book.tsx#BOOK MAPS_TO gql:catalog#Book.title',
      'book.tsx#BOOK MAPS_TO gql:catalog#Query.book(id)',
    ]);
    expect(edge('book.tsx#BOOK INVOKES gql:catalog#Query.book').sites).toEqual([{ line: 5, col: 5, file: 'book.tsx' }]);
  });

  it('are nothing without a schema', async () => {
    expect((await linkFrom(CODE, [graphqlLinker], [graphqlFormat])).edges).toEqual([]);
  });
});
