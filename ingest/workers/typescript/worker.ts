import { createHash } from 'node:crypto';
import { ts } from 'ts-morph';
import { throwIfAborted } from '../../../graph/errors.ts';
import { unitId, type UnitDelta } from '../../../graph/model/delta.ts';
import { moduleId } from '../../../graph/model/id.ts';
import type { DiscoveredFile, ExtractInput, ExtractOptions, Repository, SourceWorker, WorkerSession } from '../../worker.ts';
import { createFileExtractor, unownedFile, WORKER, type FileFacts } from './file-facts.ts';
import { createSourceFileCache, openProgram, readSource, type OpenProgram, type SourceFileCache } from './program.ts';
import { findProjects, isConfig, isSource, type Project, type ProjectDiagnostic } from './projects.ts';
import {
  importersOf,
  importList,
  readState,
  rememberFile,
  sameImports,
  staleFiles,
  surfaceHash,
  type Memory,
  type UnitState,
} from './staleness.ts';
import { findWorkspace } from './workspace.ts';

/** Raise when the same sources give other facts: every unit becomes stale. */
const FACTS_VERSION = 2;

/** TypeScript and JavaScript sources, through the TypeScript compiler that ts-morph carries. */
export function createTypescriptWorker(): SourceWorker {
  return { name: WORKER, claims: (path) => isSource(path) || isConfig(path), open: createSession };
}

/** What a session keeps between two extractions: parsed files, programs, and what each file depends on. */
interface Warm {
  readonly sourceFiles: SourceFileCache;
  readonly programs: Map<string, OpenProgram>;
  readonly memories: Map<string, Memory>;
  readonly hashes: Map<string, string>;
}

function createSession(repository: Repository): WorkerSession {
  const warm: Warm = { sourceFiles: createSourceFileCache(readSource), programs: new Map(), memories: new Map(), hashes: new Map() };
  let runs = 0;
  return {
    extract: (input, options) => extract(repository, input, options, warm, runs++ > 0),
    [Symbol.dispose]() {
      warm.sourceFiles.forgetAll();
      warm.programs.clear();
      warm.memories.clear();
      warm.hashes.clear();
    },
  };
}

/**
 * Extracts what is stale. A first run goes by what units recorded in the store, file by file; later runs of one session
 * go by what it remembers, declaration by declaration. Without either, everything is extracted. Programs of a first run
 * are released one by one; a session that runs again keeps them.
 */
async function* extract(
  repository: Repository,
  { files, previous }: ExtractInput,
  options: ExtractOptions,
  warm: Warm,
  again: boolean,
): AsyncIterable<UnitDelta> {
  const { root, name: repo } = repository;
  const claimed = files.filter(({ path }) => isSource(path));
  const byPath = new Map(claimed.map((file) => [file.path, file]));
  const paths = files.map(({ path }) => path);
  const known = new Set(paths);
  const { projects, diagnostics: problems } = findProjects(root, paths);
  const environment = environmentOf(root, files, projects);
  const workspace = findWorkspace(root, paths);

  const edited = new Set(claimed.filter(({ path, hash }) => warm.hashes.get(path) !== hash).map(({ path }) => path));
  warm.sourceFiles.forget([...edited, ...[...warm.hashes.keys()].filter((path) => !byPath.has(path))].map((path) => `${root}/${path}`));
  const sameFiles = warm.hashes.size === claimed.length && claimed.every(({ path }) => warm.hashes.has(path));
  warm.hashes.clear();
  for (const { path, hash } of claimed) warm.hashes.set(path, hash);

  const states = new Map([...previous].map(([path, unit]) => [path, readState(unit.state)]));
  const changed = new Set(
    claimed
      .filter(({ path, hash }) => previous.get(path)?.hash !== hash || states.get(path)?.environment !== environment)
      .map(({ path }) => path),
  );
  const removed = [...previous.keys()].filter((path) => isSource(path) && !byPath.has(path));

  const stated = (path: string, facts: FileFacts, state: Omit<UnitState, 'environment'>): UnitDelta => ({
    unit: {
      id: unitId(repo, WORKER, path),
      repo,
      worker: WORKER,
      path,
      hash: byPath.get(path)!.hash,
      state: JSON.stringify({ environment, ...state } satisfies UnitState),
    },
    nodes: [...facts.nodes],
    edges: [...facts.edges],
    diagnostics: [...facts.diagnostics],
  });
  for (const { path, hash } of files.filter((file) => isConfig(file.path))) {
    const delta = configUnit(
      repo,
      path,
      hash,
      problems.filter(({ file }) => file === path),
      environment,
    );
    if (previous.get(path)?.hash !== hash || previous.get(path)?.state !== delta.unit.state) yield delta;
  }
  const owned = new Set(projects.flatMap((project) => project.owned));
  for (const { path } of claimed) {
    if (owned.has(path) || !changed.has(path)) continue;
    yield stated(path, unownedFile(repo, path), { surface: '', imports: [] });
  }

  const remembered = again && [...owned].every((path) => edited.has(path) || warm.memories.has(path));
  const everything = again && !remembered;
  const total = everything || changed.size === claimed.length ? owned.size : changed.size;
  let done = 0;

  const opened: { readonly project: Project; readonly open: OpenProgram; readonly extractFile: (path: string) => FileFacts }[] = [];
  const openProject = (project: Project): (typeof opened)[number] => {
    const key = project.configs.join('\n');
    const last = sameFiles ? warm.programs.get(key) : undefined;
    const open = openProgram(root, project, { known, workspace, sourceFiles: warm.sourceFiles, ...(last ? { previous: last } : {}) });
    if (again) warm.programs.set(key, open);
    return { project, open, extractFile: createFileExtractor(repository, open) };
  };
  const before = new Map<string, Memory>();
  const after = new Map<string, Memory>();
  for (const path of [...removed, ...edited]) {
    const memory = warm.memories.get(path);
    if (memory) before.set(path, memory);
    warm.memories.delete(path);
  }

  const run = ({ open, extractFile }: (typeof opened)[number], path: string): UnitDelta => {
    throwIfAborted(options.signal);
    const facts = extractFile(path);
    const file = open.program.getSourceFile(`${root}/${path}`);
    const imports = file ? importList(open.importsOf(file)) : [];
    const memory = rememberFile(moduleId(repo, path), facts, imports);
    const last = warm.memories.get(path);
    if (last) before.set(path, last);
    after.set(path, memory);
    warm.memories.set(path, memory);
    options.onProgress?.(++done, Math.max(total, done));
    return stated(path, facts, { surface: surfaceHash(memory), imports });
  };

  // Cold: one program at a time, each released before the next is made.
  if (everything || owned.size === [...owned].filter((path) => changed.has(path)).length) {
    for (const project of projects) {
      const opening = openProject(project);
      for (const path of project.owned) yield run(opening, path);
    }
    return;
  }
  if (changed.size + removed.length === 0) return;

  for (const project of projects) opened.push(openProject(project));
  const extracted = new Set<string>();
  function* extractWhere(isStale: (path: string) => boolean): Iterable<UnitDelta> {
    for (const opening of opened) {
      for (const path of opening.project.owned) {
        if (extracted.has(path) || !isStale(path)) continue;
        extracted.add(path);
        yield run(opening, path);
      }
    }
  }
  yield* extractWhere((path) => changed.has(path));
  const imports = new Map<string, UnitState['imports']>();
  for (const { project, open } of opened) {
    for (const path of project.owned) {
      const file = open.program.getSourceFile(`${root}/${path}`);
      if (file) imports.set(path, importList(open.importsOf(file)));
    }
  }
  yield* extractWhere((path) => {
    const last = (remembered ? warm.memories : states).get(path)?.imports;
    return !last || !sameImports(last, imports.get(path) ?? []);
  });
  if (!remembered) {
    const stale = staleByFile(states, imports, after, removed);
    yield* extractWhere((path) => stale.has(path));
    return;
  }
  // What is extracted again may be made of other declarations than before, which makes more files stale.
  for (let size = -1; size < extracted.size;) {
    size = extracted.size;
    const stale = staleFiles(warm.memories, before, after);
    yield* extractWhere((path) => stale.has(path));
  }
}

/** Without a memory: whoever imports, however far, a file whose surface changed; everyone, when it has no importers by nature. */
function staleByFile(
  states: ReadonlyMap<string, UnitState | undefined>,
  imports: ReadonlyMap<string, UnitState['imports']>,
  after: ReadonlyMap<string, Memory>,
  removed: readonly string[],
): ReadonlySet<string> {
  const seeds = [...removed, ...[...after].filter(([path, memory]) => !looksAlike(states.get(path), memory)).map(([path]) => path)];
  if (seeds.some((path) => isGlobal(after.get(path)))) return new Set(imports.keys());
  const old = new Map([...states].map(([path, state]) => [path, state?.imports ?? []]));
  return importersOf(seeds, [old, imports]);
}

/** To other files, as far as the stored state tells: they may mean something else by a name that is now imported from elsewhere. */
const looksAlike = (last: UnitState | undefined, now: Memory): boolean =>
  last !== undefined && last.surface === surfaceHash(now) && sameImports(last.imports, now.imports);

/** Declares something for files that do not import it, or may have before it vanished. */
const isGlobal = (memory: Memory | undefined): boolean => memory === undefined || memory.global;

/** A tsconfig declares nothing; what is wrong with it is stated under its own name. */
function configUnit(repo: string, path: string, hash: string, problems: readonly ProjectDiagnostic[], environment: string): UnitDelta {
  const surface = createHash('sha1').update(JSON.stringify(problems)).digest('hex');
  const state = JSON.stringify({ environment, surface, imports: [] } satisfies UnitState);
  const diagnostics = problems.map(({ file, message, span }) => ({ code: 'bad-config', severity: 'error' as const, message, file, span }));
  return { unit: { id: unitId(repo, WORKER, path), repo, worker: WORKER, path, hash, state }, nodes: [], edges: [], diagnostics };
}

/** Everything but sources that decides what sources mean. */
function environmentOf(root: string, files: readonly DiscoveredFile[], projects: readonly Project[]): string {
  const hash = createHash('sha1').update(`${FACTS_VERSION} ${ts.version}`);
  for (const file of files) if (DECIDING.test(file.path)) hash.update(`\n${file.path} ${file.hash}`);
  for (const { configs, options } of projects) hash.update(`\n${configs.join(' ')} ${JSON.stringify(options).replaceAll(root, '')}`);
  return hash.digest('hex');
}

const DECIDING =
  /(^|\/)(package(-lock)?\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|bun\.lock|[tj]sconfig(\.[^/]+)?\.json)$/;
