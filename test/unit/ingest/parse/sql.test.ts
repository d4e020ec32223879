import { describe, expect, it } from 'vitest';
import { readQuery } from '../../../../ingest/parse/sql.ts';

/** `orders.total` of what is read, `orders.total!` of what is written, `?.name` of what several tables may have. */
function read(sql: string): { readonly tables: string; readonly columns: string } {
  const { tables, columns } = readQuery(sql);
  const column = ({ table, name, write, among }: (typeof columns)[number]): string =>
    `${table ?? `(${among?.join('|')})`}.${name}${write ? '!' : ''}`;
  return {
    tables: [...new Set(tables.map(({ name, write }) => `${name}${write ? '!' : ''}`))].join(' '),
    columns: [...new Set(columns.map(column))].sort().join(' '),
  };
}

describe('a query', () => {
  it.each([
    [
      'one table',
      'SELECT id, total FROM orders WHERE user_id = $1 ORDER BY created_at',
      'orders',
      'orders.created_at orders.id orders.total orders.user_id',
    ],
    [
      'aliases',
      'select o.id, u.email from orders o join users as u on u.id = o.user_id',
      'orders users',
      'orders.id orders.user_id users.email users.id',
    ],
    ['a schema', 'select billing.invoices.total from billing.invoices', 'billing.invoices', 'billing.invoices.total'],
    ['the default schema', 'select u.id from public.users u', 'users', 'users.id'],
    ['all columns', 'select * from orders', 'orders', 'orders.*'],
    [
      'all columns of one table',
      'select o.* from orders o, users u where o.user_id = u.id',
      'orders users',
      'orders.* orders.user_id users.id',
    ],
    ['a count, which reads none', 'select count(*) from orders', 'orders', ''],
    [
      'names that several tables may have',
      'select total from orders o join users u on o.user_id = u.id',
      'orders users',
      '(orders|users).total orders.user_id users.id',
    ],
    ['using', 'select 1 from orders join users using (user_id)', 'orders users', '(orders|users).user_id'],
    ['quoted names', 'select "Total", o."userId" from "Orders" o', 'Orders', 'Orders.Total Orders.userId'],
    [
      'an alias in ORDER BY',
      'select sum(total) as amount from orders group by user_id order by amount',
      'orders',
      'orders.total orders.user_id',
    ],
    [
      'a common table expression',
      'with recent as (select id, user_id from orders) select r.id, u.email from recent r join users u on u.id = r.user_id',
      'orders users',
      'orders.id orders.user_id users.email users.id',
    ],
    ['a subquery as a table', 'select t.n from (select count(id) as n from orders) t', 'orders', 'orders.id'],
    [
      'a correlated subquery',
      'select u.id from users u where exists (select 1 from orders o where o.user_id = u.id)',
      'users orders',
      'orders.user_id users.id',
    ],
    ['a union', 'select id from orders union all select id from archived_orders', 'orders archived_orders', 'archived_orders.id orders.id'],
    ['casts and JSON', "select payload->>'a', created_at::date from events", 'events', 'events.created_at events.payload'],
    [
      'a window',
      'select row_number() over (partition by user_id order by created_at) from orders',
      'orders',
      'orders.created_at orders.user_id',
    ],
    [
      'insert',
      'insert into orders (id, user_id) values ($1, $2) returning id, total',
      'orders!',
      'orders.id orders.id! orders.total orders.user_id!',
    ],
    [
      'upsert',
      'insert into orders (id, total) values (?, ?) on conflict (id) do update set total = excluded.total',
      'orders!',
      'orders.id orders.id! orders.total orders.total!',
    ],
    ['insert from a query', 'insert into archive (id) select id from orders', 'archive! orders', 'archive.id! orders.id'],
    [
      'update',
      'update orders set total = total + :delta, note = null where id = :id',
      'orders!',
      'orders.id orders.note! orders.total orders.total!',
    ],
    [
      'update from',
      'update orders o set total = u.credit from users u where u.id = o.user_id',
      'orders! users',
      'orders.total! orders.user_id users.credit users.id',
    ],
    ['delete', 'delete from orders where created_at < now() returning id', 'orders!', 'orders.created_at orders.id'],
    ['several statements', 'select id from orders; delete from carts where id = 1', 'orders carts!', 'carts.id orders.id'],
  ])('in the grammar of PostgreSQL: %s', (_, sql, tables, columns) => {
    expect(readQuery(sql).problem).toBeUndefined();
    expect(read(sql)).toEqual({ tables, columns });
  });

  it.each([
    [
      'holes for values',
      'select id from orders where total > ? and user_id = :user and note = @note and x in (${xs})',
      'orders',
      'orders.id orders.note orders.total orders.user_id orders.x',
    ],
    ['a hole for a table', 'select id from ${table} where x = 1', '', ''],
    ['a hole for a list', 'select id from orders where id in ${ids}', 'orders', 'orders.id'],
    ['backticks', 'select `o`.`userId` from `Orders` `o` where `o`.`id` = ?', 'Orders', 'Orders.id Orders.userId'],
  ])('as code has it: %s', (_, sql, tables, columns) => {
    expect(read(sql)).toEqual({ tables, columns });
  });

  it.each([
    [
      'ON DUPLICATE KEY',
      'INSERT IGNORE INTO `orders` (`id`, total) VALUES (?, ?) ON DUPLICATE KEY UPDATE total = VALUES(total)',
      'orders!',
      'orders.id! orders.total orders.total!',
    ],
    ['REPLACE', 'replace into orders (id, total) values (1, 2)', 'orders!', 'orders.id! orders.total!'],
    [
      'a limit with offset',
      "select id, name as label from orders where note like '%x' limit 5, 10",
      'orders',
      'orders.id orders.name orders.note',
    ],
    [
      'MERGE',
      'merge into stock s using deliveries d on s.sku = d.sku when matched then update set amount = d.amount',
      'stock! deliveries',
      'deliveries.amount deliveries.sku stock.amount! stock.sku',
    ],
    ['DELETE … USING', 'delete from orders using users where orders.user_id = users.id', 'orders! users', 'orders.user_id users.id'],
    [
      'SQL Server',
      'SELECT TOP 5 [Name], o.Total FROM [dbo].[Orders] o WITH (NOLOCK) WHERE Id = @id',
      'Orders',
      'Orders.Name Orders.id Orders.total',
    ],
    [
      'a common table expression',
      'with r as (select id from orders limit 1, 2) select u.email from users u join r on r.id = u.id',
      'orders users',
      'users.email users.id',
    ],
    ['unqualified names of two tables, which say nothing', 'select a.b, c from a natural join d', 'a d', 'a.b'],
    ['FROM that begins no clause', 'select extract(day from created_at) from orders limit 1, 2', 'orders', 'orders.created_at'],
  ])('in other dialects: %s', (_, sql, tables, columns) => {
    expect(readQuery(sql).problem).toBeDefined();
    expect(read(sql)).toEqual({ tables, columns });
  });

  it('says where names stand', () => {
    const sql = 'WITH r AS (SELECT 1) UPDATE "Orders" o SET "Total" = o."Sub Total" WHERE o.user_id = ?';
    const { tables, columns } = readQuery(sql);
    expect([...tables, ...columns].map(({ at }) => sql.slice(at, at + 7))).toEqual(['"Orders', '"Total"', '"Sub To', 'user_id']);
    const mysql = 'INSERT INTO orders (id, `total`) VALUES (1, 2) ON DUPLICATE KEY UPDATE total = 3';
    expect(readQuery(mysql).columns.map(({ at }) => mysql.slice(at, at + 5))).toEqual(
      ['id, `', '`tota', 'total'].map((text) => text.slice(0, 5)),
    );
  });

  it('names the columns of its result', () => {
    expect(readQuery('select o.id, total as amount, count(*) n, now() from orders o').outputs.map(({ name }) => name)).toEqual([
      'id',
      'amount',
      'n',
    ]);
  });

  it.each([
    ['no query', 'hello from the team'],
    ['nothing', ''],
    ['an open string', "select 'x from orders"],
    ['an open parenthesis', 'insert into orders (id, total'],
    ['words alone', 'select from where join on'],
  ])('takes %s', (_, sql) => {
    expect(() => readQuery(sql)).not.toThrow();
  });

  it('takes bounded time, whatever the text', () => {
    const deep = `select ${'('.repeat(20_000)}1${')'.repeat(20_000)} from orders`;
    const long = `select id from orders where id in (${Array.from({ length: 20_000 }, (__, index) => index).join(',')})`;
    const joins = `select 1 from a0 ${Array.from({ length: 900 }, (__, index) => `join a${index + 1} on a${index}.id = a${index + 1}.id`).join(' ')}`;
    const before = performance.now();
    expect(read(deep).tables).toBe('orders');
    expect(readQuery(long).problem).toContain('characters');
    expect(readQuery(joins).tables).toHaveLength(901);
    expect(performance.now() - before).toBeLessThan(3000);
  });
});
