import { compare } from '../../../graph/model/edge.ts';
import type { Claim, Holds } from './claim.ts';
import { claimsOf } from './claims.ts';
import { clash, likeness, weightOver, type Weight } from './compare.ts';
import { coversPerson, meets, type Held } from './meet.ts';
import type { Saying } from './saying.ts';
import { around } from './words/places.ts';
import { termsOf } from './words/terms.ts';

/** Sayings that cannot all hold, and the constraints that show it. */
export interface Contradiction {
  readonly members: readonly Held[];
}

/** Most sayings that one attribute is compared over with one other: what says more is a generated list. */
const MOST_COMPARED = 400;

/**
 * The sayings that contradict one another, each as a minimal set. Constraints are compared only with those on the same attribute
 * that share a term with them, so that the time taken grows with what is alike, not with all pairs.
 */
export function contradictionsAmong(sayings: readonly Saying[], isWanted: (a: Saying, b: Saying) => boolean = () => true): readonly Contradiction[] {
  const weight = weightOver(sayings.map(({ text, context }) => termsOf(`${text} ${context}`)));
  const groups = new Map<string, Held[]>();
  const nearOf = neighbours(sayings);
  for (const saying of sayings)
    for (const claim of claimsOf(saying)) {
      const group = groups.get(claim.attribute) ?? [];
      if (group.length === 0) groups.set(claim.attribute, group);
      group.push({ claim, saying, ...(claim.about.length <= 2 && saying.layer !== 'contract' && saying.layer !== 'policy' ? { near: nearOf(saying, claim.about) } : {}) });
    }
  const found = new Map<string, Contradiction>();
  for (const [, group] of [...groups].toSorted(([a], [b]) => compare(a, b)))
    for (const [a, b] of pairsOf(group)) {
      if (!areComparable(a.saying, b.saying) || !isWanted(a.saying, b.saying) || !contradict(a, b, weight)) continue;
      if (!isNearest(a, b, group, weight) || !isNearest(b, a, group, weight)) continue;
      const key = [a, b].map(({ saying }) => keyOf(saying)).toSorted(compare).join('\n');
      if (!found.has(key)) found.set(key, { members: [a, b] });
    }
  return [...found.values()];
}

/** Terms of the sentences of a document that share one with a subject. */
function neighbours(sayings: readonly Saying[]): (saying: Saying, about: readonly string[]) => readonly string[] {
  const documents = new Map<string, (readonly string[])[]>();
  for (const { layer, document, text } of sayings) {
    if (layer === 'contract') continue;
    const texts = documents.get(document) ?? [];
    if (texts.length === 0) documents.set(document, texts);
    texts.push(termsOf(text));
  }
  return ({ document }, about) => (documents.get(document) ?? []).filter((terms) => terms.some((term) => about.includes(term))).flat();
}

/** One contract does not contradict another, nor does a decision or a policy itself: what it says twice it means once. */
const areComparable = (a: Saying, b: Saying): boolean =>
  a !== b && !(a.layer === 'contract' && b.layer === 'contract') && (a.layer === 'spec' || a.layer === 'request' || a.document !== b.document);

/** Of the parts of contracts a sentence can be about it is about those most like it. */
function isNearest(contract: Held, other: Held, group: readonly Held[], weight: Weight): boolean {
  if (contract.saying.layer !== 'contract' || other.claim.isUniversal === true) return true;
  const own = nearness(contract, other, weight);
  return group.every((rival) => rival.saying.layer !== 'contract' || nearness(rival, other, weight) <= own * 1.25);
}

const nearness = ({ claim }: Held, other: Held, weight: Weight): number =>
  likeness(claim.about, other.claim.about, weight).weight + 0.5 * likeness(claim.around, other.claim.about, weight).weight;

export const keyOf = ({ evidence: { file, line, quote } }: Saying): string => `${file}:${line}:${quote}`;

function* pairsOf(group: readonly Held[]): Iterable<readonly [Held, Held]> {
  for (const [index, a] of group.entries()) {
    let compared = 0;
    for (let at = index + 1; at < group.length && compared < MOST_COMPARED; at++) {
      const b = group[at]!;
      if (!canClash(a.claim, b.claim)) continue;
      compared++;
      yield [a, b];
    }
  }
}

/** Whether two constraints cannot both hold. */
export function contradict(a: Held, b: Held, weight: Weight): boolean {
  return canClash(a.claim, b.claim) && meets(a, b, weight);
}

function canClash(a: Claim, b: Claim): boolean {
  if (a.isWish === true || b.isWish === true) return false;
  if (a.attribute === 'place') return outside(a.holds, b.holds) || outside(b.holds, a.holds);
  if (a.attribute === 'access') return barsSome(a.holds, b.holds) || barsSome(b.holds, a.holds);
  return clash(a.holds, b.holds);
}

function outside(rule: Holds, place: Holds): boolean {
  if (rule.kind !== 'items' || place.kind !== 'items' || place.force !== 'some') return false;
  if (rule.force === 'only') return place.items.some((item) => !around(item).some((outer) => rule.items.includes(outer)));
  return rule.force === 'not' && place.items.some((item) => around(item).some((outer) => rule.items.includes(outer)));
}

function barsSome(rule: Holds, wanted: Holds): boolean {
  if (rule.kind !== 'items' || wanted.kind !== 'items') return false;
  if (rule.force === 'only') return wanted.force !== 'not' && wanted.items.some((item) => !coversPerson(rule.items, item));
  return rule.force === 'not' && wanted.force !== 'not' && wanted.items.some((item) => coversPerson(rule.items, item));
}
