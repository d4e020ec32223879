import { describe, expect, it } from 'vitest';
import type { LinkKey, MentionKey } from '../../../../ingest/keys.ts';
import { mentionsLinker } from '../../../../ingest/link/mentions.ts';
import { keysOf, linksOf, type KeysByFile } from '../link-keys.ts';

const at = { line: 3, col: 1 };
const FROM = 'shop//doc:docs/guide.md#use';
const mention = (text: string, form: MentionKey['form'] = 'code', from = FROM): LinkKey => ({ key: 'mention', from, text, form, ...at });
const declares = (path: string, exported: readonly string[], internal: readonly string[] = [], test?: true): LinkKey => ({
  key: 'declares',
  module: `shop//code:${path}`,
  exported,
  internal,
  ...(test ? { test } : {}),
});
const operation = (name: string, more: object = {}): LinkKey => {
  const [method = '', path = ''] = name.split(' ');
  const api = 'shop//api:user';
  return { key: 'operation', id: `${api}#${name}`, api, method, path, fields: ['response.200.email'], ...at, ...more };
};

const SHOP: KeysByFile = {
  'src/cart.ts': [declares('src/cart.ts', ['Cart', 'Cart.add', 'Cart.total', 'createCart', 'run'], ['emptyCart'])],
  'src/order.ts': [declares('src/order.ts', ['OrderService', 'OrderService.place', 'parseId', 'toJson', 'Order', 'Order.grandTotal'])],
  'src/a.ts': [declares('src/a.ts', ['parseId', 'toJson', 'MAX_LINES', 'MoneySchema'])],
  'src/carts/rules.ts': [declares('src/carts/rules.ts', ['LIMITS'])],
  'src/b.ts': [declares('src/b.ts', ['toJson'])],
  'src/c.ts': [declares('src/c.ts', ['toJson'])],
  'test/order.test.ts': [declares('test/order.test.ts', ['OrderService'], [], true)],
  'contracts/user.yaml': [
    operation('GET /users/{id}', { servers: ['https://x.io/api/v1'] }),
    operation('POST /users'),
    operation('GET /users/me'),
  ],
  'contracts/events.yaml': [{ key: 'channel', id: 'shop//event:order.created', address: 'order.created', fields: ['customer.id'], ...at }],
  'db/schema.sql': [{ key: 'table', id: 'shop//table:orders', name: 'orders', columns: ['status', 'paid_at'], ...at }],
  '.env.example': [{ key: 'config', name: 'STRIPE_KEY', by: 'shop//doc:.env.example', ...at }],
  'docker-compose.yml': [{ key: 'service', id: 'shop//svc:order-worker', name: 'order-worker', hosts: [], ...at }],
  'packages/money/package.json': [{ key: 'package', id: 'shop//pkg:@shop/money', name: '@shop/money', folder: 'packages/money' }],
  'docs/adr/0003-queues.md': [{ key: 'adr', id: 'shop//adr:0003', number: '0003', slug: '0003-queues', title: 'Queues' }],
  'docs/limits.md': [{ key: 'document', id: 'shop//doc:docs/limits.md', sections: ['per-day'] }],
  'specs/pay.spec.yaml': [{ key: 'criterion', id: 'shop//spec:pay/AC-1', spec: 'shop//spec:pay', feature: 'pay', name: 'AC-1' }],
};
const resolved = (...keys: LinkKey[]): readonly string[] =>
  linksOf(mentionsLinker, { ...SHOP, 'docs/guide.md': keys }).map((link) => link.replace(/^\S+ MENTIONS /, ''));

describe('the mentions linker', () => {
  it.each([
    ['code:src/cart.ts#Cart.add', 'code:src/cart.ts#Cart.add mention-grammar 1'],
    ['api:user#GET /users/{userId}', 'api:user#GET /users/{id} mention-grammar 0.95'],
    ['api:user#GET /users/{id} response.200.email', 'api:user#GET /users/{id} response.200.email mention-grammar 1'],
    ['table:orders.status', 'table:orders.status mention-grammar 1'],
    ['adr:3', 'adr:0003 mention-grammar 1'],
    ['ADR-0003', 'adr:0003 mention-adr 0.95'],
    ['pay/AC-1', 'spec:pay/AC-1 mention-criterion 1'],
    ['spec:pay/AC-1@2', 'spec:pay/AC-1 mention-grammar 1'],
    ['GET /users/:userId', 'api:user#GET /users/{id} mention-operation 0.95'],
    ['GET /api/v1/users/{id}', 'api:user#GET /users/{id} mention-operation 0.95'],
    ['GET /users/42', 'api:user#GET /users/{id} mention-operation 0.81'],
    ['GET /users/me', 'api:user#GET /users/me mention-operation 0.95'],
    ['order.created', 'event:order.created mention-channel 0.9'],
    ['orders.status', 'table:orders.status mention-column 0.9'],
    ['STRIPE_KEY', 'env:STRIPE_KEY mention-config 0.95'],
    ['MAX_LINES', 'code:src/a.ts#MAX_LINES mention-constant 0.9'],
    ['order-worker', 'svc:order-worker mention-service 0.85'],
    ['@shop/money', 'pkg:@shop/money mention-package 0.95'],
    ['@nestjs/core', 'npm:@nestjs/core mention-package 0.9'],
    ['src/cart.ts', 'code:src/cart.ts mention-path 0.95'],
    ['src/cart.ts:12', 'code:src/cart.ts mention-path 0.95'],
    ['cart.ts', 'code:src/cart.ts mention-path 0.7'],
    ['Cart.add', 'code:src/cart.ts#Cart.add mention-identifier 0.9'],
    ['Cart#add(item)', 'code:src/cart.ts#Cart.add mention-identifier 0.9'],
    ['new Cart()', 'code:src/cart.ts#Cart mention-identifier 0.9'],
    ['OrderService', 'code:src/order.ts#OrderService mention-identifier 0.9'],
    ['createCart', 'code:src/cart.ts#createCart mention-identifier 0.9'],
    ['emptyCart', 'code:src/cart.ts#emptyCart mention-identifier 0.77'],
    ['run()', 'code:src/cart.ts#run mention-identifier 0.9'],
    ['grandTotal', 'code:src/order.ts#Order.grandTotal mention-identifier 0.68'],
  ])('takes `%s` for %s', (text, expected) => {
    expect(resolved(mention(text))).toEqual([expected]);
  });

  it.each([
    ['run', 'a common word'],
    ['toJson', 'declared four times'],
    ['total', 'a common word that is a member'],
    ['Unknown.add', 'not declared here'],
    ['DELETE /users', 'no operation'],
    ['GET /carts/{id}', 'no operation'],
    ['orders.price', 'no column'],
    ['OTHER_KEY', 'no key'],
    ['ADR-0009', 'no decision'],
    ['lib/other.ts', 'no file'],
    ['pay/AC-9', 'no criterion'],
    ['table:carts', 'no table'],
    ['__proto__', 'nothing'],
    ['constructor', 'nothing'],
  ])('leaves `%s` alone: %s', (text) => {
    expect(resolved(mention(text))).toEqual([]);
  });

  it('is less sure of what is declared twice', () => {
    expect(resolved(mention('parseId'))).toEqual([
      'code:src/a.ts#parseId mention-identifier 0.6',
      'code:src/order.ts#parseId mention-identifier 0.6',
    ]);
  });

  it('of equal names takes what is in the package of the text', () => {
    const money = declares('packages/money/src/parse.ts', ['parseId']);
    const files = { ...SHOP, 'packages/money/src/parse.ts': [money], 'packages/money/README.md': [mention('parseId')] };
    expect(linksOf(mentionsLinker, files)).toEqual([
      `${FROM.slice(6)} MENTIONS code:packages/money/src/parse.ts#parseId mention-identifier 0.9`,
    ]);
  });

  it('takes globs for the modules that fit', () => {
    expect(resolved(mention('src/*rt.ts'))).toEqual(['code:src/cart.ts mention-glob 0.7']);
    expect(resolved(mention('src/{cart,order}.ts'))).toEqual(['code:src/cart.ts mention-glob 0.7', 'code:src/order.ts mention-glob 0.7']);
    expect(resolved(mention('**/nothing/*.ts'), mention(`src/${'*a'.repeat(60)}.ts`))).toEqual([]);
  });

  it('follows links to files, decisions, contracts and headings', () => {
    expect(
      resolved(
        mention('limits.md#per-day', 'link'),
        mention('limits', 'link'),
        mention('adr/0003-queues.md#context', 'link'),
        mention('../src/cart.ts#L10-L20', 'link'),
        mention('/contracts/user.yaml', 'link'),
        mention('../../outside.md', 'link'),
        mention('%E0%A4%A', 'link'),
      ),
    ).toEqual([
      'adr:0003 mention-link 0.9',
      'api:user mention-link 1',
      'code:src/cart.ts mention-link 1',
      'doc:docs/limits.md mention-link 1',
      'doc:docs/limits.md#per-day mention-link 1',
    ]);
  });

  it('takes of fenced code what is distinctive, less surely', () => {
    expect(resolved(mention('createCart()', 'fence'), mention('run()', 'fence'), mention('POST /users', 'fence'))).toEqual([
      'api:user#POST /users mention-operation 0.95',
      'code:src/cart.ts#createCart mention-identifier 0.72',
    ]);
  });

  it('names a field beside what it is a field of', () => {
    expect(resolved(mention('POST /users'), mention('email', 'word'))).toEqual([
      'api:user#POST /users mention-operation 0.95',
      'api:user#POST /users response.200.email mention-part 0.75',
    ]);
    expect(resolved(mention('email', 'word'))).toEqual([]);
  });

  it('takes a word for a table where its column, or another table, is named beside it', () => {
    const invoices: LinkKey = { key: 'table', id: 'shop//table:bills', name: 'bills', columns: [], ...at };
    const named = (...keys: LinkKey[]): readonly string[] =>
      linksOf(mentionsLinker, { ...SHOP, 'db/bills.sql': [invoices], 'docs/guide.md': keys }).map((text) =>
        text.replace(/^\S+ MENTIONS /, ''),
      );
    expect(named(mention('orders', 'word'), mention('paid_at'), mention('bills', 'word'))).toEqual([
      'table:bills mention-table 0.65',
      'table:orders mention-table 0.65',
      'table:orders.paid_at mention-part 0.75',
    ]);
    expect(named(mention('orders.paid_at'), mention('bills', 'word'))).toEqual([
      'table:bills mention-table 0.65',
      'table:orders.paid_at mention-column 0.9',
    ]);
    expect(named(mention('orders', 'word'), mention('status', 'word'), mention('bills', 'word'))).toEqual([]);
  });

  it('says what is gone, where it was certainly meant to be here', () => {
    const gone = (text: string, form: MentionKey['form'] = 'code') =>
      (mentionsLinker.link('shop', keysOf({ ...SHOP, 'docs/guide.md': [mention(text, form)] })).diagnostics ?? []).map(
        ({ code, message, file, span }) => `${code} ${file}:${span?.line} ${message.replace(/\. .*/, '')}`,
      );
    expect(gone('OrderService.cancel')).toEqual(['mention-unresolved docs/guide.md:3 OrderService.cancel is declared nowhere']);
    expect(gone('src/carts/gone.ts')).toEqual(['mention-unresolved docs/guide.md:3 There is no file src/carts/gone.ts']);
    expect(gone('../src/gone.ts', 'link')).toEqual(['mention-unresolved docs/guide.md:3 There is no file src/gone.ts']);
    expect(gone('gone.md', 'link')).toEqual(['mention-unresolved docs/guide.md:3 There is no file docs/gone.md']);
    expect(gone('limits.md#per-year', 'link')).toEqual(['mention-unresolved docs/guide.md:3 docs/limits.md has no heading #per-year']);
    for (const text of [
      'Express.listen',
      'createCart.name',
      'MoneySchema.optional()',
      'src/gone.ts',
      'OrderService.place',
      'order.cancel',
      'my-app/src/main.ts',
      'main.ts',
      'data.csv',
    ])
      expect(gone(text)).toEqual([]);
    expect(gone('https-like/page', 'link')).toEqual([]);
  });

  it('misses nothing that is to be made, or filled in by whoever copies the text', () => {
    const missing = (file: string, text: string, more: Partial<MentionKey> = {}): number =>
      mentionsLinker.link('shop', keysOf({ ...SHOP, [file]: [{ ...mention(text, 'link'), ...more } as LinkKey] })).diagnostics?.length ?? 0;
    expect(missing('docs/guide.md', 'gone.md')).toBe(1);
    expect(missing('docs/guide.md', 'gone.md', { planned: true })).toBe(0);
    for (const text of ['yyyymmdd-xxx.md', '{slug}.md', 'NNNN-title.md', '<name>.md', 'path/to/x.md', 'your-page.md'])
      expect(missing('docs/guide.md', text), text).toBe(0);
    for (const text of ['annotations.md', 'paths.md', 'xx-large.md', 'your.md']) expect(missing('docs/guide.md', text), text).toBe(1);
    for (const file of ['docs/adr/template.md', 'docs/templates/page.md', 'docs/page.template.md', 'docs/adr-template.md'])
      expect(missing(file, 'gone.md'), file).toBe(0);
    for (const file of ['docs/plans/2026.md', 'rfcs/1.md', 'docs/roadmap.md']) expect(missing(file, 'gone.md'), file).toBe(0);
    for (const file of ['docs/templating.md', 'docs/planning.md', 'docs/template-engine/page.md'])
      expect(missing(file, 'gone.md'), file).toBe(1);
  });

  it('takes a README for the document of the package and the service in its folder', () => {
    const readme: LinkKey = { key: 'document', id: 'shop//doc:packages/money/README.md', readme: true };
    expect(linksOf(mentionsLinker, { ...SHOP, 'packages/money/README.md': [readme] })).toEqual([
      'doc:packages/money/README.md DOCUMENTS pkg:@shop/money readme-of-folder 0.9',
    ]);
  });

  it('states nothing of other repositories, but may lead there', () => {
    const files = { ...SHOP, 'web//docs/guide.md': [mention('POST /users', 'code', 'web//doc:docs/guide.md')] };
    expect(linksOf(mentionsLinker, files)).toEqual([]);
    expect(mentionsLinker.link('web', keysOf(files)).edges).toMatchObject([
      { from: 'web//doc:docs/guide.md', to: 'shop//api:user#POST /users' },
    ]);
  });
});
