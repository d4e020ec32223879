export type ConditionKind = 'where' | 'while' | 'when' | 'if';
export type EarsPattern = 'ubiquitous' | 'event' | 'state' | 'unwanted' | 'optional' | 'complex';
/** How much a sentence obliges. */
export type Modality = 'must' | 'should' | 'may';

export interface Condition {
  readonly kind: ConditionKind;
  readonly text: string;
}

/** A sentence of requirement in its parts. */
export interface Sentence {
  /** Undefined where it is none of the patterns of EARS: nothing says what has to do something. */
  readonly pattern: EarsPattern | undefined;
  readonly conditions: readonly Condition[];
  /** What has to do something, without its article. */
  readonly system: string | undefined;
  /** `shall`, as it is written; undefined where the sentence only states something. */
  readonly modal: string | undefined;
  readonly modality: Modality;
  readonly isNegated: boolean;
  /** What it has to do; the whole statement where no modal divides it. */
  readonly response: string;
  /** A condition stands behind the response. */
  readonly isTurned: boolean;
  /** Further obligations in the same text: `… shall …` again. */
  readonly more: number;
}

const KIND: Readonly<Record<string, ConditionKind>> = {
  where: 'where',
  while: 'while',
  during: 'while',
  when: 'when',
  whenever: 'when',
  once: 'when',
  after: 'when',
  upon: 'when',
  'as soon as': 'when',
  if: 'if',
  unless: 'if',
};
const LEADING = /^(?:and\s+)?(where|while|during|whenever|when|once|after|upon|as soon as|if|unless)\b\s*/i;
const INNER = /,\s*(?:and\s+)?(?=(?:where|while|during|whenever|when|once|after|upon|as soon as|if|unless)\b)/i;
const TRAILING = /^(.+?\S)[,;]?\s+(when|whenever|if|while|unless|once|as soon as)\s+(.+)$/is;
const MODAL = /\b(shall|must|will|should|may|can|could|might|needs? to|has to|have to)\b(?:\s+(not|never)\b)?/gi;
const MODALITY: Readonly<Record<string, Modality>> = { should: 'should', may: 'may', can: 'may', could: 'may', might: 'may' };
/** Characters that are looked at: nobody states a longer criterion. */
const LONGEST = 4000;

/** Takes a sentence apart by its clauses: keyword, condition, system, modal, response. */
export function parseSentence(written: string): Sentence {
  const text = tidy(written);
  const main = mainClause(text);
  if (!main) {
    const { response, conditions } = turned(leading(text));
    return { ...NO_MODAL, conditions, response, isNegated: false, isTurned: conditions.length > 0 };
  }
  const { before, subject, modal, isNegated, rest } = main;
  const { response, conditions: behind } = turned({ conditions: [], response: rest });
  const conditions = [...clauses(before), ...behind];
  const system = subject.replace(/^(?:then\s+)?(?:the|an?|each|every)\s+/i, '').trim();
  return {
    pattern: system === '' ? undefined : patternOf(conditions),
    conditions,
    system: system === '' ? undefined : system,
    modal: modal.toLowerCase(),
    modality: MODALITY[modal.toLowerCase()] ?? 'must',
    isNegated,
    response,
    isTurned: behind.length > 0,
    more: [...response.matchAll(/(?<!\b(?:that|which|who|what|it|they|where|whose \w+) )\b(?:shall|must)\b/gi)].length,
  };
}

const NO_MODAL = { pattern: undefined, system: undefined, modal: undefined, modality: 'must', more: 0 } as const;

const tidy = (text: string): string =>
  text
    .slice(0, LONGEST)
    .replace(/\*\*|__/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.!]+$/, '');

interface Main {
  readonly before: string;
  readonly subject: string;
  readonly modal: string;
  readonly isNegated: boolean;
  readonly rest: string;
}

/** The clause with the modal that counts: not one within a condition, `When a user who must pay …`. */
function mainClause(text: string): Main | undefined {
  const isConditional = LEADING.test(text);
  for (const match of text.matchAll(MODAL)) {
    const [all, modal = '', not] = match;
    const upTo = text.slice(0, match.index);
    const comma = Math.max(upTo.lastIndexOf(','), upTo.lastIndexOf(';'));
    const subject = upTo.slice(comma + 1).trim();
    const found = { modal, isNegated: not !== undefined, rest: text.slice(match.index + all.length).trim() };
    if (!isConditional) {
      // `A, B and C must …`: what stands before the comma is part of the subject.
      return { before: '', subject: upTo.trim(), ...found };
    }
    // `… uploads PNG, JPG or GIF files the UploadService shall`: the comma is one of the condition.
    const [, behind = '', late = ''] = /^(?!then\b|the\b|an?\b|each\b)(\S.*?)\s+(?:then\s+)?(the\s+\S+(?:\s\S+)?)$/i.exec(subject) ?? [];
    if (comma >= 0 && late !== '') return { before: `${upTo.slice(0, comma)}, ${behind}`, subject: late, ...found };
    if (comma >= 0 && !LEADING.test(subject)) return { before: upTo.slice(0, comma), subject, ...found };
    // No comma: the condition ends where `the system` begins.
    const [, before = '', named = ''] = /^(.+\S)\s+(?:then\s+)?((?:the|an?)\s+[\w-]+(?:\s+[\w-]+)?)\s*$/i.exec(subject) ?? [];
    const isLast = !MODAL_AGAIN.test(found.rest);
    if (named !== '' && isLast) return { before: upTo.slice(0, comma + 1) + before, subject: named, ...found };
  }
  return undefined;
}

const MODAL_AGAIN = /,[^,]*\b(?:shall|must|will|should)\b/i;

function clauses(before: string): readonly Condition[] {
  if (before.trim() === '') return [];
  return before.split(INNER).flatMap((clause) => {
    const [keyword] = LEADING.exec(clause.trim()) ?? [];
    if (keyword === undefined) return [];
    return [conditionOf(keyword, clause.trim().slice(keyword.length))];
  });
}

function conditionOf(keyword: string, text: string): Condition {
  const word = keyword
    .replace(/^and\s+/i, '')
    .trim()
    .toLowerCase();
  return { kind: KIND[word] ?? 'when', text: `${word === 'unless' ? 'not ' : ''}${text.trim().replace(/[,;]$/, '')}` };
}

interface Parts {
  readonly conditions: readonly Condition[];
  readonly response: string;
}

/** Conditions before a statement without modal: `If the card is refused, keeps the cart`. */
function leading(text: string): Parts {
  if (!LEADING.test(text)) return { conditions: [], response: text };
  const comma = text.lastIndexOf(',');
  if (comma < 0) return { conditions: [], response: text };
  return {
    conditions: clauses(text.slice(0, comma)),
    response: text
      .slice(comma + 1)
      .replace(/^\s*then\s+/i, '')
      .trim(),
  };
}

/** Conditions behind a response: `reject the file if it is too large`. */
function turned({ conditions, response }: Parts): Parts {
  const [, said, keyword, condition] = TRAILING.exec(response) ?? [];
  if (said === undefined || keyword === undefined || condition === undefined) return { conditions, response };
  return { conditions: [...conditions, conditionOf(keyword, condition)], response: said };
}

function patternOf(conditions: readonly Condition[]): EarsPattern {
  const kinds = new Set(conditions.map(({ kind }) => kind));
  if (kinds.size > 1) return 'complex';
  const [kind] = kinds;
  if (kind === undefined) return 'ubiquitous';
  return ({ where: 'optional', while: 'state', when: 'event', if: 'unwanted' } as const)[kind];
}
