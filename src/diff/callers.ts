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

export interface Callers {
  /** The callers that changes of contracts concern, or may concern. */
  readonly answer: MergedAnswer;
  /** An answer of the graph to `<kind> <id>` without what follows for callers that are not concerned. */
  withoutUnconcerned(asked: string, answer: ImpactAnswer): ImpactAnswer;
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
    items.push(...found.flatMap((concern) => (concern.concerned === 'no' ? [] : itemOf(snapshot, change, concern))));
    if (!asked) continue;
    const key = `${asked.change} ${asked.id}`;
    concerns.set(key, [...(concerns.get(key) ?? []), ...found]);
  }
  // The same question of a change that concerns every caller.
  for (const { change, asked } of contracts) if (asked && !dependsOnCall(change)) concerns.delete(`${asked.change} ${asked.id}`);
  return {
    answer: { verdict: verdictOf(totalsOfItems(items), false), impacted: items, tests: [], unknown: [] },
    withoutUnconcerned(asked, answer) {
      const found = concerns.get(asked);
      if (!found) return answer;
      const concerned = new Set(found.flatMap((concern) => (concern.concerned === 'yes' ? placesOf(concern) : [])));
      const spared = new Set(found.flatMap(placesOf).filter((id) => !concerned.has(id)));
      const files = new Set(found.map(({ call }) => call.file));
      const impacted = answer.impacted.filter((item) => !isSpared(item, spared, concerned, files));
      const lost = impacted.length < answer.impacted.length;
      return lost ? { ...answer, impacted, verdict: verdictOf(totalsOfItems(impacted), answer.unknown.length > 0) } : answer;
    },
  };
}

const placesOf = ({ from, call }: Concern): readonly string[] => [from, call.from, ...call.through];

/** What the graph says of an item follows from a call that the change does not concern. */
function isSpared(
  { path = [], id, file }: ImpactedItem,
  spared: ReadonlySet<string>,
  concerned: ReadonlySet<string>,
  files: ReadonlySet<string>,
): boolean {
  if (spared.has(id)) return true;
  const entry = path.find(({ edge }) => edge === 'INVOKES' || edge === 'MAPS_TO' || edge === 'HANDLES' || edge === 'VERIFIES');
  const hop = path.find(({ edge, via, to }) => edge === 'INVOKES' || (edge === 'MAPS_TO' && spared.has(via ?? to)));
  if (hop) return spared.has(hop.via ?? hop.to) && !concerned.has(id);
  return entry?.edge === 'VERIFIES' && file !== undefined && files.has(file) && !concerned.has(id);
}

async function keysOf({ reader }: PinnedGraph): Promise<LinkKeys> {
  const units = [];
  for (const repo of await reader.repositories()) units.push(...(await reader.units(repo)));
  return keysOfUnits(units);
}

function itemOf(graph: Snapshot, { operation, field }: ContractChange, concern: Concern): readonly ImpactedItem[] {
  const { from, file, line, col, effect, reason, call } = concern;
  const node = graph.indexOf(from);
  if (node < 0) return [];
  const confidence = Math.round((effect === 'unknown' ? 0.5 : 0.9) * concern.confidence * 1000) / 1000;
  const hop = { tier: 'contract', confidence, rule: 'caller' } as const;
  const start = field === undefined ? operation : `${operation} ${field}`;
  const isReader = from !== call.from && file !== call.file;
  const path: readonly Hop[] = [
    { ...hop, from: start, to: call.from, edge: 'INVOKES', file: call.file, line: call.line, col: call.col },
    ...(isReader ? [{ ...hop, from: call.from, to: from, edge: 'CALLS' as const, file, line, col }] : []),
  ];
  return [
    {
      ...nameOf(graph, node),
      line,
      effect,
      distance: path.length,
      tier: 'contract',
      confidence,
      reason,
      path,
    },
  ];
}
