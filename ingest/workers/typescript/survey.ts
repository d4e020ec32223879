import { createHash } from 'node:crypto';
import { ts } from 'ts-morph';
import type { UnitRecord } from '../../../graph/model/delta.ts';
import type { DiscoveredFile, ExtractInput, Repository } from '../../worker.ts';
import { findProjects, isConfig, isSource, type Project, type ProjectDiagnostic } from './projects.ts';
import { dataDiffers, isData, readState, type UnitState } from './staleness.ts';
import { findWorkspace, type Workspace } from './workspace.ts';

/** Raise when the same sources give other facts: every unit becomes stale. */
const FACTS_VERSION = 8;

/** What there is in a repository, and how it differs from what the store holds of it. */
export interface Survey {
  readonly sources: ReadonlyMap<string, DiscoveredFile>;
  readonly configs: readonly (DiscoveredFile & { readonly problems: readonly ProjectDiagnostic[] })[];
  readonly projects: readonly Project[];
  /** Paths of all files. */
  readonly known: ReadonlySet<string>;
  readonly workspace: Workspace;
  /** Sources that a project takes in. */
  readonly owned: ReadonlySet<string>;
  /** Hash of everything but sources that decides what sources mean. */
  readonly environment: string;
  readonly previous: ReadonlyMap<string, UnitRecord>;
  readonly states: ReadonlyMap<string, UnitState | undefined>;
  /** Sources whose text, or whose environment, the store does not know yet. */
  readonly changed: ReadonlySet<string>;
  /** Sources that the store knows and that are gone. */
  readonly removed: readonly string[];
  /** JSON files, which sources may import, and hashes of their bytes. */
  readonly data: ReadonlyMap<string, string>;
  /** What a source imports of them may have changed. */
  readonly dataDiffers: boolean;
}

export function takeSurvey({ root }: Repository, { files, previous }: ExtractInput): Survey {
  const sources = new Map(files.filter(({ path }) => isSource(path)).map((file) => [file.path, file]));
  const paths = files.map(({ path }) => path);
  const { projects, diagnostics } = findProjects(root, paths);
  const environment = environmentOf(root, files, projects);
  const states = new Map([...previous].map(([path, unit]) => [path, readState(unit.state)]));
  const data = new Map(files.filter(({ path }) => isData(path)).map(({ path, hash }) => [path, hash]));
  const isKnown = ({ path, hash }: DiscoveredFile): boolean =>
    previous.get(path)?.hash === hash && states.get(path)?.environment === environment;
  return {
    sources,
    configs: files
      .filter(({ path }) => isConfig(path))
      .map((config) => ({ ...config, problems: diagnostics.filter(({ file }) => file === config.path) })),
    projects,
    known: new Set(paths),
    workspace: findWorkspace(root, paths),
    owned: new Set(projects.flatMap((project) => project.owned)),
    environment,
    previous,
    states,
    changed: new Set([...sources.values()].filter((file) => !isKnown(file)).map(({ path }) => path)),
    removed: [...previous.keys()].filter((path) => isSource(path) && !sources.has(path)),
    data,
    dataDiffers: dataDiffers(states.values(), data),
  };
}

/** Everything but sources that decides what sources mean. */
function environmentOf(root: string, files: readonly DiscoveredFile[], projects: readonly Project[]): string {
  const hash = createHash('sha1').update(`${FACTS_VERSION} ${ts.version}`);
  for (const file of files) if (DECIDING.test(file.path)) hash.update(`\n${file.path} ${file.hash}`);
  for (const { configs, options, isStray } of projects) {
    // What the strays of a tsconfig go by is that tsconfig, which is there already: the first of them changes nothing for others.
    if (!isStray) hash.update(`\n${configs.join(' ')} ${JSON.stringify(options).replaceAll(root, '')}`);
  }
  return hash.digest('hex');
}

const DECIDING =
  /(^|\/)(package(-lock)?\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|bun\.lock|[tj]sconfig(\.[^/]+)?\.json)$/;
