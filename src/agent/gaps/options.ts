import type { QuestionOption } from '../model.ts';
import type { FeatureKind } from './feature-kinds.ts';
import type { Precedents } from './precedents.ts';
import type { Slot } from './slots.ts';
import type { Value, Values } from './values.ts';

/** Answers of a question, so many at most; three where the system gives none or one. */
const MOST = 4;
const USUAL = 3;

/** The same, or one of several: `PNG` of `PNG, JPEG`. */
const isWithin = (value: string, other: string): boolean => {
  const parts = (text: string): readonly string[] => text.toLowerCase().replaceAll('jpg', 'jpeg').split(/,\s*/);
  return parts(value).every((part) => parts(other).includes(part));
};

/** What the system says and does already. */
export interface System {
  readonly values: Values;
  readonly precedents: Precedents;
}

/** The answers to choose from: what the system demands and does elsewhere, with where that stands, then what is usual. */
export async function optionsOf(slot: Slot, { values, precedents }: System, kind?: FeatureKind): Promise<readonly QuestionOption[]> {
  const found: QuestionOption[] = [];
  const add = ({ value, evidence }: Value, consequence: string): void => {
    if (!found.some((each) => isWithin(value, each.value))) found.push({ value, consequence, evidence: [evidence] });
  };
  const { limits, sentences } = await precedents.of(slot);
  for (const limit of limits) add(limit, `The same as ${limit.source} demands.`);
  const last = slot.values.at(-1);
  for (const source of slot.values)
    // Of several kinds of values the best of the first ones, for there to be a choice.
    for (const value of (await values.find(source)).slice(0, source === last ? MOST : 1))
      add(value, slot.follows(value.value, value.source));
  const grounded = found.slice(0, MOST - 1);
  for (const sentence of grounded.length < MOST - 1 ? sentences : [])
    grounded.push({ value: sentence.value, consequence: 'The same holds for this feature.', evidence: [sentence.evidence] });
  const isNew = (value: string): boolean => !grounded.some((each) => each.value.toLowerCase().startsWith(value.toLowerCase()));
  const usual = ((kind && slot.usualOf?.[kind]) ?? slot.usual)
    .filter(([value]) => isNew(value))
    .map(([value, consequence]): QuestionOption => ({ value, consequence, evidence: [] }));
  return [...grounded, ...usual].slice(0, Math.max(USUAL, grounded.length + 1));
}
