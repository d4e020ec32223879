import { compareTexts } from '../../specs/meaning/compare-texts.ts';
import { measure } from '../../specs/meaning/quantities.ts';
import { parseSentence, type Sentence } from '../../specs/meaning/sentence.ts';
import { contentOf, stemsIn } from '../citations/content-words.ts';

/**
 * Why a sentence cannot be shown to demand what another does; undefined where it does. Stricter than telling versions apart: there
 * somebody wrote both, here a model wrote the second.
 */
export function differs(before: string, after: string): string | undefined {
  const [a, b] = [parseSentence(before), parseSentence(after)];
  if (numbersIn(before) !== numbersIn(after)) return 'its numbers are others';
  if (a.system !== undefined && b.system !== undefined && a.system.toLowerCase() !== b.system.toLowerCase())
    return `"${b.system}" has to do it`;
  if (a.modality !== b.modality) return 'it obliges more or less';
  if (boundTo(before) !== boundTo(after)) return 'what it denies or restricts is another';
  const told = new Set(directions(before));
  const turned = directions(after).find((one) => !told.has(one));
  if (turned !== undefined) return `"${turned}" is not what it said`;
  const compared = compareTexts(before, after);
  const bare = isSame(compared.kind) ? compared : compareTexts(demandIn(a, before), demandIn(b, after));
  if (!isSame(bare.kind)) return `it means something else: ${compared.reasons.join('; ')}`;
  const isOrdered =
    inOrder(a.conditions.map(({ text }) => text).join(', '), b.conditions.map(({ text }) => text).join(', ')) &&
    inOrder(unframed(a.response), unframed(b.response));
  return isOrdered ? undefined : 'who does what to whom is another';
}

const isSame = (kind: string): boolean => kind === 'same' || kind === 'reworded';

/** All numbers, those of names among them (`p95`, `413`), each as often as it is there. */
const numbersIn = (text: string): string =>
  (text.match(/\d+(?:[.,]\d+)*/g) ?? [])
    .map((one) => one.replace(/,(?=\d{3})/g, ''))
    .toSorted()
    .join(' ');

/** What the rules put around words that they could not turn into a response. */
const FRAME = /^(?:satisfy\s+"|ensure that |make it possible to |accept (?=\D*\d)|provide |keep to (?=[^:"]{1,40}:))/i;

const unframed = (response: string): string => (FRAME.test(response) ? response.replace(FRAME, '').replace(/"\.?$/, '') : response);

/** A demand without who has to meet it and without the frame around it; with its conditions it stays as it is. */
const demandIn = ({ system, response, conditions, isNegated }: Sentence, text: string): string =>
  conditions.length > 0 || isNegated || system === undefined ? text : unframed(response);

const TIE = /\b(not|never|no|nobody|nothing|none|neither|nor|cannot|without|unless|only|or|except)\b|n['’]t\b/gi;
const TURN = /\b(from|by|into|onto|until|per|via|may|can|could|might|should|must|will)\b/gi;

/** Negations, restrictions and alternatives, each with what it is of: `not delet`, `only member`. */
const boundTo = (text: string): string => tied(text, TIE).toSorted().join(', ');
/** Where from, by whom, and what else is obliged or let, each with what is there: a text may have fewer of them, none of its own. */
const directions = (text: string): readonly string[] => tied(text, TURN);

const tied = (text: string, words: RegExp): readonly string[] =>
  Array.from(text.matchAll(words), ({ 0: word, index }) => {
    const { words: behind, figures } = contentOf(text.slice(index + word.length).replace(/[,;:.]\s.*$/s, ''));
    return `${word.toLowerCase()} ${[...behind][0] ?? [...figures][0] ?? ''}`.trim();
  });

/** The same words one after the other, each as often; where one is in the passive and the other is not, but for the verb. */
function inOrder(before: string, after: string): boolean {
  const [a = [], b = []] = [before, after].map((text) => stemsIn(measure(text).rest)); // bounds stand anywhere
  const shared = (list: readonly string[], other: readonly string[]): readonly string[] => list.filter((word) => other.includes(word));
  const [left, right] = [shared(a, b), shared(b, a)];
  const isEqual = (verb?: string): boolean => {
    const [x, y] = [left, right].map((list) => list.filter((word) => word !== verb).join(' '));
    return x === y;
  };
  return isEqual() || (isPassive(before) !== isPassive(after) && [left[0], right[0]].some((verb) => verb !== undefined && isEqual(verb)));
}

const isPassive = (text: string): boolean => /\b(?:be|is|are|was|were|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en|nt|pt|ld|de|t)\b/i.test(text);
