import { createHash } from 'node:crypto';
import { ts } from 'ts-morph';
import { declarationId, moduleId } from '../../../graph/model/id.ts';
import type { DeclarationProps, Node, NodeKind, SignatureShape } from '../../../graph/model/node.ts';
import type { Span } from '../../../graph/model/provenance.ts';
import { bare, declaredBy, exportOf, namedDeclarations, type NamedDeclaration } from './naming.ts';
import { baseName } from '../../parse/paths.ts';

/** Twelve hex digits: enough to tell two versions of one declaration apart. */
export const shortHash = (text: string): string => createHash('sha1').update(text).digest('hex').slice(0, 12);

export function scriptKindOf(path: string): ts.ScriptKind {
  if (/\.[cm]?ts$/.test(path)) return ts.ScriptKind.TS;
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX;
  return /\.[cm]?js$/.test(path) ? ts.ScriptKind.JS : ts.ScriptKind.JSX;
}

/**
 * The declarations of one source text, from syntax alone: no program, no checker, no file access. The same nodes that an
 * ingest states, so that two versions of a file can be compared (`impact --diff`).
 */
export function declarationsOf(input: { readonly repo: string; readonly path: string; readonly text: string }): readonly Node[] {
  const file = ts.createSourceFile(`/${input.path}`, input.text, ts.ScriptTarget.Latest, true, scriptKindOf(input.path));
  return declarationNodes(file, input.repo, input.path);
}

/** One node for each name in the file; merged declarations and overloads are one node, placed at the first. */
export function declarationNodes(file: ts.SourceFile, repo: string, path: string): readonly Node[] {
  const byName = new Map<string, NamedDeclaration[]>();
  for (const declaration of namedDeclarations(file)) {
    const same = byName.get(declaration.name);
    if (same) same.push(declaration);
    else byName.set(declaration.name, [declaration]);
  }
  const exported = exportedNames(file);
  const nodes: Node[] = [];
  for (const [name, declarations] of byName) {
    const first = declarations[0]!.node;
    nodes.push({
      id: declarationId(repo, path, name),
      kind: declarations.map(({ node }) => kindOf(node)).reduce(strongerKind),
      name: declarations[0]!.step,
      repo,
      file: path,
      span: spanOf(first, declarations, file),
      props: propsOf(
        declarations.map(({ node }) => node),
        file,
        exported.get(name),
      ),
    } as Node);
  }
  return nodes;
}

export const moduleNode = (repo: string, path: string, file: ts.SourceFile | undefined, language: string): Node => ({
  id: moduleId(repo, path),
  kind: 'Module',
  name: baseName(path),
  repo,
  file: path,
  span: { line: 1, col: 1, endLine: file ? file.getLineStarts().length : 1, endCol: 1 },
  props: { language },
});

type DeclarationKind = Exclude<NodeKind, 'Repository' | 'Package' | 'Module' | 'TestFile' | 'TestCase' | 'Gap'>;

/** Where declarations of several kinds merge, a class outranks an interface, and either outranks a namespace. */
const MERGE_ORDER: readonly DeclarationKind[] = ['Class', 'Function', 'Enum', 'Variable', 'Interface', 'TypeAlias', 'Method', 'Property'];
const strongerKind = (a: DeclarationKind, b: DeclarationKind): DeclarationKind => {
  const rank = (kind: DeclarationKind): number => (MERGE_ORDER.includes(kind) ? MERGE_ORDER.indexOf(kind) : MERGE_ORDER.length);
  return rank(b) < rank(a) ? b : a;
};

/** The function a variable or property holds, when its initializer is one, or an export statement gives. */
export const initializerFunction = (node: ts.Node): ts.ArrowFunction | ts.FunctionExpression | undefined => {
  const exported = declaredBy(node);
  if (exported !== node) return ts.isClassLike(exported) ? undefined : (exported as ts.ArrowFunction | ts.FunctionExpression);
  if (!ts.isVariableDeclaration(node) && !ts.isPropertyDeclaration(node)) return undefined;
  const { initializer } = node;
  return initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) ? initializer : undefined;
};

function kindOf(node: ts.Node): DeclarationKind {
  switch (node.kind) {
    case ts.SyntaxKind.FunctionDeclaration:
      return 'Function';
    case ts.SyntaxKind.ClassDeclaration:
      return 'Class';
    case ts.SyntaxKind.InterfaceDeclaration:
      return 'Interface';
    case ts.SyntaxKind.TypeAliasDeclaration:
      return 'TypeAlias';
    case ts.SyntaxKind.EnumDeclaration:
      return 'Enum';
    case ts.SyntaxKind.EnumMember:
      return 'EnumMember';
    case ts.SyntaxKind.ModuleDeclaration:
      return 'Namespace';
    case ts.SyntaxKind.Constructor:
      return 'Constructor';
    case ts.SyntaxKind.MethodDeclaration:
    case ts.SyntaxKind.MethodSignature:
      return 'Method';
    case ts.SyntaxKind.VariableDeclaration:
      return initializerFunction(node) ? 'Function' : 'Variable';
    case ts.SyntaxKind.BindingElement:
      return 'Variable';
    case ts.SyntaxKind.ExportAssignment:
    case ts.SyntaxKind.ExpressionStatement:
      return initializerFunction(node) ? 'Function' : ts.isClassLike(declaredBy(node)) ? 'Class' : 'Variable';
    default:
      return initializerFunction(node) ? 'Method' : 'Property';
  }
}

/** Module-level names that leave the file, and whether as the default: `export { a }`, `export default a`, `exports.b = a`. */
function exportedNames(file: ts.SourceFile): ReadonlyMap<string, 'named' | 'default'> {
  const names = new Map<string, 'named' | 'default'>();
  for (const statement of file.statements) {
    if (
      ts.isExportDeclaration(statement) &&
      !statement.moduleSpecifier &&
      statement.exportClause &&
      ts.isNamedExports(statement.exportClause)
    ) {
      for (const element of statement.exportClause.elements)
        names.set((element.propertyName ?? element.name).text, element.name.text === 'default' ? 'default' : 'named');
      continue;
    }
    const exported = exportOf(statement);
    const value = exported && bare(exported.value);
    if (exported?.name !== undefined) names.set(exported.name, 'named');
    if (value && ts.isIdentifier(value)) names.set(value.text, exported.name === undefined ? 'default' : 'named');
    else if (value && ts.isObjectLiteralExpression(value) && !ts.isExportAssignment(statement)) {
      // `module.exports = { add, remove: removeLine }`
      for (const property of value.properties) {
        const given = ts.isPropertyAssignment(property) ? property.initializer : property.name;
        if (!ts.isMethodDeclaration(property) && given && ts.isIdentifier(given) && !names.has(given.text)) names.set(given.text, 'named');
      }
    }
  }
  return names;
}

function spanOf(first: ts.Node, declarations: readonly NamedDeclaration[], file: ts.SourceFile): Span {
  const name = (first as ts.NamedDeclaration).name ?? first;
  const start = file.getLineAndCharacterOfPosition(name.getStart(file));
  const last = declarations.at(-1)!.node;
  const end = file.getLineAndCharacterOfPosition(last.end);
  return {
    line: start.line + 1,
    col: start.character + 1,
    endLine: end.line + 1,
    endCol: end.character + 1,
  };
}

const modifiersOf = (node: ts.Node): readonly ts.ModifierLike[] => (ts.canHaveModifiers(node) ? (node.modifiers ?? []) : []);

function propsOf(nodes: readonly ts.Node[], file: ts.SourceFile, exportedAs: 'named' | 'default' | undefined): DeclarationProps {
  const first = nodes[0]!;
  const statement = ts.isVariableDeclaration(first) ? first.parent.parent : first;
  const has = (kind: ts.SyntaxKind): boolean =>
    nodes.some((node) => modifiersOf(node).some((m) => m.kind === kind)) || modifiersOf(statement).some((m) => m.kind === kind);
  const exported = exportOf(first);
  const as = exported ? (exported.name === undefined ? 'default' : 'named') : exportedAs;
  const callables = nodes.map((node) => initializerFunction(node) ?? node).filter(isSignature);
  const described = callables.filter((node) => !('body' in node && node.body) || callables.length === 1 || !overloaded(callables));
  const typed = nodes.find((node): node is ts.VariableDeclaration => 'type' in node && node.type !== undefined && !isSignature(node));
  const subjects = nodes.map(declaredBy);
  const heritage = subjects.flatMap((node) =>
    ts.isClassLike(node) || ts.isInterfaceDeclaration(node) ? (node.heritageClauses ?? []) : [],
  );
  const bodies = nodes.flatMap(implementationOf);
  const documented = nodes.map((node) => docOf(node)).find((doc) => doc !== undefined);
  const typeParameters = subjects.flatMap((node) =>
    'typeParameters' in node && !isSignature(node) ? [...((node.typeParameters as readonly ts.Node[] | undefined) ?? [])] : [],
  );
  const decorators = subjects
    .flatMap(decoratorsOf)
    .map(({ expression }) => printed(ts.isCallExpression(expression) ? expression.expression : expression, file));
  const props: DeclarationProps = {
    ...(has(ts.SyntaxKind.ExportKeyword) || as ? { exported: true } : {}),
    ...(has(ts.SyntaxKind.DefaultKeyword) || as === 'default' ? { default: true } : {}),
    ...(has(ts.SyntaxKind.PrivateKeyword) || nodes.some((node) => ts.isPrivateIdentifier((node as ts.NamedDeclaration).name ?? node))
      ? { visibility: 'private' as const }
      : has(ts.SyntaxKind.ProtectedKeyword)
        ? { visibility: 'protected' as const }
        : {}),
    ...(has(ts.SyntaxKind.StaticKeyword) ? { static: true } : {}),
    ...(has(ts.SyntaxKind.AbstractKeyword) ? { abstract: true } : {}),
    ...(nodes.some((node) => 'questionToken' in node && node.questionToken !== undefined) ? { optional: true } : {}),
    ...(has(ts.SyntaxKind.ReadonlyKeyword) ? { readonly: true } : {}),
    ...(has(ts.SyntaxKind.AsyncKeyword) || callables.some((node) => modifiersOf(node).some((m) => m.kind === ts.SyntaxKind.AsyncKeyword))
      ? { async: true }
      : {}),
    ...(nodes.some(ts.isAccessor) ? { accessor: true } : {}),
    ...(ts.isTypeAliasDeclaration(first) ? { type: aliasText(first, file) } : typed?.type ? { type: printed(typed.type, file) } : {}),
    ...(described.length > 0 ? { signatures: described.map((node) => signatureOf(node, file)) } : {}),
    ...(typeParameters.length > 0 ? { typeParameters: typeParameters.map((node) => printed(node, file)) } : {}),
    ...(heritage.length > 0 ? { heritage: heritage.map((clause) => printed(clause, file)) } : {}),
    ...(decorators.length > 0 ? { decorators } : {}),
    ...(bodies.length > 0 ? { body: shortHash(bodies.map((body) => structure(body)).join('\n')) } : {}),
    ...(documented ? { doc: documented } : {}),
  };
  return props;
}

const isSignature = (node: ts.Node): node is ts.SignatureDeclaration => ts.isFunctionLike(node);

const overloaded = (callables: readonly ts.SignatureDeclaration[]): boolean => callables.some((node) => !('body' in node && node.body));

/** An object type alias is described by its members, so that adding one changes the member, not the alias. */
const aliasText = (alias: ts.TypeAliasDeclaration, file: ts.SourceFile): string =>
  ts.isTypeLiteralNode(alias.type) ? '{}' : printed(alias.type, file);

function signatureOf(node: ts.SignatureDeclaration, file: ts.SourceFile): SignatureShape {
  return {
    parameters: node.parameters.map((parameter) => ({
      name: printed(parameter.name, file),
      ...(parameter.type ? { type: printed(parameter.type, file) } : {}),
      ...(parameter.questionToken || parameter.initializer ? { optional: true } : {}),
      ...(parameter.dotDotDotToken ? { rest: true } : {}),
    })),
    ...(node.type ? { returns: printed(node.type, file) } : {}),
    ...(node.typeParameters ? { typeParameters: node.typeParameters.map((parameter) => printed(parameter, file)) } : {}),
  };
}

/** What a declaration does, as far as no other field and no other declaration says it. */
function implementationOf(declaration: ts.Node): readonly ts.Node[] {
  const node = declaredBy(declaration);
  const callable = initializerFunction(node) ?? node;
  const parts: (ts.Node | undefined)[] = [...decoratorsOf(node), ...unnamedMembersOf(node)];
  if (ts.isFunctionLike(callable)) {
    for (const parameter of callable.parameters) parts.push(...decoratorsOf(parameter), parameter.initializer);
    if ('asteriskToken' in callable) parts.push(callable.asteriskToken);
    if ('body' in callable) parts.push(callable.body);
  } else if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isEnumMember(node)) {
    parts.push(node.initializer);
  } else if (ts.isBindingElement(node)) {
    const whole = ts.findAncestor(node, ts.isVariableDeclaration);
    parts.push(whole?.name, whole?.initializer);
  } else parts.push(exportOf(node)?.value);
  return parts.filter((part) => part !== undefined);
}

const decoratorsOf = (node: ts.Node): readonly ts.Decorator[] => (ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : []);

/** Call, construct and index signatures, and static blocks. */
function unnamedMembersOf(node: ts.Node): readonly ts.Node[] {
  const holder = ts.isTypeAliasDeclaration(node) ? node.type : node;
  if (!ts.isClassLike(holder) && !ts.isInterfaceDeclaration(holder) && !ts.isTypeLiteralNode(holder)) return [];
  return [...holder.members].filter(
    (member) =>
      ts.isCallSignatureDeclaration(member) ||
      ts.isConstructSignatureDeclaration(member) ||
      ts.isIndexSignatureDeclaration(member) ||
      ts.isClassStaticBlockDeclaration(member),
  );
}

function docOf(node: ts.Node): string | undefined {
  const holder = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const doc = ts.getJSDocCommentsAndTags(holder).find(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(doc?.comment)?.replace(/\s+/g, ' ').trim();
  if (!text) return undefined;
  return (/^.+?[.!?](?=\s|$)/.exec(text)?.[0] ?? text).slice(0, 240);
}

/** The text of a node with white space folded, at most 2,000 characters; comments give way to a hash of the structure. */
function printed(node: ts.Node, file: ts.SourceFile): string {
  const text = node.getText(file).replace(/\s+/g, ' ');
  if (/\/[/*]/.test(text)) return `${text.slice(0, text.search(/\/[/*]/)).trim()} #${shortHash(structure(node))}`;
  return text.length > 2000 ? `${text.slice(0, 1987)}#${shortHash(text)}` : text;
}

/** The syntax tree as text: equal for texts that differ in what formatters add and drop, and in comments, only. */
export function structure(node: ts.Node): string {
  let out = '';
  const visit = (child: ts.Node): void => {
    // The tree says what parentheses say, except where an optional chain ends.
    if (ts.isParenthesizedExpression(child) && !ts.isOptionalChain(child.expression)) return visit(child.expression);
    if (ts.isEmptyStatement(child) || (ts.isJsxText(child) && child.containsOnlyTriviaWhiteSpaces)) return;
    out += `(${child.kind}`;
    if (ts.isVariableDeclarationList(child)) out += `:${child.flags & ts.NodeFlags.BlockScoped}`;
    if (ts.isPrefixUnaryExpression(child) || ts.isPostfixUnaryExpression(child) || ts.isTypeOperatorNode(child))
      out += `:${child.operator}`;
    if (ts.isJsxText(child)) out += ` ${JSON.stringify(child.text.replace(/^\s*\n\s*|\s*\n\s*$/g, '').replace(/\s*\n\s*/g, ' '))}`;
    else if ('text' in child) out += ` ${JSON.stringify(child.text)}`;
    ts.forEachChild(child, visit);
    out += ')';
  };
  visit(node);
  return out;
}
