import { isUtf8 } from 'node:buffer';
import { readFileSync, realpathSync } from 'node:fs';
import { getLibFiles, libFolderInMemoryPath } from '@ts-morph/common';
import { ts } from 'ts-morph';
import { declaredBy, namedDeclarations } from './naming.ts';
import type { Project } from './projects.ts';
import type { Workspace } from './workspace.ts';

/** What an import specifier stands for. */
export type ImportTarget =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'unresolved' };

/** Too large to be compiled, or nested too deeply. */
export type Shortened = 'too-large' | 'too-deep';

export interface OpenProgram {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** Why the program holds no more of a file than its imports; undefined when it holds all of it. */
  shortened(file: ts.SourceFile): Shortened | undefined;
  /** Repository-relative path of a source file of the repository; undefined for libraries. */
  pathOf(file: ts.SourceFile): string | undefined;
  /** What the specifiers of a file resolved to, in the order of first use. */
  importsOf(file: ts.SourceFile): ReadonlyMap<string, ImportTarget>;
  /** The same for all files, by absolute path. */
  readonly resolutions: ReadonlyMap<string, ReadonlyMap<string, ImportTarget>>;
}

const PACKAGE_PATH = /\/node_modules\/(?!.*\/node_modules\/)((?:@[^/]+\/)?[^/]+)/;

/**
 * Makes the program of a project. Imports of packages of this repository resolve to their sources, whether or not they
 * are built or linked. `previous` lets unchanged source files be used again.
 */
export function openProgram(
  root: string,
  project: Project,
  options: {
    readonly known: ReadonlySet<string>;
    readonly workspace: Workspace;
    readonly sourceFiles: SourceFileCache;
    readonly previous?: OpenProgram;
  },
): OpenProgram {
  const { known, workspace, sourceFiles } = options;
  const base = ts.createCompilerHost(project.options, true);
  // A program made from another one resolves again only where the text changed.
  const resolutions = new Map(options.previous?.resolutions);
  const cache = ts.createModuleResolutionCache(root, (name) => name, project.options);
  const relative = (file: string): string | undefined => {
    if (!file.startsWith(`${root}/`)) return undefined;
    const path = file.slice(root.length + 1);
    return known.has(path) ? path : undefined;
  };
  const resolve = (
    specifier: string,
    containing: string,
    mode: ts.ResolutionMode,
  ): { readonly module: ts.ResolvedModuleFull | undefined; readonly target: ImportTarget } => {
    const found = ts.resolveModuleName(specifier, containing, project.options, base, cache, undefined, mode).resolvedModule;
    const real = found && realPath(found.resolvedFileName);
    const own = real === undefined ? undefined : relative(real);
    if (found && own !== undefined && !/\.d\.[cm]?ts$/.test(own)) {
      return { module: { ...found, resolvedFileName: real!, isExternalLibraryImport: false }, target: { kind: 'file', path: own } };
    }
    const source = /^[./]/.test(specifier) ? undefined : workspace.resolve(specifier);
    if (source) {
      const extension = /(\.d)?\.[^./]+$/.exec(source)![0];
      return {
        module: { resolvedFileName: source, extension, isExternalLibraryImport: false },
        target: { kind: 'file', path: source.slice(root.length + 1) },
      };
    }
    if (own !== undefined) return { module: found, target: { kind: 'file', path: own } };
    const external = found && PACKAGE_PATH.exec(found.resolvedFileName)?.[1];
    if (external)
      return {
        module: found,
        target: {
          kind: 'package',
          name: external.replace(/^@types\/(?:(.+)__)?(.+)$/, (_, scope: string | undefined, name: string) =>
            scope ? `@${scope}/${name}` : name,
          ),
        },
      };
    return { module: found, target: { kind: 'unresolved' } };
  };
  const variant = variantOf(project.options);
  const host: ts.CompilerHost = {
    ...base,
    getDefaultLibLocation: () => libFolderInMemoryPath,
    getDefaultLibFileName: (compilerOptions) => `${libFolderInMemoryPath}/${ts.getDefaultLibFileName(compilerOptions)}`,
    getSourceFile: (name, languageVersion) => sourceFiles.get(name, languageVersion, variant),
    resolveModuleNameLiterals: (literals, containing, _redirect, _options, file) => {
      // With a previous program, only the specifiers that it did not know are asked for.
      const targets = new Map(resolutions.get(containing));
      resolutions.set(containing, targets);
      return literals.map((literal) => {
        const { module, target } = resolve(literal.text, containing, ts.getModeForUsageLocation(file, literal, project.options));
        targets.set(literal.text, target);
        // Configurations name large tools, whose types take longer to read than the files that use them.
        return { resolvedModule: project.isStray && target.kind === 'package' ? undefined : module };
      });
    },
  };
  const program = ts.createProgram({
    rootNames: project.roots,
    options: project.options,
    host,
    ...(options.previous ? { oldProgram: options.previous.program } : {}),
  });
  const checker = program.getTypeChecker();
  orderTypes(program, checker, relative);
  return {
    program,
    checker,
    shortened: (file) => sourceFiles.shortened(file.fileName),
    pathOf: (file) => relative(file.fileName),
    importsOf: (file) => {
      const targets = resolutions.get(file.fileName);
      const written = specifiersOf(file);
      return new Map([...(targets ?? [])].filter(([specifier]) => written.has(specifier)));
    },
    resolutions,
  };
}

/** The import specifiers that the compiler found in a file; it keeps them, but does not say so in its types. */
const specifiersOf = (file: ts.SourceFile): ReadonlySet<string> =>
  new Set((file as ts.SourceFile & { readonly imports?: readonly ts.StringLiteralLike[] }).imports?.map(({ text }) => text));

/**
 * Makes the compiler meet the declared types in the order of their files. Where types are alike it keeps the one it met
 * first (subtype reduction of unions), so without this the facts of a file would depend on which files were looked at
 * before it.
 */
function orderTypes(program: ts.Program, checker: ts.TypeChecker, relative: (file: string) => string | undefined): void {
  const files = program.getSourceFiles().filter(({ fileName }) => relative(fileName) !== undefined);
  for (const file of files.toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1))) {
    for (const declaration of namedDeclarations(file)) {
      const node = declaredBy(declaration.node);
      if (!ts.isClassLike(node) && !ts.isInterfaceDeclaration(node) && !ts.isEnumDeclaration(node)) continue;
      checker.getTypeAtLocation(node);
      const symbol = node.name && !ts.isInterfaceDeclaration(node) ? checker.getSymbolAtLocation(node.name) : undefined;
      if (symbol) checker.getTypeOfSymbol(symbol);
    }
  }
}

/** Parsed source files, shared by the programs of one repository where they parse alike. */
export interface SourceFileCache {
  /** `variant`: see {@link variantOf}. */
  get(fileName: string, options: ts.ScriptTarget | ts.CreateSourceFileOptions, variant: string): ts.SourceFile | undefined;
  /** Why `get` gives no more of a file than its imports. */
  shortened(fileName: string): Shortened | undefined;
  /** Forgets files whose text changed. */
  forget(fileNames: Iterable<string>): void;
  forgetAll(): void;
}

/**
 * The options by which the compiler adds imports to a file that nobody wrote, of the JSX runtime and of helpers, and decides
 * whether it is a module. It remembers on the file what it added: programs that differ in these cannot share it.
 */
const variantOf = ({
  jsx,
  jsxImportSource,
  importHelpers,
  isolatedModules,
  verbatimModuleSyntax,
  moduleDetection,
  module,
}: ts.CompilerOptions) =>
  JSON.stringify([jsx, jsxImportSource, importHelpers, isolatedModules, verbatimModuleSyntax, moduleDetection, module]);

/** To these, nothing is added. */
const DECLARATIONS = /\.d\.(?:[^./]+\.)?[cm]?ts$/;

export function createSourceFileCache(read: (fileName: string) => string | undefined): SourceFileCache {
  // ts-morph carries the standard library as text: the same on every machine, whatever the repository has installed.
  const libraries = new Map(getLibFiles().map(({ fileName, text }) => [`${libFolderInMemoryPath}/${fileName}`, text]));
  const files = new Map<string, Map<string, ts.SourceFile>>();
  const shortened = new Map<string, Shortened>();
  return {
    get(fileName, options, variant) {
      const given = typeof options === 'object' ? options : { languageVersion: options };
      const key = `${given.languageVersion}:${given.impliedNodeFormat ?? ''}:${given.jsDocParsingMode ?? ''}:${DECLARATIONS.test(fileName) ? '' : variant}`;
      let variants = files.get(fileName);
      if (!variants) files.set(fileName, (variants = new Map()));
      let file = variants.get(key);
      if (!file) {
        const text = libraries.get(fileName) ?? read(fileName);
        if (text === undefined) return undefined;
        const foreign = libraries.has(fileName) || fileName.includes('/node_modules/');
        // What others' declarations are for is not told.
        const jsDocParsingMode = foreign ? ts.JSDocParsingMode.ParseForTypeErrors : ts.JSDocParsingMode.ParseAll;
        const parse = (source: string): ts.SourceFile => ts.createSourceFile(fileName, source, { ...given, jsDocParsingMode }, true);
        const tooLarge = !foreign && text.length > LARGEST_SOURCE;
        if (!tooLarge) file = foreign ? parse(text) : parseShallow(text, parse);
        if (!file) {
          shortened.set(fileName, tooLarge ? 'too-large' : 'too-deep');
          file = parse(importsAlone(text));
        }
        variants.set(key, file);
      }
      return file;
    },
    shortened: (fileName) => shortened.get(fileName),
    forget(fileNames) {
      for (const name of fileNames) {
        files.delete(name);
        shortened.delete(name);
      }
    },
    forgetAll() {
      files.clear();
      shortened.clear();
    },
  };
}

/** Characters. Of generated bundles above this, only the imports are known. */
const LARGEST_SOURCE = 2_000_000;
/** Levels of syntax below which the compiler, which works by recursion, does not run out of stack. */
const DEEPEST = 500;
const MOST_TERMS = 2_000;

/** The parsed text; undefined when it is nested so deeply that parsing, binding or checking it would overflow the stack. */
function parseShallow(text: string, parse: (text: string) => ts.SourceFile): ts.SourceFile | undefined {
  let file: ts.SourceFile;
  try {
    file = parse(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  if (text.length < DEEPEST) return file;
  let level: ts.Node[] = [file];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return undefined;
    const below: ts.Node[] = [];
    for (const node of level) {
      let inner = node;
      // `a + b + c + …` leans to the left, and the compiler walks it in a loop.
      for (let terms = 0; ts.isBinaryExpression(inner); terms++) {
        if (terms > MOST_TERMS) return undefined;
        below.push(inner.right);
        inner = inner.left;
      }
      ts.forEachChild(inner, (child) => void below.push(child));
    }
    level = below;
  }
  return file;
}

/** A module with the imports of another: found by its tokens, however deep it is. */
const importsAlone = (text: string): string =>
  `${ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => `import ${JSON.stringify(fileName)};`)
    .join(' ')} export {};`;

/** The text of a file, in UTF-8 or UTF-16 by its mark, else in Latin-1; undefined when it cannot be read. */
export function readSource(fileName: string): string | undefined {
  try {
    return decode(readFileSync(fileName));
  } catch {
    return undefined;
  }
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return bytes
      .subarray(0, bytes.length & ~1)
      .swap16()
      .toString('utf16le', 2);
  const text = bytes.toString('utf8');
  // To the compiler a replacement character is the end of a binary file.
  return (text.includes('\uFFFD') && !isUtf8(bytes) ? bytes.toString('latin1') : text).replace(/^\uFEFF/, '');
}

const realPath = (file: string): string => {
  try {
    return realpathSync.native(file);
  } catch {
    return file;
  }
};
