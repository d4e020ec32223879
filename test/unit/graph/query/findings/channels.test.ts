import { describe, expect, it } from 'vitest';
import { findingsIn, foundIn, type Arrow } from './found-in.ts';

const used: Arrow = ['code:shop.ts#place', 'PUBLISHES', 'event:order.placed'];
const described: Arrow = ['api:events', 'CONTAINS', 'event:order.paid'];

describe('undocumented-channel', () => {
  it('names channels without a contract, where there are contracts', async () => {
    const received: Arrow = ['code:mail.ts#send', 'SUBSCRIBES', 'event:order.placed'];
    expect(await findingsIn([used, received, described])).toMatchObject([
      {
        code: 'undocumented-channel',
        id: 'shop//event:order.placed',
        file: 'mail.ts',
        related: ['shop//code:mail.ts#send', 'shop//code:shop.ts#place'],
      },
    ]);
  });

  it('is quiet where no channel is described, and where this one is', async () => {
    expect(await foundIn([used])).toEqual([]);
    expect(await foundIn([used, ['api:events', 'CONTAINS', 'event:order.placed']])).toEqual([]);
    expect(await foundIn([used, described, ['api:orders#POST /orders', 'PUBLISHES', 'event:order.placed']])).toEqual([]);
  });

  it('is quiet about channels that no code uses', async () => {
    expect(await foundIn([described, ['adr:0001', 'MENTIONS', 'event:order.lost']])).toEqual([]);
  });
});
