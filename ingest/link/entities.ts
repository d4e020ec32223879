import { compare, factMask, type Edge } from '../../graph/model/edge.ts';
import { columnId, tableId, type NodeId } from '../../graph/model/id.ts';
import type { Node } from '../../graph/model/node.ts';
import type { LinkKeys } from '../keys.ts';
import { codeSchemas } from './data/code-migrations.ts';
import type { Entity, MappedColumn, Place } from './data/entity.ts';
import { tablesOf, type Tables } from './data/tables.ts';
import type { Linker, Links } from './linker.ts';
import { claimTable, stateTables } from './tables.ts';

/**
 * Tables that code declares: classes, constants and types that ORMs map, and migrations written as code. The code
 * decides what a table is called, so it is the provider.
 */
export const entitiesLinker: Linker = { name: 'entities', link };

function link(repo: string, keys: LinkKeys): Links {
  const nodes = new Map<NodeId, Node>();
  const edges = new Map<string, Edge>();
  const tables = tablesOf(keys);
  for (const state of codeSchemas(repo, keys)) stateTables(repo, state, nodes, edges);
  for (const entity of tables.entities) if (entity.repo === repo) stateEntity(entity, tables, nodes, edges);
  return { nodes: [...nodes.values()].sort((a, b) => compare(a.id, b.id)), edges: [...edges.values()] };
}

function stateEntity(entity: Entity, tables: Tables, nodes: Map<NodeId, Node>, edges: Map<string, Edge>): void {
  const { repo, table, at } = entity;
  const id = tableId(repo, table);
  const add = (from: NodeId, type: Edge['type'], to: NodeId, rule: string, explicit: boolean, { file, line, col }: Place): void => {
    const key = `${from}\n${type}\n${to}`;
    const isMapping = type === 'MAPS_TO';
    const site = { line, col, file, ...(isMapping ? { facts: factMask('provider') } : {}) };
    const known = edges.get(key);
    if (!known)
      edges.set(key, { from, type, to, tier: explicit ? 'declared' : 'heuristic', confidence: explicit ? 1 : 0.9, rule, sites: [site] });
    else if (!known.sites.some((other) => other.line === line && other.col === col && other.file === file)) known.sites.push(site);
  };
  const rule = `${entity.library}-entity`;
  const dot = table.lastIndexOf('.');
  claimTable(nodes, { id, kind: 'Table', name: table, repo, ...placed(at), props: dot < 0 ? {} : { schema: table.slice(0, dot) } });
  for (const from of [entity.id, ...(entity.aliases ?? [])]) add(from, 'MAPS_TO', id, rule, entity.explicit, at);
  for (const column of entity.columns) {
    const inner = columnId(repo, table, column.name);
    claimTable(nodes, columnNode(repo, inner, table, column));
    add(id, 'CONTAINS', inner, rule, entity.explicit && column.explicit, column.at);
    add(column.id, 'MAPS_TO', inner, rule, column.explicit, column.at);
    const target = column.references && tables.entity(column.references.entity);
    if (!target) continue;
    const other = tableId(target.repo, target.table);
    if (other !== id) add(id, 'DEPENDS_ON', other, 'foreign-key', true, column.at);
    const key = referenced(target, column.references?.property);
    if (key)
      add(inner, 'DEPENDS_ON', columnId(target.repo, target.table, key.name), 'foreign-key', key.explicit || column.explicit, column.at);
  }
}

/** The column that a property, or the primary key, is kept in. */
function referenced({ columns }: Entity, property: string | undefined): MappedColumn | undefined {
  if (property !== undefined) return columns.find((column) => column.property === property || column.name === property);
  return columns.find(({ primaryKey }) => primaryKey) ?? columns.find(({ property: name }) => name === 'id' || name === '_id');
}

function columnNode(
  repo: string,
  id: NodeId,
  table: string,
  { name, type, nullable, primaryKey, default: preset, at }: MappedColumn,
): Node {
  const props = {
    ...(type === undefined ? {} : { type }),
    ...(nullable ? { nullable } : {}),
    ...(primaryKey ? { primaryKey } : {}),
    ...(preset === undefined ? {} : { default: preset }),
  };
  return { id, kind: 'Column', name: `${table}.${name}`, repo, ...placed(at), props };
}

/** Only the beginning is known of what code declares. */
const placed = ({ file, line, col }: Place): Pick<Node, 'file' | 'span'> => ({ file, span: { line, col, endLine: line, endCol: col + 1 } });
