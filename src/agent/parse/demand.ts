import { signsOf, type Reading } from './signs.ts';
import { AROUND, SIGN_WEIGHTS } from './weights.ts';

/** A sentence among the others of its request, as far as its neighbours count for it. */
export interface Neighbour {
  /** Signs of the sentence; undefined where its form or its place alone tell what it means. */
  readonly signs: ReadonlyMap<string, number> | undefined;
  /** Whether it is a requirement by its form or its place; of one with signs this says nothing. */
  readonly fixed: boolean;
  /** Counts passages: sentences of one stand in one paragraph, point or cell. */
  readonly passage: number;
  /** Counts lists; what is no point has none. */
  readonly list: number | undefined;
  readonly section: string | undefined;
}

/** Share of the sentences of a request that demand something, about: what is said of neighbours is said relative to it. */
const USUAL = 0.35;

/** How clearly a sentence by itself demands something of the product, in logits. */
export const demandOf = (sentence: Reading): number => weighed(signsOf(sentence));

function weighed(signs: ReadonlyMap<string, number>): number {
  let sum = SIGN_WEIGHTS.get('bias') ?? 0;
  for (const [name, strength] of signs) sum += strength * (SIGN_WEIGHTS.get(name) ?? 0);
  return sum;
}

/** How clearly each sentence demands something where it stands, in logits; above 0 it is a requirement. */
export function demandsOf(sentences: readonly Neighbour[]): readonly number[] {
  const alone = sentences.map(({ signs }) => (signs === undefined ? 0 : weighed(signs)));
  return aroundOf(sentences, alone).map((around) => AROUND.reduce((sum, weight, index) => sum + weight * (around[index] ?? 0), 0));
}

/**
 * What stands around each sentence, given how clearly each demands something by itself: 1, that, and how much more than usual the
 * sentence before and the one after in its passage, the other points of its list, the rest of its section and of the request do.
 */
export function aroundOf(sentences: readonly Neighbour[], alone: readonly number[]): readonly (readonly number[])[] {
  const more = sentences.map(({ signs, fixed }, index) =>
    signs === undefined ? Number(fixed) - USUAL : 1 / (1 + Math.exp(-alone[index]!)) - USUAL,
  );
  const lists = new Sums<number>();
  const sections = new Sums<string>();
  const all = new Sums<string>();
  for (const [index, { signs, list, section }] of sentences.entries()) {
    lists.add(list, more[index]!);
    if (signs === undefined) continue;
    sections.add(section, more[index]!);
    all.add('', more[index]!);
  }
  return sentences.map(({ passage, list, section }, index) => {
    const at = (other: number): number => (sentences[other]?.passage === passage ? more[other]! : 0);
    const own = more[index]!;
    return [1, alone[index]!, at(index - 1), at(index + 1), lists.mean(list, own, 1), sections.mean(section, own, 1), all.mean('', own, 0)];
  });
}

/** Sums by a key. */
class Sums<K> {
  readonly #sums = new Map<K, { sum: number; count: number }>();

  add(key: K | undefined, value: number): void {
    if (key === undefined) return;
    const known = this.#sums.get(key) ?? { sum: 0, count: 0 };
    this.#sums.set(key, { sum: known.sum + value, count: known.count + 1 });
  }

  /** Mean of the others under the key, drawn to 0 as by so many more that are 0. */
  mean(key: K | undefined, own: number, drawn: number): number {
    const known = key === undefined ? undefined : this.#sums.get(key);
    return known === undefined || known.count < 2 ? 0 : (known.sum - own) / (known.count - 1 + drawn);
  }
}
