import { PlatformError } from '../../graph/errors.ts';
import { LIMITS } from './limits.ts';

/** A page in the form of Relay's connections. */
export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | undefined;
  readonly endCursor: string | undefined;
}

/** Returns `first` when a page may have that size. Throws `BAD_INPUT` or `LIMIT_EXCEEDED`. */
export function pageSize(first: number): number {
  if (first < 1) throw new PlatformError('BAD_INPUT', `first is ${first}; ask for at least 1.`);
  if (first > LIMITS.page) {
    throw new PlatformError('LIMIT_EXCEEDED', `first is ${first}; ask for at most ${LIMITS.page}, then for the next page with after.`, {
      details: { limit: 'page', allowed: LIMITS.page, found: first },
    });
  }
  return first;
}

/** A page of `size` items, read with one item more than that. `position` counts from 0 on this page. */
export function connectionOf<T>(read: readonly T[], size: number, cursorOf: (item: T, position: number) => string): Connection<T> {
  const nodes = read.slice(0, size);
  const edges = nodes.map((node, position) => ({ cursor: cursorOf(node, position), node }));
  return { edges, nodes, pageInfo: pageInfoOf(edges, read.length > size) };
}

export const pageInfoOf = (edges: readonly { readonly cursor: string }[], hasNextPage: boolean): PageInfo => ({
  hasNextPage,
  hasPreviousPage: false,
  startCursor: edges[0]?.cursor,
  endCursor: edges.at(-1)?.cursor,
});
