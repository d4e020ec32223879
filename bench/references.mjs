// @ts-check
/**
 * Bar 3. node bench/references.mjs [REPOSITORY…] [--examples N]
 * Of the occurrences of non-local symbols that scip-typescript finds and the repository defines, how many has the graph?
 * Keyed by (file, line, enclosing declaration, target declaration), as the harness names declarations.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PRODUCT, createHarnessNames, harnessLibrary, openHarness, percent, readArguments, run, treeOf } from './harness.mjs';
import { compareReferences, edgeKeys, indexWithScip, keyOf, scipReferences } from './references-comparison.mjs';

const harness = openHarness();
const { enclosing, openBase, repoConf } = await harnessLibrary();
const { names, examples: wanted } = readArguments(['ky', 'jotai', 'nestjs-boilerplate'], { examples: '5' });
const examples = Number(wanted);
let failed = false;
for (const name of names) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'specgraph-references-'));
  const base = openBase(repoConf(name));
  try {
    const references = scipReferences(harness, base, indexWithScip(harness, base, path.join(folder, 'index.scip')), enclosing);
    if (path.basename(base.cfgPath) === 'tsconfig.oracle.json') rmSync(base.cfgPath); // the harness's, not the repository's
    run(`${PRODUCT} ingest ${JSON.stringify(treeOf(name))} --repo ${name} --store graph.db`, { cwd: folder });
    run(`${PRODUCT} dump --store graph.db > dump.jsonl`, { cwd: folder });
    const keys = edgeKeys(readEdges(path.join(folder, 'dump.jsonl')), createHarnessNames(treeOf(name)));
    const { total, found, missing, self, selfFound } = compareReferences(references, keys);
    const [others, othersFound] = [total - self, found - selfFound];
    console.log(`${name}: ${othersFound} of ${others} references of scip-typescript are in the graph: ${percent(othersFound, others)}`);
    console.log(
      `  and ${selfFound} of ${self} from a declaration to itself (its own parameters, recursion); all together ${percent(found, total)}`,
    );
    const serious = missing.filter(({ from, targets }) => !targets.includes(from));
    for (const { file, line, from, targets } of serious.slice(0, examples))
      console.log(`  missing ${file}:${line} ${from} -> ${targets.join(' | ')}`);
    reportMore(base, references, keys);
    failed ||= othersFound < 0.99 * others;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exit(failed ? 1 : 0);

/** What the graph has and scip-typescript lacks, in the files that both have seen. */
function reportMore(
  /** @type {any} */ base,
  /** @type {ReturnType<typeof scipReferences>} */ references,
  /** @type {ReturnType<typeof edgeKeys>} */ keys,
) {
  const files = new Set(base.files.map((/** @type {any} */ file) => base.rel(file.fileName)));
  const known = new Set(references.flatMap(({ file, line, from, targets }) => targets.map((target) => keyOf(file, line, from, target))));
  /** @type {Map<string, string[]>} */
  const more = new Map();
  for (const [key, types] of keys) {
    const inBoth = files.has(key.slice(0, key.search(/:\d+ /)));
    if (inBoth && !known.has(key)) for (const type of types) more.set(type, [...(more.get(type) ?? []), key]);
  }
  for (const [type, found] of [...more].sort((a, b) => b[1].length - a[1].length)) {
    const step = Math.ceil(found.length / examples);
    console.log(`  more than scip-typescript: ${found.length} ${type}, such as`);
    for (const key of found.filter((_, index) => index % step === 0)) console.log(`    ${key}`);
  }
}

function readEdges(/** @type {string} */ file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => JSON.parse(line).edge ?? []);
}
