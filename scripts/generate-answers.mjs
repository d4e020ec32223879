// @ts-check
/**
 * Puts real answers into documents: runs the commands (`$ …`) of their `console` blocks on a copy of the sample system, one copy
 * a document, and draws the diagrams that they order. Needs a fresh build: `npm run generate` sees to that. Given names of documents,
 * it looks after those alone.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { systemBeforeUploads } from './before-uploads.mjs';

const GUIDES = 'docs/guides';
const ALL = ['README.md', 'docs/reference/cli.md', ...readdirSync(GUIDES).map((name) => `${GUIDES}/${name}`)];
const DOCUMENTS = process.argv.length > 2 ? process.argv.slice(2) : ALL;
/** Begins before the feature that the sample is about. */
const STORY = `${GUIDES}/from-request-to-spec.md`;
const BLOCK = /^```console\n(?<text>[\s\S]*?)^```$/gm;
const MAIN = resolve('dist/src/cli/main.js');

// Below this repository, so that the sample finds what is installed here.
mkdirSync('dist', { recursive: true });
const folder = mkdtempSync(resolve('dist/.answers-'));
const env = {
  ...process.env,
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      ...['NAME', 'EMAIL'].map((what) => [`GIT_${who}_${what}`, 'sample@localhost']),
      // Answers name the commit: it has to be the same one everywhere.
      [`GIT_${who}_DATE`, '2026-01-01T00:00:00Z'],
    ]),
  ),
  // Processors round differently: ranks by meaning are no text to compare.
  SPECGRAPH_EMBEDDER: 'none',
  PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
  NO_COLOR: '1',
};
try {
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/specgraph'), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`, { mode: 0o755 });
  // What a team does in the story: no command of ours.
  writeFileSync(
    join(folder, 'bin/build-uploads'),
    `#!/bin/sh\nexec '${process.execPath}' '${resolve('scripts/before-uploads.mjs')}' build "$@"\n`,
    {
      mode: 0o755,
    },
  );
  const sample = join(folder, 'ingested');
  cpSync('examples/image-upload', sample, { recursive: true, filter: (path) => !/(?:node_modules|\.specgraph)$/.test(path) });
  writeFileSync(join(sample, '.gitignore'), 'node_modules/\n.specgraph/\n');
  commitAll(sample, 'The sample');
  run('specgraph ingest .', sample);
  const before = join(folder, 'before');
  systemBeforeUploads('examples/image-upload', before);
  commitAll(before, 'The system before uploads');

  for (const document of DOCUMENTS.filter((path) => existsSync(path))) {
    const cwd = join(folder, 'image-upload');
    cpSync(document === STORY ? before : sample, cwd, { recursive: true });
    const text = readFileSync(document, 'utf8');
    const answered = text.replace(BLOCK, (block, /** @type {string} */ within) => {
      const commands = within.split('\n').filter((line) => line.startsWith('$ '));
      const answers = commands.map((command) => `${command}\n${run(command.slice(2), cwd).trimEnd()}`.trimEnd());
      const made = `\`\`\`console\n${answers.join('\n\n')}\n\`\`\``;
      return withoutTimes(made) === withoutTimes(block) ? block : made;
    });
    if (answered !== text) writeFileSync(document, answered);
    if (answered.includes('<!-- specgraph diagram')) run(`specgraph diagram --write '${resolve(document)}'`, cwd);
    rmSync(cwd, { recursive: true, force: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {string} root
 * @param {string} message
 */
function commitAll(root, message) {
  for (const args of [
    ['init', '-q', '-b', 'main'],
    ['add', '.'],
    ['commit', '-q', '-m', message],
  ])
    execFileSync('git', args, { cwd: root, env });
}

/**
 * What a shell prints, both streams as they come.
 * @param {string} command
 * @param {string} cwd
 */
function run(command, cwd) {
  const { error, stdout } = spawnSync('sh', ['-c', `exec 2>&1; ${command}`], { cwd, env, encoding: 'utf8' });
  if (error) throw error;
  return stdout;
}

/** @param {string} text */
function withoutTimes(text) {
  return text.replaceAll(/\d+(?:\.\d+)? s\b/g, 'n s').replaceAll(/"milliseconds":\d+/g, '"milliseconds":0');
}
