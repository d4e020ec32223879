import { describe, expect, it } from 'vitest';
import { answerImpact } from '../../../../graph/query/answer.ts';
import type { ChangeKind, ImpactAnswer } from '../../../../graph/query/change.ts';
import { snapshotOf } from '../snapshot/snapshots.ts';
import { sceneOf, type Arrow } from './scene.ts';

/** Asks of a system that consists of what some arrows name. */
async function ask(
  arrows: readonly Arrow[],
  target: string,
  change: ChangeKind,
  props: Readonly<Record<string, object>> = {},
  minConfidence = 0,
): Promise<ImpactAnswer> {
  const { nodes, edges } = sceneOf(arrows, props);
  const options = { change, minConfidence, maxDistance: 64, limit: Infinity, paths: true };
  return answerImpact(
    await snapshotOf(nodes, edges),
    nodes.find(({ id }) => id === `shop//${target}`)!,
    options,
  ).answer;
}

const effects = ({ impacted }: ImpactAnswer): Readonly<Record<string, string>> =>
  Object.fromEntries(impacted.map(({ ref, effect }) => [ref, effect]));

const FIELD = 'api:user#GET /users/{id} response.200.email';
const WIRE: readonly Arrow[] = [
  ['code:web/user-page.ts#UserPage', 'READS', 'code:web/client.ts#User.email', ['result-used']],
  ['code:web/client.ts#User', 'CONTAINS', 'code:web/client.ts#User.email'],
  ['code:web/client.ts#User.email', 'MAPS_TO', FIELD, [], 'code:web/client.ts#getUser'],
  ['code:web/client.ts#getUser', 'INVOKES', 'api:user#GET /users/{id}'],
  ['api:user#GET /users/{id}', 'HAS_PROPERTY', FIELD],
  [FIELD, 'MAPS_TO', 'api:user#User.email'],
  ['code:api/user-dto.ts#UserDto.email', 'MAPS_TO', FIELD, ['provider'], 'code:api/users.ts#getUser'],
  ['code:api/users.ts#getUser', 'HANDLES', 'api:user#GET /users/{id}'],
  ['code:api/users.ts#toDto', 'WRITES', 'code:api/user-dto.ts#UserDto.email'],
  ['doc:docs/users.md#email', 'MENTIONS', FIELD],
  ['code:web/other.ts#list', 'INVOKES', 'api:user#GET /users/{id}', ['as-value']],
  ['code:web/orders.ts#Order.email', 'MAPS_TO', 'api:order#GET /orders response.200.email'],
];

describe('a change of a field', () => {
  it('reaches the code at both ends, and what is written about it, from the contract', async () => {
    expect(effects(await ask(WIRE, FIELD, 'remove'))).toEqual({
      'api:user#User.email': 'breaks',
      'code:web/client.ts#User.email': 'breaks',
      'code:web/user-page.ts#UserPage': 'breaks',
      'code:api/user-dto.ts#UserDto.email': 'breaks',
      'code:api/users.ts#toDto': 'breaks',
      'code:web/other.ts#list': 'unknown',
      'doc:docs/users.md#email': 'review',
    });
  });

  it('travels from the type of the provider over the wire to the component that shows it, hop by hop', async () => {
    const answer = await ask(WIRE, 'code:api/user-dto.ts#UserDto.email', 'remove');
    const page = answer.impacted.find(({ ref }) => ref === 'code:web/user-page.ts#UserPage');
    expect(page?.path?.map(({ edge, to }) => `${edge} ${to.replace('shop//', '')}`)).toEqual([
      `MAPS_TO ${FIELD}`,
      'MAPS_TO code:web/client.ts#User.email',
      'READS code:web/user-page.ts#UserPage',
    ]);
  });

  it('stays on the side of a consumer: its type is its own affair', async () => {
    expect(effects(await ask(WIRE, 'code:web/client.ts#User.email', 'remove'))).toEqual({ 'code:web/user-page.ts#UserPage': 'breaks' });
  });

  it('loses the path with the evidence of any link', async () => {
    for (const missing of WIRE.filter(([, type]) => type === 'MAPS_TO' || type === 'READS').slice(0, 2)) {
      const without = WIRE.filter((arrow) => arrow !== missing);
      expect(effects(await ask(without, FIELD, 'remove'))).not.toHaveProperty(['code:web/user-page.ts#UserPage']);
    }
  });

  it('breaks callers that do not send what is required now, and says unknown of those that hand on what they were given', async () => {
    const field = 'api:user#POST /users request.body.phone';
    const answer = await ask(
      [
        ['api:user#POST /users', 'HAS_PROPERTY', field],
        ['code:a.ts#without', 'INVOKES', 'api:user#POST /users'],
        ['code:b.ts#with', 'INVOKES', 'api:user#POST /users'],
        ['code:b.ts#with', 'MAPS_TO', field],
        ['code:c.ts#opaque', 'INVOKES', 'api:user#POST /users', ['spread']],
      ],
      field,
      'make-required',
    );
    expect(effects(answer)).toMatchObject({ 'code:a.ts#without': 'breaks', 'code:c.ts#opaque': 'unknown' });
    expect(answer.verdict).toBe('breaking');
  });
});

describe('a change of an operation', () => {
  const arrows: readonly Arrow[] = [
    ['code:api/users.ts#getUser', 'HANDLES', 'endpoint:api#GET /users/{id}'],
    ['endpoint:api#GET /users/{id}', 'REALIZES', 'api:user#GET /users/{id}'],
    ['code:web/client.ts#getUser', 'INVOKES', 'api:user#GET /users/{id}'],
    ['code:web/page.ts#Page', 'CALLS', 'code:web/client.ts#getUser', ['called']],
    ['test:web/page.test.ts', 'TESTS', 'code:web/page.test.ts'],
    ['code:web/page.test.ts', 'CALLS', 'code:web/page.ts#Page', ['called']],
    ['test:web/client.test.ts', 'TESTS', 'code:web/client.test.ts'],
    ['code:web/client.test.ts', 'CALLS', 'code:web/client.ts#getUser', ['called']],
  ];
  it('breaks who calls and who serves it, and names the tests of either', async () => {
    const answer = await ask(arrows, 'api:user#GET /users/{id}', 'remove');
    expect(effects(answer)).toMatchObject({ 'code:api/users.ts#getUser': 'breaks', 'code:web/client.ts#getUser': 'breaks' });
    expect(effects(answer)).not.toHaveProperty(['code:web/page.ts#Page']);
    expect(effects(answer)).not.toHaveProperty(['endpoint:api#GET /users/{id}']);
    expect(answer.tests.map(({ file }) => file)).toEqual(['web/client.test.ts']);
  });

  it('makes callers behave differently, over the wire and up, when the body of its handler changes', async () => {
    const answer = await ask(arrows, 'code:api/users.ts#getUser', 'behaviour');
    expect(effects(answer)).toMatchObject({
      'api:user#GET /users/{id}': 'behaves-differently',
      'code:web/client.ts#getUser': 'behaves-differently',
      'code:web/page.ts#Page': 'behaves-differently',
    });
  });
});

describe('a change of data, events, configuration, demands', () => {
  it('takes a dropped column to queries, entities, and over them to the contract', async () => {
    const answer = await ask(
      [
        ['code:db.ts#findOrders', 'QUERIES', 'table:orders.status'],
        ['code:order.ts#Order.status', 'MAPS_TO', 'table:orders.status'],
        ['code:order.ts#Order.status', 'MAPS_TO', 'api:order#GET /orders response.200.status', ['provider']],
        ['code:web.ts#Order.status', 'MAPS_TO', 'api:order#GET /orders response.200.status'],
        ['table:items.order_status', 'DEPENDS_ON', 'table:orders.status'],
        ['code:db.ts#findUsers', 'QUERIES', 'table:users.status'],
      ],
      'table:orders.status',
      'drop-column',
    );
    expect(Object.keys(effects(answer)).sort()).toEqual([
      'api:order#GET /orders response.200.status',
      'code:db.ts#findOrders',
      'code:order.ts#Order.status',
      'code:web.ts#Order.status',
      'table:items.order_status',
    ]);
  });

  it('takes an event field from the publisher to subscribers', async () => {
    const answer = await ask(
      [
        ['code:shop.ts#OrderPlaced.total', 'MAPS_TO', 'event:order.placed payload.total', ['provider']],
        ['code:mail.ts#Placed.total', 'MAPS_TO', 'event:order.placed payload.total'],
        ['code:mail.ts#send', 'READS', 'code:mail.ts#Placed.total', ['result-used']],
      ],
      'code:shop.ts#OrderPlaced.total',
      'rename',
    );
    expect(effects(answer)).toEqual({
      'event:order.placed payload.total': 'breaks',
      'code:mail.ts#Placed.total': 'breaks',
      'code:mail.ts#send': 'breaks',
    });
  });

  it('takes a variable to readers and to who declares it', async () => {
    const answer = await ask(
      [
        ['code:config.ts#url', 'READS_CONFIG', 'env:ORDER_URL'],
        ['svc:web', 'DECLARES', 'env:ORDER_URL'],
        ['svc:shop', 'DECLARES', 'env:ORDER_URLS'],
      ],
      'env:ORDER_URL',
      'rename',
    );
    expect(effects(answer)).toEqual({ 'code:config.ts#url': 'breaks', 'svc:web': 'breaks' });
  });

  it('looks at what a policy, a decision or a criterion demands, when the demand changes', async () => {
    const arrows: readonly Arrow[] = [
      ['policy:pii/P-2', 'GOVERNS', 'code:user.ts#User.email'],
      ['adr:0003', 'GOVERNS', 'code:db.ts'],
      ['adr:0007', 'SUPERSEDES', 'adr:0003'],
      ['test:user.test.ts#[user/AC-1] mails', 'VERIFIES', 'spec:user/AC-1'],
      ['code:user.ts#register', 'SATISFIES', 'spec:user/AC-1'],
    ];
    expect(effects(await ask(arrows, 'policy:pii/P-2', 'tighten'))).toEqual({ 'code:user.ts#User.email': 'review' });
    expect(effects(await ask(arrows, 'adr:0003', 'supersede'))).toEqual({ 'code:db.ts': 'review', 'adr:0007': 'review' });
    expect(effects(await ask(arrows, 'spec:user/AC-1', 'remove'))).toEqual({
      'test:user.test.ts#[user/AC-1] mails': 'breaks',
      'code:user.ts#register': 'review',
    });
    expect(effects(await ask(arrows, 'code:user.ts#User.email', 'remove'))).toEqual({ 'policy:pii/P-2': 'review' });
  });
});

describe('documents that were not read', () => {
  it.each([
    ['table:orders', 'gap:db/V2.sql#parse-failure:sql', 'unknown'],
    ['table:orders', 'gap:deploy/web.yaml#parse-failure:kubernetes', 'compatible'],
    ['env:API_URL', 'gap:deploy/web.yaml#too-large:kubernetes', 'unknown'],
    ['api:user#User.email', 'gap:admin.yaml#unreadable:openapi', 'unknown'],
    ['doc:README.md', 'gap:db/V2.sql#parse-failure:sql', 'compatible'],
  ] as const)('hide what may depend on %s: with %s the answer is %s', async (thing, gap, verdict) => {
    const answer = await ask([], thing, 'remove', { [thing]: {}, [gap]: { reason: 'parse-failure', message: '' } });
    expect(answer.verdict).toBe(verdict);
    expect(answer.unknown.map(({ id }) => id)).toEqual(verdict === 'unknown' ? [`shop//${gap}`] : []);
  });

  it('hide nothing where something certain was found', async () => {
    const gap = { 'gap:admin.yaml#parse-failure:openapi': { reason: 'parse-failure', message: '' } };
    expect((await ask(WIRE, FIELD, 'remove', gap)).unknown).toEqual([]);
  });
});

describe('a change of a GraphQL schema', () => {
  const LIBRARY: readonly Arrow[] = [
    ['code:books.ts#findBook', 'HANDLES', 'gql:library#Query.book'],
    ['code:books.ts#loadAuthor', 'HANDLES', 'gql:library#Book.author'],
    ['code:books.ts#listBooks', 'HANDLES', 'gql:library#Author.books'],
    ['gql:library#Query.book', 'HAS_PROPERTY', 'gql:library#Query.book(id)'],
    ['gql:library#Author.books', 'HAS_PROPERTY', 'gql:library#Author.books(first)'],
    ['doc:web/page.gql#Page', 'INVOKES', 'gql:library#Query.book'],
    ['doc:web/page.gql#Page', 'MAPS_TO', 'gql:library#Query.book(id)'],
    ['doc:web/page.gql#Page', 'MAPS_TO', 'gql:library#Book.author'],
    ['doc:web/page.gql#Page', 'MAPS_TO', 'gql:library#Author.books'],
    ['doc:web/shelf.gql#Shelf', 'MAPS_TO', 'gql:library#Author.books'],
    ['doc:web/shelf.gql#Shelf', 'MAPS_TO', 'gql:library#Author.books(first)'],
  ];
  const of = async (target: string, change: ChangeKind): Promise<Readonly<Record<string, string>>> =>
    effects(await ask(LIBRARY, `gql:library#${target}`, change));
  const [PAGE, SHELF] = ['doc:web/page.gql#Page', 'doc:web/shelf.gql#Shelf'];

  it('breaks the client documents that select a field that goes, and its resolver', async () => {
    expect(await of('Query.book', 'remove')).toEqual({ [PAGE]: 'breaks', 'code:books.ts#findBook': 'breaks' });
    expect(await of('Book.author', 'rename')).toEqual({ [PAGE]: 'breaks', 'code:books.ts#loadAuthor': 'breaks' });
    expect(await of('Book.author', 'make-required')).toEqual({ 'code:books.ts#loadAuthor': 'breaks' });
    expect(await of('Book.author', 'make-optional')).toEqual({});
  });

  it('breaks those that give an argument that goes, and those that do not give one that is required', async () => {
    expect(await of('Author.books(first)', 'remove')).toEqual({ [SHELF]: 'breaks', 'code:books.ts#listBooks': 'breaks' });
    expect(await of('Author.books(first)', 'make-required')).toEqual({ [PAGE]: 'breaks' });
    expect(await of('Query.book(id)', 'make-required')).toEqual({});
  });
});

describe('tests to run', () => {
  const CRITERIA: readonly Arrow[] = [
    ['test:user.test.ts', 'CONTAINS', 'test:user.test.ts#mails'],
    ['test:user.test.ts', 'CONTAINS', 'test:user.test.ts#waits'],
    ['test:user.test.ts#mails', 'VERIFIES', 'spec:user/AC-1'],
    ['test:user.test.ts#waits', 'VERIFIES', 'spec:user/AC-1'],
    ['test:page.test.ts', 'VERIFIES', 'spec:user/AC-1'],
    ['test:page.test.ts', 'CONTAINS', 'test:page.test.ts#shows'],
    ['test:page.test.ts#shows', 'VERIFIES', 'spec:user/AC-1'],
    ['test:other.test.ts', 'VERIFIES', 'spec:user/AC-2'],
  ];

  it('are those that check a criterion: its cases, or the file as a whole', async () => {
    const { tests } = await ask(CRITERIA, 'spec:user/AC-1', 'tighten');
    expect(tests.map(({ ref, cases, reason }) => [ref, cases, reason])).toEqual([
      ['test:page.test.ts', [], 'checks it'],
      ['test:user.test.ts', ['mails', 'waits'], 'checks it'],
    ]);
    expect((await ask(CRITERIA, 'spec:user/AC-1', 'remove')).tests.map(({ reason }) => reason)).toEqual([
      'checks it by name',
      'checks it by name',
    ]);
  });

  it('are as sure as what they are run for has to be', async () => {
    const tested: readonly Arrow[] = [
      ...WIRE,
      ['code:web/page.test.ts', 'CALLS', 'code:web/user-page.ts#UserPage', ['called']],
      ['test:web/page.test.ts', 'TESTS', 'code:web/page.test.ts'],
    ];
    const at = async (least: number): Promise<readonly string[]> =>
      (await ask(tested, FIELD, 'remove', {}, least)).tests.map(({ file }) => file);
    expect(await at(0.5)).toEqual(['web/page.test.ts']);
    expect(await at(0.95)).toEqual([]);
  });
});
