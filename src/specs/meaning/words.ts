import { stemmer } from 'stemmer';

/** Words that carry no requirement of their own. */
const FILLER = new Set(
  (
    'a an the this that these those it its they them their there here is are be been being was were has have had do does did of to in on at by for from with ' +
    'as into onto and or but so then which who whom whose when if while where will shall must should may can could might would ' +
    'also please successfully correctly properly automatically always simply just respective corresponding any all each every such ' +
    'able ability order than same own us we you our your his her i she he about via per within between both either feature function functionality need needs ' +
    'system application app software solution product platform user-facing prior'
  ).split(' '),
);

/** Words that say the same in requirements. The first of a row stands for the others. */
const SAME = [
  'show display present render visualise visualize view appear visible see depict',
  'reject refuse decline deny disallow block forbid prohibit prevent',
  'store save persist keep retain preserve record write',
  'delete remove erase purge discard drop destroy',
  'send transmit dispatch deliver forward emit publish',
  'notify inform alert warn tell message notification',
  'create generate produce make build add',
  'change update modify edit alter adjust amend',
  'use utilise utilize employ',
  'return respond answer reply give provide supply',
  'finish complete end conclude',
  'start begin initiate commence launch trigger',
  'accept support allow permit enable let admit',
  'require demand need request-for',
  'log audit-log',
  'choose select pick',
  'picture image photo photograph pic',
  'file document-file attachment',
  'user member customer client person people visitor',
  'buyer purchaser shopper',
  'profile account-profile',
  'check verify validate examine inspect scan',
  'error failure fault',
  'fail unsuccessful',
  'find search locate look lookup',
  'retry reattempt',
  'upload',
  'download',
  'big large huge',
  'small little',
  'quick fast rapid quickly rapidly prompt promptly',
  'before ahead',
  'after following afterwards',
  'during while',
  'immediately instantly directly',
  'cancel abort',
  'sign login log-in signin signed authenticate authentication authenticated',
  'authorize authorise authorised authorized permission',
  'encrypt cipher encrypted encryption',
  'list enumerate',
  'calculate compute determine',
  'pay settle payment',
  'limit restrict cap',
  'number count amount quantity',
  'last latest newest most-recent',
  'email mail',
  'screen page',
  'data',
  'jpg jpeg',
  'exceed surpass',
];
/** Forms that no stem unites. */
const IRREGULAR: Readonly<Record<string, string>> = {
  ...{ shown: 'show', sent: 'send', kept: 'keep', found: 'find', made: 'make', built: 'build', written: 'write', chosen: 'choose' },
  ...{ paid: 'pay', told: 'tell', given: 'give', begun: 'begin', held: 'hold', lost: 'lose', bought: 'buy', sold: 'sell', seen: 'see' },
  ...{ forbidden: 'forbid', hidden: 'hide', taken: 'take', got: 'get', set: 'set', read: 'read', people: 'people', children: 'child' },
};
/** The words that say the same as one, itself among them where there are any; as they are written in the list of them. */
export const synonymsOf = (word: string): readonly string[] =>
  SAME.find((row) => row.split(' ').some((each) => stemmer(each) === stemmer(word)))?.split(' ') ?? [];
const CANON = new Map(SAME.flatMap((row) => row.split(' ').map((word, _, [first = word]) => [stemmer(word), stemmer(first)] as const)));

/** Words of two that mean one, before they are taken apart. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\bprior to\b/gi, 'before'],
  [/\b(?:log(?:ged|s)?|sign(?:ed|s)?)[ -]in(?:to)?\b/gi, 'sign'],
  [/\bturn(?:s|ed)? down\b/gi, 'reject'],
  [/\b(?:not|never) (?:allow|permit|accept|let)(?:s|ed)?\b/gi, 'reject'],
  [/\bcarr(?:y|ies|ied) out\b/gi, 'do'],
  [/\bset(?:s)? up\b/gi, 'create'],
  [/\bget(?:s)? rid of\b/gi, 'delete'],
  [/\bas well as\b/gi, 'and'],
  [/\bin addition to\b/gi, 'and'],
  [/\bin the event (?:that|of)\b/gi, 'if'],
  [/\bmake(?:s)? sure (?:that )?/gi, 'ensure '],
  [/\be-mail/gi, 'email'],
];

const NEGATIVE = new Set(['not', 'never', 'no', 'cannot', 'without', 'none', 'neither', 'nor', "n't"]);

/** The words of a text that carry its meaning, as stems of one form each, sorted. */
export function contentOf(text: string): readonly string[] {
  let plain = text;
  for (const [phrase, word] of PHRASES) plain = plain.replace(phrase, word);
  return (plain.match(/[A-Za-z][\w'-]*|\d[\w.]*/g) ?? [])
    .flatMap((word) => {
      // A name keeps its case: `UserService` is no service of users.
      if (/[a-z][A-Z]|[A-Z]{2,}/.test(word.slice(0, 80))) return [CANON.get(stemmer(word.toLowerCase())) ?? word];
      const lower = word.toLowerCase().replace(/'s$/, '');
      if (FILLER.has(lower) || NEGATIVE.has(lower)) return [];
      const stem = stemmer(Object.hasOwn(IRREGULAR, lower) ? IRREGULAR[lower]! : lower);
      return [CANON.get(stem) ?? stem];
    })
    .toSorted();
}

export const negationsIn = (text: string): number => {
  const plain = text.replace(/\b(?:not|never) (?:allow|permit|accept|let)(?:s|ed)?\b/gi, 'reject').replace(/\bnot only\b/gi, '');
  return (plain.match(/\b(?:not|never|no|cannot|without|none|neither|nor|only)\b|n't\b/gi) ?? []).length;
};

/** What of `b` is not in `a`, each as often as it is more. */
export function missingFrom(a: readonly string[], b: readonly string[]): readonly string[] {
  const counts = new Set(a);
  return [...new Set(b.filter((word) => !counts.has(word)))];
}

const canonical = (words: string): ReadonlySet<string> =>
  new Set(words.split(' ').map((word) => CANON.get(stemmer(word)) ?? stemmer(word)));
const REFUSING = canonical('reject refuse deny block lock disable ignore suspend throttle');
const GRANTING = canonical('accept support allow permit enable let offer handle serve');
const LIMITING = canonical('limit restrict cap expire lock throttle invalidate');

const has = (words: ReadonlySet<string>, text: string): boolean => contentOf(text).some((word) => words.has(word));
/** It takes something from those who use the system. */
export const isRefusing = (response: string): boolean =>
  has(REFUSING, response) || /\bstatus(?: code)? 4\d\d\b|\bHTTP 4\d\d\b/i.test(response);
export const isGranting = (response: string): boolean => has(GRANTING, response) && !isRefusing(response);
export const isLimiting = (response: string): boolean => has(LIMITING, response) || /\bvalid (?:for|until)\b/i.test(response);
