import { moduleId } from '../../graph/model/id.ts';
import type { Node } from '../../graph/model/node.ts';
import { answerImpact, totalsOfItems } from '../../graph/query/answer.ts';
import { ImpactQuestion, type ChangeKind, type DetectedChange } from '../../graph/query/change.ts';
import { compareChanges } from '../../graph/query/compare.ts';
import type { GraphReader } from '../../graph/store/store.ts';
import type { Repository } from '../../ingest/worker.ts';
import type { PinnedGraph } from '../current-graph.ts';
import { parseOrThrow } from '../parse-or-throw.ts';
import type { DiffImpactAnswer, DiffRange, SkippedChange } from './diff-impact.ts';
import { detectChanges } from './detect.ts';
import { repositoryOf } from './repository-of.ts';
import { callersOf } from './callers.ts';
import { impactOfDemands } from './new-demands.ts';
import { changedElsewhere } from './shared-schemas.ts';
import { mergeAnswers, type MergedAnswer } from './merge-answers.ts';

/**
 * What a diff breaks: each detected change asked of the graph, in one answer. The graph should be of the state before
 * the change: what the diff removes, renames or moves is looked up there by its old name. In a graph of the state after
 * it, such names are not found; they are listed in `skipped`, and the verdict is `unknown` unless the rest is breaking.
 */
export async function impactOfDiff(graph: PinnedGraph, range: DiffRange): Promise<DiffImpactAnswer> {
  const { limit } = parseOrThrow(ImpactQuestion.pick({ limit: true }), { limit: range.limit });
  const repository = await repositoryOf(graph.reader, range.root);
  const { changes: detected, unasked, skipped, contracts, shared, demands, files } = await detectChanges(repository, range);
  const elsewhere = shared.length > 0 ? changedElsewhere(await graph.snapshot(), shared, files) : [];
  const asking = [...detected, ...elsewhere].sort(compareChanges);
  const { asked, unknown } = await lookUp(graph.reader, repository, asking);
  const answers: MergedAnswer[] = [];
  const callers = await callersOf(graph, contracts);
  if (callers) answers.push(callers.answer);
  if (demands.length > 0) answers.push(await impactOfDemands(graph.reader, demands));
  if (asked.length > 0) {
    const snapshot = await graph.snapshot();
    for (const { target, change } of asked) {
      const { target: _target, ...options } = parseOrThrow(ImpactQuestion, {
        target: target.id,
        change,
        minConfidence: range.minConfidence,
        limit: Infinity, // which are the first is known when the answers are merged
        paths: range.paths || callers !== undefined,
      });
      const { answer } = answerImpact(snapshot, target, options);
      answers.push(callers ? callers.narrowed(`${change} ${target.id}`, answer) : answer);
    }
  }
  const { impacted: reached, ...merged } = mergeAnswers(answers);
  const { minConfidence = 0 } = range;
  const impacted = reached
    .filter(({ confidence }) => confidence >= minConfidence)
    .map(({ path, ...item }) => (range.paths && path ? { ...item, path } : item));
  const verdict = unknown.length > 0 && merged.verdict !== 'breaking' ? 'unknown' : merged.verdict;
  const listed = { totals: totalsOfItems(impacted), impacted: impacted.slice(0, limit) };
  const changes = [...asking, ...unasked].sort(compareChanges);
  return { ...merged, verdict, ...listed, changes, skipped: [...skipped, ...unknown], generation: graph.reader.generation };
}

interface Asked {
  readonly target: Node;
  readonly change: ChangeKind;
}

/** Finds the targets of changes; one of each kind per target is asked. */
async function lookUp(
  reader: GraphReader,
  repository: Repository,
  changes: readonly DetectedChange[],
): Promise<{ readonly asked: readonly Asked[]; readonly unknown: readonly SkippedChange[] }> {
  const moduleOf = ({ file }: DetectedChange): string => moduleId(repository.name, file);
  const nodes = await reader.get([...new Set(changes.flatMap((change) => [change.id, moduleOf(change)]))]);
  const asked = new Map<string, Asked>();
  const unknown = new Map<string, SkippedChange>();
  for (const found of changes) {
    const target = nodes.get(found.id);
    if (target) asked.set(`${found.change} ${found.id}`, { target, change: found.change });
    else if (nodes.has(moduleOf(found)))
      unknown.set(found.id, { file: found.file, reason: `${found.declaration} is not in the graph; ingest the state before the change` });
    else unknown.set(found.file, { file: found.file, reason: 'is not in the graph: ignored, or not there when it was ingested' });
  }
  return { asked: [...asked.values()], unknown: [...unknown.values()] };
}
