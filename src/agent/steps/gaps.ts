import { isFix, kindsOf, type FeatureKind } from '../gaps/feature-kinds.ts';
import { openQuestion } from '../gaps/open-question.ts';
import { optionsOf, type System } from '../gaps/options.ts';
import { createPrecedents } from '../gaps/precedents.ts';
import { requestEvidence } from '../note-evidence.ts';
import { SLOTS, type Slot } from '../gaps/slots.ts';
import { responsesOf } from '../draft/response.ts';
import { isFilled, statedBy } from '../gaps/stated.ts';
import { subjectOf } from '../gaps/subject.ts';
import { createValues } from '../gaps/values.ts';
import type { AgentRequest, GapQuestion, Grounding, StepContext } from '../model.ts';
import { askedOf } from '../retrieve/asked.ts';
import type { ParsedRequest, Requirement, Statement } from './parse.ts';

/** Questions that people answer in one sitting; of one story; of a repair, which has its answer in how things were. */
const MOST = { usual: 7, story: 3, fix: 2 } as const;
/** A request of so many requirements is one story, beside its acceptance criteria; with a single user story, of so many in all. */
const STORY = 2;
const TOLD = 7;
const USER_STORY = /\bas (?:an?|the) .{1,60}?\bi (?:want|need|would like|wish|can)\b/is;
const CRITERIA = /accept|criteri|scenario|definition of done/i;
/** Weight of what is worth asking at all: of a story, and of more than that. */
const WORTH = 4;
/** What having values of the system to choose from adds: they are quick to answer and rarely wrong. */
const GROUNDED = 0.5;

/** Before all slots: what people asked themselves, then what is there. */
const OPEN = 100;
const EXISTING = 50;
/** Words of a statement that says what is open; a shorter one, "not sure yet", says only that something is. */
const SHORTEST = 4;

type Asked = Omit<GapQuestion, 'id'> & { readonly weight: number };

/**
 * What the request has to say, does not say, and nothing that governs the touched parts says either: what is open in the request
 * itself, then whether what exists is enough, then the slots of its kinds of feature, those first that change most.
 */
export async function gaps(
  request: AgentRequest,
  parsed: ParsedRequest,
  grounding: Grounding,
  context: StepContext,
): Promise<readonly GapQuestion[]> {
  const asked = askedOf(request.text, parsed);
  const system: System = { values: createValues(grounding, context), precedents: createPrecedents(grounding, context) };
  const fix = isFix(request.text, parsed);
  const most = fix ? MOST.fix : isOneStory(asked) ? MOST.story : MOST.usual;
  const questions: Asked[] = [];
  for (const point of parsed.openPoints.filter(saysWhat)) questions.push({ ...(await openQuestion(request, point, system)), weight: OPEN });
  if (!fix) {
    const existing = existingQuestion(request, asked, grounding);
    if (existing) questions.push({ ...existing, weight: EXISTING });
    const open = new Set(questions.map(({ slot }) => slot));
    questions.push(...(await slotQuestions(request, asked, parsed, grounding, system)).filter(({ slot }) => !open.has(slot)));
  }
  return questions
    .map((question, at) => ({ question, at }))
    .sort((a, b) => b.question.weight - a.question.weight || a.at - b.at)
    .slice(0, most)
    .map(({ question: { slot, text, about, options, evidence } }, at) => ({ id: `Q-${at + 1}`, slot, text, about, options, evidence }));
}

const isOneStory = (asked: readonly Requirement[]): boolean =>
  asked.filter(({ section }) => !CRITERIA.test(section ?? '')).length <= STORY ||
  (asked.length <= TOLD && asked.filter(({ quote }) => USER_STORY.test(quote)).length === 1);

const saysWhat = ({ quote }: Statement): boolean => quote.includes('?') || quote.trim().split(/\s+/).length > SHORTEST;

/** What is to become of what the system does already. */
function existingQuestion(
  request: AgentRequest,
  asked: readonly Requirement[],
  { things, existing }: Grounding,
): Omit<GapQuestion, 'id'> | undefined {
  // What only has to hold beside what is asked for is meant to be there.
  const first = existing.find(({ quote }) => asked.length === 1 || asked.some((one) => one.quote === quote && introduces(one)));
  const requirement = asked.find(({ quote }) => quote === first?.quote);
  const thing = things.find(({ id }) => id === first?.thing);
  if (!first || !requirement || !thing) return undefined;
  const named = [
    ...new Set(
      existing.filter(({ quote }) => quote === first.quote).flatMap(({ thing: id }) => things.find((each) => each.id === id)?.name ?? []),
    ),
  ];
  const evidence = existing.flatMap(({ quote, thing: id }) =>
    quote === first.quote ? (things.find((each) => each.id === id)?.evidence ?? []) : [],
  );
  return {
    slot: 'existing',
    text: `The system does this already (${named.join(', ')}). What should be different?`,
    about: first.quote,
    options: [
      {
        value: 'nothing, it is enough',
        consequence: 'The request is closed with a pointer to it; nothing is built.',
        scope: 'close',
        evidence,
      },
      {
        value: `${thing.name} is changed`,
        consequence: `${thing.role === 'spec' ? 'The spec gets a new version' : 'Its callers may break'}; what uses it has to be looked at.`,
        scope: 'change',
        evidence: [thing.evidence],
      },
      {
        value: 'something separate is built beside it',
        consequence: 'There are two ways to do the same; it has to be said who uses which.',
        scope: 'separate',
        evidence: [],
      },
    ],
    evidence: [requestEvidence(request, requirement), ...evidence],
  };
}

/** How near a thing has to be for the system to have something like what is asked for. */
const KNOWN = 0.5;
/** A limit is another than before: all else stays as it is. */
const OTHER_LIMIT =
  /\b(?:rais|increas|lower|reduc|decreas|extend|shorten|lengthen|bump|doubl|halv|relax|tighten)\w*\b.{0,60}\b(?:limits?|maximum|minimum|quotas?|sizes?|times?|timeouts?|durations?|periods?|numbers?|validity|lifetimes?|length)\b|\bfrom \d[^.]{0,20}\bto \d|\d\s?\p{L}{0,10} instead of (?:\p{L}+ )?\d|\b(?:accept|take|support|allow)\w*\b.{0,20}\b(?:avif|heic|heif|webp|jpe?g|png|gif|svg|tiff?|bmp|mp4|mov|docx?|pptx?)\b/iu;

/** Somebody, or the system, is to do what is not done yet. */
const introduces = ({ quote, said = quote }: Requirement): boolean =>
  MAY.test(said) || responsesOf(said).some(({ rule }) => /^(?:story-to|people|possible|command|wish|thing-wanted|obligation)/.test(rule));

const MAY = /\b(?:may|can) (?!not\b|be\b)\p{L}+/iu;

/** People do it, and it is not said which of them. */
function isDoneBySomebody({ quote, said = quote, actors }: Requirement): boolean {
  if (actors.some((actor) => PRIVILEGED.test(actor.quote))) return false;
  return responsesOf(said).some(
    ({ rule, shall }) => /^(?:story-to-do|people|possible)/.test(rule) || (rule === 'command' && !AUTOMATIC.test(shall)),
  );
}

/** Those who may do more than others: who names them says who may. */
const PRIVILEGED =
  /\b(?:admin\w*|moderators?|owners?|managers?|support(?: team)?|staff|operators?|editors?|agents?|auditors?|employees?|security|compliance)$/i;
/** What the system does by itself. */
const AUTOMATIC =
  /^(?:not |only |never )?(?:send|notify|log|lock|encrypt|scan|validate|reject|refuse|block|limit|retry|compress|resize|cache|expire|mask|rotate|throttle|trigger|emit|raise|lower|increase|reduce|use|keep|store|record|alert|warn|accept|take|make|let|show|display|highlight|track|convert|detect)\b/i;

async function slotQuestions(
  request: AgentRequest,
  asked: readonly Requirement[],
  parsed: ParsedRequest,
  grounding: Grounding,
  system: System,
): Promise<readonly Asked[]> {
  const stated = statedBy(asked, parsed, grounding);
  const kinds = asked.map((requirement) => ({ requirement, kinds: kindsOf(requirement.said ?? requirement.quote) }));
  const hasKind = kinds.some(({ kinds: found }) => !found.includes('other'));
  const isOther = ({ quote, said = quote }: Requirement): boolean => OTHER_LIMIT.test(said);
  const introducing = new Set(asked.filter((one) => introduces(one) && !isOther(one)));
  if (introducing.size === 0 && asked.some(isOther)) return [];
  const isKnown = grounding.things.some(({ score }) => score >= KNOWN);
  const questions: Asked[] = [];
  for (const slot of SLOTS) {
    if (slot.name === 'scope' && isKnown) continue;
    const needs = kinds
      // What only limits or forbids something is of a feature that is there, or is asked for beside it.
      .filter(({ requirement }) => introducing.size === 0 || introducing.has(requirement))
      // Who does what nobody does?
      .filter(({ requirement }) => slot.name !== 'permission' || isDoneBySomebody(requirement))
      .flatMap(({ requirement, kinds: found }) =>
        found.some((kind) => slot.unless?.includes(kind)) || slot.when?.test(requirement.quote) === false
          ? []
          : found.map((kind) => ({ requirement, kind, weight: weightOf(slot, kind, hasKind) })),
      )
      .filter(({ weight }) => weight >= WORTH)
      .sort((a, b) => b.weight - a.weight || a.requirement.start - b.requirement.start);
    const [need] = needs;
    if (!need || isFilled(slot, stated, asked)) continue;
    const options = await optionsOf(slot, system, need.kind);
    const isGrounded = options.some(({ evidence }) => evidence.length > 0);
    questions.push({
      slot: slot.name,
      text: questionOf(slot, need.kind, subjectOf(need.requirement)),
      about: need.requirement.quote,
      options,
      evidence: [requestEvidence(request, need.requirement), ...options.flatMap(({ evidence }) => evidence).slice(0, 1)],
      weight: need.weight + (isGrounded ? GROUNDED : 0),
    });
  }
  return questions;
}

/** Of a request with a kind, the sentences without any only describe. */
const weightOf = (slot: Slot, kind: FeatureKind, hasKind: boolean): number => (kind === 'other' && hasKind ? 0 : (slot.weight[kind] ?? 0));

function questionOf(slot: Slot, kind: FeatureKind, subject: string | undefined): string {
  const question = slot.questions?.[kind] ?? slot.question;
  return subject === undefined ? question : `${question.replace(/\?$/, '')} (${subject})?`;
}
