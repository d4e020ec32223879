/** What stands under a heading. */
export type SectionMeaning = 'wanted' | 'decided' | 'open' | 'excluded' | 'tasks' | 'background' | 'ignored';

/** Headings by what stands under them; the first that fits. Signs and numbers around the words have been taken off. */
const SECTIONS: readonly (readonly [RegExp, SectionMeaning])[] = [
  [
    /\b(?:related to a problem|problem|additional context|background|alternatives|what happen(?:s|ed)|what hurts|pain(?: point)?s?|how \p{L}+ works?|status quo|metrics|observations|findings|symptoms)\b/u,
    'background',
  ],
  [
    /\b(?:out[ -]of[ -]scope|not in scope|won'?t (?:do|have)|excluded|not (?:now|planned|included)|rejected|parked|later|future (?:work|ideas?)|non-?goals?|not part of \p{L}+)\b/u,
    'excluded',
  ],
  [
    /\b(?:open|unresolved|remaining|outstanding) (?:\p{L}+ )?(?:questions?|points?|issues?|items?|topics?)\b|^(?:questions?|q|open|unresolved|tbd|to be (?:decided|clarified)|parking lot|unknowns?|still open|to clarify)$/u,
    'open',
  ],
  [
    /^(?:(?:our |the )?action(?: item| point)?s?|ais?|to-?dos?|next steps?|follow-?ups?|tasks?|assignments?|owners?|who does what)\b.{0,15}$/,
    'tasks',
  ],
  [/\b(?:decisions?|decided|agreed|agreements?|resolutions?|resolved|conclusions?|outcomes?)\b/, 'decided'],
  [
    /\b(?:acceptance(?: criteria)?|criteria|requirements?|must[ -]haves?|should[ -]haves?|could[ -]haves?|nice[ -]to[ -]haves?|what we (?:want|need)|needs?|wish(?:es|list)?(?: for)?|target (?:picture|state|behaviou?r)|what (?:i|you|they|he|she|users?|customers?) (?:wants?|needs?|wish(?:es)?|expect(?:s|ed)?)|expected(?: (?:behaviou?r|result|outcome))?|in scope|constraints?|limits?|rules?|nfrs?|non-?functional|quality|security|performance|accessibility|privacy|compliance|user stor(?:y|ies)|definition of done|feature requests?|must|shall|should|(?:need|ha[sv]e?|want)s? to|able to|desired (?:behaviou?r|outcome)|proposed solution|solution you'd like|describe the solution)\b|^(?:scope|ac|feature|story|features|proposal|solution|goals?)$/,
    'wanted',
  ],
  [
    /^(?:attendees|participants|present|agenda|environment|versions?|links?|references?|attachments?|screenshots?|labels?|assignees?|reporter|priority|location|apologies|date|time|duration|browser|device|status|estimate|sprint|epic|type|owner|due|cc|to|from|when|where|who)\b.{0,12}$/,
    'ignored',
  ],
  [
    /\b(?:background|context|motivation|problem|why|current(?: (?:behaviou?r|state|situation))?|actual(?: (?:behaviou?r|result))?|steps|reproduc\w+|today|as[ -]is|history|example|fyi|alternatives?|additional context|impact|risks?)\b/,
    'background',
  ],
];

export function sectionMeaning(section: string | undefined): SectionMeaning | undefined {
  if (section === undefined) return undefined;
  const words = section.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '').slice(0, 100);
  return SECTIONS.find(([pattern]) => pattern.test(words))?.[1];
}
