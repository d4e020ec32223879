import { createHash, hash } from 'node:crypto';
import { createReadStream, lstatSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { PlatformError, throwIfAborted } from '../graph/errors.ts';
import { compare } from '../graph/model/edge.ts';
import type { Diagnostic } from '../graph/model/provenance.ts';
import { readIgnoreRules } from './ignore-rules.ts';
import type { DiscoveredFile, SourceWorker } from './worker.ts';

/** Bytes. Larger files are hashed as a stream, so that a data file does not have to fit into memory. */
const LARGEST_READ_WHOLE = 2_000_000;
/** Files looked at before signals and timers are let through. Waiting for each file costs more than reading it. */
const BETWEEN_PAUSES = 100;
/** Bytes. Larger files are not looked into to find out what they are. */
const LARGEST_RECOGNISED = 32_000_000;
/** In the place of the hash of a file that cannot be read. Its worker meets the same error and states the Gap. */
const UNREADABLE = 'unreadable';

export interface Discovery {
  /** Every file that is not ignored, ordered by path. */
  readonly files: readonly DiscoveredFile[];
  /** Files and folders that could not be read. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Lists and hashes the files of a repository, with or without Git. Symbolic links are not followed: what they lead to is
 * either found under its own path or is not part of the repository.
 * Throws `SOURCE_NOT_FOUND` when the root cannot be listed.
 */
export async function discover(
  root: string,
  workers: readonly Claimant[],
  options: { readonly signal?: AbortSignal; readonly onProgress?: (done: number, total: number) => void } = {},
): Promise<Discovery> {
  const rules = readIgnoreRules(root);
  const diagnostics: Diagnostic[] = [];
  const paths: string[] = [];
  const unreadable = (file: string, error: unknown): void => {
    const message = `Cannot be read (${codeOf(error)}). Check its permissions, or list it in .specgraphignore.`;
    diagnostics.push({ code: 'unreadable', severity: 'error', message, file });
  };

  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    let entries;
    try {
      entries = readdirSync(path.join(root, folder), { withFileTypes: true });
    } catch (error) {
      if (folder === '') throw new PlatformError('SOURCE_NOT_FOUND', `Cannot list ${root} (${codeOf(error)}).`, { cause: error });
      if (codeOf(error) !== 'ENOENT') unreadable(folder, error);
      continue;
    }
    for (const entry of entries) {
      const at = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (!(entry.isFile() || entry.isDirectory()) || rules.ignores(at, entry.isDirectory())) continue;
      (entry.isFile() ? paths : folders).push(at);
    }
    await setImmediate();
    throwIfAborted(options.signal);
  }
  paths.sort(compare);

  const identify = async (file: string): Promise<DiscoveredFile | undefined> => {
    const absolute = path.join(root, file);
    try {
      const { size } = lstatSync(absolute);
      const claimants = workers.filter((worker) => worker.claims(file));
      const isLookedInto = size <= LARGEST_RECOGNISED && claimants.some(({ recognises }) => recognises);
      if (size > LARGEST_READ_WHOLE && !isLookedInto)
        return {
          path: file,
          size,
          hash: await hashStream(absolute),
          claimedBy: namesOf(claimants.filter(({ recognises }) => !recognises)),
        };
      const bytes = readFileSync(absolute);
      return { path: file, size, hash: hash('sha256', bytes), claimedBy: claimedBy(claimants, file, bytes) };
    } catch (error) {
      // A file that vanished meanwhile is none. A name that is not UTF-8 cannot be asked for, and looks the same.
      if (codeOf(error) === 'ENOENT' && !file.includes('\uFFFD')) return undefined;
      unreadable(file, error);
      return {
        path: file,
        size: 0,
        hash: UNREADABLE,
        claimedBy: namesOf(workers.filter((worker) => worker.claims(file) && !worker.recognises)),
      };
    }
  };
  const files: DiscoveredFile[] = [];
  for (const [index, file] of paths.entries()) {
    const found = await identify(file);
    if (found) files.push(found);
    options.onProgress?.(index + 1, paths.length);
    if (index % BETWEEN_PAUSES === 0) await setImmediate();
    throwIfAborted(options.signal);
  }
  return { files, diagnostics: diagnostics.sort((a, b) => compare(a.file!, b.file!)) };
}

/** What discovery asks of workers. */
type Claimant = Pick<SourceWorker, 'name' | 'claims' | 'recognises' | 'leftover'>;

const namesOf = (workers: readonly Claimant[]): readonly string[] => workers.map(({ name }) => name);

function claimedBy(claimants: readonly Claimant[], file: string, bytes: Buffer): readonly string[] {
  let text: string | undefined;
  const claims = (worker: Claimant): boolean => worker.recognises?.((text ??= bytes.toString('utf8')), file) ?? true;
  const first = claimants.filter((worker) => !worker.leftover && claims(worker));
  return namesOf(first.length > 0 ? first : claimants.filter((worker) => worker.leftover && claims(worker)));
}

async function hashStream(file: string): Promise<string> {
  const sha = createHash('sha256');
  for await (const chunk of createReadStream(file)) sha.update(chunk as Buffer);
  return sha.digest('hex');
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error));
