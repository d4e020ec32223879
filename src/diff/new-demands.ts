import { PlatformError } from '../../graph/errors.ts';
import { totalsOfItems, verdictOf } from '../../graph/query/answer.ts';
import type { ImpactedItem } from '../../graph/query/change.ts';
import { refOf } from '../../graph/model/id.ts';
import type { Node } from '../../graph/model/node.ts';
import { resolveTarget } from '../../graph/query/target.ts';
import type { GraphReader } from '../../graph/store/store.ts';
import type { MergedAnswer } from './merge-answers.ts';
import type { NewDemand } from './spec-changes.ts';

const CONFIDENCE = 0.8;

/** What is to be looked at because something is demanded of it now. Names that mean nothing, or several things, are left out. */
export async function impactOfDemands(reader: GraphReader, demands: readonly NewDemand[]): Promise<MergedAnswer> {
  const items: ImpactedItem[] = [];
  for (const { from, ref, file, line } of demands) {
    const node = await named(reader, ref);
    if (!node || node.id === from) continue;
    items.push({
      id: node.id,
      ref: refOf(node.id),
      kind: node.kind,
      file: node.file,
      declaration: node.id.includes('#') ? node.id.slice(node.id.indexOf('#') + 1) : refOf(node.id),
      line: node.span?.line,
      effect: 'review',
      distance: 1,
      tier: 'declared',
      confidence: CONFIDENCE,
      reason: `is what ${refOf(from).replace(/^spec:/, '')} demands something of now`,
      path: [{ from, to: node.id, edge: 'SPECIFIES', file, line, col: 1, tier: 'declared', confidence: CONFIDENCE, rule: 'new-demand' }],
    });
  }
  return { verdict: verdictOf(totalsOfItems(items), false), impacted: items, tests: [], unknown: [] };
}

async function named(reader: GraphReader, ref: string): Promise<Node | undefined> {
  try {
    return await resolveTarget(reader, ref, ['Service', 'Class', 'Api']);
  } catch (error) {
    if (error instanceof PlatformError && (error.code === 'TARGET_NOT_FOUND' || error.code === 'TARGET_AMBIGUOUS')) return undefined;
    throw error;
  }
}
