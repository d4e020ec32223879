import { SURE } from './chance.ts';
import type { Wish } from './wish.ts';
import type { RepoFiles } from './repo-files.ts';

const POINTS = { made: 1, agreed: 2, watched: 0.5, covered: 0.5 } as const;
/** Files that import one from which a change of it has many readers. */
const MANY = 20;
const LARGEST = { S: 2, M: 4 } as const;

/**
 * How much a task is: the number of files that are to be expected to change, tests aside, where one to be made counts 1; twice of a
 * contract or of data, for others have to agree to those; 1/2 more where over twenty files import one that is sure to change;
 * 1/2 for every criterion after the first. S up to 2, M up to 4.
 */
export function sizeOf(
  { files, tests, covers, kind }: Pick<Wish, 'files' | 'tests' | 'covers' | 'kind'>,
  { byPath }: Pick<RepoFiles, 'byPath'>,
): 'S' | 'M' | 'L' {
  const weight = kind === 'contract' || kind === 'data' ? POINTS.agreed : 1;
  let points = POINTS.covered * Math.max(0, covers.length - 1);
  for (const { path, isNew, score = 1 } of files) {
    const known = byPath.get(path);
    if (tests.has(path)) continue;
    points += weight * (isNew ? POINTS.made : score);
    if (score >= SURE && (known?.importers.size ?? 0) > MANY) points += POINTS.watched;
  }
  return points <= LARGEST.S ? 'S' : points <= LARGEST.M ? 'M' : 'L';
}
