import { throwIfAborted } from '../../../graph/errors.ts';
import { compare } from '../../../graph/model/edge.ts';
import type { ContextPack } from '../../retrieval/context-pack.ts';
import { renderMarkdown } from '../../specs/render-spec.ts';
import type { Spec } from '../../specs/spec.ts';
import { agentsFiles } from '../hand-off/agents-files.ts';
import { contextFile } from '../hand-off/context-file.ts';
import { designOf } from '../hand-off/design.ts';
import { doneFile } from '../hand-off/done-file.ts';
import { insidePack } from '../hand-off/inside-pack.ts';
import { featureWords, kebab } from '../hand-off/names.ts';
import { policiesFile } from '../hand-off/policies-file.ts';
import { readmeFile } from '../hand-off/readme-file.ts';
import { taskFiles } from '../hand-off/task-files.ts';
import type { Grounding, Plan, StepContext } from '../model.ts';
import { loadTargets } from '../targets/registry.ts';
import type { PackFile } from '../targets/target.ts';

export interface HandOffInput {
  readonly spec: Spec;
  /** The file of the spec, as it was approved. */
  readonly specText: string;
  readonly plan: Plan;
  readonly grounding: Grounding;
  readonly pack: ContextPack;
}

/**
 * All that somebody needs to build an approved spec, as files: what is asked, by which rules, in which tasks, and what could be
 * generated of it. By path; the same input gives the same bytes. Throws `ABORTED`.
 */
export async function handOff({ spec, specText, plan, grounding, pack }: HandOffInput, context: StepContext): Promise<readonly PackFile[]> {
  throwIfAborted(context.signal);
  const design = await designOf(spec, plan, grounding, context);
  const targets = await loadTargets();
  const generated = targets.map((target) => ({
    target: target.name,
    title: target.title,
    ...target.generate({ spec, plan, grounding, pack, design }),
  }));
  const name = kebab(featureWords(spec.feature));
  const files: readonly PackFile[] = [
    { path: 'README.md', text: `${readmeFile(spec, design, generated)}\n` },
    { path: `spec/${name}.spec.yaml`, text: specText },
    { path: `spec/${name}.md`, text: renderMarkdown(spec) },
    { path: 'CONTEXT.md', text: `${contextFile(grounding, pack)}\n` },
    { path: 'POLICIES.md', text: `${policiesFile(spec, grounding)}\n` },
    { path: 'DEFINITION-OF-DONE.md', text: `${doneFile(spec, plan, grounding, generated)}\n` },
    ...taskFiles(spec, plan),
    ...agentsFiles(spec, plan, design, generated),
    ...generated.flatMap((one) => one.files),
  ];
  return files.map(insidePack).toSorted((a, b) => compare(a.path, b.path));
}
