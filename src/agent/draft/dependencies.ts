import { parseId, refOf } from '../../../graph/model/id.ts';
import { contentOf } from '../citations/content-words.ts';
import type { DraftDependency, DraftLink, Evidence, GroundedThing, Grounding, StepContext } from '../model.ts';
import { basisOf } from './parts.ts';
import type { NamedSystem } from './name-system.ts';

const MOST = { dependencies: 3, affected: 2 } as const;
/** Share of the best score from which something is near enough to be part of what is asked for. */
const NEAR = 0.5;

/** What the feature needs of others, and what of its own system it changes. */
export async function connectionsOf(
  { things }: Grounding,
  system: NamedSystem,
  context: StepContext,
): Promise<{ readonly dependencies: readonly DraftDependency[]; readonly links: readonly DraftLink[] }> {
  const best = Math.max(0, ...things.map(({ score }) => score));
  const near = things.filter(({ score }) => score >= NEAR * best);
  const operations = near.filter(({ kind }) => kind === 'Operation');
  const own = operations.filter((thing) => belongsTo(thing, system));
  const called = await calledBy(system, context);
  const found = [...called, ...operations.filter((thing) => !own.includes(thing)).map((thing) => offered(thing, things))];
  const dependencies: DraftDependency[] = [];
  for (const dependency of found) {
    const known = dependencies.findIndex(({ target }) => target === dependency.target);
    if (known < 0) dependencies.push(dependency);
    else if (dependencies[known]!.contract === undefined && dependency.contract !== undefined) dependencies[known] = dependency;
  }
  const affected = [...own, ...near.filter(({ role }) => role === 'entity').filter(({ kind }) => kind === 'Table')];
  return {
    dependencies: dependencies.slice(0, MOST.dependencies),
    links: affected.slice(0, MOST.affected).map(({ id, evidence }) => ({ rel: 'affects', target: refOf(id), evidence: [evidence] })),
  };
}

/** By its folder, or by a name that says the same. */
function belongsTo({ id, evidence }: GroundedThing, { name, folder }: NamedSystem): boolean {
  if (folder !== undefined && folder !== '' && evidence.file.startsWith(folder)) return true;
  return isAlike(parseId(id)?.path ?? '', name);
}

const KIND_OF_PART = new Set([...contentOf('service api server app module controller gateway').words]);
const telling = (name: string): readonly string[] => [...contentOf(name).words].filter((word) => !KIND_OF_PART.has(word));
function isAlike(a: string, b: string): boolean {
  const [left, right] = [telling(a), telling(b)];
  return left.length > 0 && left.every((word) => right.includes(word));
}

/** An operation of another part, by the contract that states it. */
function offered({ id, name, evidence }: GroundedThing, things: readonly GroundedThing[]): DraftDependency {
  const api = parseId(id)?.path ?? '';
  const service = things.find((thing) => thing.kind === 'Service' && isAlike(api, thing.name));
  const [, summary] = /(?:summary|description)["']?\s*:\s*["']?([^\n"']{4,200})/.exec(evidence.quote) ?? [];
  const text = summary?.trim() ?? `offers ${name}`;
  const { basis, rule } =
    summary === undefined ? { basis: 'templated' as const, rule: 'offers-operation' } : basisOf(text, [evidence], [], 'summary');
  const isQuoted = summary !== undefined && evidence.quote.includes(text);
  return {
    target: service ? refOf(service.id) : refOf(id).replace(/#.*$/s, ''),
    contract: refOf(id),
    text,
    ...(isQuoted ? { basis: 'quoted' as const } : { basis, ...(rule === undefined ? {} : { rule }) }),
    evidence: [evidence],
  };
}

/** The services that the system depends on, as it is deployed or catalogued. */
async function calledBy({ id, name }: NamedSystem, { graph: { reader }, repo }: StepContext): Promise<readonly DraftDependency[]> {
  if (id === undefined) return [];
  const edges = await reader.edges({ from: [id], types: ['DEPENDS_ON'] }, 50);
  const nodes = await reader.get([id, ...edges.map(({ to }) => to)]);
  const file = nodes.get(id)?.file;
  const stored = file === undefined ? undefined : await reader.text(repo, file);
  if (file === undefined || stored?.commit === undefined) return [];
  const rows = stored.text.split('\n');
  return edges.flatMap(({ to, sites }): readonly DraftDependency[] => {
    const other = nodes.get(to);
    const site = sites.find((one) => (one.file ?? file) === file);
    const quote = site && rows[site.line - 1]?.trim();
    if (!other || other.kind !== 'Service' || !site || quote === undefined || !quote.includes(other.name)) return [];
    const evidence: Evidence = { node: id, file, line: site.line, endLine: site.line, sha: stored.commit ?? '', quote };
    return [{ target: refOf(to), text: `${name} depends on ${other.name}`, basis: 'templated', rule: 'depends-on', evidence: [evidence] }];
  });
}
