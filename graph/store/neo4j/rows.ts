import type { UnitDelta, UnitRecord } from '../../model/delta.ts';
import { EDGE_TYPES, compare, compareEdges, type Edge, type EdgeType, type Site } from '../../model/edge.ts';
import type { Node } from '../../model/node.ts';
import type { Tier } from '../../model/provenance.ts';
import { mergeClaims } from '../claims.ts';
import { searchTextOf } from '../search-text.ts';
import { int, type Row } from './connection.ts';

/**
 * A string that Neo4j orders as JavaScript orders `text`. Its sorts go by UTF-16 unit but its indexes by code point,
 * and the two differ from U+D800 on. Those units become pairs of units of which all are below U+F800 and none is half a
 * code point; any other string is its own key.
 */
export const sortKey = (text: string): string =>
  text.replace(/[\uD800-\uFFFF]/g, (unit) => {
    const offset = unit.charCodeAt(0) - 0xd800;
    return String.fromCharCode(0xe000 + (offset >> 8), 0x100 + (offset & 0xff));
  });

/** The node that the column `claims`, pairs of unit and JSON, adds up to. */
export const nodeOf = (row: Row): Node =>
  mergeClaims((row['claims'] as readonly (readonly [string, string])[]).map(([unit, data]) => ({ unit, node: JSON.parse(data) as Node })));

/** An edge as statements return it. */
export type EdgeValues = readonly [
  unit: string,
  from: string,
  type: EdgeType,
  to: string,
  via: string | null,
  tier: Tier,
  confidence: number,
  rule: string | null,
  sites: string,
];

export const edgeOf = ([, from, type, to, via, tier, confidence, rule, sites]: EdgeValues): Edge => ({
  from,
  type,
  to,
  ...(via !== null && { via }),
  tier,
  confidence,
  ...(rule !== null && { rule }),
  sites: JSON.parse(sites) as Site[],
});

/** Edges in order; where units state the same edge, the one of the first unit. */
export function edgesOf(stated: readonly EdgeValues[]): Edge[] {
  return stated
    .map((values) => ({ unit: values[0], edge: edgeOf(values) }))
    .sort((a, b) => compareEdges(a.edge, b.edge) || compare(a.unit, b.unit))
    .map(({ edge }) => edge)
    .filter((edge, index, all) => index === 0 || compareEdges(all[index - 1]!, edge) !== 0);
}

/** Properties of a `CLAIMS` relationship. `data` is the whole node; the others are there to be found by. */
export function claimProperties(node: Node): Row {
  const [searchName, searchPath, searchDoc] = searchTextOf(node);
  return {
    kind: node.kind,
    name: node.name,
    repo: node.repo ?? null,
    file: node.file ?? null,
    data: JSON.stringify(node),
    searchName,
    searchPath,
    searchDoc,
  };
}

/** Properties of a relationship between nodes. */
export const edgeProperties = (edge: Edge, unit: string): Row => ({
  unit,
  via: edge.via ?? null,
  tier: edge.tier,
  confidence: edge.confidence,
  rule: edge.rule ?? null,
  sites: JSON.stringify(edge.sites),
});

/** What a unit says of each node; a node it names twice counts once, merged. */
export function claimsByNode({ unit, nodes }: UnitDelta): Map<string, Node> {
  const claims = new Map<string, Node>();
  for (const node of nodes) {
    const known = claims.get(node.id);
    claims.set(node.id, known ? mergeClaims([known, node].map((claim) => ({ unit: unit.id, node: claim }))) : node);
  }
  return claims;
}

/** Identity of an edge within its unit. */
export const edgeKey = ({ from, type, to, via }: Edge): string => JSON.stringify([from, type, to, via]);

/** Equal texts mean that nothing about an edge changed. */
export const edgeText = (edge: Edge): string => JSON.stringify([edge.tier, edge.confidence, edge.rule, edge.sites]);

/** What a unit says, by identity; the first statement counts. */
export function edgesByKey({ edges }: UnitDelta): Map<string, Edge> {
  return new Map(edges.toReversed().map((edge) => [edgeKey(edge), edge]));
}

/** Properties of a `UnitState`: the record, its diagnostics as JSON, and the nodes its relationships start at. */
export const stateProperties = ({ unit, edges, diagnostics }: UnitDelta): Row => ({
  unit: unit.id,
  repo: unit.repo,
  worker: unit.worker,
  path: unit.path,
  hash: unit.hash,
  state: unit.state,
  diagnostics: diagnostics.map((diagnostic) => JSON.stringify(diagnostic)),
  sources: [...new Set(edges.map((edge) => edge.from))],
});

export const unitOf = (row: Row): UnitRecord => ({
  id: row['id'] as string,
  repo: row['repo'] as string,
  worker: row['worker'] as string,
  path: row['path'] as string,
  hash: row['hash'] as string,
  state: row['state'] as string,
});

/** What people see on a `:Node`: its fields, and its props flattened; what is no scalar or list of strings is JSON. */
export function readableProperties(node: Node): Row {
  const props = Object.entries(node.props).map(([name, value]): [string, unknown] => {
    const plain = typeof value !== 'object' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
    return [name, plain ? value : JSON.stringify(value)];
  });
  return {
    ...Object.fromEntries(props),
    id: node.id,
    key: sortKey(node.id),
    kind: node.kind,
    name: node.name,
    repo: node.repo ?? null,
    file: node.file ?? null,
    line: node.span ? int(node.span.line) : null,
    endLine: node.span ? int(node.span.endLine) : null,
  };
}

/** Edges by type, and within a type by start node: the shape in which they are written. */
export function groupEdges(edges: readonly { readonly edge: Edge; readonly unit: string }[]): ReadonlyMap<EdgeType, readonly Row[]> {
  const byType = new Map<EdgeType, Map<string, Row[]>>(EDGE_TYPES.map((type) => [type, new Map()]));
  for (const { edge, unit } of edges) {
    const bySource = byType.get(edge.type)!;
    const group = bySource.get(edge.from) ?? [];
    bySource.set(edge.from, group);
    group.push({ to: edge.to, properties: edgeProperties(edge, unit) });
  }
  return new Map([...byType].map(([type, bySource]) => [type, [...bySource].map(([from, group]) => ({ from, edges: group }))]));
}
