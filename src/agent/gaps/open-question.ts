import type { AgentRequest, GapQuestion, QuestionOption } from '../model.ts';
import type { Statement } from '../steps/parse.ts';
import { optionsOf, type System } from './options.ts';
import { requestEvidence } from '../note-evidence.ts';
import { SLOTS, type Slot } from './slots.ts';

/** Longest alternative of a question, in UTF-16 units. */
const LONGEST = 60;

/** What somebody asks in the request and nobody answers, with what can be answered; of the slot that it asks for, where it is one. */
export async function openQuestion(request: AgentRequest, point: Statement, system: System): Promise<Omit<GapQuestion, 'id'>> {
  const said = (point.said ?? point.quote).replace(/\s+/g, ' ').trim();
  const evidence = requestEvidence(request, point);
  const slot = slotIn(said);
  const who = point.speaker === undefined ? '' : ` (${point.speaker})`;
  return {
    slot: slot?.name ?? 'open-point',
    text: `Still open${who}: "${said}"`,
    about: point.quote,
    options: alternativesIn(said, evidence) ?? (slot ? await optionsOf(slot, system) : yesOrNo(said)),
    evidence: [evidence],
  };
}

/** "CSV or Excel?": the words themselves. */
function alternativesIn(said: string, evidence: GapQuestion['evidence'][number]): readonly QuestionOption[] | undefined {
  const asked = said.replace(/^.*[.:!]\s+(?=[^.:!]*\?$)/, '').replace(/[?!.]+$/, '');
  const match = /(?:^|\s)((?:[\p{L}\p{N}%€$-]+\s){0,3}?[\p{L}\p{N}%€$-]+)\s+or\s+((?:[\p{L}\p{N}%€$-]+\s?){1,4})$/iu.exec(asked);
  if (!match || /^(?:not|so|no|never|more|less)\b/i.test(match[2]!)) return undefined;
  const left = lastWords(match[1]!, match[2]!.trim().split(' ').length);
  const values = [left, match[2]!.trim()].filter((each) => each !== '' && each.length <= LONGEST);
  if (values.length < 2 || values[0] === values[1]) return undefined;
  return values.map((value) => ({ value, consequence: `It is built for "${value}"; the other is left out.`, evidence: [evidence] }));
}

/** As many words before "or" as there are after it, without those that lead up to a choice. */
const lastWords = (words: string, count: number): string =>
  words
    .split(' ')
    .slice(-Math.max(1, count))
    .join(' ')
    .replace(/^(?:(?:in|as|to|by|with|for|use|support|the|we|it|be|is)\s)+/i, '');

/** What is asked is often a slot: how long, how large, who. */
const ASKING: readonly (readonly [RegExp, string])[] = [
  [/\bhow (?:large|big)\b|\b(?:file )?size\b/i, 'size-limit'],
  [/\bformats?\b|\bfile types?\b/i, 'formats'],
  [/\bhow long\b.*\b(?:keep|kept|store|retain)|\bretention\b/i, 'retention'],
  [/\bhow long\b.*\b(?:valid|last|live)|\bexpir/i, 'expiry'],
  [/^(?:and |so |but )?who\b|\bwho (?:can|may|is allowed|should|gets)\b|\bpermissions?\b|\broles?\b/i, 'permission'],
  [/\bhow many\b.*\bpage|\bpage size\b/i, 'page-size'],
  [/\bhow often\b|\bwhen (?:do|does|should|is|are)\b/i, 'trigger'],
  [/\bwhat (?:happens )?(?:if|when)\b.*\bfail/i, 'failure'],
  [/\bcurrenc/i, 'currency'],
];

const slotIn = (said: string): Slot | undefined => {
  const name = ASKING.find(([pattern]) => pattern.test(said))?.[1];
  return SLOTS.find((each) => each.name === name);
};

const YES_NO =
  /^(?:(?:and|so|but|also|ok|hm+|[\p{L}]+:)[,\s]+)*(?:should|do|does|did|is|are|can|could|will|would|shall|must|may|have|has|need)\b/iu;

function yesOrNo(said: string): readonly QuestionOption[] {
  const plain = (value: string, consequence: string): QuestionOption => ({ value, consequence, evidence: [] });
  if (YES_NO.test(said))
    return [
      plain('yes', 'It becomes part of this feature, with a criterion of its own.'),
      plain('no', 'It is written down as out of scope.'),
      plain('later', 'It is out of scope now; the design has to leave room for it.'),
    ];
  return [
    plain('left out for now', 'It is written down as out of scope, and can be a request of its own.'),
    plain('decided before the approval', 'The spec stays in review until somebody who may decide has answered.'),
  ];
}
