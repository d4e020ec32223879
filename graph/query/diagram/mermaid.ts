import { compare } from '../../model/edge.ts';

/** Shapes of a flowchart node, as Mermaid writes them. */
const SHAPES = {
  box: ['[', ']'],
  round: ['(', ')'],
  store: ['[(', ')]'],
  queue: ['>', ']'],
  outside: ['[[', ']]'],
} as const;
export type Shape = keyof typeof SHAPES;

export interface Vertex {
  /** Decides identity and order; never shown. */
  readonly id: string;
  readonly label: string;
  readonly shape?: Shape;
  /** Label of the subgraph it stands in. */
  readonly group?: string;
  /** Not there yet: drawn with a dashed border. */
  readonly planned?: boolean;
}

export interface Arc {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  readonly dotted?: boolean;
}

/** A flowchart whose text depends on what is in it only: ordered by id, numbered in that order. */
export function flowchart(vertices: readonly Vertex[], arcs: readonly Arc[], direction: 'LR' | 'TB' = 'LR'): string {
  const sorted = [...new Map(vertices.map((vertex) => [vertex.id, vertex])).values()].sort((a, b) => compare(a.id, b.id));
  const names = new Map(sorted.map(({ id }, at) => [id, `n${at}`]));
  const line = ({ id, label, shape = 'box' }: Vertex): string =>
    `${names.get(id)!}${SHAPES[shape][0]}"${escaped(label)}"${SHAPES[shape][1]}`;
  const groups = new Map<string, Vertex[]>();
  for (const vertex of sorted) if (vertex.group !== undefined) groups.set(vertex.group, [...(groups.get(vertex.group) ?? []), vertex]);
  const lines = [`flowchart ${direction}`];
  for (const [at, [group, members]] of [...groups].sort(([a], [b]) => compare(a, b)).entries())
    lines.push(`  subgraph g${at} ["${escaped(group)}"]`, ...members.map((member) => `    ${line(member)}`), '  end');
  for (const vertex of sorted) if (vertex.group === undefined) lines.push(`  ${line(vertex)}`);
  const drawn = new Map<string, string>();
  for (const { from, to, label, dotted } of arcs) {
    const [a, b] = [names.get(from), names.get(to)];
    if (a === undefined || b === undefined || a === b) continue;
    const arrow = dotted ? '-.->' : '-->';
    drawn.set(
      `${from}\0${to}\0${label ?? ''}`,
      `  ${a} ${label === undefined || label === '' ? arrow : `${arrow}|"${escaped(label)}"|`} ${b}`,
    );
  }
  const planned = sorted.flatMap(({ id, planned }) => (planned ? [names.get(id)!] : []));
  return [
    ...lines,
    ...[...drawn].sort(([a], [b]) => compare(a, b)).map(([, text]) => text),
    ...(planned.length > 0 ? ['  classDef planned stroke-dasharray: 5 5', `  class ${planned.join(',')} planned`] : []),
  ].join('\n');
}

export interface Participant {
  readonly id: string;
  readonly label: string;
  readonly actor?: boolean;
}

export interface Message {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** An answer, or something that nobody waits for. */
  readonly dotted?: boolean;
  /** Does not happen yet: a dashed line, and it says so. */
  readonly planned?: boolean;
}

/** A sequence diagram; participants in the order given. */
export function sequence(participants: readonly Participant[], messages: readonly Message[]): string {
  const names = new Map(participants.map(({ id }, at) => [id, `p${at}`]));
  return [
    'sequenceDiagram',
    ...participants.map(({ id, label, actor }) => `  ${actor ? 'actor' : 'participant'} ${names.get(id)!} as ${plain(label)}`),
    ...messages.map(({ from, to, text, dotted, planned }) => {
      const arrow = planned ? '-->>' : dotted ? '-)' : '->>';
      return `  ${names.get(from)!}${arrow}${names.get(to)!}: ${planned ? 'planned, ' : ''}${plain(text)}`;
    }),
  ].join('\n');
}

/** Text of the repository is data: it may not end a label or start markup. */
const escaped = (text: string): string =>
  text.replace(/[&"<>#;`\\[\]{}|]/g, (character) => `#${character.codePointAt(0)!};`).replace(/\s+/g, ' ');
const plain = (text: string): string =>
  text
    .replace(/[;#:`<>\\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim() || '-';
