import { claimOf, without, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { placesIn } from '../words/places.ts';
import { technologiesIn } from '../words/technologies.ts';
import { termOf, termsOf } from '../words/terms.ts';

const HANDS =
  /\b(?:goes?|sent|sends?|cop(?:y|ies|ied)|stor(?:e|es|ed)|kept|keeps?|hand(?:s|ed)?|transferred|uploaded|hosted|archived|processed|replicated|mirrored|forward(?:s|ed)?|given)\b/i;
const RECEIVER = /\b(?:to|at|with|by|in|into|on) ((?:[A-Z][A-Za-z0-9]+)(?: [A-Z][A-Za-z0-9]+)?)\b/g;
const DELETES = /\b(?:delet\w*|eras\w*|purg\w*|remov\w*|destroy\w*|clear\w*)\b/i;
const ALONE = /\b(?:at no other time|only|one run|in (?:a|one|1) (?:run|batch|job|sweep)|(?:run|job|batch|sweep|script)\b)/i;
const EACH_YEAR =
  /\b(?:each|every) (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter)\b/i;

/** What constraints of several sayings are put together from. */
export function linksOf(clause: Clause): readonly Claim[] {
  return [...handedTo(clause), ...runsOf(clause), ...requestsOf(clause)];
}

function handedTo(clause: Clause): readonly Claim[] {
  if (!HANDS.test(clause.text) || clause.isNegated) return [];
  const names = [...clause.text.matchAll(RECEIVER)].flatMap(({ 1: name = '' }) =>
    placesIn(name).length > 0 || technologiesIn(name).length > 0 || name.length < 4 ? [] : [name],
  );
  if (names.length === 0) return [];
  return [
    claimOf(clause, {
      attribute: 'handed to',
      about: without(clause.terms, names.join(' ')),
      holds: { kind: 'items', force: 'some', items: names },
      states: `handed to ${names.join(', ')}`,
    }),
  ];
}

function runsOf(clause: Clause): readonly Claim[] {
  if (!DELETES.test(clause.text) || !ALONE.test(clause.whole)) return [];
  const period =
    clause.amounts.find(({ isPeriod, value }) => isPeriod && value >= 86_400)?.value ??
    (EACH_YEAR.test(clause.text) ? 31_536_000 : undefined);
  if (period === undefined) return [];
  return [
    claimOf(clause, {
      attribute: 'run of deletion',
      about: without(clause.terms, 'delete run batch job old'),
      holds: { kind: 'range', force: 'all', low: period, high: period },
      states: `deletion runs every ${period / 86_400} days`,
    }),
  ];
}

function requestsOf(clause: Clause): readonly Claim[] {
  const period = clause.amounts.find(({ isPeriod }) => isPeriod);
  const [, noun] =
    /\b(?:requests?|calls?|messages?)\b.{0,20}\bfor (?:every|each) ([a-z]+)/i.exec(clause.text) ??
    /\b(?:one|1|an?) (?:request|call|message) (?:per|for each|for every) ([a-z]+)/i.exec(clause.text) ??
    [];
  const head = noun === undefined ? undefined : termOf(noun);
  if (period === undefined || head === undefined) return [];
  return [
    claimOf(clause, {
      attribute: 'requests for each',
      head: [head],
      holds: { kind: 'range', force: 'all', low: period.value, high: period.value },
      states: `a request for each ${noun ?? ''} every ${period.value} s`,
      around: termsOf(clause.text),
    }),
  ];
}
