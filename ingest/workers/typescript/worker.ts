import { createHash } from 'node:crypto';
import { throwIfAborted } from '../../../graph/errors.ts';
import { unitId, type UnitDelta } from '../../../graph/model/delta.ts';
import { moduleId } from '../../../graph/model/id.ts';
import { keysText } from '../../keys.ts';
import type { ExtractInput, ExtractOptions, Repository, SourceWorker, WorkerSession } from '../../worker.ts';
import { createFileExtractor, unownedFile, WORKER, type FileFacts } from './file-facts.ts';
import { createSourceFileCache, openProgram, readSource, type OpenProgram, type SourceFileCache } from './program.ts';
import { isConfig, isSource, type Project, type ProjectDiagnostic } from './projects.ts';
import { importersOf, importList, rememberFile, sameImports, staleFiles, surfaceHash, type Memory, type UnitState } from './staleness.ts';
import { takeSurvey, type Survey } from './survey.ts';

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
  /** That of the last survey. */
  environment: string;
}

function createSession(repository: Repository): WorkerSession {
  const warm: Warm = {
    sourceFiles: createSourceFileCache(readSource),
    programs: new Map(),
    memories: new Map(),
    hashes: new Map(),
    environment: '',
  };
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
  input: ExtractInput,
  options: ExtractOptions,
  warm: Warm,
  again: boolean,
): AsyncIterable<UnitDelta> {
  const survey = takeSurvey(repository, input);
  const noted = noteEdits(repository, survey, warm);
  yield* withoutProgram(repository, survey);
  const remembers = again && [...survey.owned].every((path) => noted.edited.has(path) || warm.memories.has(path));
  const all = (again && !remembers) || [...survey.owned].every((path) => survey.changed.has(path));
  if (!all && survey.changed.size + survey.removed.length === 0 && !survey.dataDiffers) return;
  const total = all ? survey.owned.size : survey.changed.size;
  const run = createRun(repository, survey, options, warm, { ...noted, again, total, remember: !(all && options.last) });
  if (all) yield* everything(survey, run);
  else yield* staleOnly(survey, run, remembers ? warm.memories : undefined);
}

/** What differs from the last run of the session. */
interface Noted {
  readonly edited: ReadonlySet<string>;
  /** Imports of texts that are the same lead where they led: last run's programs can be built upon. */
  readonly sameFiles: boolean;
  /** What the session remembered of what was edited or is gone. */
  readonly forgotten: ReadonlyMap<string, Memory>;
}

function noteEdits({ root }: Repository, { sources, data, removed, environment }: Survey, warm: Warm): Noted {
  const hashes = new Map([...data, ...[...sources].map(([path, { hash }]) => [path, hash] as const)]);
  const edited = new Set([...hashes].filter(([path, hash]) => warm.hashes.get(path) !== hash).map(([path]) => path));
  const gone = [...warm.hashes.keys()].filter((path) => !hashes.has(path));
  const sameFiles = gone.length === 0 && warm.hashes.size === hashes.size && warm.environment === environment;
  warm.environment = environment;
  warm.sourceFiles.forget([...edited, ...gone].map((path) => `${root}/${path}`));
  warm.hashes.clear();
  for (const [path, hash] of hashes) warm.hashes.set(path, hash);
  const forgotten = new Map<string, Memory>();
  for (const path of [...removed, ...edited]) {
    const memory = warm.memories.get(path);
    if (memory) forgotten.set(path, memory);
    warm.memories.delete(path);
  }
  return { edited, sameFiles, forgotten };
}

/** The units that need no compiler: configurations, and sources that no project takes in. */
function* withoutProgram({ name: repo }: Repository, survey: Survey): Iterable<UnitDelta> {
  for (const { path, hash, problems } of survey.configs) {
    const delta = configUnit(repo, path, hash, problems, survey.environment);
    if (survey.previous.get(path)?.hash !== hash || survey.previous.get(path)?.state !== delta.unit.state) yield delta;
  }
  for (const path of survey.changed)
    if (!survey.owned.has(path)) yield sourceUnit(repo, survey, path, unownedFile(repo, path), { surface: '', imports: [] });
}

/** A project whose program is open. */
interface Opened {
  readonly project: Project;
  readonly open: OpenProgram;
  readonly extractFile: (path: string) => FileFacts;
}

/** One run over the files of a repository. */
interface Run {
  openProject(project: Project): Opened;
  extractFile(opened: Opened, path: string): UnitDelta;
  importsOf(opened: Opened, path: string): UnitState['imports'];
  /** What the session remembered of files that were extracted in this run, or are gone. */
  readonly before: ReadonlyMap<string, Memory>;
  /** What there is to remember of files that were extracted in this run. */
  readonly after: ReadonlyMap<string, Memory>;
}

function createRun(
  repository: Repository,
  survey: Survey,
  options: ExtractOptions,
  warm: Warm,
  { sameFiles, forgotten, again, total, remember }: Noted & { readonly again: boolean; readonly total: number; readonly remember: boolean },
): Run {
  const { root, name: repo } = repository;
  const { known, workspace } = survey;
  const before = new Map(forgotten);
  const after = new Map<string, Memory>();
  let done = 0;
  const importsOf = ({ open }: Opened, path: string): UnitState['imports'] => {
    const file = open.program.getSourceFile(`${root}/${path}`);
    return file ? importList(open.importsOf(file), (imported) => survey.data.get(imported) ?? '') : [];
  };
  return {
    before,
    after,
    importsOf,
    openProject(project) {
      const key = `${project.isStray ? 'beside ' : ''}${project.configs.join('\n')}`;
      const last = sameFiles ? warm.programs.get(key) : undefined;
      const open = openProgram(root, project, { known, workspace, sourceFiles: warm.sourceFiles, ...(last ? { previous: last } : {}) });
      if (again) warm.programs.set(key, open);
      return { project, open, extractFile: createFileExtractor(repository, open) };
    },
    extractFile(opened, path) {
      throwIfAborted(options.signal);
      const facts = opened.extractFile(path);
      const imports = importsOf(opened, path);
      const memory = rememberFile(moduleId(repo, path), facts, imports);
      if (remember) {
        const last = warm.memories.get(path);
        if (last) before.set(path, last);
        after.set(path, memory);
        warm.memories.set(path, memory);
      }
      options.onProgress?.(++done, Math.max(total, done));
      return sourceUnit(repo, survey, path, facts, { surface: surfaceHash(memory), imports });
    },
  };
}

/** One program at a time, each released before the next is made. */
function* everything({ projects }: Survey, run: Run): Iterable<UnitDelta> {
  for (const project of projects) {
    const opened = run.openProject(project);
    for (const path of project.owned) yield run.extractFile(opened, path);
  }
}

/** What changed, then what that makes stale, by what the session remembers or else by what the store says of units. */
function* staleOnly(survey: Survey, run: Run, memories: ReadonlyMap<string, Memory> | undefined): Iterable<UnitDelta> {
  const programs = survey.projects.map(run.openProject);
  const extracted = new Set<string>();
  function* extractWhere(isStale: (path: string, opened: Opened) => boolean): Iterable<UnitDelta> {
    for (const opened of programs) {
      for (const path of opened.project.owned) {
        if (extracted.has(path) || !isStale(path, opened)) continue;
        extracted.add(path);
        yield run.extractFile(opened, path);
      }
    }
  }
  yield* extractWhere((path) => survey.changed.has(path));
  yield* extractWhere((path, opened) => {
    const last = (memories ?? survey.states).get(path)?.imports;
    return !last || !sameImports(last, run.importsOf(opened, path));
  });
  if (!memories) {
    const imports = new Map(programs.flatMap((opened) => opened.project.owned.map((path) => [path, run.importsOf(opened, path)])));
    const stale = staleByFile(survey.states, imports, run.after, survey.removed);
    return yield* extractWhere((path) => stale.has(path));
  }
  // What is extracted again may be made of other declarations than before, which makes more files stale.
  for (let size = -1; size < extracted.size;) {
    size = extracted.size;
    const stale = staleFiles(memories, run.before, run.after);
    yield* extractWhere((path) => stale.has(path));
  }
}

function sourceUnit(repo: string, survey: Survey, path: string, facts: FileFacts, state: Omit<UnitState, 'environment'>): UnitDelta {
  const { environment, sources } = survey;
  const unit = { id: unitId(repo, WORKER, path), repo, worker: WORKER, path, hash: sources.get(path)!.hash };
  return {
    unit: { ...unit, state: JSON.stringify({ environment, ...state } satisfies UnitState), keys: keysText(facts.keys) },
    nodes: [...facts.nodes],
    edges: [...facts.edges],
    diagnostics: [...facts.diagnostics],
  };
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
  return { unit: { id: unitId(repo, WORKER, path), repo, worker: WORKER, path, hash, state, keys: '' }, nodes: [], edges: [], diagnostics };
}
