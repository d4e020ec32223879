import { describe, expect, it } from 'vitest';
import { findingsIn, foundIn, type Arrow } from './found-in.ts';

const COLUMNS = ['id', 'status', 'legacy', 'user_id'].map((name): Arrow => ['table:orders', 'CONTAINS', `table:orders.${name}`]);
const USES: readonly Arrow[] = [
  ['code:db.ts#find', 'QUERIES', 'table:orders.status'],
  ['table:orders.user_id', 'DEPENDS_ON', 'table:users.id'],
];
const KEY = { 'table:orders.id': { primaryKey: true } };

describe('unread-column', () => {
  it('names columns that no code uses, of tables that code uses by column', async () => {
    expect(await findingsIn([...COLUMNS, ...USES], KEY)).toMatchObject([
      { code: 'unread-column', severity: 'info', id: 'shop//table:orders.legacy', message: expect.stringContaining('table:orders.legacy') },
    ]);
  });

  it('is quiet about tables that code uses as a whole', async () => {
    expect(await foundIn(COLUMNS)).toEqual([]);
    expect(await foundIn([...COLUMNS, ['code:db.ts#find', 'QUERIES', 'table:orders']])).toEqual([]);
  });

  it('is quiet about tables whose rows code hands on as they are', async () => {
    expect(await foundIn([...COLUMNS, ...USES, ['code:db.ts#all', 'QUERIES', 'table:orders', ['spread']]], KEY)).toEqual([]);
    expect(await foundIn([...COLUMNS, ...USES, ['code:db.ts#all', 'QUERIES', 'table:orders']], KEY)).toEqual([
      'unread-column table:orders.legacy',
    ]);
  });

  it.each(['updatedAt', 'created_at', 'deleted_on'])('leaves %s to the database and its mapper', async (name) => {
    expect(
      await foundIn([...COLUMNS, ...USES, ['table:orders', 'CONTAINS', `table:orders.${name}`]], {
        ...KEY,
        'table:orders.legacy': { default: '1' },
      }),
    ).toEqual([]);
  });

  it('is quiet about what the database fills, keys of both ends, and fields that map to a column', async () => {
    const made = { ...KEY, 'table:orders.legacy': { default: 'now()' } };
    expect(await foundIn([...COLUMNS, ...USES], made)).toEqual([]);
    expect(await foundIn([...COLUMNS, ...USES, ['table:lines.order', 'DEPENDS_ON', 'table:orders.legacy']], KEY)).toEqual([]);
    expect(await foundIn([...COLUMNS, ...USES, ['code:order.ts#Order.legacy', 'MAPS_TO', 'table:orders.legacy']], KEY)).toEqual([]);
  });
});
