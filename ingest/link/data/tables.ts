import { columnId, tableId, type NodeId } from '../../../graph/model/id.ts';
import type { LinkKeys, TableKey } from '../../keys.ts';
import { currentTables } from '../tables.ts';
import { codeSchemas } from './code-migrations.ts';
import { decoratedEntities } from './typeorm.ts';
import { drizzleEntities } from './drizzle.ts';
import type { Entity, MappedColumn } from './entity.ts';
import { mongooseEntities } from './mongoose.ts';
import { foldedName, plural } from './names.ts';
import { sequelizeEntities } from './sequelize.ts';
import { entitySchemas, kyselyEntities, objectionEntities } from './typed-tables.ts';

/** A table that something declares. */
export interface KnownTable {
  readonly repo: string;
  readonly name: string;
  readonly id: NodeId;
  /** It may have columns that are not declared. */
  readonly open: boolean;
  /** The id of a column; undefined when the table has none of that name. Compared without regard to case. */
  column(name: string): NodeId | undefined;
}

/** Tables of all repositories, and the code that stands for them. */
export interface Tables {
  readonly entities: readonly Entity[];
  /** Declarations that stand for a table. */
  entity(id: NodeId): Entity | undefined;
  /** By what code calls it: `User`, of a repository. */
  entityNamed(repo: string, name: string): Entity | undefined;
  /** By table. */
  entitiesOf(table: NodeId): readonly Entity[];
  /** Of the repository; else the only other one that declares a table of that name. */
  find(repo: string, name: string): KnownTable | undefined;
  /** The model of a Prisma schema by what its client calls it: `orderItem`. */
  model(repo: string, accessor: string): TableKey | undefined;
}

const cache = new WeakMap<LinkKeys, Tables>();

export function tablesOf(keys: LinkKeys): Tables {
  let known = cache.get(keys);
  if (!known) cache.set(keys, (known = createTables(keys)));
  return known;
}

interface Entry {
  readonly repo: string;
  readonly name: string;
  open: boolean;
  /** By name in small letters. */
  readonly columns: Map<string, string>;
}

function createTables(keys: LinkKeys): Tables {
  /** By repository, then by name in small letters. */
  const tables = new Map<string, Map<string, Entry>>();
  const everywhere = new Map<string, Entry[]>();
  const note = (repo: string, name: string, columns: Iterable<string>, open: boolean): void => {
    const known = tables.get(repo) ?? new Map<string, Entry>();
    tables.set(repo, known);
    const folded = name.toLowerCase();
    let entry = known.get(folded);
    if (!entry) {
      known.set(folded, (entry = { repo, name, open: false, columns: new Map() }));
      everywhere.set(folded, [...(everywhere.get(folded) ?? []), entry]);
    }
    entry.open ||= open;
    for (const column of columns) if (!entry.columns.has(column.toLowerCase())) entry.columns.set(column.toLowerCase(), column);
  };
  const models = new Map<string, TableKey>();
  for (const { repo, value } of keys.of('table')) if (value.model !== undefined) models.set(`${repo}\n${value.model.toLowerCase()}`, value);
  const repos = new Set(
    ['schema-change', 'call', 'value', 'decorated', 'table'].flatMap((kind) => keys.of(kind as 'call').map(({ repo }) => repo)),
  );
  for (const repo of repos) {
    for (const [name, columns] of currentTables(repo, keys)) note(repo, name, columns, columns.length === 0);
    for (const state of codeSchemas(repo, keys))
      for (const table of state.tables.values())
        note(
          repo,
          table.name,
          [...table.columns.values()].map(({ name }) => name),
          table.columns.size === 0,
        );
  }
  const read = [
    ...decoratedEntities(keys),
    ...entitySchemas(keys),
    ...drizzleEntities(keys),
    ...mongooseEntities(keys),
    ...sequelizeEntities(keys),
    ...objectionEntities(keys),
    ...kyselyEntities(keys),
  ];
  // What a convention makes of names is put right by what schemas and migrations call them.
  const entities = read.map((entity) => adapted(entity, tables.get(entity.repo)));
  for (const { repo, table, columns, open } of entities)
    note(
      repo,
      table,
      columns.map(({ name }) => name),
      open ?? false,
    );

  const byId = new Map<NodeId, Entity>();
  const byName = new Map<string, Entity>();
  const byTable = new Map<NodeId, Entity[]>();
  for (const entity of entities) {
    for (const id of [entity.id, ...(entity.aliases ?? [])]) if (!byId.has(id)) byId.set(id, entity);
    if (!byName.has(`${entity.repo}\n${entity.name}`)) byName.set(`${entity.repo}\n${entity.name}`, entity);
    const id = tableId(entity.repo, entity.table);
    byTable.set(id, [...(byTable.get(id) ?? []), entity]);
  }
  const knownOf = ({ repo, name, open, columns }: Entry): KnownTable => ({
    repo,
    name,
    id: tableId(repo, name),
    open,
    column: (column) => {
      const found = columns.get(column.toLowerCase());
      return found === undefined ? undefined : columnId(repo, name, found);
    },
  });
  const find = (repo: string, name: string): KnownTable | undefined => {
    const folded = name.toLowerCase();
    const own = tables.get(repo)?.get(folded) ?? unqualified(tables.get(repo), folded);
    if (own) return knownOf(own);
    const others = everywhere.get(folded) ?? [];
    return others.length === 1 && others[0] ? knownOf(others[0]) : undefined;
  };
  return {
    entities,
    entity: (id) => byId.get(id),
    entityNamed: (repo, name) => byName.get(`${repo}\n${name}`),
    entitiesOf: (table) => byTable.get(table) ?? [],
    find,
    model: (repo, accessor) => models.get(`${repo}\n${accessor.toLowerCase()}`),
  };
}

/** The only table of a schema that is not named. */
function unqualified(tables: ReadonlyMap<string, Entry> | undefined, name: string): Entry | undefined {
  if (!tables || name.includes('.')) return undefined;
  const found = [...tables].filter(([table]) => table.endsWith(`.${name}`));
  return found.length === 1 ? found[0]?.[1] : undefined;
}

function adapted(entity: Entity, declared: ReadonlyMap<string, Entry> | undefined): Entity {
  if (!declared) return entity;
  let { table } = entity;
  if (!entity.explicit && !declared.has(table.toLowerCase())) {
    const folded = new Set([foldedName(table), foldedName(plural(table))]);
    const alike = [...declared.values()].filter(({ name }) => folded.has(foldedName(name)));
    if (alike.length === 1 && alike[0]) table = alike[0].name;
  }
  const known = declared.get(table.toLowerCase());
  if (!known) return entity;
  const columns = entity.columns.map((column): MappedColumn => {
    if (known.columns.has(column.name.toLowerCase()))
      return { ...column, name: known.columns.get(column.name.toLowerCase()) ?? column.name };
    if (column.explicit) return column;
    const alike = [...known.columns.values()].filter((name) => foldedName(name) === foldedName(column.name));
    return alike.length === 1 && alike[0] !== undefined ? { ...column, name: alike[0] } : column;
  });
  // Nothing in the class says which of its members are columns.
  const isTold = entity.library !== 'objection' || known.columns.size === 0;
  return { ...entity, table: known.name, columns: isTold ? columns : columns.filter(({ name }) => known.columns.has(name.toLowerCase())) };
}
