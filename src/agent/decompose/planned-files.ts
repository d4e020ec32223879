import type { GraphReader } from '../../../graph/store/store.ts';
import type { Spec } from '../../specs/spec.ts';
import { LIKELY, SURE } from './chance.ts';
import { isApplied } from './file-kind.ts';
import type { Likely, LikelyFile } from './likely-files.ts';
import { asksToKeep, filesLike, hasHome, nextMigration, tableFiles } from './new-files.ts';
import type { RepoFiles } from './repo-files.ts';
import type { SpecPart } from './spec-parts.ts';
import type { TestFiles } from './test-files.ts';

/** Nearest files that may be the home of the feature, and names of each that are looked at. */
const NEAREST = 5;
const MOST_NAMES = 500;
/** Files that may declare the tables: of one to a table, as classes are, none says which it is. */
const FEW_SCHEMAS = 1;
/** Commits alike that had a migration, for it to be the habit: so many, and so large a share. */
const FEWEST = 3;
const MOSTLY = 0.5;
/** In the order of files below the most likely ones, above all others. */
const MADE = 0.9;
const TESTED = 0.91;

/** Files to be made: those of a feature that nothing here is about yet, and the migration for what it asks to keep. */
export async function plannedFiles(
  { feature }: Pick<Spec, 'feature'>,
  parts: readonly SpecPart[],
  existing: readonly LikelyFile[],
  { likely, alike }: Pick<Likely, 'likely' | 'alike'>,
  files: RepoFiles,
  tests: TestFiles,
  reader: GraphReader,
  repo: string,
): Promise<readonly LikelyFile[]> {
  const code = existing.filter(({ kind }) => kind === 'code');
  const all = new Map(parts.map(({ id }) => [id, 1] as const));
  const planned: LikelyFile[] = [];
  const near = await Promise.all(
    code.slice(0, NEAREST).map(async ({ path }) => {
      const nodes = await reader.find({ repo, file: path }, { limit: MOST_NAMES });
      return [path, ...nodes.map(({ name }) => name)].join(' ');
    }),
  );
  const isOther = code.length === 0 && existing.some(({ kind }) => kind !== 'docs');
  if (!isOther && !hasHome(feature, [...near, ...code.map(({ path }) => path)]))
    for (const { path, like } of filesLike(feature, code[0]?.path, files)) {
      const reason = `nothing here is about it yet; ${like === undefined ? 'there is no code to go by' : `named like ${like}`}`;
      // Like what is tested or nearest comes first: the test of that is the one to be written.
      const near = existing.find((file) => file.path === like)?.score ?? 0;
      const score = like !== undefined && tests.of(like) !== undefined ? TESTED : MADE + (TESTED - MADE) * 0.9 * near;
      planned.push({ path, isNew: true, kind: 'code', score, reason, parts: all });
    }
  const keeping = parts.filter(({ text }) => asksToKeep(text));
  const store = likely.find(
    ({ kind, score, path }) => (kind === 'data' || files.byPath.get(path)?.kinds.has('Table')) && score >= LIKELY / 2,
  );
  const migrating = alike.filter((commit) =>
    [...commit.files, ...(commit.along ?? [])].some((path) => {
      const known = files.byPath.get(path);
      return known !== undefined && isApplied(known);
    }),
  );
  const isHabit = alike.length > 0 && migrating.length >= Math.max(FEWEST, MOSTLY * alike.length);
  const isAsked = keeping.length > 0 && (store !== undefined || planned.length > 0);
  const migrations = isAsked || isHabit ? nextMigration(feature, (store ?? code[0])?.path, files) : [];
  const [migration] = migrations;
  if (migration) {
    const said = isAsked
      ? `${keeping.map(({ id }) => id).join(', ')} asks to keep something`
      : `${migrating.length} of ${alike.length} commits that did something alike had a migration`;
    const asking = isAsked ? new Map(keeping.map(({ id }) => [id, 1])) : all;
    for (const { path, like } of migrations)
      planned.push({ path, isNew: true, kind: 'data', score: SURE, reason: `${said}; named after ${like}`, parts: asking });
    const declaring = tableFiles(migration.path, files);
    for (const path of declaring.length <= FEW_SCHEMAS ? declaring : [])
      if (!existing.some((file) => file.path === path))
        planned.push({
          path,
          isNew: false,
          kind: 'data',
          score: SURE,
          reason: 'declares the tables that migrations are made from',
          parts: asking,
        });
  }
  return planned;
}
