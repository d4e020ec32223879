import type { WordSet } from '../../model/chunk.ts';
import { bm25, comparable, MOST_PER_WEIGHT, weightOf, type Collection } from '../bm25.ts';
import { int, type Row } from './connection.ts';
import * as cypher from './cypher.ts';

/**
 * Lucene finds candidates, which are then ranked by bm25.ts. Its own BM25 differs in three things: what a word weighs, which the query
 * makes up for; lengths, which it keeps to four binary digits, at most an eighth too short; and texts that are closed but not yet
 * deleted, which it counts. This share of the last score that is wanted, down to which candidates are looked at, allows for the latter two.
 */
const SURE = 0.8;
/** Digits of a boost: Lucene's syntax has no exponents. */
const DIGITS = 12;
/** Words whose counts are kept, of each collection. */
const MOST_REMEMBERED = 100_000;

/** How to look for some words in one collection. */
interface Ranking {
  /** Of the statement that finds candidates. */
  readonly parameters: Row;
  /** Of the text of a candidate. */
  score(text: string): number;
}

/** Ranks texts by figures of one generation, which are counted when first asked for. */
export class TextRankings {
  readonly #query: (statement: string, parameters?: Row) => Promise<readonly Row[]>;
  #sizes: Promise<readonly Collection[]> | undefined;
  /** How many texts of a collection have a word. */
  readonly #holding = new Map<WordSet | 'claims', Map<string, number>>();

  constructor(query: (statement: string, parameters?: Row) => Promise<readonly Row[]>) {
    this.#query = query;
  }

  /** Undefined where no text has any of the words. Candidates that score no more than `above` are not needed. */
  async of(
    set: WordSet | 'claims',
    words: readonly string[],
    { limit, above = 0 }: { readonly limit: number; readonly above?: number },
  ): Promise<Ranking | undefined> {
    if (words.length === 0 || limit < 1) return undefined;
    const [collection, counts] = await Promise.all([this.#collection(set), this.#counts(set, words)]);
    const held = words.map((word) => [word, counts.get(word) ?? 0] as const).filter(([, holding]) => holding > 0);
    if (held.length === 0) return undefined;
    const weights = new Map(held.map(([word, holding]) => [word, weightOf(collection, holding)]));
    return {
      parameters: {
        words: held.map(([word, holding]) => `"${word}"^${boostOf(collection, holding).toFixed(DIGITS)}`).join(' OR '),
        limit: int(limit),
        sure: SURE,
        least: (Math.max(0, above) / MOST_PER_WEIGHT) * SURE,
      },
      score: (text) => comparable(bm25(weights, text, collection)),
    };
  }

  async #collection(set: WordSet | 'claims'): Promise<Collection> {
    this.#sizes ??= this.#query(cypher.TEXT_SIZES).then((rows) =>
      rows.map(({ texts, words }) => ({ texts: texts as number, words: words as number })),
    );
    this.#sizes.catch(() => (this.#sizes = undefined));
    const sizes = await this.#sizes;
    return sizes[cypher.COLLECTIONS.indexOf(set)] ?? { texts: 0, words: 0 };
  }

  async #counts(set: WordSet | 'claims', words: readonly string[]): Promise<ReadonlyMap<string, number>> {
    let known = this.#holding.get(set);
    // Not cleared: another question may be about to read it.
    if (!known || known.size > MOST_REMEMBERED) this.#holding.set(set, (known = new Map()));
    const terms = words.filter((word) => !known.has(word));
    const rows = terms.length === 0 ? [] : await this.#query(cypher.countHolding(set), { terms });
    for (const { term, holding } of rows) known.set(term as string, holding as number);
    return known;
  }
}

/** What makes Lucene weigh a word as {@link weightOf} does. */
const boostOf = (collection: Collection, holding: number): number =>
  weightOf(collection, holding) / Math.log(1 + (collection.texts - holding + 0.5) / (holding + 0.5));
