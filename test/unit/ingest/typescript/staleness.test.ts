import { mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UnitDelta } from '../../../../graph/model/delta.ts';
import type { WorkerSession } from '../../../../ingest/worker.ts';
import { createTypescriptWorker } from '../../../../ingest/workers/typescript/worker.ts';

/** Texts by path; null removes the file. */
type Edit = Readonly<Record<string, string | null>>;

const SHOP: Edit = {
  'tsconfig.json':
    '{ "compilerOptions": { "strict": true, "lib": ["es2022"], "module": "esnext", "moduleResolution": "bundler", "types": [] } }',
  'src/price.ts': 'export interface Price { cents: number }\n',
  'src/order.ts': "import type { Price } from './price';\nexport interface Order { price: Price; note: string }\n",
  'src/pay.ts': "import type { Order } from './order';\nexport const pay = (order: Order) => order.price.cents;\n",
  'src/report.ts':
    "import { pay } from './pay';\nexport const total = (orders: Parameters<typeof pay>[0][]) => orders.map((order) => order.note);\n",
  'src/alone.ts': 'export const alone = 1;\n',
};

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'staleness-')));
  apply(SHOP);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function apply(edit: Edit): void {
  for (const [file, text] of Object.entries(edit)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    if (text === null) rmSync(path.join(root, file));
    else writeFileSync(path.join(root, file), text);
  }
}

/** Brings `units` up to date; returns the paths that were extracted. */
async function update(session: WorkerSession, units: Map<string, UnitDelta>): Promise<readonly string[]> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
    .map(({ file, text }) => ({
      path: path.relative(root, file),
      hash: createHash('sha1').update(text).digest('hex'),
      size: text.length,
      claimedBy: [],
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const previous = new Map([...units].map(([file, { unit }]) => [file, unit]));
  const extracted: string[] = [];
  for await (const delta of session.extract({ files, previous }, {})) {
    units.set(delta.unit.path, delta);
    extracted.push(delta.unit.path);
  }
  for (const file of units.keys()) if (!files.some((other) => other.path === file)) units.delete(file);
  return extracted;
}

const open = (): WorkerSession => createTypescriptWorker().open({ name: 'shop', root });

async function clean(): Promise<ReadonlyMap<string, UnitDelta>> {
  const units = new Map<string, UnitDelta>();
  await update(open(), units);
  return units;
}

const facts = (units: ReadonlyMap<string, UnitDelta>) =>
  [...units]
    .map(([file, { unit, nodes, edges, diagnostics }]) => ({ file, keys: unit.keys, nodes, edges, diagnostics }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));

/** Edits, one after the other. */
const HISTORIES: Readonly<Record<string, readonly Edit[]>> = {
  'a type that others reach through a second one vanishes and returns': [
    { 'src/price.ts': null },
    { 'src/price.ts': SHOP['src/price.ts']! },
  ],
  'a member is renamed': [{ 'src/price.ts': 'export interface Price { amount: number }\n' }],
  'a type moves and its importer follows': [
    { 'src/price.ts': null, 'src/money/price.ts': SHOP['src/price.ts']! },
    { 'src/order.ts': "import type { Price } from './money/price';\nexport interface Order { price: Price; note: string }\n" },
  ],
  'what an inferred type is made of changes': [{ 'src/pay.ts': 'export const pay = (order: { note: number }) => order.note;\n' }],
  'a file breaks and is repaired': [{ 'src/order.ts': 'export interface Order {{ price' }, { 'src/order.ts': SHOP['src/order.ts']! }],
  'an ambient declaration appears where a name was unknown': [
    { 'src/pay.ts': 'export const pay = (order: Later) => order.price;\n' },
    { 'src/later.d.ts': "interface Later { price: import('./price').Price }\n" },
  ],
  'imported JSON says something else, vanishes and returns': [
    {
      'src/prices.json': '{ "tea": 3, "cake": { "cents": 4 } }',
      'src/menu.ts': "import prices from './prices.json';\nexport const cake = prices.cake;\n",
      'src/till.ts': "import { cake } from './menu';\nexport const cents = cake.cents.toFixed();\n",
    },
    { 'src/prices.json': '{ "tea": 3, "cake": "sold out" }' },
    { 'src/prices.json': null },
    { 'src/prices.json': '{ "cake": { "cents": 5 } }' },
  ],
  'JSON is there at last that was imported': [
    { 'src/menu.ts': "import prices from './prices.json';\nexport const tea = prices.tea.toFixed();\n" },
    { 'src/prices.json': '{ "tea": 3 }' },
  ],
  'a package of the repository leads elsewhere, and has another name': [
    {
      'tea/package.json': '{ "name": "tea", "main": "green.ts" }',
      'tea/green.ts': 'export const leaf = 1;\n',
      'tea/black.ts': "export const leaf = 'black';\n",
      'src/pot.ts': "import { leaf } from 'tea';\nexport const pot = leaf;\n",
    },
    { 'tea/package.json': '{ "name": "tea", "main": "black.ts" }' },
    { 'tea/package.json': '{ "name": "tea", "exports": { ".": "./green.ts" } }' },
    { 'tea/package.json': '{ "name": "coffee", "main": "green.ts" }' },
  ],
  'the compiler options change': [{ 'tsconfig.json': SHOP['tsconfig.json']!.replace('"strict": true', '"strict": false') }],
};

describe.each(Object.entries(HISTORIES))('when %s', (_, edits) => {
  it('a warm session states what a new one does', async () => {
    const session = open();
    const units = new Map<string, UnitDelta>();
    await update(session, units);
    for (const edit of edits) {
      apply(edit);
      await update(session, units);
      expect(facts(units)).toEqual(facts(await clean()));
    }
  });

  it('a session that goes by the stored state does too', async () => {
    const units = new Map<string, UnitDelta>();
    await update(open(), units);
    for (const edit of edits) {
      apply(edit);
      await update(open(), units);
      expect(facts(units)).toEqual(facts(await clean()));
    }
  });
});

describe('a warm session', () => {
  it('extracts again only what depends on the edited declaration', async () => {
    const session = open();
    const units = new Map<string, UnitDelta>();
    await update(session, units);
    apply({ 'src/alone.ts': 'export const alone = 2;\n' });
    expect(await update(session, units)).toEqual(['src/alone.ts']);
    apply({ 'src/price.ts': 'export interface Price { cents: bigint }\n' });
    const extracted = await update(session, units);
    expect(extracted).toEqual(expect.arrayContaining(['src/price.ts', 'src/pay.ts']));
    expect(extracted).not.toContain('src/alone.ts');
  });

  it('extracts nothing for JSON that nobody imports, or that is not what an import means', async () => {
    apply({ 'src/menu.ts': "import prices from '@/prices.json';\nexport const tea = prices.tea;\n" });
    const session = open();
    const units = new Map<string, UnitDelta>();
    await update(session, units);
    apply({ 'data/prices.json': '{ "tea": 3 }' });
    expect(await update(session, units)).toEqual([]);
    expect(await update(open(), units)).toEqual([]);
  });
});
