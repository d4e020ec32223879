import { EDGE_CODE } from '../../model/edge.ts';
import { parseId, UNKNOWN_HOST } from '../../model/id.ts';
import { KIND_CODE } from '../../model/node.ts';
import type { Snapshot } from '../../snapshot/csr.ts';
import { flowchart, type Arc, type Vertex } from './mermaid.ts';
import { servicesOf } from './services.ts';

const { Service, Channel, Table, HttpCall, Operation, Endpoint, DataStore } = KIND_CODE;

/** C4 level 2: the services, what they call, publish, receive and store. */
export function containerDiagram(graph: Snapshot): string {
  const { vertices, arcs } = containers(graph, true);
  return flowchart(vertices, arcs);
}

/** C4 level 1: the system as one box, and what stands outside of it. */
export function contextDiagram(graph: Snapshot): string {
  const { vertices, arcs } = containers(graph, false);
  const outside = vertices.filter(({ shape }) => shape === 'outside');
  const systems = vertices.filter(({ group }) => group !== undefined).map(({ group }) => group!);
  const boxes = [...new Set(systems)].map((group): Vertex => ({ id: `system:${group}`, label: group }));
  const systemOf = new Map(vertices.map(({ id, group }) => [id, group === undefined ? id : `system:${group}`]));
  return flowchart(
    [...boxes, ...outside],
    arcs.map(({ from, to }) => ({ from: systemOf.get(from) ?? from, to: systemOf.get(to) ?? to })),
  );
}

function containers(graph: Snapshot, detailed: boolean): { readonly vertices: readonly Vertex[]; readonly arcs: readonly Arc[] } {
  const { kind, edgeType, edgeFrom, edgeTo, edgeCount } = graph;
  const services = servicesOf(graph);
  const vertices = new Map<string, Vertex>();
  const calls = new Map<string, Set<string>>();
  const add = (node: number, vertex: Omit<Vertex, 'id'>): string => {
    const id = graph.id(node);
    if (!vertices.has(id)) vertices.set(id, { id, ...vertex });
    return id;
  };
  const service = (node: number): string => add(node, { label: plainName(graph.nameText(node)), group: repoOf(graph.id(node)) });
  for (const node of services.all) service(node);
  const connect = (from: string, to: string, label: string): void => {
    const key = JSON.stringify([from, to]);
    calls.set(key, (calls.get(key) ?? new Set()).add(label));
  };
  for (let edge = 0; edge < edgeCount; edge++) {
    const [from, to, type] = [edgeFrom[edge]!, edgeTo[edge]!, edgeType[edge]!];
    const owner = services.of(from);
    if (owner < 0) continue;
    if (type === EDGE_CODE.INVOKES && (kind[to] === Operation || kind[to] === Endpoint)) {
      const called = services.of(to);
      if (called >= 0 && called !== owner) connect(service(owner), service(called), graph.nameText(to));
    } else if (type === EDGE_CODE.INVOKES && kind[to] === HttpCall) {
      const host = hostOf(graph.id(to));
      if (host === undefined) continue;
      vertices.set(`outside:${host}`, { id: `outside:${host}`, label: host, shape: 'outside' });
      connect(service(owner), `outside:${host}`, 'HTTP');
    } else if (type === EDGE_CODE.DEPENDS_ON && kind[from] === Service && kind[to] === Service) {
      const other = services.of(to);
      if (other !== owner) connect(service(owner), service(other), '');
    } else if (detailed && type === EDGE_CODE.PUBLISHES && kind[to] === Channel) {
      connect(service(owner), add(to, { label: graph.nameText(to), shape: 'queue' }), 'publishes');
    } else if (detailed && type === EDGE_CODE.SUBSCRIBES && kind[to] === Channel) {
      connect(add(to, { label: graph.nameText(to), shape: 'queue' }), service(owner), 'delivers');
    } else if (detailed && (type === EDGE_CODE.QUERIES || type === EDGE_CODE.MAPS_TO) && (kind[to] === Table || kind[to] === DataStore)) {
      connect(service(owner), add(to, { label: graph.nameText(to), shape: 'store' }), '');
    }
  }
  const arcs = [...calls].map(([key, labels]): Arc => {
    const [from, to] = JSON.parse(key) as [string, string];
    const told = [...labels].filter((label) => label !== '').sort();
    return { from, to, label: told.length > 3 ? `${told.slice(0, 3).join(', ')}, … ${told.length - 3} more` : told.join(', ') };
  });
  return { vertices: [...vertices.values()], arcs };
}

/** `web-client` of the package `@acme/web-client`. */
const plainName = (name: string): string => name.replace(/^@[^/]*\//, '');

const repoOf = (id: string): string => parseId(id)?.repo ?? '';

const hostOf = (id: string): string | undefined => {
  const host = parseId(id)?.path;
  return host === '' || host === UNKNOWN_HOST ? undefined : host;
};
