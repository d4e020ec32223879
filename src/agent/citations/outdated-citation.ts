import type { Check, Found } from '../../../graph/query/findings/finding.ts';
import type { Node } from '../../../graph/model/node.ts';
import type { Span } from '../../../graph/model/provenance.ts';
import type { GraphReader } from '../../../graph/store/store.ts';
import { readTrees } from '../../../ingest/parse/tree.ts';
import { outdatedBy, tellOutdated, type Outdated } from './outdated.ts';
import { claimsOf } from './read-provenance.ts';
import { createSources, type Sources } from './source-texts.ts';

/** A citation of a spec that does not hold any more. */
export interface OutdatedCitation {
  /** `NFR-P1`, `description`: what rests on it. */
  readonly part: string;
  /** Where the spec cites it. */
  readonly span: Span;
  /** What is cited, where it is there still. */
  readonly node?: Node;
  readonly message: string;
}

/** The citations of a spec that do not hold any more, in its order. What people said to the SpecAgent stays as it was said. */
export async function outdatedCitations(text: string, file: string, sources: Sources): Promise<readonly OutdatedCitation[]> {
  const tree = readTrees(text, file).trees[0];
  if (!tree) return [];
  const found: OutdatedCitation[] = [];
  for (const { claim, sources: cited } of claimsOf(tree))
    for (const { node: ref, file: at, quote, at: path } of cited) {
      if (ref === undefined || quote === undefined || ref.startsWith('note:')) continue;
      const node = await sources.node(ref);
      const outdated = node ? await outdatedBy(node, quote, sources) : await removed(at, quote, sources);
      if (!outdated) continue;
      const told = tellOutdated(ref, outdated);
      const part = claim.split('/').at(-1)?.replaceAll('~1', '/').replaceAll('~0', '~') ?? claim;
      const message = part === ref ? `The spec is bound by what has changed: ${told}` : `${part} rests on what has changed: ${told}`;
      found.push({ part, span: tree.spanOf(path), message, ...(node ? { node } : {}) });
    }
  return found;
}

/**
 * Specs of which something cited says something else by now. It stands here and not beside the checks of graph/query/findings, because it
 * reads the `provenance` of spec files and the lines that they cite, and graph/ can parse neither. It asks the graph alone, no Git.
 */
export const createOutdatedCitation = (reader: GraphReader): Check => ({
  code: 'outdated-citation',
  severity: 'warning',
  title: 'What a spec cites says something else now, is gone, or has been superseded.',
  async find({ nodes }) {
    const found: Found[] = [];
    for (const { id, repo, file, props } of await nodes('Spec')) {
      if (repo === undefined || file === undefined || props.format !== 'specgraph') continue;
      const text = (await reader.text(repo, file))?.text ?? '';
      for (const { part, span, node, message } of await outdatedCitations(text, file, createSources({ reader, repo }))) {
        const named = `${id}/${part}`;
        const about = (await reader.get([named])).has(named) ? named : id;
        found.push({ id: about, file, span, related: node ? [node.id] : [], message });
      }
    }
    return found;
  },
});

/** What is named nowhere any more, and whose words are not where they were, either. A wrong name alone is no change. */
async function removed(file: string | undefined, quote: string, { current }: Sources): Promise<Outdated | undefined> {
  if (file === undefined || (await current(file))?.includes(quote)) return undefined;
  return { because: 'removed', said: quote };
}
