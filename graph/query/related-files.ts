import { parseId } from '../model/id.ts';
import type { Snapshot } from '../snapshot/csr.ts';

/** Share of the walks that start anew at each step; the others follow an edge. */
const RESTART = 0.5;
/** After these, less than a hundredth of a percent of the first walks has not started anew. */
const STEPS = 15;

/** A file of one repository. */
export interface FileRef {
  readonly repo: string;
  readonly path: string;
}

/** One string for a file: paths repeat between repositories. */
export const fileKey = (repo: string, path: string): string => `${repo}\0${path}`;

/** Files of a graph and how closely each pair of them is connected. */
interface FileGraph {
  readonly files: readonly FileRef[];
  /** By file: the files that edges lead to or come from, and the share of its walks that goes there. */
  readonly neighbours: readonly (readonly (readonly [file: number, share: number])[])[];
}

const fileGraphs = new WeakMap<Snapshot, FileGraph>();

/**
 * How near other files are to some, over all typed edges in either direction: personalised PageRank (Haveliwala 2002) from
 * these files. Scores add up to at most 1; files that nothing connects are left out, as are those asked about.
 */
export function relatedFiles(graph: Snapshot, to: readonly FileRef[]): readonly (FileRef & { readonly score: number })[] {
  let known = fileGraphs.get(graph);
  if (!known) fileGraphs.set(graph, (known = fileGraphOf(graph)));
  const { files, neighbours } = known;
  const starts = files.flatMap(({ repo, path }, file) => (to.some((each) => each.repo === repo && each.path === path) ? [file] : []));
  if (starts.length === 0) return [];
  let walks = new Float64Array(files.length);
  for (let step = 0; step <= STEPS; step++) {
    const next = new Float64Array(files.length);
    for (const start of starts) next[start] = (step === 0 ? 1 : RESTART) / starts.length;
    for (const [file, share] of walks.entries()) {
      if (share === 0) continue;
      for (const [other, part] of neighbours[file]!) next[other]! += (1 - RESTART) * share * part;
    }
    walks = next;
  }
  return files.flatMap((file, index) => (walks[index]! > 0 && !starts.includes(index) ? [{ ...file, score: walks[index]! }] : []));
}

function fileGraphOf(graph: Snapshot): FileGraph {
  const files: FileRef[] = [];
  const numbers = new Map<string, number>();
  const fileOf = new Int32Array(graph.nodeCount).fill(-1);
  for (let node = 0; node < graph.nodeCount; node++) {
    const path = graph.fileText(node);
    const repo = path === undefined ? undefined : parseId(graph.id(node))?.repo;
    if (path === undefined || repo === undefined) continue;
    const key = fileKey(repo, path);
    let file = numbers.get(key);
    if (file === undefined) {
      file = files.push({ repo, path }) - 1;
      numbers.set(key, file);
    }
    fileOf[node] = file;
  }
  const counts = files.map(() => new Map<number, number>());
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const [from, to] = [fileOf[graph.edgeFrom[edge]!]!, fileOf[graph.edgeTo[edge]!]!];
    if (from < 0 || to < 0 || from === to) continue;
    counts[from]!.set(to, (counts[from]!.get(to) ?? 0) + 1);
    counts[to]!.set(from, (counts[to]!.get(from) ?? 0) + 1);
  }
  return { files, neighbours: counts.map(sharesOf) };
}

/** By the logarithm of how many edges there are. */
function sharesOf(counts: ReadonlyMap<number, number>): readonly (readonly [file: number, share: number])[] {
  const weights = Array.from(counts, ([file, count]) => [file, Math.log(1 + count)] as const);
  const all = weights.reduce((sum, [, weight]) => sum + weight, 0);
  return weights.map(([file, weight]) => [file, weight / all] as const);
}
