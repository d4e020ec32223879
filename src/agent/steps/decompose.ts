import { compare } from '../../../graph/model/edge.ts';
import { componentsOf } from '../decompose/diagrams/components.ts';
import { dataOf } from '../decompose/diagrams/data.ts';
import { neededThings } from '../decompose/diagrams/needed-things.ts';
import { planScope } from '../decompose/diagrams/plan-scope.ts';
import { sequenceOf } from '../decompose/diagrams/sequence.ts';
import { coChanges } from '../decompose/co-changes.ts';
import { comingAlong, testHabit, testsOfLikely } from '../decompose/habits.ts';
import { likelyFiles, type LikelyFile } from '../decompose/likely-files.ts';
import { plannedFiles } from '../decompose/planned-files.ts';
import { createQuotes } from '../decompose/quotes.ts';
import { repoFiles } from '../decompose/repo-files.ts';
import { selectFiles } from '../decompose/select-files.ts';
import { settleOwners } from '../decompose/owners.ts';
import { partsOf } from '../decompose/spec-parts.ts';
import { tasksOf } from '../decompose/tasks.ts';
import { testFiles } from '../decompose/test-files.ts';
import { upkeepOf } from '../decompose/upkeep.ts';
import { wishesOf } from '../decompose/wishes.ts';
import type { Spec } from '../../specs/spec.ts';
import type { Grounding, Plan, StepContext } from '../model.ts';

/**
 * What there is to do for a spec, in an order in which it can be done: tasks that own their files, cover all its criteria and NFRs and
 * never want the same file at once. Files are those that search, the grounding, contracts, tests and the names of their siblings point to.
 * A spec without criteria has no tasks. Deterministic.
 */
export async function decompose(spec: Spec, grounding: Grounding, context: StepContext): Promise<Plan> {
  const graph = await context.graph.snapshot();
  const parts = partsOf(spec);
  const files = repoFiles(graph, context.repo);
  const tests = testFiles(files);
  const found = await likelyFiles(spec, parts, grounding, context, files);
  context.signal?.throwIfAborted();
  const changes = await coChanges(context.graph.reader, context.repo);
  const habit = testHabit(files, tests, changes);
  const { files: existing, tests: likelyTests } = selectFiles(
    found.likely,
    parts.length,
    files,
    graph,
    (some) => testsOfLikely(some, tests, changes, habit),
    (sure) => comingAlong(sure, found.alike, files, changes),
  );
  const planned = await plannedFiles(spec, parts, existing, found, files, tests, context.graph.reader, context.repo);
  const selected = [...planned, ...existing].sort((a: LikelyFile, b: LikelyFile) => b.score - a.score || compare(a.path, b.path));
  const upkeep = await upkeepOf(existing, parts.length, files, tests, graph, context.graph.reader);
  const wishes =
    parts.length === 0
      ? []
      : settleOwners(
          wishesOf(selected, spec.feature, parts, upkeep, files, { ...tests, near: found.nearTests, likely: likelyTests, habit }),
        );
  const tasks = await tasksOf(
    wishes,
    spec.feature,
    parts,
    new Map(selected.map((file) => [file.path, file])),
    files,
    createQuotes(context),
  );
  const needs = await neededThings(spec, grounding, context);
  const scope = planScope(tasks, { graph, spec, grounding, files, needs });
  const data = dataOf(scope);
  return {
    tasks,
    diagrams: [
      { name: 'sequence', mermaid: sequenceOf(scope) },
      { name: 'components', mermaid: componentsOf(scope) },
      ...(data === undefined ? [] : [{ name: 'data' as const, mermaid: data }]),
    ],
  };
}
