import { describe, expect, it } from 'vitest';
import { graphqlResolversLinker } from '../../../../ingest/link/graphql-resolvers.ts';
import { graphqlFormat } from '../../../../ingest/workers/graphql/graphql.ts';
import type { SourceFormat } from '../../../../ingest/file-worker.ts';
import { linkFrom, type Linked } from '../link-fixture.ts';

/** Says that there is a package, as the worker of packages does. */
const packages: SourceFormat = {
  name: 'package',
  version: 1,
  claims: (path) => path.endsWith('/package.json'),
  read({ path }) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    return { nodes: [], edges: [], diagnostics: [], keys: [{ key: 'package', id: `shop//pkg:${folder}`, name: folder, folder }] };
  },
};
const link = (sources: Readonly<Record<string, string>>): Promise<Linked> =>
  linkFrom(sources, [graphqlResolversLinker], [graphqlFormat, packages]);

const SDL = `type Query { book(id: ID!): Book books: [Book!]! }
type Mutation { lend(id: ID!): Book }
type Subscription { lent: Book }
type Book { title: String author: Author }
type Author { name: String books(first: Int): [Book!]! }
`;

describe('the GraphQL resolvers linker', () => {
  it('leads from the functions of a map that a server is given to the fields', async () => {
    const { arrows, edge } = await link({
      'library.graphql': SDL,
      'server.ts': `import { ApolloServer } from '@apollo/server';
import { typeDefs } from './type-defs';
const findBook = (_: unknown, { id }: { id: string }) => ({ id });
new ApolloServer({ typeDefs, resolvers: {
  Query: {
    book: findBook,
    books: () => [],
  },
  Unknown: { x: () => 1 },
  Book: { title: () => 'x', pages: () => 3 },
} });
`,
    });
    expect(arrows()).toEqual([
      'server.ts HANDLES gql:library#Book.title',
      'server.ts HANDLES gql:library#Query.books',
      'server.ts#findBook HANDLES gql:library#Query.book',
    ]);
    expect(edge('server.ts HANDLES gql:library#Query.books')).toMatchObject({
      tier: 'contract',
      confidence: 1,
      rule: 'server-resolvers',
      sites: [{ line: 7, file: 'server.ts' }],
    });
  });

  it('puts a map together from other files, spreads, lists, wrappers and subscriptions', async () => {
    const { arrows } = await link({
      'library.graphql': SDL,
      'books.ts': `import { signedIn } from './auth';
export const bookQueries = { book: () => null, books: signedIn((_: unknown) => []) };
export const Book = { author: loadAuthor };
export function loadAuthor() { return null; }
`,
      'auth.ts': 'export const signedIn = <T,>(next: T): T => next;\n',
      'lending.ts': `export default {
  Mutation: { lend() { return null; } },
  Subscription: { lent: { subscribe: () => null } },
};
`,
      'main.ts': `import { createSchema } from 'graphql-yoga';
import { Book, bookQueries } from './books';
import lending from './lending';
const resolvers = [{ Query: { ...bookQueries }, Book }, lending];
export const schema = createSchema({ typeDefs: '', resolvers });
`,
    });
    expect(arrows()).toEqual([
      'books.ts#bookQueries HANDLES gql:library#Query.book',
      'books.ts#bookQueries HANDLES gql:library#Query.books',
      'books.ts#loadAuthor HANDLES gql:library#Book.author',
      'lending.ts#default HANDLES gql:library#Mutation.lend',
      'lending.ts#default HANDLES gql:library#Subscription.lent',
    ]);
  });

  it('takes what is typed as resolvers for that', async () => {
    const { arrows, edge } = await link({
      'library.graphql': SDL,
      'generated.ts': `export interface QueryResolvers { book?: unknown; books?: unknown }
export interface AuthorResolvers { name?: unknown }
export interface Resolvers { Query?: QueryResolvers; Author?: AuthorResolvers }
`,
      'query.ts': `import type { QueryResolvers } from './generated';
export const Query: QueryResolvers = {
  book: () => null,
};
`,
      'author.ts': `import type { AuthorResolvers } from './generated';
export const person = { name: () => 'x' } satisfies AuthorResolvers;
`,
    });
    expect(arrows()).toEqual(['author.ts#person HANDLES gql:library#Author.name', 'query.ts#Query HANDLES gql:library#Query.book']);
    expect(edge('query.ts#Query HANDLES gql:library#Query.book')).toMatchObject({
      rule: 'typed-resolvers',
      confidence: 0.95,
      sites: [{ line: 3 }],
    });
  });

  it('is less sure of what only has the shape of a resolver map', async () => {
    const { edges } = await link({
      'library.graphql': SDL,
      'resolvers.ts': 'export default { Query: { books: () => [] }, Author: { books: () => [] } };\n',
      'labels.ts': "export const labels = { Query: 'Query', book: { title: 'Title' } };\n",
      'library.test.ts': "import { it } from 'vitest';\nconst fake = { Query: { books: () => [] } };\nit('lends', () => fake);\n",
    });
    expect(edges.map(({ from, to, rule, tier, confidence }) => [from.slice(11), to.slice(10), rule, tier, confidence])).toEqual([
      ['resolvers.ts#default', 'library#Query.books', 'resolver-map', 'heuristic', 0.85],
      ['resolvers.ts#default', 'library#Author.books', 'resolver-map', 'heuristic', 0.85],
    ]);
  });

  it('reads the decorators of NestJS and TypeGraphQL', async () => {
    const { arrows, edge } = await link({
      'schema.gql': SDL,
      'author.model.ts': `import { Field, ObjectType } from '@nestjs/graphql';
@ObjectType('Author')
export class AuthorModel {
  @Field({ nullable: true }) name?: string;
  @Field() secret: string;
}
`,
      'author.resolver.ts': `import { Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Query as Param } from '@nestjs/common';
import { AuthorModel } from './author.model';
@Resolver((of) => AuthorModel)
export class AuthorResolver {
  @Query(() => [AuthorModel], { name: 'books' }) all() { return []; }
  @Mutation((returns) => AuthorModel) lend() { return null; }
  @ResolveField('books') written() { return []; }
  @ResolveField() missing() { return []; }
  book(@Param('id') id: string) { return id; }
}
`,
      'book.resolver.ts': `import { FieldResolver, Query, Resolver, Subscription } from 'type-graphql';
class Book {}
@Resolver(() => Book)
export class BookResolver {
  @Query(() => Book) book() { return new Book(); }
  @FieldResolver() title() { return ''; }
  @Subscription({ topics: 'LENT' }) lent() { return new Book(); }
}
`,
    });
    expect(arrows()).toEqual([
      'author.model.ts#AuthorModel.name MAPS_TO gql:shop#Author.name',
      'author.resolver.ts#AuthorResolver.all HANDLES gql:shop#Query.books',
      'author.resolver.ts#AuthorResolver.lend HANDLES gql:shop#Mutation.lend',
      'author.resolver.ts#AuthorResolver.written HANDLES gql:shop#Author.books',
      'book.resolver.ts#BookResolver.book HANDLES gql:shop#Query.book',
      'book.resolver.ts#BookResolver.lent HANDLES gql:shop#Subscription.lent',
      'book.resolver.ts#BookResolver.title HANDLES gql:shop#Book.title',
    ]);
    expect(edge('author.resolver.ts#AuthorResolver.all HANDLES gql:shop#Query.books')).toMatchObject({
      rule: 'graphql-decorator',
      tier: 'contract',
      confidence: 0.95,
      sites: [{ line: 6, col: 3, file: 'author.resolver.ts' }],
    });
  });

  it('takes inherited fields, and those of inputs', async () => {
    const { arrows } = await link({
      'schema.gql': 'type Query { user: User }\ntype User { id: ID name: String }\ninput NewUser { name: String }\n',
      'user.ts': `import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
@ObjectType({ isAbstract: true })
export abstract class Base { @Field(() => ID) id: string; }
@ObjectType()
export class User extends Base { @Field() name: string; }
@InputType()
export class NewUser { @Field({ name: 'name' }) called: string; }
`,
    });
    expect(arrows()).toEqual([
      'user.ts#Base.id MAPS_TO gql:shop#User.id',
      'user.ts#NewUser.called MAPS_TO gql:shop#NewUser.name',
      'user.ts#User.name MAPS_TO gql:shop#User.name',
    ]);
  });

  it('takes the schema of the package, else that which has most, else is less sure', async () => {
    const resolvers = 'export const resolvers = { Query: { books: () => [], shelf: () => null } };\n';
    const own = await link({
      'a/package.json': '{"name":"a"}',
      'b/package.json': '{"name":"b"}',
      'a/schema.graphql': 'type Query { books: Int }',
      'b/schema.graphql': 'type Query { books: Int shelf: Int }',
      'a/r.ts': resolvers,
    });
    expect(own.arrows()).toEqual(['a/r.ts#resolvers HANDLES gql:a#Query.books', 'a/r.ts#resolvers HANDLES gql:b#Query.shelf']);
    const most = await link({
      'x.graphql': 'type Query { books: Int }',
      'y.graphql': 'type Query { books: Int shelf: Int }',
      'r.ts': resolvers,
    });
    expect(most.arrows()).toEqual(['r.ts#resolvers HANDLES gql:y#Query.books', 'r.ts#resolvers HANDLES gql:y#Query.shelf']);
    const alike = await link({ 'x.graphql': 'type Query { books: Int }', 'y.graphql': 'type Query { books: Int }', 'r.ts': resolvers });
    expect(alike.edges.map(({ confidence }) => confidence)).toEqual([0.43, 0.43]);
  });

  it('stands hostile maps', async () => {
    const { edges } = await link({
      'library.graphql': SDL,
      'r.ts':
        "export const a: any = { Query: { ...b, __proto__: { books: () => [] } }, ['__proto__']: {} };\nexport const b: any = { ...a, Query: a, constructor: () => 1 };\n",
    });
    expect(edges.filter(({ to }) => /proto|constructor/.test(to))).toEqual([]);
  });
});
