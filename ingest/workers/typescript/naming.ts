import { ts } from 'ts-morph';
import type { At } from '../../keys.ts';

/** Dotted path of the non-local declaration around a place; empty at the top level of a module. */
export type DeclarationName = string;

/** The text of a literal as it goes into names and ids: databases end a text at U+0000, so that is written `\0`. */
export const literalText = (literal: ts.LiteralLikeNode): string => literal.text.replaceAll('\0', '\\0');

const nameText = (name: ts.PropertyName | ts.BindingName | undefined, file: ts.SourceFile): string | undefined => {
  if (!name) return undefined;
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text;
  if (ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return literalText(name);
  if (ts.isComputedPropertyName(name)) return `[${name.expression.getText(file)}]`;
  return undefined;
};

/** The name a node adds to the dotted path, or undefined when it is no non-local declaration by itself. */
export function stepName(node: ts.Node, file: ts.SourceFile): string | undefined {
  switch (node.kind) {
    case ts.SyntaxKind.FunctionDeclaration:
    case ts.SyntaxKind.ClassDeclaration: {
      const declaration = node as ts.FunctionDeclaration | ts.ClassDeclaration;
      if (declaration.name) return declaration.name.text;
      return declaration.modifiers?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword) ? 'default' : undefined;
    }
    case ts.SyntaxKind.InterfaceDeclaration:
    case ts.SyntaxKind.TypeAliasDeclaration:
    case ts.SyntaxKind.EnumDeclaration:
    case ts.SyntaxKind.ModuleDeclaration:
      return (node as ts.InterfaceDeclaration | ts.ModuleDeclaration).name.text;
    case ts.SyntaxKind.Constructor:
      return 'constructor';
    case ts.SyntaxKind.MethodDeclaration:
    case ts.SyntaxKind.MethodSignature:
    case ts.SyntaxKind.PropertyDeclaration:
    case ts.SyntaxKind.PropertySignature:
    case ts.SyntaxKind.GetAccessor:
    case ts.SyntaxKind.SetAccessor:
    case ts.SyntaxKind.EnumMember:
      return nameText((node as ts.PropertyDeclaration).name, file);
    case ts.SyntaxKind.VariableDeclaration: {
      const { name } = node as ts.VariableDeclaration;
      return ts.isIdentifier(name) ? name.text : undefined;
    }
    default:
      return undefined;
  }
}

/** True for nodes that hold declarations without being one: lists, blocks of namespaces, the literal of a type alias. */
const isTransparent = (node: ts.Node): boolean =>
  ts.isVariableStatement(node) ||
  ts.isVariableDeclarationList(node) ||
  ts.isModuleBlock(node) ||
  (ts.isTypeLiteralNode(node) && ts.isTypeAliasDeclaration(node.parent));

/** True when declarations directly below `node` are non-local ones, named within it. */
const opensScope = (node: ts.Node): boolean =>
  ts.isClassDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isEnumDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isModuleDeclaration(node);

/** A node that is named, by {@link stepName}, and its dotted path. */
export interface NamedDeclaration {
  readonly node: ts.Node;
  readonly name: DeclarationName;
  /** The last step of the path; it may contain dots: `'a.b'() {}`. */
  readonly step: string;
}

/**
 * Every non-local declaration of a file in source order: top-level and namespace-level functions, classes, interfaces,
 * aliases, enums and variables, and the members of classes, interfaces, enums and object type aliases. Anything inside
 * a body, an initializer or a callback belongs to the nearest of these. Overloads and merged declarations share a name.
 */
export function namedDeclarations(file: ts.SourceFile): readonly NamedDeclaration[] {
  const found: NamedDeclaration[] = [];
  const visit = (node: ts.Node, prefix: string): void => {
    const step = stepName(node, file);
    if (step !== undefined) {
      const name = prefix === '' ? step : `${prefix}.${step}`;
      found.push({ node, name, step });
      if (opensScope(node)) ts.forEachChild(node, (child) => visit(child, name));
    } else if (isTransparent(node)) {
      ts.forEachChild(node, (child) => visit(child, prefix));
    } else if (ts.isVariableDeclaration(node)) {
      for (const element of boundNames(node.name))
        found.push({
          node: element,
          name: prefix === '' ? element.name.text : `${prefix}.${element.name.text}`,
          step: element.name.text,
        });
    }
  };
  ts.forEachChild(file, (statement) => visit(statement, ''));
  return found;
}

/** A binding element that introduces a name. */
export type NamedBinding = ts.BindingElement & { readonly name: ts.Identifier };

/** The names a binding pattern introduces, in source order. */
export function boundNames(name: ts.BindingName): readonly NamedBinding[] {
  if (ts.isIdentifier(name)) return [];
  return name.elements.flatMap((element) => {
    if (ts.isOmittedExpression(element)) return [];
    return ts.isIdentifier(element.name) ? [element as NamedBinding] : boundNames(element.name);
  });
}

/** Where a node begins, as people count. */
export function placeOf(node: ts.Node, file: ts.SourceFile): At {
  const { line, character } = file.getLineAndCharacterOfPosition(node.getStart(file));
  return { line: line + 1, col: character + 1 };
}
