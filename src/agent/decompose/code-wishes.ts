import { compare } from '../../../graph/model/edge.ts';
import type { OwnedFile } from '../model.ts';
import type { LikelyFile } from './likely-files.ts';
import { baseOf, type RepoFiles } from './repo-files.ts';
import { askedOf, clipped, type SpecPart } from './spec-parts.ts';
import { splitFiles, type Cluster } from './split.ts';
import type { Wish } from './wish.ts';

/** Files that one task has at most, about: more are cut by what they are changed for. */
const MOST_FILES = 7;
const LONGEST_TITLE = 90;

/**
 * The work on code, one task for a package, more where it is much, fewer where the spec is small: a request of one criterion is one
 * task, every two further criteria may be one more. What imports comes after what it imports.
 */
export function codeWishes(likely: readonly LikelyFile[], parts: readonly SpecPart[], files: RepoFiles): readonly Wish[] {
  const most = 1 + Math.floor(Math.max(0, parts.length - 1) / 2);
  const packages = packagesOf(likely, files, most);
  const all = packages.reduce((sum, { files }) => sum + files.length, 0);
  const wishes: Wish[] = [];
  for (const { folder, files: own } of packages) {
    // Every package has one; what is left goes to those with many files.
    const share = Math.min(Math.ceil(own.length / MOST_FILES), 1 + Math.floor(((most - packages.length) * own.length) / all));
    const clusters = withoutSharedGuesses(
      worthwhile(
        splitFiles(
          own,
          parts.map(({ id }) => id),
          share,
        ),
      ),
    );
    const keyOf = (cluster: Cluster): string => `code:${folder}${clusters.length > 1 ? `:${cluster.parts[0]!}` : ''}`;
    const making = clusters.find(({ files }) => files.some(({ isNew }) => isNew));
    for (const cluster of clusters) {
      const covers = cluster.parts.filter((part) => isBest(part, cluster.files, likely));
      const kept = covers.length > 0 ? covers : nearestParts(cluster.files, parts).slice(0, 1);
      wishes.push({
        key: keyOf(cluster),
        kind: cluster.files.every(({ kind }) => kind === cluster.files[0]?.kind) ? cluster.files[0]!.kind : 'code',
        title: labelOf(folder, cluster.files),
        files: ownedOf(cluster.files),
        tests: new Map(),
        covers: kept,
        // What is made comes before what uses it.
        after: making && making !== cluster ? [keyOf(making)] : [],
        nodes: nodesOf(cluster.files),
      });
    }
  }
  return inOrderOfImports(covering(wishes, likely, parts), files).map((wish) => {
    const texts = parts.filter(({ id }) => wish.covers.includes(id)).map(({ text }) => text);
    return { ...wish, title: `${wish.title}: ${titleOf(texts)}` };
  });
}

interface PackageFiles {
  readonly folder: string;
  readonly files: readonly LikelyFile[];
}

/** Best first; those that are no task of their own with the first. */
function packagesOf(likely: readonly LikelyFile[], files: RepoFiles, most: number): readonly PackageFiles[] {
  const groups = new Map<string, LikelyFile[]>();
  for (const file of likely) {
    const folder = files.packageOf(file.path);
    groups.set(folder, [...(groups.get(folder) ?? []), file]);
  }
  const [first, ...others] = [...groups].map(([folder, files]) => ({ folder, files }));
  if (!first) return [];
  const own = others.filter(({ files }, at) => at + 1 < most && files.some(isWorth));
  const rest = others.filter((group) => !own.includes(group)).flatMap(({ files }) => files);
  return [{ folder: first.folder, files: [...first.files, ...rest] }, ...own];
}

/** Whether files are about as near to a part as any others are. */
function isBest(part: string, some: readonly LikelyFile[], all: readonly LikelyFile[]): boolean {
  const best = (files: readonly LikelyFile[]): number => Math.max(0, ...files.map(({ parts }) => parts.get(part) ?? 0));
  return best(some) > 0 && best(some) >= 0.8 * best(all);
}

/** Nearest first; all of them. */
export function nearestParts(some: readonly LikelyFile[], parts: readonly SpecPart[]): readonly string[] {
  const near = (part: string): number => Math.max(0, ...some.map((file) => file.score * (file.parts.get(part) ?? 0)));
  return parts.map(({ id }) => id).sort((a, b) => near(b) - near(a));
}

/** What no wish covers is covered by the one whose files are nearest to it, else by the first. */
function covering(wishes: readonly Wish[], likely: readonly LikelyFile[], parts: readonly SpecPart[]): readonly Wish[] {
  const byPath = new Map(likely.map((file) => [file.path, file]));
  const added = wishes.map((): string[] => []);
  for (const { id } of parts) {
    if (wishes.length === 0 || wishes.some(({ covers }) => covers.includes(id))) continue;
    const near = ({ files }: Wish): number => Math.max(0, ...files.map(({ path }) => byPath.get(path)?.parts.get(id) ?? 0));
    const best = wishes.reduce((best, wish, at) => (near(wish) > near(wishes[best]!) ? at : best), 0);
    added[best]!.push(id);
  }
  const order = parts.map(({ id }) => id);
  return wishes.map((wish, at) => ({ ...wish, covers: order.filter((id) => wish.covers.includes(id) || added[at]!.includes(id)) }));
}

/** Work on a file comes after work on those that it imports, where that is of another package. */
function inOrderOfImports(wishes: readonly Wish[], { byPath, packageOf }: RepoFiles): readonly Wish[] {
  const importers = (wish: Wish): ReadonlySet<string> =>
    new Set(wish.files.flatMap(({ path }) => [...(byPath.get(path)?.importers ?? [])]));
  const home = ({ files }: Wish): string => packageOf(files[0]!.path);
  return wishes.map((wish) => {
    const after = wishes.filter(
      (other) => other !== wish && home(other) !== home(wish) && wish.files.some(({ path }) => importers(other).has(path)),
    );
    return { ...wish, after: [...wish.after, ...after.map(({ key }) => key)] };
  });
}

/** Files of which one is sure to change, or is made, are work; what is only to be looked at goes along with other work. */
const isWorth = ({ kind, isGuess }: LikelyFile): boolean => kind === 'code' && isGuess !== true;

function worthwhile(clusters: readonly Cluster[]): readonly Cluster[] {
  const [first, ...others] = clusters.filter(({ files }) => files.some(isWorth));
  const rest = clusters.filter((cluster) => cluster !== first && !others.includes(cluster));
  if (!first || rest.length === 0) return first ? clusters : clusters.slice(0, 1).map(() => joined(clusters));
  return [joined([first, ...rest]), ...others];
}

const joined = (clusters: readonly Cluster[]): Cluster => ({
  files: [...new Set(clusters.flatMap(({ files }) => files))].sort((a, b) => b.score - a.score || compare(a.path, b.path)),
  parts: [...new Set(clusters.flatMap(({ parts }) => parts))],
});

/** A file that is only to be looked at is looked at in the first task that has it: no task waits for another because of a guess. */
function withoutSharedGuesses(clusters: readonly Cluster[]): readonly Cluster[] {
  return clusters.map((cluster, at) => {
    const own = cluster.files.filter((file) => file.isGuess !== true || clusters.findIndex(({ files }) => files.includes(file)) === at);
    return own.length === 0 ? cluster : { ...cluster, files: own };
  });
}

/** The files of a task: it owns those that are sure to change, and the best in any case; the others are guesses. */
export function ownedOf(files: readonly LikelyFile[]): readonly OwnedFile[] {
  const best = files.find(({ kind }) => kind !== 'test') ?? files[0];
  return files.map((file): OwnedFile => {
    const { path, isNew, reason, score } = file;
    return { path, isNew, reason, score, ...(file !== best && file.isGuess === true ? { isGuess: true } : {}) };
  });
}

export const nodesOf = (files: readonly LikelyFile[]): ReadonlyMap<string, string> =>
  new Map(files.flatMap(({ path, node }) => (node === undefined ? [] : [[path, node] as const])));

/** What most of the files are: the package, else the nearest file without what every file has. */
export function labelOf(folder: string, files: readonly LikelyFile[]): string {
  const [first] = files;
  if (folder !== '' || !first) return baseOf(folder);
  const plain = first.path.replace(/(?:\/index)?\.[^./]*$/, '').split('/');
  const [parent = '', base = ''] = plain.length > 1 ? plain.slice(-2) : ['', plain[0]!];
  // `users.service`, not `users/users.service`.
  return parent === '' || base.startsWith(parent) ? base : `${parent}/${base}`;
}

export function titleOf(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  return `${clipped(askedOf(first), LONGEST_TITLE)}${others.length > 0 ? ` (and ${others.length} more)` : ''}`;
}
