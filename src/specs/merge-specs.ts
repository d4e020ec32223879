import { Document, isMap, isScalar, isSeq, visit, YAMLMap, YAMLSeq, type Node, type Pair } from 'yaml';
import { parseSpec, settle, writeSpec } from './format-spec.ts';
import { isKeyed, keyedItems, membersOf, renamedParts, type KeyedItem } from './keyed-lists.ts';
import { isSame, mergeItem, type Merged } from './merge-values.ts';
import { readSpec } from './read-spec.ts';
import type { Spec } from './spec.ts';
import { compareVersions, versionOf } from './version.ts';

/** Something that both sides changed, differently; the text has both. */
export interface Conflict {
  /** `AC-1`, or what of the spec as a whole it is: `description`. */
  readonly part: string;
  readonly kind: 'both-changed' | 'removed-by-ours' | 'removed-by-theirs';
}

export interface MergedSpec {
  /** With conflict markers where there are conflicts: no spec that could be approved. */
  readonly text: string;
  readonly conflicts: readonly Conflict[];
}

/**
 * Merges two versions of a spec that come from one. Parts are known by their ids, wherever they stand; what only one side changed is
 * taken from it, and what both changed apart from each other is joined. An empty base is none. A side that is no readable spec makes
 * one conflict of the whole.
 */
export function mergeSpecs(base: string, ours: string, theirs: string): MergedSpec {
  const before = base.trim() === '' ? undefined : opened(base);
  const [left, right] = [opened(ours, before?.spec), opened(theirs, before?.spec)];
  if (!left || !right || (base.trim() !== '' && !before))
    return { text: `${START}${ended(ours)}${MIDDLE}${ended(theirs)}${END}`, conflicts: [{ part: 'spec', kind: 'both-changed' }] };
  const merge = createMerge(left.document);
  merge.members(before?.document, left.document, right.document);
  const text = merge.written();
  return { text: ours.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text, conflicts: merge.conflicts };
}

const [START, MIDDLE, END] = ['<<<<<<< ours\n', '=======\n', '>>>>>>> theirs\n'];
const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

interface Opened {
  readonly document: Document;
  readonly spec: Spec;
}

/** A version with an id for every part; where a part had none, that of the part of the base which it was. */
function opened(text: string, base?: Spec): Opened | undefined {
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const file = readSpec(plain, 'spec.yaml');
  const isBroken = file.diagnostics.some(({ code }) =>
    ['parse-failure', 'too-large', 'several-specs', 'duplicate-key', 'merge-conflict'].includes(code),
  );
  if (!file.spec || isBroken) return undefined;
  const spec = base ? withIdsOf(base, file.spec) : file.spec;
  const document = withoutAliases(parseSpec(plain));
  settle(document, file, spec);
  return { document, spec };
}

function withIdsOf(base: Spec, spec: Spec): Spec {
  const named = <P extends { readonly id: string; readonly text: string; readonly hasId: boolean }>(
    before: readonly P[],
    now: readonly P[],
  ): P[] => {
    const renamed = renamedParts(before, now);
    return now.map((part) => ({ ...part, id: renamed.get(part.id) ?? part.id }));
  };
  return {
    ...spec,
    criteria: named(base.criteria, spec.criteria),
    nfrs: named(base.nfrs, spec.nfrs),
    questions: named(base.questions, spec.questions),
  };
}

/** What an anchor names, written out where it is named: parts of two documents come together. */
function withoutAliases(document: Document): Document {
  visit(document, {
    Alias: (_, alias) => {
      const copy = alias.resolve(document)?.clone() as Node | undefined;
      if (copy && 'anchor' in copy) delete copy.anchor;
      return copy;
    },
  });
  visit(document, {
    Node: (_, node) => {
      if ('anchor' in node) delete node.anchor;
    },
  });
  return document;
}

type Written = { readonly node: Node } | { readonly conflict: number };

/** One merge, written into the document of our side. */
function createMerge(document: Document) {
  const conflicts: Conflict[] = [];
  /** The two sides of each conflict, as lines without indent; for a list item or for a member of a map. */
  const sides: { readonly ours: string; readonly theirs: string }[] = [];

  const clash = (part: string, ours: string, theirs: string): number => {
    conflicts.push({ part, kind: ours === '' ? 'removed-by-ours' : theirs === '' ? 'removed-by-theirs' : 'both-changed' });
    sides.push({ ours, theirs });
    return sides.length - 1;
  };

  function members(base: Document | undefined, ours: Document, theirs: Document): void {
    const [b, o, t] = [base, ours, theirs].map((side) => new Map(membersOf(side?.contents)));
    const root = ours.contents;
    if (!isMap(root)) return;
    const keys = orderOf([...b!.keys()], [...o!.keys()], [...t!.keys()]);
    const pairs = new Map(root.items.map((pair) => [String(pair.key), pair]));
    const theirPairs = new Map(isMap(theirs.contents) ? theirs.contents.items.map((pair) => [String(pair.key), pair]) : []);
    const merged: Pair[] = [];
    for (const key of keys) {
      const pair = pairs.get(key) ?? theirPairs.get(key);
      if (!pair) continue;
      const nodes = [b!.get(key), o!.get(key), t!.get(key)] as const;
      if (key === 'nfrs') pair.value = nfrs([base, ours, theirs], nodes);
      else if (isKeyed(key) && nodes.every((node) => node === undefined || isSeq(node) || (isScalar(node) && node.value === null)))
        pair.value = list(key, [base, ours, theirs], nodes);
      else pair.value = member(key, [base, ours, theirs], nodes);
      if (pair.value !== undefined) merged.push(pair);
    }
    // A conflict takes lines of its own.
    if (sides.length > 0) root.flow = false;
    root.items = merged;
  }

  type Sides<T> = readonly [base: T | undefined, ours: T | undefined, theirs: T | undefined];

  function member(key: string, documents: Sides<Document>, nodes: Sides<Node>): Node | undefined {
    const [b, o, t] = nodes.map((node, index): unknown => (node && documents[index] ? node.toJS(documents[index]) : undefined));
    const merged = key === 'specVersion' ? newer(b, o, t) : mergeItem(b, o, t);
    if (merged.take === 'conflict') {
      if (key === 'generated') return nodes[1] ?? nodes[2];
      const pairOf = (node: Node | undefined, value: unknown): string =>
        value === undefined ? '' : rendered(mapOf(key, withMembers(node, value, undefined)));
      return placeholder(clash(key, pairOf(nodes[1], merged.ours), pairOf(nodes[2], merged.theirs)));
    }
    return chosen(merged, nodes[0], nodes[1], nodes[2]);
  }

  /** Of two versions of a part, the one that was taken, or both joined. */
  function chosen(
    merged: Exclude<Merged, { readonly take: 'conflict' }>,
    base: Node | undefined,
    ours: Node | undefined,
    theirs: Node | undefined,
  ): Node | undefined {
    if (merged.take === 'both') return withMembers(ours, merged.value, theirs);
    if (merged.take === 'theirs') return theirs;
    // Nothing that is said changed: then comments and form of the side that changed them.
    const isAsBefore = base && ours && theirs && rendered(ours) === rendered(base);
    return isAsBefore && rendered(theirs) !== rendered(base) ? theirs : ours;
  }

  function items(name: string, parts: Sides<readonly KeyedItem[]>): readonly (Written & { readonly key: string })[] {
    const [b, o, t] = parts.map((list) => new Map((list ?? []).map((item) => [item.key, item])));
    return orderOf([...b!.keys()], [...o!.keys()], [...t!.keys()]).flatMap((key): readonly (Written & { readonly key: string })[] => {
      const [was, is, other] = [b!.get(key), o!.get(key), t!.get(key)];
      const merged = mergeItem(was?.value, is?.value, other?.value);
      if (merged.take !== 'conflict') {
        const node = chosen(merged, was?.node, is?.node, other?.node);
        return node ? [{ key, node }] : [];
      }
      const side = (node: Node | undefined, value: unknown): string =>
        value === undefined ? '' : rendered(listOf([withMembers(node, value, undefined)]));
      const part = name === 'acceptance' || name === 'nfrs' || name === 'questions' ? key : `${name} ${key}`;
      return [{ key, conflict: clash(part, side(is?.node, merged.ours), side(other?.node, merged.theirs)) }];
    });
  }

  function list(name: string, documents: Sides<Document>, nodes: Sides<Node>): Node | undefined {
    const parts = nodes.map((node, index) => (documents[index] ? keyedItems(documents[index], name, node) : [])) as unknown as Sides<
      readonly KeyedItem[]
    >;
    const merged = items(name, parts);
    if (merged.length === 0 && (!nodes[1] || !nodes[2])) return undefined;
    return filled(nodes[1] ?? nodes[2], merged);
  }

  /** NFRs are known by their ids across categories: one that moves is the same one. */
  function nfrs(documents: Sides<Document>, nodes: Sides<Node>): Node | undefined {
    const categories = nodes.map((node) => new Map(membersOf(node)));
    const home = new Map<string, string>();
    const parts = nodes.map((_, index) =>
      [...categories[index]!].flatMap(([category, node]) => {
        const document = documents[index];
        const found = document ? keyedItems(document, 'nfrs', isSeq(node) ? node : listOf([node])) : [];
        return found.map((item) => ({ ...item, value: placed(item.value, category) }));
      }),
    ) as unknown as Sides<readonly KeyedItem[]>;
    const merged = items('nfrs', parts);
    const [was, is, other] = parts.map((list) => new Map((list ?? []).map(({ key, value }) => [key, categoryOf(value)])));
    for (const { key } of merged) {
      const [b, o, t] = [was!.get(key), is!.get(key), other!.get(key)];
      home.set(key, (o === undefined || o === b ? t : o) ?? o ?? 'other');
    }
    const names = orderOf(...(categories.map((map) => [...map.keys()]) as [string[], string[], string[]]));
    const map = isMap(nodes[1]) ? nodes[1] : new YAMLMap();
    const kept = names.flatMap((category) => {
      const within = merged.filter(({ key }) => home.get(key) === category);
      const node = categories[1]!.get(category) ?? categories[2]!.get(category);
      const pair = [nodes[1], nodes[2]].flatMap((side) => (isMap(side) ? side.items.filter(({ key }) => String(key) === category) : []))[0];
      if (!pair || (within.length === 0 && !(categories[1]!.has(category) && categories[2]!.has(category)))) return [];
      pair.value = filled(isSeq(node) ? node : undefined, within);
      return [pair];
    });
    map.items = kept;
    if (sides.length > 0) map.flow = false;
    return kept.length > 0 ? map : undefined;
  }

  function filled(seq: Node | undefined, merged: readonly Written[]): Node {
    const list = isSeq(seq) ? seq : new YAMLSeq();
    list.items = merged.map((item) => ('node' in item ? item.node : placeholder(item.conflict)));
    if (merged.some((item) => 'conflict' in item)) list.flow = false;
    return list;
  }

  function withMembers(node: Node | undefined, value: unknown, theirs: Node | undefined): Node {
    if (!isMap(node) || typeof value !== 'object' || value === null || Array.isArray(value)) return node ?? document.createNode(value);
    const copy = node.clone() as YAMLMap;
    const wanted = new Map(Object.entries(value).filter(([key]) => key !== CATEGORY));
    copy.items = copy.items.filter(({ key }) => wanted.has(String(key)));
    for (const [key, member] of wanted) {
      const present: unknown = copy.has(key) ? (copy.get(key, true) as Node).toJS(document) : undefined;
      if (isSame(present, member)) continue;
      const other: unknown = isMap(theirs) ? theirs.get(key, true) : undefined;
      const isOther = other !== undefined && isSame((other as Node).toJS(document), member);
      copy.set(key, isOther ? other : listFrom(copy.get(key, true), other, member));
    }
    return copy;
  }

  /** A merged list, of the nodes that its items have on either side. */
  function listFrom(ours: unknown, theirs: unknown, value: unknown): unknown {
    if (!Array.isArray(value)) return document.createNode(value);
    const known = [ours, theirs].flatMap((list) => (isSeq(list) ? (list.items as Node[]) : []));
    return listOf(value.map((item) => known.find((node) => isSame(node.toJS(document), item)) ?? document.createNode(item)));
  }

  const placeholder = (index: number): Node => document.createNode(`${MARK}${index}`);

  function written(): string {
    return writeSpec(document).replace(PLACEHOLDER, (_, indent: string, _what: string, index: string) => {
      const { ours, theirs } = sides[Number(index)]!;
      const indented = (text: string): string => text.replace(/^(?=.)/gm, indent);
      return `${START}${indented(ours)}${MIDDLE}${indented(theirs)}${END}`;
    });
  }

  return { members, written, conflicts };
}

const CATEGORY = '\0category';
const placed = (value: unknown, category: string): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, [CATEGORY]: category } : value;
const categoryOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && CATEGORY in value ? String(value[CATEGORY]) : undefined;

const MARK = 'SPECGRAPH-MERGE-CONFLICT-';
const PLACEHOLDER = new RegExp(`^([ \\t]*)(- |[\\w"' -]+: )"?${MARK}(\\d+)"?\\n`, 'gm');

const mapOf = (key: string, value: Node): YAMLMap => {
  const map = new YAMLMap();
  map.set(key, value);
  return map;
};

function listOf(nodes: readonly Node[]): YAMLSeq {
  const list = new YAMLSeq();
  list.items.push(...nodes);
  return list;
}

/** A node as text of its own. */
function rendered(node: Node): string {
  const document = new Document();
  document.contents = node.clone() as never;
  return writeSpec(document);
}

/** Of two versions that both raised, the later: what the merge needs is computed when it is approved. */
function newer(base: unknown, ours: unknown, theirs: unknown): Merged {
  const merged = mergeItem(base, ours, theirs);
  const [a, b] = [ours, theirs].map((value) => versionOf(String(value)));
  if (merged.take !== 'conflict' || a === undefined || b === undefined) return merged;
  return { take: compareVersions(a, b) >= 0 ? 'ours' : 'theirs' };
}

/**
 * Keys of all three versions in one order: that of the side which changed it, ours where both did; what is new on the other side
 * stands behind what it stands behind there.
 */
function orderOf(base: readonly string[], ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const common = (keys: readonly string[], other: readonly string[]): string =>
    keys.filter((key) => base.includes(key) && other.includes(key)).join('\n');
  const isOurs =
    common(ours, theirs) !==
      common(
        base,
        ours.filter((key) => theirs.includes(key)),
      ) || common(theirs, ours) === common(ours, theirs);
  const [first, second] = isOurs ? [ours, theirs] : [theirs, ours];
  const order = [...first];
  for (const keys of [second, base])
    keys.forEach((key, index) => {
      if (order.includes(key)) return;
      const before = keys.slice(0, index).findLast((other) => order.includes(other));
      order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
    });
  return order;
}
