import { ts } from 'ts-morph';
import { literalText } from './naming.ts';

export interface FoundTestCase {
  /** Titles from the outermost suite inwards, joined with ` > `. */
  readonly title: string;
  readonly modifier?: 'skip' | 'only' | 'todo' | 'fails';
  readonly node: ts.CallExpression;
}

export interface FoundTests {
  readonly framework: string;
  readonly cases: readonly FoundTestCase[];
}

const FRAMEWORKS: readonly (readonly [RegExp, string])[] = [
  [/^vitest$/, 'vitest'],
  [/^@jest\/globals$/, 'jest'],
  [/^node:test$|^test$/, 'node:test'],
  [/^@playwright\/test$|^@playwright\/experimental-ct-/, 'playwright'],
  [/^mocha$/, 'mocha'],
  [/^ava$/, 'ava'],
  [/^bun:test$/, 'bun'],
  [/^uvu$/, 'uvu'],
  [/^tape$|^tap$/, 'tap'],
];
const TEST_PATH = /(^|\/)(__tests__|tests?|e2e|specs?)\/|\.(test|spec|e2e-spec)\.[cm]?[jt]sx?$|(^|\/)tests?\.[cm]?[jt]sx?$/;
const SUITES = new Set(['describe', 'suite', 'context']);
const CASES = new Set(['it', 'test', 'specify', 'bench']);
const MODIFIERS = new Set(['skip', 'only', 'todo', 'fails']);

/**
 * The tests of a file: it imports a test framework, or it is named like a test and calls the globals that Jest, Mocha
 * and Vitest provide. Titles that are not literal are given as their source text.
 */
export function testsOf(file: ts.SourceFile, path: string): FoundTests | undefined {
  const imported = file.statements.flatMap((statement) =>
    ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier) ? [statement] : [],
  );
  const match = imported.flatMap((statement) => {
    const from = (statement.moduleSpecifier as ts.StringLiteral).text;
    return FRAMEWORKS.filter(([pattern]) => pattern.test(from)).map(([, framework]) => ({ framework, statement }));
  })[0];
  // `import anything from 'ava'`: the default import is the test function.
  const ownName = match?.statement.importClause?.name?.text;
  const helpers = functionsOf(file);
  const cases: FoundTestCase[] = [];
  let suites = 0;
  const visit = (node: ts.Node, titles: readonly string[]): void => {
    if (ts.isCallExpression(node)) {
      const call = testCall(node, ownName, helpers);
      const title = call && titleOf(node, file, call.modifier === 'todo' ? 1 : 2);
      if (call && title !== undefined) {
        const path = [...titles, title];
        if (call.suite) suites++;
        else cases.push({ title: path.join(' > '), node, ...(call.modifier ? { modifier: call.modifier } : {}) });
        node.arguments.forEach((argument) => visit(argument, path));
        return;
      }
    }
    ts.forEachChild(node, (child) => visit(child, titles));
  };
  if (!match && !TEST_PATH.test(path)) return undefined;
  visit(file, []);
  if (cases.length + suites === 0) return undefined;
  return { framework: match?.framework ?? 'globals', cases };
}

function testCall(
  call: ts.CallExpression,
  ownName: string | undefined,
  helpers: ReadonlySet<string>,
): { readonly suite: boolean; readonly modifier?: NonNullable<FoundTestCase['modifier']> } | undefined {
  let callee: ts.Expression = call.expression;
  let modifier: FoundTestCase['modifier'];
  let suite = false;
  for (;;) {
    if (ts.isCallExpression(callee)) callee = callee.expression;
    else if (ts.isTaggedTemplateExpression(callee)) callee = callee.tag;
    else if (ts.isPropertyAccessExpression(callee)) {
      if (MODIFIERS.has(callee.name.text)) modifier = callee.name.text as NonNullable<FoundTestCase['modifier']>;
      else if (SUITES.has(callee.name.text)) suite = true;
      else if (!/^(each|concurrent|sequential|serial|failing|for|runIf|skipIf|extend|parallel|step|macro)$/.test(callee.name.text))
        return undefined;
      callee = callee.expression;
    } else break;
  }
  if (!ts.isIdentifier(callee)) return undefined;
  const name = callee.text.replace(/^[xf](?=describe$|it$|test$)/, '');
  if (!SUITES.has(name) && !CASES.has(name) && callee.text !== ownName) return undefined;
  if (helpers.has(callee.text) && !call.arguments.some((argument) => ts.isFunctionLike(argument))) return undefined;
  if (callee.text.startsWith('x') && name !== callee.text) modifier = 'skip';
  return { suite: suite || SUITES.has(name), ...(modifier ? { modifier } : {}) };
}

/** Names of functions that a file declares at its top: one of them may be called `test` and make something else. */
function functionsOf(file: ts.SourceFile): ReadonlySet<string> {
  return new Set(
    file.statements.flatMap((statement): readonly string[] => {
      if (ts.isFunctionDeclaration(statement)) return statement.name ? [statement.name.text] : [];
      if (!ts.isVariableStatement(statement)) return [];
      return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
        ts.isIdentifier(name) && initializer && ts.isFunctionLike(initializer) ? [name.text] : [],
      );
    }),
  );
}

function titleOf(call: ts.CallExpression, file: ts.SourceFile, fewestArguments: number): string | undefined {
  const [first] = call.arguments;
  if (!first || call.arguments.length < fewestArguments) return undefined;
  if (ts.isStringLiteralLike(first)) return literalText(first);
  if (ts.isFunctionLike(first) || ts.isObjectLiteralExpression(first)) return undefined;
  return first.getText(file).replace(/\s+/g, ' ').slice(0, 200);
}
