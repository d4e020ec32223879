import { unitId, type UnitRecord } from '../../../graph/model/delta.ts';
import type { Edge } from '../../../graph/model/edge.ts';
import type { Node } from '../../../graph/model/node.ts';
import type { Diagnostic } from '../../../graph/model/provenance.ts';
import type { SourceFormat } from '../../../ingest/file-worker.ts';
import { keysText, readKeys, type LinkKeys } from '../../../ingest/keys.ts';
import type { Linker } from '../../../ingest/link/linker.ts';
import { extractFrom, type Sources } from './typescript/fixture.ts';

const REPOSITORY = 'shop';
type Unit = Pick<UnitRecord, 'id' | 'repo' | 'path' | 'keys'>;

export interface Linked {
  readonly keys: LinkKeys;
  /** Of all linkers that were asked. */
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly diagnostics: readonly Diagnostic[];
  /** `from TYPE to` of each edge in short names (`src/cart.ts#Cart.add QUERIES table:carts`), sorted; of edges that some texts stand in. */
  arrows(...parts: readonly string[]): readonly string[];
  /** The edge that an arrow shows. Throws when there is none. */
  edge(arrow: string): Edge;
  /** `kind id` of each node, sorted. */
  readonly things: readonly string[];
}

/** As ids without the fixture's repository, and declarations without `code:`. */
const short = (id: string): string => id.replaceAll(`${REPOSITORY}//`, '').replace(/^code:/, '');

/**
 * What linkers make of a fixture: its TypeScript is extracted by the real worker (no packages are installed, so that
 * their types are `any`), other files by the formats that claim them.
 */
export async function linkFrom(sources: Sources, linkers: readonly Linker[], formats: readonly SourceFormat[] = []): Promise<Linked> {
  const { units } = await extractFrom(sources);
  const others = await Promise.all(formats.flatMap((format) => readAll(format, sources)));
  const keys = readKeys([...units.map(({ unit }) => unit), ...others]);
  const links = linkers.map((linker) => linker.link(REPOSITORY, keys));
  const nodes = links.flatMap((each) => each.nodes);
  const edges = links.flatMap((each) => each.edges);
  const arrow = ({ from, type, to, via }: Edge): string =>
    `${short(from)} ${type} ${short(to)}${via === undefined ? '' : ` via ${short(via)}`}`;
  return {
    keys,
    nodes,
    edges,
    diagnostics: links.flatMap(({ diagnostics = [] }) => diagnostics),
    things: nodes.map(({ kind, id }) => `${kind} ${short(id)}`).sort(),
    arrows: (...parts) =>
      edges
        .map(arrow)
        .filter((text) => parts.every((part) => text.includes(part)))
        .sort(),
    edge: (text) => {
      const found = edges.find((edge) => arrow(edge) === text);
      if (!found) throw new Error(`There is no ${text}, but\n${edges.map(arrow).sort().join('\n')}`);
      return found;
    },
  };
}

function readAll(format: SourceFormat, sources: Sources): readonly Promise<Unit>[] {
  return Object.entries(sources)
    .filter(([path, text]) => format.claims(path) && (format.recognises?.(text, path) ?? true))
    .map(async ([path, text]) => {
      const { keys = [] } = await format.read({
        repo: REPOSITORY,
        path,
        text,
        other: (other) => (Object.hasOwn(sources, other) ? sources[other] : undefined),
      });
      return { id: unitId(REPOSITORY, format.name, path), repo: REPOSITORY, path, keys: keysText(keys) };
    });
}
