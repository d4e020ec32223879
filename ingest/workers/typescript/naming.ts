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

/** What a statement at the top of a file gives to others without declaring it: its value, and the name it is given. */
interface Export {
  /** Undefined for all that the module exports: `export default …`, `export = …`, `module.exports = …`. */
  readonly name: string | undefined;
  /** As written, with what is around it: parentheses, types. */
  readonly value: ts.Expression;
}

/** `export default …`, `export = …`, `module.exports = …`, `exports.name = …`; of `exports = module.exports = …` the last value. */
export function exportOf(node: ts.Node): Export | undefined {
  if (ts.isExportAssignment(node)) return { name: undefined, value: node.expression };
  if (!ts.isExpressionStatement(node) || !ts.isSourceFile(node.parent)) return undefined;
  let name: string | undefined;
  let given = false;
  let value = node.expression;
  while (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const { left, right } = value;
    if (isExports(left)) given ||= !ts.isIdentifier(left);
    else if (ts.isPropertyAccessExpression(left) && isExports(left.expression)) {
      name ??= left.name.text;
      given = true;
    } else break;
    value = right;
  }
  return given ? { name, value } : undefined;
}

/** `exports`, `module.exports`. */
const isExports = (node: ts.Expression): boolean =>
  ts.isIdentifier(node)
    ? node.text === 'exports'
    : ts.isPropertyAccessExpression(node) &&
      node.name.text === 'exports' &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === 'module';

/** The expression inside parentheses and types. */
export function bare(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node)
    ? bare(node.expression)
    : node;
}

/** What a declaration is by its syntax: the function or class that is exported without a declaration, else the node itself. */
export function declaredBy(node: ts.Node): ts.Node {
  const exported = exportOf(node);
  const value = exported && bare(exported.value);
  return value && (ts.isClassExpression(value) || ts.isFunctionExpression(value) || ts.isArrowFunction(value)) ? value : node;
}

/** The export statement whose value an expression is. */
export function exportedBy(expression: ts.Node): ts.Statement | undefined {
  let at = expression;
  while (!ts.isStatement(at) && !ts.isSourceFile(at)) at = at.parent;
  const exported = exportOf(at);
  return exported && bare(exported.value) === expression ? (at as ts.Statement) : undefined;
}

/**
 * The name under which a statement declares what it exports: its own where it is a function or class that has one.
 * Undefined where it passes on what another name stands for: `export default cart`, `module.exports = { add, remove }`.
 */
function exportName({ name, value }: Export, statement: ts.Statement): string | undefined {
  const node = bare(value);
  if (isNamed(node) || ts.isVoidExpression(node)) return undefined;
  if (name !== undefined) return name;
  const isList = ts.isObjectLiteralExpression(node) && node.properties.every(ts.isShorthandPropertyAssignment);
  if (isList && !ts.isExportAssignment(statement)) return undefined;
  return (ts.isFunctionExpression(node) || ts.isClassExpression(node) ? node.name?.text : undefined) ?? 'default';
}

/** `cart`, `shop.cart`, `require('./cart')`. */
const isNamed = (node: ts.Expression): boolean =>
  ts.isIdentifier(node) ||
  (ts.isPropertyAccessExpression(node) && isNamed(node.expression)) ||
  (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require');

/** True for nodes that hold declarations without being one: lists, blocks of namespaces, the literal of a type alias. */
const isTransparent = (node: ts.Node): boolean =>
  ts.isVariableStatement(node) ||
  ts.isVariableDeclarationList(node) ||
  ts.isModuleBlock(node) ||
  (ts.isTypeLiteralNode(node) && ts.isTypeAliasDeclaration(node.parent));

/** True when declarations directly below `node` are non-local ones, named within it. */
const opensScope = (node: ts.Node): boolean =>
  ts.isClassLike(node) ||
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
 * aliases, enums and variables, what is exported without one of these, and the members of classes, interfaces, enums and
 * object type aliases. Anything inside a body, an initializer or a callback belongs to the nearest of these. Overloads and
 * merged declarations share a name.
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
  const declared = new Set(found.map(({ name }) => name));
  const before = found.length;
  for (const statement of file.statements) {
    const exported = exportOf(statement);
    const step = exported && exportName(exported, statement);
    // `function add() {} exports.add = logged(add)`: one thing to whoever looks for it.
    if (step === undefined || declared.has(step)) continue;
    found.push({ node: statement, name: step, step });
    const holder = declaredBy(statement);
    if (opensScope(holder)) ts.forEachChild(holder, (child) => visit(child, step));
  }
  return found.length === before ? found : found.sort((a, b) => a.node.pos - b.node.pos);
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
