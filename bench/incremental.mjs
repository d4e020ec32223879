// @ts-check
/**
 * Bar 5. node bench/incremental.mjs [REPOSITORY] [--edits 200] [--seed 1] [--one-shot-every 5]
 * After each random edit: does the graph that one watching process keeps equal what a clean ingest makes? And how long
 * does an update take, watching and by the one-shot command line, against a cold ingest by the command line?
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { EDIT_KINDS, createEditor } from './edits.mjs';
import { PRODUCT, ROOT, harnessLibrary, median, openHarness, readArguments, run, treeOf } from './harness.mjs';

openHarness();
const {
  names,
  edits,
  seed,
  'one-shot-every': every,
} = readArguments(['nestjs-boilerplate'], { edits: '200', seed: '1', 'one-shot-every': '5' });
const { rng, shuffle } = await harnessLibrary();
const { openSystem } = await import(pathToFileURL(path.join(ROOT, 'dist', 'src', 'index.js')).href);
/** Milliseconds after which an edit that was not noticed counts as lost. */
const PATIENCE = 120_000;

const [name = ''] = names;
const random = rng(`incremental:${seed}`);
const folder = mkdtempSync(path.join(os.tmpdir(), 'specgraph-incremental-'));
const tree = path.join(folder, 'tree');
cpSync(treeOf(name), tree, { recursive: true, filter: (file) => !['node_modules', '.git'].includes(path.basename(file)) });
symlinkSync(path.join(treeOf(name), 'node_modules'), path.join(tree, 'node_modules'));

const cli = (/** @type {string} */ store) => {
  const started = performance.now();
  run(`${PRODUCT} ingest ${JSON.stringify(tree)} --repo ${name} --store ${JSON.stringify(path.join(folder, store))}`);
  return performance.now() - started;
};
const cold = [cli('cold-1.db'), cli('cold-2.db'), cli('one-shot.db')];

const watching = await openSystem({ store: path.join(folder, 'watch.db') });
const stop = new AbortController();
/** @type {import('../src/system.ts').IngestReport[]} */
const reports = [];
let notify = () => {};
let last = 'the repository';
const watch = watching.watch(tree, {
  repo: name,
  signal: stop.signal,
  onIngest(/** @type {import('../src/system.ts').IngestReport} */ report) {
    reports.push(report);
    notify();
  },
});
/** @type {unknown} */
let failure;
watch.catch((/** @type {unknown} */ error) => {
  failure = error;
  notify();
});
await nextReport(0);

/** @type {Record<string, number[]>} */
const updates = {};
/** @type {number[]} */
const oneFile = [];
/** @type {number[]} */
const oneShot = [];
/** @type {string[]} */
const different = [];
const editor = createEditor(tree, random);
const round = () => shuffle(EDIT_KINDS, random);
/** @type {typeof EDIT_KINDS[number][]} */
let kinds = [];
for (let index = 1; index <= Number(edits); index++) {
  if (kinds.length === 0) kinds = round();
  const kind = /** @type {typeof EDIT_KINDS[number]} */ (kinds.pop());
  const seen = reports.length;
  const done = editor.edit(kind);
  last = `edit ${index}: ${kind}: ${done}`;
  await nextReport(seen);
  const clean = await cleanDump(index);
  // a burst may have been noticed in parts: what counts is the state it leads to
  const same = (await dumpOf(watching)) === clean || (await nextReport(reports.length, 2000), (await dumpOf(watching)) === clean);
  const milliseconds = reports.slice(seen).reduce((sum, report) => sum + report.milliseconds, 0);
  (updates[kind] ??= []).push(milliseconds);
  if (kind === 'edit body' || kind === 'change signature') oneFile.push(milliseconds);
  if (!same) different.push(`watch, ${last}`);
  if (index % Number(every) === 0) {
    oneShot.push(cli('one-shot.db'));
    if ((await dumpAt('one-shot.db')) !== clean) different.push(`one-shot, ${last}`);
  }
  if (!same || index % 20 === 0) console.error(`${index} edits, ${different.length} differ${same ? '' : `: ${different.at(-1)}`}`);
}
stop.abort();
await watch;
await watching.close();
rmSync(folder, { recursive: true, force: true });

const seconds = (/** @type {number} */ milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
const share = (/** @type {number} */ milliseconds) => `${((100 * milliseconds) / median(cold)).toFixed(1)} % of cold`;
console.log(`${name}, ${edits} edits, seed ${seed}: ${different.length} states differ from a clean ingest`);
for (const line of different) console.log(`  ${line}`);
console.log(`cold ingest ${seconds(median(cold))}`);
console.log(`watching, one file edited: median ${seconds(median(oneFile))} (${share(median(oneFile))})`);
for (const [kind, times] of Object.entries(updates)) console.log(`  ${kind}: median ${seconds(median(times))} (${share(median(times))})`);
console.log(`one-shot command line: median ${seconds(median(oneShot))} (${share(median(oneShot))})`);
process.exit(different.length === 0 && median(oneFile) <= 0.1 * median(cold) ? 0 : 1);

/**
 * Waits until more than `seen` ingests were reported. Without a limit, waiting in vain is an error.
 * @param {number} seen
 * @param {number} [limit] Milliseconds.
 */
async function nextReport(seen, limit) {
  const deadline = performance.now() + (limit ?? PATIENCE);
  const settled = () => reports.length > seen || failure !== undefined || performance.now() >= deadline;
  while (!settled()) {
    await new Promise((resolve) => {
      notify = () => resolve(undefined);
      setTimeout(notify, deadline - performance.now());
    });
  }
  if (failure !== undefined) throw failure;
  if (reports.length <= seen && limit === undefined)
    throw new Error(`The watching process did not notice ${last} within ${PATIENCE / 1000} s.`);
}

async function cleanDump(/** @type {number} */ index) {
  const store = path.join(folder, `clean-${index}.db`);
  const system = await openSystem({ store });
  try {
    await system.ingest(tree, { repo: name });
    return await dumpOf(system);
  } finally {
    await system.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(store + suffix, { recursive: true, force: true });
  }
}

async function dumpAt(/** @type {string} */ store) {
  const system = await openSystem({ store: path.join(folder, store) });
  try {
    return await dumpOf(system);
  } finally {
    await system.close();
  }
}

async function dumpOf(/** @type {import('../src/system.ts').System} */ system) {
  const sha = createHash('sha256');
  for await (const line of system.dump()) sha.update(`${line}\n`);
  return sha.digest('hex');
}
