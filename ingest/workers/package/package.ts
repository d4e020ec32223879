import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { throwIfAborted } from '../../../graph/errors.ts';
import { unitId, type UnitDelta } from '../../../graph/model/delta.ts';
import type { Edge } from '../../../graph/model/edge.ts';
import { makeId, moduleId, type NodeId } from '../../../graph/model/id.ts';
import type { Node } from '../../../graph/model/node.ts';
import type { Diagnostic } from '../../../graph/model/provenance.ts';
import { keysText, type LinkKey } from '../../keys.ts';
import type { DiscoveredFile, ExtractInput, ExtractOptions, Repository, SourceWorker } from '../../worker.ts';
import { folderOf } from '../../parse/paths.ts';
import { readTrees, valueAt } from '../../parse/tree.ts';

const NAME = 'package';
const MANIFEST = /(?:^|\/)package\.json$/;
const SOURCE = /\.[cm]?[jt]sx?$/;
const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

const Dependencies = z.record(z.string(), z.unknown()).optional().catch(undefined);
const Manifest = z.looseObject({
  name: z.string().min(1).optional().catch(undefined),
  version: z.string().optional().catch(undefined),
  private: z.boolean().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
  scripts: z.record(z.string(), z.unknown()).optional().catch(undefined),
  bin: z
    .union([z.string(), z.record(z.string(), z.unknown())])
    .optional()
    .catch(undefined),
  ...(Object.fromEntries(DEPENDENCY_FIELDS.map((field) => [field, Dependencies])) as Record<
    (typeof DEPENDENCY_FIELDS)[number],
    typeof Dependencies
  >),
});
type Manifest = z.infer<typeof Manifest>;

/** A manifest as read; `problem` says why its content is not known. */
interface ReadManifest {
  readonly file: DiscoveredFile;
  readonly folder: string;
  readonly text: string;
  readonly manifest: Manifest;
  readonly problem?: Diagnostic;
}

/**
 * npm packages: what a `package.json` declares, which packages it depends on, and the modules that belong to it, those
 * for which it is the nearest manifest. Manifests are few and small, so all are read each time; a unit is stated again
 * when what it says has changed, which also covers a package that moves into or out of the repository.
 */
export function createPackageWorker(): SourceWorker {
  return {
    name: NAME,
    claims: (path) => MANIFEST.test(path),
    open: (repository) => ({
      extract: (input, options) => extract(repository, input, options),
      [Symbol.dispose]: () => undefined,
    }),
  };
}

async function* extract({ name: repo, root }: Repository, input: ExtractInput, options: ExtractOptions): AsyncIterable<UnitDelta> {
  const manifests = await Promise.all(input.files.filter(({ path }) => MANIFEST.test(path)).map((file) => readManifest(root, file)));
  const local = new Set(manifests.flatMap(({ manifest }) => manifest.name ?? []));
  const modules = modulesByFolder(input.files, new Set(manifests.map(({ folder }) => folder)));
  for (const [index, read] of manifests.entries()) {
    throwIfAborted(options.signal);
    const { keys, ...facts } = factsOf(repo, read, local, modules.get(read.folder) ?? []);
    const { path, hash: bytes } = read.file;
    const state = hash('sha256', JSON.stringify({ facts, keys }));
    const before = input.previous.get(path);
    if (before?.hash !== bytes || before.state !== state)
      yield { unit: { id: unitId(repo, NAME, path), repo, worker: NAME, path, hash: bytes, state, keys: keysText(keys) }, ...facts };
    options.onProgress?.(index + 1, manifests.length);
  }
}

async function readManifest(root: string, file: DiscoveredFile): Promise<ReadManifest> {
  const folder = file.path.replace(MANIFEST, '');
  const failed = (code: string, message: string): ReadManifest => ({
    file,
    folder,
    text: '',
    manifest: {},
    problem: { code, severity: 'warning', message, file: file.path },
  });
  let text;
  try {
    text = await readFile(`${root}/${file.path}`, 'utf8');
  } catch (error) {
    return failed('unreadable', `Cannot be read: ${String(error)}`.replaceAll(`${root}/`, ''));
  }
  try {
    const parsed = Manifest.safeParse(JSON.parse(text));
    return parsed.success ? { file, folder, text, manifest: parsed.data } : failed('invalid-manifest', 'Is no JSON object.');
  } catch (error) {
    return failed('parse-failure', `Is not valid JSON: ${String(error)}`);
  }
}

/** Source files by the folder of their nearest manifest. */
function modulesByFolder(files: readonly DiscoveredFile[], folders: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const modules = new Map<string, string[]>();
  for (const { path } of files) {
    if (!SOURCE.test(path)) continue;
    let folder = path;
    do folder = folderOf(folder);
    while (folder !== '' && !folders.has(folder));
    const found = modules.get(folder);
    if (found) found.push(path);
    else modules.set(folder, [path]);
  }
  return modules;
}

/** Scripts that run the package, as opposed to building or testing it. */
const START = ['start', 'start:prod', 'serve'] as const;

function factsOf(
  repo: string,
  read: ReadManifest,
  local: ReadonlySet<string>,
  modules: readonly string[],
): Omit<UnitDelta, 'unit'> & { readonly keys: readonly LinkKey[] } {
  const { file, folder, manifest, problem } = read;
  const name = manifest.name ?? (folder || '.');
  const id = makeId({ repo, scheme: 'pkg', path: name });
  const lineOf = linesOf(read.text, file.path);
  const declared = (from: NodeId, type: Edge['type'], to: NodeId, line: number): Edge => ({
    from,
    type,
    to,
    tier: 'declared',
    confidence: 1,
    sites: [{ line, col: 1, file: file.path }],
  });
  const nodes = new Map<NodeId, Node>();
  const line = lineOf('name');
  const start = START.find((script) => Object.hasOwn(manifest.scripts ?? {}, script));
  nodes.set(id, {
    id,
    kind: 'Package',
    name,
    repo,
    file: file.path,
    span: { line, col: 1, endLine: line, endCol: 1 },
    props: {
      ...(manifest.version === undefined ? {} : { version: manifest.version }),
      ...(manifest.private === undefined ? {} : { private: manifest.private }),
      ...(manifest.scripts === undefined ? {} : { scripts: Object.keys(manifest.scripts) }),
      ...(typeof manifest.bin === 'object' ? { bin: Object.keys(manifest.bin) } : {}),
      ...(typeof manifest.bin === 'string' ? { bin: [name.replace(/^@[^/]+\//, '')] } : {}),
      ...(manifest.description === undefined ? {} : { doc: manifest.description.slice(0, 300) }),
    },
  });
  const edges = new Map<NodeId, Edge>();
  for (const field of DEPENDENCY_FIELDS)
    for (const dependency of Object.keys(manifest[field] ?? {})) {
      const to = local.has(dependency) ? makeId({ repo, scheme: 'pkg', path: dependency }) : makeId({ scheme: 'npm', path: dependency });
      if (to === id || edges.has(to)) continue;
      edges.set(to, declared(id, 'DEPENDS_ON', to, lineOf(field, dependency)));
      if (!local.has(dependency)) nodes.set(to, { id: to, kind: 'Package', name: dependency, props: { external: true } });
    }
  return {
    nodes: [...nodes.values()],
    edges: [
      declared(makeId({ repo, scheme: 'repo', path: repo }), 'CONTAINS', id, line),
      ...edges.values(),
      ...modules.map((path) => declared(id, 'CONTAINS', moduleId(repo, path), line)),
    ],
    diagnostics: problem ? [problem] : [],
    keys: [{ key: 'package', id, name, folder, ...(start === undefined ? {} : { starts: lineOf('scripts', start) }) }],
  };
}

/** Finds the line on which a key of a JSON text stands; 1 when it does not. */
function linesOf(text: string, file: string): (...keys: readonly string[]) => number {
  const [tree] = readTrees(text, file).trees;
  return (...keys) => (tree && valueAt(tree.value, keys) !== undefined ? tree.spanOf(keys).line : 1);
}
