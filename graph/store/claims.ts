import { isLinkUnit } from '../model/delta.ts';
import { compare } from '../model/edge.ts';
import type { Node } from '../model/node.ts';

/** What one unit says about a node. */
export interface Claim {
  readonly unit: string;
  readonly node: Node;
}

/** Orders units by whose word counts: sources before linkers, then by id. */
export const unitRank = (unit: string): string => `${isLinkUnit(unit) ? 1 : 0}${unit}`;

/** What one unit says, once of each node, in the order of the first mention. */
export function claimsOf(unit: string, nodes: readonly Node[]): ReadonlyMap<string, Node> {
  const claims = new Map<string, Node>();
  for (const node of nodes) {
    const known = claims.get(node.id);
    claims.set(node.id, known ? mergeClaims([known, node].map((claim) => ({ unit, node: claim }))) : node);
  }
  return claims;
}

/**
 * The node that claims add up to, at least one. The claim of the first unit, by {@link unitRank}, gives everything; claims
 * of later units only add properties that the earlier ones lack.
 */
export function mergeClaims(claims: readonly Claim[]): Node {
  const [first, ...later] = claims.toSorted((a, b) => compare(unitRank(a.unit), unitRank(b.unit)));
  if (later.length === 0) return first!.node;
  const props = later.reduce<Record<string, unknown>>((merged, { node }) => {
    const missing = Object.entries(node.props).filter(([name]) => !(name in merged));
    return { ...merged, ...Object.fromEntries(missing) };
  }, first!.node.props);
  return { ...first!.node, props } as Node;
}
