import { z } from 'zod';
import { Chunk } from './chunk.ts';
import { Edge } from './edge.ts';
import { Node } from './node.ts';
import { Diagnostic } from './provenance.ts';

/**
 * A unit states facts: one per source file and worker (or one per linker). A node exists while at least one unit claims
 * it; an edge belongs to exactly one unit. Replacing a unit replaces exactly what it stated.
 */
export const UnitRecord = z.object({
  /** `<repo>//<worker>:<path>`. */
  id: z.string(),
  repo: z.string(),
  worker: z.string(),
  /** Source file relative to the repository root; empty for units that stand for a whole repository. */
  path: z.string(),
  /** Hash of the source bytes. */
  hash: z.string(),
  /** What the worker needs to know whether this unit is stale, in its own words. Not part of a dump. */
  state: z.string(),
  /** What linkers join on, as JSON (`ingest/keys.ts`); empty when there is nothing. Not part of a dump. */
  keys: z.string(),
});
export type UnitRecord = z.infer<typeof UnitRecord>;

export const UnitDelta = z.object({
  unit: UnitRecord,
  nodes: z.array(Node),
  edges: z.array(Edge),
  diagnostics: z.array(Diagnostic),
  /** Text to search in. Not part of a dump: it follows from the sources and the nodes. */
  chunks: z.array(Chunk).optional(),
});
/** Everything one unit states, replacing whatever it stated before. */
export type UnitDelta = z.infer<typeof UnitDelta>;

export type GraphDelta = { readonly op: 'replace'; readonly delta: UnitDelta } | { readonly op: 'remove'; readonly unit: string };

export const unitId = (repo: string, worker: string, path: string): string => `${repo}//${worker}:${path}`;

/** Begins the worker name of units that state links. */
export const LINKING = 'link/';

/** Whether a linker states the unit of this id: what it says of things comes after what sources say. */
export const isLinkUnit = (id: string): boolean => /^(?:(?!\/\/).)+\/\/link\//s.test(id);
