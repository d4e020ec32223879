import { refOf } from '../../../graph/model/id.ts';
import type { Evidence } from '../model.ts';
import type { Feedback } from './feedback.ts';

/** One thing that a report says, with the lines that show it. */
export interface ReportRow {
  /** `missing`, `L0`, `config`: what sort of thing it is. */
  readonly label: string;
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

export interface ReportSection {
  readonly title: string;
  readonly rows: readonly ReportRow[];
}

/** The parts of a feedback for people, in the order in which they are read; empty ones are left out. */
export function reportOf({ built, decisions, criteria, drift, proposals }: Feedback): readonly ReportSection[] {
  const bound = criteria.filter(({ level }) => level === 'L1').length;
  const undocumented = decisions.filter(({ documentedBy }) => documentedBy === undefined).length;
  const sections: readonly ReportSection[] = [
    {
      title: 'Drift: not as it was approved',
      rows: drift.map(({ kind, message, evidence }) => ({ label: kind, text: message, evidence })),
    },
    {
      title: `Built: ${built.filter(({ state }) => state === 'there').length} of ${built.length} as planned`,
      rows: built.map(({ kind, name, state, differences, evidence }) => ({
        label: state,
        text: `${kind} ${name}${differences.length > 0 ? `: ${differences.join('; ')}` : ''}`,
        evidence: evidence.slice(state === 'missing' || state === 'elsewhere' ? 0 : 1),
      })),
    },
    {
      title: `Decisions in the diff: ${decisions.length}, ${undocumented} of them written down nowhere`,
      rows: decisions.map(({ kind, name, documentedBy, evidence }) => ({
        label: documentedBy === undefined ? 'undocumented' : 'documented',
        text: `${kind} ${name}${documentedBy === undefined ? '' : `, by ${refOf(documentedBy)}`}`,
        evidence: [evidence],
      })),
    },
    {
      title: `Criteria: ${bound} of ${criteria.length} bound to a test`,
      rows: criteria.map(({ id, text, level, tests, leftOut, otherwise }) => {
        const left = leftOut.length > 0 ? ' (its test is left out)' : otherwise === undefined ? '' : ` (verified by ${otherwise})`;
        return { label: level, text: `${id} ${text}${level === 'L0' ? left : ''}`, evidence: level === 'L0' ? leftOut : tests };
      }),
    },
    {
      title: 'Proposed, for approval',
      rows: [
        ...(proposals.spec?.does ?? []).map(({ text }) => ({ label: 'spec', text, evidence: [] })),
        ...proposals.adrs.map(({ path }) => ({ label: 'adr', text: path, evidence: [] })),
        ...(proposals.graph.length > 0 ? [{ label: 'graph', text: edgesOf(proposals.graph), evidence: [] }] : []),
      ],
    },
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

/** How many edges of each type the graph gets. */
function edgesOf(edges: Feedback['proposals']['graph']): string {
  const counts = new Map<string, number>();
  for (const { type } of edges) counts.set(type, (counts.get(type) ?? 0) + 1);
  return `what follows from these: ${Array.from(counts, ([type, times]) => `${times} ${type}`).join(', ')}`;
}
