import { compare } from '../../../graph/model/edge.ts';
import { termsOf } from '../../../graph/model/terms.ts';
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
  const naming = words.filter((word) => !DOING.has(word));
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

const isSource = ({ module, isTest, isBeside, kinds }: RepoFile): boolean => module >= 0 && !isTest && !isBeside && !kinds.has('Migration');

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
  /\b(?:stor(?:e[sd]?|ing)|sav(?:e[sd]?|ing)|persist\w*|keeps?|kept|remember\w*|record(?:s|ed|ing)?|retain\w*|retention|histor\w+|database|columns?|tables?)\b/i;

/** Whether a text asks for something to be kept. */
export const asksToKeep = (text: string): boolean => KEEPS.test(text);

/**
 * The migration after the last one, named as it is: the next number, or the next second of a time (no clock is asked).
 * Undefined where the repository has none, or its names have no order.
 */
export function nextMigration(feature: string, near: string | undefined, files: RepoFiles): NewFile | undefined {
  const all = [...files.byPath.values()].filter(({ kinds }) => kinds.has('Migration')).map(({ path }) => path);
  const home = near === undefined ? '' : files.packageOf(near);
  const own = all.filter((path) => files.packageOf(path) === home);
  const last = (own.length > 0 ? own : all).sort(compare).at(-1);
  if (last === undefined) return undefined;
  // Prisma puts each in a folder of its own.
  const isFolder = !/\d/.test(baseOf(last)) && /\d/.test(baseOf(folderOf(last)));
  const name = isFolder ? baseOf(folderOf(last)) : baseOf(last);
  const parts = /^(\D*?)(\d+)([-_]*)(.*?)((?:\.[a-z]+)*)$/i.exec(name);
  if (!parts) return undefined;
  const [, lead = '', number = '', seam = '', title = '', end = ''] = parts;
  const next = (BigInt(number) + 1n).toString().padStart(number.length, '0');
  const words = namingWords(feature);
  const titled = title === '' ? '' : cased(seam.startsWith('_') && /^\p{Ll}/u.test(title) ? '_' : title, words);
  const made = `${title === '' && lead !== '' ? cased(lead, words) : lead}${next}${seam}${titled}${isFolder ? '' : end}`;
  return { path: isFolder ? inFolder(inFolder(folderOf(folderOf(last)), made), baseOf(last)) : inFolder(folderOf(last), made), like: last };
}

/** The files of a package that declare its tables, where migrations are made from those: a Prisma schema, classes of entities. */
export function tableFiles(migration: string, { byPath, packageOf }: RepoFiles): readonly string[] {
  const home = packageOf(migration);
  const declaring = [...byPath.values()].filter(
    ({ path, kinds }) => (kinds.has('Table') || path.endsWith('.prisma')) && !kinds.has('Migration') && packageOf(path) === home,
  );
  return declaring.map(({ path }) => path).sort(compare);
}
