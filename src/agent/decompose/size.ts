import type { Wish } from './wish.ts';
import type { RepoFiles } from './repo-files.ts';

/** From this score on, a file is likely to change as far as one can tell; below, it is one to look at. */
export const LIKELY = 0.6;
/** Share of the files of some score that really change: hono and typeorm, `node bench/decompose.mjs --all`, rounded. */
const EXPECTED = [
  { from: 0.9, share: 0.4 },
  { from: LIKELY, share: 0.1 },
  { from: 0, share: 0.05 },
] as const;
const POINTS = { made: 1, agreed: 2, watched: 0.5, covered: 0.5 } as const;
/** Files that import one from which a change of it has many readers. */
const MANY = 20;
const LARGEST = { S: 2, M: 4 } as const;

/**
 * How much a task is: the number of files that are to be expected to change, tests aside, where one to be made counts 1; twice of a
 * contract or of data, for others have to agree to those; 1/2 more where over twenty files import one of the most likely;
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
    const expected = isNew ? POINTS.made : (EXPECTED.find(({ from }) => score >= from)?.share ?? 0);
    points += weight * expected;
    if (score >= EXPECTED[0].from && (known?.importers.size ?? 0) > MANY) points += POINTS.watched;
  }
  return points <= LARGEST.S ? 'S' : points <= LARGEST.M ? 'M' : 'L';
}
