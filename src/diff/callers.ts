import { nameOf, totalsOfItems, verdictOf } from '../../graph/query/answer.ts';
import type { Hop, ImpactAnswer, ImpactedItem } from '../../graph/query/change.ts';
import type { Snapshot } from '../../graph/snapshot/csr.ts';
import type { LinkKeys } from '../../ingest/keys.ts';
import { keysOfUnits } from '../../ingest/link/link.ts';
import { concernsOf, dependsOnCall, type Concern } from '../contracts/callers.ts';
import type { ContractChange } from '../contracts/contract-change.ts';
import type { PinnedGraph } from '../current-graph.ts';
import type { Detected } from './detect.ts';
import type { MergedAnswer } from './merge-answers.ts';
import { narrowed } from './narrow.ts';

export interface Callers {
  /** The callers of what changed: those that it concerns, or may concern, and those that were cleared. */
  readonly answer: MergedAnswer;
  /** An answer of the graph to `<kind> <id>`, with what follows for callers that are not concerned as compatible. */
  narrowed(asked: string, answer: ImpactAnswer): ImpactAnswer;
}

/**
 * Who calls what changed, decided call by call where the effect depends on what is sent or read. Undefined when no change
 * is of that kind.
 */
export async function callersOf(graph: PinnedGraph, contracts: Detected['contracts']): Promise<Callers | undefined> {
  const decided = contracts.filter(({ change }) => dependsOnCall(change));
  if (decided.length === 0) return undefined;
  const [snapshot, keys] = [await graph.snapshot(), await keysOf(graph)];
  const items: ImpactedItem[] = [];
  const concerns = new Map<string, Concern[]>();
  for (const { change, asked } of decided) {
    const found = concernsOf(keys, snapshot, change);
    items.push(...found.flatMap((concern) => itemOf(snapshot, change, concern)));
    if (!asked) continue;
    const key = `${asked.change} ${asked.id}`;
    concerns.set(key, [...(concerns.get(key) ?? []), ...found]);
  }
  // The same question of a change that concerns every caller.
  for (const { change, asked } of contracts) if (asked && !dependsOnCall(change)) concerns.delete(`${asked.change} ${asked.id}`);
  return {
    answer: { verdict: verdictOf(totalsOfItems(items), false), impacted: items, tests: [], unknown: [] },
    narrowed: (asked, answer) => narrowed(answer, concerns.get(asked) ?? []),
  };
}

async function keysOf({ reader }: PinnedGraph): Promise<LinkKeys> {
  const units = [];
  for (const repo of await reader.repositories()) units.push(...(await reader.units(repo)));
  return keysOfUnits(units);
}

/** Confidence of a decision, multiplied with that of the link between call and operation. */
const SURE = 0.9;
const UNSURE = 0.5;

function itemOf(graph: Snapshot, { operation, field }: ContractChange, concern: Concern): readonly ImpactedItem[] {
  const { from, file, line, col, effect, reason, call, property } = concern;
  const node = graph.indexOf(from);
  if (node < 0) return [];
  const confidence = Math.round((effect === 'unknown' ? UNSURE : SURE) * concern.confidence * 1000) / 1000;
  const hop = { tier: 'contract', confidence, rule: 'caller' } as const;
  const start = field === undefined ? operation : `${operation} ${field}`;
  const place = { file: call.file, line: call.line, col: call.col };
  const invoked: Hop = { ...hop, from: start, to: call.from, edge: 'INVOKES', ...place };
  const further = (): Hop[] =>
    from !== call.from && file !== call.file ? [{ ...hop, from: call.from, to: from, edge: 'CALLS', file, line, col }] : [];
  const path: readonly Hop[] =
    property === undefined
      ? [invoked, ...further()]
      : [
          { ...hop, from: start, to: property, edge: 'MAPS_TO', via: call.from, ...place },
          { ...hop, from: property, to: from, edge: 'READS', file, line, col },
        ];
  return [{ ...nameOf(graph, node), line, effect, distance: path.length, tier: 'contract', confidence, reason, path }];
}
