import type { OwnedFile } from '../model.ts';
import { SURE } from './chance.ts';
import { fileLike } from './new-files.ts';
import { codeWishes, labelOf, nearestParts, nodesOf, ownedOf, titleOf } from './code-wishes.ts';
import type { LikelyTest } from './habits.ts';
import type { LikelyFile } from './likely-files.ts';
import { rounded } from '../../retrieval/search.ts';
import { stemOf, type RepoFiles } from './repo-files.ts';
import type { SpecPart } from './spec-parts.ts';
import type { TestFiles } from './test-files.ts';
import type { Upkeep } from './upkeep.ts';
import type { Wish } from './wish.ts';

/** Kinds of work that others wait for, or that waits for all others, with what their titles begin with. */
const FIRST = { contract: 'Contract', data: 'Data', infrastructure: 'Deployment' } as const;
/** Share of what the file that has most to do with a part has, from which a file has to do with it. */
const CONCERNED = 0.6;
/** How likely a contract, data or a document is to change for work of its own: others wait for it. */
const WORTH = 0.2;
/** Tasks of a plan, besides one for each part. */
const FEWEST = 3;

/** Tests, and those whose text is nearest to what is asked for, the nearest first. */
export interface NearTests extends TestFiles {
  readonly near: readonly string[];
  /** By file: the test that is likely to change with it. */
  readonly likely: ReadonlyMap<string, LikelyTest>;
  /** Share of changes that change the test as well. */
  readonly habit: number;
}

/**
 * All work of a plan: contracts and data first, code after them, documents last; what a small request would make a task of its own for
 * only perhaps goes along with the code. Upkeep comes before what it makes safe, and is left out where it would be too much.
 */
export function wishesOf(
  selected: readonly LikelyFile[],
  feature: string,
  parts: readonly SpecPart[],
  upkeep: readonly Upkeep[],
  files: RepoFiles,
  tests: NearTests,
): readonly Wish[] {
  const isOwnTask = ({ kind, score, isNew }: LikelyFile): boolean =>
    (kind === 'contract' || kind === 'data' || kind === 'docs' || (kind === 'infrastructure' && parts.length > 1)) &&
    (isNew || score >= (kind === 'infrastructure' ? SURE : WORTH));
  const aside = selected.filter(isOwnTask);
  const main = selected.filter((file) => !isOwnTask(file));
  const most = FEWEST + parts.length;
  const first = (['contract', 'data', 'infrastructure'] as const).flatMap((kind) => {
    const own = aside.filter((file) => file.kind === kind);
    return own.length === 0 ? [] : [wishOf(kind, own, parts, [], FIRST[kind])];
  });
  const code = codeWishes(main, parts, files).map((wish) => ({
    ...withTests(wish, feature, files, tests),
    after: [...first.map(({ key }) => key), ...wish.after],
  }));
  const documents = aside.filter(({ kind }) => kind === 'docs');
  const last =
    documents.length === 0
      ? []
      : [
          wishOf(
            'docs',
            documents,
            parts,
            [...first, ...code].map(({ key }) => key),
            'Docs',
          ),
        ];
  const room = Math.max(0, most - first.length - code.length - last.length);
  const careful = upkeep.slice(0, room).map((each) => upkeepWish(each, parts));
  const dependsOnCare = code.map((wish) => ({
    ...wish,
    after: [...wish.after, ...careful.filter(({ file }) => wish.files.some(({ path }) => path === file)).map(({ wish }) => wish.key)],
  }));
  const all = [...first, ...careful.map(({ wish }) => wish), ...dependsOnCare, ...last];
  return coveringAll(all, parts);
}

function wishOf(kind: Wish['kind'], own: readonly LikelyFile[], parts: readonly SpecPart[], after: readonly string[], title: string): Wish {
  const near = nearestParts(own, parts);
  const concerned = near.filter((part) => own.some((file) => (file.parts.get(part) ?? 0) >= CONCERNED));
  const covers = parts.map(({ id }) => id).filter((id) => (concerned.length > 0 ? concerned : near.slice(0, 1)).includes(id));
  const texts = parts.filter(({ id }) => covers.includes(id)).map(({ text }) => text);
  return {
    key: kind,
    kind,
    title: `${title}: ${titleOf(texts)}`,
    files: ownedOf(own),
    tests: new Map(),
    covers,
    after,
    nodes: nodesOf(own),
  };
}

/** With the tests of its files; where those that it owns have none yet, with a new one for the first. */
function withTests(wish: Wish, feature: string, files: RepoFiles, tests: NearTests): Wish {
  const known = new Map<string, OwnedFile>();
  const tested = new Map<string, string>();
  const add = ({ path, isGuess }: OwnedFile, test: OwnedFile): void => {
    if (wish.files.some((file) => file.path === test.path)) return;
    // What is proved, is proved by tests of what the task owns.
    if (isGuess !== true) tested.set(test.path, path);
    if (known.get(test.path)?.isGuess !== false) known.set(test.path, { ...test, ...(isGuess === true ? { isGuess } : {}) });
  };
  for (const file of wish.files) {
    const test = tests.likely.get(file.path);
    if (test && !known.has(test.path)) add(file, { path: test.path, isNew: false, reason: test.reason, score: test.score });
  }
  const own = wish.files.filter(({ isGuess }) => isGuess !== true);
  // What is made has a test of its own.
  const first = own.find((file) => file.isNew && isCode(file, files)) ?? (tested.size === 0 ? own[0] : undefined);
  if (first && isCode(first, files)) {
    const test = oldTest(first, tests) ?? newTest(first, files, tests) ?? nearTest(wish, feature, files, tests) ?? besides(first);
    add(first, { ...test, score: rounded(tests.habit * (first.score ?? 1)) });
  }
  return { ...wish, files: [...wish.files, ...known.values()], tests: tested };
}

function oldTest({ path, isNew }: OwnedFile, tests: TestFiles): OwnedFile | undefined {
  const test = isNew ? undefined : tests.of(path);
  return test === undefined ? undefined : { path: test, isNew: false, reason: `tests ${path}` };
}

function newTest({ path }: OwnedFile, files: RepoFiles, tests: TestFiles): OwnedFile | undefined {
  const place = tests.placeFor(path);
  if (!place) return undefined;
  const reason = `no test of ${path} yet; ${place.like === undefined ? 'there are no tests here to go by' : `placed like ${place.like}`}`;
  return { path: place.path, isNew: !files.byPath.has(place.path), reason };
}

/** Share of changes that change a test, below which tests are left as they are and new ones are added. */
const RARELY = 0.2;

/** The test of the same package whose text is nearest to what is asked for; one like it where tests are added rather than changed. */
function nearTest({ files: [first] }: Wish, feature: string, files: RepoFiles, { near, habit }: NearTests): OwnedFile | undefined {
  const home = files.packageOf(first!.path);
  const path = near.find((test) => files.packageOf(test) === home) ?? near[0];
  if (path === undefined) return undefined;
  const added = fileLike(feature, path);
  if (habit >= RARELY || files.byPath.has(added)) return { path, isNew: false, reason: 'the test that is nearest to what is asked for' };
  return { path: added, isNew: true, reason: `tests are rarely changed here, new ones are added; named like ${path}` };
}

const besides = ({ path }: OwnedFile): OwnedFile => ({
  ...{ path: path.replace(/\.([cm]?[jt]sx?)$/, '.test.$1'), isNew: true, reason: `no test of ${path} yet` },
});

const isCode = ({ path }: OwnedFile, { byPath }: RepoFiles): boolean =>
  (byPath.get(path)?.module ?? 0) >= 0 && /\.[cm]?[jt]sx?$/.test(path);

interface Care {
  readonly wish: Wish;
  /** Path of the file that it makes safe. */
  readonly file: string;
}

function upkeepWish({ kind, file, reason, test }: Upkeep, parts: readonly SpecPart[]): Care {
  const near = nearestParts([file], parts).slice(0, 1);
  const label = labelOf('', [file]);
  const own: OwnedFile =
    test === undefined
      ? { path: file.path, isNew: file.isNew, reason, score: file.score }
      : { path: test, isNew: true, reason, score: file.score };
  const wish: Wish = {
    key: `${kind}:${file.path}`,
    kind,
    title: kind === 'refactoring' ? `${label}: take out what changes, behaviour as it is` : `${label}: tests of what it does now`,
    files: [own],
    tests: new Map(test === undefined ? [] : [[test, file.path]]),
    covers: near,
    after: [],
    nodes: new Map([...nodesOf([file]), ...(file.node === undefined ? [] : [[own.path, file.node] as const])]),
  };
  return { wish, file: file.path };
}

/** Where no code is at work, the first wish covers what is left: a change of settings or text. */
function coveringAll(wishes: readonly Wish[], parts: readonly SpecPart[]): readonly Wish[] {
  const covered = new Set(wishes.flatMap(({ covers }) => covers));
  const left = parts.map(({ id }) => id).filter((id) => !covered.has(id));
  return left.length === 0 ? wishes : wishes.map((wish, at) => (at === 0 ? { ...wish, covers: [...wish.covers, ...left] } : wish));
}

/** `cart` of `src/cart.test.ts`, for the ids of tasks. */
export const slugOf = (text: string): string =>
  text
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, '-')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    // Whole words, where that leaves enough.
    .replace(/^(?=.{49})(.{20,48})-.*$/, '$1')
    .slice(0, 48) || stemOf(text);
