import { claimOf, without, type Clause } from '../clause.ts';
import type { Claim } from '../claim.ts';
import { placesIn } from '../words/places.ts';

const HELD =
  /\b(?:stor\w*|keep|kept|sav(?:e|ed)|sit|sits|live|lives|resid\w*|host\w*|cop(?:y|ies|ied)|replicat\w*|back(?:ed)? ?up|backups?|process\w*|transfer\w*|send|sent|goes|go|move[sd]?|leave|leaves|stay|stays|data cent(?:re|er)|bucket|region|server\w*|cloud|run|runs|located|archive[sd]?|mirror\w*|handed|ship(?:ped)?|upload\w*|hold|holds)\b/i;
const BOUND =
  /\b(?:nowhere else|only|inside|within|must stay|stays? (?:in|inside|within)|(?:does|do|must|shall|may|can) ?(?:not|never) leave|never leaves?|not leave|exclusively|no(?:t)? .{0,30}\boutside|never .{0,30}\boutside)\b/i;

/** Where data is kept. */
export function placesOf(clause: Clause): readonly Claim[] {
  const places = placesIn(clause.saying.text).filter((place) => placesIn(clause.text).includes(place));
  if (places.length === 0 || !HELD.test(clause.text)) return [];
  const isRule = clause.saying.layer === 'policy';
  const bound = BOUND.test(clause.text) || (isRule && /\b(?:kept|stored|hosted|processed|stay)\b/i.test(clause.text));
  const barred = !bound && clause.isNegated;
  return [
    claimOf(clause, {
      attribute: 'place',
      about: without(clause.terms, `store keep host process stay leave data centre center region server cloud ${places.join(' ')}`),
      holds: { kind: 'items', force: bound ? 'only' : barred ? 'not' : 'some', items: places },
      states: `place ${bound ? 'is within' : barred ? 'is not' : 'is'} ${places.join(', ')}`,
    }),
  ];
}
