import type { Expr, TypeName } from '../../keys.ts';
import { isDataPackage } from '../../known-packages.ts';
import type { Step } from './chain.ts';
import type { DataColumn, DataQuery, QueryCall } from './data-query.ts';
import { entryOf, textOf, type Entity } from './entity.ts';

/** What the first arguments of a method are: `where`, a `record`, a `change`, `options` around them, names of `fields`. */
type Role = 'where' | 'record' | 'change' | 'options' | 'field' | 'none';
interface Method {
  readonly write?: true;
  readonly roles: readonly Role[];
}
const table = (write: boolean, rows: Readonly<Record<string, readonly Role[]>>): ReadonlyMap<string, Method> =>
  new Map(
    Object.entries(rows).flatMap(([names, roles]) =>
      names.split(' ').map((name) => [name, { roles, ...(write ? { write: true as const } : {}) }] as const),
    ),
  );

/** Methods of repositories and models, by library. */
const METHODS: Readonly<Record<string, ReadonlyMap<string, Method>>> = {
  typeorm: new Map([
    ...table(false, {
      'find findOne findOneOrFail findAndCount count exists exist': ['options'],
      'findBy findOneBy findOneByOrFail findAndCountBy countBy existsBy': ['where'],
      'sum average minimum maximum': ['field', 'where'],
      'findByIds findOneById': ['none'],
    }),
    ...table(true, {
      'save insert upsert': ['record'],
      update: ['where', 'change'],
      'delete remove softDelete softRemove restore recover clear': ['where'],
      'increment decrement': ['where', 'field'],
    }),
  ]),
  'mikro-orm': new Map([
    ...table(false, { 'find findOne findOneOrFail findAndCount findAll count': ['where', 'options'] }),
    ...table(true, {
      'insert create upsert persist': ['record'],
      nativeUpdate: ['where', 'change'],
      'nativeDelete remove': ['where'],
      insertMany: ['record'],
    }),
  ]),
  mongoose: new Map([
    ...table(false, {
      'find findOne countDocuments exists count': ['where'],
      findById: ['none'],
      distinct: ['field', 'where'],
      'aggregate estimatedDocumentCount': ['none'],
    }),
    ...table(true, {
      'create insertMany insertOne': ['record'],
      'findOneAndUpdate updateOne updateMany replaceOne findOneAndReplace': ['where', 'change'],
      findByIdAndUpdate: ['none', 'change'],
      'deleteOne deleteMany findOneAndDelete findOneAndRemove remove': ['where'],
      'findByIdAndDelete findByIdAndRemove bulkWrite': ['none'],
    }),
  ]),
  sequelize: new Map([
    ...table(false, {
      'findAll findOne findAndCountAll count': ['options'],
      findByPk: ['none', 'options'],
      'max min sum': ['field', 'options'],
    }),
    ...table(true, {
      'create upsert build': ['record'],
      bulkCreate: ['record'],
      update: ['change', 'options'],
      'destroy restore truncate': ['options'],
      findOrCreate: ['options'],
      'increment decrement': ['field', 'options'],
    }),
  ]),
};
/** Entries of options that hold conditions, names or rows. */
const OPTIONS: readonly (readonly [string, Role])[] = [
  ['where', 'where'],
  ['select', 'where'],
  ['attributes', 'field'],
  ['fields', 'field'],
  ['order', 'where'],
  ['orderBy', 'where'],
  ['group', 'field'],
  ['defaults', 'record'],
];
const DEEPEST = 6;

/** Calls of repositories and models: TypeORM, MikroORM, Mongoose, Sequelize; collections of MongoDB's driver. */
export function recordQuery(call: QueryCall): DataQuery | undefined {
  const found = entityOf(call);
  if (!found) return collectionQuery(call);
  const { entity, steps, shift } = found;
  if (steps.some(({ name }) => name === 'createQueryBuilder')) return undefined;
  const methods = METHODS[entity.library];
  const step = steps.find(({ name }) => methods?.has(name));
  const method = step && methods?.get(step.name);
  if (!step || !method)
    return step === undefined && steps[0]?.created && entity.library === 'mongoose'
      ? {
          library: 'mongoose',
          tables: [{ name: entity.table, write: true }],
          columns: columnsIn(entity, 'record', steps[0].args[0]),
          confidence: 0.9,
        }
      : undefined;
  const args = step.args.slice(step === steps[0] ? shift : 0).map(call.reduce);
  return {
    library: entity.library,
    tables: [{ name: entity.table, ...(method.write ? { write: true } : {}) }],
    columns: method.roles.flatMap((role, index) => columnsIn(entity, role, args[index])),
    confidence: 0.95,
  };
}

/** The entity that a call is about, and its calls from there on. */
export function entityOf({
  raw,
  reduced,
  tables,
  repo,
}: QueryCall): { readonly entity: Entity; readonly steps: readonly Step[]; readonly shift: number } | undefined {
  // `User.findAll(…)`, `new OrderModel(…)`
  const direct = raw.base.is === 'declared' && (raw.base.path?.length ?? 0) <= 1 ? tables.entity(raw.base.id) : undefined;
  if (direct && direct.library !== 'drizzle') return { entity: direct, steps: raw.steps, shift: 0 };
  // `constructor(private orders: Repository<Order>)`
  const types = 'type' in reduced.base ? (reduced.base.type ?? []) : [];
  for (const type of types) {
    const entity = entityIn(type, (id) => tables.entity(id));
    if (entity) return { entity, steps: reduced.steps, shift: 0 };
  }
  // `getRepository(User).find()`, `em.find(User, …)`
  for (const [index, { args }] of raw.steps.entries()) {
    const [first] = args;
    const entity = first?.is === 'declared' && !first.path ? tables.entity(first.id) : undefined;
    if (entity && entity.library !== 'drizzle' && entity.library !== 'kysely') return { entity, steps: raw.steps.slice(index), shift: 1 };
  }
  // `db.User.findAll(…)` where what holds the models is filled when the program runs.
  const named = raw.members.at(-1);
  const [step] = raw.steps;
  const model =
    named !== undefined && step && (METHODS['sequelize']?.has(step.name) || METHODS['mongoose']?.has(step.name))
      ? tables.entityNamed(repo, named)
      : undefined;
  return model && (model.library === 'sequelize' || model.library === 'mongoose')
    ? { entity: model, steps: raw.steps, shift: 0 }
    : undefined;
}

function entityIn({ package: from, args = [], id }: TypeName, entity: (id: string) => Entity | undefined): Entity | undefined {
  if (id !== undefined) return entity(id);
  if (from === undefined || !isDataPackage(from)) return undefined;
  for (const { id: inner } of args[0] ?? []) {
    const found = inner === undefined ? undefined : entity(inner);
    if (found) return found;
  }
  return undefined;
}

/** `db.collection('users').find({ email })`. */
function collectionQuery({ raw, reduce }: QueryCall): DataQuery | undefined {
  const at = raw.steps.findIndex(({ name, args }) => name === 'collection' && args.length > 0);
  const first = at < 0 ? undefined : raw.steps[at]?.args[0];
  const name = textOf(first && reduce(first));
  const step = raw.steps[at + 1];
  const method = step && METHODS['mongoose']?.get(step.name);
  if (name === undefined || !step || !method) return undefined;
  const columns = method.roles.flatMap((role, index) => {
    const argument = step.args[index];
    return argument && (role === 'where' || role === 'record' || role === 'change')
      ? keysIn(reduce(argument), role !== 'where').map((key) => ({ table: name, ...key }))
      : [];
  });
  return { library: 'mongodb', tables: [{ name, ...(method.write ? { write: true } : {}) }], columns, confidence: 0.9 };
}

function columnsIn(entity: Entity, role: Role, argument: Expr | undefined): readonly DataColumn[] {
  if (!argument || role === 'none') return [];
  if (role === 'options') return OPTIONS.flatMap(([name, inner]) => columnsIn(entity, inner, entryOf(argument, name)));
  const named = role === 'field' ? textsIn(argument).map((name) => ({ name, write: false })) : keysIn(argument, role !== 'where');
  return named.flatMap(({ name, write }): DataColumn[] => {
    const of = entity.columns.filter(({ property, name: column }) => property === name || column === name);
    return of.map((column) => ({ table: entity.table, name: column.name, ...(write ? { write } : {}) }));
  });
}

/** Keys of the rows or conditions that an argument is made of, operators looked through. */
function keysIn(expr: Expr, write: boolean, depth = 0): readonly { readonly name: string; readonly write: boolean }[] {
  if (depth > DEEPEST) return [];
  if (expr.is === 'list')
    return expr.items.flatMap((item) => (item.is === 'text' ? [{ name: item.text, write }] : keysIn(item, write, depth + 1)));
  if (expr.is !== 'object') return [];
  return Object.entries(expr.entries).flatMap(([name, entry]) =>
    name.startsWith('$') ? keysIn(entry, write, depth + 1) : [{ name, write }],
  );
}

const textsIn = (expr: Expr): readonly string[] =>
  expr.is === 'text' ? [expr.text] : expr.is === 'list' ? expr.items.flatMap(textsIn) : [];
