import { compare } from '../../../../graph/model/edge.ts';
import type { Snapshot } from '../../../../graph/snapshot/csr.ts';
import type { Spec } from '../../../specs/spec.ts';
import type { Grounding, Task } from '../../model.ts';
import { LIKELY } from '../chance.ts';
import type { Need } from './needed-things.ts';
import type { RepoFile, RepoFiles } from '../repo-files.ts';

/** What diagrams of a plan are of. */
export interface PlanScope {
  readonly graph: Snapshot;
  readonly spec: Pick<Spec, 'feature' | 'description' | 'criteria'>;
  readonly grounding: Grounding;
  readonly files: RepoFiles;
  readonly needs: readonly Need[];
  /** Code that changes, most likely first. */
  readonly changed: readonly RepoFile[];
  /** Paths of code that is made. */
  readonly made: readonly string[];
  /** A migration or a schema of the database changes or is made. */
  readonly migrations: readonly string[];
  /** By criterion: the file that is most likely to change for it. */
  readonly places: ReadonlyMap<string, string>;
}

/** Files that a diagram shows. */
const MOST = 12;

export function planScope(tasks: readonly Task[], base: Omit<PlanScope, 'changed' | 'made' | 'migrations' | 'places'>): PlanScope {
  const owned = [...new Map(tasks.flatMap(({ ownedFiles }) => ownedFiles.map((file) => [file.path, file] as const))).values()].sort(
    (a, b) => (b.score ?? 0) - (a.score ?? 0) || compare(a.path, b.path),
  );
  const changed = owned.flatMap(({ path, isNew, score = 0 }) => {
    const file = base.files.byPath.get(path);
    return !isNew && score >= LIKELY && file && file.module >= 0 && !file.isTest && !file.kinds.has('Migration') ? [file] : [];
  });
  const dataFiles = new Set(tasks.filter(({ kind }) => kind === 'data').flatMap(({ ownedFiles }) => ownedFiles.map(({ path }) => path)));
  const tests = new Set(tasks.flatMap(({ tests }) => tests.map((test) => test.slice(0, test.indexOf(': ')))));
  const made = owned.filter(({ path }) => !base.files.byPath.has(path) && !dataFiles.has(path) && !tests.has(path)).map(({ path }) => path);
  const places = new Map<string, string>();
  for (const { kind, covers, ownedFiles } of tasks)
    if (kind === 'code') for (const part of covers) if (!places.has(part) && ownedFiles[0]) places.set(part, ownedFiles[0].path);
  return {
    ...base,
    places,
    changed: changed.slice(0, MOST),
    made: made.slice(0, MOST),
    migrations: owned.filter(({ path }) => dataFiles.has(path)).map(({ path }) => path),
  };
}
