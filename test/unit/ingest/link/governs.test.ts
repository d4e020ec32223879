import { describe, expect, it } from 'vitest';
import type { GovernsKey, LinkKey, MentionKey } from '../../../../ingest/keys.ts';
import { governsLinker } from '../../../../ingest/link/governs.ts';
import { keysOf, linksOf, type KeysByFile } from '../link-keys.ts';

const at = { line: 4, col: 1 };
const RULE = 'shop//policy:pii/P-2';
const governs = (selector: Partial<GovernsKey>): LinkKey => ({ key: 'governs', from: RULE, ...at, ...selector });
const mention = (text: string, more: Partial<MentionKey> = {}): LinkKey => ({
  key: 'mention',
  from: 'shop//adr:0003',
  text,
  form: 'code',
  governs: true,
  ...at,
  ...more,
});
const operation = (name: string): LinkKey => {
  const [method = '', path = ''] = name.split(' ');
  return { key: 'operation', id: `shop//api:user#${name}`, api: 'shop//api:user', method, path, fields: ['response.200.email'], ...at };
};
const declares = (path: string, exported: readonly string[], test?: true): LinkKey => ({
  key: 'declares',
  module: `shop//code:${path}`,
  exported,
  internal: ['hidden'],
  ...(test ? { test } : {}),
});

const SHOP: KeysByFile = {
  'contracts/user.yaml': [operation('GET /users/{id}'), operation('POST /users')],
  'contracts/events.yaml': [
    { key: 'channel', id: 'shop//event:user.created', address: 'user.created', fields: [], ...at },
    { key: 'channel', id: 'shop//event:order.created', address: 'order.created', fields: [], ...at },
  ],
  'db/schema.sql': [{ key: 'table', id: 'shop//table:users', name: 'users', columns: ['email', 'city'], ...at }],
  'src/api/users.ts': [declares('src/api/users.ts', ['UsersController', 'UsersController.find'])],
  'src/api/orders.ts': [declares('src/api/orders.ts', ['OrdersController'])],
  'src/db/users.ts': [declares('src/db/users.ts', ['UserRepository'])],
  'test/users.test.ts': [declares('test/users.test.ts', ['FakeController'], true)],
};
const governed = (...keys: LinkKey[]): readonly string[] =>
  linksOf(governsLinker, { ...SHOP, 'policies/pii.policy.yaml': keys }).map((link) => link.replace(/^\S+ GOVERNS /, ''));

describe('the governs linker', () => {
  it('takes names in the grammar as they are, with wildcards for all that fit', () => {
    expect(governed(governs({ refs: ['table:users.email', 'api:user#POST /users', 'code:src/db/users.ts#UserRepository'] }))).toEqual([
      'api:user#POST /users governs-ref 1',
      'code:src/db/users.ts#UserRepository governs-ref 1',
      'table:users.email governs-ref 1',
    ]);
    expect(governed(governs({ refs: ['table:users.*', 'event:*.created'] }))).toEqual([
      'event:order.created governs-ref 1',
      'event:user.created governs-ref 1',
      'table:users.city governs-ref 1',
      'table:users.email governs-ref 1',
    ]);
  });

  it('takes paths for the modules there', () => {
    expect(governed(governs({ paths: ['src/api/**'] }))).toEqual([
      'code:src/api/orders.ts governs-path 0.9',
      'code:src/api/users.ts governs-path 0.9',
    ]);
    expect(governed(governs({ paths: ['src/db'] }))).toEqual(['code:src/db/users.ts governs-path 0.9']);
    expect(governed(governs({ paths: ['src/d'] }))).toEqual([]);
  });

  it('takes names for what is called so, of the kinds that are asked for', () => {
    expect(governed(governs({ names: ['*Controller'] }))).toEqual([
      'code:src/api/orders.ts#OrdersController governs-name 0.7',
      'code:src/api/users.ts#UsersController governs-name 0.7',
    ]);
    expect(governed(governs({ kinds: ['Channel'], names: ['user.*'] }))).toEqual(['event:user.created governs-name 0.7']);
    expect(governed(governs({ kinds: ['Class'], names: ['*Controller'], paths: ['src/api/users.ts'] }))).toEqual([
      'code:src/api/users.ts#UsersController governs-name 0.7',
    ]);
  });

  it('takes kinds alone for all of them', () => {
    expect(governed(governs({ kinds: ['Operation'] }))).toEqual([
      'api:user#GET /users/{id} governs-kind 0.9',
      'api:user#POST /users governs-kind 0.9',
    ]);
    expect(governed(governs({ kinds: ['Operation'], paths: ['contracts/other.yaml'] }))).toEqual([]);
  });

  it('selects nothing by nothing', () => {
    expect(governed(governs({}), governs({ paths: [] }), governs({ names: [] }))).toEqual([]);
  });

  it('looks in the package that the rule stands in, if that has code', () => {
    const pack = (folder: string): LinkKey => ({ key: 'package', id: `shop//pkg:${folder || 'shop'}`, name: folder || 'shop', folder });
    const inDemo = (file: string, ...keys: LinkKey[]): readonly string[] =>
      linksOf(governsLinker, {
        ...SHOP,
        'package.json': [pack('')],
        'demo/package.json': [pack('demo')],
        'rules/package.json': [pack('rules')],
        'demo/src/pages.ts': [declares('demo/src/pages.ts', ['PageController'])],
        'demo/db/schema.sql': [{ key: 'table', id: 'shop//table:pages', name: 'pages', columns: ['title'], ...at }],
        [file]: keys,
      }).map((link) => link.replace(/^\S+ GOVERNS /, ''));
    const demo = 'demo/policies/demo.policy.yaml';
    expect(inDemo(demo, governs({ kinds: ['Operation'] }))).toEqual([]);
    expect(inDemo(demo, governs({ kinds: ['Table', 'Column'] }))).toEqual([
      'table:pages governs-kind 0.9',
      'table:pages.title governs-kind 0.9',
    ]);
    expect(inDemo(demo, governs({ paths: ['src/**'] }))).toEqual(['code:demo/src/pages.ts governs-path 0.9']);
    expect(inDemo(demo, governs({ paths: ['demo/src'] }))).toEqual(['code:demo/src/pages.ts governs-path 0.9']);
    expect(inDemo(demo, governs({ names: ['*Controller'] }))).toEqual(['code:demo/src/pages.ts#PageController governs-name 0.7']);
    expect(inDemo(demo, governs({ refs: ['table:users'] }))).toEqual(['table:users governs-ref 1']);
    expect(inDemo('rules/all.policy.yaml', governs({ kinds: ['Table'] }))).toEqual([
      'table:pages governs-kind 0.9',
      'table:users governs-kind 0.9',
    ]);
  });

  it('says which references name nothing', () => {
    const { edges, diagnostics } = governsLinker.link(
      'shop',
      keysOf({ 'policies/pii.policy.yaml': [governs({ refs: ['table:gone', 'event:*'] })] }),
    );
    expect(edges).toEqual([]);
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'unknown-reference', file: 'policies/pii.policy.yaml' })]);
  });

  it('lets a decision in force govern what its text names', () => {
    expect(governed(mention('UsersController'), mention('POST /users'), mention('src/db/*.ts'), mention('users.email'))).toEqual([
      'api:user#POST /users governs-operation 0.6',
      'code:src/api/users.ts#UsersController governs-identifier 0.6',
      'code:src/db/users.ts governs-glob 0.6',
      'table:users.email governs-column 0.6',
    ]);
    const { governs: _, ...merely } = mention('UsersController') as MentionKey;
    expect(governed(merely)).toEqual([]);
  });

  it('lets no decision govern texts, packages of others or what is only perhaps meant', () => {
    const document: LinkKey = { key: 'document', id: 'shop//doc:docs/limits.md' };
    const doubles = ['a', 'b', 'c'].map((name) => declares(`src/${name}.ts`, ['parseId']));
    const files = {
      ...SHOP,
      'docs/limits.md': [document],
      ...Object.fromEntries(doubles.map((key, index) => [`src/${'abc'[index]}.ts`, [key]])),
      'docs/adr/0003-x.md': [mention('../limits.md', { form: 'link' }), mention('@nestjs/core'), mention('parseId')],
    };
    expect(linksOf(governsLinker, files)).toEqual([]);
  });

  it('is not kept busy by a glob of many wildcards', () => {
    const before = performance.now();
    expect(
      governed(governs({ paths: [`**/${'*a'.repeat(100)}`], refs: undefined } as object), governs({ names: ['*a'.repeat(100)] })),
    ).toEqual([]);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
