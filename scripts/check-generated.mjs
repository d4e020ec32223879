// @ts-check
/** Generates again and compares: a generated file that differs from what is in the work tree is stale. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['src/api/generated', 'docs/guides', 'docs/reference'];

const before = contents();
const { status } = spawnSync('npm', ['run', '--silent', 'generate'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: process.platform === 'win32',
});
if (status !== 0) throw new Error('`npm run generate` failed; see the messages above.');
const after = contents();

const stale = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
for (const path of stale) console.error(`stale: ${path}; \`npm run generate\` has just renewed it, commit it`);
process.exitCode = stale.length === 0 ? 0 : 1;

function contents() {
  const paths = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  );
  return new Map([...paths, 'README.md'].filter((path) => statSync(path).isFile()).map((path) => [path, readFileSync(path, 'utf8')]));
}
