import { describe, expect, it } from 'vitest';
import { findingsIn, foundIn, type Arrow, type Props } from './found-in.ts';

const RULE = 'policy:house/P-1';
const governs = (target: string): Arrow => [RULE, 'GOVERNS', target];
const violations = async (
  constraint: unknown,
  arrows: readonly Arrow[],
  props: Props = {},
  files: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> =>
  (await foundIn(arrows, { [RULE]: { statement: 'Obey.', constraint }, ...props }, [], files)).flatMap((found) =>
    found.startsWith('policy-violation ') ? [found.slice('policy-violation '.length)] : [],
  );

describe('policy-violation: forbidDependency', () => {
  const arrows: readonly Arrow[] = [
    ['code:web/page.ts', 'IMPORTS', 'code:db/pool.ts'],
    ['code:api/users.ts', 'IMPORTS', 'code:db/pool.ts'],
  ];

  it('names who depends on what it may not', async () => {
    expect(await violations({ forbidDependency: { from: 'web/**', to: 'db/**' } }, arrows)).toEqual(['code:web/page.ts']);
    expect(await violations({ forbidDependency: { from: ['web/**', 'api/**'], to: 'db/**' } }, arrows)).toHaveLength(2);
    expect(await violations({ forbidDependency: { from: 'jobs/**', to: 'db/**' } }, arrows)).toEqual([]);
  });

  it('speaks of the package that the rule stands in, by paths from there or from the root', async () => {
    const own: readonly Arrow[] = [
      ['pkg:shop', 'CONTAINS', 'code:web/page.ts'],
      ['pkg:demo', 'CONTAINS', 'code:demo/web/page.ts'],
      ['code:demo/web/page.ts', 'IMPORTS', 'code:demo/db/pool.ts'],
    ];
    const files = { 'pkg:shop': 'package.json', 'pkg:demo': 'demo/package.json' };
    const at = (file: string, from: string) =>
      violations({ forbidDependency: { from, to: '**/db/**' } }, [...arrows, ...own], {}, { ...files, [RULE]: file });
    expect(await at('demo/policies/house.policy.yaml', 'web/**')).toEqual(['code:demo/web/page.ts']);
    expect(await at('demo/policies/house.policy.yaml', 'demo/web/**')).toEqual(['code:demo/web/page.ts']);
    expect(await at('policies/house.policy.yaml', 'web/**')).toEqual(['code:web/page.ts']);
    expect(await at('demonstration/house.policy.yaml', 'web/**')).toEqual(['code:web/page.ts']);
  });
});

describe('policy-violation: demands of what is governed', () => {
  it('requireOwner', async () => {
    expect(
      await violations({ requireOwner: true }, [governs('code:a.ts'), ['code:b.ts', 'OWNED_BY', 'team:core'], governs('code:b.ts')]),
    ).toEqual(['code:a.ts']);
    expect(await violations({ requireOwner: false }, [governs('code:a.ts')])).toEqual([]);
    const owned: readonly Arrow[] = [
      ['code:a.ts', 'CONTAINS', 'code:a.ts#run'],
      ['pkg:shop', 'CONTAINS', 'code:a.ts'],
      ['pkg:shop', 'OWNED_BY', 'team:core'],
    ];
    expect(await violations({ requireOwner: true }, [...owned, governs('code:a.ts#run')])).toEqual([]);
  });

  it('requireTest', async () => {
    expect(
      await violations({ requireTest: true }, [
        governs('code:a.ts#run'),
        governs('code:a.ts#idle'),
        ['code:a.ts', 'CONTAINS', 'code:a.ts#run'],
        ['code:a.ts', 'CONTAINS', 'code:a.ts#idle'],
        ['code:a.ts', 'CONTAINS', 'code:a.ts#step'],
        governs('code:a.ts#step'),
        governs('table:orders'),
        ['code:a.ts#run', 'CALLS', 'code:a.ts#step', ['called']],
        ['code:a.test.ts', 'CALLS', 'code:a.ts#run', ['called']],
        ['test:a.test.ts', 'TESTS', 'code:a.test.ts'],
      ]),
    ).toEqual(['code:a.ts#idle']);
  });

  it('requireAuth', async () => {
    const props = { 'api:user#GET /users': { security: ['bearer'] }, 'api:user#GET /open': { security: [] } };
    expect(
      await violations(
        { requireAuth: true },
        [governs('api:user#GET /users'), governs('api:user#GET /health'), governs('api:user#GET /open'), governs('code:a.ts')],
        props,
      ),
    ).toEqual(['api:user#GET /health', 'api:user#GET /open']);
  });

  it('forbidProperty', async () => {
    const arrows: readonly Arrow[] = [
      governs('api:user#GET /users'),
      ['api:user#GET /users', 'HAS_PROPERTY', 'api:user#GET /users response.200.Password'],
      ['api:user#GET /users', 'HAS_PROPERTY', 'api:user#GET /users response.200.email'],
      ['api:user#GET /users', 'HAS_PROPERTY', 'api:user#GET /users request.body.password'],
      ['api:user#GET /admins', 'HAS_PROPERTY', 'api:user#GET /admins response.200.password'],
    ];
    expect(await violations({ forbidProperty: { names: ['pass*'] } }, arrows)).toEqual(['api:user#GET /users response.200.Password']);
    expect(await violations({ forbidProperty: { names: 'secret' } }, arrows)).toEqual([]);
  });
});

describe('policy-violation', () => {
  it.each([
    ['must', 'error'],
    ['Critical', 'error'],
    [undefined, 'error'],
    ['should', 'warning'],
    ['may', 'info'],
  ])('of severity %s is an %s', async (severity, expected) => {
    const props = { [RULE]: { statement: 'Obey.', constraint: { requireOwner: true }, ...(severity ? { severity } : {}) } };
    const [found] = await findingsIn([governs('code:a.ts')], props);
    expect(found).toMatchObject({ severity: expected, related: ['shop//policy:house/P-1'], message: expect.stringContaining('Obey.') });
  });

  it.each([
    ['words', 'everyone obeys'],
    ['another shape', { requireOwner: 'yes' }],
    ['names from prototypes', JSON.parse('{"__proto__": {"requireOwner": true}, "constructor": true, "toString": true}')],
    ['a list', [{ requireOwner: true }]],
    ['nothing', undefined],
  ])('is decided by no constraint of %s', async (_, constraint) => {
    expect(await violations(constraint, [governs('code:a.ts')])).toEqual([]);
  });

  it('is found in bounded time whatever globs are asked for', async () => {
    const before = performance.now();
    await violations({ forbidDependency: { from: '*a'.repeat(60), to: '**' } }, [
      ['code:aaaaaaaaaaaaaaaaaaaaaaaaaaaaab.ts', 'IMPORTS', 'code:b.ts'],
    ]);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
