import { EDGE_TYPES, type Edge, type Site } from '../../model/edge.ts';
import { NODE_KINDS, standingAt, type Node } from '../../model/node.ts';
import { TIERS } from '../../model/provenance.ts';

/** Columns of `claims` that make a node, as {@link CLAIM_COLUMNS} names them. */
export type ClaimColumns = readonly [
  kind: number,
  name: string,
  repo: string | null,
  file: string | null,
  line: number | null,
  col: number | null,
  endLine: number | null,
  endCol: number | null,
  standing: number,
  props: string,
];
export const CLAIM_COLUMNS = 'kind, name, repo, file, line, col, end_line, end_col, standing, props';

export function nodeOf(id: string, columns: ClaimColumns): Node {
  const [kind, name, repo, file, line, col, endLine, endCol, standing, props] = columns;
  return {
    id,
    kind: NODE_KINDS[kind]!,
    name,
    ...(repo !== null && { repo }),
    ...(file !== null && { file }),
    ...(line !== null && { span: { line, col: col!, endLine: endLine!, endCol: endCol! } }),
    ...standingAt(standing),
    props: JSON.parse(props) as unknown,
  } as Node;
}

/** Columns of `edges` that say more than what is connected, as {@link EDGE_COLUMNS} names them. */
export type EdgeColumns = readonly [type: number, tier: number, confidence: number, rule: string | null, sites: string];
export const EDGE_COLUMNS = 'type, tier, confidence, rule, sites';

export function edgeOf(from: string, to: string, via: string | undefined, columns: EdgeColumns): Edge {
  const [type, tier, confidence, rule, sites] = columns;
  return {
    from,
    type: EDGE_TYPES[type]!,
    to,
    ...(via !== undefined && { via }),
    tier: TIERS[tier]!,
    confidence,
    ...(rule !== null && { rule }),
    sites: JSON.parse(sites) as Site[],
  };
}

/** A list of columns, each qualified by a table's name. */
export const columnsOf = (table: string, columns: string): string =>
  columns
    .split(', ')
    .map((column) => `${table}.${column}`)
    .join(', ');
