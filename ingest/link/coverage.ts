import { compare, type Edge, type Site } from '../../graph/model/edge.ts';
import { declarationId, parseId, type NodeId } from '../../graph/model/id.ts';
import type { DeclaresKey, LinkKeys } from '../keys.ts';
import { folderOf, pathFrom } from '../parse/paths.ts';
import type { Linker } from './linker.ts';

/** Folders that are tried as the one from which the report's paths start. */
const MOST_FOLDERS = 10;

/**
 * Declarations that reports say were run. A line belongs to the innermost declaration around it; the first line of a
 * longer one is run when its module is loaded, so that it says nothing.
 */
export const coverageLinker: Linker = {
  name: 'coverage',
  link: (repo, keys) => {
    const modules = modulesOf(repo, keys);
    const edges = new Map<string, Edge>();
    const covered = keys.of('covered').filter((key) => key.repo === repo);
    const named = new Map<string, string[]>();
    for (const { file, value } of covered) {
      const paths = named.get(file) ?? [];
      named.set(file, paths);
      paths.push(value.path);
    }
    const find = new Map([...named].map(([file, paths]) => [file, finder(file, paths, modules)]));
    for (const { file, value } of covered) {
      const module = modules.get(find.get(file)?.(value.path) ?? '');
      if (!module) continue;
      const site: Site = { line: value.at ?? 1, col: 1, file };
      for (const to of runIn(repo, module, value.lines)) {
        const known = edges.get(`${value.from}\n${to}`);
        if (!known)
          edges.set(`${value.from}\n${to}`, {
            from: value.from,
            type: 'COVERS',
            to,
            tier: 'trace',
            confidence: 1,
            rule: 'coverage-report',
            sites: [site],
          });
        else if (!known.sites.some(({ line }) => line === site.line)) known.sites.push(site);
      }
    }
    return { nodes: [], edges: [...edges.values()] };
  },
};

/** Modules of which it is known where their declarations stand, by path. */
function modulesOf(repo: string, keys: LinkKeys): ReadonlyMap<string, DeclaresKey> {
  const modules = new Map<string, DeclaresKey>();
  for (const { repo: owner, value } of keys.of('declares')) {
    const path = parseId(value.module)?.path;
    if (owner === repo && value.lines && path !== undefined) modules.set(path, value);
  }
  return modules;
}

/**
 * Finds the module that a report means: by a path from the folder of the report or one around it; of paths of another
 * machine, by what follows the folder after which most of the report's paths are modules.
 */
function finder(
  report: string,
  written: readonly string[],
  modules: ReadonlyMap<string, unknown>,
): (written: string) => string | undefined {
  const votes = new Map<string, number>();
  for (const path of written.map(normalised)) {
    if (!ELSEWHERE.test(path)) continue;
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
      if (modules.has(path.slice(slash + 1))) votes.set(path.slice(0, slash + 1), (votes.get(path.slice(0, slash + 1)) ?? 0) + 1);
  }
  const [[root] = ['']] = [...votes].sort(([a, x], [b, y]) => y - x || a.length - b.length || compare(a, b));
  const folders = [folderOf(report)];
  while (folders.at(-1) !== '' && folders.length < MOST_FOLDERS) folders.push(folderOf(folders.at(-1)!));
  return (text) => {
    const path = normalised(text);
    const candidates = ELSEWHERE.test(path)
      ? [pathFrom(folderOf(report), path), root !== '' && path.startsWith(root) ? path.slice(root.length) : undefined]
      : folders.map((folder) => (folder === '' ? path : `${folder}/${path}`));
    return candidates.find((candidate) => candidate !== undefined && modules.has(candidate));
  };
}

/** A path that does not start from a folder of the repository. */
const ELSEWHERE = /^(?:\/|[A-Za-z]:\/|\.\.\/)/;
/** Longer ones are no paths. */
const LONGEST_PATH = 1000;

const normalised = (written: string): string =>
  written.length > LONGEST_PATH
    ? ''
    : written
        .replace(/^file:\/\//, '')
        .replaceAll('\\', '/')
        .replace(/^(?:\.\/)+/, '');

function runIn(
  repo: string,
  { module, exported, internal, lines = [] }: DeclaresKey,
  covered: readonly (readonly [number, number])[],
): readonly NodeId[] {
  const path = parseId(module)?.path ?? '';
  const declarations = [...exported, ...internal]
    .flatMap((name, index) => {
      const stretch = lines[index];
      return stretch ? [{ name, first: stretch[0], last: stretch[1] }] : [];
    })
    .sort((a, b) => a.first - b.first || b.last - a.last);
  const run = new Set<string>();
  const open: typeof declarations = [];
  let next = 0;
  for (const [first, last] of covered)
    for (let line = first; line <= last; line++) {
      for (; next < declarations.length && declarations[next]!.first <= line; next++) open.push(declarations[next]!);
      while (open.length > 0 && open.at(-1)!.last < line) open.pop();
      // What ended below something that is still open.
      const innermost = open.findLast((one) => one.last >= line);
      if (innermost && (line > innermost.first || innermost.first === innermost.last)) run.add(innermost.name);
      if (next === declarations.length && open.length === 0) break;
    }
  return [...run].map((name) => declarationId(repo, path, name));
}
