import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlatformError } from '../../../../../graph/errors.ts';
import { openDatabase, type Database } from '../../../../../graph/store/embedded/database.ts';
import { createEmbeddedStore } from '../../../../../graph/store/embedded/embedded.ts';
import { SCHEMA_VERSION } from '../../../../../graph/store/store.ts';
import { dump, edge, functionNode, publish, remove, replace, unitOf } from '../../../../contract/facts.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embedded-'));
  file = join(folder, 'graph.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const openForReading = () => createEmbeddedStore(file, { create: false });
const openForWriting = () => createEmbeddedStore(file, { create: true });
const sell = functionNode('src/shop.ts', 'sell');
const shop = replace(unitOf('src/shop.ts', { nodes: [sell], edges: [edge(sell.id, 'npm:absent', { via: 'npm:also-absent' })] }));

async function codeOf(failing: Promise<unknown>): Promise<string> {
  try {
    await failing;
    return 'no error';
  } catch (error) {
    return error instanceof PlatformError ? error.code : `no PlatformError: ${String(error)}`;
  }
}

function inDatabase<T>(use: (database: Database) => T): T {
  const database = openDatabase(file, { readOnly: false, busyMilliseconds: 1000 });
  try {
    return use(database);
  } finally {
    database.close();
  }
}

describe('a file that is no store', () => {
  it.each(['not a database at all\n', 'x', '{"store": true}'])('is refused and left as it is: %j', async (content) => {
    writeFileSync(file, content);
    expect(await codeOf(openForWriting())).toBe('BAD_INPUT');
    expect(await codeOf(openForReading())).toBe('BAD_INPUT');
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('is refused when it is the database of another program', async () => {
    inDatabase((database) => database.exec('CREATE TABLE bookmarks (url TEXT)'));
    const before = readFileSync(file);
    expect(await codeOf(openForWriting())).toBe('BAD_INPUT');
    expect(await codeOf(openForReading())).toBe('BAD_INPUT');
    expect(readFileSync(file)).toEqual(before);
  });

  it('is refused when it is a folder', async () => {
    mkdirSync(file);
    expect(await codeOf(openForWriting())).toBe('BAD_INPUT');
    expect(await codeOf(openForReading())).toBe('BAD_INPUT');
  });
});

describe('a store that is not there', () => {
  it('is not made by reading', async () => {
    expect(await codeOf(openForReading())).toBe('STORE_NOT_FOUND');
    expect(existsSync(file)).toBe(false);
  });

  it('is what a process leaves that was killed while making it', async () => {
    writeFileSync(file, '');
    expect(await codeOf(openForReading())).toBe('STORE_NOT_FOUND');
    inDatabase((database) => database.exec('PRAGMA journal_mode = WAL'));
    expect(await codeOf(openForReading())).toBe('STORE_NOT_FOUND');
    const store = await openForWriting();
    expect(await publish(store, shop)).toBe(1);
    await store.close();
  });
});

describe('a store of another schema version', () => {
  beforeEach(async () => {
    const store = await openForWriting();
    await publish(store, shop);
    await store.close();
    inDatabase((database) => database.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}; CREATE TABLE "odd ""name" (x)`));
  });

  it('is not read', async () => {
    expect(await codeOf(openForReading())).toBe('STORE_SCHEMA');
    await expect(openForReading()).rejects.toThrow(/ingest/i);
  });

  it('is emptied by who may write', async () => {
    const store = await openForWriting();
    expect([await store.generation(), await dump(store)]).toEqual([0, []]);
    expect(await publish(store, shop)).toBe(1);
    await store.close();
    expect(inDatabase((database) => database.get("SELECT 1 FROM sqlite_schema WHERE name LIKE 'odd%'"))).toBeUndefined();
  });

  it('is noticed by those who have it open', async () => {
    inDatabase((database) => database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`));
    const store = await openForReading();
    inDatabase((database) => database.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`));
    expect(await codeOf(store.reader())).toBe('STORE_SCHEMA');
    expect(await codeOf(store.begin())).toBe('STORE_SCHEMA');
    inDatabase((database) => database.exec('BEGIN IMMEDIATE; ROLLBACK')); // no lock is left behind
    await store.close();
  });
});

it('leaves no row of a unit that was removed', async () => {
  const store = await openForWriting();
  const other = replace(
    unitOf('src/other.ts', {
      nodes: [functionNode('src/other.ts', 'other')],
      diagnostics: [{ code: 'x', severity: 'info', message: 'm' }],
    }),
  );
  await publish(store, shop, other);
  await publish(store, remove('src/shop.ts'), remove('src/other.ts'));
  await store.close();
  const rowsOf = (table: string) => inDatabase((database) => database.get<readonly [number]>(`SELECT count(*) FROM ${table}`)![0]);
  expect(['units', 'ids', 'claims', 'edges', 'diagnostics', 'search_docsize'].map(rowsOf)).toEqual([0, 0, 0, 0, 0, 0]);
});

it('has everything in its one file when closed', async () => {
  const store = await openForWriting();
  await publish(store, shop);
  const expected = await dump(store);
  await store.close();
  copyFileSync(file, `${file}.copy`);
  const copy = await createEmbeddedStore(`${file}.copy`, { create: false });
  expect(await dump(copy)).toEqual(expected);
  await copy.close();
});

it.runIf(process.platform === 'linux')('opens no more connections for the hundredth publication than for the second', async () => {
  const store = await openForWriting();
  const openFiles = (): number => readdirSync('/proc/self/fd').length;
  for (let round = 0; round < 2; round++) await dump(store).then(() => publish(store, shop));
  const before = openFiles();
  for (let round = 0; round < 98; round++) await dump(store).then(() => publish(store, shop));
  expect(openFiles()).toBeLessThanOrEqual(before + 2);
  await store.close();
});
