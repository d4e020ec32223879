import { compare } from '../../graph/model/edge.ts';
import { relatedNodes } from '../../graph/query/related-nodes.ts';
import { groupOf } from '../../graph/model/chunk.ts';
import type { NodeKind } from '../../graph/model/node.ts';
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
const WEIGHTS = { name: 0.6, text: 0.8, meaning: 2.4, file: 0.6, exact: 1, connected: 3 } as const;
/** For what says little of itself, and what says again what the code says. */
const LESS = { constructor: 0.6, test: 0.3 } as const;
/** The best hits, which the graph is walked from; and connected things looked at. */
const STARTS = 25;
const MOST_CONNECTED = 800;
/** What they have of being connected themselves. */
const START = 0.5;

/** What others brought or could not be read has no lines of its own to quote. */
const NOT_OWN: ReadonlySet<NodeKind> = new Set<NodeKind>(['Package', 'Gap']);

/** A thing that may go into a pack. */
export interface Candidate {
  readonly node: Placed;
  readonly score: number;
  readonly reason: string;
}

/** What is known so far of a part that may become a candidate. */
interface Found {
  readonly node: Placed;
  score: number;
  connected: number;
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
  for (const [rank, hit] of hits.entries()) {
    const part = await partOf(hit.node);
    if (!part) continue;
    part.score = Math.max(part.score, scoreOf(hit));
    part.words ??= reasonOf(hit, terms);
    if (rank < STARTS) part.connected = START;
  }

  const starts = new Map<number, number>();
  for (const { node, score } of hits.slice(0, STARTS)) {
    const at = graph.indexOf(node.id);
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

  return Array.from(found.values(), ({ node, score, connected, words, connection }): Candidate => {
    const reasons = score >= WEIGHTS.connected * connected ? [words, connection] : [connection, words];
    return { node, score: score + WEIGHTS.connected * connected - lessOf(node), reason: reasons.find((each) => each !== undefined) ?? '' };
  }).sort((a, b) => b.score - a.score || compare(a.node.id, b.node.id));
}

const lessOf = ({ kind, file }: Placed): number =>
  (kind === 'Constructor' ? LESS.constructor : 0) + (file !== undefined && groupOf(file) === 'test' ? LESS.test : 0);

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
