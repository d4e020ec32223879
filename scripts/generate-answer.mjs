// @ts-check
/** Puts a real answer into README.md: the one `npm start` shows, from the built command line. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const QUESTION = ['impact', 'packages/storage/src/storage.ts#Storage.put', '--change', 'add-required-parameter'];
const START = '<!-- answer: written by npm run generate -->';
const END = '<!-- /answer -->';

const folder = mkdtempSync(join(tmpdir(), 'specgraph-answer-'));
try {
  specgraph('ingest', 'examples/image-upload');
  const answer = specgraph(...QUESTION);
  const readme = readFileSync('README.md', 'utf8');
  const [before, rest] = readme.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`README.md has no place for the answer: ${START} ... ${END}`);
  const block = `\`\`\`\n$ specgraph ${QUESTION.join(' ')}\n\n${answer.trimEnd()}\n\`\`\``;
  writeFileSync('README.md', `${before}${START}\n${block}\n${END}${after}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {...string} args */
function specgraph(...args) {
  const command = ['dist/src/cli/main.js', ...args, '--store', join(folder, 'graph.db')];
  return execFileSync(process.execPath, command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
