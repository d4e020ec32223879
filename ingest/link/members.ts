import type { NodeId } from '../../graph/model/id.ts';
import type { LinkKeys, TypeKey, TypeName } from '../keys.ts';

/** A member of an object type. */
export interface Member {
  readonly name: string;
  /** Its declaration, that of a base where it is inherited; absent in a type written in place. */
  readonly id?: NodeId;
  readonly type: readonly TypeName[];
}

export interface Members {
  /** Members of a type as it is named somewhere, inherited ones included; undefined when it is not an object type that is known. */
  ofNamed(type: TypeName): ReadonlyMap<string, Member> | undefined;
}

const DEEPEST = 12;
const cache = new WeakMap<LinkKeys, Members>();

/** Members of all types of a run. */
export function membersOf(keys: LinkKeys): Members {
  let known = cache.get(keys);
  if (!known) cache.set(keys, (known = createMembers(keys)));
  return known;
}

function createMembers(keys: LinkKeys): Members {
  const types = new Map<NodeId, TypeKey[]>();
  for (const { value } of keys.of('type')) types.set(value.id, [...(types.get(value.id) ?? []), value]);
  const found = new Map<NodeId, ReadonlyMap<string, Member> | undefined>();

  const of = (id: NodeId, depth: number): ReadonlyMap<string, Member> | undefined => {
    if (found.has(id)) return found.get(id);
    found.set(id, undefined); // of itself, on the way
    const members = declared(id, types.get(id) ?? [], depth);
    found.set(id, members);
    return members;
  };
  const declared = (id: NodeId, all: readonly TypeKey[], depth: number): ReadonlyMap<string, Member> | undefined => {
    const members = new Map<string, Member>();
    for (const { bases = [] } of all)
      for (const base of bases) for (const [name, member] of ofNamed(base, depth + 1) ?? []) members.set(name, member);
    for (const { members: own } of all)
      for (const [name, { type = [] }] of Object.entries(own)) members.set(name, { name, id: `${id}.${name}`, type });
    return members.size > 0 ? members : undefined;
  };
  const ofNamed = (type: TypeName, depth: number): ReadonlyMap<string, Member> | undefined => {
    if (depth > DEEPEST) return undefined;
    if (type.members) return new Map(Object.entries(type.members).map(([name, inner]) => [name, { name, type: inner }]));
    if (type.id !== undefined) return of(type.id, depth);
    // `Job<WelcomeMail>`, `KafkaMessage<Order>`: a wrapper of a package is what it wraps.
    const [wrapped] = type.args?.[0] ?? [];
    return wrapped && ofNamed(wrapped, depth + 1);
  };
  return { ofNamed: (type) => ofNamed(type, 0) };
}
