import type { NodeId } from '../../../graph/model/id.ts';
import type { Expr, LinkKeys, TypeKey, TypeName } from '../../keys.ts';

/** A member of an object type of the repository, or of a schema that code describes values with. */
export interface Member {
  readonly name: string;
  /** Its declaration: that of a base where it is inherited, the constant of a schema; absent in a type written in place. */
  readonly id?: NodeId;
  readonly type: readonly TypeName[];
  readonly optional?: true;
}

export interface Members {
  /** Members of a declared type, class or schema, those of its bases included; undefined when it is not an object type that is known. */
  of(type: NodeId): ReadonlyMap<string, Member> | undefined;
  /** The same of a type as it is named somewhere: `Pick`, written in place, `z.infer<typeof X>`. Some wrappers of packages are looked through. */
  ofNamed(type: TypeName): ReadonlyMap<string, Member> | undefined;
}

const cache = new WeakMap<LinkKeys, Members>();

/** Members of all types of a run. */
export function membersOf(keys: LinkKeys): Members {
  let known = cache.get(keys);
  if (!known) cache.set(keys, (known = createMembers(keys)));
  return known;
}

type Found = ReadonlyMap<string, Member>;
const DEEPEST = 12;
/** Packages that describe values, and what they call an object. */
const DESCRIBING = /^(zod(\/.*)?|joi|@hapi\/joi|yup|valibot|@sinclair\/typebox|typebox|superstruct|arktype|fluent-json-schema)$/;
/** Generic types of packages whose members are those of their argument. */
const WRAPPERS =
  /^(infer|input|output|TypeOf|Infer\w*|Static|HydratedDocument|Document|LeanDocument|Relation|Ref|Loaded|Reference|Selectable|Insertable|Updateable|Jsonify|Simplify|Except|SetOptional|SetRequired|Nullable|Maybe|WithId|\w*WithoutId)$/;
const OBJECT = /^(object|Object|strictObject|looseObject|interface)$/;

function createMembers(keys: LinkKeys): Members {
  const types = new Map<NodeId, TypeKey[]>();
  for (const { value } of keys.of('type')) {
    const known = types.get(value.id);
    if (known) known.push(value);
    else types.set(value.id, [value]);
  }
  const values = new Map<NodeId, Expr>();
  for (const { value } of keys.of('value')) if (value.value && !values.has(value.id)) values.set(value.id, value.value);
  const found = new Map<NodeId, Found | undefined>();

  const of = (id: NodeId, depth: number): Found | undefined => {
    if (found.has(id)) return found.get(id);
    found.set(id, undefined); // of itself, on the way
    const declared = types.get(id);
    const value = values.get(id);
    const members = declared ? declaredMembers(id, declared, depth) : value && schemaMembers(value, id, depth);
    found.set(id, members);
    return members;
  };

  const declaredMembers = (id: NodeId, declared: readonly TypeKey[], depth: number): Found | undefined => {
    const members = new Map<string, Member>();
    for (const key of declared)
      for (const base of key.bases ?? []) for (const [name, member] of ofNamed(base, depth + 1) ?? []) members.set(name, member);
    for (const key of declared)
      for (const [name, { type = [], optional }] of Object.entries(key.members))
        members.set(name, { name, id: `${id}.${name}`, type, ...(optional ? { optional } : {}) });
    return members.size > 0 ? members : undefined;
  };

  const ofNamed = (type: TypeName, depth: number): Found | undefined => {
    if (depth > DEEPEST) return undefined;
    if (type.members) {
      const isOptional = new Set(type.partial ? Object.keys(type.members) : type.optional);
      return new Map(
        Object.entries(type.members).map(([name, inner]) => [
          name,
          { name, type: inner, ...(isOptional.has(name) ? { optional: true as const } : {}) },
        ]),
      );
    }
    const named = type.id !== undefined ? of(type.id, depth) : unwrapped(type, depth);
    return named && selected(named, type);
  };

  /** `z.infer<typeof userSchema>`, `HydratedDocument<User>`. */
  const unwrapped = ({ name = '', args = [] }: TypeName, depth: number): Found | undefined => {
    const [first] = args[0] ?? [];
    return first && WRAPPERS.test(name) ? ofNamed(first, depth + 1) : undefined;
  };

  /** `z.object({ … }).partial()`, `base.extend({ … })`: the chain from its root on. */
  const schemaMembers = (expr: Expr, id: NodeId, depth: number): Found | undefined => {
    if (depth > DEEPEST) return undefined;
    if (expr.is === 'declared') return expr.path ? undefined : of(expr.id, depth + 1);
    if (expr.is !== 'call') return undefined;
    const { callee, args } = expr;
    const described = isDescribing(callee);
    if (described !== undefined && OBJECT.test(described)) {
      const literal = args.find((argument) => argument.is === 'object');
      return literal ? new Map(entries(literal, id, depth)) : undefined;
    }
    if (described !== undefined) return args[0] && schemaMembers(args[0], id, depth + 1); // `z.array(z.object(…))`, `z.strictObject`, `Type.Partial(…)`
    const receiver =
      callee.is === 'member'
        ? callee.of
        : callee.is === 'declared' && callee.path
          ? ({ is: 'declared', id: callee.id } as const)
          : undefined;
    const step = callee.is === 'member' || callee.is === 'declared' ? callee.path?.at(-1) : undefined;
    const before = receiver && schemaMembers(receiver, id, depth + 1);
    if (!before || step === undefined) return before;
    const [argument] = args;
    const named = argument?.is === 'object' ? Object.keys(argument.entries) : [];
    if (step === 'extend' || step === 'safeExtend' || step === 'keys' || step === 'shape' || step === 'append')
      return argument?.is === 'object' ? new Map([...before, ...entries(argument, id, depth)]) : before;
    if (step === 'merge' || step === 'concat' || step === 'and')
      return argument ? new Map([...before, ...(schemaMembers(argument, id, depth + 1) ?? [])]) : before;
    if (step === 'pick') return selected(before, { only: named });
    if (step === 'omit') return selected(before, { without: named });
    return step === 'partial' || step === 'deepPartial' ? selected(before, { partial: true }) : before;
  };

  const entries = (literal: Extract<Expr, { is: 'object' }>, id: NodeId, depth: number): [string, Member][] =>
    Object.entries(literal.entries).map(([name, entry]) => [
      name,
      { name, id, type: typeOfSchema(entry, id, depth + 1), ...(isOptional(entry) ? { optional: true as const } : {}) },
    ]);

  const typeOfSchema = (expr: Expr, id: NodeId, depth: number): readonly TypeName[] => {
    if (depth > DEEPEST) return [];
    if (expr.is === 'declared') return expr.path ? [] : [{ id: expr.id }];
    const inner = schemaMembers(expr, id, depth + 1);
    return inner ? [{ members: Object.fromEntries([...inner].map(([name, member]) => [name, member.type])) }] : [];
  };

  return { of: (id) => of(id, 0), ofNamed: (type) => ofNamed(type, 0) };
}

function selected(members: Found, { only, without, partial }: Pick<TypeName, 'only' | 'without' | 'partial'>): Found {
  if (!only && !without && !partial) return members;
  const left = [...members].filter(([name]) => (only?.includes(name) ?? true) && !without?.includes(name));
  return new Map(partial ? left.map(([name, member]) => [name, { ...member, optional: true }]) : left);
}

/** What a describing package calls the thing, `z.object` is `object`; undefined for anything else. */
function isDescribing(callee: Expr): string | undefined {
  return callee.is === 'external' && DESCRIBING.test(callee.package) ? callee.path.at(-1) : undefined;
}

/** A chain that ends in `.optional()`, `.nullish()`, `.default(…)`, or `z.optional(…)`. */
function isOptional(expr: Expr): boolean {
  for (let at = expr, depth = 0; at.is === 'call' && depth < DEEPEST; depth++) {
    const { callee } = at;
    const step = 'path' in callee ? callee.path?.at(-1) : undefined;
    if (step !== undefined && /^(optional|nullish|default|catch|Optional|exactOptional)$/.test(step)) return true;
    if (callee.is !== 'member') return false;
    at = callee.of;
  }
  return false;
}
