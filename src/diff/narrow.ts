import { totalsOfItems, verdictOf } from '../../graph/query/answer.ts';
import type { Effect, Hop, ImpactAnswer, ImpactedItem } from '../../graph/query/change.ts';
import { folderOf, type Concern } from '../contracts/callers.ts';

/**
 * An answer of the graph in the light of what was decided call by call. Nothing is taken away: what follows from calls
 * that the change does not concern is listed as `compatible`, calls of which that is not known as `unknown`, each with the
 * reason. Items need paths. What no decision is about stays as the graph says.
 */
export function narrowed(answer: ImpactAnswer, concerns: readonly Concern[]): ImpactAnswer {
  const decisions = decisionsOf(concerns);
  const impacted = answer.impacted.map((item) => narrowedItem(item, decisions));
  if (impacted.every((item, at) => item === answer.impacted[at])) return answer;
  const totals = totalsOfItems(impacted);
  return { ...answer, impacted, totals, verdict: verdictOf(totals, answer.unknown.length > 0) };
}

interface Decision {
  readonly concerned: Concern['concerned'];
  readonly reason: string;
  readonly file: string;
}

interface Decisions {
  /** Of the declarations that call, or that a call was passed through. */
  readonly places: ReadonlyMap<string, Decision>;
  readonly files: ReadonlyMap<string, Decision>;
  /** Properties of types that are read of what the changed operations answer. */
  readonly used: ReadonlySet<string>;
  /** Declarations that read it. */
  readonly concerned: ReadonlySet<string>;
}

const RANK = { yes: 0, unknown: 1, no: 2 } as const;

function decisionsOf(concerns: readonly Concern[]): Decisions {
  const [places, files] = [new Map<string, Decision>(), new Map<string, Decision>()];
  const keep = (into: Map<string, Decision>, key: string, decision: Decision): void => {
    const known = into.get(key);
    if (!known || RANK[decision.concerned] < RANK[known.concerned]) into.set(key, decision);
  };
  for (const { from, call, concerned, reason } of concerns) {
    const decision = { concerned, reason, file: call.file };
    for (const place of [from, call.from, ...call.through]) keep(places, place, decision);
    keep(files, call.file, decision);
  }
  const yes = concerns.filter(({ concerned }) => concerned === 'yes');
  return {
    places,
    files,
    used: new Set(yes.flatMap(({ property }) => property ?? [])),
    concerned: new Set(yes.map(({ from }) => from)),
  };
}

const EFFECT_OF = { unknown: 'unknown', no: 'compatible' } as const satisfies Record<'unknown' | 'no', Effect>;

function narrowedItem(item: ImpactedItem, decisions: Decisions): ImpactedItem {
  if (item.effect === 'review' || item.effect === 'compatible') return item;
  const { places, files, used, concerned } = decisions;
  const { path = [], id, file } = item;
  if (concerned.has(id)) return item;
  const as = ({ concerned: is, reason }: Decision): ImpactedItem => (is === 'yes' ? item : { ...item, effect: EFFECT_OF[is], reason });
  const at = path.findIndex(({ edge, via, to }) => (edge === 'INVOKES' || edge === 'MAPS_TO') && places.has(via ?? to));
  const entry = path[at];
  if (entry === undefined) {
    const tested = path.some(({ edge }) => edge === 'VERIFIES') && file !== undefined ? files.get(file) : undefined;
    return tested ? as(tested) : item;
  }
  const decision = places.get(entry.via ?? entry.to)!;
  // The call itself, or what its function writes out: the decision is about that.
  if (entry.edge === 'INVOKES' || entry.via === undefined) return as(decision);
  const property = entry.to;
  if (used.has(property)) return isReadElsewhere(path, at) ? { ...item, effect: 'compatible', reason: 'reads it of another answer' } : item;
  // Nobody reads the property that stands for it: only the client's own code is proven to do without it.
  return decision.concerned === 'no' && isOfClient(item, decision.file) ? as(decision) : item;
}

/** It reads the property, and not of what the changed operation answers: else a call would have been found to concern it. */
const isReadElsewhere = (path: readonly Hop[], entry: number): boolean => entry === path.length - 2 && path.at(-1)!.edge === 'READS';

const isOfClient = ({ file }: ImpactedItem, client: string): boolean => file !== undefined && folderOf(file) === folderOf(client);
