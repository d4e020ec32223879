import type { Source, SourceFacts } from '../file-worker.ts';
import type { LinkKey } from '../keys.ts';
import { ContractFacts } from './contract-facts.ts';
import { childOf, References } from './references.ts';
import { memberOf, readTrees } from './tree.ts';

/**
 * Reads the document of a file that states a version under one of some names, and has its facts stated. Of a version that is not
 * read there is a diagnostic, which `advice` ends.
 */
export function readContract(
  source: Source,
  names: readonly string[],
  advice: string,
  state: (references: References, facts: ContractFacts, version: string) => readonly LinkKey[],
): SourceFacts {
  const { path, text } = source;
  const { trees, diagnostics } = readTrees(text, path);
  const nameIn = (value: unknown): string =>
    names.find((name) => memberOf(value, name) !== undefined && memberOf(value, name) !== null) ?? names.at(-1)!;
  const versionOf = (value: unknown): string | undefined => {
    const version = memberOf(value, nameIn(value));
    return typeof version === 'string' || typeof version === 'number' ? String(version) : undefined;
  };
  const tree = trees.find(({ value }) => versionOf(value) !== undefined);
  if (!tree) {
    return { nodes: [], edges: [], diagnostics: trees.length === 0 ? diagnostics : [] };
  }
  const references = new References(source, tree);
  const version = versionOf(tree.value)!;
  if (!/^[23](\.|$)/.test(version)) {
    const message = `States version ${version}; versions 2 and 3 are read.${advice}`;
    references.report('unsupported-version', 'error', message, childOf(references.root, nameIn(tree.value)));
    return { nodes: [], edges: [], diagnostics: [...diagnostics, ...references.diagnostics] };
  }
  const facts = new ContractFacts();
  const keys = state(references, facts, version);
  references.check();
  return { nodes: facts.nodes, edges: facts.edges, keys, diagnostics: [...diagnostics, ...references.diagnostics] };
}
