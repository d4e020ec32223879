import type { QuestionOption } from '../model.ts';
import type { FeatureKind } from './feature-kinds.ts';
import type { Slot } from './slots.ts';
import type { Values } from './values.ts';

/** Answers of a question, so many at most; three where the system gives none or one. */
const MOST = 4;
const USUAL = 3;

/** The answers to choose from: what the system does elsewhere, with where that stands, then what is usual. */
export async function optionsOf(slot: Slot, values: Values, kind?: FeatureKind): Promise<readonly QuestionOption[]> {
  const found: QuestionOption[] = [];
  const last = slot.values.at(-1);
  for (const source of slot.values) {
    // Of several kinds of values the best of the first ones, for there to be a choice.
    for (const { value, source: name, evidence } of (await values.find(source)).slice(0, source === last ? MOST : 1))
      if (!found.some((each) => each.value === value)) found.push({ value, consequence: slot.follows(value, name), evidence: [evidence] });
  }
  const grounded = found.slice(0, MOST - 1);
  const isNew = (value: string): boolean => !grounded.some((each) => each.value.toLowerCase().startsWith(value.toLowerCase()));
  const usual = ((kind && slot.usualOf?.[kind]) ?? slot.usual)
    .filter(([value]) => isNew(value))
    .map(([value, consequence]): QuestionOption => ({ value, consequence, evidence: [] }));
  return [...grounded, ...usual].slice(0, Math.max(USUAL, grounded.length + 1));
}
