import { groupOf } from '../../../graph/model/chunk.ts';
import { EDGE_CODE } from '../../../graph/model/edge.ts';
import { parseId } from '../../../graph/model/id.ts';
import { KIND_CODE, NODE_KINDS, type NodeKind } from '../../../graph/model/node.ts';
import type { Snapshot } from '../../../graph/snapshot/csr.ts';

/** What the graph knows of one file. */
export interface RepoFile {
  readonly path: string;
  /** Number of its module; -1 where it is no code. */
  readonly module: number;
  readonly kinds: ReadonlySet<NodeKind>;
  /** At least so many: where its last thing ends. */
  readonly lines: number;
  /** Files that import it or pass on what it exports. */
  readonly importers: ReadonlySet<string>;
  readonly isTest: boolean;
  /** Example, benchmark, fixture or helper of tests, in a repository that has other code. */
  readonly isBeside: boolean;
}

export interface RepoFiles {
  readonly byPath: ReadonlyMap<string, RepoFile>;
  /** Whether a thing of the graph, by its number, is of this repository: paths repeat between repositories. */
  holds(node: number): boolean;
  /** The folder of the package that a file belongs to: the nearest; empty for that of the repository. */
  packageOf(path: string): string;
}

/** The files of one repository, by a walk over the whole graph. */
export function repoFiles(graph: Snapshot, repo: string): RepoFiles {
  const files = new Map<string, { path: string; module: number; kinds: Set<NodeKind>; lines: number; importers: Set<string> }>();
  const folders = new Set<string>();
  const own = new Uint8Array(graph.nodeCount);
  for (let node = 0; node < graph.nodeCount; node++) {
    const path = graph.fileText(node);
    if (path === undefined || parseId(graph.id(node))?.repo !== repo) continue;
    own[node] = 1;
    const file = files.get(path) ?? { path, module: -1, kinds: new Set(), lines: 0, importers: new Set() };
    files.set(path, file);
    const kind = NODE_KINDS[graph.kind[node]!]!;
    file.kinds.add(kind);
    file.lines = Math.max(file.lines, graph.endLine[node]!);
    if (kind === 'Module') file.module = node;
    if (kind === 'Package') folders.add(folderOf(path));
  }
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const type = graph.edgeType[edge]!;
    if (type !== EDGE_CODE.IMPORTS && type !== EDGE_CODE.RE_EXPORTS) continue;
    if (own[graph.edgeFrom[edge]!] === 0 || own[graph.edgeTo[edge]!] === 0) continue;
    const [from, to] = [graph.fileText(graph.edgeFrom[edge]!), graph.fileText(graph.edgeTo[edge]!)];
    if (graph.kind[graph.edgeFrom[edge]!] !== KIND_CODE.Module || from === undefined || to === undefined || from === to) continue;
    files.get(to)?.importers.add(from);
  }
  const isTest = ({ path, kinds }: { readonly path: string; readonly kinds: ReadonlySet<NodeKind> }): boolean =>
    kinds.has('TestFile') || TEST.test(path);
  const hasCode = [...files.values()].some((file) => file.module >= 0 && !isTest(file) && groupOf(file.path) === 'code');
  const asRepoFile = (file: Omit<RepoFile, 'isTest' | 'isBeside'>): RepoFile => ({
    ...file,
    isTest: isTest(file),
    isBeside: hasCode && !isTest(file) && groupOf(file.path) === 'test',
  });
  return {
    byPath: new Map(Array.from(files, ([path, file]) => [path, asRepoFile(file)])),
    holds: (node) => own[node] === 1,
    packageOf(path) {
      for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) if (folders.has(folder)) return folder;
      return '';
    },
  };
}

const TEST = /(?:^|\/)__tests__\/|[._-](?:test|spec|e2e-spec|test-d)\.[cm]?[jt]sx?$/;

/** `src/cart` of `src/cart/index.ts`; empty at the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
export const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
/** `cart` of `src/cart.service.ts`. */
export const stemOf = (path: string): string => /^\.?[^.]*/.exec(baseOf(path))![0];
export const inFolder = (folder: string, base: string): string => (folder === '' ? base : `${folder}/${base}`);
