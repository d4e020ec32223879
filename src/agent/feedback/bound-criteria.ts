import { specPartId } from '../../../graph/model/id.ts';
import type { Spec } from '../../specs/spec.ts';
import type { Evidence, StepContext } from '../model.ts';
import type { CriterionBinding } from './feedback.ts';
import { quoteLine } from './quote-line.ts';

/** Which criteria and NFRs of a spec tests are bound to. */
export async function boundCriteria(
  spec: Pick<Spec, 'feature' | 'criteria' | 'nfrs'>,
  { graph: { reader }, repo }: StepContext,
): Promise<readonly CriterionBinding[]> {
  const bound: CriterionBinding[] = [];
  for (const part of [...spec.criteria, ...spec.nfrs]) {
    if ('priority' in part && part.priority === 'wont') continue;
    const edges = await reader.edges({ to: [specPartId(repo, spec.feature, part.id)], types: ['VERIFIES'] }, 1000);
    const nodes = await reader.get(edges.map(({ from }) => from));
    const [tests, leftOut]: [Evidence[], Evidence[]] = [[], []];
    for (const { from, sites } of edges) {
      const node = nodes.get(from);
      const stored = node?.file === undefined ? undefined : await reader.text(repo, node.file);
      if (!node || node.file === undefined || !stored) continue;
      const site = sites.find(({ file }) => file === undefined || file === node.file);
      const evidence = quoteLine(node.id, node.file, stored.text, site?.line ?? node.span?.line ?? 1, stored.commit);
      const isLeftOut = node.kind === 'TestCase' && (node.props.modifier === 'todo' || node.props.modifier === 'skip');
      (isLeftOut ? leftOut : tests).push(evidence);
    }
    const kinds = part.verify.map(({ kind }) => kind);
    const otherwise = kinds.length > 0 && !kinds.includes('test') ? kinds[0] : undefined;
    const { id, text } = part;
    bound.push({ id, text, level: tests.length > 0 ? 'L1' : 'L0', tests, leftOut, ...(otherwise === undefined ? {} : { otherwise }) });
  }
  return bound;
}
