import { describe, expect, it } from 'vitest';
import type { LinkKey } from '../../../../ingest/keys.ts';
import { ownersLinker } from '../../../../ingest/link/owners.ts';
import { keysOf, type KeysByFile } from '../link-keys.ts';

const owners = (...rules: readonly (readonly [string, ...string[]])[]): LinkKey => ({
  key: 'owners',
  rules: rules.map(([pattern, ...teams], index) => ({
    pattern,
    teams: teams.map((team) => `shop//team:${team}`),
    line: index + 1,
    col: 1,
  })),
});
const module = (path: string): KeysByFile => ({ [path]: [{ key: 'declares', module: `shop//code:${path}`, exported: [], internal: [] }] });
const ownersOf = (files: KeysByFile): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ownersLinker
      .link('shop', keysOf(files))
      .edges.map(({ from, to, sites }) => [
        from.replace('shop//', ''),
        `${to.replace('shop//team:', '')} ${sites[0]?.file}:${sites[0]?.line}`,
      ]),
  );

describe('the owners linker', () => {
  it('lets the last rule that matches decide, also to nobody', () => {
    expect(
      ownersOf({
        CODEOWNERS: [
          owners(['*', 'all'], ['/services/', 'services'], ['/services/booking/', 'booking'], ['*.sql', 'data'], ['/services/vendor/']),
        ],
        ...module('index.ts'),
        ...module('services/a.ts'),
        ...module('services/booking/src/b.ts'),
        ...module('services/vendor/c.ts'),
      }),
    ).toEqual({
      'code:index.ts': 'all CODEOWNERS:1',
      'code:services/a.ts': 'services CODEOWNERS:2',
      'code:services/booking/src/b.ts': 'booking CODEOWNERS:3',
    });
  });

  it.each([
    ['docs/*', 'docs/a.ts', true],
    ['docs/*', 'docs/build/a.ts', false],
    ['docs/**', 'docs/build/a.ts', true],
    ['apps/', 'x/apps/y/a.ts', true],
    ['/apps/', 'x/apps/y/a.ts', false],
    ['*.ts', 'x/y/a.ts', true],
    ['**/logs', 'a/logs/b.ts', true],
    ['/a[1].ts', 'a1.ts', false],
    ['/a[1].ts', 'a[1].ts', true],
    ['/A.ts', 'a.ts', false],
    ['/src/a.ts', 'src/a.ts', true],
    ['src', 'lib/src/a.ts', true],
  ])('%s on %s: %s', (pattern, path, owned) => {
    expect(Object.keys(ownersOf({ CODEOWNERS: [owners([pattern, 't'])], ...module(path) }))).toEqual(owned ? [`code:${path}`] : []);
  });

  it('finds owners of packages, services, contracts, tables and documents', () => {
    const at = { line: 1, col: 1 };
    expect(
      Object.keys(
        ownersOf({
          'docs/CODEOWNERS': [owners(['*', 'late'])],
          CODEOWNERS: [owners(['/x/', 'x'], ['/services/booking/', 'b'])],
          'x/package.json': [{ key: 'package', id: 'shop//pkg:x', name: 'x', folder: 'x' }],
          'compose.yml': [{ key: 'service', id: 'shop//svc:booking', name: 'booking', hosts: [], folder: 'services/booking', ...at }],
          'x/openapi.yaml': [
            { key: 'operation', id: 'shop//api:x#GET /', api: 'shop//api:x', method: 'GET', path: '/', fields: [], ...at },
          ],
          'x/schema.sql': [{ key: 'table', id: 'shop//table:t', name: 't', columns: [], ...at }],
          'x/readme.md': [{ key: 'mention', from: 'shop//doc:x/readme.md#intro', text: 'y', form: 'code', ...at }],
          'y/readme.md': [{ key: 'mention', from: 'shop//doc:y/readme.md', text: 'y', form: 'code', ...at }],
        }),
      ),
    ).toEqual(['api:x', 'doc:x/readme.md', 'pkg:x', 'svc:booking', 'table:t']);
  });

  it('says nothing without rules, and nothing about other repositories', () => {
    expect(ownersOf(module('a.ts'))).toEqual({});
    const other: LinkKey = { key: 'declares', module: 'infra//code:a.ts', exported: [], internal: [] };
    expect(ownersOf({ CODEOWNERS: [owners(['*', 't'])], 'infra//a.ts': [other] })).toEqual({});
  });

  it('takes no time over many rules and files', () => {
    const rules = Array.from({ length: 300 }, (_, index) => [`/services/s${index}/`, `t${index}`] as const);
    const files = Object.assign(
      {},
      ...Array.from({ length: 3000 }, (_, index) => module(`services/s${index % 300}/src/deep/f${index}.ts`)),
    ) as KeysByFile;
    const started = Date.now();
    expect(Object.keys(ownersOf({ ...files, CODEOWNERS: [owners(...rules)] }))).toHaveLength(3000);
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it('lets the owners of a project in a folder decide there, and those around it on the rest', () => {
    expect(
      ownersOf({
        CODEOWNERS: [owners(['*', 'all'], ['/demo/docs/', 'writers'])],
        'demo/.github/CODEOWNERS': [owners(['/services/', 'demo'])],
        'demo/CODEOWNERS': [owners(['*', 'unheard'])],
        'services/CODEOWNERS': [owners(['*', 'unheard'])],
        'demo/package.json': [{ key: 'package', id: 'shop//pkg:demo', name: 'demo', folder: 'demo' }],
        ...module('services/a.ts'),
        ...module('demo/services/a.ts'),
        ...module('demo/docs/b.ts'),
        ...module('demo/c.ts'),
        ...module('demonstration/services/a.ts'),
      }),
    ).toEqual({
      'code:services/a.ts': 'all CODEOWNERS:1',
      'code:demo/services/a.ts': 'demo demo/.github/CODEOWNERS:1',
      'code:demo/docs/b.ts': 'writers CODEOWNERS:2',
      'code:demo/c.ts': 'all CODEOWNERS:1',
      'pkg:demo': 'all CODEOWNERS:1',
      'code:demonstration/services/a.ts': 'all CODEOWNERS:1',
    });
  });
});
