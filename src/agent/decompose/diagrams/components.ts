import { EDGE_CODE, EDGE_TYPES } from '../../../../graph/model/edge.ts';
import { KIND_CODE } from '../../../../graph/model/node.ts';
import { flowchart, type Arc, type Shape, type Vertex } from '../../../../graph/query/diagram/mermaid.ts';
import { servicesOf } from '../../../../graph/query/diagram/services.ts';
import { moduleOf } from '../../../../graph/query/module-of.ts';
import { folderOf } from '../repo-files.ts';
import type { PlanScope } from './plan-scope.ts';

const { Table, DataStore, Channel, Operation, Endpoint, HttpCall } = KIND_CODE;
const SHAPE: Readonly<Record<number, Shape>> = { [Table]: 'store', [DataStore]: 'store', [Channel]: 'queue', [HttpCall]: 'outside' };
const TOLD: ReadonlySet<number> = new Set(
  (['QUERIES', 'MAPS_TO', 'PUBLISHES', 'SUBSCRIBES', 'INVOKES', 'IMPORTS', 'RE_EXPORTS'] as const).map((type) => EDGE_CODE[type]),
);
/** Things around the files that are shown. */
const MOST_AROUND = 20;

/** The modules that change and what they use, from the graph; files to be made and what they are to use, dashed. */
export function componentsOf({ graph, files, changed, made, needs }: PlanScope): string {
  const services = servicesOf(graph);
  const vertices = new Map<string, Vertex>();
  const arcs: Arc[] = [];
  const groupOf = (path: string): { readonly group?: string } => {
    const folder = files.packageOf(path);
    return folder === '' ? {} : { group: folder };
  };
  const own = new Map(changed.map((file) => [file.module, file.path]));
  for (const { path } of changed) vertices.set(path, { id: path, label: path, ...groupOf(path) });
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (!TOLD.has(graph.edgeType[edge]!)) continue;
    const [from, to] = [graph.edgeFrom[edge]!, graph.edgeTo[edge]!];
    const path = own.get(moduleOf(graph, from));
    if (path === undefined) continue;
    const inside = own.get(to);
    const target = inside === undefined ? around(graph.kind[to]!, to) : { id: inside };
    if (!target || target.id === path || (!vertices.has(target.id) && vertices.size >= changed.length + MOST_AROUND)) continue;
    if (inside === undefined && !vertices.has(target.id)) vertices.set(target.id, target as Vertex);
    const type = EDGE_TYPES[graph.edgeType[edge]!]!;
    arcs.push({
      from: path,
      to: target.id,
      label: type === 'IMPORTS' || type === 'RE_EXPORTS' ? '' : type.toLowerCase().replaceAll('_', ' '),
    });
  }
  /** A table, a channel, what is called outside, or the service that answers. */
  function around(kind: number, node: number): Vertex | undefined {
    if (kind === Operation || kind === Endpoint) {
      const service = services.of(node);
      return { id: graph.id(service < 0 ? node : service), label: graph.nameText(service < 0 ? node : service), shape: 'round' };
    }
    const shape = SHAPE[kind];
    return shape && { id: graph.id(node), label: graph.nameText(node), shape };
  }
  for (const path of made) {
    vertices.set(path, { id: path, label: path, planned: true, ...groupOf(path) });
    const near = changed.find((file) => folderOf(file.path) === folderOf(path)) ?? changed[0];
    if (near) arcs.push({ from: near.path, to: path, label: 'planned', dotted: true });
  }
  const entry = made[0] ?? changed[0]?.path;
  for (const need of needs) {
    const id = need.id ?? `needs:${need.name}`;
    if (!vertices.has(id)) vertices.set(id, { id, label: need.name, shape: 'round', planned: need.id === undefined });
    if (entry !== undefined && !arcs.some((arc) => arc.to === id)) arcs.push({ from: entry, to: id, label: 'planned', dotted: true });
  }
  return flowchart([...vertices.values()], arcs);
}
