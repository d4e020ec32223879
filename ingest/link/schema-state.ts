import type { NodeId } from '../../graph/model/id.ts';
import type { Span } from '../../graph/model/provenance.ts';
import type { ColumnFacts, Published, SchemaChange, SchemaChangeKey } from '../keys.ts';

export interface Place {
  readonly file: string;
  readonly span: Span;
  /** It is a step of a history, not what holds today. */
  readonly standing?: 'migration';
}

export interface ColumnState {
  name: string;
  readonly table: TableState;
  facts: ColumnFacts;
  /** The statement that defined it last. */
  at: Place;
}

export interface ForeignKey {
  readonly constraint: string | undefined;
  readonly column: ColumnState | undefined;
  /** The table at the time; a later rename of it is followed. */
  readonly to: TableState | undefined;
  readonly toName: string;
  readonly toColumn: string | undefined;
  readonly at: Place;
}

/** What the query of a view names. */
export interface Use {
  readonly to: TableState | undefined;
  readonly toName: string;
  readonly column: string | undefined;
  readonly at: Place;
}

export interface TableState {
  name: string;
  view: boolean;
  doc: string | undefined;
  at: Place;
  store: NodeId | undefined;
  /** Prisma's name for it. */
  model: string | undefined;
  dropped: boolean;
  /** By name in small letters. */
  readonly columns: Map<string, ColumnState>;
  /** Columns that it had: names in small letters. */
  readonly removed: Set<string>;
  foreignKeys: ForeignKey[];
  uses: Use[];
}

/** A migration changed a table or column, which may be gone by now, or be called otherwise. */
export interface ChangeEvent {
  readonly migration: NodeId;
  readonly thing: TableState | ColumnState;
  readonly at: Place;
}

export interface SchemaState {
  /** By name in small letters. */
  readonly tables: ReadonlyMap<string, TableState>;
  readonly enums: ReadonlyMap<string, readonly string[]>;
  readonly events: readonly ChangeEvent[];
  find(name: string): TableState | undefined;
}

/**
 * What changes add up to, in the given order. A schema file says of a table that migrations create what it is in the
 * end, since such files are generated or kept up to date; of one that they only change, what it is in the beginning.
 */
export function replay(changes: readonly Published<SchemaChangeKey>[]): SchemaState {
  const schema = run(changes.filter(({ value }) => value.migration === undefined));
  const migrations = changes.filter(({ value }) => value.migration !== undefined);
  if (migrations.length === 0) return schema;
  const created = new Set<string>();
  for (const { change } of migrations.map(({ value }) => value)) {
    if (change.op === 'create-table') created.add(change.table.toLowerCase());
    if (change.op === 'rename-table') created.add(change.to.toLowerCase());
  }
  const all = [...schema.tables];
  const state = run(migrations, new Map(all.filter(([name]) => !created.has(name))), new Map(schema.enums));
  for (const [name, table] of all) if (created.has(name)) settle(state.tables, name, table);
  return state;
}

/** Adds to a table what a schema file says of it besides. It stands where that says what it is, not where it once came from. */
function settle(tables: Map<string, TableState>, name: string, final: TableState): void {
  const table = tables.get(name);
  if (!table) {
    // Dropped since the file was written, unless it is what the migrations are generated from.
    if (final.model !== undefined) tables.set(name, final);
    return;
  }
  // What the migrations are generated from has the say in how it is spelled.
  if (final.model !== undefined) table.name = final.name;
  table.model ??= final.model;
  table.doc ??= final.doc;
  table.store ??= final.store;
  table.at = final.at;
  if (table.view) return;
  for (const [key, column] of final.columns) {
    const known = table.columns.get(key);
    if (known) Object.assign(known, { facts: { ...column.facts, ...known.facts }, at: column.at });
    else if (final.model !== undefined || !table.removed.has(key)) table.columns.set(key, { ...column, table });
  }
  if (final.model === undefined) return;
  for (const key of final.foreignKeys) {
    const column = table.columns.get(key.column?.name.toLowerCase() ?? '');
    const isKnown = table.foreignKeys.some((other) => other.column === column && other.toName.toLowerCase() === key.toName.toLowerCase());
    if (column && !isKnown) table.foreignKeys.push({ ...key, column });
  }
}

/** Applies changes in the given order. What they change without anybody having created it must exist all the same. */
function run(
  changes: readonly Published<SchemaChangeKey>[],
  tables = new Map<string, TableState>(),
  enums = new Map<string, readonly string[]>(),
): SchemaState & { readonly tables: Map<string, TableState> } {
  const events: ChangeEvent[] = [];
  const find = (name: string): TableState | undefined => {
    const known = tables.get(name.toLowerCase());
    if (known || name.includes('.')) return known;
    // The search path may name the schema; another file of a Prisma schema, the model.
    const others = [...tables.values()].filter(
      (table) => table.model === name || table.name.toLowerCase().endsWith(`.${name.toLowerCase()}`),
    );
    return others.length === 1 ? others[0] : undefined;
  };
  for (const { file, value } of changes) {
    const at: Place = { file, span: value.span, ...(value.migration === undefined ? {} : { standing: 'migration' }) };
    const touch = (thing: TableState | ColumnState | undefined): void => {
      if (thing && value.migration !== undefined) events.push({ migration: value.migration, thing, at });
    };
    const tableOf = (name: string): TableState => {
      let table = find(name);
      if (!table) {
        table = {
          name,
          view: false,
          doc: undefined,
          at,
          store: value.store,
          model: undefined,
          dropped: false,
          columns: new Map(),
          removed: new Set(),
          foreignKeys: [],
          uses: [],
        };
        tables.set(name.toLowerCase(), table);
      }
      return table;
    };
    const columnOf = (table: TableState, name: string): ColumnState => {
      let column = table.columns.get(name.toLowerCase());
      if (!column) table.columns.set(name.toLowerCase(), (column = { name, table, facts: {}, at }));
      return column;
    };
    apply(value.change, at, { tables, enums, find, tableOf, columnOf, touch });
  }
  return { tables, enums, events, find };
}

interface Stage {
  readonly tables: Map<string, TableState>;
  readonly enums: Map<string, readonly string[]>;
  find(name: string): TableState | undefined;
  /** Finds it, or makes it up. */
  tableOf(name: string): TableState;
  columnOf(table: TableState, name: string): ColumnState;
  touch(thing: TableState | ColumnState | undefined): void;
}

function apply(change: SchemaChange, at: Place, stage: Stage): void {
  const { tables, enums, find, tableOf, columnOf, touch } = stage;
  switch (change.op) {
    case 'create-table': {
      const table = tableOf(change.table);
      Object.assign(table, { at, view: change.view ?? false, doc: change.doc ?? table.doc, model: change.model ?? table.model });
      if (change.view) {
        table.uses = [];
        table.columns.clear();
      }
      return touch(table);
    }
    case 'drop-table': {
      const table = find(change.table);
      if (!table) return;
      table.dropped = true;
      tables.delete(keyOf(tables, table));
      touch(table);
      for (const column of table.columns.values()) touch(column);
      return;
    }
    case 'rename-table': {
      const table = tableOf(change.table);
      tables.delete(keyOf(tables, table));
      const there = tables.get(change.to.toLowerCase());
      // It exists under the new name already: it is the same table.
      if (there) for (const [key, column] of there.columns) if (!table.columns.has(key)) table.columns.set(key, { ...column, table });
      Object.assign(table, { name: change.to, at });
      tables.set(change.to.toLowerCase(), table);
      return touch(table);
    }
    case 'like-table': {
      const table = tableOf(change.table);
      for (const { name, facts } of find(change.to)?.columns.values() ?? []) columnOf(table, name).facts = facts;
      return;
    }
    case 'add-column':
    case 'alter-column': {
      const table = tableOf(change.table);
      const isNew = !table.columns.has(change.column.toLowerCase());
      const column = columnOf(table, change.column);
      const { op, table: _table, column: _column, ...facts } = change;
      column.facts = { ...column.facts, ...facts };
      // A key that names a column does not define it.
      if (isNew || op === 'add-column' || facts.primaryKey === undefined) column.at = at;
      return touch(column);
    }
    case 'drop-column': {
      const table = find(change.table);
      const column = table?.columns.get(change.column.toLowerCase());
      if (!table || !column) return;
      table.columns.delete(change.column.toLowerCase());
      table.removed.add(change.column.toLowerCase());
      table.foreignKeys = table.foreignKeys.filter((key) => key.column !== column);
      return touch(column);
    }
    case 'rename-column': {
      const table = tableOf(change.table);
      const [from, to] = [change.column.toLowerCase(), change.to.toLowerCase()];
      // A schema file that was written later has the new name already.
      const column = table.columns.get(from) ?? table.columns.get(to) ?? columnOf(table, change.column);
      table.columns.delete(from);
      if (from !== to) table.removed.add(from);
      Object.assign(column, { name: change.to, at });
      table.columns.set(to, column);
      return touch(column);
    }
    case 'foreign-key': {
      const table = tableOf(change.table);
      const column = columnOf(table, change.column);
      const { constraint, to, toColumn } = change;
      const same = (key: ForeignKey): boolean => key.column === column && key.toName.toLowerCase() === to.toLowerCase();
      table.foreignKeys = table.foreignKeys.filter((key) => !same(key));
      table.foreignKeys.push({ constraint, column, to: find(to), toName: to, toColumn, at });
      return touch(column);
    }
    case 'drop-constraint': {
      const table = find(change.table);
      if (!table) return;
      const isMeant = ({ constraint }: ForeignKey): boolean => constraint?.toLowerCase() === change.constraint.toLowerCase();
      for (const { column } of table.foreignKeys.filter(isMeant)) touch(column);
      table.foreignKeys = table.foreignKeys.filter((key) => !isMeant(key));
      return touch(table);
    }
    case 'comment': {
      const table = tableOf(change.table);
      if (change.column === undefined) table.doc = change.doc;
      else {
        const column = columnOf(table, change.column);
        column.facts = { ...column.facts, doc: change.doc };
      }
      return;
    }
    case 'touch':
      return touch(find(change.table)?.columns.get(change.column.toLowerCase()));
    case 'uses': {
      const among = (change.among ?? [change.to]).map((name) => ({ name, table: find(name) }));
      const column = change.toColumn;
      const chosen =
        among.find(({ table }) => column === undefined || column === '*' || table?.columns.has(column.toLowerCase())) ?? among[0];
      if (chosen) tableOf(change.table).uses.push({ to: chosen.table, toName: chosen.name, column, at });
      return;
    }
    case 'enum': {
      const key = change.table.toLowerCase();
      enums.set(key, change.add ? [...(enums.get(key) ?? []), ...change.values] : change.values);
      if (change.add)
        for (const table of tables.values())
          for (const column of table.columns.values()) if (column.facts.type?.replaceAll('"', '').toLowerCase() === key) touch(column);
    }
  }
}

function keyOf(tables: ReadonlyMap<string, TableState>, table: TableState): string {
  const key = table.name.toLowerCase();
  return tables.get(key) === table ? key : '';
}
