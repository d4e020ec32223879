// @ts-check
/**
 * Bar 4. node bench/ingest.mjs [REPOSITORY…] [--rounds 3] [--whole]
 * A cold ingest into an embedded store against `tsc --noEmit` of TypeScript 6, alternating in one run.
 *
 * The two see the same files under the same tsconfig: tsc gets the tsconfig that the harness's compiler oracle uses, and
 * a .specgraphignore keeps the ingest to that tsconfig and the sources that tsc says it checks. With --whole, the ingest
 * takes the whole repository, and tsc every program that the ingest makes of it, one after the other.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  MAIN,
  REPOSITORIES,
  ROOT,
  TSC,
  geometricMean,
  harnessLibrary,
  median,
  openHarness,
  readArguments,
  run,
  treeOf,
} from './harness.mjs';

/** @typedef {{ seconds: number, cpuSeconds: number, megabytes: number }} Usage */

openHarness();
const { repoConf, writeOracleTsconfig } = await harnessLibrary();
const { names, rounds, whole } = readArguments(REPOSITORIES, { rounds: '3', whole: false });
const folder = mkdtempSync(path.join(os.tmpdir(), 'specgraph-ingest-'));
const ignoreFile = '.specgraphignore';
const SOURCE = /\.[cm]?[jt]sx?$/;
const CONFIG = /(^|\/)[jt]sconfig(\.[^/]+)?\.json$/;
/** Type-check, write nothing, and do not stop at options that TypeScript 6 deprecates. */
const CHECK = ['--noEmit', '--skipLibCheck', '--incremental', 'false', '--composite', 'false', '--ignoreDeprecations', '6.0'];

console.log(whole ? 'Whole repositories, program by program\n' : "The oracle's tsconfig\n");
console.log(
  '| repository | files | tsc s | ingest s | ratio | CPU ratio | tsc MB | ingest MB | memory ratio |\n|---|---|---|---|---|---|---|---|---|',
);
/** @type {{ time: number, cpu: number, memory: number }[]} */
const ratios = [];
for (const name of names) {
  const tree = realpathSync(treeOf(name));
  /** @type {string[]} */
  const written = [];
  try {
    const { configs, files } = whole ? await ownPrograms(tree, written) : oracleProgram(name, tree, written);
    /** @type {Usage[]} */
    const tsc = [];
    /** @type {Usage[]} */
    const ingest = [];
    for (let round = 0; round < Number(rounds); round++) {
      tsc.push(sum(configs.map((config) => typeCheck(tree, config))));
      rmSync(path.join(folder, 'graph.db'), { recursive: true, force: true });
      ingest.push(measure([MAIN, 'ingest', tree, '--repo', name, '--store', path.join(folder, 'graph.db')], folder, [0]));
      for (const file of readdirSync(folder)) rmSync(path.join(folder, file), { recursive: true, force: true });
    }
    const of = (/** @type {Usage[]} */ runs, /** @type {keyof Usage} */ key) => median(runs.map((usage) => usage[key]));
    const [time, cpu, memory] = /** @type {const} */ (['seconds', 'cpuSeconds', 'megabytes']).map((key) => of(ingest, key) / of(tsc, key));
    ratios.push({ time: time ?? Number.NaN, cpu: cpu ?? Number.NaN, memory: memory ?? Number.NaN });
    const cells = [of(tsc, 'seconds').toFixed(1), of(ingest, 'seconds').toFixed(1), time?.toFixed(2), cpu?.toFixed(2), of(tsc, 'megabytes').toFixed(0), of(ingest, 'megabytes').toFixed(0), memory?.toFixed(2)]; // prettier-ignore
    console.log(`| ${name} | ${files} | ${cells.join(' | ')} |`);
  } finally {
    for (const file of written) rmSync(file, { force: true });
  }
}
rmSync(folder, { recursive: true, force: true });
const [time, cpu] = [ratios.map((ratio) => ratio.time), ratios.map((ratio) => ratio.cpu)];
console.log(
  `\ngeometric mean ${geometricMean(time).toFixed(2)} (CPU ${geometricMean(cpu).toFixed(2)}), worst ${Math.max(...time).toFixed(2)} (CPU ${Math.max(...cpu).toFixed(2)})`,
);
process.exitCode = geometricMean(time) <= 1.2 && Math.max(...time) <= 1.7 && Math.max(...ratios.map(({ memory }) => memory)) <= 1.5 ? 0 : 1;

/** Runs node with these arguments; an exit code outside of `accepted` is an error. */
function measure(/** @type {string[]} */ args, /** @type {string} */ cwd, /** @type {readonly number[]} */ accepted) {
  const usageFile = path.join(folder, 'usage.json');
  const started = performance.now();
  const preload = pathToFileURL(path.join(import.meta.dirname, 'report-usage.mjs')).href;
  const result = spawnSync(process.execPath, ['--import', preload, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, BENCH_USAGE: usageFile },
  });
  const seconds = (performance.now() - started) / 1000;
  if (!accepted.includes(result.status ?? -1))
    throw new Error(`${args.join(' ')} exited ${result.status}\n${result.stdout.slice(-1000)}${result.stderr.slice(-1000)}`);
  return { seconds, ...JSON.parse(readFileSync(usageFile, 'utf8')), output: result.stdout };
}

/** One type-check. Type errors are fine; a run that stopped before checking is not. */
function typeCheck(/** @type {string} */ tree, /** @type {string} */ config) {
  const usage = measure([TSC, '-p', config, ...CHECK, '--diagnostics'], tree, [0, 1, 2]);
  if (!/Check time:\s+[0-9.]+s/.test(usage.output))
    throw new Error(`tsc -p ${config} did not check anything:\n${usage.output.slice(0, 1000)}`);
  return usage;
}

/** Several runs as one: times add up, the peak is the highest. */
function sum(/** @type {Usage[]} */ runs) {
  const total = (/** @type {keyof Usage} */ key) => runs.reduce((all, usage) => all + usage[key], 0);
  return { seconds: total('seconds'), cpuSeconds: total('cpuSeconds'), megabytes: Math.max(...runs.map(({ megabytes }) => megabytes)) };
}

/** The oracle's tsconfig, and ignore rules that leave the ingest nothing but what tsc checks with it. */
function oracleProgram(/** @type {string} */ name, /** @type {string} */ tree, /** @type {string[]} */ written) {
  const config = writeOracleTsconfig(repoConf(name));
  if (path.basename(config) === 'tsconfig.oracle.json') written.push(config);
  const listed = run(`${JSON.stringify(process.execPath)} ${JSON.stringify(TSC)} -p ${config} ${CHECK.join(' ')} --listFilesOnly`, {
    cwd: tree,
  });
  const checked = new Set(listed.split('\n').filter((file) => file.startsWith(`${tree}/`) && !file.includes('/node_modules/')));
  const others = walk(tree).filter((file) => (SOURCE.test(file) && !checked.has(file)) || (CONFIG.test(file) && file !== config));
  const rules = path.join(tree, ignoreFile);
  if (existsSync(rules)) throw new Error(`${rules} exists.`);
  written.push(rules);
  writeFileSync(rules, others.map((file) => `/${path.relative(tree, file).replaceAll(/[*?[\]!#\\ ]/g, String.raw`\$&`)}\n`).join(''));
  return { configs: [config], files: checked.size };
}

/** A tsconfig for each program that the ingest makes of the whole repository, with the same options and files. */
async function ownPrograms(/** @type {string} */ tree, /** @type {string[]} */ written) {
  const { findProjects } = await import(pathToFileURL(path.join(ROOT, 'dist', 'ingest', 'workers', 'typescript', 'projects.js')).href);
  const { discover } = await import(pathToFileURL(path.join(ROOT, 'dist', 'ingest', 'discover.js')).href);
  const discovered = await discover(tree);
  const { projects } = findProjects(
    tree,
    discovered.files.map((/** @type {{ path: string }} */ file) => file.path),
  );
  const configs = [];
  for (const [
    index,
    {
      configs: [first],
      options,
      roots,
    },
  ] of projects.entries()) {
    const config = path.join(tree, path.dirname(first ?? '.'), `tsconfig.bench-${index}.json`);
    const { paths, types } = options;
    const compilerOptions = first
      ? { paths, types }
      : { allowJs: true, strict: true, module: 'esnext', moduleResolution: 'bundler', target: 'es2022', jsx: 'preserve' };
    writeFileSync(
      config,
      JSON.stringify({
        ...(first ? { extends: `./${path.basename(first)}` } : {}),
        compilerOptions,
        files: roots,
        include: [],
        references: [],
      }),
    );
    written.push(config);
    configs.push(config);
  }
  return {
    configs,
    files: projects.reduce((/** @type {number} */ all, /** @type {{ owned: string[] }} */ { owned }) => all + owned.length, 0),
  };
}

function walk(/** @type {string} */ at) {
  /** @type {string[]} */
  const files = [];
  for (const entry of readdirSync(at, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === '.git') continue;
    if (entry.isDirectory()) files.push(...walk(path.join(at, entry.name)));
    else files.push(path.join(at, entry.name));
  }
  return files;
}
