// @ts-check
/**
 * Where the measuring harness, the prepared repositories and the product are, for every script of this folder.
 * Nothing of a public repository is kept in this one: the harness is copied to a cache folder with its dependencies,
 * and bench/prepare.mjs puts the repositories beside it.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/** The folder of specgraph itself. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Where measurements keep what they need between runs. */
export const CACHE = process.env['SPECGRAPH_BENCH'] ?? path.join(os.homedir(), '.cache', 'specgraph-bench');

/** The prepared repositories: folders named as in the harness's corpus.json. */
export const TREES = (process.env['IMPACT_WORK'] ??= path.join(CACHE, 'trees'));

/** The built product: its entry, and the command that runs it. */
export const MAIN = path.join(ROOT, 'dist', 'src', 'cli', 'main.js');
export const PRODUCT = `${JSON.stringify(process.execPath)} ${JSON.stringify(MAIN)}`;

// What is measured through the command line is the graph; benches of search open the system themselves.
process.env['SPECGRAPH_EMBEDDER'] ??= 'none';

/** TypeScript 6, against which cold ingests are timed. */
export const TSC = path.join(ROOT, 'node_modules', 'typescript', 'lib', 'tsc.js');

export const REPOSITORIES = /** @type {const} */ (['ky', 'jotai', 'nestjs-boilerplate', 'apollo-server', 'hono', 'typeorm']);

/** Runs a command and fails loudly. */
export function run(/** @type {string} */ command, /** @type {import('node:child_process').SpawnSyncOptions} */ options = {}) {
  const result = spawnSync(command, { shell: true, encoding: 'utf8', maxBuffer: 1 << 30, ...options });
  if (result.status !== 0) throw new Error(`${command}\nexited ${result.status}\n${String(result.stderr ?? '').slice(-2000)}`);
  return String(result.stdout ?? '');
}

/** What the product makes of a folder: the lines of its dump. */
export function graphOf(/** @type {string} */ folder) {
  const work = mkdtempSync(path.join(os.tmpdir(), 'specgraph-bench-'));
  try {
    const store = JSON.stringify(path.join(work, 'graph.db'));
    run(`${PRODUCT} ingest ${JSON.stringify(folder)} --store ${store}`);
    const lines = run(`${PRODUCT} dump --store ${store}`).split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Builds the product and returns the folder of the harness, copied and installed once. */
export function openHarness() {
  if (!existsSync(MAIN)) run('npm run build', { cwd: ROOT, stdio: 'inherit' });
  const harness = path.join(CACHE, 'impact');
  if (!existsSync(path.join(harness, 'node_modules'))) {
    const source = process.env['IMPACT_HARNESS'] ?? path.resolve(ROOT, '..', 'shared', 'measure', 'impact');
    if (!existsSync(source)) throw new Error(`No harness at ${source}. Set IMPACT_HARNESS to the folder measure/impact.`);
    mkdirSync(CACHE, { recursive: true });
    cpSync(source, harness, { recursive: true });
    run('npm install --no-audit --no-fund', { cwd: harness, stdio: 'inherit' });
  }
  return harness;
}

/** The harness's own functions: the declaration naming and the repositories' configurations. */
export const harnessLibrary = () => import(pathToFileURL(path.join(openHarness(), 'lib', 'common.mjs')).href);

/**
 * The harness counts what `export default <expression>` holds to the module, where the graph has a declaration, `default`, of it.
 * Gives the harness's name of a declaration of a file of `tree`.
 */
export function createHarnessNames(/** @type {string} */ tree) {
  /** @type {Map<string, boolean>} */
  const exporting = new Map();
  return (/** @type {string} */ file, /** @type {string} */ declaration) => {
    if (declaration !== 'default') return declaration;
    let exports = exporting.get(file);
    if (exports === undefined) {
      const text = readFileSync(path.join(tree, file), 'utf8');
      exporting.set(file, (exports = /^export default (?!(?:async )?function\b|(?:abstract )?class\b)/m.test(text)));
    }
    return exports ? '<module>' : declaration;
  };
}

/** Folder of a prepared repository. */
export function treeOf(/** @type {string} */ name) {
  const tree = path.join(TREES, name);
  if (!existsSync(tree)) throw new Error(`${name} is not prepared in ${TREES}. Run: node bench/prepare.mjs ${name}`);
  return tree;
}

/**
 * The work tree of a public repository at a commit, with its history, made once in a folder: from `<mirrors>/<owner>+<name>/repo` where
 * there is one, else from GitHub. A mirror may lack a few large files.
 */
export function checkOut(
  /** @type {string} */ folder,
  /** @type {string} */ repository,
  /** @type {string} */ commit,
  /** @type {string} */ mirrors,
) {
  if (existsSync(folder)) return folder;
  const mirror = path.join(mirrors, repository.replace('/', '+'), 'repo');
  const source = mirrors !== '' && existsSync(mirror) ? mirror : `https://github.com/${repository}.git`;
  mkdirSync(path.dirname(folder), { recursive: true });
  const work = mkdtempSync(path.join(path.dirname(folder), '.new-'));
  run(`git clone --quiet --no-checkout ${JSON.stringify(source)} ${JSON.stringify(work)}`);
  run(`git checkout --quiet ${commit} || test "$(git rev-parse HEAD)" = ${commit}`, { cwd: work });
  renameSync(work, folder);
  return folder;
}

/**
 * The command line: names (else `all` of them), and options, each `--name VALUE`, or a flag where its default is false.
 * @template {Record<string, string | false>} O
 */
export function readArguments(/** @type {readonly string[]} */ all, /** @type {O} */ defaults) {
  /** @type {import('node:util').ParseArgsConfig['options']} */
  const options = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, { type: value === false ? 'boolean' : 'string', default: value }]),
  );
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  return {
    names: positionals.length > 0 ? positionals : all,
    .../** @type {{ [K in keyof O]: O[K] extends string ? string : boolean }} */ (values),
  };
}

/** Value of `--name VALUE` or `--name=VALUE`, for scripts that take options only. */
export function option(/** @type {string} */ name) {
  const at = process.argv.findIndex((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`));
  if (at === -1) return undefined;
  const argument = /** @type {string} */ (process.argv[at]);
  return argument.includes('=') ? argument.slice(argument.indexOf('=') + 1) : process.argv[at + 1];
}

export const readLines = (/** @type {string} */ file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

export const median = (/** @type {readonly number[]} */ values) => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
};

export const geometricMean = (/** @type {readonly number[]} */ values) =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

export const percent = (/** @type {number} */ part, /** @type {number} */ whole) =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`;
