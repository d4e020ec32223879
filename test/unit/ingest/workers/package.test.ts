import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UnitDelta, UnitRecord } from '../../../../graph/model/delta.ts';
import { discover } from '../../../../ingest/discover.ts';
import { createPackageWorker } from '../../../../ingest/workers/package/package.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'package-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
}

async function extract(before: readonly UnitRecord[] = []): Promise<readonly UnitDelta[]> {
  const session = createPackageWorker().open({ name: 'shop', root });
  const deltas: UnitDelta[] = [];
  const previous = new Map(before.map((unit) => [unit.path, unit]));
  for await (const delta of session.extract({ files: (await discover(root, [])).files, previous }, {})) deltas.push(delta);
  return deltas;
}

const edgesOf = (deltas: readonly UnitDelta[]): readonly string[] =>
  deltas.flatMap(({ edges }) => edges.map(({ from, type, to, sites }) => `${from} ${type} ${to} @${sites[0]?.line}`));

const WORKSPACE = {
  'package.json': '{ "name": "shop", "private": true,\n  "devDependencies": {\n    "vitest": "^4"\n  } }',
  'tools/build.ts': '',
  'packages/cart/package.json':
    '{\n\t"name": "@shop/cart",\n\t"version": "1.2.0",\n\t"dependencies": {\n\t\t"@shop/money": "workspace:*",\n\t\t"zod": "^4"\n\t}\n}',
  'packages/cart/src/cart.ts': '',
  'packages/money/package.json': '{"name": "@shop/money"}',
  'packages/money/index.js': '',
  'packages/money/README.md': '',
};

describe('the package worker', () => {
  it('links packages of the workspace, published packages and modules, with the line that says so', async () => {
    write(WORKSPACE);
    expect(edgesOf(await extract())).toEqual([
      'shop//repo:shop CONTAINS shop//pkg:shop @1',
      'shop//pkg:shop DEPENDS_ON npm:vitest @3',
      'shop//pkg:shop CONTAINS shop//code:tools/build.ts @1',
      'shop//repo:shop CONTAINS shop//pkg:@shop/cart @2',
      'shop//pkg:@shop/cart DEPENDS_ON shop//pkg:@shop/money @5',
      'shop//pkg:@shop/cart DEPENDS_ON npm:zod @6',
      'shop//pkg:@shop/cart CONTAINS shop//code:packages/cart/src/cart.ts @2',
      'shop//repo:shop CONTAINS shop//pkg:@shop/money @1',
      'shop//pkg:@shop/money CONTAINS shop//code:packages/money/index.js @1',
    ]);
  });

  it('states nothing again when nothing changed', async () => {
    write(WORKSPACE);
    const units = (await extract()).map(({ unit }) => unit);
    expect(await extract(units)).toEqual([]);
  });

  it('states again the packages that a package which left the workspace concerns', async () => {
    write(WORKSPACE);
    const units = (await extract()).map(({ unit }) => unit);
    rmSync(path.join(root, 'packages/money/package.json'));
    const changed = await extract(units);
    expect(changed.map(({ unit }) => unit.path)).toEqual(['package.json', 'packages/cart/package.json']);
    expect(edgesOf(changed)).toContain('shop//pkg:@shop/cart DEPENDS_ON npm:@shop/money @5');
    expect(edgesOf(changed)).toContain('shop//pkg:shop CONTAINS shop//code:packages/money/index.js @1');
  });

  it('names a package without name by its folder', async () => {
    write({ 'a/package.json': '{}', 'package.json': '{"name": 7, "dependencies": ["x"]}' });
    expect((await extract()).map(({ nodes }) => nodes[0]?.id)).toEqual(['shop//pkg:a', 'shop//pkg:.']);
  });

  it.each([
    ['text that is not JSON', '{"name": ', 'parse-failure'],
    ['a list', '[]', 'invalid-manifest'],
    ['nothing', '', 'parse-failure'],
  ])('reports %s and keeps the package', async (_, text, code) => {
    write({ 'package.json': text });
    const [delta] = await extract();
    expect(delta?.diagnostics).toEqual([expect.objectContaining({ code, file: 'package.json' })]);
    expect(delta?.nodes[0]?.kind).toBe('Package');
  });
});
