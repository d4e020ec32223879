import { isLinkUnit } from '../model/delta.ts';
import { compare } from '../model/edge.ts';
import { standingOf, type Node } from '../model/node.ts';

/** What one unit says about a node. */
export interface Claim {
  readonly unit: string;
  readonly node: Node;
}

/** Orders units by whose word counts, among claims of one standing: sources before linkers, then by id, which is worker and path. */
export const unitRank = (unit: string): string => `${isLinkUnit(unit) ? 1 : 0}${unit}`;

/** What one unit says, once of each node, in the order of the first mention. */
export function claimsOf(unit: string, nodes: readonly Node[]): ReadonlyMap<string, Node> {
  const claims = new Map<string, Node>();
  for (const node of nodes) {
    const known = claims.get(node.id);
    claims.set(node.id, known ? added([known, node].map((claim) => ({ unit, node: claim }))) : node);
  }
  return claims;
}

/**
 * The node that claims add up to, at least one. The first claim gives everything, also the place; later ones only add properties
 * that the earlier ones lack. A definition of today comes before a step of the thing's history before a mention of it; then the
 * order is that of {@link unitRank}.
 */
export function mergeClaims(claims: readonly Claim[]): Node {
  const { standing: _, ...node } = added(claims);
  return node;
}

function added(claims: readonly Claim[]): Node {
  const [first, ...later] = claims.toSorted(
    (a, b) => standingOf(a.node) - standingOf(b.node) || compare(unitRank(a.unit), unitRank(b.unit)),
  );
  if (later.length === 0) return first!.node;
  const props = later.reduce<Record<string, unknown>>((merged, { node }) => {
    const missing = Object.entries(node.props).filter(([name]) => !(name in merged));
    return { ...merged, ...Object.fromEntries(missing) };
  }, first!.node.props);
  return { ...first!.node, props } as Node;
}
