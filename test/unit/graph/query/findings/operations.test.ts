import { describe, expect, it } from 'vitest';
import { findingsIn, foundIn, type Arrow } from './found-in.ts';

const SERVED: readonly Arrow[] = [
  ['api:user', 'CONTAINS', 'api:user#GET /users'],
  ['api:user', 'CONTAINS', 'api:user#DELETE /users'],
  ['endpoint:user#GET /users', 'REALIZES', 'api:user#GET /users'],
  ['code:users.ts#list', 'HANDLES', 'endpoint:user#GET /users'],
];
const REMOVED: Arrow = ['code:users.ts#remove', 'HANDLES', 'api:user#DELETE /users'];
const METHODS = {
  'api:user#GET /users': { method: 'GET', path: '/users' },
  'api:user#DELETE /users': { method: 'DELETE', path: '/users' },
};

describe('operation-without-handler', () => {
  it('names operations that nobody serves, of contracts that are served here', async () => {
    expect(await foundIn(SERVED, METHODS)).toEqual(['operation-without-handler api:user#DELETE /users']);
    expect(await foundIn([...SERVED, REMOVED], METHODS)).toEqual([]);
  });

  it('is quiet about what a route serves that realises another contract, also behind a prefix', async () => {
    const other = (path: string, method = 'DELETE'): Promise<readonly string[]> =>
      foundIn([...SERVED, ['code:all.ts#remove', 'HANDLES', 'endpoint:all#X']], { ...METHODS, 'endpoint:all#X': { method, path } });
    expect(await other('/users')).toEqual([]);
    expect(await other('/api/v1/users/')).toEqual([]);
    expect(await other('/users', 'ALL')).toEqual([]);
    const missing = 'operation-without-handler api:user#DELETE /users';
    expect(await other('/a/b/c/users')).toContain(missing);
    expect(await other('/users/{id}')).toContain(missing);
    expect(await other('/users', 'PUT')).toContain(missing);
  });

  it('is quiet about contracts of others, and about operations that are none over HTTP', async () => {
    expect(await foundIn(SERVED.slice(0, 2), METHODS)).toEqual([]);
    expect(await foundIn(SERVED, { ...METHODS, 'api:user#DELETE /users': { method: 'SUBSCRIBE' } })).toEqual([]);
    expect(await foundIn(SERVED, { ...METHODS, 'api:user#DELETE /users': {} })).toEqual([]);
  });
});

describe('handler-without-operation', () => {
  const served = [...SERVED, REMOVED] as const;
  const extra: Arrow = ['code:users.ts#search', 'HANDLES', 'endpoint:user#GET /search'];
  const paths = (more: Readonly<Record<string, object>>) => ({
    ...METHODS,
    'endpoint:user#GET /search': { method: 'GET', path: '/search' },
    ...more,
  });

  it('names routes that the contract lacks, in packages that have one, and who handles them', async () => {
    const found = await findingsIn([...served, extra], paths({}));
    expect(found).toMatchObject([
      { code: 'handler-without-operation', id: 'shop//endpoint:user#GET /search', related: ['shop//code:users.ts#search'] },
    ]);
    expect(found[0]!.message).toContain('GET /search');
  });

  it('is quiet where a package has no contract', async () => {
    expect(await foundIn([extra], paths({}))).toEqual([]);
    expect(await foundIn([...served, ['code:admin.ts#search', 'HANDLES', 'endpoint:admin#GET /search']], METHODS)).toEqual([]);
  });

  it('is quiet where a package serves something by chance that a contract describes', async () => {
    const props = Object.fromEntries(['a', 'b', 'c'].map((name) => [`endpoint:shop#GET /${name}`, { method: 'GET', path: `/${name}` }]));
    const chance: readonly Arrow[] = [
      ...['a', 'b', 'c'].map((name): Arrow => ['code:shop.ts#f', 'HANDLES', `endpoint:shop#GET /${name}`]),
      ...['GET /a', 'GET /x', 'GET /y'].map((name): Arrow => ['api:other', 'CONTAINS', `api:other#${name}`]),
      ['endpoint:shop#GET /a', 'REALIZES', 'api:other#GET /a'],
    ];
    const methods = Object.fromEntries(['/a', '/x', '/y'].map((path) => [`api:other#GET ${path}`, { method: 'GET', path }]));
    expect((await foundIn(chance, { ...props, ...methods })).filter((found) => found.startsWith('handler'))).toEqual([]);
    // Half of a contract is enough.
    const smaller = chance.filter(([, , to]) => to !== 'api:other#GET /y');
    expect((await foundIn(smaller, { ...props, ...methods })).filter((found) => found.startsWith('handler'))).toEqual([
      'handler-without-operation endpoint:shop#GET /b',
      'handler-without-operation endpoint:shop#GET /c',
    ]);
  });

  it('is quiet about gateways, which hand every method on', async () => {
    expect(await foundIn([...served, extra], paths({ 'endpoint:user#GET /search': { method: 'ALL', path: '/search' } }))).toEqual([]);
  });

  it('is quiet about examples', async () => {
    const at = (file: string) => foundIn([...served, extra], paths({}), [], { 'endpoint:user#GET /search': file });
    expect(await at('packages/http/examples/server.ts')).toEqual([]);
    expect(await at('src/example-server.ts')).toEqual(['handler-without-operation endpoint:user#GET /search']);
  });

  it.each(['/healthz', '/payments/health', '/metrics', '/api', '/api/v1', '/api/health', '/docs', '/', '/openapi.json', '/graphql', '*'])(
    'leaves %s to operators',
    async (path) => {
      const health: Arrow = ['code:users.ts#health', 'HANDLES', 'endpoint:user#GET /x'];
      expect(await foundIn([...served, health], paths({ 'endpoint:user#GET /x': { method: 'GET', path } }))).not.toContain(
        'handler-without-operation endpoint:user#GET /x',
      );
    },
  );

  it('takes no route for operational by the beginning of a word', async () => {
    const live: Arrow = ['code:users.ts#live', 'HANDLES', 'endpoint:user#GET /livestock'];
    expect(await foundIn([...served, live], { ...METHODS, 'endpoint:user#GET /livestock': { method: 'GET', path: '/livestock' } })).toEqual(
      ['handler-without-operation endpoint:user#GET /livestock'],
    );
  });
});

describe('call-of-nothing', () => {
  const answered: Arrow = ['code:web.ts#load', 'INVOKES', 'endpoint:user#GET /users'];
  const wrong: Arrow = ['code:web.ts#load', 'INVOKES', 'http:#GET /userz'];

  it('names calls that nothing answers, where they stand', async () => {
    expect(await findingsIn([answered, wrong])).toMatchObject([
      { code: 'call-of-nothing', id: 'shop//http:#GET /userz', file: 'web.ts', span: { line: 8 }, related: ['shop//code:web.ts#load'] },
    ]);
  });

  it('is quiet about other systems, and where the system serves nothing', async () => {
    expect(await foundIn([answered, ['code:web.ts#pay', 'INVOKES', 'http:api.pay.example#POST /charges']])).toEqual([]);
    expect(await foundIn([answered])).toEqual([]);
    expect(await foundIn([wrong])).toEqual([]);
  });

  it.each(['app/routes/api.pay.tsx', 'app/routes/api+/pay.tsx', 'server/api/pay.ts'])(
    'is quiet about what the file %s may serve',
    async (file) => {
      const call: Arrow = ['code:web.ts#load', 'INVOKES', 'http:#POST /api/pay'];
      const props = { 'http:#POST /api/pay': { path: '/api/pay' } };
      expect(await foundIn([answered, call, ['code:web.ts', 'IMPORTS', `code:${file}`]], props)).toEqual([]);
      expect(await foundIn([answered, call, ['code:web.ts', 'IMPORTS', 'code:app/routes/pay.ts']], props)).toEqual([
        'call-of-nothing http:#POST /api/pay',
      ]);
    },
  );

  it('is quiet about tests, which ask for what is not there', async () => {
    const tests: readonly Arrow[] = [
      ['test:web.test.ts', 'TESTS', 'code:web.test.ts'],
      ['code:web.test.ts', 'CONTAINS', 'code:web.test.ts#get'],
    ];
    expect(await foundIn([answered, ...tests, ['code:web.test.ts#get', 'INVOKES', 'http:#GET /userz']])).toEqual([]);
    expect(await foundIn([answered, ...tests, ['code:web.test.ts#get', 'INVOKES', 'http:#GET /userz'], wrong])).toEqual([
      'call-of-nothing http:#GET /userz',
    ]);
  });
});
