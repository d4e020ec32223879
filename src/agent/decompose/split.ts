import { compare } from '../../../graph/model/edge.ts';
import type { LikelyFile } from './likely-files.ts';

/** Some files and the parts of the spec that they are changed for. */
export interface Cluster {
  readonly files: readonly LikelyFile[];
  readonly parts: readonly string[];
}

/** Share of a part's best file from which a file has to do with it, and how many of those tell what it is about. */
const CONCERNED = 0.5;
const TELLING = 3;

/**
 * Files cut by what they are changed for, into at most so many clusters: parts whose nearest files are the most alike (Jaccard), the
 * smaller first, go together until few enough are left. A file that two clusters
 * need is in both; every file is in one, those to be made in the same.
 */
export function splitFiles(files: readonly LikelyFile[], parts: readonly string[], most: number): readonly Cluster[] {
  const near = (part: string): readonly LikelyFile[] =>
    files
      .filter((file) => !file.isNew && (file.parts.get(part) ?? 0) >= CONCERNED)
      .sort((a, b) => (b.parts.get(part) ?? 0) - (a.parts.get(part) ?? 0) || compare(a.path, b.path))
      .slice(0, TELLING);
  let clusters = parts
    .map((part) => ({ parts: [part], paths: new Set(near(part).map(({ path }) => path)) }))
    .filter(({ paths }) => paths.size > 0);
  if (most <= 1 || clusters.length <= 1) return [{ files, parts }];
  const made = files.filter(({ isNew }) => isNew).map(({ path }) => path);
  while (clusters.length > most) {
    let best = { a: 0, b: 1, alike: -1, parts: Infinity };
    for (let a = 0; a < clusters.length; a++)
      for (let b = a + 1; b < clusters.length; b++) {
        const alike = likeness(clusters[a]!.paths, clusters[b]!.paths);
        const parts = clusters[a]!.parts.length + clusters[b]!.parts.length;
        if (alike > best.alike || (alike === best.alike && parts < best.parts)) best = { a, b, alike, parts };
      }
    const [one, other] = [clusters[best.a]!, clusters[best.b]!];
    const both = { parts: [...one.parts, ...other.parts], paths: new Set([...one.paths, ...other.paths]) };
    clusters = clusters.flatMap((cluster, at) => (at === best.a ? [both] : at === best.b ? [] : [cluster]));
  }
  for (const file of files) {
    if (file.isNew || clusters.some(({ paths }) => paths.has(file.path))) continue;
    const concern = (cluster: { readonly parts: readonly string[] }): number =>
      cluster.parts.reduce((sum, part) => sum + (file.parts.get(part) ?? 0), 0);
    clusters.reduce((best, cluster) => (concern(cluster) > concern(best) ? cluster : best)).paths.add(file.path);
  }
  // Files that are made belong together: with the parts that are most.
  const largest = clusters.reduce((best, cluster) => (cluster.parts.length > best.parts.length ? cluster : best));
  for (const path of made) largest.paths.add(path);
  const order = new Map(parts.map((part, at) => [part, at]));
  return clusters.map((cluster) => ({
    files: files.filter(({ path }) => cluster.paths.has(path)),
    parts: [...cluster.parts].sort((a, b) => order.get(a)! - order.get(b)!),
  }));
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((path) => b.has(path)).length;
  return common / (a.size + b.size - common);
}
