import type { ParsedRequest, Quote } from '../steps/parse.ts';
import { isFixing, kindsOf, type FeatureKind } from '../gaps/feature-kinds.ts';
import { askedOf } from './asked.ts';
import { conceptsOf, isCommon, isCommonVerb } from './concepts.ts';

/** Topics looked for: the first requirements, those with most to look for before the others. */
const MOST_TOPICS = 12;
/** Characters of the first line that stands for a request in which no requirement was found. */
const LONGEST_TITLE = 300;
/** What a concept counts for: a thing that the request names, something done with it, either of them where every system has it. */
const WEIGHTS = { object: 1, action: 0.8, common: 0.25 } as const;

/** Something that the request asks for, in the concepts that are looked for. */
export interface Topic {
  /** Verbatim. */
  readonly quote: string;
  /** As people read it. */
  readonly text: string;
  /** What is looked for, and what each counts for. */
  readonly weights: ReadonlyMap<string, number>;
  /** Concepts of each thing that it names: "credit card" is one thing, and so is "bulk send". */
  readonly things: readonly (readonly string[])[];
  /** A concept in the request's own word. */
  readonly words: ReadonlyMap<string, string>;
  readonly kinds: readonly FeatureKind[];
}

/** What to look for: each requirement, and what the request is called where its first line is none. Best first as in the request. */
export function topicsOf(text: string, parsed: ParsedRequest): readonly Topic[] {
  const asked = askedOf(text, parsed);
  const topics: Topic[] = asked.map((requirement) => {
    // What it is good for is no part of the system.
    const isAsked = ({ start, end }: Quote): boolean =>
      !requirement.benefits.some((benefit) => benefit.start <= start && end <= benefit.end);
    const quotes = (list: readonly Quote[]): readonly (readonly string[])[] =>
      list.flatMap((each) => (isAsked(each) ? [conceptsOf(each.quote)] : [])).filter((each) => each.length > 0);
    return topicOf(
      requirement.quote,
      requirement.said ?? requirement.quote,
      quotes(requirement.objects),
      quotes(joined(requirement.actions)),
    );
  });
  const title = titleOf(text);
  const isCovered = asked.some(({ start, end, quote }) => quote.includes(title) || (start === 0 && end > 0));
  const isText = parsed.kind === 'sentence' || parsed.kind === 'ticket' || asked.length === 0;
  if (title !== '' && isText && !isCovered && !/^[[{]/.test(text.trimStart())) {
    const words = conceptsOf(title).filter((concept) => !isFixing(concept));
    // Without a parse, each of its words may be what it is about.
    topics.unshift(
      topicOf(
        title,
        title,
        words.map((word) => [word]),
        [],
      ),
    );
  }
  return topics.filter(({ weights }) => weights.size > 0).slice(0, MOST_TOPICS);
}

/** Verbs side by side are one: "bulk send". */
function joined(actions: readonly Quote[]): readonly Quote[] {
  const found: Quote[] = [];
  for (const action of actions.toSorted((a, b) => a.start - b.start)) {
    const before = found.at(-1);
    if (before?.end === action.start - 1)
      found[found.length - 1] = { start: before.start, end: action.end, quote: `${before.quote} ${action.quote}` };
    else found.push(action);
  }
  return found;
}

function topicOf(quote: string, text: string, objects: Topic['things'], actions: Topic['things']): Topic {
  const weights = new Map<string, number>();
  const telling = [...objects.flat(), ...actions.flat()].some((concept) => !isCommon(concept));
  for (const concept of actions.flat()) weights.set(concept, isCommon(concept) ? WEIGHTS.common : WEIGHTS.action);
  // Where all that is named is common, that is what it is about: "list all users".
  for (const concept of objects.flat())
    weights.set(concept, (telling && isCommon(concept)) || isCommonVerb(concept) ? WEIGHTS.common : WEIGHTS.object);
  const named = objects.map((each) => each.filter((concept) => !(telling ? isCommon(concept) : isCommonVerb(concept))));
  const compound = actions.filter((each) => each.length > 1 && each.some((concept) => !isCommon(concept)));
  return { quote, text, weights, things: [...named, ...compound], words: wordsByConcept(text), kinds: kindsOf(text) };
}

/** The first line with words in it, without the marks of a heading. Verbatim. */
function titleOf(text: string): string {
  const line = text.split('\n').find((each) => /\p{L}{2}/u.test(each)) ?? '';
  return line
    .replace(/^[\s#>*-]+/, '')
    .trim()
    .slice(0, LONGEST_TITLE);
}

function wordsByConcept(text: string): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const word of text.match(/[\p{L}\p{N}_-]+/gu) ?? [])
    for (const concept of conceptsOf(word)) if (!words.has(concept)) words.set(concept, word.toLowerCase());
  return words;
}
