import { claimOf, without, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { MANNERS } from '../words/manners.ts';
import { spelled, termsOf } from '../words/terms.ts';

const ALWAYS = /\b(?:every|all|each|any|everywhere|always|never)\b/i;

/** What is counted stands behind `exactly one` or `several`. */
const behind = (text: string, matched: string): readonly string[] =>
  termsOf(
    text
      .slice(text.indexOf(matched) + matched.length)
      .trim()
      .split(/\s+/)
      .slice(0, 3)
      .join(' ')
      .replace(/[,.;].*$/, ''),
  );

/** Manners of things: who does it does not matter. */
const OF_THINGS = new Set(['change', 'availability', 'answer', 'approval']);

/** Things that manners are of: they stay part of the subject. */
const THINGS = new Set(
  termsOf(
    'row table database file batch import order request customer client caller user shop partner price amount total sum message mail day',
  ),
);

const known = new WeakMap<object, ReadonlySet<string>>();

/** The words that say how, of all ways of a manner: what else a match spans is what is done so. */
function vocabulary(values: Readonly<Record<string, RegExp>>): ReadonlySet<string> {
  let words = known.get(values);
  if (!words) {
    const all = termsOf(
      Object.values(values)
        .map(({ source }) => source.replace(/\\[bwsd]|[^a-z]+/gi, ' '))
        .join(' '),
    );
    known.set(values, (words = new Set(all.filter((term) => !THINGS.has(term)))));
  }
  return words;
}

/** How something is done, of ways that exclude each other. */
export function mannersOf(clause: Clause): readonly Claim[] {
  return MANNERS.flatMap(({ name, values, isCounted, words = '' }) => {
    const found = Object.entries(values).flatMap(([value, pattern]) => {
      const match = pattern.exec(clause.text);
      return match === null ? [] : [{ value, matched: match[0] }];
    });
    // What says both is about something else; the first of `never changed` wins over `changed`.
    const [said] = found;
    if (
      said === undefined ||
      (found.length > 1 && !['change', 'how news is got', 'deletion', 'amounts of money', 'origin of ids', 'completeness'].includes(name))
    )
      return [];
    const gone = new Set(termsOf(said.matched).filter((term) => isCounted === true || vocabulary(values).has(term)));
    const rest = without(clause.terms, words).filter((term) => !gone.has(term));
    const agents = new Set(OF_THINGS.has(name) ? clause.people.map((one) => one.name) : []);
    const things = rest.filter((term) => !agents.has(term));
    const about = things.length > 0 ? things : rest.length > 0 ? rest : clause.terms;
    return [
      claimOf(clause, {
        attribute: `manner:${name}`,
        about: isCounted ? clause.terms : about,
        head: isCounted ? [...new Set([...gone, ...behind(clause.text, said.matched)])] : [],
        isUniversal: ALWAYS.test(clause.whole),
        holds: { kind: 'value', value: said.value },
        states: `${spelled(about, clause.whole)}: ${name} is ${said.value}`,
      }),
    ];
  });
}
