import { readKeys, type LinkKey } from '../../../ingest/keys.ts';
import type { Linker } from '../../../ingest/link/linker.ts';

/** Keys by the file whose unit publishes them, `repo//path` or a path of the repository `shop`. */
export type KeysByFile = Readonly<Record<string, readonly LinkKey[]>>;

export const keysOf = (files: KeysByFile) =>
  readKeys(
    Object.entries(files).map(([file, keys]) => {
      const [repo, path] = file.includes('//') ? (file.split('//') as [string, string]) : (['shop', file] as const);
      return { id: `${repo}//test:${path}`, repo, path, keys: JSON.stringify(keys) };
    }),
  );

/** `from TYPE to rule confidence` of the links of the repository `shop`, without its name, sorted. */
export const linksOf = (linker: Linker, files: KeysByFile): readonly string[] =>
  linker
    .link('shop', keysOf(files))
    .edges.map(({ from, type, to, rule, confidence }) => `${from} ${type} ${to} ${rule} ${confidence}`.replaceAll('shop//', ''))
    .sort();
