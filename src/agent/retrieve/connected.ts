import { compare, EDGE_CODE, type EdgeType } from '../../../graph/model/edge.ts';
import { KIND_CODE } from '../../../graph/model/node.ts';
import { dependenciesOf, dependentsOf, edgesOutOf } from '../../../graph/query/edges-of.ts';
import { relatedNodes } from '../../../graph/query/related-nodes.ts';
import type { Snapshot } from '../../../graph/snapshot/csr.ts';
import { connectionOf } from '../../retrieval/related.ts';

/** The most that is taken from a walk. */
const MOST_WALKED = 80;
/** Share of the nearest one's walks that makes a thing near. */
const NEAR = 0.06;
/** The most that being connected counts for: less than being about the same. */
const CONNECTED = 0.5;
const PART = 0.45;

/** Edges that say that two things work together, not only that both are code. */
const TELLING: ReadonlySet<number> = new Set(
  (
    [
      ...([
        'HANDLES',
        'REALIZES',
        'INVOKES',
        'PUBLISHES',
        'SUBSCRIBES',
        'HAS_SCHEMA',
        'MAPS_TO',
        'QUERIES',
        'READS_CONFIG',
        'VERIFIES',
      ] as const),
      ...(['SPECIFIES', 'SATISFIES', 'COVERS', 'TESTS', 'DOCUMENTS', 'MENTIONS', 'DEPENDS_ON', 'CALLS', 'INJECTS', 'REFINES'] as const),
      ...(['USES_TYPE', 'CHANGES', 'DERIVED_FROM'] as const),
    ] satisfies EdgeType[]
  ).map((type) => EDGE_CODE[type]),
);

const PROGRAM: ReadonlySet<number> = new Set(
  (['CALLS', 'USES_TYPE', 'INJECTS', 'MENTIONS', 'DEPENDS_ON', 'CHANGES'] satisfies EdgeType[]).map((type) => EDGE_CODE[type]),
);
const COLUMN = KIND_CODE.Column;

/** A thing by its number, how near it is, and why it is here. */
export interface Connected {
  readonly node: number;
  readonly score: number;
  readonly reason: string;
}

/** What the graph connects with some things: what handles, verifies, stores, deploys and owns them. */
export function connectedWith(graph: Snapshot, related: readonly { readonly id: string; readonly score: number }[]): readonly Connected[] {
  const starts = new Map<number, number>();
  for (const { id, score } of related) {
    const at = graph.indexOf(id);
    if (at >= 0) starts.set(at, score);
  }
  if (starts.size === 0) return [];
  const top = Math.max(...starts.values());
  const found = new Map<number, Connected>();
  const add = (node: number, score: number, reason: string): void => {
    if (!starts.has(node) && score > (found.get(node)?.score ?? 0)) found.set(node, { node, score, reason });
  };
  const walked = relatedNodes(graph, starts).filter(({ edge }) => TELLING.has(graph.edgeType[edge]!));
  const nearest = walked[0]?.score ?? 1;
  const reached = new Set(starts.keys());
  for (const near of walked.slice(0, MOST_WALKED)) {
    if (near.score < NEAR * nearest) break;
    const [from, to] = [graph.edgeFrom[near.edge]!, graph.edgeTo[near.edge]!];
    const other = from === near.node ? to : from;
    // What something calls is near it; what that calls in turn is program.
    if (!(PROGRAM.has(graph.edgeType[near.edge]!) ? starts : reached).has(other)) continue;
    if (graph.kind[near.node] !== COLUMN) reached.add(near.node);
    add(near.node, CONNECTED * top * Math.sqrt(near.score / nearest), connectionOf(graph, near));
  }
  for (const [start, score] of starts) for (const [node, reason] of calledIn(graph, start)) add(node, PART * score, reason);
  // Walks leave out what holds a thing: it says little of what belongs together, but a spec is its criteria.
  for (const [start, score] of starts) for (const [node, reason] of partsOf(graph, start)) add(node, PART * score, reason);
  for (const [start, score] of starts) for (const [node, reason] of aroundOf(graph, start)) add(node, PART * score, reason);
  return [...found.values()].sort((a, b) => b.score - a.score || compare(graph.id(a.node), graph.id(b.node)));
}

/** What a route calls that is answered where it is registered: calls of its module within its lines. */
function calledIn(graph: Snapshot, start: number): readonly (readonly [node: number, reason: string])[] {
  if (graph.kind[start] !== KIND_CODE.Endpoint) return [];
  const modules = dependentsOf(graph, start, 'HANDLES').filter((node) => graph.kind[node] === KIND_CODE.Module);
  const within = (edge: number): boolean => graph.edgeLine[edge]! >= graph.line[start]! && graph.edgeLine[edge]! <= graph.endLine[start]!;
  const called = modules.flatMap((module) => edgesOutOf(graph, module, 'CALLS').filter(within));
  return called.map((edge) => [graph.edgeTo[edge]!, `${graph.nameText(start)} calls it`] as const);
}

const SPEC = KIND_CODE.Spec;
const SPEC_PARTS = new Set([KIND_CODE.AcceptanceCriterion, KIND_CODE.Nfr]);

/** The criteria of a spec, and the spec of a criterion. */
function partsOf(graph: Snapshot, start: number): readonly (readonly [node: number, reason: string])[] {
  const kind = graph.kind[start]!;
  const spec = kind === SPEC ? start : SPEC_PARTS.has(kind) ? graph.parent[start]! : -1;
  if (spec < 0) return [];
  const parts = dependenciesOf(graph, spec, 'CONTAINS').filter((node) => SPEC_PARTS.has(graph.kind[node]!));
  const reason = `part of ${graph.nameText(spec)}`;
  return [[spec, `${graph.nameText(start)} is part of it`], ...parts.map((node) => [node, reason] as const)];
}

/** The services that a thing runs in, and who owns it: of the nearest of what holds it that has any. */
function aroundOf(graph: Snapshot, start: number): readonly (readonly [node: number, reason: string])[] {
  const holders = holdersOf(graph, start);
  const name = graph.nameText(start);
  const first = (find: (node: number) => readonly number[]): readonly number[] => holders.map(find).find((some) => some.length > 0) ?? [];
  const services = first((node) =>
    [...dependentsOf(graph, node, 'DEPLOYED_AS', 'REALIZES')].filter((each) => graph.kind[each] === KIND_CODE.Service),
  );
  const owners = first((node) => dependenciesOf(graph, node, 'OWNED_BY'));
  return [...services.map((node) => [node, `${name} runs in it`] as const), ...owners.map((node) => [node, `owns ${name}`] as const)];
}

/** A thing, what contains it, and the module it stands in, from the inside. */
export function holdersOf(graph: Snapshot, node: number): readonly number[] {
  const found = new Set<number>();
  for (let at = node; at >= 0 && !found.has(at); at = graph.parent[at]!) found.add(at);
  return [...found];
}
