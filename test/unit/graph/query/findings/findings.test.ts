import { describe, expect, it } from 'vitest';
import type { Node, NodeKind } from '../../../../../graph/model/node.ts';
import { CHECKS, findingsOf } from '../../../../../graph/query/findings/find.ts';
import type { GraphReader, StoredDiagnostic } from '../../../../../graph/store/store.ts';
import { snapshotOf } from '../../snapshot/snapshots.ts';
import { sceneOf, type Arrow } from '../scene.ts';

async function find(
  arrows: readonly Arrow[],
  props: Readonly<Record<string, object>> = {},
  diagnostics: readonly StoredDiagnostic[] = [],
): Promise<readonly string[]> {
  const { nodes, edges } = sceneOf(arrows, props);
  const reader = {
    find: async ({ kinds }: { readonly kinds: readonly NodeKind[] }): Promise<readonly Node[]> =>
      nodes.filter(({ kind }) => kinds.includes(kind)),
    diagnostics: async () => diagnostics,
  } as unknown as GraphReader;
  return (await findingsOf(reader, await snapshotOf(nodes, edges))).map(({ code, id }) => `${code} ${id.replace('shop//', '')}`);
}

const SERVED: readonly Arrow[] = [
  ['api:user', 'CONTAINS', 'api:user#GET /users'],
  ['api:user', 'CONTAINS', 'api:user#DELETE /users'],
  ['endpoint:user#GET /users', 'REALIZES', 'api:user#GET /users'],
  ['code:users.ts#list', 'HANDLES', 'endpoint:user#GET /users'],
];
const METHODS = {
  'api:user#GET /users': { method: 'GET', path: '/users' },
  'api:user#DELETE /users': { method: 'DELETE', path: '/users' },
};

describe('findings', () => {
  it('names operations that nobody serves, of contracts that are served here', async () => {
    expect(await find(SERVED, METHODS)).toEqual(['operation-without-handler api:user#DELETE /users']);
    expect(await find(SERVED.slice(0, 2), METHODS)).toEqual([]);
    expect(await find([...SERVED, ['code:users.ts#remove', 'HANDLES', 'api:user#DELETE /users']], METHODS)).toEqual([]);
  });

  it('names routes that the contract lacks, in packages that have one', async () => {
    const served = [...SERVED, ['code:users.ts#remove', 'HANDLES', 'api:user#DELETE /users']] as const;
    const extra: Arrow = ['code:users.ts#search', 'HANDLES', 'endpoint:user#GET /search'];
    const methods = {
      ...METHODS,
      'endpoint:user#GET /search': { method: 'GET', path: '/search' },
      'endpoint:user#GET /healthz': { path: '/healthz' },
    };
    const health: Arrow = ['code:users.ts#health', 'HANDLES', 'endpoint:user#GET /healthz'];
    expect(await find([...served, extra, health], methods)).toEqual(['handler-without-operation endpoint:user#GET /search']);
    expect(await find([extra])).toEqual([]);
  });

  it('names calls that nothing answers, not those of other systems', async () => {
    const calls: readonly Arrow[] = [
      ['code:web.ts#load', 'INVOKES', 'http:#GET /userz'],
      ['code:web.ts#pay', 'INVOKES', 'http:api.pay.example#POST /charges'],
      ['code:web.ts#pay', 'INVOKES', 'endpoint:user#GET /users'],
    ];
    expect(await find(calls, { 'http:api.pay.example#POST /charges': { host: 'api.pay.example' } })).toEqual([
      'call-of-nothing http:#GET /userz',
    ]);
    expect(await find(calls.slice(0, 1))).toEqual([]);
  });

  it('names channels without a contract, where there are contracts', async () => {
    const used: Arrow = ['code:shop.ts#place', 'PUBLISHES', 'event:order.placed'];
    expect(await find([used, ['api:events', 'CONTAINS', 'event:order.paid']])).toEqual(['undocumented-channel event:order.placed']);
    expect(await find([used])).toEqual([]);
    expect(await find([used, ['api:events', 'CONTAINS', 'event:order.placed']])).toEqual([]);
  });

  it('names variables that nothing declares and code cannot do without', async () => {
    const reads: readonly Arrow[] = [
      ['code:a.ts#url', 'READS_CONFIG', 'env:USER_URL'],
      ['code:a.ts#url', 'READS_CONFIG', 'env:NODE_ENV'],
      ['code:a.ts#limit', 'READS_CONFIG', 'env:LIMIT'],
      ['svc:web', 'DECLARES', 'env:TOKEN'],
    ];
    expect(await find(reads, { 'env:LIMIT': { optional: true } })).toEqual(['undeclared-variable env:USER_URL']);
    expect(await find(reads.slice(0, 1))).toEqual([]);
    expect(await find([...reads, ['svc:web', 'DECLARES', 'env:USER_URL']], { 'env:LIMIT': { optional: true } })).toEqual([]);
  });

  it('names columns that no code uses, of tables that code uses by column', async () => {
    const columns = ['id', 'status', 'legacy', 'user_id'].map((name): Arrow => ['table:orders', 'CONTAINS', `table:orders.${name}`]);
    const uses: readonly Arrow[] = [
      ['code:db.ts#find', 'QUERIES', 'table:orders.status'],
      ['table:orders.user_id', 'DEPENDS_ON', 'table:users.id'],
    ];
    expect(await find([...columns, ...uses], { 'table:orders.id': { primaryKey: true } })).toEqual(['unread-column table:orders.legacy']);
    expect(await find(columns)).toEqual([]);
  });

  it('names texts that rely on a superseded decision', async () => {
    const arrows: readonly Arrow[] = [
      ['doc:docs/storage.md#disks', 'MENTIONS', 'adr:0002'],
      ['adr:0007', 'SUPERSEDES', 'adr:0002'],
      ['adr:0007', 'MENTIONS', 'adr:0002'],
    ];
    expect(await find(arrows, { 'adr:0002': { status: 'superseded' } })).toEqual(['superseded-decision adr:0002']);
    expect(await find(arrows, { 'adr:0002': { status: 'accepted' } })).toEqual([]);
  });

  it('passes on what linkers could not resolve', async () => {
    const diagnostic = (code: string): StoredDiagnostic => ({
      unit: 'shop//link/mentions:',
      code,
      severity: 'info',
      message: 'gone',
      file: 'docs/a.md',
    });
    expect(await find([], {}, [diagnostic('mention-unresolved'), diagnostic('unknown-reference'), diagnostic('parse-failure')])).toEqual([
      'missing-mention docs/a.md',
      'unknown-reference docs/a.md',
    ]);
  });

  it('has a code, and a test above, for every check', () => {
    expect(CHECKS.map(({ code }) => code)).toEqual([...new Set(CHECKS.map(({ code }) => code))]);
  });
});

describe('policies that the graph can decide', () => {
  const violations = async (
    constraint: object,
    arrows: readonly Arrow[],
    props: Readonly<Record<string, object>> = {},
  ): Promise<readonly string[]> =>
    (await find(arrows, { 'policy:house/P-1': { statement: 'Obey.', constraint }, ...props })).filter((found) =>
      found.startsWith('policy-violation'),
    );

  it('forbid dependencies', async () => {
    const arrows: readonly Arrow[] = [
      ['code:web/page.ts', 'IMPORTS', 'code:db/pool.ts'],
      ['code:api/users.ts', 'IMPORTS', 'code:db/pool.ts'],
    ];
    expect(await violations({ forbidDependency: { from: 'web/**', to: 'db/**' } }, arrows)).toEqual(['policy-violation code:web/page.ts']);
    expect(await violations({ forbidDependency: { from: 'jobs/**', to: 'db/**' } }, arrows)).toEqual([]);
  });

  it('demand owners, tests and authentication of what they govern', async () => {
    const governs = (target: string): Arrow => ['policy:house/P-1', 'GOVERNS', target];
    expect(
      await violations({ requireOwner: true }, [governs('code:a.ts'), ['code:b.ts', 'OWNED_BY', 'team:core'], governs('code:b.ts')]),
    ).toEqual(['policy-violation code:a.ts']);
    expect(
      await violations({ requireTest: true }, [
        governs('code:a.ts#run'),
        governs('code:a.ts#idle'),
        ['code:a.ts', 'CONTAINS', 'code:a.ts#run'],
        ['code:a.ts', 'CONTAINS', 'code:a.ts#idle'],
        ['code:a.ts', 'CONTAINS', 'code:a.ts#step'],
        governs('code:a.ts#step'),
        ['code:a.ts#run', 'CALLS', 'code:a.ts#step', ['called']],
        ['code:a.test.ts', 'CALLS', 'code:a.ts#run', ['called']],
        ['test:a.test.ts', 'TESTS', 'code:a.test.ts'],
      ]),
    ).toEqual(['policy-violation code:a.ts#idle']);
    expect(
      await violations({ requireAuth: true }, [governs('api:user#GET /users'), governs('api:user#GET /health')], {
        'api:user#GET /users': { security: ['bearer'] },
      }),
    ).toEqual(['policy-violation api:user#GET /health']);
  });

  it('forbid fields in answers', async () => {
    const arrows: readonly Arrow[] = [
      ['policy:house/P-1', 'GOVERNS', 'api:user#GET /users'],
      ['api:user#GET /users', 'HAS_PROPERTY', 'api:user#GET /users response.200.password'],
      ['api:user#GET /users', 'HAS_PROPERTY', 'api:user#GET /users response.200.email'],
    ];
    expect(await violations({ forbidProperty: { names: ['pass*'] } }, arrows)).toEqual([
      'policy-violation api:user#GET /users response.200.password',
    ]);
  });
});
