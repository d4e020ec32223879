import { z } from 'zod';
import { PlatformError } from '../../graph/errors.ts';
import { compareEdges, EdgeType, type Edge, type EdgeIdentity } from '../../graph/model/edge.ts';
import type { EdgesAt } from './loaders.ts';
import { LIMITS } from './limits.ts';
import { pageInfoOf, pageSize, type PageInfo } from './pages.ts';

/** An edge, seen from one of its ends. */
export interface Neighbour {
  readonly cursor: string;
  readonly edge: Edge;
  /** Id of the other end. */
  readonly other: string;
}

export interface NeighbourPage {
  readonly totalCount: number | undefined;
  readonly edges: readonly Neighbour[];
  readonly pageInfo: PageInfo;
}

export interface NeighbourArguments {
  readonly types?: readonly EdgeType[] | null | undefined;
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** Pages by position in the order of edges, so that a cursor stays good when edges come and go. */
export function pageOfNeighbours(at: EdgesAt, otherEnd: 'from' | 'to', { types, first, after }: NeighbourArguments): NeighbourPage {
  const size = pageSize(first);
  const fitting = types ? at.edges.filter((edge) => types.includes(edge.type)) : at.edges;
  const last = typeof after === 'string' ? keyOf(after) : undefined;
  const rest = last ? fitting.filter((edge) => compareEdges(edge, last) > 0) : fitting;
  if (rest.length === 0 && at.truncated) {
    throw new PlatformError(
      'LIMIT_EXCEEDED',
      `This entity has more than ${LIMITS.edges} edges, of which only the first can be paged. Ask impact about it instead.`,
      { details: { limit: 'edges', allowed: LIMITS.edges } },
    );
  }
  const edges = rest.slice(0, size).map((edge): Neighbour => ({ cursor: cursorOf(edge), edge, other: edge[otherEnd] }));
  return {
    totalCount: at.truncated ? undefined : fitting.length,
    edges,
    pageInfo: pageInfoOf(edges, rest.length > size || at.truncated),
  };
}

const Cursor = z.tuple([z.string(), EdgeType, z.string(), z.string()]);

const cursorOf = ({ from, type, to, via }: EdgeIdentity): string =>
  Buffer.from(JSON.stringify([from, type, to, via ?? ''])).toString('base64url');

function keyOf(cursor: string): EdgeIdentity {
  try {
    const [from, type, to, via] = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { from, type, to, via };
  } catch (cause) {
    throw new PlatformError('BAD_INPUT', 'after is not a cursor of this connection. Give the endCursor of the page before.', { cause });
  }
}
