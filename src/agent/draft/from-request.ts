import type { AgentRequest, Conflict, DraftCriterion, DraftNfr, Evidence, Grounded, Grounding, Resolution } from '../model.ts';
import { sentencesOf } from '../parse/sentences.ts';
import { storiesOf } from '../parse/story.ts';
import { contentOf } from '../citations/content-words.ts';
import type { ParsedRequest, Quote, Requirement } from '../steps/parse.ts';
import { asSentence, basisOf, criterion, isSame, nfr, type Proof } from './parts.ts';
import { mainOf } from './name-feature.ts';
import type { NamedSystem } from './name-system.ts';
import { noteEvidence } from '../note-evidence.ts';
import { measureOf, qualityOf } from './quality.ts';
import { continued, statementOf } from './answered-question.ts';
import { deedOf, demandEnd, isEarsOf, responsesOf, sentenceOf } from './response.ts';
import { refOf } from '../../../graph/model/id.ts';

interface Asked {
  readonly request: AgentRequest;
  readonly parsed: ParsedRequest;
  readonly grounding: Grounding;
  readonly conflicts: readonly Conflict[];
  readonly resolutions: readonly Resolution[];
  readonly system: NamedSystem;
}

/** Shortest user story of the format, in characters. */
const SHORTEST = 20;

/** The user story in the words of who asks; else what is asked for as it was said. */
export function storyOf({ request, parsed }: Asked): Grounded {
  const named = mainOf(parsed);
  const isShort = named !== undefined && (named.said ?? named.quote).length < SHORTEST;
  const main = (isShort ? parsed.requirements.find(({ quote, said = quote }) => said.length >= SHORTEST) : undefined) ?? named;
  const evidence = (main && noteEvidence(request, main)) ?? noteEvidence(request, firstLine(request.text)) ?? WITHOUT_WORDS(request);
  const said = asSentence(main?.said ?? evidence.quote);
  if (said.length >= SHORTEST) return { text: said, ...basisOf(said, [evidence], [], 'request'), evidence: [evidence] };
  const text = asSentence(`What is needed is this: ${evidence.quote}`);
  return { text, ...basisOf(text, [evidence], [], 'thing-wanted'), evidence: [evidence] };
}

function firstLine(text: string): { readonly start: number; readonly end: number } {
  const [line = ''] = /\S[^\n]*/.exec(text) ?? [];
  const start = Math.max(0, text.indexOf(line));
  return { start, end: start + Math.min(line.length, 300) };
}

const WITHOUT_WORDS = ({ thread, file }: AgentRequest): Evidence => ({
  node: `note:${thread}`,
  file,
  line: 1,
  endLine: 1,
  sha: '',
  quote: '',
});

export interface Demands {
  readonly criteria: readonly DraftCriterion[];
  readonly nfrs: readonly DraftNfr[];
}

/** What a request demands, each demand by itself: qualities as NFRs in its own words, all else as criteria in the patterns of EARS. */
export function demandsOf(asked: Asked): Demands {
  const { request, parsed, system, grounding } = asked;
  const told = parsed.requirements.flatMap((requirement) => {
    const evidence = noteEvidence(request, requirement);
    return evidence && !givesWay(asked, evidence) ? [{ requirement, evidence }] : [];
  });
  const scene = sceneOf(request, parsed);
  const criteria: DraftCriterion[] = [];
  const nfrs: DraftNfr[] = [];
  const answered = new Set<string>();
  for (const { requirement, evidence } of told) {
    const before = told[told.findIndex((one) => one.requirement === requirement) - 1];
    const joint = requirement.answers && answeredCriteria(requirement, requirement.answers, { evidence, request, system, before });
    if (requirement.answers && joint) {
      criteria.push(...joint);
      answered.add(requirement.answers.quote);
      if (before && joint.some(({ evidence: all }) => all.includes(before.evidence))) answered.add(before.evidence.quote);
      continue;
    }
    const said = requirement.said ?? requirement.quote;
    const quality = storiesOf(said).length > 0 ? undefined : qualityOf(said, requirement.section, requirement.constraints);
    if (quality === undefined) criteria.push(...criteriaOf(requirement, evidence, { request, system, scene, grounding }));
    else nfrs.push(qualityNfr(requirement, evidence, quality));
  }
  const all = withoutTitle(
    withoutNames(criteria).filter(({ evidence }) => evidence.length > 1 || !answered.has(evidence[0].quote)),
    parsed,
  );
  if (all.length > 0) return { criteria: all, nfrs };
  // A spec has at least one criterion: the quality that was named first, or what there is of the request.
  const [first] = told;
  if (first) return { criteria: criteriaOf(first.requirement, first.evidence, { request, system, scene, grounding }), nfrs: nfrs.slice(1) };
  return { criteria: fromSentences(request, parsed, system), nfrs };
}

/** Sentences looked at where a request demands nothing in any way that is known. */
const MOST_SENTENCES = 3;

/** What is said without asking for anything is asked for all the same: somebody handed it in. */
function fromSentences(request: AgentRequest, parsed: ParsedRequest, system: NamedSystem): readonly DraftCriterion[] {
  const { text } = request;
  const other = [...parsed.openPoints, ...parsed.exclusions, ...parsed.tasks];
  const sentences = sentencesOf(text, firstLine(text)).filter(({ start, end }) => !other.some((one) => one.start < end && one.end > start));
  const criteria = sentences.slice(0, MOST_SENTENCES).flatMap((sentence) => {
    const evidence = noteEvidence(request, sentence);
    if (!evidence) return [];
    return responsesOf(evidence.quote).map((response) =>
      criterion({ text: sentenceOf(response, system.name), evidence: [evidence], rule: response.rule }, system),
    );
  });
  if (criteria.length > 0) return criteria;
  const evidence = noteEvidence(request, firstLine(text)) ?? WITHOUT_WORDS(request);
  const said = sentenceOf({ conditions: [], shall: `satisfy "${evidence.quote.replaceAll('"', "'").replace(/\s+/g, ' ')}"` }, system.name);
  return [criterion({ text: said, evidence: [evidence], rule: 'as-said' }, system)];
}

/** What only names a thing is none beside what says what to do with it: `provide webp` and `support WebP as well`. */
const withoutNames = (criteria: readonly DraftCriterion[]): readonly DraftCriterion[] =>
  criteria.filter((part) => {
    const { words, figures, negates } = contentOf(part.text);
    if (part.rule !== 'thing-wanted' || figures.size > 0 || negates) return true;
    return !criteria.some((other) => other.rule !== 'thing-wanted' && [...words].every((word) => contentOf(other.text).words.has(word)));
  });

/** The title of a ticket is no demand beside those that say it at length; what only names the matter is none beside any. */
function withoutTitle(criteria: readonly DraftCriterion[], { kind, requirements }: ParsedRequest): readonly DraftCriterion[] {
  const [title, ...others] = criteria;
  if (
    !title ||
    others.length === 0 ||
    kind !== 'ticket' ||
    title.evidence[0].quote !== requirements[0]?.quote ||
    /[.;]$/.test(title.evidence[0].quote)
  )
    return criteria;
  const rest = criteria.filter(({ evidence }) => evidence[0].quote !== title.evidence[0].quote);
  const [told, said] = [contentOf(title.evidence[0].quote), others.map(({ text }) => contentOf(text))];
  const isSaid = said.some(({ words }) => [...told.words].every((word) => words.has(word)));
  // Beside a story a title is its name, unless it limits something.
  const isLimit = told.negates || [...told.figures].some((figure) => !said.some(({ figures }) => figures.has(figure)));
  const isName = !isLimit && requirements.slice(1).some(({ quote, said: read = quote }) => storiesOf(read).length > 0);
  return rest.length > 0 && (isSaid || isName || ['thing-wanted', 'as-said'].includes(title.rule ?? '')) ? rest : criteria;
}

interface Scenery {
  readonly trigger: string;
  readonly evidence: Evidence;
}

/** What the story of a request has people do: what fragments of the request are about. */
function sceneOf(request: AgentRequest, { requirements }: ParsedRequest): Scenery | undefined {
  for (const { start, end, quote, said = quote } of requirements) {
    const trigger = deedOf(said);
    const evidence =
      trigger === undefined ? undefined : noteEvidence(request, { start, end: said === quote ? start + demandEnd(quote) : end });
    if (trigger !== undefined && evidence) return { trigger, evidence };
  }
  return undefined;
}

interface Within {
  readonly request: AgentRequest;
  readonly system: NamedSystem;
  readonly scene: Scenery | undefined;
  readonly grounding: Grounding;
}

function criteriaOf(
  { start, quote, said = quote, modality, constraints }: Requirement,
  whole: Evidence,
  { request, system, scene, grounding }: Within,
): readonly DraftCriterion[] {
  const contract = grounding.existing.find((one) => one.quote === quote)?.thing;
  const done = grounding.things.find(({ id, kind }) => id === contract && kind === 'Operation');
  const more = {
    priority: modality === 'could' ? ('could' as const) : ('must' as const),
    verify: [{ kind: 'test' }, ...(done ? [{ kind: 'contract', ref: refOf(done.id) }] : [])],
  };
  const written = asSentence(said);
  if (isEarsOf(written, system.name)) return [criterion({ text: written, evidence: [whole], rule: 'request', ...more }, system)];
  const limit = constraints.find(({ dimension }) => dimension !== 'time') ?? constraints[0];
  const end = said === quote ? demandEnd(quote) : quote.length;
  const demand = noteEvidence(request, { start, end: start + end }) ?? whole;
  return responsesOf(said, scene ?? {}, limit?.dimension).map((response) => {
    const isScenic = response.rule === 'limit-of-the-story' && scene !== undefined && !isSame(scene.evidence, demand);
    const evidence: Proof = isScenic ? [demand, scene.evidence] : [demand];
    return criterion({ text: sentenceOf(response, system.name), evidence, rule: response.rule, ...more }, system);
  });
}

/** A word or two that answer a question say something together with it; undefined where they say it by themselves. */
function answeredCriteria(
  { quote, said = quote, modality, constraints }: Requirement,
  question: Quote,
  { evidence, request, system, before }: Answering,
): readonly DraftCriterion[] | undefined {
  const asked = noteEvidence(request, question);
  const answer = said.replace(
    /^(?:(?:ok(?:ay)?|yes|then)[,\s]+)*(?:let['’]?s )?(?:make|say|call) (?:it|that)?\s*(?=\d|at |max|up to )/i,
    '',
  );
  const isFigure = /^\D{0,12}\d/.test(answer) && /\bhow (?:long|often|many|much|big|large)\b/i.test(question.quote);
  if (!asked || !(isFigure || isFragment(said))) return undefined;
  const whole = before && before.evidence.line <= asked.line ? continued(before.evidence.quote, asked.quote, answer) : undefined;
  const statement = whole ?? statementOf(asked.quote, answer);
  const turned = statement === undefined ? [] : responsesOf(statement);
  const isTurned = turned.length > 0 && !turned.some(({ rule }) => rule === 'as-said');
  if (!isTurned && constraints.some(({ dimension }) => TELLING.has(dimension))) return undefined;
  const responses = isTurned
    ? turned
    : [
        {
          conditions: [],
          shall: `keep to "${fragmentOf(said)}" for "${fragmentOf(asked.quote)}"`,
          rule: 'answer-to-a-question',
        },
      ];
  const priority = modality === 'could' ? 'could' : 'must';
  return responses.map((response) =>
    criterion(
      {
        text: sentenceOf(response, system.name),
        evidence: whole === undefined || !before ? [evidence, asked] : [evidence, before.evidence, asked],
        rule: response.rule,
        priority,
      },
      system,
    ),
  );
}

interface Answering {
  readonly evidence: Evidence;
  readonly request: AgentRequest;
  readonly system: NamedSystem;
  /** What was asked for before. */
  readonly before: { readonly requirement: Requirement; readonly evidence: Evidence } | undefined;
}

/** Rules that turn what is no sentence. */
const FRAGMENTS: ReadonlySet<string> = new Set(['limit', 'limit-of-the-story', 'thing-wanted', 'as-said']);
/** Limits that say by themselves what they limit. */
const TELLING: ReadonlySet<string> = new Set(['size', 'format', 'money', 'rate', 'length']);
const isFragment = (said: string): boolean =>
  responsesOf(said).every(
    ({ rule }) => FRAGMENTS.has(rule) && (rule !== 'thing-wanted' || !/\b(?:would|is|are|needs?|wants?)\b/i.test(said)),
  );
const fragmentOf = (said: string): string =>
  said
    .replaceAll('"', "'")
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.!]+$/, '');

function qualityNfr({ quote, said = quote, constraints }: Requirement, evidence: Evidence, category: string): DraftNfr {
  const text = asSentence(said);
  const measure = measureOf(said, constraints);
  return nfr({ category, text, ...basisOf(text, [evidence], [], 'request'), evidence: [evidence], ...(measure ? { measure } : {}) });
}

/** Whether a conflict was settled so that this part of the request gives way. */
const givesWay = ({ conflicts, resolutions }: Asked, { line, endLine, quote }: Evidence): boolean =>
  conflicts.some(({ id, members, options }) => {
    const chosen = resolutions.find(({ conflict }) => conflict === id)?.option;
    const yields = options.find((option) => option.id === chosen)?.yields;
    const member = yields === undefined ? undefined : members[yields];
    if (!member || member.layer !== 'request') return false;
    const other = member.evidence;
    return other.line <= endLine && other.endLine >= line && (quote.includes(other.quote) || other.quote.includes(quote));
  });

/** What is not wanted, or not now. */
export const outOfScopeOf = (request: AgentRequest, { exclusions, requirements }: ParsedRequest): readonly Grounded[] =>
  exclusions.flatMap(({ start, end, quote, said = quote }) => {
    const evidence = noteEvidence(request, { start, end });
    // What is answered by a demand is said there.
    if (!evidence || !/\p{L}{2}/u.test(said) || requirements.some(({ answers }) => answers?.start === start)) return [];
    const text = asSentence(said.replace(/[\s?]+$/, ''));
    return [{ text, ...basisOf(text, [evidence], [], 'request'), evidence: [evidence] as const }];
  });
