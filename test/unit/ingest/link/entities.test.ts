import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../../graph/model/edge.ts';
import { entitiesLinker } from '../../../../ingest/link/entities.ts';
import { sqlFormat } from '../../../../ingest/workers/sql/sql.ts';
import { linkFrom } from '../link-fixture.ts';

const link = (sources: Readonly<Record<string, string>>) => linkFrom(sources, [entitiesLinker], [sqlFormat]);

describe('entities of TypeORM', () => {
  const CUSTOMER = `
import { Column, Entity, PrimaryGeneratedColumn, CreateDateColumn, ManyToOne, OneToOne, JoinColumn, ManyToMany, JoinTable } from 'typeorm';
import { Stamped } from './stamped.ts';
export class Address { @Column() street: string; @Column({ name: 'zip' }) postCode: string; }
@Entity({ name: 'customers', schema: 'sales' })
export class Customer extends Stamped {
  @PrimaryGeneratedColumn() id: number;
  @Column({ name: 'e_mail', type: 'varchar', nullable: true }) email: string;
  @Column(() => Address) home: Address;
  @ManyToMany(() => Tag) @JoinTable() tags: Tag[];
}
@Entity()
export class RentalOrder extends Stamped {
  @PrimaryGeneratedColumn('uuid') id: string;
  @ManyToOne(() => Customer, { nullable: true }) buyer: Customer;
  @OneToOne(() => Customer) @JoinColumn({ name: 'payer_fk' }) payer: Customer;
  @OneToOne(() => Customer, (customer) => customer.id) mirror: Customer;
}
@Entity('tag') export class Tag { @PrimaryGeneratedColumn() id: number; notStored: string; }
`;
  const STAMPED = `import { CreateDateColumn } from 'typeorm';\nexport abstract class Stamped { @CreateDateColumn() createdAt: Date; }\n`;
  const SOURCES = { 'src/customer.ts': CUSTOMER, 'src/stamped.ts': STAMPED };

  it('maps classes and properties to tables and columns, by name or by convention', async () => {
    const { arrows, things } = await link(SOURCES);
    expect(arrows('MAPS_TO', 'table:sales.customers')).toEqual([
      'src/customer.ts#Address.postCode MAPS_TO table:sales.customers.homeZip',
      'src/customer.ts#Address.street MAPS_TO table:sales.customers.homeStreet',
      'src/customer.ts#Customer MAPS_TO table:sales.customers',
      'src/customer.ts#Customer.email MAPS_TO table:sales.customers.e_mail',
      'src/customer.ts#Customer.id MAPS_TO table:sales.customers.id',
      'src/customer.ts#Customer.tags MAPS_TO table:sales.customers_tags_tag',
      'src/customer.ts#Customer.tags MAPS_TO table:sales.customers_tags_tag.customersId',
      'src/customer.ts#Customer.tags MAPS_TO table:sales.customers_tags_tag.tagId',
      'src/stamped.ts#Stamped.createdAt MAPS_TO table:sales.customers.createdAt',
    ]);
    expect(arrows('MAPS_TO', 'table:rental_order')).toEqual([
      'src/customer.ts#RentalOrder MAPS_TO table:rental_order',
      'src/customer.ts#RentalOrder.buyer MAPS_TO table:rental_order.buyerId',
      'src/customer.ts#RentalOrder.id MAPS_TO table:rental_order.id',
      'src/customer.ts#RentalOrder.payer MAPS_TO table:rental_order.payer_fk',
      'src/stamped.ts#Stamped.createdAt MAPS_TO table:rental_order.createdAt',
    ]);
    expect(things.filter((thing) => thing.includes('tag'))).toEqual([
      'Column table:sales.customers_tags_tag.customersId',
      'Column table:sales.customers_tags_tag.tagId',
      'Column table:tag.id',
      'Table table:sales.customers_tags_tag',
      'Table table:tag',
    ]);
  });

  it('says how sure it is, where, and that the code decides', async () => {
    const { edge, nodes } = await link(SOURCES);
    const explicit = edge('src/customer.ts#Customer.email MAPS_TO table:sales.customers.e_mail');
    expect(explicit).toMatchObject({
      tier: 'declared',
      confidence: 1,
      rule: 'typeorm-entity',
      sites: [{ line: 8, col: 3, file: 'src/customer.ts' }],
    });
    expect(factsOf(explicit.sites[0]?.facts ?? 0)).toEqual(['provider']);
    expect(edge('src/customer.ts#RentalOrder.buyer MAPS_TO table:rental_order.buyerId')).toMatchObject({
      tier: 'heuristic',
      confidence: 0.9,
    });
    expect(nodes.find(({ id }) => id === 'shop//table:sales.customers.e_mail')).toMatchObject({
      kind: 'Column',
      props: { type: 'varchar', nullable: true },
    });
    expect(nodes.find(({ id }) => id === 'shop//table:sales.customers')).toMatchObject({ props: { schema: 'sales' } });
  });

  it('follows foreign keys to the key they lead to', async () => {
    const { arrows } = await link(SOURCES);
    expect(arrows('DEPENDS_ON', 'rental_order')).toEqual([
      'table:rental_order DEPENDS_ON table:sales.customers',
      'table:rental_order.buyerId DEPENDS_ON table:sales.customers.id',
      'table:rental_order.payer_fk DEPENDS_ON table:sales.customers.id',
    ]);
  });

  it('writes names in snake case where the data source is told to', async () => {
    const { arrows } = await link({
      ...SOURCES,
      'src/data-source.ts': `import { DataSource } from 'typeorm';\nimport { SnakeNamingStrategy } from 'typeorm-naming-strategies';
export const db = new DataSource({ type: 'postgres', namingStrategy: new SnakeNamingStrategy() });\n`,
    });
    expect(arrows('MAPS_TO', 'table:rental_order.')).toEqual([
      'src/customer.ts#RentalOrder.buyer MAPS_TO table:rental_order.buyer_id',
      'src/customer.ts#RentalOrder.id MAPS_TO table:rental_order.id',
      'src/customer.ts#RentalOrder.payer MAPS_TO table:rental_order.payer_fk',
      'src/stamped.ts#Stamped.createdAt MAPS_TO table:rental_order.created_at',
    ]);
  });

  it('takes the names that migrations give over its own conventions, never over what is written', async () => {
    const { arrows } = await link({
      ...SOURCES,
      'db/schema.sql': 'create table rental_order (id uuid primary key, buyer_id int, payer int, created_at timestamptz);',
    });
    expect(arrows('MAPS_TO', 'table:rental_order.')).toEqual([
      'src/customer.ts#RentalOrder.buyer MAPS_TO table:rental_order.buyer_id',
      'src/customer.ts#RentalOrder.id MAPS_TO table:rental_order.id',
      'src/customer.ts#RentalOrder.payer MAPS_TO table:rental_order.payer_fk',
      'src/stamped.ts#Stamped.createdAt MAPS_TO table:rental_order.created_at',
    ]);
  });

  it('leaves decorators of the same names from elsewhere alone', async () => {
    const { edges } = await link({
      'src/grid.ts': `import { Entity, Column } from './layout.ts';\n@Entity('grid') export class Grid { @Column() width: number; }\n`,
      'src/layout.ts':
        'export const Entity = (name: string) => (target: unknown): void => {};\nexport const Column = () => (target: unknown, key: string): void => {};\n',
    });
    expect(edges).toEqual([]);
  });
});

describe('tables of Drizzle', () => {
  it('reads names, keys and references of constants', async () => {
    const { arrows, edge, nodes } = await link({
      'src/schema.ts': `
import { pgTable, pgSchema, pgTableCreator, serial, text, integer, timestamp } from 'drizzle-orm/pg-core';
export const users = pgTable('users', {
  id: serial('id').primaryKey(),
  fullName: text('full_name').notNull(),
  nick: text(),
});
const billing = pgSchema('billing');
export const invoices = billing.table('invoices', {
  userId: integer('user_id').notNull().references(() => users.id, { onDelete: 'cascade' }).unique().default(0).$type<number>(),
});
export const createTable = pgTableCreator((name) => \`shop_\${name}\`);
export const posts = createTable('post', (d) => ({ slug: d.varchar('slug', { length: 10 }), createdAt: d.timestamp() }), (t) => [t.slug]);
`,
    });
    expect(arrows()).toEqual([
      'src/schema.ts#invoices MAPS_TO table:billing.invoices',
      'src/schema.ts#invoices MAPS_TO table:billing.invoices.user_id',
      'src/schema.ts#posts MAPS_TO table:shop_post',
      'src/schema.ts#posts MAPS_TO table:shop_post.createdAt',
      'src/schema.ts#posts MAPS_TO table:shop_post.slug',
      'src/schema.ts#users MAPS_TO table:users',
      'src/schema.ts#users MAPS_TO table:users.full_name',
      'src/schema.ts#users MAPS_TO table:users.id',
      'src/schema.ts#users MAPS_TO table:users.nick',
      'table:billing.invoices CONTAINS table:billing.invoices.user_id',
      'table:billing.invoices DEPENDS_ON table:users',
      'table:billing.invoices.user_id DEPENDS_ON table:users.id',
      'table:shop_post CONTAINS table:shop_post.createdAt',
      'table:shop_post CONTAINS table:shop_post.slug',
      'table:users CONTAINS table:users.full_name',
      'table:users CONTAINS table:users.id',
      'table:users CONTAINS table:users.nick',
    ]);
    expect(edge('src/schema.ts#users MAPS_TO table:users.full_name').sites).toMatchObject([{ line: 5, col: 3 }]);
    expect(nodes.find(({ id }) => id.endsWith('users.full_name'))?.props).toEqual({ type: 'text' });
    expect(nodes.find(({ id }) => id.endsWith('users.nick'))?.props).toEqual({ type: 'text', nullable: true });
  });
});

describe('collections of Mongoose', () => {
  it('names them as Mongoose does, for schemas with a model only', async () => {
    const { arrows } = await link({
      'src/order.ts': `
import mongoose, { Schema, model } from 'mongoose';
export interface Order { number: string; total: number }
const addressSchema = new Schema({ street: String });
const orderSchema = new Schema<Order>({ number: { type: String, required: true }, total: Number, ship: { city: String } });
export const OrderModel = mongoose.models.Order || mongoose.model('Order', orderSchema);
const box = new Schema({ size: Number }, { collection: 'boxes_v2' });
export const Box = model('Box', box);
`,
    });
    expect(arrows('MAPS_TO')).toEqual([
      'src/order.ts#Box MAPS_TO table:boxes_v2',
      'src/order.ts#Order.number MAPS_TO table:orders.number',
      'src/order.ts#Order.total MAPS_TO table:orders.total',
      'src/order.ts#OrderModel MAPS_TO table:orders',
      'src/order.ts#box MAPS_TO table:boxes_v2',
      'src/order.ts#box MAPS_TO table:boxes_v2.size',
      'src/order.ts#orderSchema MAPS_TO table:orders',
      'src/order.ts#orderSchema MAPS_TO table:orders.number',
      'src/order.ts#orderSchema MAPS_TO table:orders.ship',
      'src/order.ts#orderSchema MAPS_TO table:orders.ship.city',
      'src/order.ts#orderSchema MAPS_TO table:orders.total',
    ]);
  });

  it('reads classes of NestJS that are registered as models', async () => {
    const { arrows } = await link({
      'src/cat.ts': `
import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
@Schema({ timestamps: true }) export class Category { @Prop({ required: true }) label: string; hidden: string; }
@Schema() export class Part { @Prop() size: number; }
export const CategorySchema = SchemaFactory.createForClass(Category);
`,
      'src/module.ts': `
import { Module } from '@nestjs/common';\nimport { MongooseModule } from '@nestjs/mongoose';\nimport { Category, CategorySchema } from './cat.ts';
@Module({ imports: [MongooseModule.forFeature([{ name: Category.name, schema: CategorySchema }])] }) export class CategoryModule {}
`,
    });
    expect(arrows('MAPS_TO')).toEqual([
      'src/cat.ts#Category MAPS_TO table:categories',
      'src/cat.ts#Category.label MAPS_TO table:categories.label',
    ]);
  });
});

describe('other mappers', () => {
  it('reads Sequelize, sequelize-typescript, MikroORM, Kysely, Objection and entity schemas', async () => {
    const { arrows } = await link({
      'src/sequelize.ts': `
import { Sequelize, DataTypes, Model } from 'sequelize';
export const sequelize = new Sequelize('x');
export const Person = sequelize.define('Person', { firstName: { type: DataTypes.STRING, field: 'first_name' }, age: DataTypes.INTEGER });
export class Car extends Model { declare plate: string; }
Car.init({ plate: DataTypes.STRING(8) }, { sequelize, tableName: 'cars_t', underscored: true });
`,
      'src/mikro.ts': `
import { Entity, PrimaryKey, Property, ManyToOne } from '@mikro-orm/core';
@Entity() export class BookShelf { @PrimaryKey() id!: number; @Property() roomName!: string; @ManyToOne(() => BookShelf) parent!: BookShelf; }
`,
      'src/kysely.ts': `
import { Kysely, Generated } from 'kysely';
interface VisitTable { id: Generated<number>; seen_at: string }
export interface Database { visits: VisitTable }
export const db = new Kysely<Database>({} as never);
`,
      'src/objection.ts': `
import { Model } from 'objection';
export class Pet extends Model { static tableName = 'pets'; name!: string; owner?: Pet; }
`,
      'src/entity-schema.ts': `
import { EntitySchema } from 'typeorm';
export interface Leaf { id: number; colour: string }
export const LeafSchema = new EntitySchema<Leaf>({ name: 'leaf', tableName: 'leaves', columns: { id: { type: 'int', primary: true }, colour: { type: String, name: 'color' } } });
`,
    });
    expect(arrows('MAPS_TO')).toEqual(
      [
        'src/entity-schema.ts#Leaf MAPS_TO table:leaves',
        'src/entity-schema.ts#Leaf.colour MAPS_TO table:leaves.color',
        'src/entity-schema.ts#Leaf.id MAPS_TO table:leaves.id',
        'src/entity-schema.ts#LeafSchema MAPS_TO table:leaves',
        'src/kysely.ts#VisitTable MAPS_TO table:visits',
        'src/kysely.ts#VisitTable.id MAPS_TO table:visits.id',
        'src/kysely.ts#VisitTable.seen_at MAPS_TO table:visits.seen_at',
        'src/mikro.ts#BookShelf MAPS_TO table:book_shelf',
        'src/mikro.ts#BookShelf.id MAPS_TO table:book_shelf.id',
        'src/mikro.ts#BookShelf.parent MAPS_TO table:book_shelf.parent_id',
        'src/mikro.ts#BookShelf.roomName MAPS_TO table:book_shelf.room_name',
        'src/objection.ts#Pet MAPS_TO table:pets',
        'src/objection.ts#Pet.name MAPS_TO table:pets.name',
        'src/sequelize.ts#Car MAPS_TO table:cars_t',
        'src/sequelize.ts#Car.plate MAPS_TO table:cars_t.plate',
        'src/sequelize.ts#Car MAPS_TO table:cars_t.plate',
        'src/sequelize.ts#Person MAPS_TO table:People',
        'src/sequelize.ts#Person MAPS_TO table:People.age',
        'src/sequelize.ts#Person MAPS_TO table:People.first_name',
      ].sort(),
    );
  });
});

const JAVASCRIPT = {
  'tsconfig.json': '{ "compilerOptions": { "allowJs": true, "lib": ["es2022"], "types": [], "experimentalDecorators": true } }',
};

describe('migrations written as code', () => {
  it('are not where a table stands that an entity declares', async () => {
    const { nodes } = await link({
      'src/customer.ts': `
import { Entity, PrimaryGeneratedColumn } from 'typeorm';
@Entity('rental_order') export class RentalOrder { @PrimaryGeneratedColumn() id: string; }
`,
      'src/migrations/1-init.ts': `
import { MigrationInterface, QueryRunner } from 'typeorm';
export class Init1 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE rental_order (id uuid PRIMARY KEY, old text); CREATE TABLE gone (id int);');
  }
}
`,
    });
    const placeOf = (id: string) => {
      const { file, standing } = nodes.find((node) => node.id === `shop//table:${id}`)!;
      return [file, standing];
    };
    expect(placeOf('rental_order')).toEqual(['src/customer.ts', undefined]);
    expect(placeOf('rental_order.id')).toEqual(['src/customer.ts', undefined]);
    expect(placeOf('rental_order.old')).toEqual(['src/migrations/1-init.ts', 'migration']);
    expect(placeOf('gone')).toEqual(['src/migrations/1-init.ts', 'migration']);
  });

  it('adds up what Knex does, file by file, and leaves out what undoes it', async () => {
    const { arrows, things } = await link({
      ...JAVASCRIPT,
      'migrations/001_init.js': `
exports.up = function (knex) {
  return knex.schema.createTable('riders', (t) => {
    t.increments();
    t.string('full_name').notNullable();
    t.string('nick');
  }).createTable('rides', function (table) {
    table.uuid('id').primary();
    table.integer('rider_id').unsigned().references('id').inTable('riders').onDelete('CASCADE');
  });
};
exports.down = (knex) => knex.schema.dropTable('rides').dropTable('riders');
`,
      'migrations/002_more.ts': `
import type { Knex } from 'knex';
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('riders', (t) => { t.dropColumn('nick'); t.renameColumn('full_name', 'name'); });
  await knex.raw('ALTER TABLE rides ADD COLUMN fare numeric');
}
export async function down(knex: Knex): Promise<void> { await knex.schema.dropTable('riders'); }
`,
    });
    expect(things.filter((thing) => thing.startsWith('Column'))).toEqual([
      'Column table:riders.id',
      'Column table:riders.name',
      'Column table:rides.fare',
      'Column table:rides.id',
      'Column table:rides.rider_id',
    ]);
    expect(arrows('DEPENDS_ON')).toEqual(['table:rides DEPENDS_ON table:riders', 'table:rides.rider_id DEPENDS_ON table:riders.id']);
    expect(arrows('002_more.ts#up CHANGES')).toEqual([
      'migrations/002_more.ts#up CHANGES table:riders.name',
      'migrations/002_more.ts#up CHANGES table:riders.nick',
      'migrations/002_more.ts#up CHANGES table:rides.fare',
    ]);
  });

  it('reads TypeORM, Kysely and Sequelize', async () => {
    const { arrows } = await link({
      ...JAVASCRIPT,
      'src/migrations/1-init.ts': `
import { MigrationInterface, QueryRunner, Table, TableColumn } from 'typeorm';
export class Init1 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`CREATE TABLE "user" ("id" SERIAL NOT NULL, "nickName" varchar)\`);
    await queryRunner.createTable(new Table({ name: 'badge', columns: [{ name: 'id', type: 'int', isPrimary: true }] }));
    await queryRunner.addColumn('badge', new TableColumn({ name: 'colour', type: 'varchar' }));
  }
  async down(queryRunner: QueryRunner): Promise<void> { await queryRunner.dropTable('badge'); }
}
`,
      'src/kysely/migrations/1.ts': `
import { Kysely } from 'kysely';
export async function up(db: Kysely<any>) { await db.schema.createTable('visit').addColumn('id', 'serial', (c) => c.primaryKey()).addColumn('seen_at', 'text').execute(); }
`,
      'src/sequelize/migrations/1.js': `
module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('cars', { id: { type: Sequelize.INTEGER, primaryKey: true } });
    await queryInterface.addColumn('cars', 'plate', { type: Sequelize.STRING });
  },
  async down(queryInterface) { await queryInterface.dropTable('cars'); },
};
`,
    });
    expect(arrows('CONTAINS')).toEqual([
      'table:badge CONTAINS table:badge.colour',
      'table:badge CONTAINS table:badge.id',
      'table:cars CONTAINS table:cars.id',
      'table:cars CONTAINS table:cars.plate',
      'table:user CONTAINS table:user.id',
      'table:user CONTAINS table:user.nickName',
      'table:visit CONTAINS table:visit.id',
      'table:visit CONTAINS table:visit.seen_at',
    ]);
    expect(arrows('#Init1 CHANGES')).toContain('src/migrations/1-init.ts#Init1 CHANGES table:user.nickName');
  });
});
