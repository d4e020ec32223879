import { LABELS, readText } from './read-text.ts';
import type { Source } from './source.ts';

/** Speakers who are called by what they are. */
const ROLES = /^(?:customers?|users?|clients?|support|product|team|sales|admins?|developers?|dev|pm|po|qa|ops|the)$/iu;
/** Longest stretch of a passage that is looked at for names, in UTF-16 units. */
const LOOKED_AT = 1000;

/** The people of a request. */
export interface People {
  readonly names: ReadonlySet<string>;
  readonly speakers: number;
}

/**
 * Who is known by name: who speaks, who was there, whoever has a title ("Ms. Lund"), and who begins a sentence with a name that has
 * its capital inside of sentences too.
 */
export function peopleIn(sources: readonly Source[]): People {
  const names = new Set<string>();
  const speakers = new Set<string>();
  for (const { text, speaker } of sources) {
    const always = namesIn(text);
    if (speaker !== undefined) speakers.add(speaker);
    for (const [, name] of text.matchAll(/\b(?:Mr|Mrs|Ms|Dr|Prof)\.? (\p{Lu}\p{L}{1,30})/gu)) names.add(name!);
    for (const passage of readText(text).passages) {
      if (passage.speaker !== undefined) speakers.add(passage.speaker);
      const said = text.slice(passage.start, Math.min(passage.end, passage.start + LOOKED_AT));
      const opening = /^\W*(\p{Lu}\p{Ll}{1,20})(?: \p{Ll}|(?: \([^)]{1,30}\))?: )/u.exec(said)?.[1];
      if (opening !== undefined && !LABELS.test(opening) && always.has(opening)) names.add(opening);
      if (/^(?:attendees|attending|participants|present|who)\b/.test(passage.section ?? ''))
        for (const [name] of said.matchAll(/\p{Lu}\p{L}{1,30}/gu)) names.add(name);
    }
  }
  for (const speaker of speakers)
    for (const [name] of speaker.replace(/\(.*/, '').matchAll(/\p{L}{2,30}/gu)) if (!ROLES.test(name)) names.add(name);
  return { names, speakers: speakers.size };
}

/** Words that have a capital inside of sentences, and stand nowhere without. */
function namesIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, name] of text.matchAll(/[\p{L},;(] ?\(?(?<!\p{L})(\p{Lu}\p{Ll}{1,20})(?!\p{L})/gu)) names.add(name!);
  for (const [word] of text.matchAll(/(?<!\p{L})\p{Ll}{2,21}(?!\p{L})/gu)) names.delete(word.charAt(0).toUpperCase() + word.slice(1));
  return names;
}

/** "Tom checks if …", "Programme → Tom", "@tom …" */
export function isOfPerson(said: string, people: ReadonlySet<string>): boolean {
  const first = /^\W*(\p{L}{2,30})(?: and (?:\p{L}{2,30}))?(?:\s+(?!:)|,\s)/u.exec(said)?.[1];
  const last = /(?:->|→)\s*@?(\p{L}{2,30})\W*$/u.exec(said)?.[1];
  return (first !== undefined && people.has(first)) || (last !== undefined && people.has(last));
}
