import { describe, expect, it } from 'vitest';
import type { LinkKey } from '../../../../ingest/keys.ts';
import { historyLinker } from '../../../../ingest/link/history.ts';
import { keysOf } from '../link-keys.ts';

const changed = (path: string, changes: number): LinkKey => ({
  key: 'history',
  module: `shop//code:${path}`,
  changes,
  authors: ['Ada', 'Bo'],
});
const declared = (path: string): LinkKey => ({ key: 'declares', module: `shop//code:${path}`, exported: [], internal: [] });

describe('the history linker', () => {
  it('says of modules that there are how often they changed, and by whom', () => {
    const { nodes, edges } = historyLinker.link(
      'shop',
      keysOf({ '': [changed('src/cart.ts', 12), changed('src/gone.ts', 99)], 'src/cart.ts': [declared('src/cart.ts')] }),
    );
    expect(nodes).toMatchObject([
      {
        id: 'shop//code:src/cart.ts',
        kind: 'Module',
        name: 'cart.ts',
        file: 'src/cart.ts',
        props: { changes: 12, authors: ['Ada', 'Bo'] },
      },
    ]);
    expect(edges).toEqual([]);
  });

  it('says nothing of the modules of other repositories', () => {
    const keys = keysOf({ '': [changed('a.ts', 1)], 'a.ts': [declared('a.ts')] });
    expect(historyLinker.link('other', keys).nodes).toEqual([]);
  });
});
