import { isSameTerm, likeness, type Weight } from './compare.ts';
import { FITTED } from './fitted.ts';
import type { Held } from './held.ts';
import { frameOf } from './words/frame.ts';
import { MANNERS } from './words/manners.ts';
import { areNarrowedApart } from './words/nouns.ts';

/** Kinds of constraint that ask alike for how much their subjects have to share. */
const FAMILIES: readonly (readonly [name: string, attributes: RegExp])[] = [
  ['amount', /^(?:limit:|values:)/],
  ['time', /^(?:lifetime|delay|period|age)$/],
  ['choice', /^choice:/],
  ['people', /^(?:access|factors)$/],
  ['authentication', /^authentication$/],
  ['place', /^place$/],
  ['technology', /^(?:technology|version:|encryption)/],
  ['manner', /^(?:manner:|sequence|threshold)/],
  ['act', /^(?:act:|need)/],
  ['deed', /^deed$/],
  ['field', /^(?:presence|contents|status)/],
];

/** Attributes that say what they are of by themselves. */
const ALONE = /^(?:version:|threshold|place|technology$|limit:(?:temperature|ratio))/;

/** What is known of two constraints that clash, before it is said whether they are on the same thing; in a fixed order. */
export const FEATURES: readonly string[] = [
  ...FAMILIES.map(([name]) => `is ${name}`),
  ...['share', 'share of larger', 'weight', 'rarest', 'sentences', 'around', 'head shared', 'head missing', 'conditions unlike'],
  ...['one conditional', 'narrowed apart', 'contract', 'request', 'same document', 'universal', 'nearby', 'few terms', 'shares two'],
  ...['with conditions', 'verbs shared', 'verbs differ', 'nouns', 'same beginning', 'other service', 'speaks for itself', 'needs more'],
];

/** The features of two constraints, each between about -1 and 1, as `FEATURES` names them. */
export function featuresOf(a: Held, b: Held, weight: Weight): readonly number[] {
  const [left, right] = [subjectOf(a, b), subjectOf(b, a)];
  const [when, then] = [a.claim.when, b.claim.when];
  const like = likeness(a.claim.about, b.claim.about, weight);
  const wide = likeness(left, right, weight);
  const least = MANNERS.find(({ name }) => a.claim.attribute === `manner:${name}`)?.least;
  const full = likeness([...a.claim.about, ...when], [...b.claim.about, ...then], weight);
  const whole = likeness(sentenceOf(a), sentenceOf(b), weight);
  const near = likeness([...a.claim.about, ...(a.near ?? [])], [...b.claim.about, ...(b.near ?? [])], weight);
  const heads = [sharesHead(a, b), sharesHead(b, a)];
  const has = (layer: string): boolean => a.saying.layer === layer || b.saying.layer === layer;
  const conditions = when.length > 0 && then.length > 0 ? 1 - likeness(when, then, weight).share : 0;
  return [
    ...FAMILIES.map(([, attributes]) => Number(attributes.test(a.claim.attribute))),
    like.share,
    like.ofLarger,
    Math.min(1, like.weight / 3),
    Math.max(0, ...like.terms.map(weight)),
    whole.ofLarger,
    wide.share,
    heads.includes(true) ? 1 : 0,
    heads.includes(false) ? 1 : 0,
    conditions,
    Number(when.length > 0 !== then.length > 0),
    Number(areNarrowedApart(a.saying.text, b.saying.text, like.terms, a.claim.about, b.claim.about)),
    Number(has('contract')),
    Number(has('request')),
    Number(a.saying.document === b.saying.document),
    Number(a.claim.isUniversal === true || b.claim.isUniversal === true),
    near.share,
    Number(Math.min(a.claim.about.length, b.claim.about.length) <= 1),
    Number(like.terms.length > 1),
    full.share,
    ...framesAlike(a, b, weight),
    Number(areOthers(a, b)),
    Number(ALONE.test(a.claim.attribute) || least === 0),
    least ?? 0.5,
  ];
}

/** How sure it is that two constraints are on the same thing, 0–1: logistic regression, fitted by bench/conflicts-fit.mjs. */
export function alignment(features: readonly number[], coefficients: readonly number[] = FITTED.coefficients): number {
  const sum = features.reduce((all, value, index) => all + value * (coefficients[index] ?? 0), coefficients[features.length] ?? 0);
  return 1 / (1 + Math.exp(-sum));
}

/** How much the verbs and the nouns of two sentences are the same; nothing where one is no sentence. */
function framesAlike(a: Held, b: Held, weight: Weight): readonly number[] {
  const [left, right] = [frameOf(a.saying.text), frameOf(b.saying.text)];
  const verbs = likeness([...left.verbs], [...right.verbs], weight).share;
  const both = left.verbs.size > 0 && right.verbs.size > 0;
  return [
    both ? verbs : 0,
    Number(both && verbs === 0),
    likeness([...left.nouns], [...right.nouns], weight).ofLarger,
    Number(left.opens !== undefined && left.opens === right.opens),
  ];
}

const sentenceOf = ({ claim, saying }: Held): readonly string[] =>
  saying.layer === 'contract' ? [...new Set([...claim.about, ...claim.around])] : (claim.sentence ?? claim.about);

/** What a claim is about; beside a contract's, with what stands around it. */
const subjectOf = ({ claim, saying }: Held, other: Held): readonly string[] =>
  saying.layer === 'contract' && other.saying.layer !== 'contract' ? [...new Set([...claim.about, ...claim.around])] : claim.about;

/** Whether the other says the noun that is bounded; undefined where any will do. */
const sharesHead = (of: Held, other: Held): boolean | undefined =>
  of.claim.head.length === 0
    ? undefined
    : [...other.claim.about, ...other.claim.head, ...(other.near ?? [])].some((term) =>
        of.claim.head.some((head) => isSameTerm(head, term)),
      );

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
