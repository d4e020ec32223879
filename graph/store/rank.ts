import { compare } from '../model/edge.ts';
import type { ChunkHit } from './store.ts';

/** Best first; equal scores by repository, node, then place, so that every store gives one order. */
export const rankedChunks = (hits: readonly ChunkHit[]): ChunkHit[] =>
  hits.toSorted(
    (a, b) =>
      b.score - a.score ||
      compare(a.repo, b.repo) ||
      compare(a.node, b.node) ||
      compare(a.title ?? '', b.title ?? '') ||
      (a.span?.line ?? 0) - (b.span?.line ?? 0),
  );
