import { compare } from '../../../graph/model/edge.ts';
import type { GroundedThing, StepContext } from '../model.ts';

const MOST_SERVICES = 1000;

/** What of a system does something: what an operation is of does it; code may only be used by what does. */
const DOES: Partial<Record<GroundedThing['role'], number>> = { operation: 2, code: 1, entity: 1, event: 1 };
/** Share of the best score from which a thing tells where a feature belongs. */
const NEAR = 0.5;

export interface Package {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
}

interface Home extends Package {
  /** What it is run as. */
  readonly service?: { readonly id: string; readonly name: string };
}

/**
 * The package that the nearest things are in, those with an own service first: a library that others use does nothing by itself. Where all
 * is in libraries, what uses the nearest of them.
 */
export async function homeOf(
  things: readonly GroundedThing[],
  around: (file: string) => Package | undefined,
  repo: string,
  reader: StepContext['graph']['reader'],
): Promise<Home | undefined> {
  const doing = things.filter(({ role }) => DOES[role] !== undefined);
  const best = Math.max(0, ...doing.map(({ score }) => score));
  const weights = new Map<string, number>();
  const homes = new Map<string, Package>();
  for (const { role, score, evidence } of doing) {
    const home = score >= NEAR * best ? around(evidence.file) : undefined;
    if (!home) continue;
    homes.set(home.id, home);
    weights.set(home.id, (weights.get(home.id) ?? 0) + score * (DOES[role] ?? 0));
  }
  const services = await reader.find({ kinds: ['Service'], repo }, { limit: MOST_SERVICES });
  const deployed = await reader.edges({ from: services.map(({ id }) => id), types: ['DEPLOYED_AS'] }, MOST_SERVICES);
  const serviceOf = (id: string): Home['service'] => {
    const names = deployed.flatMap(({ from, to }) => (to === id ? services.filter((service) => service.id === from) : []));
    const [first] = names.toSorted((a, b) => compare(a.id, b.id));
    return first && { id: first.id, name: first.name };
  };
  const uses = await reader.edges({ to: [...homes.keys()], types: ['DEPENDS_ON'] }, MOST_SERVICES);
  const users = (id: string): readonly string[] => uses.flatMap(({ from, to }) => (to === id && from !== id ? [from] : []));
  const withService = (home: Package): Home => {
    const service = serviceOf(home.id);
    return service ? { ...home, service } : home;
  };
  const sorted = [...homes.values()].toSorted((a, b) => (weights.get(b.id) ?? 0) - (weights.get(a.id) ?? 0) || compare(a.id, b.id));
  // What is in none of the packages of a workspace is in its own.
  const inner = sorted.filter(({ folder }) => folder !== '');
  const ranked = inner.length > 0 ? inner : sorted;
  const [nearest] = ranked;
  const own = ranked.find(({ id }) => serviceOf(id) !== undefined || users(id).length === 0);
  if (own || !nearest) return own && withService(own);
  const [user] = users(nearest.id)
    .filter((id) => serviceOf(id) !== undefined)
    .toSorted(compare);
  const service = user === undefined ? undefined : serviceOf(user);
  return service ? { ...nearest, service } : nearest;
}
