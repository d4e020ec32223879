import { compare } from '../../../graph/model/edge.ts';
import { baseOf, folderOf, inFolder, stemOf, type RepoFile, type RepoFiles } from './repo-files.ts';

/** Where the tests of a repository are, as its own tests show. */
export interface TestFiles {
  /** The test that checks a file already: called so, or beside it and importing it. */
  of(path: string): string | undefined;
  /** Where its test would be, and the test that is the example; undefined where tests are placed by no rule that its path tells. */
  placeFor(path: string): { readonly path: string; readonly like?: string } | undefined;
  /** Where files have tests of their own as a rule, one without has none by exception. */
  readonly areUsual: boolean;
}

/** Share of the tests, two at least, that have to follow a convention for it to be one, and of the code that has to have tests for that to be usual. */
const FOLLOWED = 0.1;
const USUALLY = 1 / 3;

/** How a test is named and placed by the file it tests. */
interface Convention {
  /** `.test.ts` */
  readonly suffix: string;
  /** From the folder of the file: '' beside it, `__tests__` in a folder below. */
  readonly below?: string;
  /** In place of the first folder below the package: `test/cart.test.ts` for `src/cart.ts`; flat: without what is below. */
  readonly root?: string;
  readonly flat?: boolean;
  readonly like: string;
}

const SUFFIX = /(?:[._-](?:e2e-spec|test|tests|spec))?\.[cm]?[jt]sx?$/;
const USUAL = '.test.ts';

export function testFiles(files: RepoFiles): TestFiles {
  const tests = [...files.byPath.values()].filter(({ isTest, module }) => isTest && module >= 0).sort((a, b) => compare(a.path, b.path));
  const sources = [...files.byPath.values()].filter(({ isTest, module }) => !isTest && module >= 0);
  const byStem = grouped(sources, ({ path }) => subjectOf(path));
  const testsByStem = grouped(tests, ({ path }) => subjectOf(path));
  const testsByFolder = grouped(tests, ({ path }) => folderOf(path));
  const conventions: (Convention & { readonly source: string; readonly folder: string; readonly key: string })[] = [];
  for (const { path } of tests) {
    const subject = nearest(path, byStem.get(subjectOf(path)) ?? []);
    const convention = subject && conventionOf(subject.path, path, files.packageOf(subject.path));
    if (subject && convention)
      conventions.push({
        ...convention,
        source: subject.path,
        folder: folderOf(subject.path),
        key: [convention.suffix.replace(/x$/, ''), convention.below, convention.root, convention.flat].join('|'),
      });
  }
  const tested = new Set(conventions.map(({ source }) => source));
  return {
    areUsual: tested.size >= USUALLY * sources.length,
    of(path) {
      const file = files.byPath.get(path);
      const folder = folderOf(path);
      // `test/tasks/tasks.test.ts` for `src/tasks/index.ts`.
      const subject = stemOf(path) === 'index' && folder !== '' ? baseOf(folder) : subjectOf(path);
      const named = (testsByStem.get(subject) ?? []).filter(
        (test) => file?.importers.has(test.path) || shared(folderOf(test.path), folder) >= folder.split('/').length - 1,
      );
      const beside = (testsByFolder.get(folder) ?? []).filter(
        (test) => file?.importers.has(test.path) || stemOf(test.path) === 'index' || stemOf(path) === 'index',
      );
      return (nearest(path, named) ?? nearest(path, beside))?.path;
    },
    placeFor(path) {
      const home = files.packageOf(path);
      const near = [
        conventions.filter(({ folder }) => folder === folderOf(path)),
        conventions.filter(({ folder }) => files.packageOf(`${folder}/x`) === home),
        conventions,
      ].find((some) => some.length > 0);
      if (tests.length === 0) return { path: placed(path, { suffix: USUAL, below: '', like: '' }, home) };
      const convention = near && mostFrequent(near);
      const isLocal = near !== conventions;
      const all = tests.filter((test) => !isLocal || files.packageOf(test.path) === home).length;
      const followers = conventions.filter(
        ({ key, folder }) => key === convention?.key && (!isLocal || files.packageOf(`${folder}/x`) === home),
      ).length;
      if (!convention || followers < Math.max(FOLLOWED * all, Math.min(2, all - 1))) return undefined;
      return { path: placed(path, convention, home), like: convention.like };
    },
  };
}

/** `cart.service` of `src/cart.service.ts` and of `test/cart.service.spec.ts`. */
const subjectOf = (path: string): string => baseOf(path).replace(SUFFIX, '');

function conventionOf(source: string, test: string, home: string): Convention | undefined {
  const suffix = SUFFIX.exec(test)![0];
  const [from, to] = [folderOf(source), folderOf(test)];
  const like = test;
  if (to === from) return { suffix, below: '', like };
  if (from === '' || to.startsWith(`${from}/`)) return { suffix, below: from === '' ? to : to.slice(from.length + 1), like };
  const [sourceRest, testRest] = [below(home, from), below(home, to)];
  if (sourceRest === undefined || testRest === undefined) return undefined;
  const [, ...inner] = sourceRest.split('/');
  const rest = inner.length === 0 ? '' : `/${inner.join('/')}`;
  if (rest !== '' && testRest.endsWith(rest)) return { suffix, root: testRest.slice(0, -rest.length), like };
  return { suffix, root: testRest, flat: rest !== '', like };
}

function placed(path: string, { suffix, below: folder, root, flat }: Convention, home: string): string {
  const end = `${suffix.replace(/x$/, '')}${path.endsWith('x') ? 'x' : ''}`;
  const base = `${subjectOf(path)}${end}`;
  const own = folderOf(path);
  if (folder !== undefined) return inFolder(folder === '' ? own : inFolder(own, folder), base);
  const inner = (below(home, own) ?? '').split('/').slice(1).join('/');
  return inFolder(inFolder(home, flat || inner === '' ? root! : `${root!}/${inner}`), base);
}

/** What of a path is below a folder; undefined where it is not in it. */
const below = (folder: string, path: string): string | undefined =>
  folder === '' ? path : path === folder ? '' : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;

function mostFrequent<T extends { readonly key: string }>(some: readonly T[]): T | undefined {
  const groups = [...grouped(some, ({ key }) => key).values()];
  return groups.sort((a, b) => b.length - a.length || compare(a[0]!.key, b[0]!.key))[0]?.[0];
}

/** The file that shares most folders with a path. */
function nearest(path: string, some: readonly RepoFile[]): RepoFile | undefined {
  return [...some].sort(
    (a, b) => shared(b.path, path) - shared(a.path, path) || a.path.length - b.path.length || compare(a.path, b.path),
  )[0];
}

/** Folders that two paths have in common, at whatever depth: `src` and `test` stand for each other. */
function shared(a: string, b: string): number {
  const folders = new Set(b.split('/'));
  return a.split('/').filter((folder) => folders.has(folder)).length;
}

function grouped<T>(some: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of some) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}
