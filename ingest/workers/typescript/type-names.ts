import { ts } from 'ts-morph';
import type { TypeName } from '../../keys.ts';
import type { Resolver } from './resolver.ts';

/** What a name that no file of the repository declares comes from. */
export interface External {
  readonly package: string;
  readonly path: readonly string[];
}

const DEEPEST = 4;
/** Types of the language that only wrap another one. */
const WRAPPERS = new Set([
  'Promise',
  'PromiseLike',
  'Readonly',
  'Required',
  'Partial',
  'NonNullable',
  'Awaited',
  'Observable',
  'Omit',
  'Pick',
]);
const LISTS = new Set(['Array', 'ReadonlyArray', 'Set', 'Iterable', 'AsyncIterable']);

/** What a written type is made of: declarations of the repository, exports of packages, types written in place. */
export function typeNamesOf(
  type: ts.TypeNode | undefined,
  resolver: Resolver,
  externalOf: (name: ts.Identifier) => External | undefined,
): readonly TypeName[] {
  const read = (node: ts.TypeNode, depth: number): readonly TypeName[] => {
    if (depth > DEEPEST) return [];
    if (ts.isParenthesizedTypeNode(node)) return read(node.type, depth);
    if (ts.isTypeOperatorNode(node)) return read(node.type, depth);
    if (ts.isArrayTypeNode(node)) return read(node.elementType, depth + 1).map((name) => ({ ...name, list: true }));
    if (ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node)) return node.types.flatMap((part) => read(part, depth + 1));
    if (ts.isTypeLiteralNode(node)) return [{ members: membersOf(node.members, depth), ...optionalOf(node.members) }];
    if (ts.isTypeQueryNode(node)) return resolver.named(lastOf(node.exprName)).map((id) => ({ id }));
    // `OrderCreated['data']`: what that is made of is for the checker to say.
    if (ts.isIndexedAccessTypeNode(node)) return resolver.typeOf(node).head.flatMap((id) => (id.includes('#') ? [{ id }] : []));
    if (ts.isMappedTypeNode(node)) return mappedOf(node, node.type ? read(node.type, depth + 1) : []);
    if (!ts.isTypeReferenceNode(node)) return [];
    const name = lastOf(node.typeName);
    const args = (node.typeArguments ?? []).map((argument) => read(argument, depth + 1));
    if (WRAPPERS.has(name.text) && args[0])
      return args[0].map((inner) => ({ ...inner, ...selection(name.text, keysOf(node.typeArguments?.[1])) }));
    if (LISTS.has(name.text) && args[0]) return args[0].map((inner) => ({ ...inner, list: true }));
    const written = args.some((list) => list.length > 0) ? { args } : {};
    const ids = resolver.named(name).filter((id) => id.includes('#'));
    if (ids.length > 0) return [{ id: ids[0]!, ...written }, ...(args.length > 0 ? mappedOf(node, []) : [])];
    if (name.text === 'Record') return mappedOf(node, args[1] ?? []);
    const outermost = ts.isIdentifier(node.typeName) ? node.typeName : firstOf(node.typeName);
    const external = externalOf(outermost);
    if (external)
      return [
        { package: external.package, name: ts.isIdentifier(node.typeName) ? (external.path.at(-1) ?? name.text) : name.text, ...written },
      ];
    return [];
  };
  /** `Record<'small' | 'large', Picture>`: as if its members were written. */
  const mappedOf = (node: ts.TypeNode, value: readonly TypeName[]): readonly TypeName[] => {
    const names = resolver.mappedNames(node);
    return names.length > 0 ? [{ members: Object.fromEntries(names.map((name) => [name, value])) }] : [];
  };
  const membersOf = (members: ts.NodeArray<ts.TypeElement>, depth: number): Readonly<Record<string, readonly TypeName[]>> =>
    Object.fromEntries(
      members.flatMap((member) =>
        ts.isPropertySignature(member) && (ts.isIdentifier(member.name) || ts.isStringLiteral(member.name))
          ? [[member.name.text, member.type ? read(member.type, depth + 1) : []]]
          : [],
      ),
    );
  return type ? read(type, 0) : [];
}

/** Names of the members that are written with `?`. */
function optionalOf(members: ts.NodeArray<ts.TypeElement>): { readonly optional?: readonly string[] } {
  const optional = members.flatMap(({ name, questionToken }) =>
    questionToken && name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : [],
  );
  return optional.length > 0 ? { optional } : {};
}

/** What `Pick`, `Omit` and `Partial`, or functions of these names, leave of a type. */
export function selection(name: string, keys: readonly string[]): Pick<TypeName, 'only' | 'without' | 'partial'> {
  if (name.startsWith('Partial')) return { partial: true };
  if (keys.length === 0) return {};
  if (name.startsWith('Pick')) return { only: keys };
  return name.startsWith('Omit') ? { without: keys } : {};
}

/** `'a' | 'b'`. */
const keysOf = (type: ts.TypeNode | undefined): readonly string[] =>
  type === undefined
    ? []
    : ts.isUnionTypeNode(type)
      ? type.types.flatMap(keysOf)
      : ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)
        ? [type.literal.text]
        : [];

const lastOf = (name: ts.EntityName): ts.Identifier => (ts.isIdentifier(name) ? name : name.right);
const firstOf = (name: ts.EntityName): ts.Identifier => (ts.isIdentifier(name) ? name : firstOf(name.left));
