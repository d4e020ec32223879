import { isWholeFile, isWordSet, type Chunk } from '../../model/chunk.ts';
import type { GraphDelta, UnitRecord } from '../../model/delta.ts';
import { compare, compareEdges, type Edge, type EdgeType, type Site } from '../../model/edge.ts';
import { standingOf, type Node } from '../../model/node.ts';
import type { Tier } from '../../model/provenance.ts';
import { claimsOf, mergeClaims } from '../claims.ts';
import { chunkTextOf, searchTextOf } from '../search-text.ts';
import { int, type Row } from './connection.ts';
import { COLLECTIONS, termsProperty } from './cypher.ts';

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

/** A unit's statement as rows to write: converted when it is applied, so that one that cannot be stored fails there. */
export interface StatedUnit {
  readonly id: string;
  /** Properties of the `UnitState`; undefined when the unit is removed. */
  readonly state: Row | undefined;
  /** By node. */
  readonly claims: ReadonlyMap<string, StatedClaim>;
  /** By {@link edgeKey}. */
  readonly edges: ReadonlyMap<string, StatedEdge>;
  /** Properties of the `Chunk`s. */
  readonly chunks: readonly Row[];
}

export interface StatedClaim {
  readonly node: Node;
  /** Properties of the `CLAIMS` relationship. `data` is the whole node; the others are there to be found by. */
  readonly properties: Row & { readonly data: string };
}

export interface StatedEdge {
  readonly from: string;
  readonly type: EdgeType;
  readonly to: string;
  /** Properties of the relationship. */
  readonly properties: EdgeProperties;
}

interface EdgeProperties {
  readonly unit: string;
  readonly via: string | null;
  readonly tier: Tier;
  readonly confidence: number;
  readonly rule: string | null;
  readonly sites: string;
}

export function statedUnit(delta: GraphDelta): StatedUnit {
  if (delta.op === 'remove') return { id: delta.unit, state: undefined, claims: new Map(), edges: new Map(), chunks: [] };
  const { unit, nodes, edges, diagnostics, chunks = [] } = delta.delta;
  const claims = new Map(Array.from(claimsOf(unit.id, nodes), ([id, node]) => [id, { node, properties: claimProperties(node) }]));
  const held = chunks.map(chunkProperties);
  return {
    id: unit.id,
    state: {
      unit: unit.id,
      repo: unit.repo,
      worker: unit.worker,
      path: unit.path,
      hash: unit.hash,
      state: unit.state,
      keys: unit.keys,
      diagnostics: diagnostics.map((diagnostic) => JSON.stringify(diagnostic)),
      sources: [...new Set(edges.map(({ from }) => from))],
      ...textSizes([...Array.from(claims.values(), ({ properties }) => properties), ...held]),
    },
    claims,
    // Reversed, so that the first of equal edges stays.
    edges: new Map(edges.toReversed().map((edge) => [edgeKey(edge), statedEdge(unit.id, edge)])),
    chunks: held,
  };
}

/** What a unit adds to each collection of texts, in the order of {@link COLLECTIONS}. */
function textSizes(rows: readonly Row[]): Row {
  const texts = COLLECTIONS.map((name) => {
    const property = name === 'claims' ? 'terms' : termsProperty(name);
    return rows.flatMap(({ [property]: text }) => (typeof text === 'string' ? [text] : []));
  });
  const wordsIn = (text: string): number => (text === '' ? 0 : text.split(' ').length);
  return {
    texts: texts.map((each) => int(each.length)),
    words: texts.map((each) => int(each.reduce((sum, text) => sum + wordsIn(text), 0))),
  };
}

function chunkProperties(chunk: Chunk): Row {
  const { set, heading: _, text, ...found } = chunk;
  return {
    set,
    key: sortKey(`${found.node} ${found.title ?? ''}`),
    meaning: found.meaning ?? null,
    content: JSON.stringify(found),
    ...(isWholeFile(chunk) ? { path: found.files[0] ?? null, text } : {}),
    ...(isWordSet(set) ? { [termsProperty(set)]: chunkTextOf(chunk) } : {}),
  };
}

function claimProperties(node: Node): StatedClaim['properties'] {
  return {
    kind: node.kind,
    name: node.name,
    repo: node.repo ?? null,
    file: node.file ?? null,
    standing: int(standingOf(node)),
    data: JSON.stringify(node),
    terms: searchTextOf(node),
  };
}

const statedEdge = (unit: string, { from, type, to, via, tier, confidence, rule, sites }: Edge): StatedEdge => ({
  from,
  type,
  to,
  properties: { unit, via: via ?? null, tier, confidence, rule: rule ?? null, sites: JSON.stringify(sites) },
});

/** Identity of an edge within its unit. */
const edgeKey = ({ from, type, to, via }: Edge): string => JSON.stringify([from, type, to, via ?? null]);

export const storedEdgeKey = ([, from, type, to, via]: EdgeValues): string => JSON.stringify([from, type, to, via]);

/** True when the stored edge says what the unit states. */
export const isSameEdge = ({ properties }: StatedEdge, [, , , , , tier, confidence, rule, sites]: EdgeValues): boolean =>
  properties.tier === tier && properties.confidence === confidence && properties.rule === rule && properties.sites === sites;

export const unitOf = (row: Row): UnitRecord => ({
  id: row['id'] as string,
  repo: row['repo'] as string,
  worker: row['worker'] as string,
  path: row['path'] as string,
  hash: row['hash'] as string,
  state: row['state'] as string,
  keys: row['keys'] as string,
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
