import { compare, EDGE_CODE, EDGE_TYPES, type Edge } from '../model/edge.ts';
import { KIND_CODE, type Node } from '../model/node.ts';
import { TIER_CODE } from '../model/provenance.ts';
import { createSnapshot, flagsOf, type Snapshot, type StringTable } from './csr.ts';

/** What a snapshot keeps of a node. */
export interface NodeRow {
  readonly id: string;
  readonly kind: number;
  readonly name: string;
  readonly file: string | undefined;
  readonly line: number;
  readonly endLine: number;
  readonly flags: number;
}

/** What a snapshot keeps of an edge; nodes by id, the rest as in `SnapshotColumns`. */
export interface EdgeRow {
  readonly from: string;
  readonly to: string;
  readonly via: string | undefined;
  readonly type: number;
  readonly tier: number;
  readonly confidence: number;
  readonly factsAny: number;
  readonly factsAll: number;
  readonly minArgs: number;
  readonly maxArgs: number;
  readonly file: string | undefined;
  readonly line: number;
  readonly col: number;
  /** Of the last site. */
  readonly lastLine: number;
}

type Batches<T> = AsyncIterable<readonly T[]>;

/** Builds the snapshot of a generation from all its nodes and edges, in any order. Dangling edges are left out. */
export async function buildSnapshot(generation: number, nodes: Batches<Node>, edges: Batches<Edge>): Promise<Snapshot> {
  const rows: NodeRow[] = [];
  for await (const batch of nodes) for (const node of batch) rows.push(nodeRow(node));
  const builder = createSnapshotBuilder(rows);
  for await (const batch of edges) for (const edge of batch) builder.addEdge(edgeRow(edge));
  return builder.finish(generation);
}

/** Position of each edge type in the order of names, which is the order of edges. */
const TYPE_RANK = EDGE_TYPES.map((type) => EDGE_TYPES.filter((other) => compare(other, type) < 0).length);

export function nodeRow(node: Node): NodeRow {
  return {
    id: node.id,
    kind: KIND_CODE[node.kind],
    name: node.name,
    file: node.file,
    line: node.span?.line ?? 0,
    endLine: node.span?.endLine ?? 0,
    flags: flagsOf(node),
  };
}

const MOST_ARGS = 0x7fff;

export function edgeRow(edge: Edge): EdgeRow {
  let factsAny = 0;
  let factsAll = edge.sites.length === 0 ? 0 : -1;
  let minArgs = -1;
  let maxArgs = -1;
  for (const { facts = 0, args } of edge.sites) {
    factsAny |= facts;
    factsAll &= facts;
    if (args === undefined) continue;
    minArgs = minArgs < 0 ? Math.min(args, MOST_ARGS) : Math.min(args, minArgs);
    maxArgs = Math.max(maxArgs, Math.min(args, MOST_ARGS));
  }
  const first = edge.sites[0];
  return {
    from: edge.from,
    to: edge.to,
    via: edge.via,
    type: EDGE_CODE[edge.type],
    tier: TIER_CODE[edge.tier],
    confidence: Math.round(edge.confidence * 100),
    factsAny,
    factsAll,
    minArgs,
    maxArgs,
    file: first?.file,
    line: first?.line ?? 0,
    col: first?.col ?? 0,
    lastLine: edge.sites.at(-1)?.line ?? 0,
  };
}

/** Fields of an edge while it is collected: one stretch of `STRIDE` integers per edge. */
const FIELD = {
  from: 0,
  typeRank: 1,
  to: 2,
  via: 3,
  type: 4,
  tier: 5,
  confidence: 6,
  factsAny: 7,
  factsAll: 8,
  minArgs: 9,
  maxArgs: 10,
  file: 11,
  line: 12,
  col: 13,
  lastLine: 14,
} as const;
const STRIDE = 15;
const CONTAINS = EDGE_CODE.CONTAINS;

export interface SnapshotBuilder {
  /** Adds an edge; ignored when one of its nodes does not exist. */
  addEdge(edge: EdgeRow): void;
  finish(generation: number): Snapshot;
}

/** Collects edges between the given nodes, each given once, into a snapshot. */
export function createSnapshotBuilder(nodes: readonly NodeRow[]): SnapshotBuilder {
  const sorted = nodes.toSorted((a, b) => compare(a.id, b.id));
  const numbers = new Map<string, number>(sorted.map((node, number) => [node.id, number]));
  const names = createInterner();
  const files = createInterner();
  const internFile = (file: string | undefined): number => (file === undefined ? -1 : files.intern(file));
  const nodeCount = sorted.length;
  const node = {
    kind: Uint8Array.from(sorted, (row) => row.kind),
    name: Int32Array.from(sorted, (row) => names.intern(row.name)),
    file: Int32Array.from(sorted, (row) => internFile(row.file)),
    parent: new Int32Array(nodeCount).fill(-1),
    line: Int32Array.from(sorted, (row) => row.line),
    endLine: Int32Array.from(sorted, (row) => row.endLine),
    flags: Uint32Array.from(sorted, (row) => row.flags),
  };

  let rows = new Int32Array(1024 * STRIDE);
  let count = 0;

  function addEdge(edge: EdgeRow): void {
    const from = numbers.get(edge.from);
    const to = numbers.get(edge.to);
    const via = edge.via === undefined ? -1 : numbers.get(edge.via);
    if (from === undefined || to === undefined || via === undefined) return;
    let at = count++ * STRIDE;
    if (at === rows.length) {
      const larger = new Int32Array(rows.length * 2);
      larger.set(rows);
      rows = larger;
    }
    rows[at++] = from;
    rows[at++] = TYPE_RANK[edge.type]!;
    rows[at++] = to;
    rows[at++] = via;
    rows[at++] = edge.type;
    rows[at++] = edge.tier;
    rows[at++] = edge.confidence;
    rows[at++] = edge.factsAny;
    rows[at++] = edge.factsAll;
    rows[at++] = edge.minArgs;
    rows[at++] = edge.maxArgs;
    rows[at++] = internFile(edge.file);
    rows[at++] = edge.line;
    rows[at++] = edge.col;
    rows[at] = edge.lastLine;
  }

  /** Order of two collected edges out of one node. */
  function compareRows(a: number, b: number): number {
    for (let field: number = FIELD.typeRank; field <= FIELD.via; field++) {
      const difference = rows[a * STRIDE + field]! - rows[b * STRIDE + field]!;
      if (difference !== 0) return difference;
    }
    return 0;
  }

  /** Numbers of the collected edges in order; of equal edges only the first. */
  function orderOfEdges(): Int32Array {
    const from = Int32Array.from({ length: count }, (_, row) => rows[row * STRIDE + FIELD.from]!);
    const { offsets, edges } = adjacency(nodeCount, from);
    let kept = 0;
    for (let node = 0; node < nodeCount; node++) {
      const group = edges.subarray(offsets[node], offsets[node + 1]);
      if (!isSorted(group)) group.sort((a, b) => compareRows(a, b) || a - b);
      for (let at = 0; at < group.length; at++) {
        const edge = group[at]!;
        if (at === 0 || compareRows(edges[kept - 1]!, edge) !== 0) edges[kept++] = edge;
      }
    }
    return edges.subarray(0, kept);
  }

  function isSorted(group: Int32Array): boolean {
    for (let at = 1; at < group.length; at++) if (compareRows(group[at - 1]!, group[at]!) > 0) return false;
    return true;
  }

  function finish(generation: number): Snapshot {
    const order = orderOfEdges();
    const column = <T extends Int32Array | Int16Array | Uint8Array>(target: T, field: number): T => {
      for (let edge = 0; edge < order.length; edge++) target[edge] = rows[order[edge]! * STRIDE + field]!;
      return target;
    };
    const edgeCount = order.length;
    const int32 = (field: number): Int32Array => column(new Int32Array(edgeCount), field);
    const edgeFrom = int32(FIELD.from);
    const edgeTo = int32(FIELD.to);
    const edgeVia = int32(FIELD.via);
    const edgeType = column(new Uint8Array(edgeCount), FIELD.type);
    for (let edge = edgeCount - 1; edge >= 0; edge--) {
      if (edgeType[edge] === CONTAINS) node.parent[edgeTo[edge]!] = edgeFrom[edge]!;
    }
    const incoming = adjacency(nodeCount, edgeTo);
    const via = adjacency(nodeCount, edgeVia);
    return createSnapshot(
      generation,
      {
        ...node,
        edgeFrom,
        edgeTo,
        edgeVia,
        edgeType,
        edgeTier: column(new Uint8Array(edgeCount), FIELD.tier),
        edgeConfidence: column(new Uint8Array(edgeCount), FIELD.confidence),
        edgeFactsAny: int32(FIELD.factsAny),
        edgeFactsAll: int32(FIELD.factsAll),
        edgeMinArgs: column(new Int16Array(edgeCount), FIELD.minArgs),
        edgeMaxArgs: column(new Int16Array(edgeCount), FIELD.maxArgs),
        edgeFile: int32(FIELD.file),
        edgeLine: int32(FIELD.line),
        edgeCol: int32(FIELD.col),
        edgeLastLine: int32(FIELD.lastLine),
        outOffsets: offsetsOf(nodeCount, edgeFrom),
        inOffsets: incoming.offsets,
        inEdges: incoming.edges,
        viaOffsets: via.offsets,
        viaEdges: via.edges,
      },
      { ids: encodeTexts(sorted.map((row) => row.id)), names: encodeTexts(names.texts), files: encodeTexts(files.texts) },
    );
  }

  return { addEdge, finish };
}

/** Where the edges of each node begin when edges are grouped by the given end; edges without that end (-1) count nowhere. */
function offsetsOf(nodeCount: number, ends: Int32Array): Int32Array {
  const offsets = new Int32Array(nodeCount + 1);
  for (const end of ends) if (end >= 0) offsets[end + 1]!++;
  for (let node = 0; node < nodeCount; node++) offsets[node + 1]! += offsets[node]!;
  return offsets;
}

/** Edge numbers grouped by the given end, ascending within a group. */
function adjacency(nodeCount: number, ends: Int32Array): { readonly offsets: Int32Array; readonly edges: Int32Array } {
  const offsets = offsetsOf(nodeCount, ends);
  const next = offsets.slice();
  const edges = new Int32Array(offsets[nodeCount]!);
  for (let edge = 0; edge < ends.length; edge++) {
    const end = ends[edge]!;
    if (end >= 0) edges[next[end]!++] = edge;
  }
  return { offsets, edges };
}

function createInterner(): { readonly texts: readonly string[]; intern(text: string): number } {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  return {
    texts,
    intern(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, texts.length);
      return texts.push(text) - 1;
    },
  };
}

function encodeTexts(texts: readonly string[]): StringTable {
  const offsets = new Uint32Array(texts.length + 1);
  texts.forEach((text, index) => {
    offsets[index + 1] = offsets[index]! + Buffer.byteLength(text);
  });
  const bytes = Buffer.alloc(offsets[texts.length]!);
  texts.forEach((text, index) => bytes.write(text, offsets[index]!));
  return { offsets, bytes };
}
