import { relative } from 'node:path';
import { PlatformError } from '../../graph/errors.ts';
import { compare } from '../../graph/model/edge.ts';
import type { System } from '../system.ts';
import { readSpec } from './read-spec.ts';
import type { SpecFile } from './spec.ts';
import { specInGraph } from './spec-in-graph.ts';
import { readText, specFiles } from './spec-files.ts';

/** Which spec is meant. `repo` is the name under which its repository was ingested. */
export interface SpecRef {
  readonly feature: string;
  readonly repo?: string;
}

/** The spec files below some folders, sorted. */
export async function specPaths(folders: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    folders.map((folder) =>
      specFiles([folder]).catch((error: unknown) => {
        if (error instanceof PlatformError && error.code === 'BAD_INPUT') return []; // there is none
        throw error;
      }),
    ),
  );
  return [...new Set(found.flat())].toSorted(compare);
}

/**
 * The file below some folders that has the spec of a feature. Throws TARGET_NOT_FOUND; TARGET_AMBIGUOUS with
 * `details.candidates` where several have.
 */
export async function findSpec(folders: readonly string[], { feature, repo }: SpecRef, system: System): Promise<SpecFile> {
  const files: SpecFile[] = [];
  for (const path of await specPaths(folders)) {
    const text = await readText(path);
    if (!text.includes(feature)) continue;
    const file = readSpec(text, path);
    if (file.spec?.feature === feature && (repo === undefined || (await repositoryOf(system, path, feature)) === repo)) files.push(file);
  }
  const [only, ...others] = files;
  if (only && others.length === 0) return only;
  const candidates = files.map(({ path }) => relative(folders[0] ?? '.', path));
  if (!only)
    throw new PlatformError(
      'TARGET_NOT_FOUND',
      `There is no spec of ${feature}${repo === undefined ? '' : ` in ${repo}`} in the folders of this server.`,
      {
        details: { target: feature, suggestions: [] },
      },
    );
  throw new PlatformError(
    'TARGET_AMBIGUOUS',
    `${files.length} specs are of ${feature}: ${candidates.slice(0, 5).join(', ')}. Say which repository.`,
    {
      details: { target: feature, candidates, total: files.length },
    },
  );
}

/** The repository of the graph that a spec is in; undefined where it was not ingested. */
export const repositoryOf = async (system: Pick<System, 'find'>, path: string, feature: string): Promise<string | undefined> =>
  (await inGraph(() => specInGraph(system, path, feature)))?.repo;

/** What a graph says; undefined where there is none yet. */
export async function inGraph<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'STORE_NOT_FOUND') return undefined;
    throw error;
  }
}
