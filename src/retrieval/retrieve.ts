import type { z } from 'zod';
import { MEANT_PARTS, MEANT_PIECES } from '../../graph/model/meaning.ts';
import { lastLineOf, type LineRange } from '../../graph/model/provenance.ts';
import { fileKey } from '../../graph/query/related-files.ts';
import type { PinnedGraph } from '../current-graph.ts';
import { candidatesOf, type Candidate } from './candidates.ts';
import type { ContextPack, Passage, PassageDetail } from './context-pack.ts';
import type { ContextQuestion } from './question.ts';
import { createQuotedFiles, firstFree, linesOf, type QuotedFile, type QuotedFiles } from './quoted-file.ts';
import { renderHeading, renderMap, renderPassage } from './render-pack.ts';
import { search, type Meant, type Purpose } from './search.ts';
import { countTokens } from './tokens.ts';

/** Hits that passages are made of: many, so that what is unlike the question is told from what was not compared. */
const HITS = 6000;
/** Who wants to know asks for decisions and documents as much as for code. */
const TO_KNOW: Purpose = {
  counts: { code: 1, test: 0.5, text: 1 },
  meant: [...MEANT_PARTS, ...MEANT_PIECES],
  parts: HITS,
};
/** Share of the budget for what is quoted at length, the rest being a map of what else there is; and by how much it grows while all of that fits. */
const QUOTED = 0.2;
const MORE = 0.2;
/** Tokens that are quoted at least, up to half of a small budget: a few things in full say more than many names. */
const LEAST_QUOTED = 600;
/** Tokens of one passage: the most relevant lines, not whole files. */
const LONGEST_PASSAGE = 220;
/** Lines of what is only the head of something. */
const HEAD = 3;
/** Characters of a line that is read by people: longer ones are data, or made by machines. */
const LONGEST_LINE = 4000;
/** More than fit into the largest packs that are asked for. */
const MOST_POINTERS = 1000;

/**
 * What one needs to know to build something, in a budget of tokens: the lines that a search finds, and those that the graph
 * connects with them (decisions and policies that govern them, contracts, tests, callers), no line twice, most relevant first.
 * The most relevant are quoted at some length, on `quoted` (0–1) of the budget; then comes a map of further ones by name. Every passage
 * is exactly lines of a file.
 */
export async function retrieve(
  { reader, snapshot }: PinnedGraph,
  { question, budget, repo, given }: z.output<typeof ContextQuestion>,
  meant?: Meant,
  quoted = Math.max(QUOTED, Math.min(0.5, LEAST_QUOTED / budget)),
): Promise<ContextPack> {
  const asked = { query: question, limit: HITS, kinds: undefined, repo, given };
  const { hits } = await search({ reader, snapshot }, asked, meant, TO_KNOW);
  const files = createQuotedFiles(reader);
  const candidates = await candidatesOf({ reader, graph: await snapshot(), files }, hits, question);
  const commit = await firstCommit(candidates, files);

  let filled = await fill(candidates, files, { question, budget, commit, share: quoted });
  for (let share = quoted + MORE; filled.complete && share < 1; share += MORE) {
    const fuller = await fill(candidates, files, { question, budget, commit, share });
    if (!fuller.complete) break;
    filled = fuller;
  }
  return { question, budget, tokens: countTokens(filled.text), passages: filled.passages, text: filled.text };
}

interface Filled {
  readonly passages: readonly Passage[];
  readonly text: string;
  /** Everything that there is has found room. */
  readonly complete: boolean;
}

/** Quotes until a share of the budget is spent, and points at as many further things as fit. */
async function fill(
  candidates: readonly Candidate[],
  files: QuotedFiles,
  {
    question,
    budget,
    commit,
    share,
  }: { readonly question: string; readonly budget: number; readonly commit: string | undefined; readonly share: number },
): Promise<Filled> {
  const shelf = createShelf(files);
  let text = renderHeading(question, commit);
  let left = budget - countTokens(text);
  const quoted: Passage[] = [];
  for (const candidate of candidates) {
    if (left <= budget * (1 - share)) break;
    const passage = await shelf.take(candidate);
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

  const pointers: Passage[] = [];
  const seen = new Set(quoted.map(({ id }) => id));
  for (const candidate of candidates) {
    if (pointers.length === MOST_POINTERS) break;
    if (seen.has(candidate.node.id)) {
      pointers.push(...(await shelf.pieces(candidate)));
      continue;
    }
    const passage = await shelf.point(candidate);
    if (!passage) continue;
    pointers.push(passage, ...(await shelf.pieces(candidate)));
  }
  // The sum of parts is not what they have together.
  const withMap = (count: number): string => text + renderMap(pointers.slice(0, count), commit);
  const pointed = mostThatFit(pointers.length, (count) => countTokens(withMap(count)) <= budget);
  return {
    passages: [...quoted, ...pointers.slice(0, pointed)],
    text: withMap(pointed),
    complete: pointed === pointers.length,
  };
}

/** The largest number up to `most` that fits; what has less fits too, and nothing always does. */
function mostThatFit(most: number, fits: (count: number) => boolean): number {
  let [least, tooMany] = [0, most + 1];
  while (tooMany - least > 1) {
    const middle = Math.floor((least + tooMany) / 2);
    if (fits(middle)) least = middle;
    else tooMany = middle;
  }
  return least;
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
  /** The first lines of a thing that are not taken, as many as are read at once; undefined when there are none, or no more than its head. */
  take(candidate: Candidate): Promise<Passage | undefined>;
  /** The line that declares a thing. */
  point(candidate: Candidate): Promise<Passage | undefined>;
  /** The lines of a long thing that are nearest to the question, where they are not taken. */
  pieces(candidate: Candidate): Promise<readonly Passage[]>;
  putBack(passage: Passage): void;
}

function createShelf(files: QuotedFiles): Shelf {
  const taken = new Map<string, LineRange[]>();
  const give = (candidate: Candidate, file: QuotedFile, wanted: LineRange | undefined, detail: PassageDetail): Passage | undefined => {
    const lines = wanted && firstFree(wanted, taken.get(file.key) ?? []);
    const passage = lines && quote(candidate, file, lines, detail);
    if (passage) taken.set(file.key, [...(taken.get(file.key) ?? []), passage]);
    return passage;
  };
  return {
    async take(candidate) {
      const file = await files.of(candidate.node);
      return file && give(candidate, file, worthQuoting(candidate, file), 'QUOTED');
    },
    async point(candidate) {
      const file = await files.of(candidate.node);
      const { line } = candidate.node.span;
      return file && give(candidate, file, { line, endLine: line }, 'NAMED');
    },
    async pieces(candidate) {
      const file = await files.of(candidate.node);
      return candidate.pieces.flatMap(({ line, endLine }) => (file && give(candidate, file, { line, endLine }, 'NAMED')) ?? []);
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

/**
 * The lines of a thing, with the comments above it unless they are most of what would be quoted; of something long the piece that is
 * nearest to the question. Of what holds other parts only its head is its own: with no comment that is said on the map as well.
 */
function worthQuoting({ node, pieces: [piece] }: Candidate, file: QuotedFile): LineRange | undefined {
  if (piece) return { line: piece.line, endLine: lastLineOf(piece) };
  const lines = linesOf(node, file);
  const { line } = node.span;
  if (lines.endLine < lastLineOf(node.span) && lines.line === line && lines.endLine - line < HEAD) return undefined;
  const comment = file.lines.slice(lines.line - 1, line - 1).join('\n');
  return countTokens(comment) > LONGEST_PASSAGE / 2 ? { ...lines, line } : lines;
}

/** As many of the lines as fit, from the first; undefined when there is nothing in them, or the first is longer than anyone reads. */
function quote(
  { node, reason }: Candidate,
  { repo, path, lines, commit }: QuotedFile,
  { line, endLine }: LineRange,
  detail: PassageDetail,
): Passage | undefined {
  let end = line - 1;
  let tokens = 0;
  while (end < Math.min(endLine, lines.length) && lines[end]!.length <= LONGEST_LINE) {
    tokens += countTokens(`${lines[end]}\n`);
    if (tokens > LONGEST_PASSAGE && end >= line) break;
    end++;
  }
  while (end > line && (lines[end - 1] ?? '').trim() === '') end--;
  const text = lines.slice(line - 1, end).join('\n');
  if (text.trim() === '') return undefined;
  const { id, kind, name } = node;
  const place = { repo, path, line, endLine: end, ...(commit === undefined ? {} : { commit }) };
  return { id, kind, name, ...place, detail, reason, text, tokens: countTokens(text) };
}
