import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadWorkers } from '../../../ingest/registry.ts';
import type { SourceWorker } from '../../../ingest/worker.ts';
import { attacksOn } from './attacks.ts';
import { readSamples, type Sample } from './samples.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../fixtures/hostile/ingest.mjs');
/** Megabytes of heap for the ingest of hundreds of hostile files. */
const HEAP = 1024;
/** Nothing here takes seconds; what takes time with a power of its size takes hours. Other work on the machine is allowed for. */
const MILLISECONDS = 600_000;
/** See {@link attacksOn}. `SPECGRAPH_HOSTILE=50` tries nearly every place, and takes half an hour. */
const MOST = Number(process.env['SPECGRAPH_HOSTILE'] ?? 1);
/** Valid files of all formats that stand beside the hostile ones, and that come first where two state the same. */
const HEALTHY = '0-healthy';

/** What the process says of one unit. */
interface Unit {
  readonly root: string;
  readonly worker: string;
  readonly path: string;
  /** Nodes but gaps. */
  readonly nodes: number;
  readonly gaps: number;
  readonly keys: number;
  readonly diagnostics: readonly (readonly [code: string, severity: string, message: string])[];
  /** What no delta may be. */
  readonly wrong: readonly string[];
  /** A hash of all that a healthy file states. */
  readonly facts?: string;
}
interface Claims {
  readonly root: string;
  readonly worker: string;
  readonly claimed: readonly string[];
}

const samples = readSamples();
const workers = (await loadWorkers()).filter(({ wholeRepository }) => wholeRepository !== true);
const formats = workers.map(({ name }) => name);

let folder: string;
let lines: readonly (Unit | Claims)[] = [];
const rootsOf = new Map<string, readonly string[]>();

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'specgraph-formats-')));
  const clean = path.join(folder, 'clean');
  writeHealthy(clean);
  for (const worker of workers) rootsOf.set(worker.name, writeAttacks(worker, samples.get(worker.name) ?? []));
  lines = await ingestAll([clean, ...[...rootsOf.values()].flat()]);
}, MILLISECONDS);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(root: string, file: string, content: string | Buffer): void {
  const full = path.join(root, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, content);
}

/** TypeScript has hostile tests of its own, and its compiler would be started for every format. */
function writeHealthy(root: string): void {
  for (const [format, files] of samples)
    if (format !== 'typescript') for (const { path: file, text } of files) write(root, `${HEALTHY}/${format}/${file}`, text);
}

/** The first folder of its path. */
const folderOf = ({ path: file }: Sample): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '.');

/** One repository with a folder for each attack; where a format is only looked for at one place, a repository for each. */
function writeAttacks(worker: SourceWorker, files: readonly Sample[]): readonly string[] {
  const roots = new Set<string>();
  for (const [index, sample] of files.entries())
    for (const [turn, { name, content }] of attacksOn(sample, MOST).entries()) {
      const nested = `hostile/${index}/${name}/${sample.path}`;
      const isFound = worker.claims(nested);
      // A repository for each takes its time.
      if (!isFound && MOST < 5 && turn % 4 > 0) continue;
      const beside = files.filter((other) => other !== sample && folderOf(other) !== '.' && folderOf(other) === folderOf(sample));
      const root = path.join(folder, isFound ? worker.name : `${worker.name}-${index}-${name}`);
      if (isFound && !roots.has(root)) writeHealthy(root);
      roots.add(root);
      write(root, isFound ? nested : sample.path, content);
      // The values of a chart are nothing without the chart.
      if (isFound) for (const other of beside) write(root, `hostile/${index}/${name}/${other.path}`, other.text);
    }
  return [...roots];
}

/** In a process of its own, which a crash, a hang or too much memory ends. */
function ingestAll(roots: readonly string[]): Promise<readonly (Unit | Claims)[]> {
  return new Promise((resolve, reject) => {
    const store = path.join(folder, 'graph.db');
    const child = spawn(process.execPath, [`--max-old-space-size=${HEAP}`, SCRIPT, store, ...roots], { timeout: MILLISECONDS });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject).on('close', (code, signal) => {
      const said = stdout.split('\n').filter(Boolean);
      if (code === 0) resolve(said.map((line) => JSON.parse(line) as Unit | Claims));
      else reject(new Error(`The ingest ended with ${code ?? signal} after ${said.at(-1)}\n${stderr.slice(-3000)}`));
    });
  });
}

const units = (roots: readonly string[] = []): readonly Unit[] =>
  lines.filter((line): line is Unit => 'facts' in line || 'nodes' in line).filter(({ root }) => roots.includes(root));

it('every format has a valid sample that it recognises', () => {
  for (const { name, claims, recognises } of workers) {
    const own = samples.get(name) ?? [];
    expect(own, `Add a valid file of the format ${name} to test/fixtures/formats.txt.`).not.toEqual([]);
    for (const { path: file, text } of own)
      expect(claims(file) && (recognises?.(text, file) ?? true), `${name} does not recognise ${file}`).toBe(true);
  }
});

describe.each(formats)('hostile files of the format %s', (format) => {
  const own = () => units(rootsOf.get(format));

  it('are all looked at, and what is stated of them is sound', () => {
    const read = new Set(own().map(({ root, worker, path: file }) => `${root} ${worker} ${file}`));
    const claims = lines.filter((line): line is Claims => 'claimed' in line && (rootsOf.get(format) ?? []).includes(line.root));
    const files = claims.flatMap(({ root, worker, claimed }) => claimed.map((file) => `${root} ${worker} ${file}`));
    expect(files.filter((file) => !read.has(file))).toEqual([]);
    expect(own().flatMap(({ worker, path: file, wrong }) => wrong.map((what) => `${worker} ${file}: ${what}`))).toEqual([]);
    expect(own().length).toBeGreaterThan(30);
  });

  it('make no reader fail', () => {
    const failed = own().filter(({ diagnostics }) => diagnostics.some(([, , message]) => message.includes(' reader failed on it')));
    expect(failed.map(({ worker, path: file, diagnostics }) => `${worker} ${file}: ${diagnostics[0]?.[2]}`)).toEqual([]);
  });

  it('leave a gap where they are not read', () => {
    const without = own().filter(
      ({ gaps, diagnostics }) =>
        gaps === 0 && diagnostics.some(([code, severity]) => severity !== 'info' && ['parse-failure', 'too-large'].includes(code)),
    );
    expect(without.map(({ worker, path: file }) => `${worker} ${file}`)).toEqual([]);
  });

  it('take nothing from the files beside them', () => {
    const healthy = (found: readonly Unit[]): readonly string[] =>
      found.flatMap(({ worker, path: file, facts }) => (facts === undefined ? [] : [`${worker} ${file} ${facts}`])).sort();
    const beside = healthy(own());
    // A format that is looked for at one place only stands alone.
    expect(beside).toEqual(beside.length === 0 && rootsOf.get(format)!.length > 1 ? [] : healthy(units([path.join(folder, 'clean')])));
  });
});
