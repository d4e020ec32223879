import { z } from 'zod';
import { PlatformError } from '../../graph/errors.ts';

/** Items that one answer may have. */
const MOST_ITEMS = 100;

/** The arguments of a tool whose answers come in pages of `usual` items. */
export const paging = (usual: number) => ({
  limit: z.int().min(1).max(MOST_ITEMS).default(usual),
  cursor: z.string().optional().describe('from the previous page'),
});

export interface PageOrder {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Items before the page that is asked for. Throws `BAD_INPUT` for a cursor that no answer gave. */
export function startOf({ cursor = '0' }: PageOrder): number {
  if (/^\d{1,6}$/.test(cursor)) return Number(cursor);
  throw new PlatformError('BAD_INPUT', 'No answer gave this cursor. Leave it out for the first page.', { details: { cursor } });
}

/** The items of a page. */
export const onPage = <T>(items: readonly T[], order: PageOrder): readonly T[] => items.slice(startOf(order), startOf(order) + order.limit);

/** How many there are in all, and how to get more; nothing when all are here. */
export function pageLine(total: number, shown: number, order: PageOrder): string {
  const start = startOf(order);
  const end = start + shown;
  if (shown === 0) return start === 0 ? '' : `Nothing after ${start}: there are ${total} in all.`;
  if (shown === total) return '';
  return `${start + 1}–${end} of ${total}; ${end < total ? `next: cursor "${end}"` : 'that is all'}`;
}
