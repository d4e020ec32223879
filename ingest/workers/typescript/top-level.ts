import { ts } from 'ts-morph';
import { scriptKindOf, shortHash, structure } from './declarations.ts';
import { namedDeclarations } from './naming.ts';

/** What a module says outside its declarations. */
export interface TopLevel {
  /** Hash of the statements that run when the module is loaded, comments and white space aside. */
  readonly statements: string;
  /** Where each imported name comes from, by the name it has here: `put of ./storage.ts`. */
  readonly imports: ReadonlyMap<string, string>;
  /** Names passed on from elsewhere or given to others under another name, `put as store of ./storage.ts`, and as what. */
  readonly passedOn: ReadonlyMap<string, 'value' | 'type'>;
}

/** The top level of one source text, from syntax alone, so that two versions of a module can be compared. */
export function topLevelOf({ path, text }: { readonly path: string; readonly text: string }): TopLevel {
  const file = ts.createSourceFile(`/${path}`, text, ts.ScriptTarget.Latest, true, scriptKindOf(path));
  const imports = new Map<string, string>();
  const passedOn = new Map<string, 'value' | 'type'>();
  const run: string[] = [];
  const named = namedDeclarations(file);
  const declaring = new Set(named.map(({ node }) => node));
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement) && statement.importClause) {
      for (const [name, from] of importedNames(statement.importClause))
        imports.set(name, `${from} of ${textOf(statement.moduleSpecifier)}`);
    } else if (ts.isExportDeclaration(statement)) {
      for (const [name, as] of exportedNames(statement)) passedOn.set(name, as);
    } else if (!isDeclaring(statement) && !declaring.has(statement)) run.push(structure(statement));
  }
  // `export { a }` of a declaration of this file is said by the declaration itself.
  for (const { name } of named) passedOn.delete(name);
  return { statements: shortHash(run.join('\n')), imports, passedOn };
}

const textOf = (specifier: ts.Expression): string => (ts.isStringLiteralLike(specifier) ? specifier.text : specifier.getText());

function* importedNames({ name, namedBindings }: ts.ImportClause): Iterable<readonly [name: string, from: string]> {
  if (name) yield [name.text, 'default'];
  if (!namedBindings) return;
  if (ts.isNamespaceImport(namedBindings)) yield [namedBindings.name.text, '*'];
  else for (const element of namedBindings.elements) yield [element.name.text, (element.propertyName ?? element.name).text];
}

function exportedNames({
  exportClause,
  moduleSpecifier,
  isTypeOnly,
}: ts.ExportDeclaration): readonly (readonly [name: string, as: 'value' | 'type'])[] {
  const source = moduleSpecifier ? ` of ${textOf(moduleSpecifier)}` : '';
  const as = isTypeOnly ? 'type' : 'value';
  if (!exportClause) return [[`*${source}`, as]];
  if (ts.isNamespaceExport(exportClause)) return [[`* as ${exportClause.name.text}${source}`, as]];
  return exportClause.elements.map((element) => {
    const original = element.propertyName ? `${element.propertyName.text} as ` : '';
    return [`${original}${element.name.text}${source}`, element.isTypeOnly ? 'type' : as];
  });
}

const isDeclaring = (statement: ts.Statement): boolean =>
  ts.isVariableStatement(statement) ||
  ts.isFunctionDeclaration(statement) ||
  ts.isClassDeclaration(statement) ||
  ts.isInterfaceDeclaration(statement) ||
  ts.isTypeAliasDeclaration(statement) ||
  ts.isEnumDeclaration(statement) ||
  ts.isModuleDeclaration(statement) ||
  (ts.isExportAssignment(statement) && ts.isIdentifier(statement.expression));
