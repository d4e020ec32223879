import { lintSpec } from '../../specs/lint/lint-spec.ts';
import { createSources } from '../citations/source-texts.ts';
import { citeCheck } from '../cite-check.ts';
import { writeSpec } from '../draft/write-spec.ts';
import type { AgentRequest, DraftSpec, StepContext } from '../model.ts';
import { isThere } from '../steps/check.ts';

/** Says what is wrong with a draft that was not with the one before it; undefined where nothing is. */
export type Judge = (draft: DraftSpec, before: DraftSpec) => Promise<string | undefined>;

/** The lint and the cite-check, of the file that a draft becomes. */
export function createJudge(request: AgentRequest, { graph: { reader }, repo, root }: StepContext): Judge {
  const sources = createSources({ reader, repo, root, kept: new Map([[request.file, request.text]]) });
  const known = new Map<string, Promise<boolean>>();
  const exists = (name: string): Promise<boolean> => {
    const found = known.get(name) ?? isThere(reader, name);
    known.set(name, found);
    return found;
  };
  const problems = new WeakMap<DraftSpec, ReadonlyMap<string, string>>();
  const problemsOf = async (draft: DraftSpec): Promise<ReadonlyMap<string, string>> => {
    const text = writeSpec(draft);
    const path = draft.path ?? `${draft.feature}.spec.yaml`;
    const cited = (await citeCheck(text, path, sources)).problems.map(
      ({ pointer, code, message }) => [`${code} ${pointer}`, message] as const,
    );
    const linted = (await lintSpec(text, path, exists)).map(({ id, code, message }) => [`${code} ${id}`, message] as const);
    return new Map([...cited, ...linted]);
  };
  return async (draft, before) => {
    const had = problems.get(before) ?? (await problemsOf(before));
    const has = await problemsOf(draft);
    problems.set(before, had).set(draft, has);
    return [...has].find(([key]) => !had.has(key))?.[1];
  };
}
