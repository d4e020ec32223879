// @ts-check
/**
 * node bench/agent-repeat.mjs [SYSTEM …] [--mirrors FOLDER] [--runs 20] [--requests 3] [--node PATH,PATH] [--ingest]
 * Takes requests of bench/drafts/requests.jsonl from draft to hand-off, by rules, so many times: each time in a process of its own, in a
 * fresh clone in a folder of another name and length; in turns with each of the Nodes. The graph is ingested once for all, or with
 * --ingest in every run. Prints how many runs left other questions, specs or hand-offs, in a byte, than the first. Then drafts the ten
 * tickets of one story of bench/drafts/stories.jsonl once and prints their size. Exit code 1 where a run differs or a spec is too long.
 *
 * What people say is part of the input, with its time, and is the same in each run: the first option that builds something; all approve.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { CACHE, ROOT, checkOut, readArguments, readLines, run } from './harness.mjs';

/** @typedef {{ id: string, system: string, text: string }} Request */
/** @typedef {{ root: string, store: string, ingest: boolean, requests: readonly Request[] }} Order */
/** @typedef {{ id: string, files: Record<string, string>, lines: number, criteria: number, questions: number }} Result */

const BARS = { lines: 60, criteria: 7, questions: 3 };
const SAMPLE = 'image-upload';
const COMMITS = /** @type {Record<string, string>} */ ({
  'brocoders/nestjs-boilerplate': '9620f159eefe38f47747d02ab162852367c5472c',
});
const BY = { name: 'Pat', email: 'pat@acme.example' };
const AT = '2026-11-26T09:00:00.000Z';
/** Processes at once. */
const ABREAST = 2;

if (process.argv[2] === '--play') {
  process.stdout.write(JSON.stringify(await play(JSON.parse(process.argv[3] ?? ''))));
  process.exit(0);
}

const given = readArguments([SAMPLE, ...Object.keys(COMMITS)], {
  mirrors: '',
  runs: '20',
  requests: '3',
  node: process.execPath,
  ingest: false,
});
const nodes = given.node.split(',');
const work = mkdtempSync(path.join(os.tmpdir(), 'specgraph-repeat-'));
const all = /** @type {Request[]} */ (readLines(path.join(ROOT, 'bench', 'drafts', 'requests.jsonl')));
const stories = /** @type {Request[]} */ (readLines(path.join(ROOT, 'bench', 'drafts', 'stories.jsonl')));
let failed = 0;
try {
  for (const system of given.names) failed += await measure(system);
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;

/** Differences and specs that are too long. */
async function measure(/** @type {string} */ system) {
  const base = baseOf(system);
  const store = path.join(work, `${path.basename(base)}.db`);
  const { openSystem } = await built('src/index.js');
  const opened = await openSystem({ store, embedder: { use: 'none' } });
  await opened.ingest(base, { repo: path.basename(base) });
  await opened.close();

  const requests = all.filter((request) => request.system === system).slice(0, Number(given.requests));
  const orders = Array.from({ length: Number(given.runs) }, (_, index) => ({ node: nodes[index % nodes.length] ?? '', index }));
  /** @type {Result[][]} */
  const results = [];
  const next = async () => {
    for (let order = orders.shift(); order; order = orders.shift()) {
      const root = path.join(work, `run-${'x'.repeat(order.index)}`, path.basename(base));
      run(`git clone -q ${JSON.stringify(base)} ${JSON.stringify(root)}`);
      results[order.index] = await played(order.node, { root, store, ingest: given.ingest, requests });
      rmSync(path.dirname(root), { recursive: true });
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, next));

  let different = 0;
  for (const [index, result] of results.entries()) {
    const names = new Set(
      [...result, ...(results[0] ?? [])].flatMap(({ id, files }) => Object.keys(files).map((name) => `${id}: ${name}`)),
    );
    const hashOf = (/** @type {Result[] | undefined} */ of, /** @type {string} */ name) =>
      of?.find(({ id }) => name.startsWith(`${id}: `))?.files[name.slice(name.indexOf(': ') + 2)];
    const others = [...names].filter((name) => hashOf(result, name) !== hashOf(results[0], name));
    if (others.length > 0) different++;
    for (const name of others.slice(0, 5)) console.log(`run ${index}: ${name} differs`);
  }
  const files = (results[0] ?? []).reduce((sum, one) => sum + Object.keys(one.files).length, 0);
  console.log(`${system}: ${results.length} runs of ${requests.length} requests, ${files} files each: ${different} runs differ`);
  if (files === 0 || results.length === 0) throw new Error('Nothing was compared.');

  const root = path.join(work, 'stories', path.basename(base));
  run(`git clone -q ${JSON.stringify(base)} ${JSON.stringify(root)}`);
  const tickets = stories.filter((story) => story.system === system);
  let tooLong = 0;
  for (const { id, lines, criteria, questions } of await played(nodes[0] ?? '', { root, store, ingest: false, requests: tickets })) {
    const isLong = lines > BARS.lines || criteria > BARS.criteria || questions > BARS.questions;
    if (isLong) tooLong++;
    console.log(`${id}: ${lines} lines, ${criteria} criteria, ${questions} questions${isLong ? ': too long' : ''}`);
  }
  console.log(`${system}: ${tooLong} of ${tickets.length} tickets of one story are too long`);
  return different + tooLong;
}

/** A repository of one commit, or at one, with somebody who approves. */
function baseOf(/** @type {string} */ system) {
  const base = path.join(work, path.basename(system));
  mkdirSync(base);
  const source =
    system === SAMPLE
      ? path.join(ROOT, 'examples', SAMPLE)
      : checkOut(path.join(CACHE, 'drafts', system.replace('/', '+')), system, COMMITS[system] ?? '', given.mirrors);
  cpSync(source, base, { recursive: true, filter: (file) => !/[\\/](?:node_modules|\.specgraph|\.git)$/.test(file) });
  mkdirSync(path.join(base, 'specs'), { recursive: true });
  writeFileSync(path.join(base, 'specs', 'approvals.yaml'), `why: [${BY.email}]\nhow: [${BY.email}]\npolicies: { "*": [${BY.email}] }\n`);
  run(`git init -q && git add -A && git -c user.name=${BY.name} -c user.email=${BY.email} commit -qm base`, { cwd: base });
  return base;
}

/** @returns {Promise<Result[]>} */
function played(/** @type {string} */ node, /** @type {Order} */ order) {
  const child = spawn(node, [fileURLToPath(import.meta.url), '--play', JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk) => (text += String(chunk)));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(JSON.parse(text)) : reject(new Error(`A run ended with ${code}.`))));
  });
}

/** In a process of its own: takes each request to its hand-off. Files are told by their hash. */
async function play(/** @type {Order} */ { root, store, ingest, requests }) {
  const { openSystem } = await built('src/index.js');
  const own = ingest ? path.join(root, '..', 'own.db') : store;
  const system = await openSystem({ store: own, embedder: { use: 'none' } });
  if (ingest) await system.ingest(root, { repo: path.basename(root) });
  const agent = await system.agent({ root, specs: 'specs', repo: path.basename(root) });
  /** @type {Result[]} */
  const results = [];
  for (const { id, text } of requests) {
    let status = await agent.draft({ request: text, thread: id });
    const asked = [];
    let spec = '';
    while (status.gate) {
      const { gate } = status;
      asked.push(gate);
      if (gate.spec) {
        spec = gate.spec;
        await approveAll(path.join(root, spec));
      } else writeFileSync(path.join(root, 'specs', '.threads', id, `${gate.name}-${gate.round}.md`), saidAt(gate));
      status = await agent.resume(id, { by: BY });
    }
    if (status.state !== 'done') throw new Error(`${id} is ${status.state}`);
    const written = readFileSync(path.join(root, spec), 'utf8');
    const pack = readdirSync(path.join(root, status.handOff), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(root, file), hashOf(readFileSync(file, 'utf8'))]);
    results.push({
      id,
      files: { questions: hashOf(JSON.stringify(asked)), [spec]: hashOf(written), ...Object.fromEntries(pack) },
      lines: written.trimEnd().split('\n').length,
      criteria: parse(written).acceptance.length,
      questions: asked.reduce((sum, { questions = [] }) => sum + questions.length, 0),
    });
  }
  await system.close();
  return results;
}

/** As a thread keeps it. */
function saidAt(/** @type {any} */ { name, round, questions = [], conflicts = [] }) {
  const said = [
    ...questions.map(
      (/** @type {any} */ { id, options }) =>
        `- ${id}: ${options.find((/** @type {any} */ { scope }) => scope !== 'close')?.value ?? 'as it is today'}`,
    ),
    ...conflicts.map((/** @type {any} */ { id }) => `- ${id}: A`),
  ];
  return [`# ${name}-${round}`, `By ${BY.name} <${BY.email}> at ${AT}`, '', ...said, ''].join('\n');
}

async function approveAll(/** @type {string} */ file) {
  const { approve, standingOf } = await built('src/specs/approvals/decide.js');
  const { state } = await standingOf(file);
  for (const { name, approvedBy } of state.roles)
    if (approvedBy.length === 0) await approve(file, { by: { kind: 'person', ...BY }, at: new Date(AT), role: name });
}

function hashOf(/** @type {string} */ text) {
  return createHash('sha256').update(text).digest('hex');
}

/** A module of the built product. @returns {Promise<any>} */
function built(/** @type {string} */ file) {
  return import(pathToFileURL(path.join(ROOT, 'dist', file)).href);
}
