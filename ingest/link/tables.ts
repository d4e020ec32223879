import { compare, type Edge, type EdgeType } from '../../graph/model/edge.ts';
import { columnId, tableId, type NodeId } from '../../graph/model/id.ts';
import { standingOf, type Node } from '../../graph/model/node.ts';
import type { LinkKeys, Published, SchemaChangeKey } from '../keys.ts';
import type { Linker, Links } from './linker.ts';
import { replay, type ColumnState, type Place, type SchemaState, type TableState } from './schema-state.ts';

/**
 * Tables and columns as they are when every schema file and migration of a set has been applied in order: created,
 * renamed and dropped. Foreign keys, views and the migrations that changed them follow renames.
 */
export const tablesLinker: Linker = { name: 'tables', link };

function link(repo: string, keys: LinkKeys): Links {
  const nodes = new Map<NodeId, Node>();
  const edges = new Map<string, Edge>();
  for (const state of schemasOf(repo, keys)) stateTables(repo, state, nodes, edges);
  return { nodes: [...nodes.values()].sort((a, b) => compare(a.id, b.id)), edges: [...edges.values()] };
}

/** What the changes of a repository add up to, one state for each set. */
export function schemasOf(repo: string, keys: LinkKeys): readonly SchemaState[] {
  const sets = new Map<string, Published<SchemaChangeKey>[]>();
  for (const published of keys.of('schema-change')) {
    if (published.repo !== repo) continue;
    const set = sets.get(published.value.set);
    if (set) set.push(published);
    else sets.set(published.value.set, [published]);
  }
  return [...sets]
    .sort(([a], [b]) => compare(a, b))
    .map(([, changes]) => replay(changes.sort((a, b) => compare(a.value.order, b.value.order))));
}

/** Tables of a repository as they are in the end, with their columns: names as created. */
export function currentTables(repo: string, keys: LinkKeys): ReadonlyMap<string, readonly string[]> {
  const tables = new Map<string, string[]>();
  for (const state of schemasOf(repo, keys))
    for (const { name, columns } of state.tables.values())
      tables.set(name, [...new Set([...(tables.get(name) ?? []), ...[...columns.values()].map((column) => column.name)])]);
  return tables;
}

/** States a schema as it is in the end. */
export function stateTables(repo: string, state: SchemaState, nodes: Map<NodeId, Node>, edges: Map<string, Edge>): void {
  const idOf = (thing: TableState | ColumnState): NodeId =>
    'columns' in thing ? tableId(repo, thing.name) : columnId(repo, thing.table.name, thing.name);
  const add = (from: NodeId, type: EdgeType, to: NodeId, rule: string, { file, span }: Place): void => {
    const key = `${from}\n${type}\n${to}`;
    const site = { line: span.line, col: span.col, file };
    const known = edges.get(key);
    if (!known) edges.set(key, { from, type, to, tier: 'declared', confidence: 1, rule, sites: [site] });
    else if (!known.sites.some(({ line, col, file: at }) => line === site.line && col === site.col && at === file)) known.sites.push(site);
  };
  for (const table of state.tables.values()) {
    const id = idOf(table);
    claimTable(nodes, tableNode(repo, id, table));
    if (table.store !== undefined) add(table.store, 'CONTAINS', id, 'datasource', table.at);
    for (const column of table.columns.values()) {
      const inner = idOf(column);
      claimTable(nodes, columnNode(repo, inner, column, state));
      add(id, 'CONTAINS', inner, 'schema', column.at);
    }
    for (const key of table.foreignKeys) {
      const target = standing(key, state);
      if (!target) continue;
      if (target !== table) add(id, 'DEPENDS_ON', idOf(target), 'foreign-key', key.at);
      const other = key.toColumn === undefined ? primaryKeyOf(target) : columnNamed(target, key.toColumn);
      if (other && key.column) add(idOf(key.column), 'DEPENDS_ON', idOf(other), 'foreign-key', key.at);
    }
    for (const use of table.uses) {
      const target = standing(use, state);
      if (!target || target === table) continue;
      if (use.column === undefined) add(id, 'QUERIES', idOf(target), 'view', use.at);
      else for (const column of usedColumns(target, use.column)) add(id, 'QUERIES', idOf(column), 'view', use.at);
    }
  }
  for (const { migration, thing, at } of state.events) add(migration, 'CHANGES', idOf(thing), 'migration', at);
}

/** Claims a table or column. Of several claims the first tells what it is; it stands where the first definition of today is. */
export function claimTable(nodes: Map<NodeId, Node>, node: Node): void {
  const known = nodes.get(node.id);
  if (!known) nodes.set(node.id, node);
  else if (standingOf(node) < standingOf(known)) {
    const { file: _file, span: _span, standing: _standing, ...said } = known;
    const { file, span, standing } = node;
    nodes.set(node.id, {
      ...said,
      ...(file === undefined ? {} : { file }),
      ...(span ? { span } : {}),
      ...(standing ? { standing } : {}),
    });
  }
}

/** The table that was meant, or the one that has taken its name: SQLite changes a table by building it anew. */
const standing = (
  { to, toName }: { readonly to: TableState | undefined; readonly toName: string },
  state: SchemaState,
): TableState | undefined => (to && state.tables.get(to.name.toLowerCase()) === to ? to : state.find(toName));

const columnNamed = ({ columns }: TableState, name: string): ColumnState | undefined =>
  columns.get(name.toLowerCase()) ?? [...columns.values()].find(({ facts }) => facts.property === name);

const usedColumns = (table: TableState, name: string): readonly ColumnState[] =>
  name === '*' ? [...table.columns.values()] : [columnNamed(table, name)].filter((column) => column !== undefined);

function primaryKeyOf({ columns }: TableState): ColumnState | undefined {
  const keys = [...columns.values()].filter(({ facts }) => facts.primaryKey);
  return keys.length === 1 ? keys[0] : keys.length === 0 ? columns.get('id') : undefined;
}

function tableNode(repo: string, id: NodeId, { name, view, doc, at }: TableState): Node {
  const dot = name.lastIndexOf('.');
  const props = {
    ...(dot < 0 ? {} : { schema: name.slice(0, dot) }),
    ...(view ? { view } : {}),
    ...(doc ? { doc: doc.slice(0, 300) } : {}),
  };
  return { id, kind: 'Table', name, repo, ...at, props };
}

function columnNode(repo: string, id: NodeId, { name, table, facts, at }: ColumnState, state: SchemaState): Node {
  const { type, nullable, primaryKey, doc } = facts;
  const values =
    type === undefined
      ? undefined
      : state.enums.get(
          type
            .replaceAll(/["[\]]/g, '')
            .replace(/^public\./i, '')
            .toLowerCase(),
        );
  const text = [doc, values && `One of: ${values.join(', ')}.`].filter(Boolean).join(' ');
  const props = {
    ...(type === undefined ? {} : { type }),
    // A column may be null unless it says otherwise; a view's may be what its query gives.
    ...(nullable !== false && !primaryKey && !table.view ? { nullable: true } : {}),
    ...(primaryKey ? { primaryKey } : {}),
    ...(facts.default === undefined || facts.default === null ? {} : { default: facts.default }),
    ...(text === '' ? {} : { doc: text.slice(0, 300) }),
  };
  return { id, kind: 'Column', name, repo, ...at, props };
}
