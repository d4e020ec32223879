import { ts } from 'ts-morph';
import type { NodeId } from '../../../graph/model/id.ts';

/** Declarations of this repository that a type is made of. */
export interface TypeOwners {
  /** What the type itself is called: its alias and its class, interface, enum or literal; every member of a union. */
  readonly head: readonly NodeId[];
  /** What stands in its type arguments. */
  readonly args: readonly NodeId[];
  /** It is an object type declared outside this repository. */
  readonly external: boolean;
  /** The checker gave up: the type is `any` and was not written so. */
  readonly unknown: boolean;
}

/**
 * The one seam between extraction and a type checker: what do these places of this file stand for? Everything comes back
 * as node ids of non-local declarations of this repository, so another checker can answer instead.
 */
export interface Resolver {
  /** Declarations that a name, a string key or a keyword (`this`, `super`) stands for, aliases followed. */
  named(node: ts.Node): readonly NodeId[];
  /** True when a name did not resolve to anything, in this repository or outside. */
  unresolved(node: ts.Node): boolean;
  /** Declarations of the property `name` of the type that the context demands of an object literal or attribute list. */
  contextualProperty(literal: ts.ObjectLiteralExpression | ts.JsxAttributes, name: string): readonly NodeId[];
  /** Declarations of the property `name` of the type of an expression, a binding pattern or a type node. */
  property(holder: ts.Node, name: string): readonly NodeId[];
  /** The signature a call, construction, decorator or tag is bound to. */
  signature(call: ts.CallLikeExpression): readonly NodeId[];
  /** The declarations along a dotted path of property names through a type argument of the type of `receiver`. */
  stringPath(receiver: ts.Expression, path: string): readonly (readonly NodeId[])[];
  /** What the type of an expression or type node is made of. */
  typeOf(node: ts.Node): TypeOwners;
  /** What the type that the context demands of an expression is made of; undefined when it demands nothing. */
  expected(expression: ts.Expression): TypeOwners | undefined;
  /** Members of the expression's type that the expected type, declared outside the repository, has too. */
  expectedOutside(expression: ts.Expression): readonly NodeId[];
  /** The expressions, and declared types, that a local name's type comes from. */
  localDeclaration(name: ts.Identifier): ts.Declaration | undefined;
  /** The members of the declared base types that a class or interface member redefines. */
  overridden(member: ts.Node): readonly NodeId[];
}

/** Types with more members than this are libraries of their own; the first of them stand for all. */
const MOST_MEMBERS = 60;
const NONE: readonly NodeId[] = [];
const NO_OWNERS: TypeOwners = { head: NONE, args: NONE, external: false, unknown: false };

/** {@link Resolver} over the TypeScript compiler. `ownerOf` maps any syntax node to the non-local declaration around it. */
export function createResolver(checker: ts.TypeChecker, ownerOf: (node: ts.Node) => NodeId | undefined): Resolver {
  const bySymbol = new Map<ts.Symbol, readonly NodeId[]>();
  const byType = new Map<ts.Type, TypeOwners>();

  const declarationsOf = (symbol: ts.Symbol | undefined): readonly NodeId[] => {
    if (!symbol) return NONE;
    const known = bySymbol.get(symbol);
    if (known) return known;
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const ids = unique((target.declarations ?? []).map(ownerOf));
    bySymbol.set(symbol, ids);
    return ids;
  };

  const symbolAt = (node: ts.Node): ts.Symbol | undefined => {
    if (ts.isIdentifier(node) && ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node)
      return checker.getShorthandAssignmentValueSymbol(node.parent);
    if (ts.isIdentifier(node) && ts.isExportSpecifier(node.parent))
      return checker.getExportSpecifierLocalTargetSymbol(node.parent) ?? checker.getSymbolAtLocation(node);
    return checker.getSymbolAtLocation(node);
  };

  const propertyOf = (type: ts.Type | undefined, name: string): readonly NodeId[] => {
    if (!type) return NONE;
    const own = checker.getPropertyOfType(checker.getApparentType(type), name);
    if (own) return declarationsOf(own);
    if (!type.isUnion()) return NONE;
    return unique(type.types.flatMap((part) => declarationsOf(checker.getPropertyOfType(checker.getApparentType(part), name))));
  };

  const ownersOf = (type: ts.Type, depth = 0): TypeOwners => {
    const known = byType.get(type);
    if (known) return known;
    const head = new Set<NodeId>();
    const args = new Set<NodeId>();
    const add = (into: Set<NodeId>, ids: readonly NodeId[]): void => ids.forEach((id) => into.add(id));
    const nested = (parts: readonly ts.Type[] | undefined, into: Set<NodeId>): void => {
      if (depth > 3) return;
      for (const part of (parts ?? []).slice(0, 24)) {
        const owners = ownersOf(part, depth + 1);
        add(into, owners.head);
        add(args, owners.args);
      }
    };
    if (type.aliasSymbol) {
      add(head, declarationsOf(type.aliasSymbol));
      nested(type.aliasTypeArguments, args);
    }
    if (type.isUnionOrIntersection()) nested(type.types, head);
    else if (type.flags & ts.TypeFlags.EnumLike && type.symbol) {
      const parent = type.symbol.flags & ts.SymbolFlags.EnumMember ? type.symbol.declarations?.[0]?.parent : undefined;
      add(head, parent ? unique([ownerOf(parent)]) : declarationsOf(type.symbol));
    } else if (type.flags & ts.TypeFlags.TypeParameter) {
      // `this` is a type parameter too: its constraint is the class.
      const constraint = checker.getBaseConstraintOfType(type);
      if (constraint && constraint !== type) nested([constraint], head);
    } else if (type.flags & ts.TypeFlags.Object) {
      if (type.symbol) add(head, declarationsOf(type.symbol));
      const object = type as ts.ObjectType;
      if (object.objectFlags & ts.ObjectFlags.Reference) nested(checker.getTypeArguments(type as ts.TypeReference), args);
    }
    const isExternal = (part: ts.Type): boolean => (part.flags & ts.TypeFlags.Object) !== 0 && ((part.symbol?.flags ?? 0) & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) !== 0;
    const external = head.size === 0 && (type.isUnion() ? type.types.some(isExternal) : isExternal(type));
    const unknown = (type.flags & ts.TypeFlags.Any) !== 0;
    const result = head.size + args.size === 0 && !external && !unknown ? NO_OWNERS : { head: [...head], args: [...args], external, unknown };
    if (depth === 0) byType.set(type, result);
    return result;
  };

  return {
    named: (node) => declarationsOf(symbolAt(node)),
    unresolved: (node) => {
      const symbol = symbolAt(node);
      return !symbol || ((symbol.flags & ts.SymbolFlags.Alias) !== 0 && (checker.getAliasedSymbol(symbol).declarations?.length ?? 0) === 0);
    },
    contextualProperty: (literal, name) => propertyOf(checker.getContextualType(literal), name),
    property: (holder, name) => propertyOf(checker.getTypeAtLocation(holder), name),
    signature: (call) => {
      const declaration = checker.getResolvedSignature(call)?.declaration;
      return declaration ? unique([ownerOf(declaration)]) : NONE;
    },
    stringPath: (receiver, path) => {
      const type = checker.getTypeAtLocation(receiver);
      if (!(type.flags & ts.TypeFlags.Object) || !((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference)) return [];
      const steps = path.split('.');
      for (const argument of checker.getTypeArguments(type as ts.TypeReference)) {
        const found: (readonly NodeId[])[] = [];
        let at: ts.Type | undefined = argument;
        for (const step of steps) {
          const property: ts.Symbol | undefined =
            at && checker.getPropertyOfType(checker.getApparentType(checker.getNonNullableType(at)), step);
          at = property && checker.getTypeOfSymbol(property);
          if (property) found.push(declarationsOf(property));
        }
        if (found.length === steps.length && found.some((ids) => ids.length > 0)) return found;
      }
      return [];
    },
    typeOf: (node) => ownersOf(checker.getTypeAtLocation(node)),
    expected: (expression) => {
      const type = checker.getContextualType(expression);
      return type && ownersOf(type);
    },
    expectedOutside: (expression) => {
      const expected = checker.getContextualType(expression);
      const given = partsOf(checker.getTypeAtLocation(expression));
      if (!expected) return NONE;
      const names = new Set(partsOf(expected).filter((part) => part.flags & ts.TypeFlags.Object).flatMap((part) => checker.getPropertiesOfType(part).map((property) => property.name)));
      return unique([...names].slice(0, MOST_MEMBERS).flatMap((name) => given.flatMap((part) => declarationsOf(checker.getPropertyOfType(checker.getApparentType(part), name)))));
    },
    localDeclaration: (name) => {
      const symbol = symbolAt(name);
      return symbol?.valueDeclaration ?? symbol?.declarations?.[0];
    },
    overridden: (member) => {
      const name = (member as ts.NamedDeclaration).name;
      const holder = member.parent;
      if (!name || !(ts.isClassLike(holder) || ts.isInterfaceDeclaration(holder))) return NONE;
      const symbol = checker.getSymbolAtLocation(name);
      if (!symbol) return NONE;
      const isStatic = ts.canHaveModifiers(member) && (member.modifiers?.some((m) => m.kind === ts.SyntaxKind.StaticKeyword) ?? false);
      const found: NodeId[] = [];
      for (const clause of holder.heritageClauses ?? [])
        for (const base of clause.types) {
          const type = isStatic ? checker.getTypeAtLocation(base.expression) : checker.getTypeAtLocation(base);
          found.push(...declarationsOf(checker.getPropertyOfType(type, symbol.name)));
        }
      return unique(found);
    },
  };
}

const partsOf = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type]);

const unique = (ids: readonly (NodeId | undefined)[]): readonly NodeId[] => {
  if (ids.length === 0) return NONE;
  if (ids.length === 1) return ids[0] === undefined ? NONE : (ids as readonly NodeId[]);
  return [...new Set(ids.filter((id) => id !== undefined))];
};
