import type { NodeId } from '../../graph/model/id.ts';
import type { Expr } from '../keys.ts';
import type { Linker } from './linker.ts';
import { createLinks } from './links.ts';

/** Names that are no words: `order.created`, `orders/eu`, `ORDER-EVENTS`. */
const DISTINCT = /[._/:-]/;

/** Constants that hold the names of channels to those channels: whoever drops a channel drops its name, too. */
export const channelNamesLinker: Linker = {
  name: 'channel-names',
  link(repo, keys) {
    const links = createLinks();
    const channels = new Map<string, NodeId>();
    for (const { repo: at, value } of keys.of('channel'))
      if (DISTINCT.test(value.address) && (at === repo || !channels.has(value.address))) channels.set(value.address, value.id);
    for (const { repo: at, file, value } of keys.of('value')) {
      if (at !== repo || !value.value || !value.at) continue;
      const [line, col] = value.at;
      for (const text of textsIn(value.value, 3)) {
        const to = channels.get(text);
        if (to !== undefined)
          links.edge({
            from: value.id,
            type: 'MAPS_TO',
            to,
            tier: 'heuristic',
            confidence: 0.9,
            rule: 'channel-constant',
            sites: [{ line, col, file }],
          });
      }
    }
    return links.done();
  },
};

function textsIn(expr: Expr, depth: number): readonly string[] {
  if (expr.is === 'text') return [expr.text];
  if (depth === 0) return [];
  if (expr.is === 'object') return Object.values(expr.entries).flatMap((entry) => textsIn(entry, depth - 1));
  return expr.is === 'list' ? expr.items.flatMap((item) => textsIn(item, depth - 1)) : [];
}
