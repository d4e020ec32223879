import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { PlatformError } from '../../graph/errors.ts';
import { isInside } from '../inside.ts';

/** The folders that clients may name. */
export interface Roots {
  /**
   * The real path of a folder inside a root, given as an absolute path or relative to the first root. Throws `BAD_INPUT`
   * for what lies outside, also by way of a symbolic link, and `SOURCE_NOT_FOUND` for what does not exist inside.
   */
  resolve(folder: string): Promise<string>;
  /** Their real paths, the first one first. */
  readonly folders: readonly string[];
}

/** Throws `SOURCE_NOT_FOUND` when a folder does not exist. */
export async function openRoots(folders: readonly [string, ...string[]]): Promise<Roots> {
  const given = folders.map((folder) => path.resolve(folder));
  const real = await Promise.all(
    given.map((folder) =>
      realpath(folder).catch((cause: unknown) => {
        throw new PlatformError('SOURCE_NOT_FOUND', `The root folder ${folder} cannot be read. Create it, or name another.`, { cause });
      }),
    ),
  );
  return {
    folders: real,
    async resolve(folder) {
      const wanted = path.resolve(given[0]!, folder);
      let found: string;
      try {
        found = await realpath(wanted);
      } catch (cause) {
        // What lies outside is told apart first, so that answers say nothing about which files exist there.
        if (![...given, ...real].some((root) => isInside(root, wanted))) throw outside(folder);
        throw new PlatformError('SOURCE_NOT_FOUND', `${folder} does not exist or cannot be read on the server.`, {
          cause,
          details: { path: folder },
        });
      }
      if (!real.some((root) => isInside(root, found))) throw outside(folder);
      return found;
    },
  };
}

const outside = (folder: string): PlatformError =>
  new PlatformError(
    'BAD_INPUT',
    `${folder} is outside the folders that this server reads. Start the server in a folder that contains it.`,
    {
      details: { path: folder },
    },
  );
