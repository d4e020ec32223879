import type { Claim } from './claim.ts';
import { isSameTerm, likeness, type Weight } from './compare.ts';
import type { Held } from './held.ts';

/** Likeness of two subjects from which on they are taken to be one when a constraint follows from both. */
const SAME = 0.5;

/** Constraints that follow from two sayings, by rules that name themselves. */
export function chained(held: readonly Held[], weight: Weight): readonly Held[] {
  const by = new Map<string, Held[]>();
  for (const one of held) by.set(one.claim.attribute, [...(by.get(one.claim.attribute) ?? []), one]);
  const of = (attribute: string): readonly Held[] => by.get(attribute) ?? [];
  return [
    ...keptByOthers(of('handed to'), of('place')),
    ...keptUntilTheRun(of('lifetime'), of('run of deletion'), weight),
    ...requestsOfAll(of('requests for each'), of('limit:count')),
  ];
}

/** What is handed to somebody is where they keep it. */
function keptByOthers(handed: readonly Held[], places: readonly Held[]): readonly Held[] {
  return handed.flatMap((gives) => {
    const { holds } = gives.claim;
    if (holds.kind !== 'items') return [];
    return places.flatMap((place) => {
      const isTheirs =
        place.saying !== gives.saying &&
        place.claim.holds.kind === 'items' &&
        place.claim.holds.force === 'some' &&
        holds.items.some((name) => place.saying.text.includes(name));
      return isTheirs
        ? [
            {
              claim: {
                ...gives.claim,
                attribute: 'place',
                holds: place.claim.holds,
                states: `${place.claim.states}, where ${holds.items.join(', ')} keeps it`,
              },
              saying: gives.saying,
              also: place.saying,
            },
          ]
        : [];
    });
  });
}

/** What is deleted by a run alone stays up to one period longer than it has to. */
function keptUntilTheRun(lifetimes: readonly Held[], runs: readonly Held[], weight: Weight): readonly Held[] {
  return runs.flatMap((run) =>
    lifetimes.flatMap((kept) => {
      const [period, life] = [run.claim.holds, kept.claim.holds];
      if (period.kind !== 'range' || life.kind !== 'range' || life.low <= 0 || !Number.isFinite(life.low) || kept.saying === run.saying)
        return [];
      if (likeness(run.claim.about, kept.claim.about, weight).share < SAME) return [];
      const claim: Claim = {
        ...kept.claim,
        holds: { kind: 'range', force: 'all', low: life.low + period.low, high: Infinity },
        states: `${kept.claim.states}, and up to one more run of deletion`,
      };
      return [{ claim, saying: kept.saying, also: run.saying }];
    }),
  );
}

/** A request for each of many, once in a period: so many in that period. */
function requestsOfAll(each: readonly Held[], counts: readonly Held[]): readonly Held[] {
  return each.flatMap((one) =>
    counts.flatMap((count) => {
      const [period, most] = [one.claim.holds, count.claim.holds];
      if (period.kind !== 'range' || most.kind !== 'range' || most.force !== 'some' || count.saying === one.saying) return [];
      if (!one.claim.head.some((head) => count.claim.head.some((other) => isSameTerm(head, other)))) return [];
      const rate = most.high / period.low;
      const claim: Claim = {
        ...one.claim,
        attribute: 'limit:rate',
        head: [],
        holds: { kind: 'range', force: 'some', low: rate, high: rate },
        states: `${most.high} requests every ${period.low} s`,
      };
      return [{ claim, saying: one.saying, also: count.saying }];
    }),
  );
}
