import type { OwnedFile } from '../model.ts';
import { asOwned, codeWishes, labelOf, nearestParts, nodesOf, titleOf } from './code-wishes.ts';
import type { LikelyFile } from './likely-files.ts';
import { stemOf, type RepoFiles } from './repo-files.ts';
import { LIKELY } from './size.ts';
import type { SpecPart } from './spec-parts.ts';
import type { TestFiles } from './test-files.ts';
import type { Upkeep } from './upkeep.ts';
import type { Wish } from './wish.ts';

/** Kinds of work that others wait for, or that waits for all others, with what their titles begin with. */
const FIRST = { contract: 'Contract', data: 'Data', infrastructure: 'Deployment' } as const;
/**
 * Tests of one task, and how likely one changes with what it tests: it does in seven of ten cases, so that of the most likely file is more
 * likely to change than the next file is.
 */
const MOST_TESTS = 3;
const WITH_TEST = { first: 0.95, next: 0.6 } as const;
/** Tasks of a plan, besides one for each part. */
const FEWEST = 3;

/** Tests, and those whose text is nearest to what is asked for, the nearest first. */
export interface NearTests extends TestFiles {
  readonly near: readonly string[];
}

/**
 * All work of a plan: contracts and data first, code after them, documents last; what a small request would make a task of its own for
 * only perhaps goes along with the code. Upkeep comes before what it makes safe, and is left out where it would be too much.
 */
export function wishesOf(
  selected: readonly LikelyFile[],
  parts: readonly SpecPart[],
  upkeep: readonly Upkeep[],
  files: RepoFiles,
  tests: NearTests,
): readonly Wish[] {
  const isOwnTask = ({ kind, score, isNew }: LikelyFile): boolean => {
    if (kind === 'code' || kind === 'docs') return kind === 'docs';
    return parts.length > 1 || (kind !== 'infrastructure' && (isNew || score >= LIKELY));
  };
  const aside = selected.filter(isOwnTask);
  const main = selected.filter((file) => !isOwnTask(file));
  const most = FEWEST + parts.length;
  const first = (['contract', 'data', 'infrastructure'] as const).flatMap((kind) => {
    const own = aside.filter((file) => file.kind === kind);
    return own.length === 0 ? [] : [wishOf(kind, own, parts, [], FIRST[kind])];
  });
  const code = codeWishes(main, parts, files).map((wish) => ({
    ...withTests(wish, files, tests),
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
  const concerned = near.filter((part) => own.some((file) => (file.parts.get(part) ?? 0) >= LIKELY));
  const covers = parts.map(({ id }) => id).filter((id) => (concerned.length > 0 ? concerned : near.slice(0, 1)).includes(id));
  const texts = parts.filter(({ id }) => covers.includes(id)).map(({ text }) => text);
  return {
    key: kind,
    kind,
    title: `${title}: ${titleOf(texts)}`,
    files: own.map(asOwned),
    tests: new Map(),
    covers,
    after,
    nodes: nodesOf(own),
  };
}

/** With the tests of the likely files; where there are none yet, with a new one for the first. */
function withTests(wish: Wish, files: RepoFiles, tests: NearTests): Wish {
  const own = wish.files.filter(({ score = 1 }, at) => at === 0 || score >= LIKELY);
  const known = new Map<string, OwnedFile>();
  const tested = new Map<string, string>();
  for (const [at, { path, score = 1 }] of own.entries()) {
    const test = tests.of(path);
    if (test === undefined || known.has(test) || wish.files.some((file) => file.path === test) || known.size === MOST_TESTS) continue;
    tested.set(test, path);
    known.set(test, { path: test, isNew: false, reason: `tests ${path}`, score: (at === 0 ? WITH_TEST.first : WITH_TEST.next) * score });
  }
  // What is made has a test of its own.
  const first = own.find((file) => file.isNew && isCode(file, files)) ?? (known.size === 0 ? own[0] : undefined);
  if (first && isCode(first, files)) {
    const test = newTest(first, files, tests) ?? nearTest(wish, files, tests) ?? besides(first);
    tested.set(test.path, first.path);
    known.set(test.path, { ...test, score: WITH_TEST.first * (first.score ?? 1) });
  }
  return { ...wish, files: [...wish.files, ...known.values()], tests: tested };
}

function newTest({ path }: OwnedFile, files: RepoFiles, tests: TestFiles): OwnedFile | undefined {
  const place = tests.placeFor(path);
  if (!place) return undefined;
  const reason = `no test of ${path} yet; ${place.like === undefined ? 'there are no tests here to go by' : `placed like ${place.like}`}`;
  return { path: place.path, isNew: !files.byPath.has(place.path), reason };
}

/** The test whose text is nearest to what is asked for, of the same package. */
function nearTest({ files: [first] }: Wish, files: RepoFiles, { near }: NearTests): OwnedFile | undefined {
  const home = files.packageOf(first!.path);
  const path = near.find((test) => files.packageOf(test) === home) ?? near[0];
  return path === undefined ? undefined : { path, isNew: false, reason: 'the test that is nearest to what is asked for' };
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
  const own = test === undefined ? { ...asOwned(file), reason } : { path: test, isNew: true, reason, score: WITH_TEST.first * file.score };
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
    .slice(0, 48) || stemOf(text);
