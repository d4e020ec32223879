import type { Edge, Site } from '../../graph/model/edge.ts';
import { declarationId, parseId, type NodeId } from '../../graph/model/id.ts';
import type { DeclaresKey, LinkKeys } from '../keys.ts';
import type { Linker } from './linker.ts';

/**
 * Declarations that reports say were run. A line belongs to the innermost declaration around it; the first line of a
 * longer one is run when its module is loaded, so that it says nothing.
 */
export const coverageLinker: Linker = {
  name: 'coverage',
  link: (repo, keys) => {
    const modules = modulesOf(repo, keys);
    const edges = new Map<string, Edge>();
    for (const { repo: owner, file, value } of keys.of('covered')) {
      if (owner !== repo) continue;
      const module = moduleNamed(modules, value.path);
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

/** Reports name files by their path on the machine that ran them: the longest end of it that is a module is meant. */
function moduleNamed(modules: ReadonlyMap<string, DeclaresKey>, named: string): DeclaresKey | undefined {
  const steps = named.split('/').filter((step) => step !== '' && step !== '.');
  for (let from = 0; from < steps.length; from++) {
    const found = modules.get(steps.slice(from).join('/'));
    if (found) return found;
  }
  return undefined;
}

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
