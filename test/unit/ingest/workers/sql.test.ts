import { describe, expect, it } from 'vitest';
import { schemaPlace } from '../../../../ingest/parse/schema-set.ts';
import { sqlFormat } from '../../../../ingest/workers/sql/sql.ts';
import { readFormat } from '../read-format.ts';

describe('the SQL worker', () => {
  it('states a migration, with what its head says, and publishes its changes', async () => {
    const { nodes, keys } = await readFormat(sqlFormat, {
      'db/migrations/V2__add_notes.sql': '-- Notes of the customer.\n-- Shown on the bill.\nALTER TABLE orders ADD COLUMN note text;\n',
    });
    expect(nodes).toEqual([
      expect.objectContaining({
        kind: 'Migration',
        id: 'shop//migration:db/migrations/V2__add_notes.sql',
        name: 'V2__add_notes.sql',
        span: { line: 1, col: 1, endLine: 4, endCol: 1 },
        props: { order: expect.stringMatching(/^1 0+2 /), doc: 'Notes of the customer. Shown on the bill.' },
      }),
    ]);
    expect(keys).toEqual([
      expect.objectContaining({ key: 'table', id: 'shop//table:orders', columns: ['note'], line: 3, col: 31 }),
      expect.objectContaining({
        key: 'schema-change',
        migration: 'shop//migration:db/migrations/V2__add_notes.sql',
        change: { op: 'add-column', table: 'orders', column: 'note', type: 'text' },
        span: { line: 3, col: 31, endLine: 3, endCol: 40 },
      }),
    ]);
  });

  it('states no migration for a schema file', async () => {
    const { things, keys } = await readFormat(sqlFormat, { 'db/schema.sql': 'CREATE TABLE a (b int);' });
    expect(things).toEqual(['Document shop//doc:db/schema.sql']);
    expect(keys.map(({ key }) => key)).toEqual(['document', 'table', 'schema-change', 'schema-change']);
  });

  it('states each of several tables as a text to be found by itself', async () => {
    const text = 'CREATE TABLE riders (\n  id int\n);\nCREATE TABLE rides (\n  id int,\n  rider int\n);\n';
    const { nodes, arrows } = await readFormat(sqlFormat, { 'db/migrations/V1__init.sql': text });
    expect(nodes.filter(({ kind }) => kind === 'Section').map(({ id, span }) => [id, span?.line, span?.endLine])).toEqual([
      ['shop//doc:db/migrations/V1__init.sql#table riders', 1, 3],
      ['shop//doc:db/migrations/V1__init.sql#table rides', 4, 7],
    ]);
    expect(arrows).toContain('shop//migration:db/migrations/V1__init.sql CONTAINS shop//doc:db/migrations/V1__init.sql#table rides');
  });

  it.each([
    [{ 'db/postgres/schema.sql': 'CREATE TABLE a (b int);' }, 'DataStore shop//db:postgresql'],
    [
      { 'prisma/migrations/1_a/migration.sql': 'CREATE TABLE a (b int);', 'prisma/migrations/migration_lock.toml': 'provider = "mysql"' },
      'DataStore shop//db:mysql',
    ],
  ])('knows the kind of database from %o', async (files, store) => {
    expect((await readFormat(sqlFormat, files)).things).toContain(store);
  });

  it('says where a statement is broken, and what to do', async () => {
    const { diagnostics, keys } = await readFormat(sqlFormat, { 'a.sql': '\uFEFFCREATE TABLE a (b int);\r\nALTER TABLE;\r\n' });
    expect(diagnostics).toEqual([
      {
        code: 'parse-failure',
        severity: 'warning',
        message: expect.stringContaining('ALTER TABLE names no table.'),
        file: 'a.sql',
        span: { line: 2, col: 1, endLine: 2, endCol: 12 },
      },
    ]);
    expect(keys.length).toBeGreaterThan(0);
  });

  it.each([
    ['SELECT 1', false],
    ['INSERT INTO a VALUES (1)', false],
    ['create  table a (b int)', true],
  ])('looks into %s: %s', (text, expected) => {
    expect(sqlFormat.recognises?.(text, 'a.sql')).toBe(expected);
  });

  it.each(['', '\uFEFF', '\0\0\0', '{"no": "sql"}', 'CREATE TABLE __proto__ (constructor int, "__proto__" int)'])(
    'takes %j',
    async (text) => {
      await expect(readFormat(sqlFormat, { 'a.sql': text })).resolves.toBeDefined();
    },
  );
});

describe('the place of a file', () => {
  it('sorts versions as numbers, and Flyway as Flyway does', () => {
    const files = ['R__views.sql', 'V10__c.sql', 'V1_1__b.sql', 'V1__a.sql', 'V2__b.sql'].map((file) => `db/migration/${file}`);
    const sorted = files
      .toSorted((a, b) => (schemaPlace(a, '').order < schemaPlace(b, '').order ? -1 : 1))
      .map((file) => file.replace(/.*\/(.*)__.*/, '$1'));
    expect(sorted).toEqual(['V1', 'V1_1', 'V2', 'V10', 'R']);
  });

  it.each([
    ['services/booking/db/migrations/001_a.sql', 'services/booking', true],
    ['services/booking/schema.sql', 'services/booking', false],
    ['prisma/migrations/20240101_init/migration.sql', '', true],
    ['src/main/resources/db/migration/V1__a.sql', '', true],
    ['drizzle/0000_quiet_wasp.sql', '', true],
    ['db/migrations/mysql/1_a.sql', '#mysql', true],
    ['docker/initdb/01-init.sql', '', false],
  ])('%s belongs to %j, migration: %s', (path, set, migration) => {
    expect(schemaPlace(path, '')).toMatchObject({ set, migration });
  });
});
