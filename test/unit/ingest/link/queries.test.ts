import { describe, expect, it } from 'vitest';
import { queriesLinker } from '../../../../ingest/link/queries.ts';
import { prismaFormat } from '../../../../ingest/workers/prisma/prisma.ts';
import { sqlFormat } from '../../../../ingest/workers/sql/sql.ts';
import { linkFrom } from '../link-fixture.ts';

const SCHEMA = `
create table vehicles (id serial primary key, plate text not null);
create table bookings (id serial primary key, vehicle_id int references vehicles (id), status text, starts_at timestamptz);
`;
const link = (code: string, more: Readonly<Record<string, string>> = {}) =>
  linkFrom({ 'src/app.ts': code, 'db/schema.sql': SCHEMA, ...more }, [queriesLinker], [sqlFormat, prismaFormat]);
const asks = async (code: string, more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
  (await link(code, more)).edges
    .filter(({ type }) => type === 'QUERIES')
    .map(
      ({ from, to, rule }) =>
        `${from.slice(from.indexOf('#') + 1)} ${rule === 'query-write' ? 'writes' : 'reads'} ${to.slice(to.indexOf('table:') + 6)}`,
    )
    .sort();

describe('SQL in code', () => {
  it('is read wherever a driver is given it: texts, tags, constants, configurations', async () => {
    expect(
      await asks(
        `
import { Pool } from 'pg';
import postgres from 'postgres';
import { FIND } from './sql.ts';
const pool = new Pool();
const sql = postgres('postgres://x');
export const byStatus = (status: string) => pool.query('SELECT b.id FROM bookings b WHERE b.status = $1', [status]);
export const plates = () => sql\`select plate from vehicles where id = \${1}\`;
export const found = () => pool.query(FIND);
export const gone = (id: number) => pool.query({ text: 'delete from bookings where id = $1', values: [id] });
export class Repo {
  constructor(private readonly db: Pool) {}
  async rename(id: number) { const q = \`UPDATE vehicles SET plate = $1 WHERE id = $2\`; await this.db.query(q, [id]); }
}
`,
        { 'src/sql.ts': 'export const FIND = `\n  SELECT status FROM bookings`;\n' },
      ),
    ).toEqual(
      [
        'FIND reads bookings.status',
        'Repo.rename writes vehicles',
        'Repo.rename reads vehicles.id',
        'Repo.rename writes vehicles.plate',
        'byStatus reads bookings',
        'byStatus reads bookings.id',
        'byStatus reads bookings.status',
        'found reads bookings',
        'found reads bookings.status',
        'gone reads bookings.id',
        'gone writes bookings',
        'plates reads vehicles',
        'plates reads vehicles.id',
        'plates reads vehicles.plate',
      ].sort(),
    );
  });

  it('is seen from the callers of a wrapper, also where they say which table', async () => {
    expect(
      await asks(`
import { Pool } from 'pg';
const pool = new Pool();
export async function query(text: string, values: unknown[] = []) { return pool.query(text, values); }
export const all = (table: string) => pool.query(\`select * from \${table} where id = 1\`);
export const one = () => query('select plate from vehicles');
export const two = () => all('bookings');
`),
    ).toEqual(['one reads vehicles', 'one reads vehicles.plate', 'two reads bookings', 'two reads bookings.id']);
  });

  it('says how sure it is and where', async () => {
    const { edge } = await link(
      `import { Pool } from 'pg';\nconst pool = new Pool();\nexport const plates = () => pool.query('select plate from vehicles');\n`,
    );
    expect(edge('src/app.ts#plates QUERIES table:vehicles.plate')).toMatchObject({
      tier: 'heuristic',
      confidence: 0.95,
      rule: 'query-read',
      sites: [{ line: 3, col: 29, file: 'src/app.ts' }],
    });
  });

  it('links no column that a declared table does not have, and says so', async () => {
    const { arrows, diagnostics } = await link(
      `import { Pool } from 'pg';\nexport const p = (pool: Pool) => pool.query('select colour from vehicles');\n`,
    );
    expect(arrows('QUERIES')).toEqual(['src/app.ts#p QUERIES table:vehicles']);
    expect(diagnostics).toMatchObject([{ code: 'unknown-column', severity: 'info', file: 'src/app.ts', span: { line: 2 } }]);
  });

  it('makes up tables that nothing declares, unsurely', async () => {
    const { edge, things } = await link(
      `import { Pool } from 'pg';\nexport const p = (pool: Pool) => pool.query('insert into audit_log (actor) values ($1)');\n`,
    );
    expect(edge('src/app.ts#p QUERIES table:audit_log.actor')).toMatchObject({ confidence: 0.6, rule: 'query-write' });
    expect(things).toEqual(['Column table:audit_log.actor', 'Table table:audit_log']);
  });

  it('is not found in sentences', async () => {
    expect(
      await asks(`
declare const log: any; declare const t: any;
export const a = () => { log.info('Select an item from the list'); t('Update your profile and set a name'); };
`),
    ).toEqual([]);
  });
});

describe('rows', () => {
  it('map their properties to the columns that are selected, under what name ever', async () => {
    const { arrows, edge } = await link(`
import { Pool } from 'pg';
import postgres from 'postgres';
const pool = new Pool(); const sql = postgres();
interface BookingRow { vehicle_id: number; state: string; total: number }
interface Camel { vehicleId: number }
type Plate = { plate: string };
import { DatabaseSync } from 'node:sqlite';
const database = new DatabaseSync(':memory:');
interface Prepared { status: string }
interface Whole { id: number; startsAt: Date; other: string }
export const a = () => pool.query<BookingRow>('SELECT b.vehicle_id, b.status::text AS state, count(*) AS total FROM bookings b GROUP BY 1, 2');
export const b = () => sql<Camel[]>\`select vehicle_id from bookings\`;
export async function c(): Promise<Plate[]> { const { rows } = await pool.query('select plate from vehicles'); return rows; }
export const d = async () => (await pool.query('select * from bookings')).rows as Whole[];
export const e = () => database.prepare('select status from bookings where id = ?').get(1) as Prepared | undefined;
`);
    expect(arrows('MAPS_TO')).toEqual([
      'src/app.ts#BookingRow.state MAPS_TO table:bookings.status',
      'src/app.ts#BookingRow.vehicle_id MAPS_TO table:bookings.vehicle_id',
      'src/app.ts#Camel.vehicleId MAPS_TO table:bookings.vehicle_id',
      'src/app.ts#Plate.plate MAPS_TO table:vehicles.plate',
      'src/app.ts#Prepared.status MAPS_TO table:bookings.status',
      'src/app.ts#Whole.id MAPS_TO table:bookings.id',
      'src/app.ts#Whole.startsAt MAPS_TO table:bookings.starts_at',
    ]);
    expect(edge('src/app.ts#BookingRow.state MAPS_TO table:bookings.status')).toMatchObject({
      rule: 'row-type',
      confidence: 0.9,
      sites: [{ line: 12 }],
    });
  });
});

describe('query builders', () => {
  it('reads Knex, transactions and tables of unknown builders included', async () => {
    expect(
      await asks(
        `
import knex from 'knex';
import { db } from './db.ts';
export const a = () => db('bookings as b').join('vehicles as v', 'v.id', '=', 'b.vehicle_id').where({ status: 'open' }).select('v.plate as p');
export const w = (id: number) => db('bookings').where('id', id).update({ status: 'done' });
export const i = () => db.transaction(async (trx) => { await trx('vehicles').insert({ plate: 'x' }); });
export const s = () => db.select('plate').from('vehicles').orderBy('id', 'desc').first();
export const f = (other: any) => other('nowhere').where({ id: 1 });
`,
        { 'src/db.ts': `import knex from 'knex';\nexport const db = knex({ client: 'pg' });\n` },
      ),
    ).toEqual([
      'a reads bookings',
      'a reads bookings.status',
      'a reads bookings.vehicle_id',
      'a reads vehicles',
      'a reads vehicles.id',
      'a reads vehicles.plate',
      'i writes vehicles',
      'i writes vehicles.plate',
      's reads vehicles',
      's reads vehicles.id',
      's reads vehicles.plate',
      'w reads bookings.id',
      'w writes bookings',
      'w writes bookings.status',
    ]);
  });

  it('reads Kysely', async () => {
    expect(
      await asks(`
import { Kysely } from 'kysely';
export class Repo {
  constructor(private db: Kysely<any>) {}
  list() { return this.db.selectFrom('bookings as b').innerJoin('vehicles', 'vehicles.id', 'b.vehicle_id').select(['b.id', 'plate']).where('b.status', '=', 'x').execute(); }
  add() { return this.db.insertInto('vehicles').values({ plate: 'a' }).returning('id').executeTakeFirst(); }
}
`),
    ).toEqual([
      'Repo.add reads vehicles.id',
      'Repo.add writes vehicles',
      'Repo.add writes vehicles.plate',
      'Repo.list reads bookings',
      'Repo.list reads bookings.id',
      'Repo.list reads bookings.status',
      'Repo.list reads bookings.vehicle_id',
      'Repo.list reads vehicles',
      'Repo.list reads vehicles.id',
      'Repo.list reads vehicles.plate',
    ]);
  });

  it('reads Drizzle by the constants of its tables', async () => {
    expect(
      await asks(
        `
import { drizzle } from 'drizzle-orm/node-postgres';
import { eq, and, sql } from 'drizzle-orm';
import * as schema from './schema.ts';
import { orders, items } from './schema.ts';
const db = drizzle('x', { schema });
export const a = (id: number) => db.select({ n: items.name }).from(orders).innerJoin(items, eq(items.orderId, orders.id)).where(and(eq(orders.userId, id))).limit(1);
export const b = () => db.insert(schema.orders).values({ userId: 1 }).returning();
export const c = () => db.update(orders).set({ userId: 2 }).where(eq(orders.id, 1));
export const d = () => db.query.orders.findMany({ columns: { userId: true }, where: eq(orders.id, 1) });
export const e = () => db.execute(sql\`select \${items.name} from \${items}\`);
export const f = () => db.delete(items);
`,
        {
          'src/schema.ts': `
import { pgTable, serial, integer, text } from 'drizzle-orm/pg-core';
export const orders = pgTable('orders', { id: serial('id').primaryKey(), userId: integer('user_id') });
export const items = pgTable('order_items', { orderId: integer('order_id').references(() => orders.id), name: text('name') });
`,
        },
      ),
    ).toEqual([
      'a reads order_items',
      'a reads order_items.name',
      'a reads order_items.order_id',
      'a reads orders',
      'a reads orders.id',
      'a reads orders.user_id',
      'b writes orders',
      'b writes orders.user_id',
      'c reads orders.id',
      'c writes orders',
      'c writes orders.user_id',
      'd reads orders',
      'd reads orders.id',
      'd reads orders.user_id',
      'e reads order_items',
      'e reads order_items.name',
      'f writes order_items',
    ]);
  });
});

describe('mappers', () => {
  it('reads repositories and query builders of TypeORM', async () => {
    expect(
      await asks(
        `
import { Repository, DataSource } from 'typeorm';
import { InjectRepository } from '@nestjs/typeorm';
import { User, Profile } from './user.ts';
export class Users {
  constructor(@InjectRepository(User) private users: Repository<User>, private source: DataSource) {}
  one(email: string) { return this.users.findOne({ where: { email }, order: { id: 'ASC' } }); }
  put(user: User) { return this.users.save(user); }
  built() { return this.users.createQueryBuilder('u').leftJoinAndSelect('u.profile', 'p').where('u.email = :x AND p.bio IS NOT NULL', { x: 1 }).getMany(); }
  other() { return this.source.getRepository(Profile).findBy({ bio: 'x' }); }
  raw() { return this.source.query('SELECT "mail" FROM "user"'); }
}
`,
        {
          'src/user.ts': `
import { Entity, Column, PrimaryGeneratedColumn, OneToOne, JoinColumn } from 'typeorm';
@Entity() export class Profile { @PrimaryGeneratedColumn() id: number; @Column() bio: string; }
@Entity() export class User { @PrimaryGeneratedColumn() id: number; @Column({ name: 'mail' }) email: string; @OneToOne(() => Profile) @JoinColumn() profile: Profile; }
`,
        },
      ),
    ).toEqual([
      'Users.built reads profile',
      'Users.built reads profile.bio',
      'Users.built reads user',
      'Users.built reads user.mail',
      'Users.built reads user.profileId',
      'Users.one reads user',
      'Users.one reads user.id',
      'Users.one reads user.mail',
      'Users.other reads profile',
      'Users.other reads profile.bio',
      'Users.put writes user',
      'Users.raw reads user',
      'Users.raw reads user.mail',
    ]);
  });

  it('reads the client of Prisma by its schema, relations and transactions included', async () => {
    expect(
      await asks(
        `
import { PrismaService } from './prisma.ts';
export class Orders {
  constructor(private prisma: PrismaService) {}
  list(userId: number) { return this.prisma.order.findMany({ where: { userId, lines: { some: { sku: 'x' } } }, select: { id: true } }); }
  add() { return this.prisma.$transaction(async (tx) => tx.order.create({ data: { userId: 1, lines: { create: [{ sku: 'a' }] } } })); }
  raw() { return this.prisma.$queryRaw\`select user_id from orders\`; }
}
`,
        {
          'src/prisma.ts': `import { PrismaClient } from '@prisma/client';\nexport class PrismaService extends PrismaClient {}\n`,
          'prisma/schema.prisma': `
datasource db { provider = "postgresql" }
model Order {
  id Int @id
  userId Int @map("user_id")
  lines OrderLine[]
  @@map("orders")
}
model OrderLine {
  sku String @id
  orderId Int
  order Order @relation(fields: [orderId], references: [id])
}
`,
        },
      ),
    ).toEqual([
      'Orders.add writes OrderLine',
      'Orders.add writes OrderLine.sku',
      'Orders.add writes orders',
      'Orders.add writes orders.user_id',
      'Orders.list reads OrderLine',
      'Orders.list reads OrderLine.sku',
      'Orders.list reads orders',
      'Orders.list reads orders.id',
      'Orders.list reads orders.user_id',
      'Orders.raw reads orders',
      'Orders.raw reads orders.user_id',
    ]);
  });

  it('reads models of Mongoose and Sequelize, and collections', async () => {
    expect(
      await asks(`
import { Schema, model } from 'mongoose';
import { Sequelize, DataTypes } from 'sequelize';
import { MongoClient } from 'mongodb';
const userSchema = new Schema({ email: String, visits: Number });
export const User = model('User', userSchema);
const sequelize = new Sequelize('x');
export const Car = sequelize.define('Car', { plate: DataTypes.STRING });
const client = new MongoClient('x');
export const a = (email: string) => User.findOneAndUpdate({ email }, { $inc: { visits: 1 } });
export const b = () => User.find({ $or: [{ email: 'x' }] }).sort('email').lean();
export const c = () => Car.findAll({ where: { plate: 'x' } });
export const d = () => Car.create({ plate: 'y' });
export const e = () => client.db().collection('events').insertOne({ kind: 'x' });
`),
    ).toEqual([
      'a reads users.email',
      'a writes users',
      'a writes users.visits',
      'b reads users',
      'b reads users.email',
      'c reads Cars',
      'c reads Cars.plate',
      'd writes Cars',
      'd writes Cars.plate',
      'e writes events',
      'e writes events.kind',
    ]);
  });
});

describe('hostile code', () => {
  it('takes bounded time, and names that are members of every object are names', async () => {
    const chain = Array.from({ length: 90 }, (_, index) => `.where('c${index}', 1)`).join('');
    const started = performance.now();
    const found = await asks(
      `
import knex from 'knex';
import { Pool } from 'pg';
const db = knex({}); const pool = new Pool();
export const b = () => db('vehicles').where({ __proto__: { x: 1 }, constructor: 1, plate: 'x' });
export const c = () => pool.query('select constructor, toString from vehicles');
export const d = () => pool.query('select ${'('.repeat(500)}plate${')'.repeat(500)} from vehicles');
export const e = () => pool.query('select * from');
`,
      { 'src/long.ts': `import knex from 'knex';\nexport const a = () => knex({})('vehicles').where({ plate: 1 })${chain};\n` },
    );
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(found).toContain('b reads vehicles.plate');
    expect(found.filter((text) => /constructor|toString|__proto__/i.test(text))).toEqual([]);
    expect(found).toContain('d reads vehicles');
  });
});

it('says of which tables Prisma reads or writes rows whose columns are not written out', async () => {
  const whole = async (call: string): Promise<readonly string[]> => {
    const { edges } = await linkFrom(
      {
        'src/db.ts': `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export const run = (data: object, id: number) => prisma.order.${call};
`,
        'prisma/schema.prisma': `model Order {
  id Int @id
  state String
  lines Line[]
}
model Line {
  id Int @id
  sku String
  orderId Int
  order Order @relation(fields: [orderId], references: [id])
}
`,
      },
      [queriesLinker],
      [prismaFormat],
    );
    return edges
      .flatMap(({ type, to, sites }) =>
        type === 'QUERIES' && sites.some(({ facts = 0 }) => facts > 0) ? [to.replace('shop//table:', '')] : [],
      )
      .sort();
  };
  expect(await whole('findMany({ where: { id } })')).toEqual(['Order']);
  expect(await whole('findMany({ select: { id: true } })')).toEqual([]);
  expect(await whole('findMany({ where: { lines: { some: { sku: "x" } } }, select: { id: true } })')).toEqual([]);
  expect(await whole('findMany({ select: { id: true, lines: true } })')).toEqual(['Line']);
  expect(await whole('findMany({ select: { lines: { select: { sku: true } } } })')).toEqual([]);
  expect(await whole('create({ data: { state: "new", lines: { create: [{ sku: "x" }] } } })')).toEqual([]);
  expect(await whole('create({ data })')).toEqual(['Order']);
  expect(await whole('update({ where: { id }, data: { ...data, state: "new" } })')).toEqual(['Order']);
  expect(await whole('create({ data: { state: "new", lines: { create: lines.map((line) => ({ ...line })) } } })')).toEqual(['Line']);
  expect(await whole('deleteMany({ where: { state: "old" } })')).toEqual([]);
});
