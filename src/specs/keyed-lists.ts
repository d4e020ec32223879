import { isMap, isNode, isScalar, isSeq, type Document, type Node } from 'yaml';
import { contentOf } from './meaning/words.ts';
import { fingerprint } from './merge-values.ts';

/** Something in a list of a spec, known by what it is and not by where it stands. */
export interface KeyedItem {
  readonly key: string;
  readonly node: Node;
  readonly value: unknown;
}

/** What an item of each list is known by. */
const KEY_OF: Readonly<Record<string, (value: unknown) => string>> = {
  acceptance: (value) => textOf(value, 'id'),
  nfrs: (value) => textOf(value, 'id'),
  questions: (value) => textOf(value, 'id'),
  dependencies: (value) => textOf(value, 'target') || (typeof value === 'string' ? value.replace(/:\s.*$/s, '') : ''),
  links: (value) => `${textOf(value, 'rel')} ${textOf(value, 'target')}`.trim(),
  outOfScope: fingerprint,
  // Records of where things come from: each is added or removed as a whole.
  provenance: fingerprint,
};

export const isKeyed = (list: string): boolean => Object.hasOwn(KEY_OF, list);

function textOf(value: unknown, key: string): string {
  const text =
    typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : '';
  return typeof text === 'string' ? text : '';
}

/** The items of a list in order. Two of one key are told apart, so that neither is lost. */
export function keyedItems(document: Document, list: string, node: unknown): readonly KeyedItem[] {
  if (!isSeq(node)) return [];
  const times = new Map<string, number>();
  return node.items.flatMap((item) => {
    if (!isNode(item)) return [];
    const value: unknown = item.toJS(document, { maxAliasCount: 1000 });
    const named = KEY_OF[list]?.(value) ?? '';
    const key = named === '' ? fingerprint(value) : named;
    const time = (times.get(key) ?? 0) + 1;
    times.set(key, time);
    return [{ key: time === 1 ? key : `${key} (${time})`, node: item, value }];
  });
}

/** Names of a map in order, with what they name. */
export function membersOf(node: unknown): readonly (readonly [string, Node])[] {
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }) => (isScalar(key) && isNode(value) ? [[String(key.value), value] as const] : []));
}

/** How much the words of two texts agree, 0–1. */
export function likeness(a: string, b: string): number {
  const [left, right] = [new Set(contentOf(a)), new Set(contentOf(b))];
  const common = [...left].filter((word) => right.has(word)).length;
  return common / Math.max(1, left.size + right.size - common);
}

const LEAST_LIKENESS = 0.4;

/**
 * Parts that had no id got one from their text, so that one whose text changed looks like another. Each that is new takes the id of
 * the one that is gone and that it is most like. Returns what is renamed, by id.
 */
export function renamedParts(
  base: readonly { readonly id: string; readonly text: string }[],
  side: readonly { readonly id: string; readonly text: string; readonly hasId: boolean }[],
): ReadonlyMap<string, string> {
  const [before, now] = [new Set(base.map(({ id }) => id)), new Set(side.map(({ id }) => id))];
  const gone = base.filter(({ id }) => !now.has(id));
  const come = side.filter(({ id, hasId }) => !hasId && !before.has(id));
  const pairs = gone
    .flatMap((old) => come.map((fresh) => ({ old, fresh, like: likeness(old.text, fresh.text) })))
    .filter(({ like }) => like >= LEAST_LIKENESS)
    .toSorted((a, b) => b.like - a.like);
  const renamed = new Map<string, string>();
  const taken = new Set<string>();
  for (const { old, fresh } of pairs) {
    if (renamed.has(fresh.id) || taken.has(old.id)) continue;
    renamed.set(fresh.id, old.id);
    taken.add(old.id);
  }
  return renamed;
}
