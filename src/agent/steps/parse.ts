import { constraintsOf, type Constraint } from '../parse/constraints.ts';
import { intakeOf } from '../parse/intake.ts';
import { Sayings } from '../parse/merge.ts';
import { meansPeople } from '../parse/people.ts';
import { LOOKED_AT, readSentences, type Sentence } from '../parse/read-sentences.ts';
import { rolesOf } from '../parse/roles.ts';
import type { InputKind } from '../parse/source.ts';
import { modalityOf, tellsWhat, type Modality } from '../parse/statements.ts';
import type { Span } from '../parse/story-spans.ts';
import { benefitOf, type Range } from '../parse/story.ts';

/** A stretch of the input, verbatim: `input.slice(start, end) === quote`, in UTF-16 units. */
export interface Quote extends Range {
  readonly quote: string;
}

/** What somebody said. */
export interface Statement extends Quote {
  /** The quote as people read it, where it is written otherwise in the input: the escapes of JSON. */
  readonly said?: string;
  readonly speaker?: string;
  /** Heading or label it stands under, in lower case. */
  readonly section?: string;
  /** The question that it answers. */
  readonly answers?: Quote;
  /** Where the same is said again. */
  readonly also: readonly (Quote & { readonly speaker?: string })[];
}

/** Something the product shall do, be, allow or not do. */
export interface Requirement extends Statement {
  readonly modality: Modality;
  /** It was agreed on, not only asked for. */
  readonly decided: boolean;
  readonly actors: readonly Quote[];
  /** What the actor, or the product, does; what comes first is what the requirement is about. */
  readonly actions: readonly Quote[];
  readonly objects: readonly Quote[];
  readonly benefits: readonly Quote[];
  readonly constraints: readonly Constraint[];
}

type Facts = Omit<Requirement, keyof Statement>;

/** People or a thing, with the places that name it. */
export interface Named {
  /** As first written, in lower case where that is no name of its own. */
  readonly name: string;
  readonly mentions: readonly Quote[];
}

export interface ParsedRequest {
  readonly kind: InputKind;
  /** In the order of the input, as are all lists here. */
  readonly requirements: readonly Requirement[];
  readonly decisions: readonly Statement[];
  /** Questions without an answer, and what is said to be open. */
  readonly openPoints: readonly Statement[];
  /** What is not wanted, or not now. */
  readonly exclusions: readonly Statement[];
  /** What people are to do about the work, not the product. */
  readonly tasks: readonly Statement[];
  readonly actors: readonly Named[];
  readonly objects: readonly Named[];
  /** Who, what they do, with what and what for, of all requirements. */
  readonly spans: readonly Span[];
}

/** Longest stretch of one that is read for who, what and limits: a sentence without an end is no sentence. */
const READ = 4000;

/**
 * Reads a request in whatever form it comes: tickets and chats as exported JSON or as Markdown, notes and transcripts, mail, a
 * sentence. Deterministic, no model; the input is text, whatever it tells its reader to do.
 */
export function parseRequest(input: string): ParsedRequest {
  const { kind, sources } = intakeOf(input);
  const sentences = readSentences(sources, kind);
  const requirements = new Statements<Facts>(input);
  const lists = {
    decision: new Statements(input),
    open: new Statements(input),
    excluded: new Statements(input),
    task: new Statements(input),
  };
  const spans: Span[] = [];
  for (const sentence of sentences) {
    const { meaning } = sentence;
    if (meaning === 'context' || meaning === 'chatter') continue;
    if (meaning !== 'requirement') lists[meaning].add(sentence, () => ({}));
    if (meaning !== 'requirement' && !(meaning === 'decision' && tellsWhat(sentence.source.text.slice(sentence.start, sentence.end))))
      continue;
    requirements.add(sentence, (whole) => {
      const range = { start: whole.start, end: Math.min(whole.end, whole.start + READ) };
      const roles = rolesOf(sentence.source.text, range).map((span) => ({ ...span, ...sentence.source.place(span) }));
      spans.push(...roles);
      return factsOf(input, { ...sentence, ...range }, roles);
    });
  }
  const all = requirements.list();
  // Who asked has been told.
  const told = new Set(all.flatMap(({ answers }) => answers?.start ?? []));
  return {
    kind,
    requirements: all,
    decisions: lists.decision.list(),
    openPoints: lists.open.list().filter(({ start }) => !told.has(start)),
    exclusions: lists.excluded.list(),
    tasks: lists.task.list(),
    actors: namedIn(all.flatMap(({ actors }) => actors)),
    objects: namedIn(all.flatMap(({ objects }) => objects)),
    spans: spans.sort((a, b) => a.start - b.start || b.end - a.end),
  };
}

function factsOf(input: string, { source, passage, meaning, ...range }: Sentence, roles: readonly Span[]): Facts {
  const wish = source.text.slice(range.start, benefitOf(source.text, range.start, range.end)?.before ?? range.end);
  const quotes = (label: Span['label']): Quote[] =>
    roles.filter((role) => role.label === label).map(({ start, end }) => ({ start, end, quote: input.slice(start, end) }));
  const actions = roles.filter(({ label }) => label === 'Action').sort((a, b) => Number(b.primary ?? false) - Number(a.primary ?? false));
  return {
    modality: modalityOf(wish.slice(0, LOOKED_AT), passage.section),
    decided: meaning === 'decision',
    actors: quotes('Persona'),
    actions: actions.map(({ start, end }) => ({ start, end, quote: input.slice(start, end) })),
    objects: quotes('Entity'),
    benefits: quotes('Benefit'),
    constraints: constraintsOf(source.text, range.start, range.end).map((constraint) => {
      const { start, end } = source.place(constraint);
      return { ...constraint, start, end, quote: input.slice(start, end) };
    }),
  };
}

/** Statements of one kind; who says the same again is added to the one who said it first. */
class Statements<F extends object = object> {
  readonly #sayings = new Sayings();
  readonly #found: (Statement & F)[] = [];
  readonly #again = new Map<Statement, Statement['also'][number][]>();
  readonly #input: string;

  constructor(input: string) {
    this.#input = input;
  }

  add({ source, passage, answers, ...range }: Sentence, facts: (range: Range) => F): void {
    const said = source.text.slice(range.start, range.end);
    const { start, end } = source.place(range);
    const quote = this.#input.slice(start, end);
    const speaker = passage.speaker ?? source.speaker;
    const who = speaker === undefined ? {} : { speaker };
    const known = this.#sayings.find(said, this.#found.length);
    const first = known === undefined ? undefined : this.#found[known];
    if (first !== undefined) {
      this.#again.get(first)!.push({ start, end, quote, ...who });
      return;
    }
    const also: Statement['also'][number][] = [];
    const statement: Omit<Statement, 'also'> = {
      quote,
      start,
      end,
      ...(said === quote ? {} : { said }),
      ...who,
      ...(passage.section === undefined ? {} : { section: passage.section }),
      ...(answers === undefined ? {} : { answers: this.#quoteOf(answers.source.place(answers)) }),
    };
    const found = { ...statement, also, ...facts(range) };
    this.#found.push(found);
    this.#again.set(found, also);
  }

  #quoteOf({ start, end }: Range): Quote {
    return { start, end, quote: this.#input.slice(start, end) };
  }

  list(): readonly (Statement & F)[] {
    return this.#found;
  }
}

function namedIn(quotes: readonly Quote[]): readonly Named[] {
  const names = new Map<string, { readonly name: string; readonly mentions: Quote[] }>();
  for (const quote of quotes) {
    const key = quote.quote
      .toLowerCase()
      .replace(/\s+/g, ' ')
      .replace(/(?<=[^s])s$/, '');
    const known = names.get(key);
    if (known !== undefined) known.mentions.push(quote);
    else names.set(key, { name: meansPeople(quote.quote) ? quote.quote.toLowerCase() : quote.quote, mentions: [quote] });
  }
  return [...names.values()];
}
