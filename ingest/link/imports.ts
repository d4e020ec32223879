import type { Edge } from '../../graph/model/edge.ts';
import { parseId, type NodeId } from '../../graph/model/id.ts';
import type { ImportsKey, LinkKeys } from '../keys.ts';
import type { Linker } from './linker.ts';
import { baseName, folderOf } from '../parse/paths.ts';

/** Modules that one import may stand for: a package of Go, a wildcard of Java. */
const MOST_TARGETS = 100;
const SOURCE = /\.(py|go|rs|java)$/;

/**
 * Modules that modules of Go, Python, Rust and Java import, found by the conventions by which those languages lay out
 * files. What is not found in the repository is somebody else's.
 */
export const importsLinker: Linker = {
  name: 'imports',
  link: (repo, keys) => {
    const layout = layoutOf(repo, keys);
    const edges = new Map<string, Edge>();
    for (const { repo: owner, value } of keys.of('imports')) {
      if (owner !== repo) continue;
      const from = pathOf(value.module);
      for (const item of value.items)
        for (const path of targetsOf(layout, value.language, from, item).slice(0, MOST_TARGETS)) {
          const to = layout.modules.get(path);
          if (to === undefined || to === value.module) continue;
          const site = { line: item.line, col: item.col };
          const known = edges.get(`${value.module}\n${to}`);
          if (known) {
            if (!known.sites.some(({ line, col }) => line === site.line && col === site.col)) known.sites.push(site);
          } else
            edges.set(`${value.module}\n${to}`, {
              from: value.module,
              type: 'IMPORTS',
              to,
              tier: 'heuristic',
              confidence: 0.9,
              rule: `${value.language}-import`,
              sites: [site],
            });
        }
    }
    return { nodes: [], edges: [...edges.values()] };
  },
};

/** Where the modules of a repository stand. */
interface Layout {
  readonly modules: ReadonlyMap<string, NodeId>;
  /** Product files of Go by folder. */
  readonly goFolders: ReadonlyMap<string, readonly string[]>;
  /** Java files by file name, and by folder. */
  readonly javaNames: ReadonlyMap<string, readonly string[]>;
  readonly javaFolders: ReadonlyMap<string, readonly string[]>;
  /** Folders of Go modules and Rust crates by name. */
  readonly packages: ReadonlyMap<string, string>;
}

function layoutOf(repo: string, keys: LinkKeys): Layout {
  const modules = new Map<string, NodeId>();
  const goFolders = new Map<string, string[]>();
  const javaNames = new Map<string, string[]>();
  const javaFolders = new Map<string, string[]>();
  for (const { repo: owner, value } of keys.of('declares')) {
    const path = pathOf(value.module);
    if (owner !== repo || !SOURCE.test(path)) continue;
    modules.set(path, value.module);
    if (path.endsWith('.go') && !value.test) push(goFolders, folderOf(path), path);
    if (path.endsWith('.java')) {
      push(javaNames, baseName(path), path);
      push(javaFolders, folderOf(path).replace(/^.*\//, ''), path);
    }
  }
  const packages = new Map(keys.of('package').flatMap(({ repo: owner, value }) => (owner === repo ? [[value.name, value.folder]] : [])));
  return { modules, goFolders, javaNames, javaFolders, packages };
}

function targetsOf(layout: Layout, language: string, from: string, { name, members }: ImportsKey['items'][number]): readonly string[] {
  switch (language) {
    case 'python':
      return pythonTargets(layout, from, name, members);
    case 'go':
      return goTargets(layout, name);
    case 'rust':
      return rustTargets(layout, from, name);
    case 'java':
      return javaTargets(layout, from, name);
    default:
      return [];
  }
}

/** `app.users`: `app/users.py` or `app/users/__init__.py`, below the folder of the file or one around it, or their `src`. */
function pythonTargets(layout: Layout, from: string, name: string, members: readonly string[] = []): readonly string[] {
  const [, dots = '', rest = ''] = /^(\.*)(.*)$/.exec(name) ?? [];
  const steps = rest.split('.').filter((step) => step !== '');
  let roots = ancestorsOf(folderOf(from)).flatMap((folder) => [folder, below(folder, 'src')]);
  if (dots !== '') roots = ancestorsOf(folderOf(from)).slice(dots.length - 1, dots.length);
  const moduleAt = (path: string): string | undefined =>
    [`${path}.py`, below(path, '__init__.py')].find((candidate) => layout.modules.has(candidate));
  for (const root of roots) {
    const path = below(root, steps.join('/'));
    const found = members.map((member) => moduleAt(below(path, member)));
    const own = steps.length === 0 && dots === '' ? undefined : moduleAt(path);
    // A name that is no module is something that the package itself declares.
    const targets = [
      ...found.filter((target) => target !== undefined),
      ...(own !== undefined && (members.length === 0 || found.includes(undefined)) ? [own] : []),
    ];
    if (targets.length > 0) return [...new Set(targets)];
  }
  return [];
}

/** A Go import names a folder below a module of `go.mod`. */
function goTargets({ packages, goFolders }: Layout, name: string): readonly string[] {
  for (let module = name; module !== ''; module = folderOf(module)) {
    const folder = packages.get(module);
    if (folder !== undefined) return goFolders.get(below(folder, name.slice(module.length + 1))) ?? [];
  }
  return [];
}

/** `crate::models::User`, `super::x`, `self::api` and other crates of the repository: the longest part that is a file. */
function rustTargets({ modules, packages }: Layout, from: string, name: string): readonly string[] {
  const [first = '', ...rest] = name.split('::').map((step) => step.trim());
  let folder: string | undefined;
  let steps = rest;
  // Modules within a module stand in a folder of its name, unless it is the root of its folder.
  const own = /(^|\/)(mod|lib|main)\.rs$/.test(from) ? folderOf(from) : from.slice(0, -3);
  if (first === 'crate') folder = ancestorsOf(folderOf(from)).find((root) => rootFile(modules, root) !== undefined);
  else if (first === 'self') folder = own;
  else if (first === 'super') {
    folder = folderOf(own);
    for (; steps[0] === 'super'; steps = steps.slice(1)) folder = folderOf(folder);
  } else {
    const crate = packages.get(first) ?? packages.get(first.replaceAll('_', '-'));
    if (crate !== undefined) folder = below(crate, 'src');
    else if (modules.has(below(own, `${first}.rs`)) || modules.has(below(own, `${first}/mod.rs`)))
      [folder, steps] = [own, [first, ...rest]];
  }
  if (folder === undefined) return [];
  for (let length = steps.length; length > 0; length--) {
    const path = below(folder, steps.slice(0, length).join('/'));
    const found = [`${path}.rs`, below(path, 'mod.rs')].find((candidate) => modules.has(candidate));
    if (found !== undefined) return [found];
  }
  const root = [rootFile(modules, folder), `${folder}.rs`, below(folder, 'mod.rs')].find(
    (candidate) => candidate !== undefined && modules.has(candidate),
  );
  return root === undefined ? [] : [root];
}

const rootFile = (modules: ReadonlyMap<string, NodeId>, folder: string): string | undefined =>
  [below(folder, 'lib.rs'), below(folder, 'main.rs')].find((candidate) => modules.has(candidate));

/** `com.shop.User`, of a class or of a member of one, and `com.shop.*`: files whose path ends so. */
function javaTargets({ javaNames, javaFolders }: Layout, from: string, name: string): readonly string[] {
  const steps = name.split('.').map((step) => step.trim());
  if (steps.at(-1) === '*') {
    const folder = steps.slice(0, -1).join('/');
    const inFolder = (javaFolders.get(steps.at(-2) ?? '') ?? []).filter((path) => `/${folderOf(path)}`.endsWith(`/${folder}`));
    if (inFolder.length > 0) return inFolder;
    steps.pop();
  }
  for (let length = steps.length; length > 1; length--) {
    const suffix = `${steps.slice(0, length).join('/')}.java`;
    const found = (javaNames.get(`${steps[length - 1]}.java`) ?? []).filter((path) => `/${path}`.endsWith(`/${suffix}`));
    // Of copies in several projects, the one that shares most of its path.
    const [best] = found.toSorted((a, b) => shared(b, from) - shared(a, from));
    if (best !== undefined) return [best];
  }
  return [];
}

function shared(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

const below = (folder: string, path: string): string => (folder === '' || path === '' ? folder + path : `${folder}/${path}`);

/** A folder and those around it, nearest first; '' is the root. */
function ancestorsOf(folder: string): readonly string[] {
  const found = [folder];
  for (let at = folder; at !== ''; found.push(at)) at = folderOf(at);
  return found;
}

const pathOf = (module: NodeId): string => parseId(module)?.path ?? '';
