// @ts-check
/**
 * Bar 5. node bench/incremental.mjs [REPOSITORY] [--edits 200] [--seed 1] [--one-shot-every 5] [--check-every 1]
 * REPOSITORY is a prepared one, or `parcels`: the seeded system, with a file of every kind that it lacks (bench/systems/kinds).
 * After each random edit: does the graph that one watching process keeps equal what a clean ingest makes? And how long
 * does an update take, watching and by the one-shot command line, against a cold ingest by the command line?
 */
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { EDIT_KINDS, createEditor } from './edits.mjs';
import { TEXT_EDIT_KINDS, createTextEditor } from './text-edits.mjs';
import { PRODUCT, ROOT, harnessLibrary, median, openHarness, readArguments, run, treeOf } from './harness.mjs';

openHarness();
const {
  names,
  edits,
  seed,
  'one-shot-every': every,
  'check-every': checkEvery,
} = readArguments(['nestjs-boilerplate'], { edits: '200', seed: '1', 'one-shot-every': '5', 'check-every': '1' });
const { rng, shuffle } = await harnessLibrary();
const built = (/** @type {string} */ module) => import(pathToFileURL(path.join(ROOT, 'dist', module)).href);
const { openSystem } = await built('src/index.js');
/** Milliseconds after which an edit that was not noticed counts as lost. */
const PATIENCE = 120_000;

const [name = ''] = names;
const random = rng(`incremental:${seed}`);
const folder = mkdtempSync(path.join(os.tmpdir(), 'specgraph-incremental-'));
const tree = path.join(folder, 'tree');
const seeded = path.join(ROOT, 'bench', 'systems', name);
const origin = existsSync(seeded) ? seeded : treeOf(name);
cpSync(origin, tree, { recursive: true, filter: (file) => !['node_modules', '.git'].includes(path.basename(file)) });
if (origin === seeded) cpSync(path.join(ROOT, 'bench', 'systems', 'kinds'), tree, { recursive: true });
else symlinkSync(path.join(origin, 'node_modules'), path.join(tree, 'node_modules'));

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
const textEditor = createTextEditor(tree, random, await kindsOfFiles());
/** @type {Map<string, () => string>} */
const editors = new Map([
  ...EDIT_KINDS.map((kind) => /** @type {[string, () => string]} */ ([kind, () => editor.edit(kind)])),
  ...TEXT_EDIT_KINDS.map((kind) => /** @type {[string, () => string]} */ ([kind, () => textEditor.edit(kind)])),
]);
const round = () => shuffle([...editors.keys()], random);
/** @type {string[]} */
let kinds = [];
for (let index = 1; index <= Number(edits); index++) {
  if (kinds.length === 0) kinds = round();
  const kind = kinds.pop() ?? '';
  const seen = reports.length;
  const done = editors.get(kind)?.();
  last = `edit ${index}: ${kind}: ${done}`;
  await nextReport(seen);
  const checked = index % Number(checkEvery) === 0;
  const clean = checked ? await cleanDump(index) : '';
  // a burst may have been noticed in parts: what counts is the state it leads to
  const isClean = async () => (await dumpOf(watching)) === clean;
  const same = !checked || (await isClean()) || (await nextReport(reports.length, 2000), await isClean());
  const milliseconds = reports.slice(seen).reduce((sum, report) => sum + report.milliseconds, 0);
  (updates[kind] ??= []).push(milliseconds);
  if (kind === 'edit body' || kind === 'change signature') oneFile.push(milliseconds);
  if (!same) different.push(`watch, ${last}\n${firstDifference(await dumpOf(watching), clean)}`);
  if (index % Number(every) === 0) {
    oneShot.push(cli('one-shot.db'));
    const dump = await dumpAt('one-shot.db');
    if (checked && dump !== clean) different.push(`one-shot, ${last}\n${firstDifference(dump, clean)}`);
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
  const lines = [];
  for await (const line of system.dump()) lines.push(line);
  return lines.join('\n');
}

/** The first lines that only one of two dumps has. */
function firstDifference(/** @type {string} */ kept, /** @type {string} */ clean) {
  const [a, b] = [new Set(kept.split('\n')), new Set(clean.split('\n'))];
  const only = [...[...a].filter((line) => !b.has(line)).slice(0, 3).map((line) => `    kept:  ${line}`), ...[...b].filter((line) => !a.has(line)).slice(0, 3).map((line) => `    clean: ${line}`)]; // prettier-ignore
  return only.length > 0 ? only.map((line) => line.slice(0, 600)).join('\n') : '    the same lines in another order';
}

/** What each file is before the first edit: the workers that claim it, or how its name ends. */
async function kindsOfFiles() {
  const { discover } = await built('ingest/discover.js');
  const { loadWorkers } = await built('ingest/registry.js');
  const { files } = await discover(tree, await loadWorkers());
  const kinds = new Map(files.map((/** @type {{ path: string, claimedBy: string[] }} */ file) => [file.path, file.claimedBy.join('+')]));
  return (/** @type {string} */ file) => `${kinds.get(file) ?? ''}${path.extname(file)}`;
}
