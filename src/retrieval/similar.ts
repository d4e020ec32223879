import { groupOf, TEXT_GROUPS } from '../../graph/model/chunk.ts';
import { compare } from '../../graph/model/edge.ts';
import { MEANT_PARTS, meaningKey, meaningOf } from '../../graph/model/meaning.ts';
import type { Node } from '../../graph/model/node.ts';
import type { ChunkHit, GraphReader } from '../../graph/store/store.ts';
import { unpackVector } from '../../graph/model/vector.ts';
import { firstOfNode, rounded } from './search.ts';

export interface SimilarNode {
  readonly node: Node;
  /** Cosine of meanings, −1–1, or the share of the best match of words, 0–1. */
  readonly score: number;
  readonly by: 'meaning' | 'words';
}

export interface SimilarOptions {
  readonly limit: number;
  /** Only this repository. */
  readonly repo?: string;
}

/** Lines of a thing whose words are compared where its meaning is not known. */
const COMPARED_LINES = 40;

/**
 * What is like a thing: by what both mean where vectors of the space are kept, else by their words. Code is compared with code, and
 * texts with texts first.
 */
export async function similarTo(
  reader: GraphReader,
  node: Node,
  space: string | undefined,
  { limit, repo }: SimilarOptions,
): Promise<readonly SimilarNode[]> {
  const text = node.repo !== undefined && node.file !== undefined ? await reader.text(node.repo, node.file) : undefined;
  const lines = text?.text.split('\n') ?? [];
  const options = { limit: limit + 1, ...(repo === undefined ? {} : { repo }) };
  const vector = space === undefined ? undefined : await vectorOf(reader, node, lines, space);
  const hits =
    vector && space !== undefined
      ? await Promise.all(MEANT_PARTS.map((set) => reader.nearest(vector, { space, set, ...options })))
      : await byWords(reader, node, lines, options);
  const best = hits.flat().sort((a, b) => b.score - a.score || compare(a.node, b.node));
  const found = firstOfNode(best)
    .filter((hit) => hit.node !== node.id)
    .slice(0, limit);
  const top = vector ? 1 : (found[0]?.score ?? 1);
  const nodes = await reader.get(found.map((hit) => hit.node));
  return found.flatMap((hit) => {
    const like = nodes.get(hit.node);
    return like ? [{ node: like, score: rounded(hit.score / top), by: vector ? 'meaning' : 'words' } as const] : [];
  });
}

async function vectorOf(reader: GraphReader, node: Node, lines: readonly string[], space: string): Promise<Float32Array | undefined> {
  if (node.span === undefined || node.file === undefined) return undefined;
  const key = meaningKey(meaningOf({ node: node.id, files: [node.file], span: node.span }, lines));
  const kept = (await reader.vectors(space, [key])).get(key);
  return kept && unpackVector(kept);
}

function byWords(
  reader: GraphReader,
  { name, file, span }: Node,
  lines: readonly string[],
  options: { readonly limit: number; readonly repo?: string },
): Promise<readonly (readonly ChunkHit[])[]> {
  const own = span ? lines.slice(span.line - 1, Math.min(span.endLine, span.line + COMPARED_LINES)) : [];
  const groups = file === undefined ? TEXT_GROUPS : [groupOf(file)];
  return Promise.all(groups.map((group) => reader.chunks([name, ...own].join('\n'), { set: `${group}-part`, ...options })));
}
