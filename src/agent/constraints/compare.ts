import type { Claim, Holds } from './claim.ts';

/** How much a term tells of what a text is about, 0–1: words that everything in a repository uses tell nothing. */
export type Weight = (term: string) => number;

/** Weight of a word that everything uses: it still has to be there. */
const LEAST = 0.4;

/** Inverse document frequency over the texts of a repository, scaled to 1 (Spärck Jones 1972). */
export function weightOver(texts: readonly (readonly string[])[]): Weight {
  const frequency = new Map<string, number>();
  for (const terms of texts) for (const term of new Set(terms)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const most = Math.log(1 + Math.max(1, texts.length));
  return (term) => Math.max(LEAST, Math.log(1 + texts.length / (frequency.get(term) ?? 1)) / most);
}

/** Same stem, or the stem of a noun and its verb: `registr` and `regist`. */
export const isSameTerm = (a: string, b: string): boolean =>
  a === b || (a.length >= 5 && b.length >= 5 && Math.abs(a.length - b.length) <= 3 && (a.startsWith(b) || b.startsWith(a)));

export interface Likeness {
  /** Share of the smaller subject that the other has, by weight. */
  readonly share: number;
  /** The same of the larger one. */
  readonly ofLarger: number;
  /** Weight of what both have. */
  readonly weight: number;
  readonly terms: readonly string[];
}

/** How much two subjects are one. */
export function likeness(a: readonly string[], b: readonly string[], weight: Weight): Likeness {
  const shared = a.filter((term) => b.some((other) => isSameTerm(term, other)));
  const of = (terms: readonly string[]): number => terms.reduce((sum, term) => sum + weight(term), 0);
  const both = of(shared);
  const [smaller = 0, larger = 0] = [of(a), of(b)].toSorted((x, y) => x - y);
  return {
    share: smaller === 0 ? 0 : Math.min(1, both / smaller),
    ofLarger: larger === 0 ? 0 : Math.min(1, both / larger),
    weight: both,
    terms: shared,
  };
}

/** Why two things cannot both hold; undefined where they can. */
export function clash(a: Holds, b: Holds): boolean {
  if (a.kind === 'range' && b.kind === 'range') {
    if (a.force === 'some' && b.force === 'some') return false;
    return a.low > b.high * (1 + 1e-9) + 1e-12 || b.low > a.high * (1 + 1e-9) + 1e-12;
  }
  if (a.kind === 'items' && b.kind === 'items') return clashOfItems(a, b) || clashOfItems(b, a);
  if (a.kind === 'order' && b.kind === 'order') return isMostOf(a.first, b.next) && isMostOf(a.next, b.first);
  return a.kind === 'value' && b.kind === 'value' && a.value !== b.value;
}

/** Half of the shorter list, at least, is in the other. */
function isMostOf(a: readonly string[], b: readonly string[]): boolean {
  const shared = a.filter((term) => b.some((other) => isSameTerm(term, other))).length;
  return shared > 0 && shared * 2 >= Math.min(a.length, b.length);
}

type Items = Extract<Holds, { kind: 'items' }>;

function clashOfItems(a: Items, b: Items): boolean {
  if (a.force === 'only' && b.force === 'some') return b.items.some((item) => !a.items.includes(item));
  if (a.force === 'not' && b.force === 'some') return b.items.some((item) => a.items.includes(item));
  if (a.force === 'only' && b.force === 'only') return b.items.every((item) => !a.items.includes(item));
  return false;
}

/** Two claims are under conditions that exclude each other. */
export function areApart(a: Claim, b: Claim): boolean {
  if (a.environment !== undefined && b.environment !== undefined && a.environment !== b.environment) return true;
  return (a.scopes ?? []).some((one) =>
    (b.scopes ?? []).some((other) => one.dimension === other.dimension && (one.low > other.high || other.low > one.high)),
  );
}
