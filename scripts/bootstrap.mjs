// @ts-check
/**
 * Makes a work tree ready to run: installs when node_modules does not hold what the lockfile says, builds when dist/ is
 * not what the sources give. Needs nothing but Node and npm, so that `npm start` and `npm test` work on a fresh clone.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inRoot = (/** @type {string[]} */ ...parts) => join(root, ...parts);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`specgraph needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and run the same command again.`);
}

if (!isInstalled()) {
  run('Installing packages', 'npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']);
}
if (!process.argv.includes('--install-only')) buildWhenStale();

/** Compares content, not times: a checkout or a copied folder changes times without changing anything else. */
function isInstalled() {
  const installedLock = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    // Packages for other platforms are in the lockfile only.
    if (found === undefined) return entry.optional === true || entry.peer === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function buildWhenStale() {
  const stamp = inRoot('dist', '.sources');
  const hash = hashOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  // Built aside and swapped in, so that a failed build leaves the last good one and no output outlives its source.
  const fresh = inRoot('.cache', 'build');
  rmSync(fresh, { recursive: true, force: true });
  run('Building', process.execPath, [inRoot('node_modules', '@typescript', 'native', 'bin', 'tsc'), '-p', root, '--outDir', fresh]);
  writeFileSync(join(fresh, '.sources'), hash);
  rmSync(inRoot('dist'), { recursive: true, force: true });
  renameSync(fresh, inRoot('dist'));
}

function hashOfSources() {
  const hash = createHash('sha256');
  const files = ['graph', 'ingest', 'src']
    .filter((folder) => existsSync(inRoot(folder)))
    .flatMap((folder) => readdirSync(inRoot(folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
    .filter((path) => path.endsWith('.ts'))
    .sort();
  for (const path of [...files, 'tsconfig.json', 'package-lock.json']) hash.update(`${path}\0`).update(readFileSync(inRoot(path)));
  return hash.digest('hex');
}

/** @param {string} what @param {string} command @param {string[]} args */
function run(what, command, args) {
  const started = Date.now();
  process.stderr.write(`${what} ...`);
  mkdirSync(inRoot('.cache'), { recursive: true });
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) fail(`\n${what} failed: ${command} ${args.join(' ')}\n${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}`);
  process.stderr.write(` ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

/** @param {string} message @returns {never} */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
