import { parseSentence, type Sentence } from '../meaning/sentence.ts';
import { measure } from '../meaning/quantities.ts';
import type { Criterion } from '../spec.ts';
import { criteriaOf, demandsOf, ofParts, quoteless, textsOf, type LintRule } from './rule.ts';

const PATTERNS = '"The X shall …", "When …, the X shall …", "While …", "Where …" or "If …, then the X shall …"';
/** Subjects that name no part of the system. */
const NAMELESS =
  /^(?:system|application|app|platform|software|product|service|server|backend|frontend|client|tool|website|program|it|this|feature|we)$/i;
const STATING = /^(?:not )?(?:be|have|contain|exceed|consist|match)\b/i;
const PEOPLE = /^(?:users?|buyers?|members?|customers?|admins?|administrators?|people|visitors?|persons?)$/i;

/** How a criterion is to be said: Easy Approach to Requirements Syntax (Mavin et al., 2009). */
export const SENTENCE_RULES: readonly LintRule[] = [
  {
    code: 'no-ears',
    severity: 'warning',
    title: 'A criterion says what has to do what, in one of the patterns of EARS.',
    find: ofParts(demandsOf, ({ text }) => {
      const { pattern, modal } = parseSentence(text);
      if (pattern !== undefined) return undefined;
      return modal === undefined
        ? `Says how things are, not what has to do what. Write ${PATTERNS}.`
        : `Does not say what has to do it. Write ${PATTERNS}.`;
    }),
  },
  {
    code: 'unnamed-system',
    severity: 'warning',
    title: 'A criterion names the part of the system that has to do it.',
    find: ofParts(demandsOf, ({ text }) => {
      const { system, response } = parseSentence(text);
      if (system === undefined) return undefined;
      if (NAMELESS.test(system)) return `Says that "${system}" has to do it. Name the service, package or component.`;
      if (PEOPLE.test(system)) return `Says what "${system}" have to do. Say what the system does about it.`;
      // `File size must be less than …`: nothing is named that sees to it.
      return STATING.test(response) && !/[a-z][A-Z]|`/.test(system)
        ? `Says how "${system}" has to be, not what sees to it. Name the service, package or component.`
        : undefined;
    }),
  },
  {
    code: 'weak-modal',
    severity: 'warning',
    title: 'A criterion obliges: it says shall, and its priority says how much it is wanted.',
    find: ofParts(demandsOf, ({ text }) => {
      const { modal } = parseSentence(text);
      if (modal === undefined || ['shall', 'must'].includes(modal)) return undefined;
      return `"${modal}" leaves open whether it has to. Write shall; \`priority\` says how much it is wanted.`;
    }),
  },
  {
    code: 'several-responses',
    severity: 'warning',
    title: 'A criterion demands one response, so that it passes or fails as a whole.',
    find: ({ spec }) =>
      demandsOf(spec).flatMap(({ id, at, text }) => {
        // What is quoted obliges to nothing; a further sentence that does not oblige explains.
        const sentence = parseSentence(quoteless(text));
        if (sentence.more > 0 || ((sentence.modal === undefined || /[.!?]\s+(?:It|They)\s/.test(text)) && sentencesIn(text) > 1))
          return [{ part: id, at, message: 'Demands several things. Give each a criterion of its own.' }];
        const verb = secondVerb(sentence);
        if (verb === undefined) return [];
        const message = `Demands "${verb} …" as well. Consider a criterion of its own, so that each can fail by itself.`;
        return [{ part: id, at, severity: 'info' as const, message }];
      }),
  },
  {
    code: 'ears-differs',
    severity: 'error',
    title: 'The parts in `ears` say what the text says.',
    find: ofParts(criteriaOf, earsDiffer),
  },
  {
    code: 'condition-last',
    severity: 'info',
    title: 'The condition of a criterion stands before what it is a condition of.',
    find: ofParts(demandsOf, ({ text }) => {
      const sentence = parseSentence(text);
      const isCondition = sentence.isTurned && sentence.more === 0 && sentencesIn(text) === 1 && isOfWhole(sentence);
      return isCondition ? 'Its condition stands last. Put it first: "When …, the X shall …".' : undefined;
    }),
  },
  {
    code: 'placeholder',
    severity: 'error',
    title: 'Nothing is left to be written.',
    find: ofParts(textsOf, ({ text }) => {
      const [found] = /\b(?:TBD|TBC|TODO|FIXME|XXX)\b|\?{3,}|\[NEEDS CLARIFICATION[^\]]*\]?|\b[Ll]orem ipsum\b/.exec(quoteless(text)) ?? [];
      return found === undefined ? undefined : `"${found.slice(0, 60)}" is still to be written. Write it, or make it a question.`;
    }),
  },
];

/** What only looks like a condition: `while respecting`, `once for each`, `when possible`, `when and how`. */
const NO_CONDITION =
  /^(?:possible|needed|necessary|required|applicable|appropriate|(?:and|or|for|per|without)\b|(?:an?|each|every) (?:second|minute|hour|day|week|month|year|run)\b)/i;

const SAYING =
  /^(?:\w+ly )?(?:indicate|show|tell|say|detect|determine|know|report|explain|specify|decide|state|record|check|verify|validate|recognize|see)$/i;

/** Whether the condition behind a response is one of the whole of it, not of a clause or of one response of several. */
function isOfWhole(sentence: Sentence): boolean {
  const { kind, text } = sentence.conditions.at(-1)!;
  if (NO_CONDITION.test(text) || (kind === 'while' && /^\w+ing\b/.test(text))) return false;
  // `indicate when …` says what, not when; `…, generating files when selected` is of the second clause.
  if (SAYING.test(sentence.response) || /, \w+ing\b|\b(?:even|only|except)$/.test(sentence.response)) return false;
  return !/\b(?:that|which|who|whose)\b/i.test(sentence.response) && secondVerb(sentence) === undefined;
}

const sentencesIn = (text: string): number => text.split(/(?<=[a-z)`'"][.!?])\s+(?=[A-Z])/).length;

/** A verb behind `and`: it is followed by what only verbs are followed by. `PNG and JPG files` has none. */
function secondVerb({ response }: Sentence): string | undefined {
  const [, verb] =
    /(?:,\s*(?:and\s+)?|\band\s+)(?:then\s+)?([a-z]{3,20})\s+(?:it|its|them|their|the|a|an|all|each|every|no|any)\b/.exec(response) ?? [];
  return verb !== undefined &&
    !verb.endsWith('ing') &&
    // `capture and log the output`: one thing, in two steps.
    !new RegExp(`^(?:\\w+ly\\s+)?\\w+(?:,\\s+\\w+)*,?\\s+and\\s+(?:then\\s+)?${verb}\\s`, 'i').test(response) &&
    !/\b(?:that|which|who)\b/.test(response.slice(0, response.indexOf(`${verb} `))) &&
    !/^(?:and|or|but|nor|of|in|on|by|for|with|from|into|that|which|when|where|after|before|within|under|over|not|only|also|what|how|who|whose|why|as|than|about|to|at|if|unless|until|while|since|because|whether|except|plus|per|given|both|either|even|across|along|among|around|against|between|during|through|throughout|toward|towards|upon|via|without|like|unlike|such|rather|instead|then|once|again|thus|otherwise|just|still|yet)$/.test(
      verb,
    )
    ? verb
    : undefined;
}

function earsDiffer({ text, ears }: Criterion): readonly string[] {
  if (!ears) return [];
  const sentence = parseSentence(text);
  const found: string[] = [];
  if (ears.pattern !== undefined && sentence.pattern !== undefined && ears.pattern !== sentence.pattern)
    found.push(`\`ears.pattern\` is ${ears.pattern}; the text is ${sentence.pattern}. Correct one of them.`);
  if (ears.system !== undefined && !text.toLowerCase().includes(ears.system.toLowerCase()))
    found.push(`\`ears.system\` is ${ears.system}, which the text does not name. Correct one of them.`);
  const inText = measure(text).quantities;
  for (const key of ['where', 'while', 'when', 'if', 'shall'] as const)
    for (const { value, dimension, text: said } of measure(ears[key] ?? '').quantities)
      if (!inText.some((other) => other.dimension === dimension && Math.abs(other.value - value) <= 1e-9 * Math.abs(value)))
        found.push(`\`ears.${key}\` says ${said}; the text does not. Correct one of them.`);
  return found;
}
