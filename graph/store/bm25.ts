/** How fast more of the same word stops to count, and how much the length of a text does (the usual values). */
const K1 = 1.2;
const B = 0.75;
/** What a word weighs that more than half of the texts have. */
const LEAST_WEIGHT = 1e-6;
/** Digits after the point that are compared: the last ones depend on who adds up. */
const PLACES = 1e9;

/** What a word gives at most, of what it weighs. */
export const MOST_PER_WEIGHT = K1 + 1;

/** A collection of texts, as far as ranking them depends on it. */
export interface Collection {
  /** Texts in it. */
  readonly texts: number;
  /** Words in all of them together, repeated ones as often as they stand there. */
  readonly words: number;
}

/** The same in both stores, whichever computed it. */
export const comparable = (score: number): number => Math.round(score * PLACES) / PLACES;

/** What a word weighs that `holding` of the texts have: the rarer, the more. */
export function weightOf({ texts }: Collection, holding: number): number {
  const weight = Math.log((texts - holding + 0.5) / (holding + 0.5));
  return weight > 0 ? weight : LEAST_WEIGHT;
}

/**
 * How well a text, as words with a space between, answers to words of some weights: BM25 (Robertson and Zaragoza 2009), to the letter
 * as FTS5's `bm25()` computes it, which is what ranks in the embedded store. Not rounded yet.
 */
export function bm25(weights: ReadonlyMap<string, number>, text: string, { texts, words }: Collection): number {
  const counts = new Map<string, number>();
  const tokens = text === '' ? [] : text.split(' ');
  for (const token of tokens) if (weights.has(token)) counts.set(token, (counts.get(token) ?? 0) + 1);
  const long = K1 * (1 - B + (B * tokens.length) / (words / texts));
  let score = 0;
  for (const [word, weight] of weights) {
    const count = counts.get(word) ?? 0;
    score += weight * ((count * (K1 + 1)) / (count + long));
  }
  return score;
}
