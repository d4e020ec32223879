import { claimOf, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { spelled, termsOf } from '../words/terms.ts';

const DENIES = /\b(?:not|never|no longer|cannot|nobody|no one|no|none|nothing|forbidden|prohibited|ruled out|not allowed)\b|n['’]t\b/i;
/** `no later than` denies nothing; `not only` does not either. */
const NO_DENIAL =
  /\b(?:no|not) (?:later|more|less|longer|earlier|fewer|larger|sooner|older|only|other|just|until)(?: than)?\b|\b(?:nothing|nobody) else\b|\bno matter\b|\bwhether or not\b/gi;
/** With these the denial is of a part, or of a case. */
const HEDGED =
  /\b(?:unless|except|only|instead|until|before|without|more than|less than|twice|again|if|when|while|alone|enough|too|yet|as long as|than|nor|neither|any more than)\b/i;
/** Terms of a denial: with fewer it denies too much, with more it is a tale. */
const [FEWEST, MOST] = [2, 7];

/** What is ruled out in so many words, and everything that is done. */
export function deedsOf(clause: Clause): readonly Claim[] {
  const plain = clause.text.replace(NO_DENIAL, ' ');
  const denied = DENIES.test(plain);
  if (
    denied &&
    (clause.amounts.length > 0 ||
      /\b(?:below|above|under|over) zero\b|\b(?:below|above) 0\b/i.test(clause.text) ||
      HEDGED.test(clause.text) ||
      clause.conditions !== '')
  )
    return [];
  const about = termsOf(clause.text.replace(/\b(?:forbidden|prohibited|ruled out|allowed|permitted)\b/gi, ' '));
  if (denied && (about.length < FEWEST || about.length > MOST)) return [];
  return [
    claimOf(clause, {
      attribute: 'deed',
      about,
      holds: { kind: 'value', value: denied ? 'ruled out' : 'done' },
      states: `${spelled(about, clause.whole, 6)}: ${denied ? 'ruled out' : 'done'}`,
    }),
  ];
}
