import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compare } from '../../../graph/model/edge.ts';
import type { WrittenSpec } from '../model.ts';
import { openThread, threadIds, type ThreadPlace } from '../thread/thread.ts';

/** The thread that a spec came from, with what it handed off. */
export interface SpecThread {
  readonly id: string;
  /** Path of its folder in the repository. */
  readonly folder: string;
  /** Texts of the hand-off, by their path in it; empty where there is none yet. */
  readonly pack: ReadonlyMap<string, string>;
  /** Path of the hand-off in the repository. */
  readonly packFolder: string;
}

/** Of several threads that wrote the spec, the one that wrote last. Throws `BAD_INPUT` where there is none, and one cannot be read. */
export async function threadOfSpec(place: ThreadPlace, spec: string): Promise<SpecThread | undefined> {
  let last: { readonly at: string; readonly id: string } | undefined;
  let broken: unknown;
  for (const id of await threadIds(place)) {
    const records = await recordsOf(place, id).catch((error: unknown) => {
      broken ??= error;
      return [];
    });
    const record = records.findLast(({ output }) => (output as { readonly written?: WrittenSpec }).written?.path === spec);
    if (record && (last === undefined || compare(record.at, last.at) > 0)) last = { at: record.at, id };
  }
  if (!last && broken !== undefined) throw broken;
  if (!last) return undefined;
  const thread = await openThread(place, last.id);
  const folder = thread.fileOf('').replace(/\/$/, '');
  return { id: last.id, folder, packFolder: `${folder}/hand-off`, pack: await textsBelow(join(thread.folder, 'hand-off')) };
}

const recordsOf = async (place: ThreadPlace, id: string) => (await openThread(place, id)).records();

async function textsBelow(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.flatMap((entry) =>
    entry.isFile()
      ? [
          join(entry.parentPath, entry.name)
            .slice(folder.length + 1)
            .replaceAll('\\', '/'),
        ]
      : [],
  );
  const texts = new Map<string, string>();
  for (const path of paths.toSorted(compare)) texts.set(path, await readFile(join(folder, path), 'utf8'));
  return texts;
}
