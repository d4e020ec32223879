import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { compare } from '../../../graph/model/edge.ts';
import { sha256 } from '../../../ingest/parse/canonical-json.ts';
import { openSystem } from '../../../src/platform.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../../examples/image-upload');
const SCRIPT = path.resolve(import.meta.dirname, '../../fixtures/crash/agent.mjs');
/** Of all processes, and of the Git commits: what is written must not rest on when. */
const NAMED = { name: 'Pat', email: 'pat@acme.example' };

export interface PlayedThread {
  /** Folder of the repository that it is in. */
  readonly root: string;
  readonly id: string;
  readonly request: string;
}

/** What one process does. Counts are of that process, from 1. */
export interface Play {
  readonly threads: readonly PlayedThread[];
  /** What people answer to every question; default: the first option that builds something. */
  readonly answer?: string;
  /** Kills itself at a line that it writes to a log. */
  readonly killAtLine?: { readonly line: number; readonly when: 'before' | 'within' | 'after' };
  /** Kills itself just before a change to any file. */
  readonly killAtChange?: number;
  /** Waits before it writes a line to a log. */
  readonly waitAtLine?: number;
  /** Waits before it keeps what people said in a file of this name. */
  readonly waitToSay?: string;
  /** Finds nothing that other processes did. */
  readonly forgetful?: boolean;
}

export interface Ended {
  /** Null where it was killed. */
  readonly code: number | null;
  /** What it failed with. */
  readonly errors: string;
  /** Milliseconds since it began to work. */
  readonly worked: number;
}

export interface Running {
  /** Until it waits. */
  readonly waits: Promise<void>;
  readonly ended: Promise<Ended>;
  goOn(): void;
}

/** The sample, ingested once, and as many copies of its repository as there are threads that must not know of each other. */
export interface Stage {
  newRoot(): string;
  start(play: Play, killAfter?: number): Running;
  /** Plays to the end, or for that many milliseconds. */
  run(play: Play, killAfter?: number): Promise<Ended>;
  remove(): void;
}

export async function openStage(): Promise<Stage> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'workflow-')));
  const base = path.join(folder, 'base');
  const store = path.join(folder, 'graph.db');
  cpSync(SAMPLE, base, { recursive: true, filter: (source) => !/node_modules|\.specgraph$/.test(source) });
  writeFileSync(
    path.join(base, 'specs/approvals.yaml'),
    `why: [${NAMED.email}]\nhow: [${NAMED.email}]\npolicies: { "*": [${NAMED.email}] }\n`,
  );
  for (const command of [
    ['init', '-q'],
    ['config', 'user.name', NAMED.name],
    ['config', 'user.email', NAMED.email],
    ['add', '-A'],
    ['commit', '-qm', 'The sample'],
  ]) {
    const { status, stderr } = spawnSync('git', command, { cwd: base, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${command.join(' ')}: ${stderr}`);
  }
  const system = await openSystem({ store, embedder: { use: 'none' } });
  await system.ingest(base);
  await system.close();

  let roots = 0;
  const start = (play: Play, killAfter?: number): Running => {
    const child = spawn(process.execPath, [SCRIPT, JSON.stringify({ ...play, store })], {
      env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: path.join(folder, 'compiled') },
    });
    let [began, errors] = [0, ''];
    child.stderr.on('data', (chunk) => (errors += String(chunk)));
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, errors, worked: performance.now() - began }));
    });
    const says = (word: string): Promise<void> =>
      new Promise((resolve, reject) => {
        child.stdout.on('data', (chunk) => String(chunk).includes(word) && resolve());
        void ended.then(() => reject(new Error(`It ended before it was ${word}. ${errors}`)));
      });
    const killed = async (): Promise<void> => {
      await says('working');
      began = performance.now();
      if (killAfter === undefined) return;
      await setTimeout(killAfter);
      child.kill('SIGKILL');
    };
    killed().catch(() => undefined); // how it ended is told by `ended`
    const waits = says('waiting');
    waits.catch(() => undefined); // who does not ask for it need not wait
    return { waits, ended, goOn: () => child.stdin.write('\n') };
  };
  return {
    newRoot() {
      const root = path.join(folder, `root-${roots++}`);
      cpSync(base, root, { recursive: true });
      return root;
    },
    start,
    run: (play, killAfter) => start(play, killAfter).ended,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * All files below a folder of specs by their path, without what rests on when something was said: times, and what hashes texts with
 * times in them (the citations of what people said, keys of steps, the chain of approvals). Half a line in a log is none. Files of
 * which a killed process never said that they are complete (`*.tmp`) are none.
 */
export function filesOf(root: string, { once = false } = {}): ReadonlyMap<string, string> {
  const specs = path.join(root, 'specs');
  const texts = readdirSync(specs, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.tmp'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted(compare)
    .map((file) => [path.relative(specs, file), readFileSync(file, 'utf8')] as const);
  const said = texts.flatMap(([name, text]) =>
    /\.threads\/[^/]+\/[a-z]+(?:-[a-z]+)?-\d+\.md$/.test(name)
      ? [[new RegExp(`${sha256(text).slice(7, 19)}[0-9a-f]*`, 'g'), `hash of ${path.basename(name)}`] as const]
      : [],
  );
  return new Map(
    texts.map(([name, text]) => {
      let plain = name.endsWith('.jsonl') ? withoutHashes(text, once) : text;
      for (const [pattern, stands] of said) plain = plain.replaceAll(pattern, stands);
      return [name, plain.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')];
    }),
  );
}

interface Line {
  readonly key?: string;
  readonly id?: string;
  readonly prev?: unknown;
}

/** The lines of a log; `once`: of those that two processes wrote at once the first. */
function withoutHashes(text: string, once: boolean): string {
  const seen = new Set<string | undefined>();
  return text
    .split('\n')
    .flatMap((row) => {
      try {
        const { key, id: _id, prev: _prev, ...line } = JSON.parse(row) as Line;
        if (once && key !== undefined && seen.has(key)) return [];
        seen.add(key);
        return [JSON.stringify(line)];
      } catch {
        return [];
      }
    })
    .join('\n');
}
