import type { Finding } from '../../../graph/query/findings/finding.ts';
import { resolveTarget } from '../../../graph/query/target.ts';
import { existsIn } from '../../specs/exists-in.ts';
import { lintSpec } from '../../specs/lint/lint-spec.ts';
import { createSources } from '../citations/source-texts.ts';
import { citeCheck } from '../cite-check.ts';
import type { CiteProblem } from '../citations/problem.ts';
import { repaired, type Repair } from '../draft/repair.ts';
import { writeSpec, type Maker } from '../draft/write-spec.ts';
import type { AgentRequest, DraftSpec, StepContext } from '../model.ts';

export interface CheckInput {
  readonly draft: DraftSpec;
  readonly request: AgentRequest;
  /** Other texts of the thread by their path, such as its answers, whether or not they are written yet. */
  readonly kept?: Readonly<Record<string, string>>;
  readonly maker?: Maker;
}

export interface Checked {
  readonly draft: DraftSpec;
  /** The file that it becomes. */
  readonly text: string;
  /** Times that it was repaired, 0–3. */
  readonly rounds: number;
  readonly repairs: readonly Repair[];
  /** What is left: nothing of the cite-check, unless something outside of the draft is wrong. */
  readonly problems: readonly CiteProblem[];
  readonly findings: readonly Finding[];
}

const MOST_ROUNDS = 3;

/** Lint and cite-check of a draft, and repairs by rules, as long as they help and at most three times. */
export async function check(
  { draft: given, request, kept = {}, maker = { engine: 'rules' } }: CheckInput,
  context: StepContext,
): Promise<Checked> {
  const { graph, repo, root } = context;
  const sources = createSources({
    reader: graph.reader,
    repo,
    root,
    kept: new Map([...Object.entries(kept), [request.file, request.text]]),
  });
  const exists = (name: string): Promise<boolean> => isThere(graph.reader, name);
  let draft = given;
  const repairs: Repair[] = [];
  for (let rounds = 0; ; rounds++) {
    const text = writeSpec(draft, maker);
    const path = draft.path ?? `${draft.feature}.spec.yaml`;
    const { problems } = await citeCheck(text, path, sources);
    const findings = await lintSpec(text, path, exists);
    const next = rounds < MOST_ROUNDS ? repaired(draft, problems, findings) : undefined;
    if (!next || next.repairs.length === 0) return { draft, text, rounds, repairs, problems, findings };
    context.signal?.throwIfAborted();
    draft = next.draft;
    repairs.push(...next.repairs);
  }
}

/** Whether something in the graph answers to a name. */
export const isThere = (reader: StepContext['graph']['reader'], name: string): Promise<boolean> =>
  existsIn({ resolve: (target) => resolveTarget(reader, target) }, name);
