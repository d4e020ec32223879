// @ts-check
/**
 * node bench/adrs.mjs [OWNER/NAME[=FOLDER]…] [--cache FOLDER] [--mirrors FOLDER]
 * Reads the decision records of the public repositories in bench/adrs.json and holds status and supersession against what
 * a person read in them. A repository is a folder at the labelled commit, else the Markdown files of that commit, laid out
 * in the cache from `<mirrors>/<owner>+<name>/repo` where that has it, else from GitHub.
 *
 * Compared, for each record: that it is one; its status, where `approved` is the product's `accepted`, and a word that is
 * none of the five is kept as written; which records replace it as a whole (SUPERSEDES); that each record that amends it,
 * or replaces a part of it, refines it (REFINES; more of these may be found). Exit code 1 where one differs.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { CACHE, ROOT, graphOf, readArguments, run } from './harness.mjs';

/**
 * @typedef {{ path: string, status: string | null, supersedes: string[], supersededBy: string[], amends?: string[],
 *   amendedBy?: string[], partlySupersedes?: string[], partlySupersededBy?: string[] }} Label
 * @typedef {{ repository: string, commit: string, adrs: Label[] }} Labelled
 */

const { names, cache, mirrors } = readArguments([], { cache: path.join(CACHE, 'adrs'), mirrors: '' });
const folders = new Map(names.map((name) => /** @type {[string, string]} */ (name.split('='))));
/** @type {Labelled[]} */
const labelled = JSON.parse(readFileSync(path.join(ROOT, 'bench', 'adrs.json'), 'utf8')).repositories;
const chosen = labelled.filter(({ repository }) => folders.size === 0 || folders.has(repository));

let records = 0;
let wrong = 0;
/** @type {Map<string, ReturnType<typeof readGraph>>} */
const graphs = new Map();
for (const { repository, commit, adrs } of chosen) {
  const graph = graphs.get(repository) ?? readGraph(folders.get(repository) ?? checkOut(repository, commit));
  graphs.set(repository, graph);
  const problems = adrs.flatMap((label) => problemsOf(label, graph, adrs));
  records += adrs.length;
  wrong += problems.length;
  console.log(`${repository}: ${adrs.length} records, ${problems.length} differences`);
  for (const problem of problems) console.log(`  ${problem}`);
}
console.log(`all: ${records} records, ${wrong} differences`);
if (wrong > 0 || records === 0) process.exitCode = 1;

/** A folder with the Markdown files of a commit. */
function checkOut(/** @type {string} */ repository, /** @type {string} */ commit) {
  const name = repository.replace('/', '+');
  const folder = path.join(cache, `${name}@${commit.slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  const mirror = path.join(mirrors, name, 'repo');
  const clone = mirrors !== '' && existsSync(mirror) ? mirror : path.join(cache, `${name}.git`);
  mkdirSync(cache, { recursive: true });
  if (!existsSync(clone)) run(`git clone --quiet --bare https://github.com/${repository}.git ${JSON.stringify(clone)}`);
  const laidOut = mkdtempSync(path.join(cache, 'new-'));
  run(`git -C ${JSON.stringify(clone)} archive ${commit} -- ':(glob)**/*.md' | tar -x -C ${JSON.stringify(laidOut)}`);
  renameSync(laidOut, folder);
  return folder;
}

/** Records by file, and edges between them as files. */
function readGraph(/** @type {string} */ folder) {
  const facts = graphOf(folder);
  /** @type {Map<string, { file: string, status?: string }>} */
  const records = new Map();
  for (const { node } of facts) if (node?.kind === 'Adr') records.set(node.id, { file: node.file, status: node.props.status });
  const edges = facts.flatMap(({ edge }) =>
    edge && records.has(edge.from) && records.has(edge.to)
      ? [`${records.get(edge.from)?.file} ${edge.type} ${records.get(edge.to)?.file}`]
      : [],
  );
  return { records: new Map([...records.values()].map((record) => [record.file, record])), edges: new Set(edges) };
}

function problemsOf(/** @type {Label} */ label, /** @type {ReturnType<typeof readGraph>} */ graph, /** @type {readonly Label[]} */ all) {
  const record = graph.records.get(label.path);
  if (!record) return [`${label.path}: is no record`];
  const expected = label.status === 'approved' ? 'accepted' : label.status;
  const problems = (record.status ?? null) === expected ? [] : [`${label.path}: status is ${record.status}, not ${expected}`];
  for (const { path: other } of all) {
    const replaces = graph.edges.has(`${label.path} SUPERSEDES ${other}`);
    if (replaces !== label.supersedes.includes(other))
      problems.push(`${label.path}: ${replaces ? 'supersedes' : 'does not supersede'} ${other}`);
  }
  for (const other of [...(label.amends ?? []), ...(label.partlySupersedes ?? [])])
    if (!graph.edges.has(`${label.path} REFINES ${other}`)) problems.push(`${label.path}: does not refine ${other}`);
  return problems;
}
