import type { Edge } from '../../graph/model/edge.ts';
import type { Node } from '../../graph/model/node.ts';
import type { Diagnostic } from '../../graph/model/provenance.ts';
import type { LinkKeys } from '../keys.ts';

/** What a linker states of one repository. */
export interface Links {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly diagnostics?: readonly Diagnostic[];
}

/**
 * Joins facts of different sources. Pure and total: the same keys give the same links, byte for byte, whatever was
 * linked before. Runs over all keys after every change, so it may not be slower than linear in them. Ids are unique in
 * `nodes`, and so is (from, type, to, via) in `edges`; every edge names its `rule`.
 */
export interface Linker {
  /** Part of its unit's id. */
  readonly name: string;
  /** States what starts in `repo`; `keys` are of all repositories. */
  link(repo: string, keys: LinkKeys): Links;
}
