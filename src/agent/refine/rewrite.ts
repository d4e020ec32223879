import { parseSentence } from '../../specs/meaning/sentence.ts';
import { visible } from '../../visible.ts';
import { asSentence, earsOf } from '../draft/parts.ts';
import { isBareVerb } from '../parse/word-classes.ts';
import { wordsOf } from '../parse/words.ts';
import type { DraftSpec } from '../model.ts';
import type { Statement } from './batches.ts';
import type { Outcome } from './outcome.ts';
import { differs } from './same-demand.ts';

/** Characters: a clear sentence is no longer, unless it was before. */
const LONGEST = 300;

/** A draft with one statement in other words, where these are a sentence in a pattern of EARS that demands the same. */
export function rewritten(draft: DraftSpec, id: string, said: string): Outcome {
  const before = [...draft.criteria, ...draft.nfrs].find((part) => part.id === id);
  if (!before) return { rejected: 'there is no such statement' };
  const text = asSentence(said);
  if (text === before.text) return { draft };
  const reason = unclear(before, text, draft) ?? differs(before.text, text);
  if (reason !== undefined) return { rejected: reason };
  const now = { text, basis: 'llm', rule: 'reworded' } as const;
  const { ears } = 'priority' in before ? before : {};
  const name = parseSentence(text).system ?? '';
  const parts = ears && earsOf(text, { name, ...(ears.system === undefined ? {} : { id: ears.system }) });
  return {
    draft: {
      ...draft,
      criteria: draft.criteria.map((part) => (part.id === id ? { ...part, ...now, ...(parts ? { ears: parts } : {}) } : part)),
      nfrs: draft.nfrs.map((part) => (part.id === id ? { ...part, ...now } : part)),
    },
  };
}

function unclear(before: Statement, text: string, draft: DraftSpec): string | undefined {
  if (visible(text) !== text) return 'it has characters that nobody sees';
  if (text.length > Math.max(LONGEST, before.text.length)) return 'it is too long';
  const { pattern, system, modal, more, isTurned, response } = parseSentence(text);
  if (pattern === undefined || system === undefined || modal !== 'shall' || more > 0 || isTurned)
    return 'it is no single response in a pattern of EARS';
  if (!isBareVerb(wordsOf(`they ${response}`), 1)) return 'nothing says what has to be done';
  const old = parseSentence(before.text).system;
  const known = old === undefined ? draft.criteria.map(({ ears }) => ears?.system) : [old];
  if (!known.includes(system)) return `it is said of "${system}"`;
  if (isBroken(text) && !isBroken(before.text)) return 'it is no whole sentence';
  const all = [before.text, ...before.evidence.map(({ quote }) => quote)].join(' ');
  const sign = [...text.matchAll(/[^\p{L}\p{M}\p{N}\s.,'-]/gu)].find(([one]) => !all.includes(one))?.[0];
  if (sign !== undefined) return `nothing it rests on has "${sign}"`;
  const cited = (text.match(/"[^"]*"|`[^`]*`/g) ?? []).find((one) => !all.includes(one.slice(1, -1)));
  return cited === undefined ? undefined : `nothing it rests on says ${cited}`;
}

/** Several sentences, a word twice, or signs that stand in pairs and do not here. */
function isBroken(text: string): boolean {
  const count = (sign: string): number => text.split(sign).length - 1;
  return (
    /[.!?]["”)]*\s/.test(text) ||
    /\b(\p{L}+)\s+\1\b/iu.test(text) ||
    count('"') % 2 === 1 ||
    count('`') % 2 === 1 ||
    count('(') !== count(')')
  );
}
