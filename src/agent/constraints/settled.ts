import { findAll } from '../../../graph/query/find-all.ts';
import type { StepContext } from '../model.ts';

/** Of a decision that is about the record itself: it settles nothing, or nothing any more. */
const VOID = /^(?:superseded|rejected|deprecated|withdrawn|obsolete)/;

/** The decision records that name a conflict, by its id. One settles it by naming it; when a side changes, the id is another. */
export async function settlementsIn({
  graph: { reader },
  repo,
}: Pick<StepContext, 'graph' | 'repo'>): Promise<ReadonlyMap<string, string>> {
  const settled = new Map<string, string>();
  for (const { id, file, props } of await findAll(reader, { repo, kinds: ['Adr'] })) {
    const { status } = props as { readonly status?: unknown };
    if (file === undefined || (typeof status === 'string' && VOID.test(status))) continue;
    const stored = await reader.text(repo, file);
    for (const [conflict] of stored?.text.matchAll(/\bC-[0-9a-f]{8}\b/g) ?? []) if (!settled.has(conflict)) settled.set(conflict, id);
  }
  return settled;
}
