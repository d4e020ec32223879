import { compare } from '../model/edge.ts';
import type { ChunkHit, StoredChunk } from './store.ts';

/** A chunk as both stores keep it: JSON of all but its text and set. */
export const storedChunk = (repo: string, content: string): StoredChunk => ({
  ...(JSON.parse(content) as Omit<StoredChunk, 'repo'>),
  repo,
});

/** By repository, node, title, then place: an order that every store can give. */
const compareChunks = (a: StoredChunk, b: StoredChunk): number =>
  compare(a.repo, b.repo) ||
  compare(a.node, b.node) ||
  compare(a.title ?? '', b.title ?? '') ||
  compare(a.files.join('\0'), b.files.join('\0')) ||
  (a.span?.line ?? 0) - (b.span?.line ?? 0);

export const orderedChunks = (chunks: readonly StoredChunk[]): readonly StoredChunk[] => chunks.toSorted(compareChunks);

/** The best ones, best first. */
export const rankedChunks = (hits: readonly ChunkHit[], limit: number): readonly ChunkHit[] =>
  hits.toSorted((a, b) => b.score - a.score || compareChunks(a, b)).slice(0, limit);
