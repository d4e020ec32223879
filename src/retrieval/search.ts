import type { z } from 'zod';
import { TEXT_GROUPS, type ChunkSet, type TextGroup, type WordLevel } from '../../graph/model/chunk.ts';
import { compare } from '../../graph/model/edge.ts';
import { MEANT_PARTS } from '../../graph/model/meaning.ts';
import type { Node, NodeKind } from '../../graph/model/node.ts';
import type { Span } from '../../graph/model/provenance.ts';
import { fileKey, relatedFiles } from '../../graph/query/related-files.ts';
import { termsOf } from '../../graph/model/terms.ts';
import type { ChunkHit, GraphReader, SearchHit, StoredChunk } from '../../graph/store/store.ts';
import type { PinnedGraph } from '../current-graph.ts';
import type { SearchQuestion } from './question.ts';

/**
 * What each signal counts for, all in one place. Tuned on hono and typeorm (`bench/retrieval.mjs`), where they matter
 * little: docs/adr/0013-search.md has the figures, and those of signals that are not here because they did not help.
 */
const WEIGHTS = { file: 0.7, part: 1, commit: 1, meaning: 0.7, commitMeaning: 0.5, changedWith: 1, connected: 1, namedAlike: 0.4 } as const;
type Signal = keyof typeof WEIGHTS;
const NODE_SIGNALS = ['name', 'text', 'meaning', 'file', 'exact'] as const;
type NodeSignal = (typeof NODE_SIGNALS)[number];
/** In the order in which they are added up, so that sums are the same on every machine. */
const SIGNALS = [
  'file',
  'part',
  'commit',
  'meaning',
  'commitMeaning',
  'changedWith',
  'connected',
  'namedAlike',
] as const satisfies readonly Signal[];
/** What a search is for. */
export interface Purpose {
  /** What a hit counts for by what it is in. */
  readonly counts: Readonly<Record<TextGroup, number>>;
  /** What is compared by meaning. */
  readonly meant: readonly ChunkSet[];
  /** Parts looked at per signal. */
  readonly parts: number;
}
/** Who asks what to change is rarely after the test or the text about it. */
export const TO_CHANGE: Purpose = { counts: { code: 1, test: 0.3, text: 0.5 }, meant: MEANT_PARTS, parts: 400 };

/** Hits looked at per signal. */
const FILES = 200;
const COMMITS = 100;
const NAMES = 100;
/** More than all signals of a thing together. */
const CALLED_SO = 4;
/** How fast the vote of a commit fades with its distance from the best one: its share of the best score, to this power. */
const FADING = 3;
/** The same for commits found by meaning, whose scores lie closer together, and how many of those vote. */
const MEANING_FADING = 6;
const COMMITS_MEANT = 50;
/** Cosine of texts that have nothing in common. */
const UNRELATED = 0.1;
/** Files that a commit's vote is divided by the root of: who touches much says little of each. */
const SPREAD = 0.5;

/** A question as a vector. */
export interface Meant {
  readonly space: string;
  readonly vector: Float32Array;
}

/** A file, and why it is where it is. */
export interface RankedFile {
  readonly repo: string;
  readonly path: string;
  /** Higher is better; comparable within one answer only. */
  readonly score: number;
  /** What each signal gave, as a share of its best times its weight; they add up to the score. */
  readonly signals: Readonly<Partial<Record<Signal, number>>>;
  /** The past commit that speaks most for it. */
  readonly commit?: string;
}

/** A thing, and why it is where it is. */
export interface RankedNode extends SearchHit {
  /** What it is called, its own text, what that means, the file it is in, and its exact name gave, as they add up to the score. */
  readonly signals: Readonly<Partial<Record<NodeSignal, number>>>;
  /** Of something long: where it means more than at its beginning, best first. Only where pieces are compared. */
  readonly pieces?: readonly Span[];
}

export interface SearchResult {
  readonly hits: readonly RankedNode[];
  readonly files: readonly RankedFile[];
  /** Why less was compared than could be. */
  readonly warning?: string;
}

/**
 * What a text is about: files ranked by their text, by their best part and by past commits that did something alike, and the
 * things in them; with a vector, by what they mean as well. Each signal is scaled by its best hit and summed (as CombSUM, Fox and Shaw 1994).
 */
export async function search(
  { reader, snapshot }: Pick<PinnedGraph, 'reader' | 'snapshot'>,
  { query, limit, kinds, repo, given }: z.output<typeof SearchQuestion>,
  meant?: Meant,
  { counts, meant: meantSets, parts: mostParts }: Purpose = TO_CHANGE,
): Promise<SearchResult> {
  const filter = repo === undefined ? {} : { repo };
  /** Group by group, the weightiest first: what cannot be among the best any more is not read. */
  const find = async (level: WordLevel, most: number): Promise<readonly ChunkHit[]> => {
    let found: readonly ChunkHit[] = [];
    for (const group of TEXT_GROUPS) {
      const above = (found[most - 1]?.score ?? -Infinity) / counts[group];
      const hits = await reader.chunks(query, { set: `${group}-${level}`, limit: most, above, ...filter });
      found = highest([...found, ...hits.map((hit) => ({ ...hit, score: hit.score * counts[group] }))], most);
    }
    return found;
  };
  /** Set by set, likewise. */
  const alike = async (sets: readonly ChunkSet[], most: number): Promise<readonly MeantHit[]> => {
    let found: readonly MeantHit[] = [];
    if (!meant) return found;
    for (const set of sets) {
      const count = counts[set.startsWith('text') ? 'text' : 'code'];
      const above = UNRELATED + (found[most - 1]?.score ?? 0) / count;
      const hits = await reader.nearest(meant.vector, { space: meant.space, set, limit: most, above, ...filter });
      const isPiece = set.endsWith('-piece');
      found = highest([...found, ...hits.map((hit) => ({ ...hit, score: (hit.score - UNRELATED) * count, isPiece }))], most);
    }
    return found;
  };
  /** What changes with, and what is connected to, files that are known to change. */
  const around = async (paths: readonly string[]): Promise<Partial<Record<Signal, FileScores>>> => {
    const changes = await reader.allChunks('code-commit', repo);
    const repos = repo === undefined ? await reader.repositories() : [repo];
    const starts = repos.flatMap((owner) => paths.map((path) => ({ repo: owner, path })));
    const near = relatedFiles(await snapshot(), starts).map((file) => [fileKey(file.repo, file.path), file] as const);
    const keys = new Set(starts.map((file) => fileKey(file.repo, file.path)));
    const files = (await reader.allChunks('code-file', repo)).map((file) => fileKey(file.repo, file.files[0] ?? ''));
    return { changedWith: changedWith(changes, keys), connected: new Map(near), namedAlike: namedAlike(new Set(files), keys) };
  };
  const [whole, parts, commits, partsMeant, commitsMeant, names] = [
    await find('file', FILES),
    await find('part', mostParts),
    await find('commit', COMMITS),
    await alike(meantSets, mostParts),
    await alike(['code-commit'], COMMITS_MEANT),
    await reader.search(query, { limit: Math.max(limit, NAMES), ...(kinds ? { kinds } : {}), ...filter }),
  ];
  const asked = rankFiles({
    file: best(whole),
    part: best(parts),
    commit: votes(commits, FADING),
    meaning: best(partsMeant),
    commitMeaning: votes(commitsMeant, MEANING_FADING),
    ...(given ? await around(given) : {}),
  });
  const files = given ? asked.filter(({ path }) => !given.includes(path)) : asked;
  return {
    files: files.slice(0, limit),
    hits: await rankNodes(reader, { name: query.trim().toLowerCase(), whole, parts, partsMeant, names, files, kinds, limit }),
  };
}

/** What is found by what it means. */
interface MeantHit extends ChunkHit {
  readonly isPiece: boolean;
}

const highest = <T extends ChunkHit>(hits: readonly T[], most: number): readonly T[] =>
  hits.toSorted((a, b) => b.score - a.score).slice(0, most);

/** A score for each file, by repository and path. */
type FileScores = ReadonlyMap<string, { readonly score: number; readonly commit?: string }>;

function best(hits: readonly ChunkHit[]): FileScores {
  const scores = new Map<string, { readonly score: number }>();
  for (const { repo, files, score } of hits)
    for (const file of files) {
      const key = fileKey(repo, file);
      if (score > (scores.get(key)?.score ?? 0)) scores.set(key, { score });
    }
  return scores;
}

/** Every commit votes for the files that it changed (nearest neighbours, as for bug reports: Zhou et al., ICSE 2012). */
function votes(commits: readonly ChunkHit[], fading: number): FileScores {
  const scores = new Map<string, { score: number; commit?: string }>();
  const top = commits[0]?.score ?? 1;
  for (const { repo, files, score, title } of commits) {
    const vote = (score / top) ** fading / files.length ** SPREAD;
    for (const file of files) {
      const key = fileKey(repo, file);
      const known = scores.get(key);
      if (known) known.score += vote;
      else scores.set(key, { score: vote, ...(title === undefined ? {} : { commit: title }) });
    }
  }
  return scores;
}

/**
 * How much other files change with some: commits that they share, each divided by the root of how many files it changed, against the
 * root of all commits of the other file, so that a file that always changes goes with none.
 */
function changedWith(changes: readonly StoredChunk[], starts: ReadonlySet<string>): FileScores {
  const shared = new Map<string, number>();
  const all = new Map<string, number>();
  for (const { repo, files } of changes) {
    const keys = files.map((file) => fileKey(repo, file));
    const share = keys.some((key) => starts.has(key)) ? 1 / keys.length ** SPREAD : 0;
    for (const key of keys) {
      all.set(key, (all.get(key) ?? 0) + 1);
      if (share > 0 && !starts.has(key)) shared.set(key, (shared.get(key) ?? 0) + share);
    }
  }
  return new Map(Array.from(shared, ([key, sum]) => [key, { score: sum / Math.sqrt(all.get(key) ?? 1) }]));
}

/**
 * How alike the paths of files are to those of some: words they share against all of either, the rare ones counting most
 * (weighted Jaccard). Drivers of two databases, a form and its styles: what is called alike is changed alike.
 */
function namedAlike(files: ReadonlySet<string>, starts: ReadonlySet<string>): FileScores {
  const terms = new Map(Array.from(files, (file) => [file, new Set(termsOf(file))] as const));
  const counts = new Map<string, number>();
  for (const each of terms.values()) for (const term of each) counts.set(term, (counts.get(term) ?? 0) + 1);
  const weigh = (some: Iterable<string>): number =>
    [...some].reduce((sum, term) => sum + Math.log(1 + files.size / (counts.get(term) ?? 1)), 0);
  const scores = new Map<string, { readonly score: number }>();
  for (const start of starts) {
    const own = new Set(termsOf(start));
    for (const [file, others] of terms) {
      if (starts.has(file)) continue;
      const shared = weigh([...others].filter((term) => own.has(term)));
      const score = shared / (weigh(own) + weigh(others) - shared);
      if (score > (scores.get(file)?.score ?? 0)) scores.set(file, { score });
    }
  }
  return scores;
}

function rankFiles(signals: Readonly<Partial<Record<Signal, FileScores>>>): readonly RankedFile[] {
  const ranked = new Map<string, { score: number; signals: RankedFile['signals']; commit?: string }>();
  for (const name of SIGNALS) {
    const scores = signals[name] ?? new Map<string, { score: number; commit?: string }>();
    const top = Math.max(...Array.from(scores.values(), ({ score }) => score));
    for (const [key, { score, commit }] of scores) {
      const share = rounded(WEIGHTS[name] * (score / top));
      const known = ranked.get(key) ?? { score: 0, signals: {} };
      ranked.set(key, {
        ...known,
        score: known.score + share,
        signals: { ...known.signals, [name]: share },
        ...(commit === undefined ? {} : { commit }),
      });
    }
  }
  return Array.from(ranked, ([key, found]): RankedFile => {
    const [repo = '', path = ''] = key.split('\0');
    return { repo, path, ...found };
  }).sort((a, b) => b.score - a.score || compare(a.repo, b.repo) || compare(a.path, b.path));
}

async function rankNodes(
  reader: GraphReader,
  found: {
    readonly name: string;
    readonly whole: readonly ChunkHit[];
    readonly parts: readonly ChunkHit[];
    readonly partsMeant: readonly MeantHit[];
    readonly names: readonly SearchHit[];
    readonly files: readonly RankedFile[];
    readonly kinds: readonly NodeKind[] | undefined;
    readonly limit: number;
  },
): Promise<readonly RankedNode[]> {
  const { name, whole, parts, partsMeant, names, files, kinds, limit } = found;
  const scores = new Map<string, { readonly signals: Partial<Record<NodeSignal, number>>; readonly file: string | undefined }>();
  type Scored = { readonly id: string; readonly score: number; readonly file: string | undefined };
  const add = (signal: NodeSignal, hits: readonly Scored[], weight = 1): void => {
    const top = Math.max(...hits.map(({ score }) => score));
    for (const { id, score, file } of hits) {
      const known = scores.get(id) ?? { signals: {}, file };
      known.signals[signal] = rounded((weight * score) / top);
      scores.set(id, known);
    }
  };
  const ofChunk = ({ node, score, repo, files: [file] }: ChunkHit): Scored => ({ id: node, score, file: file && fileKey(repo, file) });
  add(
    'name',
    names.map(({ node, score }) => ({ id: node.id, score, file: node.repo && node.file && fileKey(node.repo, node.file) })),
  );
  add('text', firstOfNode(parts).map(ofChunk));
  add('meaning', firstOfNode(partsMeant).map(ofChunk), WEIGHTS.meaning);
  const pieces = piecesBefore(partsMeant);
  add('text', whole.filter(({ node }) => !scores.has(node)).map(ofChunk));
  const best = files[0]?.score ?? 1;
  const byFile = new Map(files.map(({ repo, path, score }) => [fileKey(repo, path), rounded(score / best)]));
  const nodes = new Map<string, Node>(names.map(({ node }) => [node.id, node]));
  for (const [id, node] of await reader.get([...scores.keys()].filter((each) => !nodes.has(each)))) nodes.set(id, node);
  return Array.from(scores, ([id, { signals, file }]) => {
    const node = nodes.get(id);
    const ofFile = byFile.get(file ?? '');
    if (ofFile !== undefined) signals.file = ofFile;
    // What is called exactly so comes first.
    if (node?.name.toLowerCase() === name) signals.exact = CALLED_SO;
    const score = NODE_SIGNALS.reduce((sum, signal) => sum + (signals[signal] ?? 0), 0);
    const within = pieces.get(id);
    return { node, signals, score, ...(within && { pieces: within }) };
  })
    .filter((hit): hit is RankedNode => hit.node !== undefined && (!kinds || kinds.includes(hit.node.kind)))
    .sort((a, b) => b.score - a.score || compare(a.node.id, b.node.id))
    .slice(0, limit);
}

/** Of hits, best first: the pieces of each node that come before the node itself. */
function piecesBefore(hits: readonly MeantHit[]): ReadonlyMap<string, readonly Span[]> {
  const whole = new Set<string>();
  const pieces = new Map<string, Span[]>();
  for (const { node, isPiece, span } of hits) {
    if (!isPiece) whole.add(node);
    else if (span && !whole.has(node)) pieces.set(node, [...(pieces.get(node) ?? []), span]);
  }
  return pieces;
}

/** Four digits: what is told is what is added up. */
export const rounded = (share: number): number => Math.round(share * 10_000) / 10_000;

/** Of hits, best first, the best of each node: what several files state has a hit in each. */
export function firstOfNode(hits: readonly ChunkHit[]): readonly ChunkHit[] {
  const seen = new Set<string>();
  return hits.filter(({ node }) => !seen.has(node) && seen.add(node));
}
