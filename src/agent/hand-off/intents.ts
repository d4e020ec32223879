import type { Spec } from '../../specs/spec.ts';
import { meansPeople } from '../parse/people.ts';
import { rolesOf } from '../parse/roles.ts';
import { wordsOf } from '../parse/words.ts';
import type { Demand } from './demands.ts';
import { featureWords, nameWords } from './names.ts';
import { isPlural, singular } from './plural.ts';

/** Something that people or programs ask the system to do. */
export interface Intent {
  /** Plain form: `upload`. */
  readonly verb: string;
  /** In the singular: `profile`, `picture`. */
  readonly object: readonly string[];
  /** One particular thing: `a comment`, not `comments` or `my password`. */
  readonly isOfOne: boolean;
  /** As it is written. */
  readonly text: string;
  /** Criteria whose trigger it is; of the story none. */
  readonly criteria: readonly string[];
}

/** What is done to a screen, not to a system. */
const ON_SCREEN =
  /^(?:select|click|choose|open|press|tap|hover|drag|type|scroll|visit|navigate|start|use|be|have|want|need|personalize|try|attempt|want|close|fill|land|look|wait|hit)$/;
/** What is so, not what somebody does: `the address is known`. */
const STATE = /^(?:know|exist|belong|mean|happen|expire|remain|contain|seem)$/;
/** Callers that are no people. */
const CALLERS = /\b(?:client|caller|consumer|integration|partner|subscriber|request)s?$/i;

/** What the story of a spec asks for, then what the triggers of its criteria say that somebody does. */
export function intentsOf(spec: Spec, demands: readonly Demand[]): readonly Intent[] {
  const story = [spec.description, spec.why ?? ''].map(intentIn).find((intent) => intent !== undefined) ?? intentOfName(spec.feature);
  const triggers = demands.flatMap((demand) =>
    demand.sentence.conditions.flatMap(({ kind, text }) => {
      if (kind !== 'when' && kind !== 'if') return [];
      const intent = intentOfTrigger(text);
      return intent === undefined ? [] : [{ ...intent, criteria: [demand.id] }];
    }),
  );
  return [...(story === undefined ? [] : [story]), ...triggers];
}

function intentIn(text: string): Intent | undefined {
  const roles = rolesOf(text, { start: 0, end: Math.min(text.length, 2000) });
  const action = roles.find(({ label, primary }) => label === 'Action' && primary) ?? roles.find(({ label }) => label === 'Action');
  if (action === undefined) return undefined;
  const object = roles.find(({ label, start }) => label === 'Entity' && start >= action.end);
  const verb = wordsOf(text.slice(action.start, action.end)).find(({ pos }) => pos === 'VERB' || pos === 'NOUN' || pos === 'AUX');
  if (object === undefined || verb === undefined) return undefined;
  return intent(verb.lemma, text.slice(0, object.start), text.slice(object.start, object.end), text.slice(action.start, object.end));
}

/** `a moderator hides a comment`: somebody, what they do, with what. */
function intentOfTrigger(text: string): Intent | undefined {
  const words = wordsOf(text);
  // `a partner registers a URL`: the tagger takes some verbs for nouns.
  const at = words.findIndex(
    ({ pos, lower, start }, index) =>
      index > 0 && (pos === 'VERB' || (pos === 'NOUN' && /[^s]s$/.test(lower) && meansPeople(text.slice(0, start).trim()))),
  );
  const verb = words[at];
  if (verb === undefined) return undefined;
  const actor = text
    .slice(0, verb.start)
    .trim()
    .replace(/\s+(?:who|that|which)\b.*$/i, '');
  if ((!meansPeople(actor) && !CALLERS.test(actor)) || ON_SCREEN.test(verb.lemma)) return undefined;
  const object: string[] = [];
  let before = '';
  let start: number | undefined;
  const behind = words.slice(at + 1);
  for (const [index, word] of behind.entries()) {
    // `hidden comments`
    if (word.pos === 'VERB' && object.length === 0 && behind[index + 1]?.pos === 'NOUN') continue;
    if (word.pos === 'NOUN' || word.pos === 'PROPN') {
      object.push(word.text);
      start ??= word.start;
    } else if (object.length > 0 || !['DET', 'ADJ', 'PRON', 'NUM'].includes(word.pos)) break;
    else before += ` ${word.text}`;
  }
  return start === undefined
    ? undefined
    : intent(verb.lemma, before, object.join(' '), text.slice(verb.start, start + object.join(' ').length));
}

function intent(verb: string, before: string, object: string, text: string): Intent | undefined {
  const said = object.replace(/^(?:an?|the|my|our|their|his|her|its|all|any|each|every|new|one)\s+/gi, '');
  const all = nameWords(said).slice(-3);
  // A webhook URL stands for the webhook.
  const words = all.length > 1 && /^(?:urls?|links?|files?|data|details|info|information)$/.test(all.at(-1)!) ? all.slice(0, -1) : all;
  const last = words.at(-1);
  if (last === undefined || verb === '' || ON_SCREEN.test(verb) || STATE.test(verb)) return undefined;
  const determiner = /^(?:an?|any|each|every|one|the|this)\s/i.test(object) || /\b(?:an?|any|each|every|one|this|the)\s*$/i.test(before);
  return {
    verb: verb.toLowerCase(),
    object: [...words.slice(0, -1), singular(last)],
    isOfOne: determiner && !isPlural(last),
    text,
    criteria: [],
  };
}

/** `orderExport`: what is done stands last. */
function intentOfName(feature: string): Intent | undefined {
  const words = featureWords(feature);
  if (words.length < 2) return undefined;
  const [verb, rest] = [words.at(-1)!, words.slice(0, -1)];
  return { verb, object: [...rest.slice(0, -1), singular(rest.at(-1)!)], isOfOne: false, text: feature, criteria: [] };
}
