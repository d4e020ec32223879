import { EDGE_CODE } from '../../../../graph/model/edge.ts';
import { simpleName } from '../../../../graph/model/id.ts';
import { KIND_CODE } from '../../../../graph/model/node.ts';
import { flowchart, type Arc, type Vertex } from '../../../../graph/query/diagram/mermaid.ts';
import { moduleOf } from '../../../../graph/query/module-of.ts';
import type { PlanScope } from './plan-scope.ts';

const { Table, Column, Channel, Schema } = KIND_CODE;
const TOUCHES: ReadonlySet<number> = new Set((['QUERIES', 'MAPS_TO', 'PUBLISHES', 'SUBSCRIBES'] as const).map((type) => EDGE_CODE[type]));
const MOST_THINGS = 15;
const MOST_COLUMNS = 8;

/**
 * Tables and events that the changed code reads or writes, and those that the request is about, with how tables refer to each other;
 * migrations to come dashed. Undefined where there is none of these.
 */
export function dataOf({ graph, changed, migrations, grounding, files }: PlanScope): string | undefined {
  const shown = new Set<number>();
  const tableOf = (node: number): number => (graph.kind[node] === Column ? graph.parent[node]! : node);
  const take = (node: number): number => {
    const thing = node < 0 ? -1 : tableOf(node);
    if (thing < 0 || ![Table, Channel, Schema].includes(graph.kind[thing]!)) return -1;
    if (shown.has(thing) || shown.size < MOST_THINGS) shown.add(thing);
    return shown.has(thing) ? thing : -1;
  };
  for (const { role, id } of grounding.things) if (role === 'entity' || role === 'event' || role === 'schema') take(graph.indexOf(id));
  const own = new Map(changed.map((file) => [file.module, file.path]));
  const vertices = new Map<string, Vertex>();
  const arcs: Arc[] = [];
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (!TOUCHES.has(graph.edgeType[edge]!)) continue;
    const path = own.get(moduleOf(graph, graph.edgeFrom[edge]!));
    const thing = path === undefined ? -1 : take(graph.edgeTo[edge]!);
    if (path === undefined || thing < 0) continue;
    vertices.set(path, { id: path, label: path });
    arcs.push(graph.edgeType[edge] === EDGE_CODE.SUBSCRIBES ? { from: graph.id(thing), to: path } : { from: path, to: graph.id(thing) });
  }
  for (const thing of shown) {
    const id = graph.id(thing);
    const isTable = graph.kind[thing] === Table;
    vertices.set(id, {
      id,
      label: isTable ? `${graph.nameText(thing)}${columnsOf(thing)}` : graph.nameText(thing),
      shape: isTable ? 'store' : 'queue',
    });
    for (let edge = graph.outOffsets[thing]!; edge < graph.outOffsets[thing + 1]!; edge++)
      if (graph.edgeType[edge] === EDGE_CODE.DEPENDS_ON && shown.has(graph.edgeTo[edge]!))
        arcs.push({ from: id, to: graph.id(graph.edgeTo[edge]!), label: 'refers to' });
  }
  /** `(id, email, … 3 more)` */
  function columnsOf(table: number): string {
    const names: string[] = [];
    for (let edge = graph.outOffsets[table]!; edge < graph.outOffsets[table + 1]!; edge++)
      if (graph.edgeType[edge] === EDGE_CODE.CONTAINS && graph.kind[graph.edgeTo[edge]!] === Column)
        names.push(simpleName(graph.nameText(graph.edgeTo[edge]!)));
    if (names.length === 0) return '';
    const more = names.length > MOST_COLUMNS ? `, … ${names.length - MOST_COLUMNS} more` : '';
    return ` (${names.slice(0, MOST_COLUMNS).join(', ')}${more})`;
  }
  const first = [...shown].find((thing) => graph.kind[thing] === Table);
  for (const path of migrations) {
    const isNew = !files.byPath.has(path);
    vertices.set(path, { id: path, label: path, planned: isNew });
    if (isNew && first !== undefined) arcs.push({ from: path, to: graph.id(first), label: 'planned', dotted: true });
  }
  return shown.size === 0 && migrations.length === 0 ? undefined : flowchart([...vertices.values()], arcs);
}
