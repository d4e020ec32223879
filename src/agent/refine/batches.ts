import { fenced } from '../../retrieval/render-pack.ts';
import { readSpec } from '../../specs/read-spec.ts';
import { noteEvidence } from '../note-evidence.ts';
import { isSame } from '../draft/parts.ts';
import type { AgentRequest, DraftCriterion, DraftNfr, DraftSpec, Evidence, ThingRole } from '../model.ts';
import type { DraftInput } from '../steps/draft.ts';
import type { Stretch } from '../../verbatim.ts';

/** Characters of the request in one prompt; of a source, and of a statement. What is longer is cut, or not shown. */
const LONGEST = { request: 8000, source: 600, statement: 500 } as const;
/** Statements, other sources and questions in one prompt, and prompts. */
const MOST = { statements: 12, sources: 24, things: 12, questions: 10, batches: 6 } as const;

/** Things whose lines say what holds; those of others mostly name them. */
const STATING: ReadonlySet<ThingRole> = new Set(['policy', 'decision', 'spec', 'config', 'entity', 'operation', 'document']);

/** A text that the model may quote, and where a stretch of it stands. */
export interface Source {
  readonly text: string;
  evidenceOf(stretch: Stretch): Evidence | undefined;
}

export type Statement = DraftCriterion | DraftNfr;

/** What the model is asked at once, and what it was shown: it may speak of nothing else. */
export interface Batch {
  readonly content: string;
  /** The first is of the request; their numbers begin with 1. */
  readonly sources: readonly Source[];
  readonly statements: ReadonlySet<string>;
  readonly questions: ReadonlySet<string>;
}

/**
 * The statements that the draft adds, its open questions, the request and what the graph says of it, as texts for a model: everything
 * that others wrote stands between fences that it cannot close. Deterministic and bounded; `left` is what did not fit.
 */
export function batchesOf(
  draft: DraftSpec,
  { request, grounding, gaps }: DraftInput,
): { readonly batches: readonly Batch[]; readonly left: number } {
  const statements = freshOf(draft).filter(({ id, text }) => isPlainId(id) && text.length <= LONGEST.statement);
  // Whether the request is closed, or built beside what is there, is for people to say.
  const asked = new Set(gaps.flatMap(({ id, options }) => (options.some(({ scope }) => scope !== undefined) ? [] : [id])));
  const questions = draft.questions
    .filter(({ id, answer }) => answer === undefined && asked.has(id) && isPlainId(id))
    .slice(0, MOST.questions);
  const chunks = chunksOf(request.text);
  const [stating, others] = [true, false].map((states) => grounding.things.filter(({ role }) => STATING.has(role) === states));
  const things = [...(stating ?? []), ...(others ?? [])].slice(0, MOST.things).map(({ evidence }) => evidence);
  const needed = Math.max(chunks.length, Math.ceil(statements.length / MOST.statements));
  const batches = Array.from({ length: Math.min(needed, MOST.batches) }, (_, at): Batch => {
    const chunk = chunks[at];
    const own = statements.slice(at * MOST.statements, (at + 1) * MOST.statements);
    const cited = distinct([...own.flatMap(({ evidence }) => evidence), ...things]);
    const others = cited.filter(
      ({ node, quote }) => quote.trim() !== '' && !(node === `note:${request.thread}` && chunk && within(request, chunk, quote)),
    );
    const sources = [...(chunk ? [requestSource(request, chunk)] : [NOTHING]), ...others.slice(0, MOST.sources).map(evidenceSource)];
    return {
      content: render(sources, own, questions),
      sources,
      statements: new Set(own.map(({ id }) => id)),
      questions: new Set(questions.map(({ id }) => id)),
    };
  });
  const shown = batches.reduce((sum, one) => sum + one.statements.size, 0);
  return { batches, left: freshOf(draft).length - shown };
}

/** What the draft says and the spec that it changes does not: what people wrote and approved stays in their words. */
export function freshOf(draft: DraftSpec): readonly Statement[] {
  const before = draft.base === undefined ? undefined : readSpec(draft.base, draft.path ?? '').spec;
  const texts = new Map([...(before?.criteria ?? []), ...(before?.nfrs ?? [])].map(({ id, text }) => [id, text]));
  return [...draft.criteria, ...draft.nfrs].filter(({ id, text }) => texts.get(id) !== text);
}

/** Stands outside of the fences. */
const isPlainId = (id: string): boolean => /^[A-Za-z][A-Za-z0-9-]{0,60}$/.test(id);

const NOTHING: Source = { text: '', evidenceOf: () => undefined };

const requestSource = (request: AgentRequest, { start, end }: Stretch): Source => ({
  text: request.text.slice(start, end),
  evidenceOf: (stretch) => noteEvidence(request, { start: start + stretch.start, end: start + stretch.end }),
});

function evidenceSource(evidence: Evidence): Source {
  const text = evidence.quote.slice(0, LONGEST.source);
  return {
    text,
    evidenceOf({ start, end }) {
      const line = evidence.line + breaks(text.slice(0, start));
      const quote = text.slice(start, end);
      return { ...evidence, line, endLine: line + breaks(quote), quote };
    },
  };
}

const breaks = (text: string): number => text.split('\n').length - 1;
const within = ({ text }: AgentRequest, { start, end }: Stretch, quote: string): boolean => text.slice(start, end).includes(quote);

const distinct = (all: readonly Evidence[]): readonly Evidence[] =>
  all.filter((one, index) => all.findIndex((other) => isSame(one, other)) === index);

/** The request in stretches of whole lines, where it has any. */
function chunksOf(text: string): readonly Stretch[] {
  const chunks: Stretch[] = [];
  for (let start = 0; start < text.length;) {
    const most = Math.min(text.length, start + LONGEST.request);
    const line = most === text.length ? most : text.lastIndexOf('\n', most) + 1;
    const end = line > start ? line : most;
    chunks.push({ start, end });
    start = end;
  }
  return chunks;
}

const render = (sources: readonly Source[], statements: readonly Statement[], questions: DraftSpec['questions']): string =>
  [
    '# Sources',
    ...sources.map(({ text }, index) => `## [${index + 1}]${index === 0 ? ' The request' : ''}\n${fenced(text)}`),
    '# Statements',
    ...statements.map(({ id, text, evidence }) => `## ${id}${restingOn(evidence, sources)}\n${fenced(text)}`),
    '# Open questions',
    ...questions.map(({ id, text, options }) => `## ${id}\n${fenced([text, ...options.map((option) => `- ${option}`)].join('\n'))}`),
  ].join('\n');

function restingOn(evidence: readonly Evidence[], sources: readonly Source[]): string {
  const numbers = new Set(
    evidence.flatMap(({ quote }) => sources.findIndex(({ text }) => text.includes(quote.slice(0, LONGEST.source))) + 1),
  );
  const known = [...numbers].filter((number) => number > 0);
  return known.length === 0 ? '' : ` rests on ${known.map((number) => `[${number}]`).join(' ')}`;
}
