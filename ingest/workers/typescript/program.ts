import { realpathSync } from 'node:fs';
import { getLibFiles, libFolderInMemoryPath } from '@ts-morph/common';
import { ts } from 'ts-morph';
import type { Project } from './projects.ts';
import type { Workspace } from './workspace.ts';

/** What an import specifier stands for. */
export type ImportTarget =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'unresolved' };

export interface OpenProgram {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** Repository-relative path of a source file of the repository; undefined for libraries. */
  pathOf(file: ts.SourceFile): string | undefined;
  /** What the specifiers of a file resolved to, in the order of first use. */
  importsOf(file: ts.SourceFile): ReadonlyMap<string, ImportTarget>;
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
    readonly previous?: ts.Program;
  },
): OpenProgram {
  const { known, workspace, sourceFiles } = options;
  const base = ts.createCompilerHost(project.options, true);
  const resolutions = new Map<string, Map<string, ImportTarget>>();
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
  const host: ts.CompilerHost = {
    ...base,
    getDefaultLibLocation: () => libFolderInMemoryPath,
    getDefaultLibFileName: (compilerOptions) => `${libFolderInMemoryPath}/${ts.getDefaultLibFileName(compilerOptions)}`,
    getSourceFile: (name, languageVersion) => sourceFiles.get(name, languageVersion),
    resolveModuleNameLiterals: (literals, containing, _redirect, _options, file) => {
      const targets = new Map<string, ImportTarget>();
      resolutions.set(containing, targets);
      return literals.map((literal) => {
        const { module, target } = resolve(literal.text, containing, ts.getModeForUsageLocation(file, literal, project.options));
        targets.set(literal.text, target);
        return { resolvedModule: module };
      });
    },
  };
  const program = ts.createProgram({
    rootNames: project.roots,
    options: project.options,
    host,
    ...(options.previous ? { oldProgram: options.previous } : {}),
  });
  return {
    program,
    checker: program.getTypeChecker(),
    pathOf: (file) => relative(file.fileName),
    importsOf: (file) => resolutions.get(file.fileName) ?? new Map(),
  };
}

/** Parsed source files, shared by the programs of one repository where they parse alike. */
export interface SourceFileCache {
  get(fileName: string, options: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined;
  /** Forgets files whose text changed. */
  forget(fileNames: Iterable<string>): void;
}

export function createSourceFileCache(read: (fileName: string) => string | undefined): SourceFileCache {
  // ts-morph carries the standard library as text: the same on every machine, whatever the repository has installed.
  const libraries = new Map(getLibFiles().map(({ fileName, text }) => [`${libFolderInMemoryPath}/${fileName}`, text]));
  const files = new Map<string, Map<string, ts.SourceFile>>();
  return {
    get(fileName, options) {
      const given = typeof options === 'object' ? options : { languageVersion: options };
      const key = `${given.languageVersion}:${given.impliedNodeFormat ?? ''}:${given.jsDocParsingMode ?? ''}`;
      let variants = files.get(fileName);
      if (!variants) files.set(fileName, (variants = new Map()));
      let file = variants.get(key);
      if (!file) {
        const text = libraries.get(fileName) ?? read(fileName);
        if (text === undefined) return undefined;
        file = ts.createSourceFile(fileName, text, { ...given, jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeErrors }, true);
        variants.set(key, file);
      }
      return file;
    },
    forget(fileNames) {
      for (const name of fileNames) files.delete(name);
    },
  };
}

const realPath = (file: string): string => {
  try {
    return realpathSync.native(file);
  } catch {
    return file;
  }
};
