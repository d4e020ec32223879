import { canonicalJson } from '../../ingest/parse/canonical-json.ts';

/** An item, or a member, in one of three versions; undefined where that version has none. */
export type Value = unknown;

export type Merged =
  /** One of the versions as it is: nobody, or one side, changed it, or both alike. */
  | { readonly take: 'ours' | 'theirs' }
  /** Both changed it, apart from each other. */
  | { readonly take: 'both'; readonly value: Readonly<Record<string, unknown>> }
  /** Both changed it, differently. What does not clash is merged into either side; a side that removed it is undefined. */
  | { readonly take: 'conflict'; readonly ours: Value; readonly theirs: Value };

/** Members that say one thing together: to take some from either side may say what neither meant. */
const SAID_TOGETHER: ReadonlySet<string> = new Set(['text', 'ears', 'scenarios', 'measure']);
/** Members that are sets: what either side adds or removes. */
const SETS: ReadonlySet<string> = new Set(['verify', 'links']);

/** The same apart from white space and the order of members. */
export const isSame = (a: Value, b: Value): boolean => a === b || fingerprint(a) === fingerprint(b);

export function fingerprint(value: Value): string {
  if (value === undefined) return '';
  return canonicalJson(tidied(value));
}

function tidied(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (Array.isArray(value)) return value.map(tidied);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, tidied(member)]));
}

/** Merges one item of three versions. A side that removes what the other changes is a conflict: nothing is lost by a merge. */
export function mergeItem(base: Value, ours: Value, theirs: Value): Merged {
  if (isSame(ours, theirs) || isSame(theirs, base)) return { take: 'ours' };
  if (isSame(ours, base)) return { take: 'theirs' };
  if (!isMembers(ours) || !isMembers(theirs)) return { take: 'conflict', ours, theirs };
  return mergeMembers(isMembers(base) ? base : {}, ours, theirs);
}

type Members = Readonly<Record<string, unknown>>;
const isMembers = (value: Value): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
const own = (members: Members, key: string): unknown => (Object.hasOwn(members, key) ? members[key] : undefined);

function mergeMembers(base: Members, ours: Members, theirs: Members): Merged {
  const merged = new Map<string, unknown>();
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
  const clashing = keys.filter((key) => {
    const [b, o, t] = [own(base, key), own(ours, key), own(theirs, key)];
    const value = isSame(o, t) || isSame(t, b) ? o : isSame(o, b) ? t : settled(key, b, o, t);
    merged.set(key, value === CLASH ? o : value);
    return value === CLASH;
  });
  const said = [base, ours, theirs].map((side) => Object.fromEntries([...SAID_TOGETHER].map((key) => [key, own(side, key)])));
  const [b, o, t] = said;
  const isSaidTwice = !isSame(b, o) && !isSame(b, t) && !isSame(o, t);
  if (clashing.length === 0 && !isSaidTwice) return { take: 'both', value: present(merged) };
  const clash = new Set([...clashing, ...(isSaidTwice ? SAID_TOGETHER : [])]);
  const side = (members: Members): Members =>
    present(new Map(keys.map((key) => [key, clash.has(key) ? own(members, key) : merged.get(key)])));
  return { take: 'conflict', ours: side(ours), theirs: side(theirs) };
}

const CLASH = Symbol('clash');

/** A member that both sides changed. */
function settled(key: string, base: unknown, ours: unknown, theirs: unknown): unknown {
  if (key === 'rev' && typeof ours === 'number' && typeof theirs === 'number') return Math.max(ours, theirs);
  if (SETS.has(key)) return mergeSets(listOf(base), listOf(ours), listOf(theirs));
  return CLASH;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);

function mergeSets(base: readonly unknown[], ours: readonly unknown[], theirs: readonly unknown[]): readonly unknown[] {
  const [inBase, inOurs, inTheirs] = [base, ours, theirs].map((list) => new Set(list.map(fingerprint))) as [
    Set<string>,
    Set<string>,
    Set<string>,
  ];
  const kept = ours.filter((one) => inTheirs.has(fingerprint(one)) || !inBase.has(fingerprint(one)));
  return [...kept, ...theirs.filter((one) => !inOurs.has(fingerprint(one)) && !inBase.has(fingerprint(one)))];
}

const present = (members: ReadonlyMap<string, unknown>): Members =>
  Object.fromEntries([...members].filter(([, value]) => value !== undefined));
