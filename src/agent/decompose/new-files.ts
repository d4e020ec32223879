import { compare } from '../../../graph/model/edge.ts';
import { STOP_WORDS, termsOf } from '../../../graph/model/terms.ts';
import { isApplied } from './file-kind.ts';
import { baseOf, folderOf, inFolder, stemOf, type RepoFile, type RepoFiles } from './repo-files.ts';

/** A file to be made, and the one that it is named after. */
export interface NewFile {
  readonly path: string;
  readonly like?: string;
}

/** Words that a feature's name begins with and that name nothing. */
const DOING = new Set('add allow create enable feature implement introduce make provide support update new manage'.split(' '));
/** Words of a feature that name a file of it. */
const MOST_WORDS = 4;
/** Files that one feature of this kind is made of, at most. */
const MOST_FILES = 6;

/** The words that name a feature: `image`, `upload` of `imageUpload`. Without any, `feature`. */
export function namingWords(feature: string): readonly string[] {
  const plain = feature.replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ');
  const words = [...plain.matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => word.toLowerCase().slice(0, 40));
  const naming = words.filter((word) => !DOING.has(word) && !STOP_WORDS.has(word));
  return (naming.length > 0 ? naming : words.length > 0 ? words : ['feature']).slice(0, MOST_WORDS);
}

/**
 * Whether something that is near is about the feature: half of the words that name it stand in the path and names of one file. A
 * whole sentence names nothing to be made.
 */
export function hasHome(feature: string, near: readonly string[]): boolean {
  const words = namingWords(feature);
  const isSentence = feature.split(/[^\p{L}\p{N}]+/u).length > MOST_WORDS;
  if (isSentence && near.length > 0) return true;
  return near.some((text) => {
    const known = new Set(termsOf(text));
    return words.filter((word) => termsOf(word).some((term) => known.has(term))).length >= words.length / 2;
  });
}

/**
 * The files of a feature that has none yet, by the example of the nearest code: where that is made of several files of one name
 * (`users/users.controller.ts`, `users/users.service.ts`), as many in the same places; else one beside it. None that is there already.
 */
export function filesLike(feature: string, example: string | undefined, files: RepoFiles): readonly NewFile[] {
  const words = namingWords(feature);
  if (example === undefined) return [{ path: `src/${words.join('-')}.ts` }];
  const model = nameOf(example);
  const code = [...files.byPath.values()].filter(isSource);
  const family = code
    .filter(
      ({ path }) =>
        nameOf(path) === model &&
        /\.\w/.test(
          baseOf(path)
            .slice(stemOf(path).length)
            .replace(/\.[cm]?[jt]sx?$/, ''),
        ),
    )
    .map(({ path }) => path)
    .sort(compare);
  const models = family.includes(example) && family.length > 1 ? family.slice(0, MOST_FILES) : [example];
  const made = models.map((path) => ({ path: renamed(path, model, words), like: path }));
  return [...new Map(made.map((file) => [file.path, file])).values()].filter(({ path }) => !files.byPath.has(path));
}

/** One file for a feature, where another is and named as it is. */
export const fileLike = (feature: string, like: string): string => renamed(like, nameOf(like), namingWords(feature));

const isSource = (file: RepoFile): boolean => file.module >= 0 && !file.isTest && !file.isBeside && !isApplied(file);

/** What a file is called after: `users` of `src/users/users.service.ts`; its folder where it is an index. */
export const nameOf = (path: string): string => (stemOf(path) === 'index' ? baseOf(folderOf(path)) : stemOf(path));

function renamed(path: string, model: string, words: readonly string[]): string {
  const base = baseOf(path);
  const folders = folderOf(path)
    .split('/')
    .map((folder, at, all) => (folder === model && (at === all.length - 1 || all.length < 3) ? cased(folder, words) : folder));
  const stem = stemOf(path);
  return inFolder(folders.join('/'), stem === 'index' ? base : `${cased(stem, words)}${base.slice(stem.length)}`);
}

/** Words written as an example is: `ImageUpload`, `imageUpload`, `image_upload`, `image-upload`. */
function cased(example: string, words: readonly string[]): string {
  const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
  if (/^\p{Lu}/u.test(example)) return words.map(capital).join('');
  if (example.includes('_')) return words.join('_');
  if (/\p{Lu}/u.test(example)) return words.map((word, at) => (at === 0 ? word : capital(word))).join('');
  return words.join('-');
}

const KEEPS =
  /\b(?:stor(?:e[sd]?|ing)|sav(?:e[sd]?|ing)|persist\w*|keeps?(?!\s+to\b)|kept|remember\w*|record(?:s|ed|ing)?|retain\w*|retention|histor\w+|database|columns?|tables?)\b/i;

/** Whether a text asks for something to be kept. */
export const asksToKeep = (text: string): boolean => KEEPS.test(text);

/**
 * The migration after the last one, named as it is: the next number, or the next second of a time (no clock is asked). Several files where
 * the last one has several (`005.do.users.sql`, `005.undo.users.sql`); none where the repository has none, or its names have no order.
 */
export function nextMigration(feature: string, near: string | undefined, files: RepoFiles): readonly NewFile[] {
  const all = [...files.byPath.values()].filter((file) => !file.isTest && isApplied(file)).map(({ path }) => path);
  const home = near === undefined ? '' : files.packageOf(near);
  const own = all.filter((path) => files.packageOf(path) === home);
  const last = (own.length > 0 ? own : all).sort(compare).at(-1);
  if (last === undefined) return [];
  // Prisma puts each in a folder of its own.
  const isFolder = !/\d/.test(baseOf(last)) && /\d/.test(baseOf(folderOf(last)));
  const nameOfStep = (path: string): string => (isFolder ? baseOf(folderOf(path)) : baseOf(path));
  const number = STEP.exec(nameOfStep(last))?.[2];
  const folder = folderOf(isFolder ? folderOf(last) : last);
  const step = all.filter((path) => folderOf(isFolder ? folderOf(path) : path) === folder && STEP.exec(nameOfStep(path))?.[2] === number);
  return step.flatMap((like) => {
    const made = afterStep(feature, nameOfStep(like), !isFolder);
    if (made === undefined) return [];
    return [{ path: isFolder ? inFolder(inFolder(folderOf(folderOf(like)), made), baseOf(like)) : inFolder(folderOf(like), made), like }];
  });
}

/** What stands before a number, the number, and what follows. */
const STEP = /^(\D*?)(\d+)(.*)$/;

function afterStep(feature: string, name: string, hasEnd: boolean): string | undefined {
  const parts = STEP.exec(name);
  if (!parts) return undefined;
  const [, lead = '', number = '', rest = ''] = parts;
  const next = (BigInt(number) + 1n).toString().padStart(number.length, '0');
  const end = hasEnd ? (/\.[a-z]+$/i.exec(rest)?.[0] ?? '') : '';
  const [, seam = '', body = ''] = /^([-_.]*)(.*)$/.exec(rest.slice(0, rest.length - end.length))!;
  const words = namingWords(feature);
  if (body === '') return `${lead === '' ? '' : cased(lead, words)}${next}${seam}${end}`;
  // `005.do.users.sql`, but `0005_users.up.sql`.
  const said = body.split('.');
  const at = seam.includes('.') ? said.length - 1 : 0;
  const title = said[at]!;
  const isSnake = (seam.startsWith('_') || title.includes('_')) && /^\p{Ll}/u.test(title);
  return `${lead}${next}${seam}${said.map((part, index) => (index === at ? cased(isSnake ? '_' : title, words) : part)).join('.')}${end}`;
}

/** The files of a package that declare its tables, where migrations are made from those: a Prisma schema, classes of entities. */
export function tableFiles(migration: string, { byPath, packageOf }: RepoFiles): readonly string[] {
  const home = packageOf(migration);
  const declaring = [...byPath.values()].filter(
    (file) => (file.kinds.has('Table') || file.path.endsWith('.prisma')) && !isApplied(file) && packageOf(file.path) === home,
  );
  return declaring.map(({ path }) => path).sort(compare);
}
