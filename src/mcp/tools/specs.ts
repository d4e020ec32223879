import { z } from 'zod';
import { PlatformError } from '../../../graph/errors.ts';
import { parseId } from '../../../graph/model/id.ts';
import type { Node, NodeOf } from '../../../graph/model/node.ts';
import type { System } from '../../system.ts';
import { repo } from '../arguments.ts';
import { onPage, pageLine, paging } from '../page.ts';
import { specLine, specLines, viewSpecs } from '../spec-text.ts';
import { count, fenced } from '../text.ts';
import { standingOfSpec } from '../spec-standing.ts';
import { defineTool, joined, type McpContext } from '../tool.ts';

/** Specs of one graph. */
const MOST_SPECS = 10_000;

export const specs = defineTool({
  name: 'specs',
  description: 'Specs: where each stands, what is open, how much is tested; or one spec: criteria, tests that verify them, links.',
  input: z.strictObject({
    spec: z.string().min(1).max(500).optional().describe('feature or criterion: imageUpload, imageUpload/AC-1'),
    repo,
    ...paging(6),
  }),
  async answer({ spec, repo, ...order }, context) {
    const { system } = context;
    if (spec !== undefined) {
      const lines = await linesOfSpec(context, spec);
      const shown = onPage(lines, order);
      return joined(fenced(shown), pageLine(lines.length, shown.length, order));
    }
    const all = await listSpecs(system, repo);
    if (all.length === 0) return 'There are no specs. docs/reference/specs.md of specgraph describes the format.';
    const views = await viewSpecs(system, onPage(all, order));
    return joined(
      count(all.length, 'spec'),
      fenced(await Promise.all(views.map(async (view) => specLine(view, await standingOfSpec(context, view.spec))))),
      pageLine(all.length, views.length, order),
    );
  },
});

/** By id. */
export const listSpecs = async (system: System, repo?: string): Promise<readonly NodeOf<'Spec'>[]> =>
  (await system.find({ kinds: ['Spec'], ...(repo === undefined ? {} : { repo }) }, { limit: MOST_SPECS })).filter(isSpec);

/** What there is to say of the spec of that feature, or of one criterion. Throws as `resolve` does. */
export async function linesOfSpec(context: McpContext, name: string): Promise<readonly string[]> {
  const { system } = context;
  const id = parseId(name)?.scheme === 'spec' ? name : `spec:${name}`;
  const node = await system.resolve(id).catch(async (error: unknown) => {
    // `imageUpload/AC-2` is the second criterion of a spec whose criteria have no ids, as tests write it.
    const [, feature, number] = /^(.*)\/AC-([1-9]\d{0,3})$/s.exec(id) ?? [];
    if (feature === undefined) throw error;
    const [view] = await viewSpecs(system, [await system.resolve(feature)].filter(isSpec));
    const criterion = view?.parts.filter(({ kind }) => kind === 'AcceptanceCriterion')[Number(number) - 1];
    if (!criterion) throw error;
    return criterion;
  });
  const spec = isSpec(node) ? node : await specOf(system, node);
  const [view] = spec ? await viewSpecs(system, [spec]) : [];
  if (!view) throw new PlatformError('TARGET_NOT_FOUND', 'That is no spec.', { details: { target: name, suggestions: [] } });
  if (!isSpec(node)) return specLines(view, { part: view.parts.find((part) => part.id === node.id) });
  return specLines(view, { standing: await standingOfSpec(context, view.spec) });
}

const isSpec = (node: Node): node is NodeOf<'Spec'> => node.kind === 'Spec';

async function specOf(system: System, part: Node): Promise<NodeOf<'Spec'> | undefined> {
  const containers = (await system.edges({ to: [part.id] }, 1000)).filter(({ type }) => type === 'CONTAINS').map(({ from }) => from);
  return [...(await system.nodes(containers)).values()].find(isSpec);
}
