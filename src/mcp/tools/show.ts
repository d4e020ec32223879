import { z } from 'zod';
import { EDGE_TYPES, type Edge, type EdgeType } from '../../../graph/model/edge.ts';
import type { Node, SignatureShape } from '../../../graph/model/node.ts';
import { parseOrThrow } from '../../parse-or-throw.ts';
import { signatureText } from '../../signature-text.ts';
import type { Neighbourhood } from '../../system.ts';
import { target } from '../arguments.ts';
import { onPage, pageLine, paging, startOf } from '../page.ts';
import { count, fenced, namer, oneLine, placeOf, quoted } from '../text.ts';
import { defineTool, joined } from '../tool.ts';

/** Connections counted in each direction. */
const COUNTED = 10_000;
/** Their list in the schema would cost more than it helps: answers name the types that there are. */
const Edges = z.object({ edges: z.array(z.enum(EDGE_TYPES)).optional() });

export const show = defineTool({
  name: 'show',
  description: 'One thing: signature, properties, and what it is directly connected to (→ it depends on or contains, ← the reverse).',
  input: z.strictObject({
    target: target.describe('path#Name.member, path:line, path, "GET /users/{id}", spec:feature/AC-1, an id, or a name'),
    edges: z.array(z.string()).max(50).optional().describe('only of these types, e.g. CALLS'),
    ...paging(12),
  }),
  async answer({ target, edges: types, ...order }, { system }) {
    const { edges } = parseOrThrow(Edges, { edges: types });
    const shown = await system.show(target, { limit: COUNTED });
    const all = connectionsOf(shown);
    const wanted = edges ? all.filter((each) => each.edges.some(({ type }) => edges.includes(type))) : all;
    const page = onPage(wanted, order);
    const name = namer([shown.node.id, ...page.map(({ node }) => node.id)]);
    return joined(
      `${shown.node.kind} with ${count(all.length, 'connection')}${tally(all)}`,
      fenced([...(startOf(order) === 0 ? factsOf(shown.node) : []), ...page.map((each) => connectionLine(each, shown.node, name))]),
      pageLine(wanted.length, page.length, order),
    );
  },
});

/** All edges in one direction between the thing that is shown and another. */
interface Connection {
  readonly arrow: '→' | '←';
  readonly node: Node;
  readonly edges: readonly Edge[];
}

/** Say less of a thing than how it is used; listed last. */
const WEAK: ReadonlySet<EdgeType> = new Set<EdgeType>(['IMPORTS', 'EXPORTS', 'RE_EXPORTS', 'CO_CHANGES', 'MENTIONS']);
const INSIDE: ReadonlySet<EdgeType> = new Set<EdgeType>(['CONTAINS', 'HAS_PROPERTY']);

/** What it needs, what needs it, what it consists of, then the rest; within each, what has more to do with it first. */
function connectionsOf({ outgoing, incoming }: Neighbourhood): readonly Connection[] {
  const merged = new Map<string, { readonly arrow: '→' | '←'; readonly node: Node; readonly edges: Edge[] }>();
  for (const [arrow, list] of [['→', outgoing] as const, ['←', incoming] as const])
    for (const { edge, node } of list) {
      const known = merged.get(`${arrow}${node.id}`);
      if (known) known.edges.push(edge);
      else merged.set(`${arrow}${node.id}`, { arrow, node, edges: [edge] });
    }
  const rank = ({ arrow, edges }: Connection): number => {
    if (edges.every(({ type }) => WEAK.has(type))) return 3;
    if (edges.every(({ type }) => INSIDE.has(type))) return arrow === '→' ? 2 : 3;
    return arrow === '→' ? 0 : 1;
  };
  return [...merged.values()].toSorted((a, b) => rank(a) - rank(b));
}

function tally(all: readonly Connection[]): string {
  const counts = new Map<string, number>();
  for (const { arrow, edges } of all)
    for (const { type } of edges) counts.set(`${arrow} ${type}`, (counts.get(`${arrow} ${type}`) ?? 0) + 1);
  return counts.size === 0 ? '' : `: ${Array.from(counts, ([type, n]) => `${type} ${n}`).join(', ')}`;
}

/** `→ CALLS src/b.ts:3 b @ line 12`, `← CALLS src/c.ts:30 c`: where it is and where it is seen; of what uses it, both in one. */
function connectionLine({ arrow, node, edges }: Connection, shown: Node, name: (id: string) => string): string {
  const site = edges[0]?.sites[0];
  const file = site?.file ?? (arrow === '→' ? shown.file : node.file);
  const inPlace = site !== undefined && file === node.file && arrow === '←';
  const place = placeOf(node.file, inPlace ? site.line : node.span?.line);
  const seen =
    site === undefined || inPlace ? '' : ` @ ${file === shown.file || file === undefined ? `line ${site.line}` : placeOf(file, site.line)}`;
  const sure = Math.max(...edges.map(({ confidence }) => confidence));
  const doubt = sure < 0.9 ? ` (${edges[0]?.tier} ${sure.toFixed(2)})` : '';
  const called = node.kind === 'Module' ? '' : name(node.id);
  return [arrow, edges.map(({ type }) => type).join(','), place, called].filter((part) => part !== '').join(' ') + seen + doubt;
}

/** Properties that say nothing to readers. */
const UNSAID: ReadonlySet<string> = new Set(['body', 'doc', 'text']);

/** Identity, place, properties and text of a node, a line each. */
export function factsOf(node: Node): readonly string[] {
  const { id, file, span, props } = node;
  const where = file === undefined ? '' : ` at ${placeOf(file, span?.line)}${span ? `-${span.endLine}` : ''}`;
  const facts = Object.entries(props).flatMap(([key, value]: [string, unknown]): readonly string[] => {
    if (UNSAID.has(key) || value === undefined) return [];
    if (key === 'signatures') return (value as readonly SignatureShape[]).map((each) => oneLine(`signature: ${signatureText(each)}`, 300));
    return [oneLine(`${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)];
  });
  const text = 'text' in props ? props.text : 'doc' in props ? props.doc : undefined;
  return [`${oneLine(id)}${where}`, ...facts, ...(text === undefined ? [] : [quoted(text, 400)])];
}
