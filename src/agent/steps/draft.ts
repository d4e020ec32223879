import { join } from 'node:path/posix';
import { refOf } from '../../../graph/model/id.ts';
import { diffSpecs } from '../../specs/diff-specs.ts';
import { normativeOf } from '../../specs/normative.ts';
import { readSpec } from '../../specs/read-spec.ts';
import { bumped } from '../../specs/version.ts';
import { changedCriteria, existingSpec, withIdsOf, type Existing } from '../draft/change-spec.ts';
import { connectionsOf } from '../draft/dependencies.ts';
import { heeding } from '../draft/from-review.ts';
import { demandsOf, outOfScopeOf, storyOf } from '../draft/from-request.ts';
import { ruledBy } from '../draft/from-rules.ts';
import { nameFeature, mainOf } from '../draft/name-feature.ts';
import { nameSystem, systemOfSpec } from '../draft/name-system.ts';
import { united } from '../draft/parts.ts';
import { raised } from '../draft/inflect.ts';
import { askedFor, demandEnd } from '../draft/response.ts';
import { meansPeople } from '../parse/people.ts';
import { answeredDemands } from '../draft/answer-demands.ts';
import { isOneStory, questionsOf } from '../draft/questions.ts';
import { writeSpec } from '../draft/write-spec.ts';
import type {
  AgentRequest,
  Answer,
  Conflict,
  DraftNfr,
  DraftSpec,
  GapQuestion,
  Grounded,
  Grounding,
  Resolution,
  ReviewComment,
  StepContext,
} from '../model.ts';
import type { ParsedRequest } from './parse.ts';

export interface DraftInput {
  readonly request: AgentRequest;
  readonly parsed: ParsedRequest;
  readonly grounding: Grounding;
  readonly gaps: readonly GapQuestion[];
  readonly answers: readonly Answer[];
  readonly conflicts: readonly Conflict[];
  readonly resolutions: readonly Resolution[];
  /** What reviewers wanted changed, in all rounds so far. */
  readonly comments: readonly ReviewComment[];
  /** On rework, what people reviewed: what stays the same keeps its id. */
  readonly previous?: DraftSpec;
}

const FIRST_VERSION = '0.1';
/** Lines of the spec of one story: what a person reads in one go. */
const MOST_LINES = 60;

/**
 * The spec of a request by rules, without any model: in the words of who asks, with what policies and decisions demand of the parts
 * touched, each sentence with what it rests on. What nothing states is asked, never written. Where the graph has a spec of that
 * feature, the draft is a change of it.
 */
export async function draft(input: DraftInput, context: StepContext): Promise<DraftSpec> {
  const { request, parsed, grounding, gaps, answers, conflicts, resolutions, previous } = input;
  const isSeparate = answers.some(({ question, value }) =>
    gaps.some(({ id, options }) => id === question && options.some((option) => option.scope === 'separate' && option.value === value)),
  );
  const named = nameFeature(parsed, request.text);
  const feature = previous?.feature ?? (isSeparate ? `separate${raised(named)}` : named);
  const existing = isSeparate ? undefined : await existingSpec(feature, request.text, context);
  const system =
    (existing && (await systemOfSpec(existing.spec, context))) ?? (await nameSystem(grounding, matterOf(parsed, request), context));
  const asked = { request, parsed, grounding, conflicts, resolutions, system };
  const demands = demandsOf(asked);
  const ruled = await ruledBy(grounding, conflicts, resolutions, context);
  const connected = await connectionsOf(grounding, system, context);
  const wanted = united([...demands.criteria, ...answeredDemands(input, system)]);
  const fresh = united([...demands.nfrs, ...ruled.nfrs]);
  const reviewed = heeding(
    {
      criteria: withIdsOf(previous?.criteria ?? [], existing ? changedCriteria(existing, wanted) : wanted),
      nfrs: withIdsOf(previous?.nfrs ?? [], existing ? withNfrsOf(existing, fresh) : fresh),
    },
    input.comments,
    system,
  );
  const { criteria, nfrs } = reviewed;
  const drafted: DraftSpec = {
    feature: existing?.spec.feature ?? feature,
    version: previous?.version ?? FIRST_VERSION,
    path: existing?.path ?? previous?.path ?? join(context.specs, `${feature}.spec.yaml`),
    ...(existing ? { base: existing.text } : {}),
    owner: existing?.spec.owner ?? ownerOf(grounding),
    description: existing ? describedBy(existing) : storyOf(asked),
    criteria,
    nfrs,
    dependencies: [...(existing ? existingDependencies(existing) : []), ...connected.dependencies],
    outOfScope: [...(existing ? existingLimits(existing) : []), ...outOfScopeOf(request, parsed), ...reviewed.outOfScope],
    questions: [...questionsOf(input, criteria), ...reviewed.questions],
    links: [...ruled.links, ...connected.links],
  };
  const fitting = isOneStory(parsed) ? fitted(drafted) : drafted;
  return existing ? versioned(fitting, existing) : fitting;
}

/** What is asked for, without who asks for it, for whom and what for. */
function matterOf(parsed: ParsedRequest, { text }: AgentRequest): string {
  const main = mainOf(parsed);
  if (!main) return text.slice(0, 300);
  const wanted = askedFor(main.quote);
  if (wanted !== undefined) return wanted;
  const said = main.quote
    .slice(0, demandEnd(main.quote))
    .replace(/\b(?:web|mobile|desktop|browser|native) (?:client|app|site)s?\b/gi, ' ')
    .replace(/\bfor (?:all |our |the )?([\p{L}-]+)/giu, (phrase, who: string) => (meansPeople(who) ? ' ' : phrase));
  return main.actors.reduce((rest, { quote }) => rest.replace(quote, ' '), said);
}

const ownerOf = ({ things }: Grounding): DraftSpec['owner'] => {
  const team = things.find(({ role }) => role === 'owner');
  return team ? { team: refOf(team.id).replace(/^team:/, '') } : {};
};

const describedBy = ({ spec, evidenceOf }: Existing): DraftSpec['description'] => ({
  text: spec.description,
  basis: 'quoted',
  evidence: [evidenceOf('', ['description'])],
});

const existingDependencies = ({ spec, evidenceOf }: Existing): DraftSpec['dependencies'] =>
  spec.dependencies.map(({ target, reason = '', contract, at }) => ({
    target,
    text: reason,
    basis: 'quoted',
    evidence: [evidenceOf('', at)],
    ...(contract === undefined ? {} : { contract }),
  }));

const existingLimits = ({ spec, evidenceOf }: Existing): DraftSpec['outOfScope'] =>
  spec.outOfScope.map((text, index) => ({ text, basis: 'quoted', evidence: [evidenceOf('', ['outOfScope', index])] }));

/** What it demands already, and of what is demanded now what is new. */
function withNfrsOf({ spec, evidenceOf }: Existing, fresh: readonly DraftNfr[]): readonly DraftNfr[] {
  const kept = spec.nfrs.map(({ id, category, text, measure, verify, at }): DraftNfr => ({
    ...{ id, category, text, verify },
    basis: 'quoted',
    evidence: [evidenceOf(id, at)],
    ...(measure ? { measure } : {}),
  }));
  return [...kept, ...fresh.filter(({ id, text }) => !kept.some((part) => part.id === id || part.text === text))];
}

/** With the version that its changes ask for. */
function versioned(drafted: DraftSpec, { spec, path }: Existing): DraftSpec {
  const now = readSpec(writeSpec({ ...drafted, version: spec.version }), path).spec;
  if (!now) return drafted;
  return { ...drafted, version: bumped(spec.version, diffSpecs(normativeOf(spec), normativeOf(now)).bump) };
}

/** Of one story no more than is read in one go. What is left out first is what the graph knows anyway. */
function fitted(drafted: DraftSpec): DraftSpec {
  let fitting = drafted;
  const isLong = (): boolean => writeSpec(fitting).trimEnd().split('\n').length > MOST_LINES;
  while (isLong() && fitting.links.some(({ rel }) => rel === 'affects'))
    fitting = { ...fitting, links: fitting.links.filter(({ rel }) => rel !== 'affects') };
  while (isLong() && fitting.dependencies.some(isFromGraph)) {
    const last = fitting.dependencies.findLast(isFromGraph);
    fitting = { ...fitting, dependencies: fitting.dependencies.filter((part) => part !== last) };
  }
  while (isLong() && fitting.nfrs.some(isFromGraph)) {
    // The link to the rule stays: the rule holds, whether or not it is repeated.
    const last = fitting.nfrs.findLast(isFromGraph);
    fitting = { ...fitting, nfrs: fitting.nfrs.filter((part) => part !== last) };
  }
  return fitting;
}

/** Neither asked for nor in the spec already. */
const isFromGraph = ({ evidence: [{ node }] }: Grounded): boolean => !/^note:|\/\/spec:/.test(node);
