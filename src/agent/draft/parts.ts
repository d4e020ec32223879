import { contentOf, plain, unfounded } from '../citations/content-words.ts';
import { unnamed } from '../../../ingest/workers/spec/statement.ts';
import { parseSentence } from '../../specs/meaning/sentence.ts';
import type { Ears, Priority, Verification } from '../../specs/spec.ts';
import type { DraftCriterion, DraftNfr, Evidence } from '../model.ts';
import { raised } from './inflect.ts';
import type { NamedSystem } from './name-system.ts';

export type Proof = readonly [Evidence, ...Evidence[]];

/** Marks of lists and headings, and words that only join a sentence to the one before. */
const OPENING = /^(?:[-*+•]\s+|\d+[.)]\s+|\[[ x]\]\s+|#{1,6}\s+|>\s+|(?:and|also|but|so|then|ok|okay|well|plus)\b[\s,]+)+/i;

/** A sentence as it is written down: on one line, with a capital and a point. */
export function asSentence(said: string): string {
  const text = raised(said.replace(/\s+/g, ' ').trim().replace(OPENING, ''));
  return /[.!?"”)]$/.test(text) ? text : `${text.replace(/[,;:]+$/, '')}.`;
}

/** What a sentence made of evidence is based on: as strict as the cite-check. */
export function basisOf(text: string, evidence: Proof, names: readonly string[], rule: string): Pick<DraftCriterion, 'basis' | 'rule'> {
  if (
    evidence.some(({ quote }) => plain(quote).replace(OPENING, '') === plain(text) && contentOf(quote).negates === contentOf(text).negates)
  )
    return { basis: 'quoted' };
  const isExtracted =
    unfounded(
      text,
      evidence.map(({ quote }) => quote),
      names,
    ).length === 0;
  return { basis: isExtracted ? 'extracted' : 'templated', rule };
}

interface CriterionParts {
  readonly text: string;
  readonly evidence: Proof;
  readonly rule: string;
  readonly priority?: Priority;
  readonly verify?: readonly Verification[];
}

/** A criterion with its parts by EARS. Its id follows from its text, as `spec fmt` gives it. */
export function criterion(
  { text, evidence, rule, priority = 'must', verify = [{ kind: 'test' }] }: CriterionParts,
  system: NamedSystem,
): DraftCriterion {
  const ears = earsOf(text, system);
  return {
    id: unnamed('AC', text),
    text,
    evidence,
    ...basisOf(text, evidence, [system.name], rule),
    ...(ears ? { ears } : {}),
    priority,
    verify,
  };
}

export function earsOf(text: string, { name, id }: NamedSystem): Ears | undefined {
  const { pattern, conditions, system, response, isNegated } = parseSentence(text);
  if (pattern === undefined) return undefined;
  const parts = Object.fromEntries(conditions.map(({ kind, text: condition }) => [kind, condition]));
  const isKnown = id !== undefined && system === name;
  return { pattern, ...parts, ...(isKnown ? { system: name } : {}), shall: `${isNegated ? 'not ' : ''}${response}` };
}

export const nfr = (part: Omit<DraftNfr, 'id'>): DraftNfr => ({ id: unnamed(`NFR-${part.category}`, part.text), ...part });

/** Parts of one id are one, resting on all that either rests on. */
export function united<P extends { readonly id: string; readonly evidence: Proof }>(parts: readonly P[]): readonly P[] {
  const known = new Map<string, P>();
  for (const part of parts) {
    const before = known.get(part.id);
    if (!before) known.set(part.id, part);
    else {
      const more = part.evidence.filter((one) => !before.evidence.some((other) => isSame(one, other)));
      known.set(part.id, { ...before, evidence: [...before.evidence, ...more] as unknown as Proof });
    }
  }
  return [...known.values()];
}

export const isSame = (a: Evidence, b: Evidence): boolean =>
  a.node === b.node && a.line === b.line && a.quote === b.quote && a.file === b.file;
