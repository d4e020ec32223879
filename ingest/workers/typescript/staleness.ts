import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Edge } from '../../../graph/model/edge.ts';
import { type NodeId, lastName } from '../../../graph/model/id.ts';
import { isDeclaration, type Node } from '../../../graph/model/node.ts';
import type { FileFacts } from './file-facts.ts';
import type { ImportTarget } from './program.ts';

/**
 * What a unit keeps in the store about its dependence on other files, so that a later process can tell which units a
 * change makes stale. Coarse, by file; a warm session knows more, see {@link Memory}.
 */
const UnitState = z.object({
  /** Hash of everything that is not a source file but decides what sources mean: tsconfigs, manifests, lockfiles. */
  environment: z.string(),
  /** Hash of what other files can see of this one. */
  surface: z.string(),
  /** What its import specifiers resolved to; of JSON also what that said, since nothing else is known of it. */
  imports: z.array(z.tuple([z.string(), z.string()])),
});
export type UnitState = z.infer<typeof UnitState>;

/** The state of a unit; undefined when it was written by another version, which makes the unit stale. */
export function readState(text: string): UnitState | undefined {
  try {
    return UnitState.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What a session remembers of one file: the surfaces of its declarations, and what its facts depend on. */
export interface Memory {
  readonly surfaces: ReadonlyMap<NodeId, string>;
  /** Declarations that any fact of the file names. */
  readonly uses: ReadonlySet<NodeId>;
  readonly missed: ReadonlySet<string>;
  /** For each declaration, those that its type, as others see it, is made of. */
  readonly shapes: ReadonlyMap<NodeId, readonly NodeId[]>;
  readonly imports: UnitState['imports'];
  /** Declares names that other files see without importing them. */
  readonly global: boolean;
}

const hash = (text: string): string => createHash('sha1').update(text).digest('hex');

export const isData = (path: string): boolean => path.endsWith('.json');

/** `hashOf` gives the hash of a file's bytes. */
export const importList = (imports: ReadonlyMap<string, ImportTarget>, hashOf: (path: string) => string): UnitState['imports'] =>
  [...imports].map(([specifier, target]): [string, string] => [specifier, targetText(target, hashOf)]).sort(([a], [b]) => (a < b ? -1 : 1));

function targetText(target: ImportTarget, hashOf: (path: string) => string): string {
  if (target.kind === 'unresolved') return UNRESOLVED;
  if (target.kind === 'package') return `npm:${target.name}`;
  return isData(target.path) ? `${target.path}#${hashOf(target.path)}` : target.path;
}
const UNRESOLVED = '!';
const DATA_TARGET = /^(.*\.json)(?:#(.*))?$/;

/** Whether JSON that one of these files imports may say something else now, or be there at last. `hashes` are of all JSON files. */
export function dataDiffers(states: Iterable<UnitState | undefined>, hashes: ReadonlyMap<string, string>): boolean {
  const names = new Set([...hashes.keys()].map(lastSegment));
  for (const state of states) {
    for (const [specifier, target] of state?.imports ?? []) {
      if (target === UNRESOLVED && isData(specifier) && names.has(lastSegment(specifier))) return true;
      const [, path, read] = DATA_TARGET.exec(target) ?? [];
      if (path !== undefined && hashes.get(path) !== read) return true;
    }
  }
  return false;
}
const lastSegment = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const sameImports = (a: UnitState['imports'], b: UnitState['imports']): boolean =>
  a.length === b.length && a.every(([specifier, target], i) => b[i]![0] === specifier && b[i]![1] === target);

/** Everything to remember of a file whose facts were just stated. */
export function rememberFile(module: NodeId, facts: FileFacts, imports: UnitState['imports']): Memory {
  const surfaces = new Map<NodeId, string>();
  const inferred = new Set<NodeId>();
  const exported: string[] = [];
  // No declaration stands for JSON: whatever the file declares may be made of it.
  const data = imports.filter(([, target]) => DATA_TARGET.test(target));
  for (const node of facts.nodes) {
    if (!isDeclaration(node)) continue;
    const open = !isAnnotated(node);
    if (open) inferred.add(node.id);
    const { doc: _doc, body, ...visible } = node.props;
    surfaces.set(node.id, JSON.stringify([node.kind, visible, open ? body : undefined, ...data]));
    if (node.props.exported) exported.push(node.name);
  }
  surfaces.set(module, JSON.stringify([facts.exports, exported, ...data]));
  const uses = new Set<NodeId>();
  const shapes = new Map<NodeId, NodeId[]>();
  for (const edge of facts.edges) {
    uses.add(edge.to);
    if (edge.via !== undefined) uses.add(edge.via);
    if (!inferred.has(edge.from) && !SHAPING.has(edge.type)) continue;
    const list = shapes.get(edge.from);
    const targets = edge.via === undefined ? [edge.to] : [edge.to, edge.via];
    if (list) list.push(...targets);
    else shapes.set(edge.from, targets);
  }
  return { surfaces, uses, missed: facts.missed, shapes, imports, global: facts.global };
}

/** Edges through which a declaration's written type depends on another one. */
const SHAPING: ReadonlySet<Edge['type']> = new Set([
  'USES_TYPE',
  'EXTENDS',
  'IMPLEMENTS',
  'REFERENCES',
  'RE_EXPORTS',
  'EXPORTS',
  'INFERS_FROM',
  'OVERRIDES',
]);

/** True when everything others see of a declaration is written down, so that its body does not matter to them. */
function isAnnotated(node: Node): boolean {
  if (!isDeclaration(node)) return true;
  const { type, signatures } = node.props;
  switch (node.kind) {
    case 'Class':
    case 'Interface':
    case 'TypeAlias':
    case 'Enum':
    case 'Namespace':
      return true;
    case 'Constructor':
      return signatures?.every(({ parameters }) => parameters.every((parameter) => parameter.type !== undefined)) ?? true;
    default:
      if (type !== undefined) return true;
      return (
        signatures?.every(
          ({ parameters, returns }) => returns !== undefined && parameters.every((parameter) => parameter.type !== undefined),
        ) ?? false
      );
  }
}

export const surfaceHash = ({ surfaces }: Memory): string => hash(JSON.stringify([...surfaces]));

/**
 * The files whose facts may differ although their text does not: they name a declaration whose visible type changed,
 * directly or through the types it is made of, or a name that did not resolve has a declaration now. `before` and
 * `after` hold the files that were extracted again, or are gone.
 */
export function staleFiles(
  memories: ReadonlyMap<string, Memory>,
  before: ReadonlyMap<string, Memory>,
  after: ReadonlyMap<string, Memory>,
): ReadonlySet<string> {
  const affected = new Set<NodeId>();
  const appeared = new Set<string>();
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(path)?.surfaces ?? new Map<NodeId, string>();
    const now = after.get(path)?.surfaces ?? new Map<NodeId, string>();
    for (const [id, surface] of now) {
      if (old.get(id) === surface && sameShape(before.get(path)?.shapes.get(id), after.get(path)?.shapes.get(id))) continue;
      affected.add(id);
      if (!old.has(id)) appeared.add(lastName(id));
    }
    for (const id of old.keys()) if (!now.has(id)) affected.add(id);
  }
  const dependents = new Map<NodeId, NodeId[]>();
  for (const memory of [...memories.values(), ...before.values()]) {
    for (const [id, targets] of memory.shapes) {
      for (const target of targets) {
        const list = dependents.get(target);
        if (list) list.push(id);
        else dependents.set(target, [id]);
      }
    }
  }
  const queue = [...affected];
  const reach = (id: NodeId): void => {
    if (affected.has(id)) return;
    affected.add(id);
    queue.push(id);
  };
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const dependent of dependents.get(id) ?? []) reach(dependent);
    // A type is made of its members.
    const dot = id.lastIndexOf('.');
    if (dot > id.indexOf('#') && id.includes('#')) reach(id.slice(0, dot));
  }
  const stale = new Set<string>();
  for (const [path, memory] of memories) {
    if (some(memory.uses, affected) || some(memory.missed, appeared)) stale.add(path);
  }
  return stale;
}

const sameShape = (a: readonly NodeId[] = [], b: readonly NodeId[] = []): boolean =>
  a.length === b.length && a.every((id, at) => id === b[at]);

function some<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const value of small) if (large.has(value)) return true;
  return false;
}

/** The files that import one of `seeds`, directly or through others. `imports` may name several graphs: all count. */
export function importersOf(seeds: Iterable<string>, graphs: readonly ReadonlyMap<string, UnitState['imports']>[]): ReadonlySet<string> {
  const importers = new Map<string, string[]>();
  for (const graph of graphs) {
    for (const [path, imports] of graph) {
      for (const [, target] of imports) {
        const list = importers.get(target);
        if (list) list.push(path);
        else importers.set(target, [path]);
      }
    }
  }
  const found = new Set<string>();
  const queue = [...seeds];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    for (const importer of importers.get(path) ?? []) {
      if (found.has(importer)) continue;
      found.add(importer);
      queue.push(importer);
    }
  }
  return found;
}
