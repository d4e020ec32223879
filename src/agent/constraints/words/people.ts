import { meansPeople } from '../../parse/people.ts';
import { termOf } from './terms.ts';

/** People that a text names: their term, and whether they work for whom the system belongs to. */
export interface People {
  readonly name: string;
  readonly side: 'inside' | 'outside' | 'anyone' | 'unknown';
}

const INSIDE =
  'staff employee worker colleague nurse doctor physician therapist clerk receptionist reception admin administrator operator manager lead auditor engineer developer archivist accountant accounting hr librarian cashier steward technician installer editor moderator supervisor officer dispatcher planner caretaker janitor controller agent analyst foreman trainer coach teacher instructor lecturer professor secretary curator warden guard chef cook waiter bartender crew personnel back-office backoffice';
const OUTSIDE =
  'customer client patient guest member buyer shopper visitor student pupil parent tenant subscriber borrower reader passenger citizen resident donor applicant candidate recipient sender traveller renter user outsider partner supplier vendor lawyer contractor stranger public third-party household family fan subscriber player holder rider cardholder policyholder attendee participant relative lessee pupil';
const ANYONE = 'anyone anybody everyone everybody public anonymous';
const SIDE = new Map<string, People['side']>([
  ...INSIDE.split(' ').map((word) => [word, 'inside'] as const),
  ...OUTSIDE.split(' ').map((word) => [word, 'outside'] as const),
  ...ANYONE.split(' ').map((word) => [word, 'anyone'] as const),
]);
/** Words of people's names that stand for them wherever they stand. */
const NAMES = [...SIDE.keys()].map((word) => word.replace(/[_-]/g, '[ _-]?')).join('|');
const PATTERN = new RegExp(`\\b(${NAMES})(?:s|es|'s|s')?\\b`, 'gi');

/** The people in a text, each once, in order. */
export function peopleIn(text: string): readonly People[] {
  const found = new Map<string, People>();
  for (const { 1: word = '', 0: all, index } of text.matchAll(PATTERN)) {
    if (
      PROPERTY.test(text.slice(index + all.length)) ||
      (/^members?$/i.test(all) && /^ of (?:the )?staff\b/i.test(text.slice(index + all.length)))
    )
      continue;
    if (/^leads?$/i.test(all) && !/\bteam[ _-]leads?\b/i.test(text)) continue;
    const lower = word.toLowerCase().replace(/[ _-]/g, '-');
    const name = termOf(lower) ?? lower;
    if (!found.has(name)) found.set(name, { name, side: SIDE.get(lower) ?? SIDE.get(lower.replace('-', '_')) ?? 'unknown' });
  }
  for (const { groups: { word = '' } = {} } of text.matchAll(DOING)) {
    const name = termOf(word) ?? word.toLowerCase();
    if (meansPeople(word) && !found.has(name) && !FALSE_FRIENDS.test(word)) found.set(name, { name, side: 'unknown' });
  }
  for (const { 1: word = '' } of text.matchAll(DEPARTMENT))
    found.set(termOf(word) ?? word.toLowerCase(), { name: termOf(word) ?? word.toLowerCase(), side: 'inside' });
  return [...found.values()];
}

/** What belongs to people, or is about them, is not them. */
const PROPERTY =
  /^[ -](?:files?|records?|data|portal|app|accounts?|numbers?|names?|list|profiles?|id|ids|service|interface|area|cards?|master)\b/i;

/** A noun that does, or is let do: only so is it taken for people by its ending. */
const DOING =
  /\b(?:only|by|to|let|lets|every|each|the|an?|our|their|as|and|so|,|^)\s*(?:the |an? |their )?(?<word>[a-z]{4,}s?)\s+(?:may|can|must|shall|should|could|have to|has to|wants?|needs?|would|alone|is allowed|are allowed|to (?:see|read|change|edit|open|do))\b/giu;
const FALSE_FRIENDS =
  /^(?:letters?|orders?|readers?|numbers?|papers?|members?|matters?|weather|water|power|tower|door|floor|error|factor|motor|number|order|paper|server|user|users|other|others|either|neither|whether|rather|sensors?|meters?|scanners?|printers?|containers?)$/i;

/** Departments are people only where they are called so: support, sales and the like are also what somebody does. */
const DEPARTMENT =
  /\b(support|finance|legal|IT|marketing|sales|purchasing|billing|operations|security|fraud|records|audit|compliance|front|back|help|service|HR) (?:teams?|departments?|desks?|people|office)\b/g;

export const sideOf = (word: string): People['side'] => SIDE.get(word.toLowerCase()) ?? 'unknown';
