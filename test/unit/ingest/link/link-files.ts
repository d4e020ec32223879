import { keysText, readKeys } from '../../../../ingest/keys.ts';
import type { SourceFormat } from '../../../../ingest/file-worker.ts';
import type { Linker, Links } from '../../../../ingest/link/linker.ts';

export interface Linked extends Links {
  readonly things: readonly string[];
  /** `from TYPE to`, without repository, sorted. */
  readonly arrows: readonly string[];
}

/** What a linker makes of some files of the repository `shop`, each read by the format that claims it. */
export async function linkFiles(
  linker: Linker,
  formats: readonly SourceFormat[],
  files: Readonly<Record<string, string>>,
): Promise<Linked> {
  const units = [];
  for (const [path, text] of Object.entries(files)) {
    const format = formats.find(({ claims }) => claims(path));
    if (!format) continue;
    const has = (other: string): boolean => Object.hasOwn(files, other);
    const { keys = [] } = await format.read({ repo: 'shop', path, text, other: (other) => (has(other) ? files[other] : undefined) });
    units.push({ id: path, repo: 'shop', path, keys: keysText(keys) });
  }
  const links = linker.link('shop', readKeys(units));
  const short = (id: string): string => id.replace(/^shop\/\//, '');
  return {
    ...links,
    things: links.nodes.map(({ kind, id }) => `${kind} ${short(id)}`).sort(),
    arrows: links.edges.map(({ from, type, to }) => `${short(from)} ${type} ${short(to)}`).sort(),
  };
}
