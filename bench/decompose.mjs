// @ts-check
/**
 * node bench/decompose.mjs [hono typeorm OWNER/NAME] [--mirrors FOLDER] [--measure FOLDER] [--all] [--words] [--show]
 * Feature → owned files: of features that public repositories really built, what share of the files that the commit changed is among the
 * first ten files that the plan's tasks own, most likely first? A request becomes a spec with one criterion, its own words; the grounding is
 * empty, so that what is measured is this step alone. Beside it, the first ten files of `search` for the same words.
 *
 * hono, typeorm (tuned on): requests and snapshots of bench/retrieval.mjs. The rule of choice: of each the first ten requests, in the order of
 * the file, that begin with a verb of making something (FEATURE); `--all` takes every such one.
 * OWNER/NAME (tuned on nothing): the newest ten features of its history, `--all` thirty, at the commit before them: newest-features.mjs.
 *
 * Counts: the program files (the bar), and, where the later history is at hand, every file that the commit really touched, tests and documents
 * too: those that were there, and all. Of the files owned: how many of the sure ones and of those to look at did change. Exit code 1 below the
 * bar, or where a plan breaks a rule.
 */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { CACHE, ROOT, checkOut as checkOutOnce, readLines, run } from './harness.mjs';
import { FEATURE, mirrorOf, newestFeatures } from './newest-features.mjs';
import { COMMITS, checkOut } from './retrieval-repositories.mjs';

const EACH = 10;
const EVERY = 30;
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
const { search } = await built('src/retrieval/search.js');

/** @typedef {{ id: string, repo: string, query: string, gold: string[] }} Request */
/** @typedef {{ query: string, gold: readonly string[], really?: readonly string[] | undefined, id: string }} Feature */
/** @typedef {import('../src/agent/model.ts').Plan} Plan */
/** What share of some files is among the first ten: of the plan, and of search. @typedef {{ plan: number, search: number } | undefined} Found */
/** @type {{ repo: string, gold: Found, all: Found, there: Found, tasks: number, owned: number }[]} */
const rows = [];
/** Of files that tasks own: what they are there as, and whether they did change. @type {{ repo: string, as: 'sure' | 'guess' | 'test' | 'new', changed: boolean }[]} */
const said = [];
let broken = 0;

for (const name of names) {
  const { folder, features } = subjectOf(name);
  const repo = name.replace('/', '-');
  const location = path.join(CACHE, 'decompose', `${repo}.db`);
  mkdirSync(path.dirname(location), { recursive: true });
  const embedder = values.words ? { use: 'none' } : undefined;
  const system = await openSystem({ store: location, ...(embedder ? { embedder } : {}) });
  const { replaced } = await system.ingest(folder, { repo });
  if (!values.words) await system.embed();
  await system.close();
  if (replaced > 0) console.error(`${name}: ${replaced} units stated`);
  const store = await openStore(location, { create: false });
  const vectors = createSharedEmbedder({ use: values.words ? 'none' : 'minilm' });
  await createCurrentGraph(store).use(async (/** @type {import('../src/current-graph.ts').PinnedGraph} */ graph) => {
    for (const { id, query, gold, really } of features) {
      const { spec } = readSpec(specOf(query), 'specs/feature.spec.yaml');
      const meant = async (/** @type {string} */ text) => (await vectors.vectorOf(graph.reader, text)).meant;
      const plan = /** @type {Plan} */ (
        await decompose(spec, { things: [], existing: [] }, { graph, meant, repo, root: folder, specs: 'specs' })
      );
      const question = { query, limit: FIRST, kinds: undefined, repo, given: undefined };
      const { files: plain } = /** @type {import('../src/retrieval/search.ts').SearchResult} */ (
        await search(graph, question, await meant(query))
      );
      const problems = problemsOf(plan);
      broken += problems.length;
      const owned = [...new Map(plan.tasks.flatMap(({ ownedFiles }) => ownedFiles.map((file) => [file.path, file]))).values()];
      owned.sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
      const first = owned.slice(0, FIRST).map((file) => file.path);
      const searched = plain.map((file) => file.path);
      const found = (/** @type {readonly string[] | undefined} */ wanted) =>
        wanted === undefined || wanted.length === 0 ? undefined : { plan: recall(first, wanted), search: recall(searched, wanted) };
      for (const { path: file, isNew, isGuess, reason } of really ? owned : []) {
        const as = /^(?:tests|the test) /.test(reason) ? 'test' : isNew ? 'new' : isGuess ? 'guess' : 'sure';
        said.push({ repo: name, as, changed: really?.includes(file) ?? false });
      }
      rows.push({
        repo: name,
        gold: found(gold),
        all: found(really),
        there: found(really?.filter((file) => existsSync(path.join(folder, file)))),
        tasks: plan.tasks.length,
        owned: owned.length,
      });
      if (values.show || problems.length > 0) {
        console.log(`\n${id} ${query}${problems.map((problem) => `\n  BROKEN ${problem}`).join('')}`);
        for (const task of plan.tasks) console.log(`  ${task.id} [${task.kind} ${task.size}] ${task.title}`);
        for (const { path: file, isNew, isGuess, score = 0, reason } of owned) {
          const mark = gold.includes(file) ? '*' : really?.includes(file) ? '+' : ' ';
          console.log(`    ${mark} ${score.toFixed(2)} ${isGuess ? 'look at' : isNew ? 'makes  ' : 'owns   '} ${file}: ${reason}`);
        }
        const files = owned.map((file) => file.path);
        for (const file of new Set([...gold, ...(really ?? [])]))
          if (!files.includes(file))
            console.log(
              `    missing ${gold.includes(file) ? '*' : '+'} ${existsSync(path.join(folder, file)) ? '' : '(not there) '}${file}`,
            );
      }
    }
  });
  await vectors.close();
  await store.close();
}

const mean = (/** @type {readonly number[]} */ numbers) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
const pair = (/** @type {readonly Found[]} */ founds) => {
  const known = founds.filter((each) => each !== undefined);
  if (known.length === 0) return '–';
  return `${mean(known.map(({ plan }) => plan)).toFixed(3)}; ${mean(known.map((each) => each.search)).toFixed(3)} (${known.length})`;
};
console.log('\nRecall at ten: of the plan; of search alone (features).');
console.log(
  '| repository | features | program files | all touched that were there | all touched | tasks | owned files |\n|---|---|---|---|---|---|---|',
);
for (const repo of names.length > 1 ? [...names, 'all'] : names) {
  const some = rows.filter((row) => repo === 'all' || row.repo === repo);
  if (some.length === 0) continue;
  const tasks = some.map((row) => row.tasks);
  const cells = [
    ...[repo, some.length, pair(some.map(({ gold }) => gold)), pair(some.map(({ there }) => there)), pair(some.map(({ all }) => all))],
    ...[`${mean(tasks).toFixed(1)} (at most ${Math.max(...tasks)})`, mean(some.map(({ owned }) => owned)).toFixed(1)],
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
console.log('\nShare of owned files that changed, and how many a feature has.');
console.log('| repository | sure | tests | new | to look at |\n|---|---|---|---|---|');
for (const repo of names.length > 1 ? [...names, 'all'] : names) {
  const some = said.filter((file) => repo === 'all' || file.repo === repo);
  const features = rows.filter((row) => (repo === 'all' || row.repo === repo) && row.all !== undefined).length;
  const cells = /** @type {const} */ (['sure', 'test', 'new', 'guess']).map((as) => {
    const own = some.filter((file) => file.as === as);
    return own.length === 0 ? '–' : `${mean(own.map(({ changed }) => Number(changed))).toFixed(2)} (${(own.length / features).toFixed(1)})`;
  });
  console.log(`| ${repo} | ${cells.join(' | ')} |`);
}
const reached = mean(rows.map(({ gold }) => gold?.plan ?? 0));
console.log(`\nrecall at 10: ${reached.toFixed(3)} (at least ${BAR}); rules broken: ${broken}`);
if (rows.length === 0 || reached < BAR || broken > 0) process.exitCode = 1;

/** Its work tree, and the features that it built after. @returns {{ folder: string, features: readonly Feature[] }} */
function subjectOf(/** @type {string} */ name) {
  if (COMMITS[name] === undefined) {
    const { commit, features } = newestFeatures(name, mirrorOf(values.mirrors, name), values.all ? EVERY : EACH);
    const folder = path.join(CACHE, 'features', `${name.replace('/', '+')}@${commit.slice(0, 12)}`);
    return { folder: checkOutOnce(folder, name, commit, values.mirrors), features };
  }
  const folder = checkOut(name, values.mirrors);
  const requests = /** @type {Request[]} */ (readLines(path.join(values.measure, 'queries.jsonl')));
  const changes = laterChanges(name);
  const features = requests.filter(({ repo, query }) => repo === name && FEATURE.test(query)).slice(0, values.all ? undefined : EACH);
  return {
    folder,
    features: features.map((feature) => ({
      ...feature,
      really: changes.find(({ subject }) => subject.toLowerCase().includes(feature.query.toLowerCase()))?.files,
    })),
  };
}

function recall(/** @type {readonly string[]} */ some, /** @type {readonly string[]} */ wanted) {
  return wanted.filter((file) => some.includes(file)).length / wanted.length;
}

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
  const mirror = mirrorOf(values.mirrors, repository);
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
