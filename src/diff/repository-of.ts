import { dirname } from 'node:path';
import { PlatformError } from '../../graph/errors.ts';
import type { GraphReader } from '../../graph/store/store.ts';
import { openRepository } from '../../ingest/repository.ts';
import type { Repository } from '../../ingest/worker.ts';
import { workTreeOf } from './git.ts';

/**
 * The ingested repository around a folder: the innermost folder up to the top of the work tree that bears the name of
 * one, else the whole work tree as the only repository of the graph. Throws GIT_FAILED outside of a work tree, BAD_INPUT when it could
 * be any of several.
 */
export async function repositoryOf(reader: GraphReader, folder: string): Promise<Repository> {
  const { root: start } = await openRepository(folder);
  const top = await openRepository(await workTreeOf(start));
  const names = await reader.repositories();
  for (let at = start; ; at = dirname(at)) {
    const repository = await openRepository(at);
    if (names.includes(repository.name)) return repository;
    if (at === top.root || at === dirname(at)) break;
  }
  if (names.length === 1) return { root: top.root, name: names[0]! };
  throw new PlatformError(
    'BAD_INPUT',
    `${top.root} is not in the graph, which holds ${names.length === 0 ? 'no repository' : names.join(', ')}. Ingest it first: specgraph ingest ${top.root}`,
    { details: { root: top.root, repositories: names } },
  );
}
