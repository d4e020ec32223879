import { KIND_CODE } from '../model/node.ts';
import type { Snapshot } from '../snapshot/csr.ts';

/** The module that contains a node, or the node itself when it is one; -1 when there is none. */
export function moduleOf({ kind, parent }: Snapshot, node: number): number {
  let at = node;
  while (at >= 0 && kind[at] !== KIND_CODE.Module) at = parent[at]!;
  return at;
}
