import { actionAt, phrasesOf, type Phrase } from './phrases.ts';
import { storiesOf, type Range, type Story } from './story.ts';
import { isBareVerb } from './word-classes.ts';
import { retagged } from './retag.ts';
import { wordsOf, type Word } from './words.ts';

export interface Span extends Range {
  readonly label: 'Persona' | 'Action' | 'Entity' | 'Benefit';
  /** Of actions: what the persona does, not what then happens. */
  readonly primary?: true;
}

/** Who, what they do, with what, what for: of every user story in the text, in the order of the text. */
export function storySpans(text: string): readonly Span[] {
  return storiesOf(text)
    .flatMap((story) => spansOfStory(text, story))
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

export function spansOfStory(text: string, story: Story): readonly Span[] {
  const words = retagged(wordsOf(text, story.persona.end, story.whole.end));
  const at = (offset: number): number => {
    const index = words.findIndex(({ end }) => end > offset);
    return index === -1 ? words.length : index;
  };
  const from = at(story.wish.start);
  const to = at(story.wish.end);
  const primary = story.marker.kind === 'to-do' ? primaryActions(words, from, to) : wanting(words, at(story.marker.start), from);
  const spans: Span[] = [{ label: 'Persona', ...story.persona }];
  for (const { start, end } of primary) spans.push({ label: 'Action', start, end, primary: true });
  let done = from;
  for (const { from: start, to: end } of primary) {
    if (start > done) spans.push(...phrasesOf(words, done, start).map(labelled));
    done = Math.max(done, end);
  }
  spans.push(...phrasesOf(words, done, to).map(labelled));
  if (story.benefit !== undefined) {
    spans.push({ label: 'Benefit', ...story.benefit });
    spans.push(...phrasesOf(words, at(story.benefit.start), at(story.benefit.end)).map(labelled));
  }
  return spans;
}

const labelled = ({ kind, start, end }: Phrase): Span => ({ label: kind === 'action' ? 'Action' : 'Entity', start, end });

/** "I want a tool": what they do is to want it. */
function wanting(words: readonly Word[], marker: number, wish: number): readonly Phrase[] {
  const first = words[marker + 1]?.lower === 'would' || words[marker + 1]?.lower === 'will' ? marker + 1 : Math.max(marker, wish - 1);
  if (first >= wish) return [];
  const bare = isBareVerb(words, wish) && words[wish - 1]?.lower === 'want';
  if (bare) return primaryActions(words, wish, words.length);
  return [{ kind: 'action', from: first, to: wish, start: words[first]!.start, end: words[wish - 1]!.end }];
}

/** Words after which no further verb is one of the persona's own. */
const SUBORDINATE = new Set([
  'that',
  'which',
  'who',
  'whom',
  'whose',
  'where',
  'when',
  'if',
  'whether',
  'while',
  'how',
  'what',
  'because',
  'after',
  'before',
  'so',
  'until',
  'once',
  'since',
  'i',
  'we',
  'they',
  'it',
  'such',
]);
const JOINT = new Set(['and', 'or', '/', ',', 'and/or', '(', 'then', '&']);

/** The first verb, and the plain verbs that "and", "or", a comma or a slash put beside it. */
function primaryActions(words: readonly Word[], from: number, to: number): readonly Phrase[] {
  const first = from < to ? actionAt(words, from, from, to, true) : undefined;
  if (first === undefined) return [];
  const actions = [first];
  let last = first;
  for (let at = first.to; at < to; at++) {
    const { lower } = words[at]!;
    if (SUBORDINATE.has(lower) || opensPurpose(words, at)) break;
    if (!JOINT.has(lower)) continue;
    let next = at;
    while (next < to && (JOINT.has(words[next]!.lower) || /^(?:to|also|not|either|then)$/.test(words[next]!.lower))) next++;
    if (next >= to || !isBesides(words, next, last.to === at)) continue;
    const action = actionAt(words, next, from, to, true);
    if (action === undefined) continue;
    actions.push(action);
    last = action;
    at = action.to - 1;
  }
  return actions;
}

/** "to find", "by using", "for browsing": what follows is how or what for. */
function opensPurpose(words: readonly Word[], at: number): boolean {
  const { lower } = words[at]!;
  const next = words[at + 1];
  if (next === undefined || JOINT.has(words[at - 1]?.lower ?? '')) return false;
  return (
    (lower === 'to' && isBareVerb(words, at + 1)) ||
    (/^(?:by|for|while|when|of|without)$/.test(lower) && next.lower.endsWith('ing') && next.pos === 'VERB')
  );
}

/** Whether a verb stands here that has the persona as its subject. `adjacent`: nothing between it and the verb before. */
function isBesides(words: readonly Word[], at: number, adjacent: boolean): boolean {
  let verb = at;
  while (words[verb]?.pos === 'ADV') verb++;
  const word = words[verb];
  const next = words[verb + 1];
  if (word === undefined) return false;
  if (word.lower === 'be') return true;
  if (isBareVerb(words, verb)) return true;
  if (!['NOUN', 'ADJ', 'ADV'].includes(word.pos) || /(?:s|ing|ed|tion|ity|ness|ment)$/.test(word.lower)) return false;
  return (
    adjacent ||
    (next !== undefined && (next.pos === 'DET' || next.pos === 'PRON' || next.lower === 'through') && !['PRON', 'SCONJ'].includes(word.pos))
  );
}
