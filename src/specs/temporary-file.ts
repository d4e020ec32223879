import { hash, randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Names the machine, or container, in whose numbers of processes a number means something. */
const HOST = hash('sha256', hostname()).slice(0, 8);
/** `NAME.HOST-PROCESS-RANDOM.tmp`, and as it was before machines were named. */
const TEMPORARY = /^(?<name>.+)\.(?:(?<host>[0-9a-f]{8})-(?<process>\d{1,10})-)?[0-9a-f]{12}\.tmp$/s;
/** Milliseconds that nobody needs between writing a file and giving it its name. */
const LONG = 60 * 60 * 1000;

/** Where a text is written before it takes the place of a file, beside it. */
export const temporaryBeside = (path: string): string => `${path}.${HOST}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`;

export const isTemporary = (path: string): boolean => TEMPORARY.test(path);

/** Removes what processes that were killed left beside a file, on their way to write it; nothing of one that may live. */
export const removeLeftBeside = (path: string): Promise<void> => removeLeft(dirname(path), (name) => name === basename(path));

/** The same of all files of a folder. */
export const removeLeftIn = (folder: string): Promise<void> => removeLeft(folder, () => true);

async function removeLeft(folder: string, isMeant: (name: string) => boolean): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const entry of names) {
    const groups = TEMPORARY.exec(entry)?.groups;
    if (!groups || !isMeant(groups['name'] ?? '')) continue;
    const path = join(folder, entry);
    const isDead = groups['host'] === HOST && !isAlive(Number(groups['process']));
    // Where nothing is known of the process, its file has to be old.
    if (isDead || (await isOld(path))) await rm(path, { force: true }).catch(() => {}); // litter stops nobody
  }
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // somebody else's
  }
}

const isOld = (path: string): Promise<boolean> =>
  stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > LONG,
    () => false,
  );
