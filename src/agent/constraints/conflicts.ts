import { compare } from '../../../graph/model/edge.ts';
import { sha256 } from '../../../ingest/parse/canonical-json.ts';
import { parseRequest, type ParsedRequest } from '../steps/parse.ts';
import type { AgentRequest, Answer, Conflict, ConflictMember, GapQuestion, ReviewComment, StepContext } from '../model.ts';
import { contradictionsAmong, type Contradiction } from './contradictions.ts';
import { optionsOf } from './options.ts';
import { ownersOf, type Owners } from './owners.ts';
import { sayingsOfPeople, sayingsOfRequest } from './read/request.ts';
import { sayingsIn } from './read/sayings.ts';
import { settlementsIn } from './settled.ts';
import type { Saying } from './saying.ts';

/** What is compared with what is there; nothing of it: what is there is compared with itself. */
export interface Wanted {
  readonly request: AgentRequest;
  readonly parsed?: ParsedRequest;
  readonly gaps?: readonly GapQuestion[];
  readonly answers?: readonly Answer[];
  readonly comments?: readonly ReviewComment[];
  /** Feature whose spec is drafted: what contradicts its own criteria counts as well. */
  readonly feature?: string;
}

/**
 * The contradictions in a repository; with a request those that it brings: nobody who asks for something is asked to settle what
 * was there before. Each is a minimal set with its evidence, both owners, and options with what they cost. Deterministic.
 */
export async function contradictionsIn(
  context: Pick<StepContext, 'graph' | 'repo' | 'signal'>,
  wanted?: Wanted,
): Promise<readonly Conflict[]> {
  const there = await sayingsIn(context);
  context.signal?.throwIfAborted();
  const asked = wanted ? sayingsOfWanted(wanted) : [];
  const touches = (sayings: readonly Saying[]): boolean =>
    wanted === undefined ||
    sayings.some((saying) => saying.layer === 'request' || (wanted.feature !== undefined && saying.feature === wanted.feature));
  const found = contradictionsAmong([...there, ...asked], touches);
  const settled = found.length === 0 ? new Map<string, string>() : await settlementsIn(context);
  const conflicts: Conflict[] = [];
  for (const contradiction of found) conflicts.push(await conflictOf(contradiction, context, settled));
  return conflicts.toSorted((a, b) => compare(a.id, b.id));
}

function sayingsOfWanted({ request, parsed, gaps = [], answers = [], comments = [] }: Wanted): readonly Saying[] {
  const questions = new Map(gaps.map(({ id, about, text }) => [id, `${about} ${text}`]));
  return [...sayingsOfRequest(request, parsed ?? parseRequest(request.text)), ...sayingsOfPeople(answers, comments, questions)];
}

async function conflictOf(
  contradiction: Contradiction,
  context: Pick<StepContext, 'graph' | 'repo'>,
  settled: ReadonlyMap<string, string>,
): Promise<Conflict> {
  const members = contradiction.sayings.map((saying): ConflictMember => ({
    layer: saying.layer,
    states: statesOf(saying, contradiction),
    evidence: saying.evidence,
  }));
  const id = idOf(contradiction.sayings, members);
  const owners = await Promise.all(contradiction.sayings.map((saying) => ownersOf(saying, context)));
  const settledBy = settled.get(id);
  return {
    id,
    members,
    why: whyOf(contradiction),
    owners: together(owners),
    options: await optionsOf(contradiction, owners, context),
    ...(settledBy === undefined ? {} : { settledBy }),
  };
}

/** What a member says that matters here; what it is said from together with another is said with both. */
function statesOf(saying: Saying, { between }: Contradiction): string {
  const own = between.find((held) => held.saying === saying) ?? between.find((held) => held.also === saying);
  return own?.claim.states ?? saying.text;
}

/** Of what the members say, wherever it stands: it stays as long as all of them say so. */
function idOf(sayings: readonly Saying[], members: readonly ConflictMember[]): string {
  const said = sayings.map(({ layer, evidence, document }, index) => {
    const words = evidence.quote.toLowerCase().replace(/\s+/g, ' ').trim();
    return layer === 'contract' ? `${layer} ${document} ${members[index]!.states} ${words}` : `${layer} ${words}`;
  });
  return `C-${sha256(said.toSorted(compare).join('\n')).slice('sha256:'.length, 'sha256:'.length + 8)}`;
}

function whyOf({ between: [a, b] }: Contradiction): string {
  const [left, right] = [a.claim.states, b.claim.states];
  switch (a.claim.holds.kind) {
    case 'range':
      return `“${left}” and “${right}”: no value fits both.`;
    case 'items':
      return `“${left}” and “${right}”: what one asks for is not among what the other lets through.`;
    case 'order':
    case 'value':
      return `“${left}” and “${right}”: one rules out the other.`;
  }
}

/** Whom to ask about the purpose and about the means: of the first member that somebody is known for. */
function together(owners: readonly Owners[]): Conflict['owners'] {
  const why = owners.find((one) => one.why !== undefined)?.why;
  const how = owners.find((one) => one.how !== undefined)?.how;
  return { ...(why === undefined ? {} : { why }), ...(how === undefined ? {} : { how }) };
}
