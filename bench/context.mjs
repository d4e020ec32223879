// @ts-check
/**
 * node bench/context.mjs [image-upload OWNER/NAME …] [--held] [--mirrors FOLDER] [--budget 4000] [--missing]
 * Context packs: of what 50 labelled questions need (bench/context/questions.jsonl, README.md beside it), how much is in a pack
 * of 4,000 tokens? A thing is there when a passage of its file has a line of its definition. And does every citation resolve
 * to the very bytes that are quoted, at the commit that it names? `--held`: the same of 24 questions that nothing was chosen on.
 *
 * Public repositories are checked out at the commit that was labelled, in the cache, from `<mirrors>/<owner>+<name>/repo` where that
 * has it, else from GitHub. Prints recall of each system with and without vectors; exit code 1 below the bar.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CACHE, ROOT, checkOut, readArguments, readLines } from './harness.mjs';

/** @typedef {{ path: string, name: string, line: number, endLine: number }} Needed */
/** @typedef {{ id: string, system: string, question: string, needed: Needed[] }} Question */
/** @typedef {import('../src/retrieval/context-pack.ts').ContextPack} Pack */

const BAR = 0.9;
/** The sample stands in this repository. */
const SAMPLE = 'image-upload';
/** What was labelled (README.md); a few large pictures and fonts of documenso may be missing from a mirror. */
const COMMITS = /** @type {Record<string, string>} */ ({
  'brocoders/nestjs-boilerplate': '9620f159eefe38f47747d02ab162852367c5472c',
  'documenso/documenso': '75330166cc00b29c14399bc2e391e4b4d8080c00',
  'formbricks/formbricks': 'b66c1dd978af618a0e402bd3343b456bed68594c',
  'FVJohnny/nestjs-microservices-template': '2a7b603ea156bc157f14af685fd742535ced8495',
});

const file = process.argv.includes('--held') ? 'questions-held.jsonl' : 'questions.jsonl';
const questions = /** @type {Question[]} */ (readLines(path.join(ROOT, 'bench', 'context', file)));
const { names, mirrors, budget, missing } = readArguments([...new Set(questions.map(({ system }) => system))], {
  held: false,
  mirrors: '',
  budget: '4000',
  missing: false,
});
const { openSystem } = await import(pathToFileURL(path.join(ROOT, 'dist', 'src', 'index.js')).href);

/** @type {{ system: string, model: boolean, recall: number }[]} */
const measured = [];
let citations = 0;
let wrong = 0;
for (const system of names) {
  const asked = questions.filter((question) => question.system === system);
  const root = treeOf(system);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'specgraph-context-'));
  const opened = /** @type {import('../src/system.ts').System} */ (await openSystem({ store: path.join(folder, 'graph.db') }));
  try {
    await opened.ingest(root);
    for (const model of [false, true]) {
      if (model && (await opened.embed()).embedded === 0) throw new Error('Nothing was embedded.');
      for (const { id, question, needed } of asked) {
        const pack = await opened.retrieve(question, { budget: Number(budget) });
        const found = needed.filter((each) => isIn(pack, each));
        measured.push({ system, model, recall: found.length / needed.length });
        if (model && missing)
          for (const each of needed) if (!found.includes(each)) console.log(`${id}: ${each.path}:${each.line} ${each.name}`);
        for (const passage of pack.passages) {
          citations++;
          if (!resolves(root, passage)) {
            wrong++;
            console.log(
              `${id}: ${passage.path}:${passage.line}-${passage.endLine} @ ${passage.commit ?? 'no commit'} is not what is quoted`,
            );
          }
        }
      }
    }
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

console.log(`| system | questions | needed things in ${budget} tokens | words alone (no model) |\n|---|---|---|---|`);
for (const system of [...names, 'all']) {
  const [words, all] = [false, true].map((model) =>
    measured.filter((each) => each.model === model && (system === 'all' || each.system === system)),
  );
  console.log(`| ${system} | ${all?.length} | ${mean(all).toFixed(3)} | ${mean(words).toFixed(3)} |`);
}
console.log(`\n${citations - wrong} of ${citations} citations resolve to the bytes that are quoted`);
const reached = mean(measured.filter(({ model }) => model));
if (!(reached >= BAR) || wrong > 0 || citations === 0) process.exitCode = 1;

function mean(/** @type {readonly { recall: number }[]} */ of = []) {
  return of.reduce((sum, { recall }) => sum + recall, 0) / of.length;
}

function isIn(/** @type {Pack} */ { passages }, /** @type {Needed} */ needed) {
  return passages.some(({ path: file, line, endLine }) => file === needed.path && line <= needed.endLine && endLine >= needed.line);
}

function resolves(/** @type {string} */ root, /** @type {Pack['passages'][number]} */ { path: file, line, endLine, commit, text }) {
  if (commit === undefined) return false;
  const whole = execFileSync('git', ['show', `${commit}:./${file}`], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  return (
    whole
      .split('\n')
      .slice(line - 1, endLine)
      .join('\n') === text
  );
}

/** A work tree with its history. */
function treeOf(/** @type {string} */ system) {
  if (system === SAMPLE) return path.join(ROOT, 'examples', SAMPLE);
  const commit = COMMITS[system];
  if (commit === undefined) throw new Error(`There are labels for ${SAMPLE}, ${Object.keys(COMMITS).join(' and ')} only.`);
  return checkOut(path.join(CACHE, 'context', system.replace('/', '+')), system, commit, mirrors);
}
