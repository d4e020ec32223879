import { slug as slugOf } from 'github-slugger';
import { folderOf } from '../../parse/paths.ts';
import { ADR_FOLDER, stemOf } from '../../parse/markdown.ts';

/** Folders around records that say nothing about what they are for. */
const GENERIC = /^(?:docs?|documentation|architecture|arch|design|dev|development|engineering|technical|\.github)$/i;
const NUMBER = /^(?:adr[-_ ]?)?(\d{1,5})(?=[-_. ]|$)/i;

export interface AdrName {
  /** `0003`, `packages/core/0003`; the file's slug where it has no number. */
  readonly name: string;
  /** As written in the name of the file. */
  readonly number?: string;
  readonly slug: string;
}

/**
 * The name of the record in a file, from its path alone. Records of a repository as a whole, in `docs/adr`,
 * `doc/architecture/decisions` and the like, go by their number; those of a part of it have its folder before it.
 */
export function adrName(path: string): AdrName {
  const folders = folderOf(path).split('/');
  while (folders.length > 0 && (GENERIC.test(folders.at(-1)!) || ADR_FOLDER.test(folders.at(-1)!) || folders.at(-1) === '')) folders.pop();
  const slug = slugOf(stemOf(path));
  const number = NUMBER.exec(stemOf(path))?.[1];
  return { name: [...folders, number ?? slug].join('/'), slug, ...(number === undefined ? {} : { number }) };
}
