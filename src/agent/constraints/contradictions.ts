import { compare } from '../../../graph/model/edge.ts';
import { chained } from './chains.ts';
import type { Claim, Holds } from './claim.ts';
import { claimsOf } from './claims.ts';
import { clash, likeness, weightOver, type Weight } from './compare.ts';
import type { Held } from './held.ts';
import { coversPerson, isSameThing, mayMeet } from './meet.ts';
import type { Saying } from './saying.ts';
import { around } from './words/places.ts';
import { termsOf } from './words/terms.ts';

/** Sayings that cannot all hold, and the two constraints that show it: one of them may follow from two sayings. */
export interface Contradiction {
  readonly sayings: readonly Saying[];
  readonly between: readonly [Held, Held];
}

/** Most constraints that one is compared with: what has more on one attribute is a generated list. */
const MOST_COMPARED = 2000;

/** What is said in a repository, ready to be compared. */
export interface Statements {
  /** The constraints that sayings make, alone and together, by attribute. */
  readonly groups: ReadonlyMap<string, readonly Held[]>;
  readonly weight: Weight;
}

/** Says whether two constraints that clash are on the same thing. */
export type Judge = (a: Held, b: Held, weight: Weight) => boolean;

/** Reads the constraints of sayings. What words weigh, and what a thing is elsewhere in its document, comes from all of them. */
export function statementsOf(sayings: readonly Saying[]): Statements {
  const weight = weightOver(sayings.map(({ text, context }) => termsOf(`${text} ${context}`)));
  const nearOf = neighbours(sayings);
  const all = sayings.flatMap((saying) =>
    claimsOf(saying).map((claim): Held => {
      const near = claim.about.length <= 2 && saying.layer !== 'contract' && saying.layer !== 'policy' ? nearOf(saying, claim.about) : [];
      return { claim, saying, ...(near.length === 0 ? {} : { near }) };
    }),
  );
  const groups = new Map<string, Held[]>();
  for (const held of [...all, ...chained(all, weight)]) {
    const group = groups.get(held.claim.attribute) ?? [];
    if (group.length === 0) groups.set(held.claim.attribute, group);
    group.push(held);
  }
  return { groups, weight };
}

/** Pairs of constraints that would contradict each other were they on the same thing. */
export const candidatesOf = ({ groups, weight }: Statements): readonly (readonly [Held, Held])[] =>
  [...groups.values()].flatMap((group) => [...pairsOf(group)].filter(([a, b]) => areComparable(a, b) && mayMeet(a, b, weight)));

/**
 * The sayings that contradict one another, each as a minimal set. Constraints are compared with those on the same attribute only.
 * What two documents say against each other twice is told once. In order of what it is about and where it stands.
 */
export function contradictionsAmong(
  sayings: readonly Saying[],
  isWanted: (sayings: readonly Saying[]) => boolean = () => true,
  isSame: Judge = isSameThing,
): readonly Contradiction[] {
  const statements = statementsOf(sayings);
  const found = new Map<string, Contradiction>();
  for (const [, group] of [...statements.groups].toSorted(([a], [b]) => compare(a, b)))
    for (const between of pairsOf(group)) {
      const members = membersOf(between);
      if (!isWanted(members) || !contradict(between, group, statements.weight, isSame) || !isMinimal(members, statements, isSame)) continue;
      const key = members.map(keyOf).toSorted(compare).join('\n');
      if (!found.has(key)) found.set(key, { sayings: members, between });
    }
  return withoutRepeats([...found.values()], statements.weight);
}

/** Two sayings are; of three no two may contradict each other, or the third has nothing to do with it. */
const isMinimal = (members: readonly Saying[], statements: Statements, isSame: Judge): boolean =>
  members.length === 2 || members.every((_, index) => areConsistent(members.toSpliced(index, 1), statements, isSame));

/** Whether nothing among some sayings contradicts the rest: asked of a conflict's members, and of them without any one. */
export function areConsistent(some: readonly Saying[], { groups, weight }: Statements, isSame: Judge = isSameThing): boolean {
  for (const group of groups.values()) {
    const own = group.filter((held) => sayingsOf(held).every((saying) => some.includes(saying)));
    for (const between of pairsOf(own)) if (contradict(between, group, weight, isSame)) return false;
  }
  return true;
}

const sayingsOf = ({ saying, also }: Held): readonly Saying[] => (also === undefined ? [saying] : [saying, also]);

const membersOf = ([a, b]: readonly [Held, Held]): readonly Saying[] => [...new Set([...sayingsOf(a), ...sayingsOf(b)])];

export const keyOf = ({ evidence: { file, line, quote } }: Saying): string => `${file}:${line}:${quote}`;

/** How plainly two sayings oppose each other: what one names the other rules out, and they speak of the same. */
function plainness({ between: [a, b] }: Contradiction, weight: Weight): number {
  const [left, right] = [a.claim.holds, b.claim.holds];
  const isNamed = left.kind === 'items' && right.kind === 'items' && left.items.some((item) => right.items.includes(item));
  return (isNamed ? 10 : 0) + likeness(a.claim.about, b.claim.about, weight).weight;
}

/** The same two documents on the same attribute, one of the sides being the same saying: the plainest says it. */
function withoutRepeats(found: readonly Contradiction[], weight: Weight): readonly Contradiction[] {
  const kept: Contradiction[] = [];
  const ordered = found.toSorted(
    (a, b) => a.sayings.length - b.sayings.length || plainness(b, weight) - plainness(a, weight) || compare(place(a), place(b)),
  );
  for (const one of ordered) {
    const documents = new Set(one.sayings.map(({ document }) => document));
    const isKnown = kept.some(
      (other) =>
        one.sayings.some((saying) => other.sayings.includes(saying)) &&
        other.sayings.every(({ document }) => documents.has(document)) &&
        (documents.size > 1 || one.between[0].claim.attribute === other.between[0].claim.attribute),
    );
    if (!isKnown) kept.push(one);
  }
  return kept;
}

const place = ({ sayings }: Contradiction): string =>
  sayings
    .map(({ evidence: { file, line } }) => `${file}:${String(line).padStart(6, '0')}`)
    .toSorted(compare)
    .join(' ');

/** Attributes that say what they are of by themselves: their constraints are compared whatever else is said. */
const BY_ITSELF =
  /^(?:technology|version:|factors|threshold|encryption|authentication|manner:(?:legal hold|time zone|amounts of money)|place|limit:temperature)/;

/** Pairs that can clash and share a term, or need not. */
function* pairsOf(group: readonly Held[]): Iterable<readonly [Held, Held]> {
  const isOpen = BY_ITSELF.test(group[0]?.claim.attribute ?? '');
  const byTerm = new Map<string, number[]>();
  if (!isOpen)
    for (const [index, held] of group.entries())
      for (const key of keysOf(held)) {
        const known = byTerm.get(key) ?? [];
        if (known.length === 0) byTerm.set(key, known);
        known.push(index);
      }
  for (const [index, a] of group.entries()) {
    const alike = isOpen ? group.keys() : new Set([...keysOf(a)].flatMap((key) => byTerm.get(key) ?? []));
    let compared = 0;
    for (const at of [...alike].filter((one) => one > index).toSorted((x, y) => x - y)) {
      const b = group[at]!;
      if (!canClash(a.claim, b.claim)) continue;
      if (++compared > MOST_COMPARED) break;
      yield [a, b];
    }
  }
}

/** What subjects that can be one have in common: the beginning of a term, as a noun and its verb share it. */
const keysOf = ({ claim, near = [] }: Held): ReadonlySet<string> =>
  new Set([claim.about, claim.around, claim.when, claim.sentence ?? [], near].flat().map((term) => term.slice(0, 5)));

function contradict([a, b]: readonly [Held, Held], group: readonly Held[], weight: Weight, isSame: Judge): boolean {
  if (!areComparable(a, b) || !mayMeet(a, b, weight) || !isSame(a, b, weight)) return false;
  return isNearest(a, b, group, weight) && isNearest(b, a, group, weight);
}

/** One contract does not contradict another, nor does a decision or a policy itself: what it says twice it means once. */
function areComparable(a: Held, b: Held): boolean {
  const [left, right] = [sayingsOf(a), sayingsOf(b)];
  if (left.some((saying) => right.includes(saying))) return false;
  const [one, other] = [a.saying, b.saying];
  if (one.layer === 'contract' && other.layer === 'contract') return false;
  return one.layer === 'spec' || one.document !== other.document;
}

/** Of the parts of contracts a sentence can be about it is about those most like it. */
function isNearest(contract: Held, other: Held, group: readonly Held[], weight: Weight): boolean {
  if (contract.saying.layer !== 'contract' || other.claim.isUniversal === true) return true;
  const own = nearness(contract, other, weight);
  return group.every((rival) => rival.saying.layer !== 'contract' || nearness(rival, other, weight) <= own * 1.25);
}

const nearness = ({ claim }: Held, other: Held, weight: Weight): number =>
  likeness(claim.about, other.claim.about, weight).weight + 0.5 * likeness(claim.around, other.claim.about, weight).weight;

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

function canClash(a: Claim, b: Claim): boolean {
  if (a.isWish === true || b.isWish === true) return false;
  if (a.attribute === 'place') return outside(a.holds, b.holds) || outside(b.holds, a.holds);
  if (a.attribute === 'access') return barsSome(a.holds, b.holds) || barsSome(b.holds, a.holds);
  return clash(a.holds, b.holds);
}

function outside(rule: Holds, kept: Holds): boolean {
  if (rule.kind !== 'items' || kept.kind !== 'items' || kept.force !== 'some') return false;
  if (rule.force === 'only') return kept.items.some((item) => !around(item).some((outer) => rule.items.includes(outer)));
  return rule.force === 'not' && kept.items.some((item) => around(item).some((outer) => rule.items.includes(outer)));
}

function barsSome(rule: Holds, wanted: Holds): boolean {
  if (rule.kind !== 'items' || wanted.kind !== 'items') return false;
  if (rule.force === 'only') return wanted.force !== 'not' && wanted.items.some((item) => !coversPerson(rule.items, item));
  return rule.force === 'not' && wanted.force !== 'not' && wanted.items.some((item) => coversPerson(rule.items, item));
}
