import { ts } from 'ts-morph';
import type { NodeId } from '../../../graph/model/id.ts';
import { initializerFunction } from './declarations.ts';
import { bare, exportedBy, stepName } from './naming.ts';

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
  /** Declarations of the property `name` of the type that the context demands of an object literal or attribute list. */
  contextualProperty(literal: ts.ObjectLiteralExpression | ts.JsxAttributes, name: string): readonly NodeId[];
  /** Declarations of the property that a key takes from the assigned value: `({ key } = value)`. */
  assignedFrom(key: ts.PropertyName): readonly NodeId[];
  /** Declarations of the property `name` of the type of an expression, a binding pattern or a type node. */
  property(holder: ts.Node, name: string): readonly NodeId[];
  /** The signature a call, construction, decorator or tag is bound to. */
  signature(call: ts.CallLikeExpression): readonly NodeId[];
  /** The declarations along a dotted path of property names through a type argument of the type of `receiver`. */
  stringPath(receiver: ts.Expression, path: string): readonly (readonly NodeId[])[];
  /** Declarations of the property that a string names, where a key of a type (`keyof T`) is expected of it. */
  keyed(literal: ts.StringLiteralLike): readonly NodeId[];
  /** The names that a key can have, when its type lists them; empty when it is any string, or any key of a type. */
  keyNames(key: ts.Expression): readonly string[];
  /** The members of a mapped type, `Record<'a' | 'b', T>`, whose keys are listed; empty for any other type. */
  mappedNames(type: ts.TypeNode): readonly string[];
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
const NONE: readonly never[] = [];
/** Of a type that nothing of this repository is part of. */
export const NO_OWNERS: TypeOwners = { head: NONE, args: NONE, external: false, unknown: false };

/** {@link Resolver} over the TypeScript compiler. `ownerOf` maps any syntax node to the non-local declaration around it. */
export function createResolver(checker: ts.TypeChecker, ownerOf: (node: ts.Node) => NodeId | undefined): Resolver {
  const bySymbol = new Map<ts.Symbol, readonly NodeId[]>();
  const byType = new Map<ts.Type, TypeOwners>();

  const declarationsOf = (symbol: ts.Symbol | undefined): readonly NodeId[] => {
    if (!symbol) return NONE;
    const known = bySymbol.get(symbol);
    if (known) return known;
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    bySymbol.set(symbol, NONE); // for exports that go round in a circle
    const ids = unique(
      (target.declarations ?? []).flatMap((declaration): readonly (NodeId | undefined)[] => {
        const given = givenName(declaration);
        const passedOn = given ? declarationsOf(symbolAt(given)) : NONE;
        return passedOn.length > 0 ? passedOn : [isLocal(declaration) ? undefined : ownerOf(declaration)];
      }),
    );
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
      // A library type that the repository adds to (`declare global`) is still the library's; and which of several
      // function types that are written alike stands for them all depends on what was checked first.
      const declared = type.symbol?.declarations;
      if (declared?.every((declaration) => ownerOf(declaration) !== undefined && !ts.isFunctionTypeNode(declaration)))
        add(head, declarationsOf(type.symbol));
      const object = type as ts.ObjectType;
      if (object.objectFlags & ts.ObjectFlags.Reference) nested(checker.getTypeArguments(type as ts.TypeReference), args);
    }
    const isExternal = (part: ts.Type): boolean =>
      (part.flags & ts.TypeFlags.Object) !== 0 && ((part.symbol?.flags ?? 0) & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) !== 0;
    const external = head.size === 0 && (type.isUnion() ? type.types.some(isExternal) : isExternal(type));
    const unknown = (type.flags & ts.TypeFlags.Any) !== 0;
    const result =
      head.size + args.size === 0 && !external && !unknown ? NO_OWNERS : { head: [...head], args: [...args], external, unknown };
    if (depth === 0) byType.set(type, result);
    return result;
  };

  /** A string in the type arguments of a reference whose parameter is a key of another: `Pick<Order, 'total'>`. */
  const keyedByArgument = (literal: ts.LiteralTypeNode, name: string): readonly NodeId[] => {
    let argument: ts.TypeNode = literal;
    while (ts.isUnionTypeNode(argument.parent) || ts.isParenthesizedTypeNode(argument.parent)) argument = argument.parent;
    const reference = argument.parent;
    if (!ts.isTypeReferenceNode(reference)) return NONE;
    const symbol = checker.getSymbolAtLocation(reference.typeName);
    const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    for (const declaration of target?.declarations ?? []) {
      const parameters = (declaration as ts.TypeAliasDeclaration).typeParameters ?? [];
      const keyOf = keyOperand(parameters[reference.typeArguments!.indexOf(argument)]?.constraint);
      const holder = keyOf && reference.typeArguments![parameters.findIndex((parameter) => names(keyOf, parameter))];
      if (holder) return propertyOf(checker.getTypeAtLocation(holder), name);
    }
    return NONE;
  };

  /** A string argument whose parameter is a key of the type of another argument: `pick(order, 'total')`. */
  const keyedByParameter = (literal: ts.StringLiteralLike): readonly NodeId[] => {
    const argument = ts.isArrayLiteralExpression(literal.parent) ? literal.parent : literal;
    const call = argument.parent;
    if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) return NONE;
    const index = call.arguments?.indexOf(argument) ?? -1;
    const declaration = index < 0 ? undefined : checker.getResolvedSignature(call)?.declaration;
    if (!declaration || ts.isJSDocSignature(declaration)) return NONE;
    const { parameters, typeParameters = [] } = declaration;
    const written = (parameters[index] ?? parameters.at(-1))?.type;
    const element = written && elementType(written);
    const keyOf = element && keyOperand(typeParameters.find((parameter) => names(element, parameter))?.constraint ?? element);
    if (!keyOf) return NONE;
    const holder = typeParameters.findIndex((parameter) => names(keyOf, parameter));
    if (holder < 0) return propertyOf(checker.getTypeAtLocation(keyOf), literal.text);
    const given =
      call.typeArguments?.[holder] ??
      call.arguments![parameters.findIndex(({ type }) => type && names(elementType(type), typeParameters[holder]!))];
    if (!given) return NONE;
    const type = checker.getTypeAtLocation(given);
    return propertyOf(checker.getIndexTypeOfType(type, ts.IndexKind.Number) ?? type, literal.text);
  };

  return {
    named: (node) => declarationsOf(symbolAt(node)),
    contextualProperty: (literal, name) => propertyOf(checker.getContextualType(literal), name),
    assignedFrom: (key) => (ts.isIdentifier(key) ? declarationsOf(checker.getPropertySymbolOfDestructuringAssignment(key)) : NONE),
    property: (holder, name) => propertyOf(checker.getTypeAtLocation(holder), name),
    signature: (call) => {
      if (ts.isJsxOpeningLikeElement(call) && isIntrinsic(call.tagName)) return NONE;
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
    keyed: (literal) => {
      if (ts.isLiteralTypeNode(literal.parent)) return keyedByArgument(literal.parent, literal.text);
      const byParameter = keyedByParameter(literal);
      if (byParameter.length > 0 || ts.isCallExpression(literal.parent)) return byParameter;
      return unique(indexedTypes(checker.getContextualType(literal)).flatMap((type) => propertyOf(type, literal.text)));
    },
    keyNames: (key) => {
      const type = checker.getTypeAtLocation(key);
      const parts = type.isUnion() ? type.types : [type];
      if (parts.length > MOST_KEYS || indexedTypes(type).length > 0 || !parts.every((part) => part.isStringLiteral())) return [];
      return parts.map((part) => part.value);
    },
    mappedNames: (node) => {
      const type = checker.getTypeAtLocation(node);
      const isMapped = (type.flags & ts.TypeFlags.Object) !== 0 && ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Mapped) !== 0;
      if (!isMapped) return NONE;
      const properties = checker.getPropertiesOfType(type);
      return properties.length > MOST_MEMBERS ? NONE : properties.map(({ name }) => name);
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
      const names = new Set(
        partsOf(expected)
          .filter((part) => part.flags & ts.TypeFlags.Object)
          .flatMap((part) => checker.getPropertiesOfType(part).map((property) => property.name)),
      );
      return unique(
        [...names]
          .slice(0, MOST_MEMBERS)
          .flatMap((name) => given.flatMap((part) => declarationsOf(checker.getPropertyOfType(checker.getApparentType(part), name)))),
      );
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

/**
 * Declared inside a body and seen nowhere else: locals, parameters of nested functions and their type parameters.
 * Parameters of a non-local declaration are part of it.
 */
function isLocal(declaration: ts.Node): boolean {
  if (ts.isParameter(declaration) || ts.isTypeParameterDeclaration(declaration)) {
    const { parent } = declaration;
    return (
      ts.isFunctionLike(parent) &&
      stepName(parent, parent.getSourceFile()) === undefined &&
      initializerFunction(parent.parent) !== parent &&
      exportedBy(parent) === undefined
    );
  }
  if (ts.isBindingElement(declaration)) return isLocal(bindingHolder(declaration));
  if (!ts.isVariableDeclaration(declaration) && !ts.isFunctionDeclaration(declaration) && !ts.isClassLike(declaration)) return false;
  for (let at: ts.Node = declaration.parent; !ts.isSourceFile(at); at = at.parent) if (ts.isBlock(at) || ts.isFunctionLike(at)) return true;
  return false;
}

/** The name that an export passes on: `export default cart as Cart`, `{ add }` and `{ add: addLine }` that a module exports as a whole. */
function givenName(declaration: ts.Node): ts.Identifier | undefined {
  const given = ts.isShorthandPropertyAssignment(declaration)
    ? declaration.name
    : ts.isPropertyAssignment(declaration)
      ? bare(declaration.initializer)
      : ts.isExportAssignment(declaration)
        ? bare(declaration.expression)
        : undefined;
  if (!given || !ts.isIdentifier(given)) return undefined;
  return ts.isExportAssignment(declaration) || exportedBy(declaration.parent) ? given : undefined;
}

/** `<div>`, as against a component. */
const isIntrinsic = (tag: ts.JsxTagNameExpression): boolean =>
  ts.isJsxNamespacedName(tag) || (ts.isIdentifier(tag) && /^[a-z]/.test(tag.text));

/** The variable or parameter that a binding pattern belongs to. */
function bindingHolder(element: ts.BindingElement): ts.Node {
  let holder: ts.Node = element;
  while (ts.isBindingElement(holder) || ts.isObjectBindingPattern(holder) || ts.isArrayBindingPattern(holder)) holder = holder.parent;
  return holder;
}

const partsOf = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type]);

/** The defined values, each once. */
export const unique = <T>(values: readonly (T | undefined)[]): readonly T[] => {
  if (values.length === 0) return NONE;
  if (values.length === 1) return values[0] === undefined ? NONE : (values as readonly T[]);
  return [...new Set(values.filter((value) => value !== undefined))];
};

/** Members of a union of keys above which a computed access is left open. */
const MOST_KEYS = 16;

/** `K[]`, `readonly K[]`, `Array<K>` → `K`. */
const elementType = (type: ts.TypeNode): ts.TypeNode => {
  if (ts.isArrayTypeNode(type)) return type.elementType;
  if (ts.isTypeOperatorNode(type) && type.operator === ts.SyntaxKind.ReadonlyKeyword) return elementType(type.type);
  return ts.isTypeReferenceNode(type) && type.typeArguments?.length === 1 ? type.typeArguments[0]! : type;
};

/** The `T` of the first `keyof T` in a type as written: `keyof T & string`, `Extract<keyof T, string>`. */
const keyOperand = (type: ts.Node | undefined): ts.TypeNode | undefined => {
  if (!type) return undefined;
  if (ts.isTypeOperatorNode(type) && type.operator === ts.SyntaxKind.KeyOfKeyword) return type.type;
  return ts.forEachChild(type, keyOperand);
};

const names = (type: ts.TypeNode, parameter: ts.TypeParameterDeclaration): boolean =>
  ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && type.typeName.text === parameter.name.text;

/** The types of which a type is `keyof`: the checker keeps them with the union of their keys. */
const indexedTypes = (type: ts.Type | undefined): readonly ts.Type[] => {
  if (!type) return [];
  if (type.flags & ts.TypeFlags.Index) return [(type as ts.IndexType).type];
  const origin = (type as ts.Type & { readonly origin?: ts.Type }).origin;
  if (origin) return indexedTypes(origin);
  return type.isUnion() ? type.types.flatMap(indexedTypes) : [];
};
