import DataLoader from 'dataloader';
import type { Edge } from '../../graph/model/edge.ts';
import type { Node } from '../../graph/model/node.ts';
import type { System } from '../system.ts';
import { LIMITS } from './limits.ts';

/** The edges at one end of a node, in order; `truncated` when it has more than `LIMITS.edges`. */
export interface EdgesAt {
  readonly edges: readonly Edge[];
  readonly truncated: boolean;
}

/** Reads of one request, collected into as few calls of the system as there are levels in the query. */
export interface Loaders {
  readonly node: DataLoader<string, Node | undefined>;
  readonly outgoing: DataLoader<string, EdgesAt>;
  readonly incoming: DataLoader<string, EdgesAt>;
}

const IDS_A_CALL = 1_000;

export function createLoaders(system: Pick<System, 'nodes' | 'edges'>): Loaders {
  return {
    node: new DataLoader(
      async (ids) => {
        const nodes = await system.nodes(ids);
        return ids.map((id) => nodes.get(id));
      },
      { maxBatchSize: IDS_A_CALL },
    ),
    outgoing: edgesLoader(system, 'from'),
    incoming: edgesLoader(system, 'to'),
  };
}

function edgesLoader(system: Pick<System, 'edges'>, end: 'from' | 'to'): DataLoader<string, EdgesAt> {
  /** One call for all, unless the limit cut the answer: then the halves are asked apart, down to single nodes. */
  const load = async (ids: readonly string[]): Promise<EdgesAt[]> => {
    const read = await system.edges({ [end]: ids }, LIMITS.edges + 1);
    const truncated = read.length > LIMITS.edges;
    if (truncated && ids.length > 1) {
      const middle = ids.length >> 1;
      return [...(await load(ids.slice(0, middle))), ...(await load(ids.slice(middle)))];
    }
    const grouped = new Map<string, Edge[]>(ids.map((id) => [id, []]));
    for (const edge of read) grouped.get(edge[end])?.push(edge);
    return ids.map((id) => ({ edges: grouped.get(id)!, truncated }));
  };
  return new DataLoader(load, { maxBatchSize: IDS_A_CALL });
}
