import { claimOf, without, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { kindsIn, technologiesIn, TECHNOLOGIES } from '../words/technologies.ts';

/** Somebody else's: what they use is theirs. */
const FOREIGN = /\b(?:vendor|supplier|third[- ]party|partner|its maker|manufacturer|external provider|their own)\b/i;
const BARRED =
  /\b(?:not|never|no|without|neither|nor|cannot|no longer|instead of|rather than|replaces?|move (?:away )?from|drop|forbidden|prohibited)\b/i;
const DECIDED =
  /\b(?:authenticat\w*|with|use[sd]?|live[s]?|stor\w*|kept|keep|run[s]?|written|goes?|publish\w*|call\w*|over|through|held|answer\w*|built|serve[sd]?|expose[sd]?|speak[s]?|is|are|on|via|in)\b/i;
const EVERYWHERE =
  /\b(?:and nothing else|only|exclusively|everywhere|for everything|for all|all (?:our )?(?:services|systems)|between (?:our |the )?services|no other)\b/i;
const VERSION = /\b(tls|ssl)\s*v?(\d(?:\.\d)?)/gi;
const STRENGTH = /\b(aes|rsa)[- ]?(\d{3,4})\b/gi;

/** What something is built with, and which versions of protocols and ciphers will do. */
export function technologiesOf(clause: Clause): readonly Claim[] {
  return [...namedOf(clause), ...versionsOf(clause), ...transportOf(clause)];
}

function namedOf(clause: Clause): readonly Claim[] {
  const { text } = clause;
  if (FOREIGN.test(clause.whole) && !/\b(?:our|we|us)\b/i.test(clause.text)) return [];
  const technologies = technologiesIn(text);
  const claims: Claim[] = [];
  for (const { name, category } of technologies) {
    const at = text.toLowerCase().indexOf(name.slice(0, 4));
    const barred =
      BARRED.test(
        text
          .slice(0, Math.max(0, at))
          .split(/,| but | and (?!json)/)
          .at(-1) ?? '',
      ) || /\b(?:is|are) (?:not|never|no longer) (?:used|allowed|permitted|accepted|supported|run|operated)\b/i.test(text);
    const written = new RegExp(`\\b${name.slice(0, 4)}\\w*`, 'i').exec(text)?.[0] ?? name;
    const about = without(
      clause.terms,
      `${written} ${name} ${technologies.map((one) => one.name).join(' ')} use run keep store database index cluster api`,
    );
    const make = (attribute: string, force: 'some' | 'not' | 'only', items: readonly string[]): Claim =>
      claimOf(clause, {
        attribute,
        about,
        isUniversal: EVERYWHERE.test(clause.whole),
        holds: { kind: 'items', force, items },
        states: `${category} ${force === 'not' ? 'is not' : 'is'} ${items.join(', ')}`,
      });
    if (barred) claims.push(make('technology', 'not', [name]));
    else {
      claims.push(make('technology', 'some', [name]));
      const purpose = /(?:relational|document) database/.test(category) ? 'data store' : category;
      if (DECIDED.test(text))
        claims.push(make(`technology:${purpose}`, /\b(?:adr|policy)\b/.test(clause.saying.layer) ? 'only' : 'some', [name]));
    }
  }
  // "… or any other search engine"
  if (BARRED.test(text) && /\b(?:any|no|other|another|a)\b/i.test(text))
    for (const kind of kindsIn(text))
      claims.push(
        claimOf(clause, {
          attribute: 'technology',
          about: without(clause.terms, kind),
          holds: {
            kind: 'items',
            force: 'not',
            items: (TECHNOLOGIES[kind] ?? '')
              .split(' ')
              .filter(
                (name) =>
                  !technologies.some(
                    (one) =>
                      one.name === name &&
                      !claims.some(({ holds }) => holds.kind === 'items' && holds.force === 'not' && holds.items.includes(name)),
                  ),
              ),
          },
          states: `no ${kind}`,
        }),
      );
  return claims;
}

function versionsOf(clause: Clause): readonly Claim[] {
  const claims: Claim[] = [];
  for (const [pattern, unit] of [
    [VERSION, ''],
    [STRENGTH, ' bit'],
  ] as const)
    for (const { 0: all, 1: name = '', 2: version = '', index } of clause.text.matchAll(pattern)) {
      const after = clause.text.slice(index + all.length);
      const before = clause.text.slice(0, index);
      const isLeast =
        /^\s*(?:or|and) (?:something )?(?:newer|higher|later|above|better|stronger)/i.test(after) ||
        /\b(?:at least|minimum|not (?:below|older than)|no (?:older|less) than)\s*$/i.test(before);
      const barred = /\b(?:no|not|never|without)\b[^,;]{0,30}$/i.test(before);
      const value = Number(version) - (/^ssl$/i.test(name) ? 10 : 0);
      claims.push(
        claimOf(clause, {
          attribute: `version:${/^ssl$/i.test(name) ? 'tls' : name.toLowerCase()}`,
          about: without(clause.terms, `${name} encrypt connection talk speak new newer something`),
          holds: barred
            ? { kind: 'range', force: 'all', low: value + 0.05, high: Infinity }
            : { kind: 'range', force: 'all', low: isLeast ? value : value, high: isLeast ? Infinity : value },
          isUniversal:
            /\b(?:every|all|each|any|no) (?:\w+ )?(?:connections?|traffic|endpoints?|data|files?|transport)\b/i.test(clause.text) ||
            clause.saying.layer === 'policy',
          states: `${name.toUpperCase()} ${isLeast ? '>=' : '='} ${version}${unit}`,
        }),
      );
    }
  return claims;
}

const PLAIN =
  /\b(?:plain (?:http|text)|unencrypted|in the clear|clear ?text|without (?:tls|encryption|encrypting)|not encrypted|over http\b(?!s))\b/i;
const SECRET = /\b(?:encrypted|encrypts?|https|over tls|with tls|encryption)\b/i;

function transportOf(clause: Clause): readonly Claim[] {
  const plain =
    PLAIN.test(clause.text) &&
    !/\b(?:never|not|no|forbidden|must not) (?:\w+ ){0,3}(?:in )?(?:plain|the clear|clear ?text|http)\b/i.test(clause.text);
  if (!plain && !SECRET.test(clause.text)) return [];
  return [
    claimOf(clause, {
      attribute: 'encryption',
      about: without(clause.terms, 'encrypt plain clear text http https tls aes-256 keep store send connection'),
      holds: { kind: 'value', value: plain ? 'none' : 'encrypted' },
      isUniversal: /\b(?:every|all|each|any|no) (?:\w+ )?(?:connections?|traffic|endpoints?|data|calls?)\b/i.test(clause.text),
      states: plain ? 'is not encrypted' : 'is encrypted',
    }),
  ];
}
