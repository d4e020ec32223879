import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { NodeOf } from '../../graph/model/node.ts';
import { openRepository } from '../../ingest/repository.ts';
import type { System } from '../system.ts';

/** Specs of one feature, in all repositories. */
const MOST = 1000;

/**
 * The Spec that a graph has of a file; undefined where it has none. Of several repositories that have a spec of that feature at that
 * place, the one counts whose name the folder has.
 */
export async function specInGraph(system: Pick<System, 'find'>, path: string, feature: string): Promise<NodeOf<'Spec'> | undefined> {
  const whole = (await realpath(path).catch(() => resolve(path))).replaceAll('\\', '/');
  const nodes = await system.find({ kinds: ['Spec'], name: feature }, { limit: MOST });
  const placed = nodes
    .filter((node): node is NodeOf<'Spec'> => node.kind === 'Spec' && node.file !== undefined && whole.endsWith(`/${node.file}`))
    .toSorted((a, b) => b.file!.length - a.file!.length);
  const longest = placed.filter(({ file }) => file!.length === placed[0]!.file!.length);
  if (longest.length < 2) return longest[0];
  const root = whole.slice(0, -longest[0]!.file!.length - 1);
  const name = await openRepository(root).then(
    (repository) => repository.name,
    () => undefined,
  );
  return longest.find(({ repo }) => repo === name);
}
