// @ts-check
/**
 * node bench/conflicts.mjs [a|b|c|all|FOLDER] [--systems NAME,NAME] [--minimal] [--show]
 * Asks the built product for the contradictions of the labelled cases of bench/conflicts (their form: README.md there): each case is
 * its system with its edits, ingested anew; with a request only what touches the request counts. Prints recall, precision and both by
 * pair of layers. A contradiction is found when one reported conflict has all labelled members: the same file and overlapping lines,
 * or overlapping stretches of the request. Everything else that is reported is wrong, of the systems as they are as well.
 * `--systems` takes those systems only. `--minimal` asks the finder itself whether each reported set is inconsistent, and consistent without any one member; `--show`
 * prints what was missed and what is wrong. Exit code 1 below precision .90 or recall .80, or for a set that is not minimal.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { covers, layOut, placeOf, readCases } from './conflicts/cases.mjs';
import { ROOT } from './harness.mjs';

const BAR = { precision: 0.9, recall: 0.8 };

/**
 * @typedef {import('./conflicts/cases.mjs').Case} Case
 * @typedef {import('./conflicts/cases.mjs').Evidence} Evidence
 */

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    minimal: { type: 'boolean', default: false },
    show: { type: 'boolean', default: false },
    systems: { type: 'string' },
  },
});
const chosen = values.systems?.split(',');
/** @param {string} system */
const isChosen = (system) => chosen === undefined || chosen.includes(system);
const half = positionals[0] ?? 'all';
const folders = half === 'all' ? ['a', 'b'] : [half];

/** @param {string} file */
const built = (file) => import(pathToFileURL(path.join(ROOT, 'dist', file)).href);
const { openSystem } = await built('src/platform.js');
const { openStore } = await built('graph/store/registry.js');
const { sayingsIn } = await built('src/agent/constraints/read/sayings.js');
const { sayingsOfRequest } = await built('src/agent/constraints/read/request.js');
const { areConsistent, statementsOf } = await built('src/agent/constraints/contradictions.js');
const { parseRequest } = await built('src/agent/steps/parse.js');

const work = mkdtempSync(path.join(os.tmpdir(), 'specgraph-conflicts-'));
/** @type {Map<string, { labels: number, found: number, reported: number, right: number }>} */
const tally = new Map();
let notMinimal = 0;
let reportedSets = 0;
const started = Date.now();
try {
  for (const name of folders) {
    const folder = existsSync(name) ? path.resolve(name) : path.join(ROOT, 'bench', 'conflicts', name);
    if (!existsSync(path.join(folder, 'cases.jsonl'))) {
      console.log(`${name}: no cases`);
      continue;
    }
    await measure(name, folder);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

for (const [group, { labels, found, reported, right }] of tally)
  console.log(
    `${group.padEnd(28)} recall ${ratio(found, labels)} (${found}/${labels})  precision ${ratio(right, reported)} (${right}/${reported})`,
  );
if (values.minimal) console.log(`minimal: ${reportedSets - notMinimal} of ${reportedSets}`);
console.log(`${((Date.now() - started) / 1000).toFixed(1)} s`);
const all = tally.get('all');
if (!all || all.found / all.labels < BAR.recall || all.right / all.reported < BAR.precision || notMinimal > 0) process.exitCode = 1;

/** @param {string} name @param {string} folder */
async function measure(name, folder) {
  const systems = readdirSync(path.join(folder, 'systems')).filter(isChosen);
  for (const one of readCases(folder, systems)) {
    const { root, store } = layOut(work, folder, one);
    const system = await openSystem({ store });
    await system.ingest(root, { repo: one.system });
    /** @type {{ members: { evidence: Evidence }[], why: string }[]} */
    const conflicts = await system.conflicts(one.request === null ? {} : { request: one.request });
    await system.close();
    const places = one.members.map((member) => placeOf(root, one, member));
    const right = one.contradicts
      ? conflicts.filter(({ members }) => places.every((place) => members.some(({ evidence }) => covers(evidence, place))))
      : [];
    const pair = one.layers.join('-');
    for (const group of ['all', name, pair]) {
      const counts = tally.get(group) ?? { labels: 0, found: 0, reported: 0, right: 0 };
      counts.labels += one.contradicts ? 1 : 0;
      counts.found += right.length > 0 ? 1 : 0;
      counts.reported += conflicts.length;
      counts.right += right.length;
      tally.set(group, counts);
    }
    if (values.show) {
      if (one.contradicts && right.length === 0) console.log(`${one.id}: missed`);
      for (const wrong of conflicts.filter((conflict) => !right.includes(conflict))) {
        console.log(`${one.id}: wrong: ${wrong.why}`);
        for (const { evidence } of wrong.members)
          console.log(`    ${evidence.file}:${evidence.line} ${evidence.quote.replace(/\s+/g, ' ')}`);
      }
    }
    if (values.minimal && conflicts.length > 0) await checkMinimal(one, store, conflicts);
  }
}

/** @param {Case} one @param {string} store @param {{ members: { evidence: Evidence }[] }[]} conflicts */
async function checkMinimal(one, store, conflicts) {
  const opened = await openStore(store, { create: false });
  const reader = await opened.reader();
  const sayings = [...(await sayingsIn({ graph: { reader }, repo: one.system }))];
  if (one.request !== null)
    sayings.push(...sayingsOfRequest({ thread: 'request', text: one.request, file: 'request' }, parseRequest(one.request)));
  const statements = statementsOf(sayings);
  for (const { members } of conflicts) {
    reportedSets++;
    const own = members.map(({ evidence }) =>
      sayings.filter((saying) =>
        ['file', 'line', 'endLine', 'quote'].every((key) => saying.evidence[key] === /** @type {any} */ (evidence)[key]),
      ),
    );
    const isInconsistent = !areConsistent(own.flat(), statements);
    const isMinimal = own.every((_, index) => areConsistent(own.filter((__, at) => at !== index).flat(), statements));
    if (isInconsistent && isMinimal) continue;
    notMinimal++;
    console.log(
      `${one.id}: ${isInconsistent ? 'not minimal' : 'consistent'}: ${members.map(({ evidence }) => `${evidence.file}:${evidence.line}`).join(', ')}`,
    );
  }
  await reader[Symbol.asyncDispose]();
  await opened.close();
}

/** @param {number} part @param {number} whole */
function ratio(part, whole) {
  return whole === 0 ? '  - ' : (part / whole).toFixed(2);
}
