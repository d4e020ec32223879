import path from 'node:path';
import { watch, type FSWatcher } from 'chokidar';
import { PlatformError } from '../graph/errors.ts';
import { IGNORE_FILES, readIgnoreRules } from './ignore-rules.ts';

/** Milliseconds without a change before a burst of changes (a checkout, a formatter) counts as over. */
const QUIET = 100;

/**
 * Yields once watching has begun, then after each burst of changes to files that are not ignored, and after a commit or
 * checkout. Changes made while the consumer works are yielded, as one, when it asks again. Ends when the signal fires.
 */
export async function* watchFiles(root: string, signal: AbortSignal): AsyncIterable<void> {
  let changed = true;
  let outdated = false;
  let quiet: NodeJS.Timeout | undefined;
  let failure: unknown;
  let wake = (): void => undefined;
  const open = async (): Promise<FSWatcher> => {
    const rules = readIgnoreRules(root);
    const watcher = watch(root, {
      ignored: (file, stats) => {
        if (stats === undefined || file === root) return false;
        const [first, ...below] = path.relative(root, file).split(path.sep);
        return first === '.git' ? !isReflog(below) : rules.ignores(path.relative(root, file), stats.isDirectory());
      },
      ignoreInitial: true,
      followSymlinks: false,
    });
    watcher.on('error', (error) => {
      failure = error;
      wake();
    });
    await new Promise<void>((resolve) => watcher.once('ready', resolve));
    watcher.on('all', (_, file) => {
      outdated ||= IGNORE_FILES.includes(path.basename(file));
      clearTimeout(quiet);
      quiet = setTimeout(() => {
        changed = true;
        wake();
      }, QUIET);
    });
    return watcher;
  };
  const stop = (): void => wake();
  signal.addEventListener('abort', stop);
  let watcher = await open();
  try {
    while (!signal.aborted) {
      if (failure !== undefined) throw watchFailed(root, failure);
      if (changed) {
        changed = false;
        if (outdated) {
          // Other rules let other files through, in folders that were not looked into.
          outdated = false;
          await watcher.close();
          watcher = await open();
        }
        yield;
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal.removeEventListener('abort', stop);
    clearTimeout(quiet);
    await watcher.close();
  }
}

/** Of what Git keeps, what it writes whenever another commit is made or checked out; and the folders on the way. */
const isReflog = (below: readonly string[]): boolean => below.length < 3 && below.every((name, depth) => name === ['logs', 'HEAD'][depth]);

const watchFailed = (root: string, cause: unknown): PlatformError =>
  new PlatformError('SOURCE_NOT_FOUND', `Cannot watch ${root}: ${String(cause)}. On Linux, raise fs.inotify.max_user_watches.`, { cause });
