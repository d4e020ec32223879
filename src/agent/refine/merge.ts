import { parseSentence } from '../../specs/meaning/sentence.ts';
import { measure } from '../../specs/meaning/quantities.ts';
import { contentOf } from '../citations/content-words.ts';
import { isSame, type Proof } from '../draft/parts.ts';
import type { DraftSpec } from '../model.ts';
import type { Statement } from './batches.ts';
import type { Outcome } from './outcome.ts';

/** A draft in which one of some statements stands for all of them, where it says all that the others say. */
export function merged(draft: DraftSpec, ids: readonly string[]): Outcome {
  const wanted = new Set(ids);
  const parts: readonly Statement[] = [...draft.criteria, ...draft.nfrs].filter(({ id }) => wanted.has(id));
  if (wanted.size < 2 || parts.length !== wanted.size) return { rejected: 'they are not two statements of the draft' };
  const kept = parts.find((part) => parts.every((other) => other === part || says(part, other)));
  if (!kept) return { rejected: 'none of them says all that the others say' };
  const gone = parts.filter((part) => part !== kept);
  const more = gone.flatMap(({ evidence }) => evidence).filter((one) => !kept.evidence.some((other) => isSame(one, other)));
  const evidence = [...kept.evidence, ...more] as unknown as Proof;
  const without = <P extends Statement>(list: readonly P[]): readonly P[] =>
    list.filter((part) => !gone.some(({ id }) => id === part.id)).map((part) => (part.id === kept.id ? { ...part, evidence } : part));
  const pointer = 'category' in kept ? `/nfrs/${kept.category}/${kept.id}` : `/acceptance/${kept.id}`;
  const about = (said: string): string => (gone.some(({ id }) => said.endsWith(`/${id}`)) ? pointer : said);
  return {
    draft: {
      ...draft,
      criteria: without(draft.criteria),
      nfrs: without(draft.nfrs),
      questions: draft.questions.map((one) => (one.about === undefined ? one : { ...one, about: about(one.about) })),
    },
  };
}

const WEIGHT = { must: 3, should: 2, could: 1, wont: 0 } as const;

/** Whether one statement demands all that another demands, under the same conditions. */
function says(one: Statement, other: Statement): boolean {
  const isOfAKind =
    'priority' in one && 'priority' in other
      ? WEIGHT[one.priority] >= WEIGHT[other.priority] && one.priority !== 'wont' && other.priority !== 'wont'
      : 'category' in one && 'category' in other && one.category === other.category;
  if (!isOfAKind) return false;
  const [a, b] = [one, other].map(({ text }) => ({ sentence: parseSentence(text), content: contentOf(text) }));
  if (!a || !b) return false;
  return (
    a.sentence.modality === b.sentence.modality &&
    a.sentence.system === b.sentence.system &&
    !a.content.negates &&
    !b.content.negates &&
    conditionsOf(one) === conditionsOf(other) &&
    boundsOf(one) === boundsOf(other) &&
    choicesIn(one) === choicesIn(other) &&
    [...b.content.words].every((word) => a.content.words.has(word)) &&
    [...b.content.figures].every((figure) => a.content.figures.has(figure))
  );
}

const conditionsOf = ({ text }: Statement): string =>
  parseSentence(text)
    .conditions.map((one) => `${one.kind} ${[...contentOf(one.text).words, ...contentOf(one.text).figures].toSorted().join(' ')}`)
    .toSorted()
    .join('; ');
const boundsOf = ({ text }: Statement): string =>
  measure(text)
    .quantities.map(({ bound, value, dimension }) => `${bound} ${value} ${dimension}`)
    .toSorted()
    .join('; ');
const choicesIn = ({ text }: Statement): number => text.match(/\b(?:or|either|except|unless|without)\b/gi)?.length ?? 0;
