import { rounded, type RankedFile } from '../../retrieval/search.ts';

/** Signals that search has at most: text of files and of parts, past commits, and what both mean. */
const MOST_SIGNALS = 5;
/** How fast the chance falls where signals disagree; and the share from which a file is owned, not only looked at. */
const FALL = 4;
export const SURE = 0.4;
/** From here on a file is worth work of its own; below, it is one to look at beside other work. */
export const LIKELY = 0.13;
/** Below, looking is not worth it. */
export const HARDLY = 0.02;

/**
 * How likely each file is to change, 0–1, by how much of what all signals together could say they do say for it: files that every signal puts
 * first did change in eight of ten cases, at 80 % of that in half of them, at 60 % in one of seven, at 40 % in one of thirty (299 requests on
 * hono and typeorm, alike on both). The fourth power of the share gives these; with fewer signals, agreement is worth less.
 */
export function chancesOf(files: readonly RankedFile[]): ReadonlyMap<string, number> {
  const best = new Map<string, number>();
  for (const { signals } of files)
    for (const [name, share] of Object.entries(signals)) best.set(name, Math.max(best.get(name) ?? 0, share));
  const possible = [...best.values()].reduce((sum, share) => sum + share, 0);
  if (possible <= 0) return new Map();
  const worth = Math.min(1, best.size / MOST_SIGNALS);
  return new Map(files.map(({ path, score }) => [path, rounded(worth * Math.min(1, score / possible) ** FALL)]));
}

/** The chance that one of two reasons holds, taken as independent. */
export const either = (a: number, b: number): number => rounded(1 - (1 - a) * (1 - b));
