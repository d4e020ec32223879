// @ts-check
/**
 * node bench/workers.mjs [REPOSITORY|FOLDER…] [--rounds 3]
 * A cold ingest with all workers and linkers against one with the TypeScript worker alone, without linkers, alternating
 * in one run. Both write their facts to a new embedded store and keep a snapshot, as the command line does.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ROOT, TREES, median, readArguments } from './harness.mjs';

/** @typedef {{ seconds: number, cpuSeconds: number, megabytes: number }} Usage */

/** All workers may cost this many times the TypeScript worker. */
const BAR = 1.3;

const [, , child, tree = '', store = '', which = ''] = process.argv;
if (child === '--ingest') await ingest();
else compareCosts();

/** In a process of its own. */
async function ingest() {
  const load = (/** @type {string} */ module) => import(pathToFileURL(path.join(ROOT, 'dist', module)).href);
  const [{ createPipeline }, { openRepository }, { openStore }, { loadSnapshotOf }] = await Promise.all([
    load('ingest/pipeline.js'),
    load('ingest/repository.js'),
    load('graph/store/registry.js'),
    load('graph/snapshot/load.js'),
  ]);
  const all = which === 'all';
  const workers = all
    ? await (await load('ingest/registry.js')).loadWorkers()
    : [(await load('ingest/workers/typescript/worker.js')).createTypescriptWorker()];
  const linkers = all ? await (await load('ingest/link/registry.js')).loadLinkers() : [];
  const opened = await openStore(store, { create: true });
  const pipeline = createPipeline(opened, workers, linkers, await openRepository(tree));
  await pipeline.run({ last: true });
  pipeline[Symbol.dispose]();
  const reader = await opened.reader();
  await loadSnapshotOf(opened, reader);
  await reader[Symbol.asyncDispose]();
  await opened.close();
}

function compareCosts() {
  const { names, rounds } = readArguments(['hono', 'nestjs-boilerplate'], { rounds: '3' });
  console.log('| repository | TypeScript alone s | all workers s | ratio | CPU ratio | memory ratio |\n|---|---|---|---|---|---|');
  /** @type {number[]} */
  const ratios = [];
  for (const name of names) {
    const prepared = path.join(TREES, name);
    const root = realpathSync(existsSync(prepared) ? prepared : name);
    /** @type {Usage[]} */
    const alone = [];
    /** @type {Usage[]} */
    const all = [];
    for (let round = 0; round < Number(rounds); round++) {
      alone.push(measure(root, 'typescript'));
      all.push(measure(root, 'all'));
    }
    const of = (/** @type {Usage[]} */ runs, /** @type {keyof Usage} */ key) => median(runs.map((usage) => usage[key]));
    const [time = NaN, cpu = NaN, memory = NaN] = /** @type {const} */ (['seconds', 'cpuSeconds', 'megabytes']).map((key) => of(all, key) / of(alone, key)); // prettier-ignore
    ratios.push(cpu);
    const cells = [of(alone, 'seconds'), of(all, 'seconds'), time, cpu, memory].map((figure) => figure.toFixed(2));
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  }
  // Wall time is shared with whatever else runs; CPU time is ours.
  process.exitCode = Math.max(...ratios) <= BAR ? 0 : 1;
}

function measure(/** @type {string} */ root, /** @type {string} */ workers) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'specgraph-workers-'));
  try {
    const usage = path.join(folder, 'usage.json');
    const preload = pathToFileURL(path.join(import.meta.dirname, 'report-usage.mjs')).href;
    const started = performance.now();
    const args = ['--import', preload, fileURLToPath(import.meta.url), '--ingest', root, path.join(folder, 'graph.db'), workers];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, BENCH_USAGE: usage } });
    if (status !== 0) throw new Error(`The ingest of ${root} exited ${status}\n${stderr.slice(-1000)}`);
    return { seconds: (performance.now() - started) / 1000, ...JSON.parse(readFileSync(usage, 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
