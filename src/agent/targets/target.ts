import type { ContextPack } from '../../retrieval/context-pack.ts';
import type { Spec } from '../../specs/spec.ts';
import type { Design } from '../hand-off/design.ts';
import type { Grounding, Plan } from '../model.ts';

/** A file of a hand-off. */
export interface PackFile {
  /** Relative to the pack, with `/`; never outside of it. */
  readonly path: string;
  readonly text: string;
}

/** What was made for a feature. */
export interface Generated {
  /** By path; none where there is nothing to make. */
  readonly files: readonly PackFile[];
  /** One sentence: what was made, or why nothing was. */
  readonly note: string;
  /** Ids of criteria that the files are about. */
  readonly covers: readonly string[];
}

export interface TargetInput {
  readonly spec: Spec;
  readonly plan: Plan;
  readonly grounding: Grounding;
  readonly pack: ContextPack;
  /** What the spec needs, read once for all targets. */
  readonly design: Design;
}

/** One kind of thing that is made of a spec: pure and deterministic. A new one is a file here and a line in registry.ts. */
export interface GenerationTarget {
  /** Kebab-case; the name of its file. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  generate(input: TargetInput): Generated;
}
