import type { z } from 'zod';
import { PART_KINDS } from '../../graph/model/chunk.ts';
import { compare } from '../../graph/model/edge.ts';
import { parseId } from '../../graph/model/id.ts';
import { firstLineOf } from '../../graph/model/meaning.ts';
import type { Node } from '../../graph/model/node.ts';
import { fileKey } from '../../graph/query/related-files.ts';
import { relatedNodes } from '../../graph/query/related-nodes.ts';
import type { Snapshot } from '../../graph/snapshot/csr.ts';
import type { GraphReader, StoredText } from '../../graph/store/store.ts';
import { termsOf } from '../../graph/store/search-text.ts';
import type { PinnedGraph } from '../current-graph.ts';
import type { ContextPack, Passage } from './context-pack.ts';
import { countTokens } from './tokens.ts';
import type { ContextQuestion } from './question.ts';
import { connectionOf } from './related.ts';
import { renderHeading, renderOutline, renderPassage } from './render-pack.ts';
import { search, type Meant, type RankedNode } from './search.ts';

/** Hits that passages are made of, and those of them that the graph is walked from. */
const HITS = 120;
const STARTS = 12;
/** What being connected to the hits counts for, beside being found: at most this share of the best hit. */
const CONNECTED = 0.5;
/** Connected things looked at. */
const MOST_CONNECTED = 100;
/** Tokens of one passage: the most relevant lines, not whole files. */
const LONGEST_PASSAGE = 300;
/** Characters of a line that is read by people: longer ones are data, or made by machines. */
const LONGEST_LINE = 4000;
/** Tokens of the lines that stand for a thing that is only pointed at. */
const LONGEST_OUTLINE = 60;
/** Share of the budget for passages; what is left points at more. */
const FULL = 0.7;

/** A thing that may go into the pack. */
interface Candidate {
  readonly node: Node;
  score: number;
  reason: string;
}

/** Lines of a file, from 1, both included. */
interface Lines {
  readonly line: number;
  readonly endLine: number;
}

/**
 * What one needs to know to build something, in a budget of tokens: the lines that a search finds, and those that the graph
 * connects with them (decisions and policies that govern them, contracts, tests, callers), each once, most relevant first.
 * The most relevant are quoted at some length, further ones by their first lines. Every passage is exactly lines of a file.
 */
export async function retrieve(
  { reader, snapshot }: PinnedGraph,
  { question, budget, repo, given }: z.output<typeof ContextQuestion>,
  meant?: Meant,
): Promise<ContextPack> {
  const { hits } = await search({ reader, snapshot }, { query: question, limit: HITS, kinds: undefined, repo, given }, meant);
  const files = createFiles(reader);
  const candidates = await inParts(await withConnected(reader, await snapshot(), hits, new Set(termsOf(question))), files);
  const commit = await firstCommit(candidates, files);
  const heading = renderHeading(question, commit);
  const taken: Passage[] = [];
  const texts: string[] = [heading];
  let tokens = countTokens(heading);
  const quoted = new Map<string, Lines[]>();
  let full = true;
  for (const { node, reason } of candidates) {
    const file = await files.of(node);
    if (!file) continue;
    const before = quoted.get(file.key) ?? [];
    const lines = firstFree(linesOf(node, file), before);
    if (!lines) continue;
    const most = full ? LONGEST_PASSAGE : LONGEST_OUTLINE;
    const passage = quote(node, file, lines, reason, most);
    if (!passage) continue;
    const text = full ? renderPassage(passage, taken.length + 1, commit) : renderOutline(passage, taken.length + 1, commit);
    const cost = countTokens(text);
    if (tokens + cost > budget) {
      if (passage.tokens > most) continue; // one long line, which says nothing of the others
      if (!full) break;
      full = false;
      continue;
    }
    tokens += cost;
    taken.push(passage);
    texts.push(text);
    quoted.set(file.key, [...before, passage]);
    full &&= tokens < budget * FULL;
  }
  const text = texts.join('');
  return { question, budget, tokens: countTokens(text), passages: taken, text };
}

/** The commit of the first passage that has one: mostly that of all. */
async function firstCommit(candidates: readonly Candidate[], files: Files): Promise<string | undefined> {
  for (const { node } of candidates) {
    const file = await files.of(node);
    if (file?.commit !== undefined) return file.commit;
  }
  return undefined;
}

/** The hits, and what is connected with the best of them, best first. */
async function withConnected(
  reader: GraphReader,
  graph: Snapshot,
  hits: readonly RankedNode[],
  terms: ReadonlySet<string>,
): Promise<readonly Candidate[]> {
  const top = hits[0]?.score ?? 1;
  const found = new Map<string, Candidate>();
  for (const hit of hits) found.set(hit.node.id, { node: hit.node, score: hit.score / top, reason: reasonOf(hit, terms) });
  const starts = new Map<number, number>();
  for (const { node, score } of hits.slice(0, STARTS)) {
    const at = graph.indexOf(node.id);
    if (at >= 0) starts.set(at, score / top);
  }
  if (starts.size === 0) return [...found.values()];
  const near = relatedNodes(graph, starts).slice(0, MOST_CONNECTED);
  const nearest = near[0]?.score ?? 1;
  const nodes = await reader.get(near.map(({ node }) => graph.id(node)));
  for (const { node: at, score, edge } of near) {
    const node = nodes.get(graph.id(at));
    if (!node) continue;
    const share = CONNECTED * Math.sqrt(score / nearest);
    const known = found.get(node.id);
    if (known) known.score += share;
    else found.set(node.id, { node, score: share, reason: connectionOf(graph, { node: at, edge }) });
  }
  return [...found.values()].sort((a, b) => b.score - a.score || compare(a.node.id, b.node.id));
}

function reasonOf({ node, signals }: RankedNode, terms: ReadonlySet<string>): string {
  if (signals.exact !== undefined) return 'is called so';
  const named = [...new Set(termsOf(`${node.name} ${node.file ?? ''}`))].filter((term) => terms.has(term));
  const share = (name: 'text' | 'meaning' | 'file'): string[] => (signals[name] ? [`${name} ${signals[name].toFixed(2)}`] : []);
  return (
    [...(named.length > 0 ? [`named ${named.slice(0, 4).join(', ')}`] : []), ...share('text'), ...share('meaning'), ...share('file')].join(
      ', ',
    ) || 'named alike'
  );
}

interface QuotedFile extends StoredText {
  readonly key: string;
  readonly repo: string;
  readonly path: string;
  readonly lines: readonly string[];
  /** Things that are quoted by themselves, outer ones first. */
  readonly parts: readonly Node[];
}

interface Files {
  of(node: Node): Promise<QuotedFile | undefined>;
}

function createFiles(reader: GraphReader): Files {
  const known = new Map<string, Promise<QuotedFile | undefined>>();
  const read = async (repo: string, path: string): Promise<QuotedFile | undefined> => {
    const stored = await reader.text(repo, path);
    if (!stored) return undefined;
    const nodes = await reader.find({ repo, file: path }, { limit: 10_000 });
    const parts = nodes
      .filter(({ kind, span }) => span !== undefined && PART_KINDS.has(kind))
      .sort((a, b) => a.span!.line - b.span!.line || b.span!.endLine - a.span!.endLine || compare(a.id, b.id));
    return { ...stored, key: fileKey(repo, path), repo, path, lines: stored.text.split('\n'), parts };
  };
  return {
    of({ id, file, repo = parseId(id)?.repo }) {
      if (file === undefined || repo === undefined) return Promise.resolve(undefined);
      const key = fileKey(repo, file);
      let found = known.get(key);
      if (!found) known.set(key, (found = read(repo, file)));
      return found;
    },
  };
}

/** What stands for each thing: itself, or the part of its file that it is within; whole files by their best parts alone. */
async function inParts(candidates: readonly Candidate[], files: Files): Promise<readonly Candidate[]> {
  const found = new Map<string, Candidate>();
  for (const { node, score, reason } of candidates) {
    const file = await files.of(node);
    const { span } = node;
    if (!file || !span) continue;
    const part = PART_KINDS.has(node.kind) ? node : partFor(node, span, file);
    if (!part) continue;
    const known = found.get(part.id);
    if (!known) found.set(part.id, { node: part, score, reason: part === node ? reason : `has ${node.name}: ${reason}` });
    else known.score = Math.max(known.score, score);
  }
  return [...found.values()].sort((a, b) => b.score - a.score || compare(a.node.id, b.node.id));
}

/** Lines of which a thing is small enough to be quoted as it is. */
const SMALL = 15;
const DECISION = /\bdecision|outcome|rule|statement/i;

function partFor(node: Node, { line, endLine }: Lines, { parts }: QuotedFile): Node | undefined {
  const around = parts.findLast(({ span }) => span!.line <= line && span!.endLine >= endLine);
  if (around) return around;
  if (endLine - line < SMALL || parts.length === 0) return node;
  // A document, by what it decides.
  if (node.kind === 'Adr' || node.kind === 'Policy') return parts.find(({ name }) => DECISION.test(name)) ?? parts[0];
  return undefined;
}

/** From the comments above it to its end, or to the first part within it. */
function linesOf({ span }: Node, { lines, parts }: QuotedFile): Lines {
  const { line, endLine } = span!;
  const inner = parts.find((part) => part.span!.line > line && part.span!.endLine <= endLine);
  return {
    line: firstLineOf(line, lines),
    endLine: inner ? Math.max(line, firstLineOf(inner.span!.line, lines) - 1) : Math.min(endLine, lines.length),
  };
}

/** The first lines that are not quoted yet. */
function firstFree({ line, endLine }: Lines, quoted: readonly Lines[]): Lines | undefined {
  let start = line;
  for (let moved = true; moved;) {
    moved = false;
    for (const other of quoted)
      if (other.line <= start && other.endLine >= start) {
        start = other.endLine + 1;
        moved = true;
      }
  }
  if (start > endLine) return undefined;
  const next = Math.min(...quoted.map((other) => other.line).filter((other) => other > start));
  return { line: start, endLine: Math.min(endLine, next - 1) };
}

/** As many of the lines as fit, from the first; undefined when there is nothing in them. */
function quote(
  node: Node,
  { repo, path, lines, commit }: QuotedFile,
  { line, endLine }: Lines,
  reason: string,
  most: number,
): Passage | undefined {
  let end = line - 1;
  let tokens = 0;
  while (end < Math.min(endLine, lines.length) && lines[end]!.length <= LONGEST_LINE) {
    const cost = countTokens(`${lines[end]}\n`);
    if (tokens + cost > most && end >= line) break;
    tokens += cost;
    end++;
  }
  while (end > line && (lines[end - 1] ?? '').trim() === '') end--;
  const text = lines.slice(line - 1, end).join('\n');
  if (text.trim() === '') return undefined;
  const { id, kind, name } = node;
  const place = { repo, path, line, endLine: end, ...(commit === undefined ? {} : { commit }) };
  return { id, kind, name, ...place, reason, text, tokens: countTokens(text) };
}
