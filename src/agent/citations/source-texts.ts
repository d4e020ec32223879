import { realpath } from 'node:fs/promises';
import { hash } from 'node:crypto';
import { isAbsolute, join, posix, sep } from 'node:path';
import { parseId } from '../../../graph/model/id.ts';
import type { Node } from '../../../graph/model/node.ts';
import type { GraphReader } from '../../../graph/store/store.ts';
import { git } from '../../diff/git.ts';
import { readFile, stat } from 'node:fs/promises';

/** Where citations are looked up. */
export interface Sources {
  /** The thing that a name means in the graph; undefined where there is none. */
  node(ref: string): Promise<Node | undefined>;
  /** The text of a file as it is in the graph, or kept beside the specs. */
  current(file: string): Promise<string | undefined>;
  /** The text of a file as it is on this machine. */
  written(file: string): Promise<string | undefined>;
  /** The text that a hash names: of a commit that has the file, or `sha256:` of its text. Undefined where nothing here has it. */
  text(file: string, sha: string): Promise<string | undefined>;
  /** Id of the decision that took the place of one; empty where it alone says so. Undefined where it is in force, or no decision. */
  successor(node: Node): Promise<string | undefined>;
}

/** Characters of a kept text that are read: requests are short. */
const LONGEST = 4_000_000;

/**
 * What the graph, its repository and kept requests say. `repo` is the repository as the graph calls it, `root` its folder on this
 * machine (without one, only the graph is asked), `kept` texts of requests by their path that may not be written yet.
 */
export function createSources({
  reader,
  repo,
  root,
  kept = new Map(),
}: {
  readonly reader: GraphReader;
  readonly repo: string;
  readonly root?: string;
  readonly kept?: ReadonlyMap<string, string>;
}): Sources {
  const texts = new Map<string, Promise<string | undefined>>();
  const once = (key: string, read: () => Promise<string | undefined>): Promise<string | undefined> => {
    let found = texts.get(key);
    if (!found) texts.set(key, (found = read()));
    return found;
  };
  const current = (file: string): Promise<string | undefined> =>
    once(
      file,
      async () => kept.get(file) ?? (await reader.text(repo, file))?.text ?? (root === undefined ? undefined : readWithin(root, file)),
    );
  return {
    async node(ref) {
      const names = parseId(ref)?.repo === undefined ? [`${repo}//${ref}`, ref] : [ref];
      const nodes = await reader.get(names);
      return names.flatMap((name) => nodes.get(name) ?? [])[0];
    },
    current,
    written: (file) => (root === undefined ? Promise.resolve(undefined) : readWithin(root, file)),
    text: (file, sha) =>
      once(`${sha}\n${file}`, async () => {
        if (!isInside(file)) return undefined;
        if (sha.startsWith('sha256:')) {
          const candidates = [
            kept.get(file),
            (await reader.text(repo, file))?.text,
            root === undefined ? undefined : await readWithin(root, file),
          ];
          return candidates.find((text) => text !== undefined && hasHash(text, sha));
        }
        if (!/^[0-9a-f]{7,64}$/.test(sha)) return undefined;
        const stored = await reader.text(repo, file);
        if (stored?.commit !== undefined && stored.commit.startsWith(sha)) return stored.text;
        return root === undefined ? undefined : textOfCommit(root, sha, file);
      }),
    async successor({ id, kind, props }) {
      if (kind !== 'Adr') return undefined;
      const edges = await reader.edges({ to: [id], types: ['SUPERSEDES'] }, 10);
      const nodes = await reader.get(edges.map(({ from }) => from));
      // A proposal takes the place of nothing yet.
      const inForce = edges.flatMap(({ from }) => {
        const node = nodes.get(from);
        return node?.kind === 'Adr' && !/^(?:proposed|draft|rejected)/i.test(node.props.status ?? '') ? [from] : [];
      });
      return inForce[0] ?? (props.status === 'superseded' ? '' : undefined);
    },
  };
}

const hasHash = (text: string, sha: string): boolean =>
  sha.length >= 'sha256:'.length + 12 && `sha256:${hash('sha256', text)}`.startsWith(sha);

const isInside = (file: string): boolean => !isAbsolute(file) && !/[\0\\]/.test(file) && !posix.normalize(file).startsWith('..');

/** Of a commit only: a name such as `HEAD` or a tag would be another text tomorrow. */
async function textOfCommit(root: string, sha: string, file: string): Promise<string | undefined> {
  try {
    return (await git(root, ['cat-file', 'blob', `${sha}^{commit}:./${file}`])).toString('utf8');
  } catch {
    return undefined; // Git has no such commit, or it has no such file
  }
}

/** A file below a folder, whatever its links say. */
async function readWithin(root: string, file: string): Promise<string | undefined> {
  if (!isInside(file)) return undefined;
  try {
    const [folder, path] = [await realpath(root), await realpath(join(root, file))];
    const { size } = await stat(path);
    return path.startsWith(folder + sep) && size <= LONGEST ? await readFile(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
