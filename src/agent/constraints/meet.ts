import type { Claim } from './claim.ts';
import { areApart, isSameTerm, likeness, type Weight } from './compare.ts';
import type { Saying } from './saying.ts';
import { areNarrowedApart } from './words/nouns.ts';
import { MANNERS } from './words/manners.ts';
import { sideOf } from './words/people.ts';

/** A constraint with the saying that makes it. */
export interface Held {
  readonly claim: Claim;
  readonly saying: Saying;
  /** The second saying that the constraint follows from, where one alone does not make it. */
  readonly also?: Saying;
  /** Terms of other sentences of its document that speak of the same. */
  readonly near?: readonly string[];
}

/** What two subjects have to have in common for constraints on them to be compared, by attribute. */
interface Bar {
  /** Share of the smaller subject, by weight. */
  readonly share: number;
  /** The same with what stands around them; defaults to nothing. */
  readonly around?: number;
  /** Weight of what is shared. */
  readonly weight?: number;
}

const BARS: readonly (readonly [attribute: RegExp, bar: Bar])[] = [
  [/^limit:(?:size|mass|length|ratio|temperature)$/, { share: 0.34, weight: 0.2 }],
  [/^limit:/, { share: 0.5, weight: 0.3 }],
  [/^lifetime$/, { share: 0.5, weight: 0.5 }],
  [/^age$/, { share: 0.3, weight: 0.15 }],
  [/^period$/, { share: 0.5, weight: 0.4 }],
  [/^need$/, { share: 0.25, weight: 0.4 }],
  [/^sequence$/, { share: 0.5, weight: 0.8 }],
  [/^delay$/, { share: 0.5, weight: 0.6 }],
  [/^values:/, { share: 0.5, weight: 0.3 }],
  [/^choice:/, { share: 0.34, weight: 0.25 }],
  [/^access$/, { share: 0.5, weight: 0.5 }],
  [/^authentication$/, { share: 0.55, weight: 0.4 }],
  [/^factors$/, { share: 1, weight: 0 }],
  [/^place$/, { share: 0.25, weight: 0.2 }],
  [/^technology$/, { share: 0, weight: 0 }],
  [/^technology:/, { share: 0.4, weight: 0.3 }],
  [/^version:/, { share: 0, weight: 0 }],
  [/^encryption$/, { share: 0.5, weight: 0.4 }],
  [/^contents:/, { share: 0, weight: 0.3 }],
  [/^presence$/, { share: 0.75, weight: 0.3 }],
  [/^threshold$/, { share: 0, weight: 0 }],
  [/^status$/, { share: 0.7, weight: 0.6 }],
  [/^act:/, { share: 0.67, weight: 0.8 }],
];

const barOf = (attribute: string): Bar => {
  const manner = MANNERS.find(({ name }) => attribute === `manner:${name}`);
  if (manner) return { share: manner.least, weight: manner.least === 0 ? 0 : 0.3 };
  return BARS.find(([pattern]) => pattern.test(attribute))?.[1] ?? { share: 0.6, weight: 0.5 };
};

/** Whether two constraints are on the same thing, as far as words and places tell. */
export function meets(a: Held, b: Held, weight: Weight): boolean {
  if (areApart(a.claim, b.claim) || areOthers(a, b)) return false;
  if (!haveHeads(a, b)) return false;
  const { attribute } = a.claim;
  if (attribute === 'limit:rate' && !isSamePayer(a.claim, b.claim)) return false;
  if (!overlapConditions(a, b, weight)) return false;
  if (a.claim.isUniversal === true || b.claim.isUniversal === true)
    if (/^(?:authentication|version|encryption|technology:|manner:(?:time zone|amounts of money))/.test(attribute)) return true;
  if (MEASURED.test(attribute) && (isBare(a) || isBare(b))) return true;
  if (attribute === 'factors')
    return (
      a.claim.about.includes('anyone') || b.claim.about.includes('anyone') || a.claim.about.some((side) => b.claim.about.includes(side))
    );
  if (attribute === 'presence' && !isSameDeed(a, b, weight)) return false;
  if (attribute === 'choice:own words') return isOfThatList(a, b, weight);
  if (attribute === 'deed') return isCovered(a, b, weight);
  if (attribute === 'period' && isExact(a) && isExact(b) && !(a.saying.layer === 'policy' || b.saying.layer === 'policy')) return false;
  if (isFieldNamed(a, b, weight) || isFieldNamed(b, a, weight)) return true;
  const { share, weight: least = 0 } =
    attribute === 'limit:size' && (a.saying.layer === 'contract' || b.saying.layer === 'contract')
      ? { share: 0.15, weight: 0.2 }
      : barOf(attribute);
  const [left, right] = [subjectOf(a, b), subjectOf(b, a)];
  const like = likeness(left, right, weight);
  if (
    NARROWED.test(attribute) &&
    a.saying.layer !== 'contract' &&
    b.saying.layer !== 'contract' &&
    areNarrowedApart(a.saying.text, b.saying.text, like.terms, a.claim.about, b.claim.about)
  )
    return false;
  if (like.share >= share && like.weight >= least) return true;
  if (/^(?:act:|manner:|access)/.test(attribute)) {
    const wide = likeness([...left, ...a.claim.when], [...right, ...b.claim.when], weight);
    if (wide.share >= Math.max(0.7, share) && wide.weight >= Math.max(1, least) && wide.terms.length > 1) return true;
  }
  if (!EXTENDS.test(attribute)) return false;
  // "A hold ends after ten minutes": what a hold is, other sentences of the document say.
  const far = likeness(extended(a), extended(b), weight);
  return (isThin(a) || isThin(b)) && like.terms.length + far.terms.length > 1 && far.weight >= 0.6 && far.share >= 0.3;
}

/** A limit of a field that a sentence names in full. */
function isFieldNamed(contract: Held, other: Held, weight: Weight): boolean {
  if (contract.saying.layer !== 'contract' || other.saying.layer === 'contract' || contract.claim.head.length === 0) return false;
  if (!/^(?:limit|values):/.test(contract.claim.attribute)) return false;
  const named = likeness(contract.claim.about, other.claim.about, weight);
  return named.terms.length > 0 && named.weight >= 0.6 * contract.claim.about.reduce((sum, term) => sum + weight(term), 0);
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

const isExact = ({ claim: { holds } }: Held): boolean => holds.kind === 'range' && holds.low === holds.high;

/** Two sentences on what has to be given speak of the same deed where either tells one. */
function isSameDeed(a: Held, b: Held, weight: Weight): boolean {
  if (a.saying.layer === 'contract' || b.saying.layer === 'contract') return true;
  const [left, right] = [a, b].map(({ claim }) => (claim.sentence ?? []).filter((term) => !claim.about.includes(term)));
  if (left!.length === 0 || right!.length === 0) return true;
  return likeness(left!, right!, weight).share >= 0.3;
}

/** What is measured is clear from the unit: `-48 degrees` is a temperature. */
const MEASURED = /^limit:(?:temperature|ratio)$/;
const isBare = ({ claim }: Held): boolean => claim.about.every((term) => /^(?:temperatur|degre|contrast|ratio)/.test(term));
const NARROWED = /^(?:lifetime|delay|period|age|limit:(?!rate)|access|authentication|act:|manner:|presence|encryption|need|contents)/;
const EXTENDS = /^(?:lifetime|delay|authentication|manner:(?:number|change|order))$/;
const isThin = ({ claim }: Held): boolean => claim.about.length <= 2;
const extended = (held: Held): readonly string[] =>
  isThin(held) ? [...new Set([...held.claim.about, ...(held.claim.sentence ?? []), ...(held.near ?? [])])] : held.claim.about;

/** What a claim is about; beside a contract's, with what stands around it. */
const subjectOf = ({ claim, saying }: Held, other: Held): readonly string[] =>
  saying.layer === 'contract' && other.saying.layer !== 'contract' ? [...new Set([...claim.about, ...claim.around])] : claim.about;

/** The noun that is bounded has to be said on both sides. */
function haveHeads(a: Held, b: Held): boolean {
  if (a.saying.layer === 'contract' || b.saying.layer === 'contract') {
    const [contract, other] = a.saying.layer === 'contract' ? [a, b] : [b, a];
    return (
      contract.claim.head.length === 0 ||
      [...other.claim.about, ...other.claim.head].some((term) => contract.claim.head.some((head) => isSameTerm(head, term)))
    );
  }
  const has = (of: Held, other: Held): boolean =>
    of.claim.head.length === 0 ||
    [...other.claim.about, ...other.claim.head, ...(other.near ?? [])].some((term) => of.claim.head.some((head) => isSameTerm(head, term)));
  // What one document calls otherwise it may explain elsewhere.
  return a.claim.attribute === 'manner:number' ? has(a, b) || has(b, a) : has(a, b) && has(b, a);
}

/** Another service has to do it, or other people are meant. */
function areOthers(a: Held, b: Held): boolean {
  const [left, right] = [a.claim.actor, b.claim.actor];
  if (left !== undefined && right !== undefined && a.claim.attribute !== 'factors') {
    const [one, two] = [plain(left), plain(right)];
    const named = /service|app$|portal|api/i;
    if (
      one !== two &&
      !one.startsWith(two) &&
      !two.startsWith(one) &&
      (named.test(left) || named.test(right)) &&
      one.slice(0, 4) !== two.slice(0, 4)
    )
      return true;
  }
  return false;
}

const plain = (actor: string): string =>
  actor
    .toLowerCase()
    .replace(/[\s_-]?(?:service|api|app|s)$/g, '')
    .replace(/s$/, '');

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
