import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** A commit, as far as it tells which files change together. Merges are left out. */
export interface Change {
  readonly commit: string;
  readonly author: string;
  readonly subject: string;
  /** The message below the subject, cut where it is long. */
  readonly body: string;
  /** As they are called in the newest commit; files that are gone by then are left out. */
  readonly files: readonly string[];
}

/** Files of one commit that are remembered: with more, it is a move or a reformatting and says nothing of any of them. */
const MOST_FILES = 1000;
/** Characters of a message that are remembered. */
const LONGEST_BODY = 2000;
const LONGEST_MILLISECONDS = 60_000;

/**
 * Git only ever lists what changed: it runs nothing that the repository configures (signature checks, monitors, filters)
 * and fetches nothing.
 */
export const SAFE = [
  '-c',
  'log.showSignature=false',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'protocol.allow=never',
  '-c',
  'log.showRoot=true',
];
const LOG = ['--no-pager', 'log', '--no-merges', '--no-color', '--no-ext-diff', '--no-textconv', '--encoding=UTF-8', '-z'];
const FORMAT = ['--format=%x01%H%x00%aN%x00%s%x00%b', '--name-status', '-M100%'];

/** The commit that is checked out; undefined where the folder is not the top of a Git work tree, or Git is not there. */
export async function headOf(root: string): Promise<string | undefined> {
  const folder = gitFolder(root);
  if (folder === undefined) return undefined;
  try {
    // A hook's environment can make Git look elsewhere.
    const { stdout } = await promisify(execFile)('git', [...SAFE, 'rev-parse', '--absolute-git-dir', 'HEAD'], { cwd: root });
    const [found = '', head = ''] = stdout.split('\n');
    return realpathSync(found) === folder && /^[0-9a-f]{40,64}$/.test(head) ? head : undefined;
  } catch {
    return undefined;
  }
}

/** Where Git keeps the repository whose work tree begins at `root`. */
function gitFolder(root: string): string | undefined {
  const at = path.join(root, '.git');
  try {
    if (!existsSync(at)) return undefined;
    if (statSync(at).isDirectory()) return realpathSync(at);
    const linked = /^gitdir: (.+)/.exec(readFileSync(at, 'utf8'))?.[1]?.trim();
    return linked === undefined ? undefined : realpathSync(path.resolve(root, linked));
  } catch {
    return undefined;
  }
}

/** The newest commits that `head` rests on, newest first; empty when Git fails. */
export async function changesBefore(root: string, head: string, most: number, signal?: AbortSignal): Promise<readonly Change[]> {
  const git = spawn('git', [...SAFE, ...LOG, ...FORMAT, '-n', String(most), head, '--'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: LONGEST_MILLISECONDS,
    ...(signal ? { signal } : {}),
  });
  const ended = new Promise<boolean>((resolve) => {
    git.once('error', () => resolve(false));
    git.once('close', (code) => resolve(code === 0));
  });
  const reader = createLogReader();
  git.stdout.setEncoding('utf8').on('data', reader.read);
  return (await ended) ? reader.changes() : [];
}

/** Reads the output of Git piece by piece: of a commit that touches everything, no more than needed is kept. */
export function createLogReader(): { read(this: void, text: string): void; changes(): readonly Change[] } {
  const changes: { commit: string; author: string; subject: string; body: string; files: string[] }[] = [];
  /** Today's name by the name that older commits know; undefined for files that are gone. */
  const today = new Map<string, string | undefined>();
  let rest = '';
  let expected: 'status' | 'author' | 'subject' | 'body' | 'path' | 'renamed-from' | 'renamed-to' = 'status';
  let status = '';
  let from = '';

  const touch = (file: string, name = file): void => {
    const known = today.has(name) ? today.get(name) : name;
    const files = changes.at(-1)?.files;
    if (known !== undefined && files && files.length <= MOST_FILES) files.push(known);
  };
  const field = (text: string): void => {
    switch (expected) {
      case 'author':
        changes.at(-1)!.author = text;
        expected = 'subject';
        break;
      case 'subject':
        changes.at(-1)!.subject = text;
        expected = 'body';
        break;
      case 'body':
        changes.at(-1)!.body = text.slice(0, LONGEST_BODY).trim();
        expected = 'status';
        break;
      case 'path':
        // Seen from the newest commit back: what was deleted is gone, what was added has no older past.
        if (status === 'D') today.set(text, undefined);
        touch(text);
        if (status === 'A') today.delete(text);
        expected = 'status';
        break;
      case 'renamed-from':
        from = text;
        expected = 'renamed-to';
        break;
      case 'renamed-to':
        touch(text);
        if (status === 'R') {
          today.set(from, today.has(text) ? today.get(text) : text);
          today.delete(text);
        }
        expected = 'status';
        break;
      default: {
        const trimmed = text.trimStart();
        if (trimmed.startsWith('\u0001')) {
          changes.push({ commit: trimmed.slice(1), author: '', subject: '', body: '', files: [] });
          expected = 'author';
        } else if (trimmed !== '') {
          status = trimmed[0]!;
          expected = status === 'R' || status === 'C' ? 'renamed-from' : 'path';
        }
      }
    }
  };
  return {
    read(text) {
      const fields = (rest + text).split('\0');
      rest = fields.pop() ?? '';
      for (const one of fields) field(one);
    },
    changes: () => changes,
  };
}
