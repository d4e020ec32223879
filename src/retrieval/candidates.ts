import { compare } from '../../graph/model/edge.ts';
import { fileKey } from '../../graph/query/related-files.ts';
import { relatedNodes } from '../../graph/query/related-nodes.ts';
import { groupOf } from '../../graph/model/chunk.ts';
import type { NodeKind } from '../../graph/model/node.ts';
import type { Span } from '../../graph/model/provenance.ts';
import type { Snapshot } from '../../graph/snapshot/csr.ts';
import { termsOf } from '../../graph/model/terms.ts';
import type { GraphReader } from '../../graph/store/store.ts';
import { partFor, type Placed, type QuotedFiles } from './quoted-file.ts';
import { connectionOf } from './related.ts';
import type { RankedNode } from './search.ts';

/**
 * What the signals of a hit, and being connected with the best hits, count for here: what one has to know is further from the words of
 * the question than what one has to change. Chosen on the questions of bench/context, where most values near these do as well.
 */
const WEIGHTS = { name: 0.5, text: 0.8, meaning: 2.4, file: 0.5, exact: 1, connected: 3 } as const;
/** For what says little of itself, what says again what the code says, and shapes, which what uses them tells of. */
const LESS = { constructor: 0.6, test: 0.3, shape: 0.3 } as const;
/** How much less a thing counts with each that its file has before it, by the logarithm of how many there are: other files have their say. */
const AGAIN = 0.15;
/** Pieces of a long thing that are pointed at. */
const MOST_PIECES = 2;
/** The best hits, which the graph is walked from; and connected things looked at. */
const STARTS = 50;
const MOST_CONNECTED = 2000;
/** What they have of being connected themselves. */
const START = 0.5;

/** What others brought or could not be read has no lines of its own to quote. */
const NOT_OWN: ReadonlySet<NodeKind> = new Set<NodeKind>(['Package', 'Gap']);

/** A thing that may go into a pack. */
export interface Candidate {
  readonly node: Placed;
  readonly score: number;
  readonly reason: string;
  /** Of a long thing: its lines that are nearest to the question, best first, where those are not its first. */
  readonly pieces: readonly Span[];
}

/** What is known so far of a part that may become a candidate. */
interface Found {
  readonly node: Placed;
  score: number;
  connected: number;
  pieces?: readonly Span[];
  words?: string;
  connection?: string;
}

/** The hits and what is connected with the best of them, as parts of files, most relevant first. */
export async function candidatesOf(
  { reader, graph, files }: { readonly reader: GraphReader; readonly graph: Snapshot; readonly files: QuotedFiles },
  hits: readonly RankedNode[],
  question: string,
): Promise<readonly Candidate[]> {
  const terms = new Set(termsOf(question));
  const found = new Map<string, Found>();
  const partOf = async (node: RankedNode['node']): Promise<Found | undefined> => {
    if (NOT_OWN.has(node.kind)) return undefined;
    const file = await files.of(node);
    const part = file && node.span && partFor(node as Placed, file);
    if (!part) return undefined;
    const known = found.get(part.id) ?? { node: part, score: 0, connected: 0 };
    found.set(part.id, known);
    return known;
  };
  const scored = hits.map((hit) => ({ hit, score: scoreOf(hit) })).sort((a, b) => b.score - a.score);
  for (const [rank, { hit, score }] of scored.entries()) {
    const part = await partOf(hit.node);
    if (!part) continue;
    part.score = Math.max(part.score, score);
    part.words ??= reasonOf(hit, terms);
    if (part.node.id === hit.node.id && hit.pieces) part.pieces = hit.pieces.slice(0, MOST_PIECES);
    if (rank < STARTS) part.connected = START;
  }

  const starts = new Map<number, number>();
  for (const { hit, score } of scored.slice(0, STARTS)) {
    const at = graph.indexOf(hit.node.id);
    if (at >= 0) starts.set(at, score);
  }
  const near = starts.size === 0 ? [] : relatedNodes(graph, starts).slice(0, MOST_CONNECTED);
  const nodes = await reader.get(near.map(({ node }) => graph.id(node)));
  for (const { node: at, score, edge } of near) {
    const node = nodes.get(graph.id(at));
    const part = node && (await partOf(node));
    if (!part) continue;
    part.connected = Math.max(part.connected, Math.sqrt(score / near[0]!.score));
    part.connection ??= connectionOf(graph, { node: at, edge });
  }

  const candidates = Array.from(found.values(), ({ node, score, connected, words, connection, pieces = [] }): Candidate => {
    const reasons = score >= WEIGHTS.connected * connected ? [words, connection] : [connection, words];
    const reason = reasons.find((each) => each !== undefined) ?? '';
    return { node, score: score + WEIGHTS.connected * connected - lessOf(node), reason, pieces };
  });
  return spread(candidates.sort(byScore)).sort(byScore);
}

const byScore = (a: Candidate, b: Candidate): number => b.score - a.score || compare(a.node.id, b.node.id);

/** Of candidates, best first, each lowered by those of its file before it. */
function spread(candidates: readonly Candidate[]): Candidate[] {
  const before = new Map<string, number>();
  return candidates.map((candidate) => {
    const { repo = '', file = '' } = candidate.node;
    const count = before.get(fileKey(repo, file)) ?? 0;
    before.set(fileKey(repo, file), count + 1);
    return { ...candidate, score: candidate.score - AGAIN * Math.log1p(count) };
  });
}

const SHAPES: ReadonlySet<NodeKind> = new Set<NodeKind>(['TypeAlias', 'Interface']);

const lessOf = ({ kind, file }: Placed): number =>
  (kind === 'Constructor' ? LESS.constructor : 0) +
  (SHAPES.has(kind) ? LESS.shape : 0) +
  (file !== undefined && groupOf(file) === 'test' ? LESS.test : 0);

const scoreOf = ({ signals: { name = 0, text = 0, meaning = 0, file = 0, exact = 0 } }: RankedNode): number =>
  WEIGHTS.name * name + WEIGHTS.text * text + WEIGHTS.meaning * meaning + WEIGHTS.file * file + WEIGHTS.exact * exact;

/** The signals of a hit in few words. */
function reasonOf({ node, signals }: RankedNode, terms: ReadonlySet<string>): string {
  if (signals.exact !== undefined) return 'is called so';
  const named = [...new Set(termsOf(`${node.name} ${node.file ?? ''}`))].filter((term) => terms.has(term));
  const share = (name: 'text' | 'meaning' | 'file'): string[] => (signals[name] ? [`${name} ${signals[name].toFixed(2)}`] : []);
  const reasons = [
    ...(named.length > 0 ? [`named ${named.slice(0, 4).join(', ')}`] : []),
    ...share('text'),
    ...share('meaning'),
    ...share('file'),
  ];
  return reasons.join(', ') || 'named alike';
}
