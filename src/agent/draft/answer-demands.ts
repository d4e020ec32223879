import { demandOfAnswer } from '../gaps/answers.ts';
import { thingOf } from '../gaps/subject.ts';
import type { Answer, DraftCriterion, GapQuestion } from '../model.ts';
import type { ParsedRequest, Requirement } from '../steps/parse.ts';
import { statementOf } from './answered-question.ts';
import { gerund, isPlural, lowered } from './inflect.ts';
import type { NamedSystem } from './name-system.ts';
import { criterion, type Proof } from './parts.ts';
import { responsesOf, sentenceOf, type EarsCondition, type Response } from './response.ts';

interface Answered {
  readonly parsed: ParsedRequest;
  readonly gaps: readonly GapQuestion[];
  readonly answers: readonly Answer[];
}

type Demand = Pick<Response, 'conditions' | 'shall'>;

/** What somebody decided when they were asked, as demands; nothing where the answer is that there is none, or is about the work. */
export function answeredDemands({ parsed, gaps, answers }: Answered, system: NamedSystem): readonly DraftCriterion[] {
  return answers.flatMap(({ question, value, evidence }) => {
    const gap = gaps.find(({ id }) => id === question);
    if (!gap || gap.options.some((option) => option.scope !== undefined && option.value === value)) return [];
    const proof: Proof = [evidence, ...gap.evidence.filter(({ quote }) => quote.trim() !== '').slice(0, 1)];
    return demandsOf(gap, value, requirementOf(gap, parsed)).map((demand) => {
      const { rule: _, ...part } = criterion({ text: sentenceOf(demand, system.name), evidence: proof, rule: 'answer' }, system);
      return { ...part, basis: 'human' as const, rule: 'answer' };
    });
  });
}

const requirementOf = ({ about }: GapQuestion, { requirements }: ParsedRequest): Requirement | undefined =>
  requirements.find(({ quote }) => quote === about) ??
  (about === '' ? undefined : requirements.find(({ quote }) => quote.includes(about) || about.includes(quote)));

/** Says that there is none, that it is not wanted, or not yet known. */
const NONE =
  /^(?:no|nope|none|nothing|n\/a|not needed|out of scope|left out\b.*|later|skip|unknown|don['’]?t know|decided before the approval)\b/i;
/** What the answer to such a question holds for. */
const WHAT_IF = /^what (?:if|happens (?:if|when)) ([^?(]{3,120}?)(?:\s*\([^)]*\))?\?$/i;

function demandsOf(gap: GapQuestion, value: string, requirement: Requirement | undefined): readonly Demand[] {
  const said = value.trim().replace(/[.]$/, '');
  const isOpen = gap.about.includes('?') && gap.text.startsWith('Still open');
  if (isOpen && !NONE.test(said)) {
    const [demand, ...others] = responsesOf(statementOf(gap.about, said) ?? '');
    if (demand && others.length === 0 && isSaid(demand)) return [demand];
  }
  const deed = requirement && deedOf(requirement);
  const it = theThing(requirement && thingOf(requirement));
  const isFound = gap.options.some((option) => option.value === value && option.evidence.length > 0);
  const shall = demandOfAnswer(gap.slot, { value, isFound, it, ...(deed === undefined ? {} : { deed }) });
  if (shall === '') return [];
  const conditions = conditionsOf(gap, deed);
  if (shall !== undefined) return [{ conditions, shall }];
  if (NONE.test(said)) return [];
  const isChosen = gap.options.some((option) => option.value === value);
  const [response, ...more] = responsesOf(value);
  if (response && !isChosen && more.length === 0 && isSaid(response) && said.split(/\s+/).length > 3)
    return [response.conditions.length > 0 ? response : { conditions, shall: response.shall }];
  return [quoting(gap, said)];
}

/** A fragment is no sentence of its own: it answers something. */
const isSaid = ({ rule }: Response): boolean => !/^(?:limit|thing-wanted|none-of-it|as-said|command)/.test(rule);

/** What no rule turns into a demand is said with what it answers. */
function quoting({ slot, about }: GapQuestion, said: string): Demand {
  const isOpen = slot === 'open-point' && about.includes('?');
  const matter = isOpen ? `"${about.replace(/\s+/g, ' ').trim().replaceAll('"', "'")}"` : slot.replaceAll('-', ' ');
  return { conditions: [], shall: `keep to what was decided on ${matter}: ${said}` };
}

function conditionsOf({ text }: GapQuestion, deed: string | undefined): readonly EarsCondition[] {
  const asked = WHAT_IF.exec(text)?.[1]?.trim();
  if (asked === undefined) return [];
  const [, verb = '', rest = ''] = /^(\p{L}+)(.*)$/su.exec(deed ?? '') ?? [];
  return [{ kind: 'if', text: verb === '' ? asked : asked.replace(/^it fails$/, `${gerund(verb)}${rest} fails`) }];
}

/** `my picture` is `the picture` to those who build it; without a name it is what the request is about. */
function theThing(named: string | undefined): string {
  if (named === undefined) return 'it';
  const bare = named.replace(/^(?:my|our|your|his|her|its|their|this|that|an?|the)\s+/i, '');
  if (/^(?:all|each|every|any|no|some)\b/i.test(bare) || (isPlural(bare) && bare === named)) return lowered(bare);
  return `the ${lowered(bare)}`;
}

/** Verbs behind which people, or the system, do what is asked for. */
const LET = /^let\s+(?:(?:an?|the|all|only|each|every|any|their)\s+)?/i;

/** What a requirement has somebody do, in the plain form: `export all users`. */
function deedOf({ quote, said = quote, actions }: Requirement): string | undefined {
  const [response] = responsesOf(said);
  if (!response || response.conditions.length > 0) return undefined;
  const { shall, rule } = response;
  if (rule === 'possible') return shall.replace(/^make it possible to /, '');
  if (/^(?:command|wish|obligation)$/.test(rule)) return /^(?:not|never|only)\b/.test(shall) ? undefined : shall;
  if (!/^(?:story-to-do|people)$/.test(rule)) return undefined;
  const acted = lowered(actions[0]?.quote ?? '');
  const behind = shall.replace(LET, '').replace(/(?<=^\S+ )only /, '');
  const at = acted === '' ? -1 : ` ${behind}`.indexOf(` ${acted}`);
  return at <= 0 ? undefined : behind.slice(at).replace(/^only /, '');
}
