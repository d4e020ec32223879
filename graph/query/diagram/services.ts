import { EDGE_CODE } from '../../model/edge.ts';
import { KIND_CODE } from '../../model/node.ts';
import type { Snapshot } from '../../snapshot/csr.ts';
import { moduleOf } from '../module-of.ts';

const { Service, Package, Module, Api, Operation, Endpoint, Channel } = KIND_CODE;
/** What a container does over a network, and to what. */
const ACTING: ReadonlySet<number> = new Set((['INVOKES', 'HANDLES', 'PUBLISHES', 'SUBSCRIBES'] as const).map((type) => EDGE_CODE[type]));
const WIRE: ReadonlySet<number> = new Set([Operation, Endpoint, Channel]);

/**
 * Which service a piece of code, an endpoint or an operation belongs to; -1 where none is known. A package that calls or
 * serves something by itself, and that no service and no other package is made of, is one as well: a web client.
 */
export interface Services {
  readonly all: readonly number[];
  of(node: number): number;
}

const cache = new WeakMap<Snapshot, Services>();

export function servicesOf(graph: Snapshot): Services {
  let known = cache.get(graph);
  if (!known) cache.set(graph, (known = find(graph)));
  return known;
}

function find(graph: Snapshot): Services {
  const { kind, edgeType, edgeFrom, edgeTo, edgeCount, parent } = graph;
  const byPackage = new Map<number, number>();
  const byApi = new Map<number, number>();
  const alias = new Map<number, number>();
  const byModule = new Map<number, number>();
  for (let edge = 0; edge < edgeCount; edge++) {
    const [from, to, type] = [edgeFrom[edge]!, edgeTo[edge]!, edgeType[edge]!];
    if (type === EDGE_CODE.CONTAINS && kind[from] === Package && kind[to] === Module) byModule.set(to, from);
    if (kind[from] !== Service) continue;
    if (type === EDGE_CODE.DEPLOYED_AS && kind[to] === Package && !byPackage.has(to)) byPackage.set(to, from);
    if (type === EDGE_CODE.REALIZES && kind[to] === Api && !byApi.has(to)) byApi.set(to, from);
    if (type === EDGE_CODE.ALIASES && kind[to] === Service) alias.set(from, to);
  }
  const main = (service: number): number => alias.get(service) ?? service;
  const all: number[] = [];
  for (const app of applications(graph, byModule, byPackage)) {
    byPackage.set(app, app);
    all.push(app);
  }
  for (let node = 0; node < graph.nodeCount; node++) if (kind[node] === Service && !alias.has(node)) all.push(node);
  return {
    all,
    of(node) {
      if (kind[node] === Service) return main(node);
      for (let at = node; at >= 0; at = parent[at]!) {
        const service = byPackage.get(at) ?? byApi.get(at);
        if (service !== undefined) return main(service);
      }
      const module = moduleOf(graph, node);
      const service = module < 0 ? undefined : byPackage.get(byModule.get(module) ?? -1);
      return service === undefined ? -1 : main(service);
    },
  };
}

/** Packages that are run, though nothing says as what, in the order of their numbers. */
function applications(graph: Snapshot, packageOf: ReadonlyMap<number, number>, deployed: ReadonlyMap<number, number>): readonly number[] {
  const { kind, edgeType, edgeFrom, edgeTo, edgeCount } = graph;
  const tests = new Set<number>();
  const acting = new Set<number>();
  const used = new Set<number>();
  for (let edge = 0; edge < edgeCount; edge++) if (edgeType[edge] === EDGE_CODE.TESTS) tests.add(edgeTo[edge]!);
  for (let edge = 0; edge < edgeCount; edge++) {
    const [from, to, type] = [edgeFrom[edge]!, edgeTo[edge]!, edgeType[edge]!];
    if (type === EDGE_CODE.IMPORTS) {
      const [by, of] = [packageOf.get(from), kind[to] === Package ? to : packageOf.get(to)];
      if (of !== undefined && by !== of) used.add(of);
    } else if (type === EDGE_CODE.DEPENDS_ON && kind[from] === Package && kind[to] === Package) used.add(to);
    else if (ACTING.has(type) && WIRE.has(kind[to]!)) {
      const module = moduleOf(graph, from);
      const home = module < 0 || tests.has(module) ? undefined : packageOf.get(module);
      if (home !== undefined) acting.add(home);
    }
  }
  return [...acting].filter((home) => !used.has(home) && !deployed.has(home)).sort((a, b) => a - b);
}
