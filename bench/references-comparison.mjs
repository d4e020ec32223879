// @ts-check
/** Compares the references of a SCIP index with the sites of a graph's edges. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const MODULE = '<module>';

/**
 * @typedef {{ from: string, type: string, to: string, sites: readonly { line: number, col: number, file?: string }[] }} Edge
 * @typedef {{ file: string, line: number, col: number, from: string, targets: readonly string[], symbol: string, pos: number }} Reference
 *   One occurrence; `from` and `targets` are `file#declaration`.
 */

/** Runs scip-typescript over the oracle's tsconfig; returns the path of the index. */
export function indexWithScip(/** @type {string} */ harness, /** @type {any} */ base, /** @type {string} */ output) {
  const bin = path.join(harness, 'node_modules', '@sourcegraph', 'scip-typescript', 'dist', 'src', 'main.js');
  const { dir } = base.conf;
  const relative = path.relative(dir, base.cfgPath);
  const project = relative === 'tsconfig.json' ? '.' : relative;
  const args = ['--max-old-space-size=6000', bin, 'index', '--cwd', dir, '--output', output, '--no-progress-bar', project];
  const result = spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (result.status !== 0 || !existsSync(output))
    throw new Error(`scip-typescript failed: ${(result.stderr || result.stdout).slice(-800)}`);
  return output;
}

/**
 * Occurrences of non-local symbols that the repository defines, definitions excluded.
 * @returns {Reference[]}
 */
export function scipReferences(
  /** @type {string} */ harness,
  /** @type {any} */ base,
  /** @type {string} */ index,
  /** @type {any} */ enclosing,
) {
  const require = createRequire(path.join(harness, 'package.json'));
  const { scip } = require(path.join(harness, 'node_modules', '@sourcegraph', 'scip-typescript', 'dist', 'src', 'scip.js'));
  const { documents } = scip.Index.deserializeBinary(readFileSync(index));
  const sources = new Map(base.files.map((/** @type {any} */ file) => [base.rel(file.fileName), file]));
  /** @type {Reference[]} */
  const references = [];
  /** @type {Map<string, Set<string>>} */
  const definitions = new Map();
  for (const document of documents) {
    const source = sources.get(document.relative_path);
    if (!source) continue;
    const starts = source.getLineStarts();
    for (const { symbol, range, symbol_roles } of document.occurrences) {
      if (!symbol || symbol.startsWith('local ')) continue;
      const pos = starts[range[0]] + range[1];
      const from = `${document.relative_path}#${enclosing(base.ts, source, pos).name}`;
      // scip defines each file as a symbol at its first character: that is the module, not what happens to stand there
      const isFile = symbol.endsWith('/') && range[0] === 0 && range[1] === 0;
      if (symbol_roles & 1 && isFile) definitions.set(symbol, new Set([`${document.relative_path}#${MODULE}`]));
      else if (symbol_roles & 1) definitions.set(symbol, (definitions.get(symbol) ?? new Set()).add(from));
      else references.push({ file: document.relative_path, line: range[0] + 1, col: range[1] + 1, from, targets: [], symbol, pos });
    }
  }
  return references
    .filter(({ symbol }) => definitions.has(symbol))
    .map((reference) => ({ ...reference, targets: [.../** @type {Set<string>} */ (definitions.get(reference.symbol))] }));
}

/** `file#declaration` of a code id, or undefined for other things. */
const declarationOf = (/** @type {string} */ id, /** @type {NameOf} */ nameOf) => {
  const match = /\/\/code:([^#]*)(?:#(.*))?$/s.exec(id);
  return match ? `${match[1]}#${match[2] === undefined ? MODULE : nameOf(match[1] ?? '', match[2])}` : undefined;
};

/** @typedef {(file: string, declaration: string) => string} NameOf */

/** Keys (file, line, enclosing declaration, target) of every site that names its target; `nameOf` gives the names of declarations. */
export function edgeKeys(/** @type {Iterable<Edge>} */ edges, /** @type {NameOf} */ nameOf = (_, declaration) => declaration) {
  /** @type {Map<string, Set<string>>} */
  const keys = new Map();
  for (const edge of edges) {
    const from = declarationOf(edge.from, nameOf);
    const to = declarationOf(edge.to, nameOf);
    if (!from || !to || !NAMING.has(edge.type)) continue;
    for (const site of edge.sites) {
      const key = keyOf(site.file ?? from.slice(0, from.indexOf('#')), site.line, from, to);
      keys.set(key, (keys.get(key) ?? new Set()).add(edge.type));
    }
  }
  return keys;
}

export const keyOf = (/** @type {string} */ file, /** @type {number} */ line, /** @type {string} */ from, /** @type {string} */ to) =>
  `${file}:${line} ${from} -> ${to}`;

/** Edge types whose sites are places where the target is named. */
const NAMING = new Set([
  'IMPORTS', 'EXPORTS', 'RE_EXPORTS', 'CALLS', 'INSTANTIATES', 'REFERENCES', 'READS', 'WRITES', 'USES_TYPE', 'EXTENDS', 'IMPLEMENTS', 'ALIASES', 'DECORATES', 'INJECTS',
]); // prettier-ignore

/**
 * What of `references` the graph has; one key counts once. `self` counts references to the declaration that holds them,
 * such as parameters used in their own function.
 */
export function compareReferences(/** @type {readonly Reference[]} */ references, /** @type {ReadonlyMap<string, unknown>} */ keys) {
  const seen = new Set();
  const count = { total: 0, found: 0, self: 0, selfFound: 0 };
  /** @type {Reference[]} */
  const missing = [];
  for (const reference of references) {
    const candidates = reference.targets.map((target) => keyOf(reference.file, reference.line, reference.from, target));
    const key = candidates.join('|');
    if (seen.has(key)) continue;
    seen.add(key);
    const found = candidates.some((candidate) => keys.has(candidate));
    const self = reference.targets.includes(reference.from);
    count.total++;
    if (found) count.found++;
    else missing.push(reference);
    if (self) count.self++;
    if (self && found) count.selfFound++;
  }
  return { ...count, missing };
}
