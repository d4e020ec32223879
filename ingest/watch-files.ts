import path from 'node:path';
import { watch } from 'chokidar';
import { PlatformError } from '../graph/errors.ts';
import { IGNORE_FILES, readIgnoreRules } from './ignore-rules.ts';

/** Milliseconds without a change before a burst of changes (a checkout, a formatter) counts as over. */
const QUIET = 100;

/**
 * Yields once watching has begun, then after each burst of changes to files that are not ignored. Changes made while
 * the consumer works are yielded, as one, when it asks again. Ends when the signal fires.
 */
export async function* watchFiles(root: string, signal: AbortSignal): AsyncIterable<void> {
  let rules = readIgnoreRules(root);
  let changed = true;
  let quiet: NodeJS.Timeout | undefined;
  let failure: unknown;
  let wake = (): void => undefined;
  const watcher = watch(root, {
    ignored: (file, stats) => file !== root && stats !== undefined && rules.ignores(path.relative(root, file), stats.isDirectory()),
    ignoreInitial: true,
    followSymlinks: false,
  });
  watcher.on('error', (error) => {
    failure = error;
    wake();
  });
  const stop = (): void => wake();
  signal.addEventListener('abort', stop);
  try {
    await new Promise<void>((resolve) => watcher.once('ready', resolve));
    watcher.on('all', (_, file) => {
      // What they now let through is discovered in any case; it is watched once its folder changes.
      if (IGNORE_FILES.includes(path.basename(file))) rules = readIgnoreRules(root);
      clearTimeout(quiet);
      quiet = setTimeout(() => {
        changed = true;
        wake();
      }, QUIET);
    });
    while (!signal.aborted) {
      if (failure !== undefined) throw watchFailed(root, failure);
      if (changed) {
        changed = false;
        yield;
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal.removeEventListener('abort', stop);
    clearTimeout(quiet);
    await watcher.close();
  }
}

const watchFailed = (root: string, cause: unknown): PlatformError =>
  new PlatformError('SOURCE_NOT_FOUND', `Cannot watch ${root}: ${String(cause)}. On Linux, raise fs.inotify.max_user_watches.`, { cause });
