import type { Check, Found } from '../../../graph/query/findings/finding.ts';
import type { GraphReader } from '../../../graph/store/store.ts';
import { readTrees } from '../../../ingest/parse/tree.ts';
import { outdatedBy, tellOutdated, type Outdated } from './outdated.ts';
import { claimsOf } from './read-provenance.ts';
import { createSources, type Sources } from './source-texts.ts';

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
      const text = (await reader.text(repo, file))?.text;
      const tree = text === undefined ? undefined : readTrees(text, file).trees[0];
      if (!tree) continue;
      const sources = createSources({ reader, repo });
      for (const { claim, sources: cited } of claimsOf(tree))
        for (const { node: ref, file: at, quote, at: path } of cited) {
          if (ref === undefined || quote === undefined || ref.startsWith('note:')) continue;
          const node = await sources.node(ref);
          const outdated = node ? await outdatedBy(node, quote, sources) : await removed(at, quote, sources);
          if (!outdated) continue;
          const part = `${id}/${claim.split('/').at(-1) ?? ''}`;
          const isPart = (await reader.get([part])).has(part);
          found.push({
            id: isPart ? part : id,
            file,
            span: tree.spanOf(path),
            related: node ? [node.id] : [],
            message: `${claim.split('/').at(-1) ?? claim} rests on what has changed: ${tellOutdated(ref, outdated)}`,
          });
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
