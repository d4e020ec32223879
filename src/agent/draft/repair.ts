import { unnamed } from '../../../ingest/workers/spec/statement.ts';
import type { Finding } from '../../../graph/query/findings/finding.ts';
import { parseSentence } from '../../specs/meaning/sentence.ts';
import { segment } from '../citations/demanded.ts';
import type { CiteProblem } from '../citations/problem.ts';
import type { DraftCriterion, DraftSpec } from '../model.ts';
import { asSentence, basisOf, criterion } from './parts.ts';
import { sentenceOf } from './response.ts';

/** What was wrong and what was done about it. */
export interface Repair {
  readonly pointer: string;
  readonly code: string;
  readonly did: 'split' | 'asked' | 'removed' | 'shortened';
}

export interface Repaired {
  readonly draft: DraftSpec;
  readonly repairs: readonly Repair[];
}

/** Questions about words that need a figure, at most: the gaps have asked for what matters. */
const MOST_OPEN = 3;

/** A draft without what the lint and the cite-check found, as far as rules can tell what to do: what cannot be cited becomes a question. */
export function repaired(draft: DraftSpec, problems: readonly CiteProblem[], findings: readonly Finding[]): Repaired {
  const repairs: Repair[] = [];
  const uncited = new Map(problems.map(({ pointer, code }) => [pointer, code]));
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    const part = finding.id.replace(/^spec:[^/]*\/?/, '');
    found.set(part, [...(found.get(part) ?? []), finding]);
  }
  const questions = [...draft.questions];
  const ask = (text: string, about?: string): void => {
    const id = unnamed('Q', text);
    if (!questions.some((one) => one.id === id)) questions.push({ id, text, options: [], ...(about === undefined ? {} : { about }) });
  };
  const did = (pointer: string, code: string, how: Repair['did']): void => void repairs.push({ pointer, code, did: how });
  const has = (part: string, code: string): boolean => found.get(part)?.some((finding) => finding.code === code) === true;

  const criteria = draft.criteria.flatMap((part): readonly DraftCriterion[] => {
    const pointer = `/acceptance/${part.id}`;
    const code = uncited.get(pointer) ?? (has(part.id, 'placeholder') ? 'placeholder' : undefined);
    if (code !== undefined) {
      ask(`What does this rest on, and is it wanted: "${part.text.replaceAll('"', "'")}"`);
      did(pointer, code, 'asked');
      return [];
    }
    if (has(part.id, 'said-twice')) {
      did(pointer, 'said-twice', 'removed');
      return [];
    }
    const parts = has(part.id, 'several-responses') ? split(part) : [part];
    if (parts.length > 1) did(pointer, 'several-responses', 'split');
    return parts.map((one) => {
      const { system: _, ...rest } = one.ears ?? {};
      if (has(part.id, 'unresolved-dependency')) return { ...one, ears: rest };
      if (!has(part.id, 'ears-differs')) return one;
      const { ears: _ears, ...bare } = one;
      return bare;
    });
  });
  const nfrs = draft.nfrs.filter((part) => {
    const pointer = `/nfrs/${part.category}/${part.id}`;
    const code =
      uncited.get(pointer) ?? (has(part.id, 'placeholder') ? 'placeholder' : has(part.id, 'said-twice') ? 'said-twice' : undefined);
    if (code === undefined) return true;
    if (code !== 'said-twice') ask(`What does this rest on, and is it wanted: "${part.text.replaceAll('"', "'")}"`);
    did(pointer, code, code === 'said-twice' ? 'removed' : 'asked');
    return false;
  });
  const lost = findings.filter(({ code }) => code === 'unresolved-dependency').map(({ message }) => message);
  const dependencies = draft.dependencies.filter(({ target, contract }) => {
    const pointer = `/dependencies/${segment(target)}`;
    const code =
      uncited.get(pointer) ??
      (lost.some((message) => [target, contract].some((name) => name !== undefined && message.startsWith(`${name} is not`)))
        ? 'unresolved-dependency'
        : undefined);
    if (code !== undefined) did(pointer, code, 'removed');
    return code === undefined;
  });
  const outOfScope = draft.outOfScope.filter((_, index) => {
    const code = uncited.get(`/outOfScope/${index}`);
    if (code !== undefined) did(`/outOfScope/${index}`, code, 'removed');
    return code === undefined;
  });
  const open = questions.filter(({ answer }) => answer === undefined).length;
  for (const [part, all] of found)
    for (const { code, message } of all.slice(0, 1))
      if (code === 'unbounded-word' && open + repairs.length < MOST_OPEN && criteria.some(({ id }) => id === part)) {
        const about = `/acceptance/${part}`;
        if (questions.some((one) => one.about === about)) continue;
        ask(message, about);
        did(about, code, 'asked');
      }
  const description = uncited.has('/description') ? fromEvidence(draft.description) : draft.description;
  if (description !== draft.description) did('/description', uncited.get('/description') ?? '', 'shortened');
  const kept = criteria.length > 0 ? criteria : draft.criteria.slice(0, 1);
  return { draft: { ...draft, description, criteria: kept, nfrs, dependencies, outOfScope, questions }, repairs };
}

/** What cannot be said in other words is said in those of its evidence. */
function fromEvidence(part: DraftSpec['description']): DraftSpec['description'] {
  const { quote } = part.evidence[0];
  const text = asSentence(quote);
  return text.length < 20 || text === part.text ? part : { text, ...basisOf(text, part.evidence, [], 'request'), evidence: part.evidence };
}

/** `… shall A, and the X shall B`, `… shall A and shall B`: each a criterion under the same conditions. */
function split(part: DraftCriterion): readonly DraftCriterion[] {
  const { conditions, system, response } = parseSentence(part.text);
  const responses = response.split(/(?:[,;]\s*|\s+)(?:and|but)\s+(?:(?:the|it|they)\s+(?:\S+\s+)?)?(?:shall|must)\s+/i);
  if (system === undefined || responses.length < 2) return [part];
  const named = { name: system, ...(part.ears?.system === undefined ? {} : { id: system }) };
  return responses.map((shall) =>
    criterion(
      {
        text: sentenceOf({ conditions: conditions.map(({ kind, text }) => ({ kind, text })), shall: shall.trim() }, system),
        evidence: part.evidence,
        rule: part.rule ?? 'split',
        priority: part.priority,
        verify: part.verify,
      },
      named,
    ),
  );
}
