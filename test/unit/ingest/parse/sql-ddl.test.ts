import { parse } from 'pgsql-ast-parser';
import { describe, expect, it } from 'vitest';
import { readDdl } from '../../../../ingest/parse/sql-ddl.ts';

/** Changes in short: `+orders.total decimal!` for a column that may not be null. */
const changes = (sql: string): readonly string[] =>
  readDdl(sql).changes.map((change) => {
    const { table } = change;
    switch (change.op) {
      case 'create-table':
        return `create ${change.view ? 'view ' : ''}${table}`;
      case 'add-column':
      case 'alter-column': {
        const facts = [change.type, change.default === undefined ? undefined : `= ${change.default}`].filter(Boolean).join(' ');
        return `${change.op === 'add-column' ? '+' : '~'}${table}.${change.column} ${facts}${change.nullable === false ? '!' : ''}${change.primaryKey ? '*' : ''}`.trim();
      }
      case 'drop-column':
        return `-${table}.${change.column}`;
      case 'foreign-key':
        return `${table}.${change.column} > ${change.to}${change.toColumn === undefined ? '' : `.${change.toColumn}`}`;
      case 'rename-column':
        return `${table}.${change.column} is ${change.to}`;
      case 'touch':
        return `${table}.${change.column} touched`;
      case 'uses':
        return `${table} uses ${change.to}${change.toColumn === undefined ? '' : `.${change.toColumn}`}`;
      case 'comment':
        return `${table}${change.column === undefined ? '' : `.${change.column}`}: ${change.doc}`;
      case 'enum':
        return `${table} of ${change.values.join(' ')}`;
      case 'drop-constraint':
        return `${table} loses ${change.constraint}`;
      case 'rename-table':
      case 'like-table':
        return `${table} ${change.op === 'rename-table' ? 'is' : 'like'} ${change.to}`;
      default:
        return `drop ${table}`;
    }
  });

const WAREHOUSE = `
CREATE TABLE public.bins (id bigserial PRIMARY KEY, code varchar(20) NOT NULL UNIQUE, aisle int REFERENCES aisles (id), note text);
CREATE TABLE stock (
  bin_id bigint NOT NULL,
  sku text NOT NULL DEFAULT 'none', -- what is in it
  amount numeric(10, 2),
  counted_at timestamp with time zone DEFAULT now(),
  PRIMARY KEY (bin_id, sku),
  CONSTRAINT stock_bin FOREIGN KEY (bin_id) REFERENCES bins (id) ON DELETE CASCADE,
  CHECK (amount >= 0)
);
ALTER TABLE stock ADD COLUMN lot text NOT NULL, DROP COLUMN counted_at;
ALTER TABLE stock RENAME COLUMN amount TO quantity;
`;

describe('DDL', () => {
  it('of PostgreSQL', () => {
    expect(changes(WAREHOUSE)).toEqual([
      'create bins',
      '+bins.id bigserial!*',
      '+bins.code varchar(20)!',
      '+bins.aisle int',
      'bins.aisle > aisles.id',
      '+bins.note text',
      'create stock',
      '+stock.bin_id bigint!',
      "+stock.sku text = 'none'!",
      '+stock.amount numeric(10, 2)',
      '+stock.counted_at timestamp with time zone = now()',
      '~stock.bin_id !*',
      '~stock.sku !*',
      'stock.bin_id > bins.id',
      '+stock.lot text!',
      '-stock.counted_at',
      'stock.amount is quantity',
    ]);
  });

  it('names the columns that the parser of PostgreSQL finds', () => {
    const parsed = parse(WAREHOUSE).flatMap((statement) => {
      if (statement.type !== 'create table') return [];
      return statement.columns.flatMap((column) => (column.kind === 'column' ? [`${statement.name.name}.${column.name.name}`] : []));
    });
    const read = readDdl(WAREHOUSE).changes.flatMap((change) => (change.op === 'add-column' ? [`${change.table}.${change.column}`] : []));
    expect(read.filter((name) => name !== 'stock.lot')).toEqual(parsed);
  });

  it('of MySQL', () => {
    const sql = [
      'CREATE TABLE IF NOT EXISTS `bins` (`id` int(11) unsigned NOT NULL AUTO_INCREMENT,',
      "`code` varchar(20) CHARACTER SET utf8 DEFAULT 'it\\'s' COMMENT 'On the label', `state` enum('full','empty') NOT NULL,",
      'PRIMARY KEY (`id`), UNIQUE KEY `u` (`code`(10)), KEY `k` (`state`), CONSTRAINT `f` FOREIGN KEY (`state`) REFERENCES `states` (`code`)',
      ") ENGINE=InnoDB COMMENT='Where things lie';",
      'ALTER TABLE `bins` CHANGE COLUMN `code` `label` varchar(40) NOT NULL AFTER `id`, MODIFY `state` int, DROP FOREIGN KEY f, ADD (x int, y int);',
      'RENAME TABLE bins TO places, old TO older;',
    ].join('\n');
    expect(changes(sql)).toEqual([
      'create bins',
      '+bins.id int(11) unsigned!',
      "+bins.code varchar(20) = 'it\\'s'",
      "+bins.state enum('full','empty')!",
      '~bins.id !*',
      'bins.code touched',
      'bins.state touched',
      'bins.state > states.code',
      'bins.code is label',
      '~bins.label varchar(40) = null!',
      '~bins.state int = null',
      'bins loses f',
      '+bins.x int',
      '+bins.y int',
      'bins is places',
      'old is older',
    ]);
  });

  it('of SQLite, in whose triggers semicolons end nothing', () => {
    const sql = `CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT, b, c TEXT CHECK (c IN ('x;','y')), key text) STRICT;
CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET b = CASE WHEN 1 THEN 2 END; DROP TABLE t; END;
CREATE TABLE u AS SELECT a, b AS bb FROM t;`;
    expect(changes(sql)).toEqual(['create t', '+t.a INTEGER!*', '+t.b', '+t.c TEXT', '+t.key text', 'create u', '+u.a', '+u.bb']);
  });

  it('of SQL Server, where lines end statements', () => {
    const sql = `IF OBJECT_ID('bins') IS NULL
BEGIN
CREATE TABLE [dbo].[Bin Places] ([Id] INT IDENTITY(1,1) NOT NULL CONSTRAINT pk PRIMARY KEY CLUSTERED, [Aisle] INT NULL)
END
GO
ALTER TABLE dbo.stock ADD total decimal(9,2) NOT NULL, note nvarchar(max)
ALTER TABLE dbo.stock DROP COLUMN a, b
GO
EXEC sp_rename 'dbo.stock.total', 'amount', 'COLUMN';
CREATE TABLE #scratch (id int);`;
    expect(changes(sql)).toEqual([
      'create Bin Places',
      '+Bin Places.Id INT!*',
      '+Bin Places.Aisle INT',
      '+stock.total decimal(9,2)!',
      '+stock.note nvarchar(max)',
      '-stock.a',
      '-stock.b',
      'stock.total is amount',
    ]);
  });

  it.each([
    ['keys added later', 'ALTER TABLE ONLY a ADD CONSTRAINT p PRIMARY KEY (id), ADD CONSTRAINT u UNIQUE (b);', ['~a.id !*', 'a.b touched']],
    [
      'a default taken away',
      'ALTER TABLE a ALTER COLUMN b DROP DEFAULT, ALTER COLUMN c TYPE bigint USING c::bigint',
      ['~a.b = null', '~a.c bigint'],
    ],
    ['partitions', 'CREATE TABLE p PARTITION OF a FOR VALUES IN (1)', ['create p', 'p like a']],
    ['copies', 'CREATE TABLE q (LIKE a INCLUDING ALL, z int) INHERITS (b)', ['create q', 'q like a', '+q.z int', 'q like b']],
    ['several drops', 'DROP TABLE IF EXISTS a, billing.b CASCADE', ['drop a', 'drop billing.b']],
    ['another schema', 'ALTER TABLE billing.a SET SCHEMA public', ['billing.a is a']],
    ['a rename within a schema', 'ALTER TABLE billing.a RENAME TO b', ['billing.a is billing.b']],
    ['comments', "COMMENT ON TABLE a IS 'It''s a'; COMMENT ON COLUMN public.a.b IS 'B'", ["a: It's a", 'a.b: B']],
    ['enumerated types', "CREATE TYPE size AS ENUM ('s', 'm'); ALTER TYPE size ADD VALUE IF NOT EXISTS 'l'", ['size of s m', 'size of l']],
    ['indexes', 'CREATE UNIQUE INDEX CONCURRENTLY i ON a USING btree (b DESC, lower(c))', ['a.b touched']],
    [
      'views',
      'CREATE OR REPLACE VIEW v AS SELECT a.b, c AS d FROM a WITH CHECK OPTION',
      ['create view v', '+v.b', '+v.d', 'v uses a', 'v uses a.b', 'v uses a.c'],
    ],
    ['named columns of a view', 'CREATE VIEW v (x) AS SELECT b FROM a', ['create view v', '+v.x', 'v uses a', 'v uses a.b']],
    [
      'blocks that catch what exists',
      'DO $$ BEGIN\n ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY ("b") REFERENCES "public"."c"("id");\nEXCEPTION WHEN duplicate_object THEN null;\nEND $$;',
      ['a.b > c.id'],
    ],
    [
      'a schema that is filled in later',
      'CREATE TABLE :SCHEMA.jobs (id int); ALTER TABLE ${schema}.jobs ADD x int',
      ['create jobs', '+jobs.id int', '+jobs.x int'],
    ],
    [
      'defaults of several words',
      "CREATE TABLE a (b text[] DEFAULT '{}'::text[] NOT NULL, c text default 'x' || 'y' not null)",
      ['create a', "+a.b text[] = '{}'::text[]!", "+a.c text = 'x' || 'y'!"],
    ],
    [
      'generated columns',
      'CREATE TABLE a (b int GENERATED ALWAYS AS IDENTITY, c int GENERATED ALWAYS AS (b * 2) STORED)',
      ['create a', '+a.b int', '+a.c int'],
    ],
    ['statements in comments of MySQL', '/*!40101 SET x = 1 */; /*!50001 CREATE TABLE a (b int) */;', ['create a', '+a.b int']],
    [
      'quoted names, whose case counts',
      'CREATE TABLE "Bins" ("binId" int, Code text)',
      ['create Bins', '+Bins.binId int', '+Bins.code text'],
    ],
  ])('knows %s', (_, sql, expected) => {
    expect(changes(sql)).toEqual(expected);
    expect(readDdl(sql).problems).toEqual([]);
  });

  it.each([
    ['strings', "INSERT INTO a VALUES ('; DROP TABLE a; --')"],
    ['comments', '-- DROP TABLE a;\n/* DROP /* nested */ TABLE a; */ SELECT 1'],
    ['routines', 'CREATE FUNCTION f() RETURNS void AS $body$ BEGIN DROP TABLE a; END $body$ LANGUAGE plpgsql;'],
    ['routines of MySQL', 'DELIMITER //\nCREATE PROCEDURE p() BEGIN IF x THEN DROP TABLE a; END IF; END //\nDELIMITER ;'],
    ['data of COPY', 'COPY a (b) FROM stdin;\n1\tx;drop table a;\n\\.\n'],
    ['tables of a session', 'CREATE TEMPORARY TABLE a (b int)'],
  ])('sees none in %s', (_, sql) => {
    expect(readDdl(sql)).toEqual({ changes: [], problems: [] });
  });

  it('loses one broken statement only, and says where it is', () => {
    const sql = 'CREATE TABLE a (b int);\nCREATE TABLE broken (a int, b text;\nCREATE TABLE ;\nCREATE TABLE c (d int);';
    expect(changes(sql)).toEqual(['create a', '+a.b int', 'create c', '+c.d int']);
    expect(readDdl(sql).problems.map(({ message, start }) => [message, sql.slice(0, start).split('\n').length])).toEqual([
      ['CREATE TABLE broken does not end.', 2],
      ['CREATE TABLE names no table.', 3],
    ]);
  });

  it('gives the place from the name on', () => {
    const sql = 'ALTER TABLE a\n  ADD COLUMN total int NOT NULL;';
    expect(readDdl(sql).changes.map(({ start, end }) => sql.slice(start, end))).toEqual(['total int NOT NULL']);
  });

  it.each([
    ['open parentheses', `CREATE TABLE a ${'('.repeat(200_000)}`],
    ['open quotes', `CREATE TABLE "a ${'x'.repeat(200_000)}`],
    ['open comments', '/*'.repeat(100_000)],
    ['a million values', `INSERT INTO a VALUES ${'(1, 2),'.repeat(300_000)}(1);DROP TABLE a`],
    ['dollars', '$$ $a$ '.repeat(50_000)],
    ['many clauses', `ALTER TABLE a ${'ADD b int,'.repeat(20_000)} DROP c`],
  ])('takes bounded time for %s', (_, sql) => {
    const before = performance.now();
    readDdl(sql);
    expect(performance.now() - before).toBeLessThan(3000);
  });
});
