import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import path from 'node:path';
import { ts } from 'ts-morph';
import type { Span } from '../../../graph/model/provenance.ts';
import { messageOf } from '../../../graph/errors.ts';

/** One program to be made: several tsconfigs whose semantics agree, joined, with the files that belong to them. */
export interface Project {
  /** Repository-relative paths of the tsconfigs, first the one that gives the options; empty when there is none. */
  readonly configs: readonly string[];
  /** Its files are JavaScript that those tsconfigs leave out. */
  readonly isStray: boolean;
  readonly options: ts.CompilerOptions;
  /** Repository-relative paths this project owns: extracted here and nowhere else. */
  readonly owned: readonly string[];
  /** Absolute paths of the program's root files. */
  readonly roots: readonly string[];
}

/** What is wrong with a tsconfig. */
export interface ProjectDiagnostic {
  readonly file: string;
  readonly message: string;
  readonly span: Span;
}

const DEFAULTS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.Preserve,
  allowJs: true,
  checkJs: false,
  strict: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  experimentalDecorators: true,
};

/** Options that decide what is written, not what is meant; projects that differ in these only are joined. */
const OUTPUT_OPTIONS = new Set([
  'configFilePath', 'outDir', 'outFile', 'rootDir', 'rootDirs', 'declaration', 'declarationDir', 'declarationMap', 'emitDeclarationOnly', 'sourceMap', 'inlineSourceMap',
  'inlineSources', 'mapRoot', 'sourceRoot', 'composite', 'incremental', 'tsBuildInfoFile', 'noEmit', 'noEmitOnError', 'noEmitHelpers', 'importHelpers', 'removeComments',
  'stripInternal', 'noUnusedLocals', 'noUnusedParameters', 'noImplicitReturns', 'noFallthroughCasesInSwitch', 'allowUnreachableCode', 'allowUnusedLabels', 'isolatedModules',
  'isolatedDeclarations', 'preserveWatchOutput', 'pretty', 'types', 'typeRoots', 'disableSourceOfProjectReferenceRedirect', 'disableSolutionSearching', 'skipLibCheck',
  'skipDefaultLibCheck', 'forceConsistentCasingInFileNames', 'newLine', 'plugins', 'baseUrl', 'paths', 'pathsBasePath', 'noImplicitOverride', 'ignoreDeprecations',
  'erasableSyntaxOnly', 'verbatimModuleSyntax', 'importsNotUsedAsValues', 'preserveConstEnums', 'downlevelIteration', 'noImplicitThis', 'alwaysStrict', 'noErrorTruncation',
]); // prettier-ignore

const semantics = (options: ts.CompilerOptions): string =>
  JSON.stringify(
    Object.entries(options)
      .filter(([key, value]) => !OUTPUT_OPTIONS.has(key) && value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

interface ParsedConfig {
  readonly path: string;
  readonly options: ts.CompilerOptions;
  readonly files: readonly string[];
}

/**
 * Sorts the discovered files into projects. Every file has one owner: the nearest tsconfig above it that includes it,
 * else the nearest that is below or beside it; files that none includes go with the nearest tsconfig above them, and
 * without any tsconfig to a project with default options. JavaScript beside TypeScript that takes none in (configs,
 * scripts) is a project of its own with the options of that tsconfig. Configs that mean the same are joined into one
 * program, so that a reference across packages is seen whole.
 */
export function findProjects(
  root: string,
  files: readonly string[],
): { readonly projects: readonly Project[]; readonly diagnostics: readonly ProjectDiagnostic[] } {
  const diagnostics: ProjectDiagnostic[] = [];
  const known = new Set(files.map((file) => `${root}/${file}`));
  const sources = files.filter((file) => SOURCE.test(file));
  const configs = files
    .filter(isConfig)
    .map((file) => parseConfig(root, file, known, diagnostics))
    .filter((config) => config !== undefined);
  const includedBy = new Map<string, ParsedConfig[]>();
  for (const config of configs) for (const file of config.files) includedBy.set(file, [...(includedBy.get(file) ?? []), config]);

  const owners = new Map<ParsedConfig | undefined, string[]>();
  const strays = new Map<ParsedConfig | undefined, string[]>();
  for (const file of sources) {
    const candidates = includedBy.get(file) ?? [];
    const owner = candidates.length > 0 ? candidates.reduce((a, b) => (closer(file, a, b) ? a : b)) : nearestAbove(file, configs);
    const isStray = candidates.length === 0 && owner !== undefined && JAVASCRIPT.test(file) && !owner.options.allowJs;
    if (isStray && isMade(root, file)) continue;
    const lists = isStray ? strays : owners;
    const list = lists.get(owner);
    if (list) list.push(file);
    else lists.set(owner, [file]);
  }
  const projects = [...projectsOf(root, owners, false), ...projectsOf(root, strays, true)];
  return { projects: projects.toSorted((a, b) => (a.owned[0]! < b.owned[0]! ? -1 : 1)), diagnostics };
}

function projectsOf(root: string, owners: ReadonlyMap<ParsedConfig | undefined, readonly string[]>, isStray: boolean): readonly Project[] {
  const groups = new Map<string, { configs: ParsedConfig[]; owned: string[] }>();
  for (const [config, owned] of owners) {
    const key = config ? semantics(config.options) : '';
    const group = groups.get(key) ?? { configs: [], owned: [] };
    if (config) group.configs.push(config);
    group.owned.push(...owned);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ configs: joined, owned }) => {
    const ordered = joined.toSorted((a, b) => b.files.length - a.files.length || (a.path < b.path ? -1 : 1));
    const options = joinOptions(root, ordered);
    return {
      configs: ordered.map(({ path: file }) => file),
      isStray,
      options: {
        ...(isStray ? strayOptions(options) : options),
        noEmit: true,
        composite: false,
        incremental: false,
        declaration: false,
        skipLibCheck: true,
      },
      owned: owned.toSorted(),
      roots: owned.map((file) => `${root}/${file}`).toSorted(),
    };
  });
}

/**
 * What a tsconfig says of JavaScript that it leaves out. Nobody compiles that, and Node and bundlers find what a package
 * exports whatever the tsconfig says; everything else stays, so that sources in both programs are parsed once.
 */
function strayOptions(options: ts.CompilerOptions): ts.CompilerOptions {
  const finds = [ts.ModuleResolutionKind.Node16, ts.ModuleResolutionKind.NodeNext, ts.ModuleResolutionKind.Bundler];
  const { moduleResolution, module } = options;
  const isModern =
    moduleResolution === undefined ? module !== undefined && module >= ts.ModuleKind.Node16 : finds.includes(moduleResolution);
  return {
    ...options,
    allowJs: true,
    checkJs: false,
    importHelpers: false,
    ...(isModern ? {} : { moduleResolution: ts.ModuleResolutionKind.Bundler }),
  };
}

const MADE = /(^|\/)(vendors?|third[_-]party|bower_components|\.yarn)\/|[.-](min|bundle)\.[cm]?js$|(^|\/)\.pnp\.[cm]?js$/;
/** Characters that are looked at, and of one line above which nobody wrote it. */
const LOOKED_AT = 65_536;
const LONGEST_LINE = 4_000;

/** Whether a stray file is a library that was copied in, or made by a bundler: nobody of the repository wrote it. */
function isMade(root: string, file: string): boolean {
  if (MADE.test(file)) return true;
  const text = readStart(`${root}/${file}`);
  return text.split('\n').some((line) => line.length > LONGEST_LINE);
}

function readStart(file: string): string {
  try {
    const handle = openSync(file, 'r');
    try {
      const buffer = Buffer.alloc(LOOKED_AT);
      return buffer.toString('latin1', 0, readSync(handle, buffer, 0, LOOKED_AT, 0));
    } finally {
      closeSync(handle);
    }
  } catch {
    return ''; // whoever reads it whole reports it
  }
}

const SOURCE = /\.[cm]?[jt]sx?$/;
const JAVASCRIPT = /\.[cm]?jsx?$/;
/** A `tsconfig.json` or `jsconfig.json`, or one with a name in between. */
export const isConfig = (file: string): boolean => /(^|\/)(ts|js)config(\.[^/]+)?\.json$/.test(file);
export const isSource = (file: string): boolean => SOURCE.test(file);

function parseConfig(root: string, file: string, known: ReadonlySet<string>, diagnostics: ProjectDiagnostic[]): ParsedConfig | undefined {
  const absolute = `${root}/${file}`;
  const report = (message: string, at?: ts.Diagnostic): void => {
    diagnostics.push({
      file,
      message: message.replaceAll(`${root}/`, ''),
      span: at?.file?.fileName === absolute ? spanIn(at.file, at) : TOP,
    });
  };
  const read = (name: string): string | undefined => (existsSync(name) ? readFileSync(name, 'utf8') : undefined);
  const { config, error } = ts.readConfigFile(absolute, read);
  if (error || config === null || typeof config !== 'object') {
    report(error ? ts.flattenDiagnosticMessageText(error.messageText, ' ') : 'Not a JSON object.', error);
    return undefined;
  }
  try {
    const parsed = ts.parseJsonSourceFileConfigFileContent(
      ts.readJsonConfigFile(absolute, read),
      ts.sys,
      path.dirname(absolute),
      undefined,
      absolute,
    );
    for (const problem of parsed.errors) {
      if (problem.code === 18002 || problem.code === 18003) continue; // no inputs: a solution file
      report(ts.flattenDiagnosticMessageText(problem.messageText, ' '), problem);
    }
    for (const name of parsed.fileNames) if (!known.has(name) && !existsSync(name)) report(`Lists ${name}, which is not there.`);
    const included = parsed.fileNames.filter((name) => known.has(name)).map((name) => name.slice(root.length + 1));
    const { configFile: _, ...options } = parsed.options;
    return { path: file, options, files: included };
  } catch (cause) {
    report(`Cannot be read as a tsconfig: ${messageOf(cause)}`);
    return undefined;
  }
}

const TOP: Span = { line: 1, col: 1, endLine: 1, endCol: 1 };

function spanIn(file: ts.SourceFile, { start = 0, length = 0 }: ts.Diagnostic): Span {
  const from = file.getLineAndCharacterOfPosition(start);
  const to = file.getLineAndCharacterOfPosition(start + length);
  return { line: from.line + 1, col: from.character + 1, endLine: to.line + 1, endCol: to.character + 1 };
}

const depth = (file: string): number => file.split('/').length;
const directory = (file: string): string => (file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '');

/** Whether `a` is the better owner: deeper folder first, then the plain name `tsconfig.json`, then the larger, then by name. */
function closer(file: string, a: ParsedConfig, b: ParsedConfig): boolean {
  const rank = (config: ParsedConfig): readonly number[] => [
    file.startsWith(directory(config.path)) ? 1 : 0,
    depth(config.path),
    /(^|\/)tsconfig\.json$/.test(config.path) ? 1 : 0,
    config.files.length,
  ];
  const [ra, rb] = [rank(a), rank(b)];
  for (let i = 0; i < ra.length; i++) if (ra[i] !== rb[i]) return ra[i]! > rb[i]!;
  return a.path < b.path;
}

function nearestAbove(file: string, configs: readonly ParsedConfig[]): ParsedConfig | undefined {
  const above = configs.filter((config) => file.startsWith(directory(config.path)) && config.files.length > 0);
  return above.length === 0 ? undefined : above.reduce((a, b) => (closer(file, a, b) ? a : b));
}

function joinOptions(root: string, configs: readonly ParsedConfig[]): ts.CompilerOptions {
  const [first, ...rest] = configs;
  if (!first) return DEFAULTS;
  const paths: Record<string, string[]> = {};
  for (const { options, path: file } of configs) {
    const base = options.baseUrl ?? (options.pathsBasePath as string | undefined) ?? path.dirname(`${root}/${file}`);
    for (const [pattern, targets] of Object.entries(options.paths ?? {})) {
      const absolute = targets.map((target) => path.resolve(base, target));
      paths[pattern] = [...new Set([...(paths[pattern] ?? []), ...absolute])];
    }
  }
  const types =
    rest.every(({ options }) => options.types) && first.options.types
      ? [...new Set(configs.flatMap(({ options }) => options.types ?? []))]
      : undefined;
  const { types: _types, paths: _paths, ...options } = first.options;
  return { ...options, ...(Object.keys(paths).length > 0 ? { paths } : {}), ...(types ? { types } : {}) };
}
