import type { GraphReader } from '../../../graph/store/store.ts';

/** What past commits changed at once: code, tests and texts. */
export interface CoChanges {
  /** Commits that changed a file. */
  count(path: string): number;
  /** By file: commits that changed it as well. */
  with(path: string): ReadonlyMap<string, number>;
  /** Share of the commits that changed a file which changed another; towards `usual` where there are few. */
  share(path: string, other: string, usual: number): number;
}

const SETS = ['code-commit', 'test-commit', 'text-commit'] as const;
/** Commits that what is usual counts for. */
const PRIOR = 4;

export async function coChanges(reader: GraphReader, repo: string): Promise<CoChanges> {
  const byFile = new Map<string, (readonly string[])[]>();
  for (const set of SETS)
    for (const { files, along = [] } of await reader.allChunks(set, repo)) {
      const touched = [...files, ...along];
      for (const file of touched) {
        const known = byFile.get(file);
        if (known) known.push(touched);
        else byFile.set(file, [touched]);
      }
    }
  const count = (path: string): number => byFile.get(path)?.length ?? 0;
  return {
    count,
    with(path) {
      const shared = new Map<string, number>();
      for (const touched of byFile.get(path) ?? [])
        for (const other of touched) if (other !== path) shared.set(other, (shared.get(other) ?? 0) + 1);
      return shared;
    },
    share(path, other, usual) {
      const shared = (byFile.get(path) ?? []).filter((touched) => touched.includes(other)).length;
      return (shared + PRIOR * usual) / (count(path) + PRIOR);
    },
  };
}
