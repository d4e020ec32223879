// @ts-check
/**
 * node bench/decompose.mjs [hono typeorm] [--mirrors FOLDER] [--measure FOLDER] [--all] [--words] [--show]
 * Feature → owned files: of features that public repositories really built, what share of the files that the commit changed is among the
 * first ten files that the plan's tasks own, most likely first? Repositories and requests are those of bench/retrieval.mjs, at the commit
 * before all requests. The rule of choice: of each repository the first ten requests, in the order of the file, that begin with a verb of
 * making something (FEATURE); `--all` takes every such one. A request becomes a spec with one criterion, its own words; the grounding is
 * empty, so that what is measured is this step alone.
 *
 * Counts: the program files that the measure lists (the bar), and, where the later history is at hand, every file that the commit really
 * touched, tests and documents too: those that were there, and all. Exit code 1 below the bar, or where a plan breaks a rule.
 */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { CACHE, ROOT, readLines, run } from './harness.mjs';
import { COMMITS, checkOut } from './retrieval-repositories.mjs';

const FEATURE = /^(?:add|adds|feat|feature|support|supports|introduce|implement|allow|enable|provide)\b/i;
const EACH = 10;
const FIRST = 10;
const BAR = 0.6;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    mirrors: { type: 'string', default: '' },
    measure: { type: 'string', default: path.resolve(ROOT, '..', 'shared', 'measure', 'retrieval') },
    all: { type: 'boolean', default: false },
    words: { type: 'boolean', default: false },
    show: { type: 'boolean', default: false },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(COMMITS);
/** @param {string} file */
const built = (file) => import(pathToFileURL(path.join(ROOT, 'dist', file)).href);
const { openSystem } = await built('src/index.js');
const { openStore } = await built('graph/store/registry.js');
const { createCurrentGraph } = await built('src/current-graph.js');
const { createSharedEmbedder } = await built('src/retrieval/question-vector.js');
const { decompose } = await built('src/agent/steps/decompose.js');
const { readSpec } = await built('src/specs/read-spec.js');

/** @typedef {{ id: string, repo: string, query: string, gold: string[] }} Request */
/** @typedef {import('../src/agent/model.ts').Plan} Plan */
const requests = /** @type {Request[]} */ (readLines(path.join(values.measure, 'queries.jsonl')));
/** @type {{ repo: string, gold: number, all: number | undefined, there: number | undefined, tasks: number, owned: number }[]} */
const rows = [];
/** Of files that tasks own: how likely they were said to be to change, and whether they did. @type {{ score: number, changed: boolean, test: boolean }[]} */
const said = [];
let broken = 0;

for (const name of names) {
  const folder = checkOut(name, values.mirrors);
  const location = path.join(CACHE, 'decompose', `${name}.db`);
  mkdirSync(path.dirname(location), { recursive: true });
  const embedder = values.words ? { use: 'none' } : undefined;
  const system = await openSystem({ store: location, ...(embedder ? { embedder } : {}) });
  const { replaced } = await system.ingest(folder, { repo: name });
  if (!values.words) await system.embed();
  await system.close();
  if (replaced > 0) console.error(`${name}: ${replaced} units stated`);
  const store = await openStore(location, { create: false });
  const vectors = createSharedEmbedder({ use: values.words ? 'none' : 'minilm' });
  const features = requests.filter(({ repo, query }) => repo === name && FEATURE.test(query)).slice(0, values.all ? undefined : EACH);
  const changes = laterChanges(name);
  await createCurrentGraph(store).use(async (/** @type {import('../src/current-graph.ts').PinnedGraph} */ graph) => {
    for (const { id, query, gold } of features) {
      const { spec } = readSpec(specOf(query), 'specs/feature.spec.yaml');
      const meant = async (/** @type {string} */ text) => (await vectors.vectorOf(graph.reader, text)).meant;
      const plan = /** @type {Plan} */ (
        await decompose(spec, { things: [], existing: [] }, { graph, meant, repo: name, root: folder, specs: 'specs' })
      );
      const problems = problemsOf(plan);
      broken += problems.length;
      const owned = plan.tasks.flatMap(({ ownedFiles }) => ownedFiles).sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
      const files = [...new Set(owned.map((file) => file.path))];
      const first = files.slice(0, FIRST);
      const really = changes.find(({ subject }) => subject.toLowerCase().includes(query.toLowerCase()))?.files;
      const there = really?.filter((file) => existsSync(path.join(folder, file)));
      const recall = (/** @type {readonly string[]} */ wanted) => wanted.filter((file) => first.includes(file)).length / wanted.length;
      for (const { path: file, score = 0, reason } of really ? owned : []) {
        const tested = /^tests (.+)$/.exec(reason)?.[1];
        if (tested === undefined || really?.includes(tested))
          said.push({ score, changed: really?.includes(file) ?? false, test: tested !== undefined });
      }
      rows.push({
        repo: name,
        gold: recall(gold),
        all: really && recall(really),
        there: there && there.length > 0 ? recall(there) : undefined,
        tasks: plan.tasks.length,
        owned: files.length,
      });
      if (values.show || problems.length > 0) {
        console.log(`\n${id} ${query}${problems.map((problem) => `\n  BROKEN ${problem}`).join('')}`);
        for (const task of plan.tasks) console.log(`  ${task.id} [${task.kind} ${task.size}] ${task.title}`);
        console.log(
          files.map((file, at) => `    ${at + 1} ${gold.includes(file) ? '*' : really?.includes(file) ? '+' : ' '} ${file}`).join('\n'),
        );
        console.log(
          gold
            .filter((file) => !files.includes(file))
            .map((file) => `    missing ${file}`)
            .join('\n'),
        );
      }
    }
  });
  await vectors.close();
  await store.close();
}

const mean = (/** @type {readonly number[]} */ numbers) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
const cell = (/** @type {readonly (number | undefined)[]} */ numbers) => {
  const known = numbers.filter((each) => each !== undefined);
  return known.length === 0 ? '–' : `${mean(known).toFixed(3)} (${known.length})`;
};
console.log('\n| repository | features | recall at 10 | of all files touched that were there | of all touched | tasks | owned files |');
console.log('|---|---|---|---|---|---|---|');
for (const repo of [...names, 'all']) {
  const some = rows.filter((row) => repo === 'all' || row.repo === repo);
  const tasks = some.map((row) => row.tasks);
  const cells = [
    ...[repo, some.length, cell(some.map(({ gold }) => gold)), cell(some.map(({ there }) => there)), cell(some.map(({ all }) => all))],
    ...[`${mean(tasks).toFixed(1)} (at most ${Math.max(...tasks)})`, mean(some.map(({ owned }) => owned)).toFixed(1)],
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
const share = (/** @type {typeof said} */ some) => cell(some.map(({ changed }) => Number(changed)));
const programs = said.filter(({ test }) => !test);
console.log(
  `\nshare of owned files that changed, by score: from .9 ${share(programs.filter(({ score }) => score >= 0.9))}, from .6 ${share(programs.filter(({ score }) => score >= 0.6 && score < 0.9))}, below ${share(programs.filter(({ score }) => score < 0.6))}; tests whose file changed ${share(said.filter(({ test }) => test))}`,
);
const reached = mean(rows.map(({ gold }) => gold));
console.log(`\nrecall at 10: ${reached.toFixed(3)} (at least ${BAR}); rules broken: ${broken}`);
if (rows.length === 0 || reached < BAR || broken > 0) process.exitCode = 1;

function specOf(/** @type {string} */ query) {
  const feature = query
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
  return JSON.stringify({ feature, specVersion: '1.0', owner: 'bench', description: query, acceptance: [{ id: 'AC-1', text: query }] });
}

/** What may be in no plan, whatever it is for. */
function problemsOf(/** @type {Plan} */ { tasks }) {
  const problems = [];
  if (tasks.length === 0 || tasks.length > 4) problems.push(`${tasks.length} tasks for one criterion`);
  /** @type {Map<string, Set<string>>} */
  const before = new Map();
  for (const { id, dependsOn, ownedFiles, covers } of tasks) {
    if (ownedFiles.length === 0 || covers.length === 0) problems.push(`${id} has no file or criterion`);
    if (dependsOn.some((other) => !before.has(other))) problems.push(`${id} stands before what it depends on`);
    before.set(id, new Set(dependsOn.flatMap((other) => [other, ...(before.get(other) ?? [])])));
  }
  for (const [at, one] of tasks.entries())
    for (const other of tasks.slice(at + 1))
      if (!before.get(other.id)?.has(one.id) && one.ownedFiles.some((file) => other.ownedFiles.some((each) => each.path === file.path)))
        problems.push(`${one.id} and ${other.id} own one file at once`);
  return problems;
}

/** Commits after the one that is indexed, where the clone has them. */
function laterChanges(/** @type {string} */ name) {
  const [repository = '', commit = ''] = COMMITS[name] ?? [];
  const mirror = path.join(values.mirrors, repository.replace('/', '+'), 'repo');
  if (values.mirrors === '' || !existsSync(mirror)) return [];
  const log = run(`git -C ${JSON.stringify(mirror)} log --no-merges --no-renames --format=%x01%s --name-only ${commit}..HEAD`);
  return log
    .split('\u0001')
    .slice(1)
    .map((entry) => {
      const [subject = '', ...files] = entry.split('\n');
      return { subject, files: files.filter(Boolean) };
    });
}
