import { isBareVerb } from '../parse/word-classes.ts';
import { wordsOf } from '../parse/words.ts';

/** "for how long?": what is asked belongs to what was said before. */
const ELLIPTIC =
  /^(?:(?:and|so|ok|then)[,\s]+)*(for|within|until|after|up to|at)?\s*how (?:long|often|many|much)(?:\s+(?:times|of them))?$/iu;
const LEAD = /^(?:(?:and|so|but|also|ok(?:ay)?|then|hm+|well|btw|[\p{L}]+:)[,\s]+)+/iu;
/** "yes, 30 days": the yes, and what it adds. */
const YES = /^(?:yes|yep|yeah|sure|ok(?:ay)?|right|of course|definitely|exactly)\b[\s,.!:-]*/iu;
const INVERTED = /^(?:(do|does|did)|(should|shall|must|can|could|may|might|will|would))\s+(.+)$/isu;
/** "how long does a session last", "how many URLs can a partner register". */
const HOW =
  /^(?:for |up to |at )?how (?:long|often|much|big|large|far|fast|old|(many)(?:\s+(\p{L}[\p{L}\s-]{1,40}?))?)\s+(do|does|should|shall|must|can|could|may|might|will|would)\s+(.+)$/isu;
const WHO = /^who (?:all )?(can|could|may|might|should|must|will|is allowed to|gets to)\s+(.+)$/isu;
/** Longest question that is looked at, in UTF-16 units. */
const LONGEST = 300;

/**
 * What is said by answering a question, as one statement: "30 minutes tops" to "how long does a session last?" is "a session should last
 * 30 minutes tops". Undefined where question and answer do not make one.
 */
export function statementOf(question: string, answer: string): string | undefined {
  const asked = question
    .slice(0, LONGEST)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^.*[.:!]\s+(?=[^.:!]*\?+$)/, '')
    .replace(LEAD, '')
    .replace(/[\s?]+$/, '');
  const said = answer
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\s.!]+$/, '');
  const [, many, counted = '', howModal, howRest] = HOW.exec(asked) ?? [];
  if (howModal !== undefined && howRest !== undefined) {
    const figure = said.replace(YES, '');
    const stated = uninverted(howModal, howRest);
    const thing = many !== undefined && /^(?:\D{0,12}\d[\d.,]*|\p{L}+)$/u.test(figure) ? ` ${counted}` : '';
    return stated === undefined || figure === '' ? undefined : `${stated} ${figure}${thing.trimEnd()}`;
  }
  const [, whoModal, deed] = WHO.exec(asked) ?? [];
  if (whoModal !== undefined && deed !== undefined) {
    const who = said.replace(YES, '').replace(LEAD, '');
    return /^(?:only |just |all |any |every |the |an? )?\p{L}+(?:[\s,]+\p{L}+){0,5}$/u.test(who)
      ? `${who} ${/^is|^gets/.test(whoModal) ? 'can' : whoModal} ${deed.replace(/,.*$/, '')}`
      : undefined;
  }
  const [, does, modal, rest] = INVERTED.exec(asked) ?? [];
  if (rest === undefined || !YES.test(said)) return undefined;
  const stated = uninverted(does ?? modal ?? 'should', rest);
  const more = said.replace(YES, '');
  return stated === undefined || more === '' ? stated : `${stated}, ${more}`;
}

/** The same where the question is only the rest of one: `before` is what it goes on with. */
export function continued(before: string, question: string, answer: string): string | undefined {
  const [asked, preposition = ''] = ELLIPTIC.exec(question.replace(/[\s?]+$/, '').trim()) ?? [];
  const figure = answer
    .replace(/\s+/g, ' ')
    .trim()
    .replace(YES, '')
    .replace(/[\s.!]+$/, '');
  if (asked === undefined || !/\d/.test(figure)) return undefined;
  const bare = before
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\s.!,;]+$/, '');
  return `${bare} ${preposition === '' || new RegExp(`^${preposition}\\b`, 'i').test(figure) ? '' : `${preposition.toLowerCase()} `}${figure}`;
}

/** `does`, `such a session last`: such a session should last. */
function uninverted(modal: string, rest: string): string | undefined {
  const words = wordsOf(rest);
  const isVerb = words.map(({ pos, lower }, index) => {
    if (index === 0) return false;
    if (pos === 'VERB' || pos === 'AUX' || lower === 'be') return true;
    // `the mail show the picture`: taken for a noun.
    const [before, next] = [words[index - 1], words[index + 1]];
    return pos === 'NOUN' && /^(?:NOUN|PRON|PROPN)$/.test(before?.pos ?? '') && (next === undefined || /^(?:DET|PRON)$/.test(next.pos));
  });
  const last = words.at(-1);
  const found = isVerb.indexOf(true);
  // `such a session last`: taken for an adjective.
  const at = found >= 0 ? words[found] : last && words.length > 1 && isBareVerb(wordsOf(`to ${last.lower}`), 1) ? last : undefined;
  if (!at) return undefined;
  return `${rest.slice(0, at.start)}${/^d/i.test(modal) ? 'should' : modal.toLowerCase()} ${rest.slice(at.start)}`;
}
