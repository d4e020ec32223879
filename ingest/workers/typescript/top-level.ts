import { ts } from 'ts-morph';
import { scriptKindOf, shortHash, structure } from './declarations.ts';

/** What a module says outside its declarations. */
export interface TopLevel {
  /** Hash of the statements that run when the module is loaded, comments and white space aside. */
  readonly statements: string;
  /** Where each imported name comes from, by the name it has here: `put of ./storage.ts`. */
  readonly imports: ReadonlyMap<string, string>;
  /** Names passed on from elsewhere or given to others under another name: `put as store of ./storage.ts`. */
  readonly passedOn: ReadonlySet<string>;
}

/** The top level of one source text, from syntax alone, so that two versions of a module can be compared. */
export function topLevelOf({ path, text }: { readonly path: string; readonly text: string }): TopLevel {
  const file = ts.createSourceFile(`/${path}`, text, ts.ScriptTarget.Latest, true, scriptKindOf(path));
  const imports = new Map<string, string>();
  const passedOn = new Set<string>();
  const run: string[] = [];
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement) && statement.importClause) {
      for (const [name, from] of importedNames(statement.importClause))
        imports.set(name, `${from} of ${textOf(statement.moduleSpecifier)}`);
    } else if (ts.isExportDeclaration(statement)) {
      for (const name of exportedNames(statement)) passedOn.add(name);
    } else if (!isDeclaring(statement)) run.push(structure(statement));
  }
  return { statements: shortHash(run.join('\n')), imports, passedOn };
}

const textOf = (specifier: ts.Expression): string => (ts.isStringLiteralLike(specifier) ? specifier.text : specifier.getText());

function* importedNames({ name, namedBindings }: ts.ImportClause): Iterable<readonly [name: string, from: string]> {
  if (name) yield [name.text, 'default'];
  if (!namedBindings) return;
  if (ts.isNamespaceImport(namedBindings)) yield [namedBindings.name.text, '*'];
  else for (const element of namedBindings.elements) yield [element.name.text, (element.propertyName ?? element.name).text];
}

/** `export { a }` of a declaration in the file is a property of that declaration. */
function exportedNames({ exportClause, moduleSpecifier }: ts.ExportDeclaration): readonly string[] {
  const source = moduleSpecifier ? ` of ${textOf(moduleSpecifier)}` : '';
  if (!exportClause) return [`*${source}`];
  if (ts.isNamespaceExport(exportClause)) return [`* as ${exportClause.name.text}${source}`];
  return exportClause.elements.flatMap(({ name, propertyName }) => {
    if (propertyName) return [`${propertyName.text} as ${name.text}${source}`];
    return moduleSpecifier ? [`${name.text}${source}`] : [];
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
