import type { z } from 'zod';
import { fileKey } from '../../graph/query/related-files.ts';
import type { PinnedGraph } from '../current-graph.ts';
import { candidatesOf, type Candidate } from './candidates.ts';
import type { ContextPack, Passage } from './context-pack.ts';
import type { ContextQuestion } from './question.ts';
import { createQuotedFiles, firstFree, linesOf, type Lines, type QuotedFile, type QuotedFiles } from './quoted-file.ts';
import { renderHeading, renderMap, renderPassage } from './render-pack.ts';
import { search, type Meant, type Prior } from './search.ts';
import { countTokens } from './tokens.ts';

/** Hits that passages are made of. */
const HITS = 800;
/** Who wants to know asks for decisions and documents as much as for code. */
const TO_KNOW: Prior = { code: 1, test: 0.5, text: 1 };
/** Share of the budget for what is quoted at length; the rest is a map of what else there is. */
const QUOTED = 0.4;
/** Tokens of one passage: the most relevant lines, not whole files. */
const LONGEST_PASSAGE = 220;
/** Characters of a line that is read by people: longer ones are data, or made by machines. */
const LONGEST_LINE = 4000;
/** Tokens of the line that stands for a thing on the map. */
const LONGEST_POINTER = 80;
/** What a line of the map costs besides its text, about. */
const POINTER = 8;

/**
 * What one needs to know to build something, in a budget of tokens: the lines that a search finds, and those that the graph
 * connects with them (decisions and policies that govern them, contracts, tests, callers), no line twice, most relevant first.
 * The most relevant are quoted at some length; then comes a map of further ones, each with the line that declares it. Every passage
 * is exactly lines of a file.
 */
export async function retrieve(
  { reader, snapshot }: PinnedGraph,
  { question, budget, repo, given }: z.output<typeof ContextQuestion>,
  meant?: Meant,
): Promise<ContextPack> {
  const asked = { query: question, limit: HITS, kinds: undefined, repo, given };
  const { hits } = await search({ reader, snapshot }, asked, meant, TO_KNOW);
  const files = createQuotedFiles(reader);
  const candidates = await candidatesOf({ reader, graph: await snapshot(), files }, hits, question);
  const commit = await firstCommit(candidates, files);
  const shelf = createShelf(files);

  let text = renderHeading(question, commit);
  let left = budget - countTokens(text);
  const quoted: Passage[] = [];
  for (const candidate of candidates) {
    if (left <= budget * (1 - QUOTED)) break;
    const passage = await shelf.take(candidate, LONGEST_PASSAGE);
    if (!passage) continue;
    const rendered = renderPassage(passage, quoted.length + 1, commit);
    const cost = countTokens(rendered);
    if (cost > left) {
      shelf.putBack(passage);
      continue;
    }
    left -= cost;
    text += rendered;
    quoted.push(passage);
  }

  const pointed: Passage[] = [];
  const seen = new Set(quoted.map(({ id }) => id));
  const known = new Set<string>();
  for (const candidate of candidates) {
    if (left < POINTER) break;
    if (seen.has(candidate.node.id)) continue;
    const passage = await shelf.point(candidate);
    if (!passage) continue;
    pointed.push(passage);
    const place = fileKey(passage.repo, passage.path);
    left -= Math.min(passage.tokens, LONGEST_POINTER) + POINTER + (known.has(place) ? 0 : countTokens(passage.path) + POINTER);
    known.add(place);
  }
  // The sum of parts is not what they have together.
  let whole = text + renderMap(pointed, quoted.length + 1, commit);
  let tokens = countTokens(whole);
  while (pointed.length > 0 && tokens > budget) {
    pointed.pop();
    whole = text + renderMap(pointed, quoted.length + 1, commit);
    tokens = countTokens(whole);
  }
  return { question, budget, tokens, passages: [...quoted, ...pointed], text: whole };
}

/** The commit of the first passage that has one: mostly that of all. */
async function firstCommit(candidates: readonly Candidate[], files: QuotedFiles): Promise<string | undefined> {
  for (const { node } of candidates) {
    const file = await files.of(node);
    if (file?.commit !== undefined) return file.commit;
  }
  return undefined;
}

/** Lines to quote, each given away once. */
interface Shelf {
  /** The first lines of a thing that are not taken, up to so many tokens; undefined when there are none. */
  take(candidate: Candidate, most: number): Promise<Passage | undefined>;
  /** The line that declares a thing. */
  point(candidate: Candidate): Promise<Passage | undefined>;
  putBack(passage: Passage): void;
}

function createShelf(files: QuotedFiles): Shelf {
  const taken = new Map<string, Lines[]>();
  const give = (candidate: Candidate, file: QuotedFile, wanted: Lines | undefined, most: number): Passage | undefined => {
    const lines = wanted && firstFree(wanted, taken.get(file.key) ?? []);
    const passage = lines && quote(candidate, file, lines, most);
    if (passage) taken.set(file.key, [...(taken.get(file.key) ?? []), passage]);
    return passage;
  };
  return {
    async take(candidate, most) {
      const file = await files.of(candidate.node);
      return file && give(candidate, file, linesOf(candidate.node, file), most);
    },
    async point(candidate) {
      const file = await files.of(candidate.node);
      const { line } = candidate.node.span;
      return file && give(candidate, file, { line, endLine: line }, LONGEST_POINTER);
    },
    putBack(passage) {
      const key = fileKey(passage.repo, passage.path);
      taken.set(
        key,
        (taken.get(key) ?? []).filter((lines) => lines !== passage),
      );
    },
  };
}

/** As many of the lines as fit, from the first; undefined when there is nothing in them, or the first is longer than anyone reads. */
function quote(
  { node, reason }: Candidate,
  { repo, path, lines, commit }: QuotedFile,
  { line, endLine }: Lines,
  most: number,
): Passage | undefined {
  let end = line - 1;
  let tokens = 0;
  while (end < Math.min(endLine, lines.length) && lines[end]!.length <= LONGEST_LINE) {
    tokens += countTokens(`${lines[end]}\n`);
    if (tokens > most && end >= line) break;
    end++;
  }
  while (end > line && (lines[end - 1] ?? '').trim() === '') end--;
  const text = lines.slice(line - 1, end).join('\n');
  if (text.trim() === '') return undefined;
  const { id, kind, name } = node;
  const place = { repo, path, line, endLine: end, ...(commit === undefined ? {} : { commit }) };
  return { id, kind, name, ...place, reason, text, tokens: countTokens(text) };
}
