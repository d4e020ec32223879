import type { Criterion, Ears, Scenario, Spec } from '../../specs/spec.ts';
import { parseSentence, type Condition, type Sentence } from '../../specs/meaning/sentence.ts';
import { isRefusing } from '../../specs/meaning/words.ts';
import { wordsOf } from '../parse/words.ts';
import { mediaTypesIn } from './formats.ts';
import { limitsOf, type Limit } from './limits.ts';
import { refusalStatus } from './status.ts';

/** A criterion as something can be generated of it. */
export interface Demand {
  readonly id: string;
  readonly text: string;
  readonly sentence: Sentence;
  /** What it has to do, one by one: at least one. */
  readonly responses: readonly string[];
  readonly limits: readonly Limit[];
  /** Formats that are taken, or that are refused. */
  readonly formats: { readonly types: readonly string[]; readonly areRefused: boolean };
  /** The status that a caller gets where it refuses something, as RFC 9110 has them. */
  readonly refusal?: number;
  /** `client`: what only people at a screen see. */
  readonly where: 'server' | 'client';
  readonly scenarios: readonly Scenario[];
}

/** The criteria of a spec; those that are not to be built (`wont`) left out. */
export const demandsOf = (spec: Spec): readonly Demand[] =>
  spec.criteria
    .filter(({ priority }) => priority !== 'wont')
    .map((criterion) => demandOf(criterion, SENT.test(`${spec.feature} ${spec.description}`)));

const SCREEN = /\b(?:client|app|ui|gui|page|screen|front-?end|browser|form|dialog|view|widget)\b/i;
const SEEN = /^(?:also\s+)?(?:shows?|displays?|highlights?|renders?|previews?|visuali[sz]es?|animates?|scrolls?|focus(?:es)?)\b/i;

/** Files go to the system. */
const SENT = /upload|import|attach|submit/i;

function demandOf({ id, text, ears, scenarios }: Criterion, isSent: boolean): Demand {
  const sentence = ears === undefined ? parseSentence(text) : sentenceOf(ears, text);
  const limits = limitsOf(sentence);
  const types = mediaTypesIn(text);
  const condition = sentence.conditions.map((one) => one.text).join(' ');
  const areRefused =
    isRefusing(sentence.response) &&
    types.length > 0 &&
    !/\b(?:not|no|neither|other than|except|unless|only|but|un\w+ed)\b/i.test(`${condition} ${sentence.response}`);
  const statusOf = refusalStatus(sentence, limits, types, isSent);
  const where = statusOf === undefined && (SEEN.test(sentence.response) || SCREEN.test(sentence.system ?? '')) ? 'client' : 'server';
  return {
    ...{ id, text, sentence, limits, scenarios, where },
    responses: responsesOf(`${sentence.isNegated ? 'not ' : ''}${sentence.response}`),
    // What is refused for two reasons at once is no table of one.
    formats: { types: areRefused && limits.length > 0 ? [] : types, areRefused },
    ...(statusOf === undefined ? {} : { refusal: statusOf }),
  };
}

function sentenceOf(ears: Ears, text: string): Sentence {
  const written = parseSentence(text);
  if (ears.shall === undefined) return written;
  const conditions = (['where', 'while', 'when', 'if'] as const).flatMap((kind): readonly Condition[] =>
    ears[kind] === undefined ? [] : [{ kind, text: ears[kind] }],
  );
  const isNegated = /^(?:not|never)\s+/i.test(ears.shall);
  return {
    ...written,
    conditions,
    system: ears.system ?? written.system,
    isNegated,
    response: ears.shall.replace(/^(?:not|never)\s+/i, ''),
  };
}

/** `stores the picture and notifies the owner` is two responses; `PNG and JPG` is none of its own. */
function responsesOf(response: string): readonly string[] {
  const words = wordsOf(response);
  const parts: string[] = [];
  let from = 0;
  words.forEach((word, at) => {
    const next = words[at + 1];
    const isJoint = word.lower === 'and' || word.lower === ';';
    if (!isJoint || next === undefined || word.start <= from) return;
    const isVerb =
      (next.pos === 'VERB' && (next.lemma === next.lower || next.lower.endsWith('s'))) ||
      // The tagger takes some verbs for nouns.
      (next.pos === 'NOUN' && words[at + 2]?.pos === 'DET');
    if (!isVerb) return;
    parts.push(response.slice(from, word.start));
    from = word.end;
  });
  parts.push(response.slice(from));
  const tidied = parts
    .map((part) =>
      part
        .trim()
        .replace(/[,;]+$/, '')
        .replace(/^(?:also|then)\s+/i, ''),
    )
    .filter((part) => part !== '');
  return tidied.length > 0 ? tidied : [response];
}
