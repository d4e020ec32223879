import { alignment, featuresOf } from './alignment.ts';
import type { Claim } from './claim.ts';
import { areApart, isSameTerm, likeness, type Weight } from './compare.ts';
import { FITTED } from './fitted.ts';
import type { Held } from './held.ts';
import { frameOf } from './words/frame.ts';
import { areNarrowedApart } from './words/nouns.ts';
import { sideOf } from './words/people.ts';

/** Whether two constraints can be on the same thing at all: whom they are for, when and by whom they are met may rule it out. */
export function mayMeet(a: Held, b: Held, weight: Weight): boolean {
  if (areApart(a.claim, b.claim)) return false;
  const { attribute } = a.claim;
  if (attribute === 'limit:rate' && !isSamePayer(a.claim, b.claim)) return false;
  if (attribute === 'limit:share' && !isOfTheSame(a.claim, b.claim)) return false;
  if (attribute === 'delay' && !isSameWait(a.claim, b.claim)) return false;
  if (attribute === 'access' && !isSameAccess(a, b)) return false;
  if (attribute === 'presence' && !isSameDeed(a, b, weight)) return false;
  return overlapConditions(a, b, weight);
}

/** Whether two constraints that may be on the same thing are, as far as words and places tell. */
export const isSameThing = (a: Held, b: Held, weight: Weight): boolean =>
  isPlainly(a, b, weight) ?? alignment(featuresOf(a, b, weight)) >= FITTED.threshold;

/** Where it is plain whether they are, without weighing words; undefined where it is not. */
export function isPlainly(a: Held, b: Held, weight: Weight): boolean | undefined {
  const { attribute } = a.claim;
  if (attribute === 'factors')
    return (
      a.claim.about.includes('anyone') || b.claim.about.includes('anyone') || a.claim.about.some((side) => b.claim.about.includes(side))
    );
  if (attribute === 'choice:own words') return isOfThatList(a, b, weight);
  if (attribute === 'deed' && !isCovered(a, b, weight)) return false;
  if (/^(?:authentication|version:|encryption)/.test(attribute)) {
    if (a.claim.isUniversal === true) return coversAll(a, b);
    if (b.claim.isUniversal === true) return coversAll(b, a);
  }
  return undefined;
}

/** Terms of what a rule for everything is about anyway. */
const EVERYTHING =
  /^(?:oper|endpoint|request|call|caller|connect|traffic|access|token|interfac|rout|resourc|ask|servic|data|rest|us|product|transport)/;

/** "Every operation of the ledger" is about the ledger; "every connection" about all of them. */
function coversAll(rule: Held, other: Held): boolean {
  if (other.saying.layer !== 'contract') return true;
  const narrow = rule.claim.about.filter((term) => !EVERYTHING.test(term));
  const around = [...other.claim.around, ...other.claim.about];
  return narrow.length === 0 || narrow.some((term) => around.some((known) => isSameTerm(term, known)));
}

/** How often something runs says nothing of how fast it does; it does of how soon after an event something is there. */
const isSameWait = (a: Claim, b: Claim): boolean =>
  (a.since !== 'rhythm' || b.since === 'event') && (b.since !== 'rhythm' || a.since === 'event');

/** Two that are only for some people each are about the same when the same is done: to enter is not to be shown. */
function isSameAccess(a: Held, b: Held): boolean {
  const [left, right] = [a.claim.holds, b.claim.holds];
  if (left.kind !== 'items' || right.kind !== 'items' || left.force !== 'only' || right.force !== 'only') return true;
  const [mine, theirs] = [frameOf(a.saying.text).verbs, frameOf(b.saying.text).verbs];
  return mine.size === 0 || theirs.size === 0 || [...mine].some((verb) => theirs.has(verb));
}

/** A list of words is of an enumeration where it has one of its values, and speaks of what the field belongs to. */
function isOfThatList(a: Held, b: Held, weight: Weight): boolean {
  const [contract, other] = a.saying.layer === 'contract' ? [a, b] : [b, a];
  const [closed, wanted] = [contract.claim.holds, other.claim.holds];
  if (contract.saying.layer !== 'contract' || closed.kind !== 'items' || wanted.kind !== 'items') return false;
  const known = wanted.items.filter((item) => closed.items.includes(item)).length;
  const isNamed = contract.claim.head.some((head) => other.claim.about.some((term) => isSameTerm(head, term)));
  const ofIt = likeness(
    [...contract.claim.around, ...contract.claim.about],
    other.claim.about.filter((term) => !wanted.items.includes(term)),
    weight,
  );
  return (known >= 2 || (known >= 1 && isNamed) || (isNamed && wanted.items.length === 1)) && ofIt.terms.length > 0 && ofIt.weight >= 0.4;
}

/** Of a denial all terms have to be in what is done, but for one that weighs little. */
function isCovered(a: Held, b: Held, weight: Weight): boolean {
  if (a.saying.layer === 'contract' || b.saying.layer === 'contract') return false;
  const [denial, deed] = a.claim.holds.kind === 'value' && a.claim.holds.value === 'ruled out' ? [a, b] : [b, a];
  const shared = likeness(denial.claim.about, deed.claim.about, weight);
  const all = denial.claim.about.reduce((sum, term) => sum + weight(term), 0);
  if (areNarrowedApart(a.saying.text, b.saying.text, shared.terms, a.claim.about, b.claim.about)) return false;
  return shared.terms.length > 1 && shared.weight >= 0.85 * all;
}

/** Two sentences on what has to be given speak of the same deed where either tells one. */
function isSameDeed(a: Held, b: Held, weight: Weight): boolean {
  if (a.saying.layer === 'contract' || b.saying.layer === 'contract') return true;
  const [left, right] = [a, b].map(({ claim }) => (claim.sentence ?? []).filter((term) => !claim.about.includes(term)));
  if (left!.length === 0 || right!.length === 0) return true;
  return likeness(left!, right!, weight).share >= 0.3;
}

/** Percentages are compared where they are of the same. */
const isOfTheSame = (a: Claim, b: Claim): boolean =>
  a.head.length === b.head.length && a.head.every((term) => b.head.some((other) => isSameTerm(term, other)));

/** A rate for each caller says nothing of all of them together. */
function isSamePayer(a: Claim, b: Claim): boolean {
  const [limited, wanted] = a.holds.kind === 'range' && a.holds.force === 'all' ? [a, b] : [b, a];
  const by = limited.people ?? [];
  return by.length === 0 || by.some((one) => [...wanted.about, ...wanted.around].some((term) => isSameTerm(term, one)));
}

function overlapConditions(a: Held, b: Held, weight: Weight): boolean {
  const [left, right] = [a.claim.when, b.claim.when];
  if (left.length === 0 || right.length === 0) return true;
  if (/^status$/.test(a.claim.attribute)) return true;
  if (a.saying.document === b.saying.document)
    return likeness(left, right, weight).share >= 0.6 && likeness(right, left, weight).ofLarger >= 0.6;
  return likeness([...left, ...a.claim.about], [...right, ...b.claim.about], weight).share >= 0.25;
}

/** Whether one of two lists of people covers somebody of the other: staff are also nurses. */
export const coversPerson = (list: readonly string[], person: string): boolean =>
  list.includes(person) || (list.includes('staff') && sideOf(person) === 'inside');
