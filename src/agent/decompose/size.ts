import type { Wish } from './wish.ts';
import type { RepoFiles } from './repo-files.ts';

/** From this on, a file has surely to change; below, it is one to look at. */
export const SURE = 0.6;
const POINTS = { file: 1, maybe: 0.25, agreed: 2, watched: 1, covered: 0.5 } as const;
/** Files that import one from which a change of it has many readers. */
const MANY = 20;
const LARGEST = { S: 3, M: 8 } as const;

/**
 * How much a task is, as points: a file that has surely to change or to be made 1, one that may have to 1/4; a contract or migration 2,
 * for others have to agree to it; 1 more where over twenty files import it; 1/2 for every criterion after the first. S up to 3, M up to 8.
 */
export function sizeOf({ files, covers, kind }: Pick<Wish, 'files' | 'covers' | 'kind'>, { byPath }: Pick<RepoFiles, 'byPath'>): 'S' | 'M' | 'L' {
  let points = POINTS.covered * Math.max(0, covers.length - 1);
  for (const { path, isNew, score = 1 } of files) {
    if (!isNew && score < SURE) points += POINTS.maybe;
    else points += kind === 'contract' || kind === 'data' ? POINTS.agreed : POINTS.file;
    if (score >= SURE && (byPath.get(path)?.importers.size ?? 0) > MANY) points += POINTS.watched;
  }
  return points <= LARGEST.S ? 'S' : points <= LARGEST.M ? 'M' : 'L';
}
