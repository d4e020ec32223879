import { compare } from '../../../graph/model/edge.ts';
import type { NodeId } from '../../../graph/model/id.ts';
import type { CallKey, Expr, LinkKeys, Published, SchemaChange, SchemaChangeKey } from '../../keys.ts';
import { readDdl } from '../../parse/sql-ddl.ts';
import { evaluatorOf } from '../evaluate.ts';
import { replay, type SchemaState } from '../schema-state.ts';
import { chainOf, type Chain } from './chain.ts';
import { defaultOf, entryOf, isTrue, textOf } from './entity.ts';

/** Migrations written as code: Knex, Kysely, TypeORM's query runner, Sequelize's query interface; SQL given to any of them. */
export function codeSchemas(repo: string, keys: LinkKeys): readonly SchemaState[] {
  const sets = new Map<string, Published<SchemaChangeKey>[]>();
  for (const change of codeChanges(keys)) {
    if (change.repo !== repo) continue;
    const set = sets.get(change.value.set);
    if (set) set.push(change);
    else sets.set(change.value.set, [change]);
  }
  return [...sets]
    .sort(([a], [b]) => compare(a, b))
    .map(([, changes]) => replay(changes.sort((a, b) => compare(a.value.order, b.value.order))));
}

const cache = new WeakMap<LinkKeys, readonly Published<SchemaChangeKey>[]>();

export function codeChanges(keys: LinkKeys): readonly Published<SchemaChangeKey>[] {
  let known = cache.get(keys);
  if (!known) cache.set(keys, (known = find(keys)));
  return known;
}

type Call = Published<CallKey>;
const TABLE_BLOCK = /^(createTable|createTableIfNotExists|createTableLike|alterTable|table)$/;
const UNDO = /(?:^|[.#])(?:down|rollback|revert)$/;
/** What it takes to be a migration: where it lies, or what it is. */
const MIGRATIONS = /(^|\/)(migrations?|migrate|schema-changes)\//i;

function find(keys: LinkKeys): readonly Published<SchemaChangeKey>[] {
  const { reduce } = evaluatorOf(keys);
  const classes = new Set(
    keys
      .of('type')
      .flatMap(({ value }) =>
        (value.bases ?? []).some(({ name }) => /^(MigrationInterface|Migration)$/.test(name ?? '')) ? [value.id] : [],
      ),
  );
  const isMigration = ({ file, value: { from } }: Call): boolean => MIGRATIONS.test(file) || classes.has(holderOf(from));
  const calls = keys.of('call').filter(isMigration);
  const blocks = new Map<
    string,
    { readonly table: string; readonly creates: boolean; readonly line: number; readonly endLine: number }[]
  >();
  const found: Published<SchemaChangeKey>[] = [];
  const state = ({ repo, file, value }: Call, changes: readonly SchemaChange[]): void => {
    const { line, col, from } = value;
    const span = { line, col, endLine: line, endCol: col + 1 };
    const slash = file.lastIndexOf('/');
    const migration = classes.has(holderOf(from)) ? holderOf(from) : from;
    for (const change of changes)
      found.push({
        repo,
        file,
        value: { key: 'schema-change', set: file.slice(0, Math.max(slash, 0)), order: file.slice(slash + 1), migration, span, change },
      });
  };
  for (const call of calls) {
    if (undoes(call.value)) continue;
    const chain = chainOf(call.value.callee, call.value.args.map(reduce));
    const step = chain.steps.at(-1);
    if (!step) continue;
    const sql = step.args.map(sqlText).find((text) => text !== undefined);
    if (sql !== undefined) {
      state(call, readDdl(sql).changes);
      continue;
    }
    const table = textOf(step.args[0]);
    const block = step.args.find((argument) => argument.is === 'function');
    if (TABLE_BLOCK.test(step.name) && table !== undefined && block && isSchema(chain)) {
      const creates = step.name.startsWith('createTable');
      blocks.set(call.file, [...(blocks.get(call.file) ?? []), { table, creates, line: block.line, endLine: block.endLine }]);
      if (creates) state(call, [{ op: 'create-table', table }]);
      continue;
    }
    const inBlock = isInBlock(call.value.callee) ? blocks.get(call.file) : undefined;
    const around = inBlock?.findLast(({ line, endLine }) => line <= call.value.line && call.value.line <= endLine);
    state(call, around ? blockChanges(around.table, chain) : schemaChanges(chain));
  }
  return found;
}

const holderOf = (from: NodeId): NodeId => {
  const dot = from.lastIndexOf('.');
  return dot > from.indexOf('#') ? from.slice(0, dot) : from;
};

function undoes({ from, callee }: CallKey): boolean {
  const base = rootOf(callee);
  return UNDO.test(from) || (base.is === 'parameter' && UNDO.test(base.of));
}

/** What an expression hangs on; through blocks, to the parameter of the migration. */
function rootOf(expr: Expr): Expr {
  if (expr.is === 'member') return rootOf(expr.of);
  return expr.is === 'call' || expr.is === 'received' ? rootOf(expr.callee) : expr;
}

/** Inside `createTable('orders', (t) => …)`: something that `t` is told. */
function isInBlock(expr: Expr): boolean {
  if (expr.is === 'member') return isInBlock(expr.of);
  return expr.is === 'received' || (expr.is === 'call' && isInBlock(expr.callee));
}

const DDL = /^\s*(?:--[^\n]*\n\s*)*(create|alter|drop|rename|comment)\b/i;
const sqlText = (expr: Expr): string | undefined => {
  if (expr.is === 'call') return expr.args.map(sqlText).find((text) => text !== undefined);
  const text = expr.is === 'join' ? expr.parts.map((part) => (part.is === 'text' ? part.text : '_')).join('') : textOf(expr);
  return text !== undefined && DDL.test(text) ? text : undefined;
};

const isSchema = ({ members, steps, base }: Chain): boolean =>
  members.includes('schema') ||
  steps.some(({ name }) => name === 'withSchema') ||
  ('type' in base && (base.type ?? []).some(({ name }) => name === 'SchemaBuilder'));

const TYPES =
  /^(string|text|integer|bigInteger|bigint|tinyint|smallint|mediumint|int|float|double|decimal|boolean|date|datetime|timestamp|time|binary|blob|json|jsonb|uuid|enum|enu|specificType|geometry|geography|point|increments|bigIncrements)$/;

/** One line in the block of Knex's `createTable('orders', (t) => { t.string('state') })`. */
function blockChanges(table: string, { members, steps }: Chain): readonly SchemaChange[] {
  const all = members.length > 0 && steps[0]?.name === '' ? [] : steps;
  const [first, ...rest] = all;
  if (!first) return [];
  const column = textOf(first.args[0]);
  const said = (name: string): readonly Expr[] | undefined => rest.find((step) => step.name === name)?.args;
  if (first.name === 'timestamps')
    return ['created_at', 'updated_at'].map((name) => ({ op: 'add-column', table, column: name, type: 'timestamp' }));
  if (/^(increments|bigIncrements)$/.test(first.name))
    return [{ op: 'add-column', table, column: column ?? 'id', type: first.name, nullable: false, primaryKey: true }];
  if (column === undefined) return [];
  if (first.name === 'dropColumn' || first.name === 'dropColumns')
    return first.args.flatMap((argument): SchemaChange[] =>
      argument.is === 'text' ? [{ op: 'drop-column', table, column: argument.text }] : [],
    );
  if (first.name === 'renameColumn') {
    const to = textOf(first.args[1]);
    return to === undefined ? [] : [{ op: 'rename-column', table, column, to }];
  }
  const changes: SchemaChange[] = [];
  const preset = defaultOf(said('defaultTo')?.[0]);
  const isAltered = said('alter') !== undefined;
  if (TYPES.test(first.name)) {
    const type = first.name === 'specificType' ? (textOf(first.args[1]) ?? first.name) : first.name;
    changes.push({
      op: isAltered ? 'alter-column' : 'add-column',
      table,
      column,
      type,
      ...(said('notNullable') || said('primary') ? { nullable: false } : {}),
      ...(said('primary') ? { primaryKey: true } : {}),
      ...(preset === undefined ? {} : { default: preset }),
    });
  } else if (first.name === 'foreign' || first.name === 'index' || first.name === 'unique') changes.push({ op: 'touch', table, column });
  else return [];
  const [target, inTable] = [textOf(said('references')?.[0]), textOf(said('inTable')?.[0])];
  const [before, after] = target?.includes('.')
    ? [target.slice(0, target.lastIndexOf('.')), target.slice(target.lastIndexOf('.') + 1)]
    : [inTable, target];
  if (before !== undefined && after !== undefined) changes.push({ op: 'foreign-key', table, column, to: before, toColumn: after });
  return changes;
}

/** The last call of a chain on `knex.schema`, `db.schema`, a query runner or a query interface. */
function schemaChanges(chain: Chain): readonly SchemaChange[] {
  const step = chain.steps.at(-1);
  if (!step) return [];
  const { name, args } = step;
  const [first, second, third] = args;
  const table = textOf(first);
  // Kysely: `db.schema.createTable('orders').addColumn('id', 'serial')`.
  const opened = chain.steps.slice(0, -1).findLast((each) => /^(createTable|alterTable)$/.test(each.name));
  const of = isSchema(chain) ? textOf(opened?.args[0]) : undefined;
  if (of !== undefined && table !== undefined) {
    if (name === 'addColumn') return [{ op: 'add-column', table: of, column: table, ...typed(second) }];
    if (name === 'dropColumn') return [{ op: 'drop-column', table: of, column: table }];
    if (name === 'renameColumn' && second?.is === 'text') return [{ op: 'rename-column', table: of, column: table, to: second.text }];
    if (name === 'alterColumn' || name === 'modifyColumn') return [{ op: 'alter-column', table: of, column: table }];
  }
  if (name === 'createTable' && table !== undefined)
    return [
      { op: 'create-table', table },
      ...(second?.is === 'object'
        ? Object.entries(second.entries).map(([column, entry]): SchemaChange => ({ op: 'add-column', table, column, ...attributes(entry) }))
        : []),
    ];
  if (name === 'createTable' && first?.is === 'call') return newTable(first.args[0]);
  if (table === undefined) return [];
  const column = textOf(second) ?? textOf(entryOf(constructed(second), 'name'));
  switch (name) {
    case 'dropTable':
    case 'dropTableIfExists':
      return [{ op: 'drop-table', table }];
    case 'renameTable':
      return second?.is === 'text' ? [{ op: 'rename-table', table, to: second.text }] : [];
    case 'addColumn':
      return column === undefined ? [] : [{ op: 'add-column', table, column, ...attributes(third ?? constructed(second)) }];
    case 'addColumns':
      return second?.is === 'list'
        ? second.items.flatMap((item): SchemaChange[] => {
            const each = textOf(entryOf(constructed(item), 'name'));
            return each === undefined ? [] : [{ op: 'add-column', table, column: each, ...attributes(constructed(item)) }];
          })
        : [];
    case 'dropColumn':
    case 'removeColumn':
      return column === undefined ? [] : [{ op: 'drop-column', table, column }];
    case 'renameColumn':
      return column !== undefined && third?.is === 'text' ? [{ op: 'rename-column', table, column, to: third.text }] : [];
    case 'changeColumn':
      return column === undefined ? [] : [{ op: 'alter-column', table, column, ...attributes(third) }];
    case 'createForeignKey': {
      const key = constructed(second);
      const to = textOf(entryOf(key, 'referencedTableName'));
      const own = entryOf(key, 'columnNames');
      const other = entryOf(key, 'referencedColumnNames');
      const toColumn = other?.is === 'list' ? textOf(other.items[0]) : undefined;
      return to === undefined || own?.is !== 'list'
        ? []
        : own.items.flatMap((item): SchemaChange[] =>
            item.is === 'text'
              ? [{ op: 'foreign-key', table, column: item.text, to, ...(toColumn === undefined ? {} : { toColumn }) }]
              : [],
          );
    }
    default:
      return [];
  }
}

/** `new TableColumn({ … })` is the object. */
const constructed = (expr: Expr | undefined): Expr | undefined => (expr?.is === 'call' ? expr.args[0] : expr);

function newTable(options: Expr | undefined): readonly SchemaChange[] {
  const table = textOf(entryOf(options, 'name'));
  const columns = entryOf(options, 'columns');
  if (table === undefined) return [];
  return [
    { op: 'create-table', table },
    ...(columns?.is === 'list' ? columns.items : []).flatMap((item): SchemaChange[] => {
      const column = textOf(entryOf(constructed(item), 'name'));
      return column === undefined ? [] : [{ op: 'add-column', table, column, ...attributes(constructed(item)) }];
    }),
  ];
}

function attributes(expr: Expr | undefined): { readonly type?: string; readonly primaryKey?: true; readonly nullable?: boolean } {
  const [allowed, nullable] = [entryOf(expr, 'allowNull'), entryOf(expr, 'isNullable')];
  const isPrimary = isTrue(entryOf(expr, 'primaryKey')) || isTrue(entryOf(expr, 'isPrimary'));
  const isRequired = (allowed?.is === 'literal' && allowed.text === 'false') || (nullable?.is === 'literal' && nullable.text === 'false');
  return {
    ...typed(entryOf(expr, 'type')),
    ...(isPrimary ? { primaryKey: true as const } : {}),
    ...(isRequired ? { nullable: false } : {}),
  };
}

function typed(expr: Expr | undefined): { readonly type?: string } {
  const at = expr?.is === 'call' ? expr.callee : expr;
  if (at?.is === 'text') return { type: at.text };
  const last = at && 'path' in at ? at.path?.at(-1) : undefined;
  return last === undefined ? {} : { type: last };
}
