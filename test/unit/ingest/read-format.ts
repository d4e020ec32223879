import type { LinkKey } from '../../../ingest/keys.ts';
import type { SourceFacts, SourceFormat } from '../../../ingest/file-worker.ts';

export interface Read extends Omit<SourceFacts, 'keys'> {
  readonly keys: readonly LinkKey[];
  /** `from TYPE to` of each edge, sorted. */
  readonly arrows: readonly string[];
  /** `kind id` of each node, sorted. */
  readonly things: readonly string[];
}

/** What a format states of the first of some files, which stand in the repository `shop`; the others are there to be referred to. */
export async function readFormat(format: SourceFormat, files: Readonly<Record<string, string>>): Promise<Read> {
  const [[path, text] = ['', '']] = Object.entries(files);
  const facts = await format.read({
    repo: 'shop',
    path,
    text,
    other: (other) => (Object.hasOwn(files, other) ? files[other] : undefined),
  });
  return {
    ...facts,
    keys: facts.keys ?? [],
    arrows: facts.edges.map(({ from, type, to }) => `${from} ${type} ${to}`).sort(),
    things: facts.nodes.map(({ kind, id }) => `${kind} ${id}`).sort(),
  };
}
