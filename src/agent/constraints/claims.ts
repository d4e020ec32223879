import { accessOf } from './aspects/access.ts';
import { actsOf } from './aspects/acts.ts';
import { choicesOf } from './aspects/choices.ts';
import { contentsOf } from './aspects/contents.ts';
import { deedsOf } from './aspects/deeds.ts';
import { limitsOf } from './aspects/limits.ts';
import { linksOf } from './aspects/links.ts';
import { mannersOf } from './aspects/manners.ts';
import { needsOf } from './aspects/needs.ts';
import { placesOf } from './aspects/places.ts';
import { presenceOf } from './aspects/presence.ts';
import { sequencesOf } from './aspects/sequences.ts';
import { statusesOf } from './aspects/statuses.ts';
import { technologiesOf } from './aspects/technologies.ts';
import { timesOf } from './aspects/times.ts';
import { clausesOf, type Clause } from './clause.ts';
import type { Claim } from './claim.ts';
import type { Saying } from './saying.ts';

/** What reads constraints from a clause; each file of `aspects` is one. */
const READERS: readonly ((clause: Clause) => readonly Claim[])[] = [
  limitsOf,
  timesOf,
  choicesOf,
  accessOf,
  placesOf,
  technologiesOf,
  contentsOf,
  presenceOf,
  statusesOf,
  mannersOf,
  linksOf,
  needsOf,
  deedsOf,
  sequencesOf,
  actsOf,
];

/** The constraints of a saying: those its document states outright, and those its words make. */
export const claimsOf = (saying: Saying): readonly Claim[] => [
  ...(saying.claims ?? []),
  ...(saying.text === '' ? [] : clausesOf(saying).flatMap((clause) => READERS.flatMap((read) => read(clause)))),
];
