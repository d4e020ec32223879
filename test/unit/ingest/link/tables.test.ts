import { describe, expect, it } from 'vitest';
import { tablesLinker } from '../../../../ingest/link/tables.ts';
import { prismaFormat } from '../../../../ingest/workers/prisma/prisma.ts';
import { sqlFormat } from '../../../../ingest/workers/sql/sql.ts';
import { linkFiles, type Linked } from './link-files.ts';

const link = (files: Readonly<Record<string, string>>): Promise<Linked> => linkFiles(tablesLinker, [sqlFormat, prismaFormat], files);
const columnsOf = ({ things }: Linked): readonly string[] =>
  things.filter((thing) => thing.startsWith('Column')).map((thing) => thing.replace('Column table:', ''));

const LIBRARY = {
  'db/migration/V1__books.sql': `CREATE TABLE authors (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE books (id int PRIMARY KEY, author_id int REFERENCES authors, title text, shelf text);`,
  'db/migration/V2__shelves.sql': 'ALTER TABLE books DROP COLUMN shelf;\nALTER TABLE books RENAME COLUMN title TO name;',
  'db/migration/V10__works.sql': 'ALTER TABLE books RENAME TO works;',
};

describe('tables', () => {
  it('are what migrations add up to, in the order of their versions', async () => {
    const linked = await link(LIBRARY);
    expect(linked.things).toEqual([
      'Column table:authors.id',
      'Column table:authors.name',
      'Column table:works.author_id',
      'Column table:works.id',
      'Column table:works.name',
      'Table table:authors',
      'Table table:works',
    ]);
    expect(linked.nodes.find(({ id }) => id === 'shop//table:works.name')).toMatchObject({
      file: 'db/migration/V2__shelves.sql',
      span: { line: 2, col: 33 },
      props: { type: 'text', nullable: true },
    });
    expect(linked.nodes.find(({ id }) => id === 'shop//table:authors.name')?.props).toEqual({ type: 'text' });
    expect(linked.arrows.filter((arrow) => !/CONTAINS|CHANGES/.test(arrow))).toEqual([
      'table:works DEPENDS_ON table:authors',
      'table:works.author_id DEPENDS_ON table:authors.id',
    ]);
  });

  it('follow renames when they say which migrations changed them', async () => {
    const { arrows } = await link(LIBRARY);
    expect(arrows.filter((arrow) => arrow.endsWith('table:works.name') && arrow.includes('CHANGES'))).toEqual([
      'migration:db/migration/V1__books.sql CHANGES table:works.name',
      'migration:db/migration/V2__shelves.sql CHANGES table:works.name',
    ]);
    expect(arrows).toContain('migration:db/migration/V2__shelves.sql CHANGES table:books.shelf'.replace('books', 'works'));
  });

  it('do not depend on the order in which files are found', async () => {
    const backwards = Object.fromEntries(Object.entries(LIBRARY).reverse());
    expect(JSON.stringify((await link(backwards)).nodes)).toBe(JSON.stringify((await link(LIBRARY)).nodes));
  });

  it('begin with schema files, whatever these are called', async () => {
    const linked = await link({
      'db/migrate/0001_drop.sql': 'ALTER TABLE books DROP COLUMN isbn;',
      'db/structure.sql': 'CREATE TABLE books (id int, isbn text);',
    });
    expect(columnsOf(linked)).toEqual(['books.id']);
  });

  it('are not mistaken for others that had their names before', async () => {
    const linked = await link({
      'prisma/schema.prisma':
        'model Team {\n id Int @id\n title String\n club Club @relation(fields: [clubId], references: [id])\n clubId Int\n}\nmodel Club {\n id Int @id\n name String @map("label")\n teams Team[]\n}\n',
      'prisma/migrations/1_a/migration.sql': 'CREATE TABLE "Team" ("id" INT PRIMARY KEY, "label" TEXT);',
      'prisma/migrations/2_b/migration.sql': 'ALTER TABLE "Team" RENAME TO "Club";',
      'prisma/migrations/3_c/migration.sql': 'CREATE TABLE "Team" ("id" INT PRIMARY KEY, "title" TEXT NOT NULL);',
    });
    expect(columnsOf(linked)).toEqual(['Club.id', 'Club.label', 'Team.clubId', 'Team.id', 'Team.title']);
    expect(linked.arrows).toContain('table:Team.clubId DEPENDS_ON table:Club.id');
    expect(linked.nodes.find(({ id }) => id === 'shop//table:Club.label')?.file).toBe('prisma/schema.prisma');
  });

  it.each([
    ['prisma/schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\nmodel Hook {\n  id  Int    @id\n  url String\n}\n', 4],
    ['prisma/schema.sql', '-- A dump.\nCREATE TABLE "Hook" (\n  id INT PRIMARY KEY,\n  url TEXT\n);\n', 2],
  ])('stand where %s says what they are, not where they were once created', async (path, text, line) => {
    const { nodes } = await link({
      [path]: text,
      'prisma/migrations/1_a/migration.sql': 'CREATE TABLE "Hook" ("id" INT PRIMARY KEY, "old" TEXT);',
      'prisma/migrations/2_b/migration.sql': 'ALTER TABLE "Hook" ADD COLUMN "url" TEXT;\nALTER TABLE "Hook" DROP COLUMN "old";',
    });
    const placeOf = (id: string) => {
      const { file, span, standing } = nodes.find((node) => node.id === `shop//table:${id}`)!;
      return [file, span?.line, standing];
    };
    expect(placeOf('Hook')).toEqual([path, line, undefined]);
    expect(placeOf('Hook.url')).toEqual([path, line + 2, undefined]);
  });

  it('stand in a migration where nothing else says what they are', async () => {
    const { nodes } = await link({
      'db/migrations/0001_a.sql': 'CREATE TABLE hooks (id INT PRIMARY KEY);',
      'db/migrations/0002_b.sql': 'ALTER TABLE hooks ADD COLUMN url TEXT;',
    });
    expect(nodes.map(({ id, file, standing }) => [id, file, standing])).toEqual([
      ['shop//table:hooks', 'db/migrations/0001_a.sql', 'migration'],
      ['shop//table:hooks.id', 'db/migrations/0001_a.sql', 'migration'],
      ['shop//table:hooks.url', 'db/migrations/0002_b.sql', 'migration'],
    ]);
  });

  it('keep what a dump had before migrations were thrown away', async () => {
    const linked = await link({
      'db/structure.sql': 'CREATE TABLE books (id int PRIMARY KEY, name text NOT NULL);',
      'db/migrate/0009_rename.sql': 'ALTER TABLE books RENAME COLUMN title TO name;',
    });
    expect(columnsOf(linked)).toEqual(['books.id', 'books.name']);
    expect(linked.nodes.find(({ id }) => id === 'shop//table:books.name')?.props).toEqual({ type: 'text' });
  });

  it('do not come back from a schema file that migrations have left behind', async () => {
    const linked = await link({
      'db/schema.sql': 'CREATE TABLE books (id int, isbn text); CREATE TABLE old (id int);',
      'db/migrate/0001.sql': 'CREATE TABLE IF NOT EXISTS books (id int, isbn text); CREATE TABLE old (id int);',
      'db/migrate/0002.sql': 'ALTER TABLE books DROP COLUMN isbn; DROP TABLE old;',
    });
    expect(linked.things).toEqual(['Column table:books.id', 'Table table:books']);
  });

  it('leave out what undoes a migration', async () => {
    const linked = await link({
      'migrations/001_a.up.sql': 'CREATE TABLE a (x int);',
      'migrations/001_a.down.sql': 'DROP TABLE a;',
      'migrations/002_b.sql': '-- +goose Up\nCREATE TABLE b (x int);\n-- +goose Down\nDROP TABLE a;\n',
      'migrations/003_c.sql': '-- migrate:up\nCREATE TABLE c (x int);\n\n-- migrate:down\nDROP TABLE c;\n',
      'migrations/U3__c.sql': 'DROP TABLE a;',
    });
    expect(columnsOf(linked)).toEqual(['a.x', 'b.x', 'c.x']);
  });

  it('are rebuilt by SQLite migrations without losing who refers to them', async () => {
    const linked = await link({
      'migrations/001.sql': 'CREATE TABLE a (id int PRIMARY KEY, x int, y int); CREATE TABLE b (a_id int REFERENCES a (id));',
      'migrations/002.sql':
        'CREATE TABLE new_a (id int PRIMARY KEY, x int); INSERT INTO new_a SELECT id, x FROM a; DROP TABLE a; ALTER TABLE new_a RENAME TO a;',
    });
    expect(columnsOf(linked)).toEqual(['a.id', 'a.x', 'b.a_id']);
    expect(linked.arrows).toContain('table:b.a_id DEPENDS_ON table:a.id');
  });

  it('of one project are not those of another', async () => {
    const linked = await link({
      'services/a/migrations/001.sql': 'CREATE TABLE users (id int, name text);',
      'services/b/migrations/001.sql': 'CREATE TABLE users (id int, mail text);',
      'services/b/migrations/002.sql': 'ALTER TABLE users DROP COLUMN id;',
    });
    expect(columnsOf(linked)).toEqual(['users.id', 'users.mail', 'users.name']);
  });

  it('lose foreign keys with the constraint or the column', async () => {
    const linked = await link({
      'migrations/001.sql':
        'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int REFERENCES a, y int REFERENCES a, z int, CONSTRAINT f FOREIGN KEY (z) REFERENCES a (id));',
      'migrations/002.sql': 'ALTER TABLE b DROP CONSTRAINT b_x_fkey, DROP COLUMN y, DROP CONSTRAINT f;',
    });
    expect(linked.arrows.filter((arrow) => arrow.includes('DEPENDS_ON'))).toEqual([]);
  });

  it('that are views query what they show', async () => {
    const linked = await link({
      'schema.sql':
        'CREATE TABLE a (id int, x int); CREATE TABLE b (id int, y int); CREATE VIEW v AS SELECT x, y AS why FROM a JOIN b ON a.id = b.id; CREATE VIEW w AS SELECT * FROM a;',
    });
    expect(linked.arrows.filter((arrow) => arrow.includes('QUERIES'))).toEqual([
      'table:v QUERIES table:a',
      'table:v QUERIES table:a.id',
      'table:v QUERIES table:a.x',
      'table:v QUERIES table:b',
      'table:v QUERIES table:b.id',
      'table:v QUERIES table:b.y',
      'table:w QUERIES table:a',
      'table:w QUERIES table:a.id',
      'table:w QUERIES table:a.x',
    ]);
    expect(linked.nodes.find(({ id }) => id === 'shop//table:v')?.props).toEqual({ view: true });
    expect(columnsOf(linked).filter((name) => name.startsWith('v.'))).toEqual(['v.why', 'v.x']);
  });

  it('have the values of their enumerated types and comments as text', async () => {
    const { nodes, arrows } = await link({
      'migrations/001.sql':
        "CREATE TYPE state AS ENUM ('new'); CREATE TABLE a (s state NOT NULL); COMMENT ON COLUMN a.s IS 'How far it is.';",
      'migrations/002.sql': "ALTER TYPE state ADD VALUE 'old';",
    });
    expect(nodes.find(({ id }) => id === 'shop//table:a.s')?.props).toEqual({ type: 'state', doc: 'How far it is. One of: new, old.' });
    expect(arrows).toContain('migration:migrations/002.sql CHANGES table:a.s');
  });

  it('of Prisma models are those of its migrations', async () => {
    const linked = await link({
      'prisma/schema.prisma':
        'datasource db {\n provider = "postgresql"\n}\nmodel User {\n id Int @id\n mailAddress String @map("mail")\n @@map("users")\n}\n',
      'prisma/migrations/20240101_init/migration.sql': 'CREATE TABLE "users" ("id" INTEGER NOT NULL, "e_mail" TEXT NOT NULL);',
      'prisma/migrations/20240201_mail/migration.sql': 'ALTER TABLE "users" RENAME COLUMN "e_mail" TO "mail";',
    });
    expect(columnsOf(linked)).toEqual(['users.id', 'users.mail']);
    expect(linked.arrows).toContain('db:postgresql CONTAINS table:users');
  });

  it('that other files of a Prisma schema refer to by model are found', async () => {
    const linked = await link({
      'prisma/schema/a.prisma':
        'model Order {\n id Int @id\n buyerId Int @map("buyer")\n buyer User @relation(fields: [buyerId], references: [key])\n}\n',
      'prisma/schema/b.prisma': 'model User {\n key Int @id @map("user_key")\n orders Order[]\n @@map("users")\n}\n',
    });
    expect(columnsOf(linked)).toEqual(['Order.buyer', 'Order.id', 'users.user_key']);
    expect(linked.arrows).toContain('table:Order.buyer DEPENDS_ON table:users.user_key');
  });

  it('state no edge and no node twice', async () => {
    const { nodes, edges } = await link({ ...LIBRARY, 'other/db/schema.sql': LIBRARY['db/migration/V1__books.sql'] });
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
    expect(new Set(edges.map(({ from, type, to }) => `${from} ${type} ${to}`)).size).toBe(edges.length);
  });
});
