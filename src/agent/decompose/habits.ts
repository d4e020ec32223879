import { compare } from '../../../graph/model/edge.ts';
import type { ChunkHit } from '../../../graph/store/store.ts';
import { rounded } from '../../retrieval/search.ts';
import { HARDLY } from './chance.ts';
import type { CoChanges } from './co-changes.ts';
import { alongKindOf } from './file-kind.ts';
import type { LikelyFile } from './likely-files.ts';
import type { RepoFiles } from './repo-files.ts';
import type { TestFiles } from './test-files.ts';

/** A test, the file that it tests, and how likely it is to change. */
export interface LikelyTest {
  readonly path: string;
  readonly tests: string;
  readonly score: number;
  readonly reason: string;
}

/** Where no history tells how often a test changes with what it tests. */
const USUAL = 0.4;
/** Commits that have to share two files, and the share of them from which one comes along with the other. */
const LEAST_SHARED = 3;
const COMES_ALONG = 0.25;
/** How fast the vote of commits alike fades, how many and which share of them have to have changed a file, and how much of that holds. */
const FADING = 3;
const LEAST_ALIKE = 3;
const MOSTLY = 0.4;
const HOLDS = 0.5;

/** Share of the changes of tested files that changed their tests as well: how this repository goes about tests. */
export function testHabit(files: RepoFiles, tests: TestFiles, changes: CoChanges): number {
  let [with_, all] = [0, 0];
  for (const { path, module, isTest } of files.byPath.values()) {
    if (module < 0 || isTest) continue;
    const test = tests.of(path);
    if (test === undefined) continue;
    all += changes.count(path);
    with_ += changes.with(path).get(test) ?? 0;
  }
  return all === 0 ? USUAL : with_ / all;
}

/** The tests of files that may change. */
export function testsOfLikely(likely: readonly LikelyFile[], tests: TestFiles, changes: CoChanges, habit: number): readonly LikelyTest[] {
  return likely.flatMap(({ path, score, kind }): LikelyTest[] => {
    const test = kind === 'code' ? tests.of(path) : undefined;
    if (test === undefined) return [];
    const [all, shared] = [changes.count(path), changes.with(path).get(test) ?? 0];
    const said = shared > 0 ? `, changed with it in ${shared} of its ${all} changes` : '';
    return [{ path: test, tests: path, score: rounded(score * changes.share(path, test, habit)), reason: `tests ${path}${said}` }];
  });
}

/**
 * What comes along by habit, other than code and tests, for which search and names speak: pages of documentation, translations, registers,
 * logs of changes, whatever they are called here. It changed with a file that is sure to change, or in most commits that did something alike.
 */
export function comingAlong(
  sure: readonly LikelyFile[],
  alike: readonly ChunkHit[],
  files: RepoFiles,
  changes: CoChanges,
): readonly LikelyFile[] {
  const found = new Map<string, LikelyFile>();
  const add = (path: string, score: number, reason: string, parts: LikelyFile['parts']): void => {
    const kind = alongKindOf(path, files.byPath.get(path));
    if (kind === undefined || score < HARDLY || score <= (found.get(path)?.score ?? 0)) return;
    found.set(path, { path, isNew: false, kind, score: rounded(score), reason, parts });
  };
  for (const { path, score, parts } of sure) {
    const all = changes.count(path);
    for (const [other, shared] of changes.with(path)) {
      const share = (shared - 0.5) / (all + 1);
      if (shared >= LEAST_SHARED && share >= COMES_ALONG)
        add(other, score * share, `changed with ${path} in ${shared} of its ${all} changes`, parts);
    }
  }
  const top = alike[0]?.score ?? 1;
  const votes = new Map<string, { weight: number; count: number }>();
  let all = 0;
  for (const { score, files: touched, along = [] } of alike) {
    const weight = (score / top) ** FADING;
    all += weight;
    for (const path of new Set([...touched, ...along])) {
      const known = votes.get(path) ?? { weight: 0, count: 0 };
      votes.set(path, { weight: known.weight + weight, count: known.count + 1 });
    }
  }
  for (const [path, { weight, count }] of votes)
    if (count >= LEAST_ALIKE && weight / all >= MOSTLY)
      add(
        path,
        (HOLDS * weight) / all,
        `changed by ${count} of ${alike.length} commits that did something alike`,
        sure[0]?.parts ?? new Map(),
      );
  return [...found.values()].sort((a, b) => b.score - a.score || compare(a.path, b.path));
}
