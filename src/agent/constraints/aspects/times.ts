import { claimOf, without, type Clause } from '../clause.ts';
import type { Claim, Holds } from '../claim.ts';
import type { Amount } from '../words/quantities.ts';
import { spelled, termsOf } from '../words/terms.ts';
import { REFUSES } from './limits.ts';

const DELETES =
  /\b(?:delet\w*|eras\w*|destroy\w*|remov\w*|purg\w*|wip(?:e|es|ed)\b|overwritten|truncat\w*|prun(?:e|es|ed)|trimmed|anonymi[sz]\w*|discard\w*|(?:is|are) (?:left|gone)|nothing .{0,40} left|forgotten|forgets?|shred(?:s|ded)?|clear(?:s|ed)|thr(?:ow|ows|own) .{0,30}away|cleaned up|gets? rid)/i;
const KEEPS =
  /\b(?:hold(?:s)? on to|look(?:s|ing)? back|keeps?|kept|keeping|retain\w*|retention|stor(?:e|es|ed)|archiv(?:e|es|ed)|preserv\w*|(?:is|are|be|stay|stays|remain|remains) (?:available|accessible|visible|readable|searchable)|look(?:ed|ing)? up|able to (?:see|read|download|find|open|look)|(?:can|may) (?:be )?(?:see|seen|read|download|downloaded|restored|looked|go back|undo|recall\w*|export\w*)|let .{0,40}\bsee|stays?|remains?)\b/i;
const WATCHES = /\b(?:watch|see|view|read|play|listen|open|download|restore|compare|search|find|show|list|look|get|access|export)\w*\b/i;
const ENDS =
  /\b(?:ends?|expir\w*|valid|laps\w*|times? out|timeout|logged out|signed out|good for|dead|signed in|logged in|(?:become|becomes|is|are|be) (?:free|released|available again)|giv(?:e|es|en) (?:back|to (?:anybody|somebody|someone|others))|(?:goes|go) back|releas\w*|live for|lifetime|locked for|blocked for|held for|reserved for|hold\w* .{0,30} for|lasts?|(?:works?|usable|can be used|good|open) for)\b/i;
const STAYS = /\b(?:stays?|remains?|keeps?|at least|go(?:es)? on)\b/i;
const NOT_BEFORE =
  /\b(?:not|never|nobody|no one|nothing)\b.{0,80}\b(?:before|earlier|sooner|until|within)\b|\b(?:no|not) (?:earlier|sooner|before) than\b|\b(?:only|not until) after\b/i;
const AGE = /\b(?:old|older|ago|meanwhile|in advance|ahead|back ?dated|late|stale|in the past|after (?:it|they) (?:was|were))\b/i;
const ACCEPTS = /\b(?:accept\w*|tak(?:e|es|en)|allow\w*|let\b|let in|admit\w*|book\w*|cancel\w*|return\w*)\b/i;
const DENIES_ALL = /^\s*(?:no|none|nothing|neither)\b(?! later| sooner| earlier)/i;
const HOLDS_BACK = /\b(?:hold\w* .{0,30}\bback|wait\w*|delay\w*|postpon\w*|defer\w*|paus\w*)\b/i;
const RENEWS =
  /\b(?:cache\w*|rebuil\w*|refresh\w*|batch\w*|run|runs|nightly|sync\w*|collect\w*|poll\w*|import\w*|export\w*|updat\w*|recalculat\w*|recomput\w*|reload\w*|fetch\w*|read in|index\w*|aggregat\w*|transferred|sent|pushed|pulled|report\w*|hand(?:s|ed)? over|deliver\w*|wak(?:e|es)|load\w*|transfer\w*|publish\w*|generat\w*|creat\w*|produc\w*|comput\w*|calculat\w*|compil\w*|made|makes?|prepar\w*|updat\w*)\b/i;
const SHOWN = /\b(?:can be|is|are|be) (?:found|visible|available|seen|searchable|shown|there)\b|\bshows?\b/i;
const SOON = /\b(?:immediately|instantly|at once|right away|in real[ -]?time|without delay|straight away)\b/i;
const FOREVER =
  /\b(?:forever|indefinitely|permanently|never (?:be )?(?:deleted|erased|removed|purged|destroyed|discarded|expires?)|(?:not|nobody|never) .{0,20}(?:remove|delete|erase|destroy)s? (?:it|them) earlier)\b/i;
const VERBS =
  'keep delete erase destroy remove retain store end expire valid within  after before show find available visible see least most latest longer accept refuse take stay sign';

/** Lifetimes, delays, periods and ages: what is said of time. All in seconds. */
export function timesOf(clause: Clause): readonly Claim[] {
  const times = clause.amounts.filter(({ dimension }) => dimension === 'time');
  return [
    ...times.flatMap((amount) => timeOf(clause, amount, times).map((claim) => sinceEvent(clause, amount, claim))),
    ...wordedTimes(clause, times).map((claim): Claim => (claim.since === undefined ? { ...claim, since: 'event' } : claim)),
  ];
}

/** How fast something is done is not how soon after an event it is there. */
const sinceEvent = (clause: Clause, { after, text }: Amount, claim: Claim): Claim =>
  claim.attribute === 'delay' &&
  claim.since === undefined &&
  ((clause.conditions !== '' && !clause.conditions.includes(text)) ||
    /^\s*(?:after|of|from|since|once|old)\b/i.test(after) ||
    SHOWN.test(clause.text))
    ? { ...claim, since: 'event' }
    : claim;

const all = (low: number, high: number): Holds => ({ kind: 'range', force: 'all', low, high });
const some = (value: number): Holds => ({ kind: 'range', force: 'some', low: value, high: value });

function timeOf(clause: Clause, amount: Amount, times: readonly Amount[]): readonly Claim[] {
  const { text } = clause;
  const { value, bound, isPeriod } = amount;
  const isConditional = clause.conditions.includes(amount.text) && !clause.text.replace(clause.conditions, '').includes(amount.text);
  const about = without(isConditional ? [...new Set([...termsOf(clause.conditions), ...clause.terms])] : clause.terms, VERBS);
  const make = (attribute: string, holds: Holds, relation: string): Claim =>
    claimOf(clause, { attribute, about, holds, states: `${attribute} of ${spelled(about, clause.whole)} ${relation} ${amount.text}` });
  // "No link outlives a minute": nothing may last longer.
  if (bound === 'least' && DENIES_ALL.test(text) && !DELETES.test(text)) return [make('lifetime', all(-Infinity, value), '<=')];
  if (HOLDS_BACK.test(text) && /\bfor (?:at least |about )?\s*$/i.test(amount.before)) return [make('delay', all(value, Infinity), '>=')];
  if (isPeriod) {
    const rarely = /\b(?:more often than|at most|no(?:t)? more (?:often )?than)\s*$/i.test(
      amount.before.replace(/(?:every|each|once.*)\s*$/i, ''),
    );
    if (rarely) return [make('period', all(value, Infinity), '>=')];
    const claims = [
      make(
        'period',
        bound === 'most' || /\bat least\s*$/i.test(amount.before.replace(/(?:every|each|once.*)\s*$/i, ''))
          ? all(-Infinity, value)
          : all(value, value),
        '=',
      ),
    ];
    return RENEWS.test(text) && bound === 'exact'
      ? [...claims, { ...make('delay', all(value, Infinity), 'up to'), since: 'rhythm' }]
      : claims;
  }
  if (/^\s*old\b/i.test(amount.after) && !REFUSES.test(text) && !ACCEPTS.test(text)) {
    const isMost = bound === 'most' || (bound === 'least' && /\b(?:not|never|nobody|no one|nothing|no)\b/i.test(text));
    if (isMost) return [make('delay', all(-Infinity, value), '<=')];
  }
  const isSeen = /\b(?:can be|is|are|be) (?:found|visible|available|seen|searchable|shown|ready|gone|updated|there)\b/i.test(text);
  if (
    isSeen &&
    value < 86_400 &&
    !/\bfor (?:at least |up to )?\s*$/i.test(amount.before) &&
    (bound === 'most' || /^\s*after\b/i.test(amount.after))
  )
    return [make('delay', all(-Infinity, value), '<=')];
  const isGranted = ACCEPTS.test(text) && !DELETES.test(text);
  if (
    /\b(?:may|can|allowed to|able to|right to)\b/i.test(text) &&
    !clause.isNegated &&
    bound === 'most' &&
    /\bwithin\s*$/i.test(amount.before) &&
    clause.people.length > 0 &&
    !KEEPS.test(text)
  )
    return [make('age', some(value), 'can be')];
  if (REFUSES.test(text) && (AGE.test(text) || /\blater than\s*$/i.test(amount.before)) && bound === 'least')
    return [make('age', all(-Infinity, value), '<=')];
  // What a document lets people do up to an age it lets nobody do later; a request asks for it.
  const isOpenTo = amount.isUpTo && /\b(?:can|may)\b/i.test(text) && /^\s*(?:after|from|before)\b/i.test(amount.after);
  if (((isGranted && (amount.isUpTo || AGE.test(text))) || isOpenTo) && !KEEPS.test(text))
    return amount.isUpTo && clause.saying.layer !== 'request'
      ? [make('age', some(value), 'can be'), make('age', all(-Infinity, value), '<=')]
      : [make('age', bound === 'most' && !amount.isUpTo ? all(-Infinity, value) : some(value), 'can be')];
  if (DELETES.test(text)) {
    if (NOT_BEFORE.test(text)) return [make('lifetime', all(value, Infinity), '>=')];
    const isExact =
      bound === 'exact' && (/\bafter\s*$/i.test(amount.before) || /^\s*after\b/i.test(amount.after)) && !/\b(?:left|gone)\b/i.test(text);
    return [make('lifetime', bound === 'least' ? all(value, Infinity) : all(isExact ? value : -Infinity, value), isExact ? '=' : '<=')];
  }
  if (ENDS.test(text)) {
    if (NOT_BEFORE.test(text) || bound === 'least' || (clause.isNegated && /\bfor\s*$/i.test(amount.before)))
      return [make('lifetime', all(value, Infinity), '>=')];
    if (bound === 'most') return [make('lifetime', all(-Infinity, value), '<=')];
    return [make('lifetime', STAYS.test(text) && !/\bafter\s*$/i.test(amount.before) ? all(value, Infinity) : all(value, value), '=')];
  }
  const lasting =
    /\b(?:from|of|for|in|over)?\s?(?:the )?last\s*$/i.test(amount.before) ||
    /\b(?:for|of the last|last|for up to|at least|for at least|for the|back)\s*$/i.test(amount.before) ||
    /^\s*(?:long|back|after (?!it was (?:filed|uploaded|sent|created)))/i.test(amount.after);
  if (!ENDS.test(text) && /\blast\s*$/i.test(amount.before) && WATCHES.test(text)) return [make('lifetime', all(value, Infinity), '>=')];
  if (KEEPS.test(text) && (lasting || bound === 'least') && !/\bwithin\s*$/i.test(amount.before))
    return [
      make('lifetime', bound === 'most' && !amount.isUpTo ? all(-Infinity, value) : all(value, Infinity), bound === 'most' ? '<=' : '>='),
    ];
  if (KEEPS.test(text) && bound === 'most' && /\b(?:no|not) longer than\s*$/i.test(amount.before))
    return [make('lifetime', all(-Infinity, value), '<=')];
  if (NOT_BEFORE.test(text) || bound === 'least') return [make('delay', all(value, Infinity), '>=')];
  if (bound === 'most') return [make('delay', all(-Infinity, value), '<=')];
  // Whatever the verb, "for three days" says how long.
  if (
    /\b(?:for|over)\s*$/i.test(amount.before) &&
    !/^\s*(?:of|old)\b/i.test(amount.after) &&
    clause.saying.layer !== 'request' &&
    !clause.isNegated
  )
    return [make('lifetime', all(value, value), '=')];
  if (/\btak(?:es?|ing)\b/i.test(text) && clause.conditions !== '')
    return [
      {
        ...make('delay', all(Math.min(...times.map((one) => one.value)), Infinity), '>='),
        about: [...new Set([...about, ...termsOf(clause.conditions)])],
      },
    ];
  if (/\btak(?:es?|ing)\b/i.test(text)) return [make('delay', all(Math.min(...times.map((one) => one.value)), Infinity), '>=')];
  return [];
}

function wordedTimes(clause: Clause, times: readonly Amount[]): readonly Claim[] {
  const { text } = clause;
  const about = without(clause.terms, VERBS);
  const make = (attribute: string, holds: Holds, states: string): Claim =>
    claimOf(clause, { attribute, about, holds, states: `${attribute} of ${spelled(about, clause.whole)} ${states}` });
  const claims: Claim[] = [];
  if (FOREVER.test(text) && times.length === 0) claims.push(make('lifetime', all(1e11, Infinity), 'without end'));
  if (/\b(?:before|until) the (?:next|following) (?:morning|day|working day)\b/i.test(text))
    claims.push(make('delay', all(6 * 3600, Infinity), '>= a night'));
  else if (SOON.test(text) && times.length === 0 && !clause.isNegated) claims.push(make('delay', all(-Infinity, 60), 'none'));
  return claims;
}
