import { meansPeople } from './people.ts';
import { phrasesOf } from './phrases.ts';
import { retagged } from './retag.ts';
import { spansOfStory, type Span } from './story-spans.ts';
import { benefitOf, storiesOf, type Range } from './story.ts';
import { wordsOf } from './words.ts';

const WISHES =
  /^(?:want|wants|need|needs|would|like|love|wish|expect|expects|prefer|must|shall|should|could|can|may|will|have|has|be|allow|allows|let|lets|enable|enables|ensure|make|sure|please|decide|decided|agree|agreed|'d|'ll|require|requires|support|go|say)$/iu;
const FOLLOWS =
  /^\s*(?:\([^)]{0,40}\)\s*)?(?:,\s*)?(?:to\b|can\b|cannot\b|can['’]t\b|must\b|shall\b|should\b|may\b|will\b|could\b|need|want|has\b|have\b|are\b|is\b|who\b|that\b|get|see|receive|upload|only\b|never\b|not\b|also\b)/iu;

/** Who, what they do, with what, what for: of the stretch of a text that is one requirement. */
export function rolesOf(text: string, { start, end }: Range): readonly Span[] {
  const stories = storiesOf(text, start, end);
  if (stories.length > 0) return stories.flatMap((story) => spansOfStory(text, story));
  const benefit = benefitOf(text, start, end);
  const to = benefit?.before ?? end;
  const spans: Span[] = [];
  let acting = false;
  for (const { kind, start: from, end: until } of phrasesOf(retagged(wordsOf(text, start, to)))) {
    const quote = text.slice(from, until);
    if (kind === 'entity') {
      const person = !spans.some(({ label }) => label === 'Persona') && meansPeople(quote) && FOLLOWS.test(text.slice(until, until + 60));
      spans.push({ label: person ? 'Persona' : 'Entity', start: from, end: until });
    } else if (!WISHES.test(quote)) {
      spans.push({ label: 'Action', start: from, end: until, ...(acting ? {} : { primary: true as const }) });
      acting = true;
    }
  }
  if (benefit !== undefined) spans.push({ label: 'Benefit', ...benefit.range });
  return spans;
}
