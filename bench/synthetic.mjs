// @ts-check
/**
 * Bar 6. node bench/synthetic.mjs [--nodes 200000] [--edges 1000000] [--shapes layered,uniform]
 * Graphs of code made up by rule, always the same: impact and closures warm in one process, the same while a second
 * process publishes, the snapshot loaded in a new process, and the command line from cold start to answer.
 *
 * `layered` as code is: a file uses itself, earlier files of its package, and shared packages, and few declarations are used
 * by many. What depends on a declaration, directly or not, is printed; of all nodes it is less than in public repositories
 * (jotai: median .5 %, p90 12 %, p95 19 %; hono: median .1 %, p90 4 %, p95 6 %). `uniform` is the other extreme: any
 * declaration uses any other, so that nearly everything depends on nearly everything. Questions are asked as a user asks
 * them: tests with their cases, and the first items of the answer.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { MAIN, ROOT, percent } from './harness.mjs';

/** @typedef {import('../graph/model/delta.ts').UnitDelta} UnitDelta */
/** @typedef {import('../graph/model/edge.ts').Edge} Edge */
/** @typedef {import('../graph/model/node.ts').Node} Node */

const built = (/** @type {string} */ file) => import(pathToFileURL(path.join(ROOT, 'dist', file)).href);
const { openStore } = /** @type {typeof import('../graph/store/registry.ts')} */ (await built('graph/store/registry.js'));
const { loadSnapshotOf } = /** @type {typeof import('../graph/snapshot/load.ts')} */ (await built('graph/snapshot/load.js'));
const { closure } = /** @type {typeof import('../graph/query/walk.ts')} */ (await built('graph/query/walk.js'));
const { openSystem } = /** @type {typeof import('../src/index.ts')} */ (await built('src/index.js'));

const REPO = 'synthetic';
const QUESTIONS = 200;
const UNITS_PER_CALL = 100;
const FILES_PER_PACKAGE = 40;
/** The first packages, which the others may use. */
const SHARED_PACKAGES = 20;
/** Its multiples, modulo 1, are spread evenly and fall in step with no regularity of the graph. */
const GOLDEN_RATIO = 0.6180339887498949;
/** @type {readonly import('../graph/query/change.ts').ChangeKind[]} */
const CHANGES = ['remove', 'rename', 'change-type', 'add-required-parameter', 'behaviour'];

/** Declarations of one file, each with the position of what contains it: a class with members, functions, an interface. */
const FILE_SHAPE =
  /** @type {readonly (readonly [kind: 'Class' | 'Method' | 'Property' | 'Interface' | 'Function' | 'Variable', parent?: number])[]} */ ([
    ['Class'],
    ...Array.from({ length: 8 }, () => /** @type {const} */ (['Method', 0])),
    ...Array.from({ length: 3 }, () => /** @type {const} */ (['Property', 0])), // prettier-ignore
    ['Interface'],
    ...Array.from({ length: 4 }, () => /** @type {const} */ (['Property', 12])), // prettier-ignore
    ['Function'],
    ['Function'],
    ['Function'],
    ['Function'],
    ['Function'],
    ['Variable'],
    ['Variable'], // prettier-ignore
  ]);
/** How often edges of each type start at a declaration, of all that are not structure. */
const MIX = /** @type {readonly (readonly [type: import('../graph/model/edge.ts').EdgeType, share: number])[]} */ ([
  ['CALLS', 0.34],
  ['READS', 0.26],
  ['USES_TYPE', 0.18],
  ['REFERENCES', 0.06],
  ['FLOWS_TO', 0.06],
  ['WRITES', 0.04],
  ['INFERS_FROM', 0.03],
  ['INSTANTIATES', 0.03], // prettier-ignore
]);

const { values: given } = parseArgs({
  options: {
    nodes: { type: 'string', default: '200000' },
    edges: { type: 'string', default: '1000000' },
    shapes: { type: 'string', default: 'layered,uniform' },
    // What the script asks of itself in other processes, with the store's path.
    load: { type: 'string' },
    publish: { type: 'string' },
  },
});
const FILES = Math.round(Number(given.nodes) / (FILE_SHAPE.length + 1));
const EDGES_PER_FILE = Math.round(Number(given.edges) / FILES);

if (given.load !== undefined) await loadInNewProcess(given.load);
else if (given.publish !== undefined) await publishInSecondProcess(given.publish);
else for (const shape of given.shapes.split(',')) await bench(shape);

async function bench(/** @type {string} */ shape) {
  console.log(`\n${shape}`);
  const self = [fileURLToPath(import.meta.url), '--nodes', given.nodes, '--edges', given.edges, '--shapes', shape];
  const folder = mkdtempSync(path.join(os.tmpdir(), 'specgraph-synthetic-'));
  const location = path.join(folder, 'graph.db');
  try {
    const store = await openStore(location, { create: true });
    const publication = await store.begin();
    const [applied] = await timed(async () => {
      for (let file = 0; file < FILES; file += UNITS_PER_CALL) {
        const units = Array.from({ length: Math.min(UNITS_PER_CALL, FILES - file) }, (_, at) => unitOf(file + at, shape));
        await publication.apply(units.map((delta) => ({ op: 'replace', delta })));
      }
    });
    const [published] = await timed(() => publication.publish());
    const reader = await store.reader();
    const [building, snapshot] = await timed(() => loadSnapshotOf(store, reader));
    await reader[Symbol.asyncDispose]();
    await store.close();
    console.log(`${snapshot.nodeCount} nodes, ${snapshot.edgeCount} edges; store ${(statSync(location).size / 1e6).toFixed(0)} MB`);
    console.log(`filled in ${seconds(applied + published)} (generating included), snapshot built and kept in ${seconds(building)}`);

    const asked = Array.from({ length: QUESTIONS }, (_, at) => Math.floor(((at * GOLDEN_RATIO) % 1) * snapshot.nodeCount));
    const walk = async (/** @type {number} */ node) => closure(snapshot, [node], { direction: 'dependents' }).nodes.length;
    for (const node of asked.slice(0, 20)) await walk(node);
    report('closure of dependents, warm, in process', await eachTimed(asked, walk), 50);
    const sizes = (await Promise.all(asked.map(walk))).toSorted((a, b) => a - b);
    const share = (/** @type {number} */ part) => percent(quantile(sizes, part), snapshot.nodeCount);
    console.log(`  they reach, of all nodes: median ${share(0.5)}, p90 ${share(0.9)}, p95 ${share(0.95)}, most ${share(1)}`);

    const system = await openSystem({ store: location });
    const targets = asked.map((node) => snapshot.id(node));
    const ask = async (/** @type {string} */ target, /** @type {number} */ at) => {
      const { totals } = await system.impact({ target, change: CHANGES[at % CHANGES.length] });
      return totals.reduce((sum, { items }) => sum + items, 0);
    };
    for (const [at, target] of targets.slice(0, 20).entries()) await ask(target, at);
    report('impact, warm, in process', await eachTimed(targets, ask), 50);

    const writer = spawn(process.execPath, [...self, '--publish', location]);
    writer.stderr.pipe(process.stderr);
    const writing = new Promise((resolve) => writer.stdout.once('data', resolve));
    const finished = new Promise((resolve) => writer.once('exit', resolve));
    await writing;
    report('impact while a second process ingests', await eachTimed(targets, ask), 50);
    console.log(`  second process exited ${await finished}; generation ${(await system.stats()).generation}`);
    await system.impact({ target: String(targets[0]) });
    await system.close();

    const loads = Array.from({ length: 10 }, () => Number(child([...self, '--load', location])));
    report('snapshot loaded in a new process', loads, 300);
    const starts = targets.slice(0, 20).map((target) => {
      const start = performance.now();
      child([MAIN, 'impact', target, '--change', 'change-type', '--store', location, '--json']);
      return performance.now() - start;
    });
    report('command line, cold start to answer', starts, 1000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function loadInNewProcess(/** @type {string} */ location) {
  const store = await openStore(location, { create: false });
  const [milliseconds] = await timed(async () => {
    const reader = await store.reader();
    const snapshot = await loadSnapshotOf(store, reader);
    closure(snapshot, [0], { direction: 'dependents' });
    await reader[Symbol.asyncDispose]();
  });
  await store.close();
  console.log(milliseconds);
}

/** Replaces a twentieth of all files, and says so when it has begun. */
async function publishInSecondProcess(/** @type {string} */ location) {
  const store = await openStore(location, { create: false });
  const publication = await store.begin();
  console.log('writing');
  for (let file = 0; file < FILES; file += 20) {
    await publication.apply([{ op: 'replace', delta: unitOf(file, given.shapes) }]);
  }
  await publication.publish();
  await store.close();
}

function pathOf(/** @type {number} */ file) {
  return `packages/p${Math.floor(file / FILES_PER_PACKAGE)}/src/feature${file % 5}/file${file}.ts`;
}

function declarationOf(/** @type {number} */ file, /** @type {number} */ position) {
  const [kind, parent] = /** @type {(typeof FILE_SHAPE)[number]} */ (FILE_SHAPE[position]);
  const name = `${kind.toLowerCase()}${position}Of${file % 500}`;
  const outer = parent === undefined ? '' : `${FILE_SHAPE[parent]?.[0].toLowerCase()}${parent}Of${file % 500}.`;
  return { kind, parent, name, id: `${REPO}//code:${pathOf(file)}#${outer}${name}` };
}

/** What one file states. Depends on its number and the shape of the graph alone. */
function unitOf(/** @type {number} */ file, /** @type {string} */ shape) {
  const random = randomOf(file);
  const filePath = pathOf(file);
  const module = `${REPO}//code:${filePath}`;
  const place = { repo: REPO, file: filePath };
  /** @type {Node[]} */
  const nodes = [{ id: module, kind: 'Module', name: `file${file}.ts`, ...place, props: { language: 'typescript' } }];
  /** @type {Map<string, Edge>} */
  const edges = new Map();
  const state = (/** @type {Edge} */ edge) => edges.set(`${edge.from} ${edge.type} ${edge.to} ${edge.via}`, edge);
  const fact = { tier: /** @type {const} */ ('compiler'), confidence: 1 };
  FILE_SHAPE.forEach((_, position) => {
    const { id, kind, name, parent } = declarationOf(file, position);
    const callable = kind === 'Method' || kind === 'Function';
    const signatures = [{ parameters: [{ name: 'input', type: 'Input' }], returns: 'Output' }];
    nodes.push({
      ...{ id, kind, name, ...place },
      span: { line: 10 * position + 1, col: 3, endLine: 10 * position + 9, endCol: 2 },
      props: { exported: position % 2 === 0, ...(callable ? { signatures, body: String(random()) } : { type: 'string' }) },
    });
    const container = parent === undefined ? module : declarationOf(file, parent).id;
    state({ from: container, type: 'CONTAINS', to: id, ...fact, sites: [] });
  });

  // Every fourth file is one of tests; in the layered graph nothing uses it.
  if (file % 4 === 1) {
    const test = `${REPO}//test:${filePath}`;
    nodes.push({ id: test, kind: 'TestFile', name: `file${file}.ts`, ...place, props: { framework: 'vitest' } });
    state({ from: test, type: 'TESTS', to: module, ...fact, sites: [] });
  }
  const skewed = (/** @type {number} */ below) => Math.floor(below * random() ** 3);
  const packageOf = Math.floor(file / FILES_PER_PACKAGE);
  /** A file that this one uses: itself, an earlier one of its package, or one of a shared package; the first are used most. */
  const usedFile = (/** @type {number} */ own, /** @type {number} */ near) => {
    const where = random();
    if (where < own) return file;
    const [home, below] =
      where < near ? [packageOf, (file % FILES_PER_PACKAGE) + 1] : [skewed(Math.min(packageOf + 1, SHARED_PACKAGES)), FILES_PER_PACKAGE];
    const position = skewed(below);
    return home * FILES_PER_PACKAGE + position - (position % 2); // every second file is a test or an entry, which nothing uses
  };
  const anyOf = (/** @type {number} */ below) => Math.floor(below * random());
  const pick =
    shape === 'uniform'
      ? () => declarationOf(anyOf(FILES), anyOf(FILE_SHAPE.length))
      : () => declarationOf(Math.min(usedFile(0.55, 0.9), file), skewed(FILE_SHAPE.length));
  for (let import_ = 0; import_ < 5; import_++) {
    const imported = shape === 'uniform' ? anyOf(FILES) : Math.min(usedFile(0, 0.6), file);
    state({
      from: module,
      type: 'IMPORTS',
      to: `${REPO}//code:${pathOf(imported)}`,
      ...fact,
      sites: [{ line: import_ + 1, col: 1, facts: 1 << 13 }],
    });
  }
  for (let tries = 0; edges.size < EDGES_PER_FILE && tries < 2 * EDGES_PER_FILE; tries++) {
    const from = declarationOf(file, Math.floor(random() * FILE_SHAPE.length));
    const to = pick();
    let share = random();
    const [type] = MIX.find(([, part]) => (share -= part) < 0) ?? /** @type {const} */ (['CALLS']);
    const sites = [
      { line: 1 + Math.floor(random() * 200), col: 5, facts: 1 << Math.floor(random() * 10), ...(type === 'CALLS' ? { args: 1 } : {}) },
    ];
    state({ from: from.id, type, to: to.id, ...(type === 'FLOWS_TO' ? { via: pick().id } : {}), ...fact, sites });
  }
  return /** @type {UnitDelta} */ ({
    unit: {
      id: `${REPO}//typescript:${filePath}`,
      repo: REPO,
      worker: 'typescript',
      path: filePath,
      hash: String(file),
      state: '',
      keys: '',
    },
    nodes,
    edges: [...edges.values()],
    diagnostics: [],
  });
}

/** Mulberry32: numbers in [0, 1) that depend on the seed only. */
function randomOf(/** @type {number} */ seed) {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @template T @param {() => Promise<T>} work @returns {Promise<readonly [milliseconds: number, result: T]>} */
async function timed(work) {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
}

/** @template T @param {readonly T[]} items @param {(item: T, at: number) => Promise<unknown>} work */
async function eachTimed(items, work) {
  const times = [];
  for (const [at, item] of items.entries()) times.push((await timed(() => work(item, at)))[0]);
  return times;
}

function report(/** @type {string} */ what, /** @type {readonly number[]} */ times, /** @type {number} */ bar) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ part) => `${quantile(sorted, part).toFixed(1)} ms`;
  const verdict = quantile(sorted, 0.95) <= bar ? 'within' : 'MISSES';
  console.log(`${what}: p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, worst ${at(1)} (${times.length} times; ${verdict} ${bar} ms)`);
}

function quantile(/** @type {readonly number[]} */ sorted, /** @type {number} */ part) {
  return sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN;
}

function child(/** @type {readonly string[]} */ args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`${args.join(' ')}\nexited ${status}\n${stderr.slice(-2000)}`);
  return stdout;
}

function seconds(/** @type {number} */ milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
