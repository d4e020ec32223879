import { oneLine } from '../../visible.ts';
import { refOf } from '../../../graph/model/id.ts';
import type { Node } from '../../../graph/model/node.ts';
import { wordsOf } from '../../../graph/model/terms.ts';
import { placeOf, rowsOf, within } from './rows.ts';
import type { Sources } from './source-texts.ts';

/** Why something that was cited cannot be relied on any more. */
export interface Outdated {
  readonly because: 'changed' | 'removed' | 'superseded';
  /** What was quoted of it. */
  readonly said: string;
  /** What is nearest to that in it now; absent where nothing is. */
  readonly says?: { readonly text: string; readonly file: string; readonly line: number };
  /** Id of what took its place. */
  readonly by?: string;
}

/**
 * Whether what is cited of a thing holds still: the quote is in its lines as they are now, and no decision has taken its place. Line
 * breaks are no change. Undefined where it holds, or the graph has no text to tell by.
 */
export async function outdatedBy(
  node: Node,
  quote: string,
  { current, successor }: Pick<Sources, 'current' | 'successor'>,
): Promise<Outdated | undefined> {
  if (node.file === undefined) return undefined;
  const text = await current(node.file);
  if (text === undefined) return undefined;
  const rows = rowsOf(text);
  const { from, to } = placeOf(node, rows);
  if (!oneLine(within(rows, from, to)).includes(oneLine(quote))) {
    const says = statedBy(node) ?? nearest(rows.slice(from - 1, to), quote, from);
    return { because: 'changed', said: quote, ...(says ? { says: { ...says, file: node.file } } : {}) };
  }
  const next = await successor(node);
  if (next === undefined) return undefined;
  return { because: 'superseded', said: quote, ...(next === '' ? {} : { by: next }) };
}

/** For people: what was cited, and what it says now. `ref` names what is cited. */
export function tellOutdated(ref: string, { because, said, says, by }: Outdated): string {
  const next = 'See whether the spec still holds, and cite it anew.';
  const was = `${ref} said ${quoted(said)}`;
  if (because === 'removed') return `${was}, and is not there any more. ${next}`;
  if (because === 'superseded')
    return `${was}, and has been superseded${by === undefined ? '' : ` by ${refOf(by)}`}. See whether the spec still holds, and cite what holds now.`;
  return says
    ? `${was}, and says ${quoted(says.text)} now (${says.file}:${says.line}). ${next}`
    : `${was}, and says nothing like it any more. ${next}`;
}

const quoted = (text: string): string => `"${oneLine(text).slice(0, 200)}"`;

/** What rules and criteria state is all that they say. */
function statedBy(node: Node): { readonly text: string; readonly line: number } | undefined {
  const { kind, props, span } = node;
  const text = kind === 'PolicyRule' ? props.statement : kind === 'AcceptanceCriterion' || kind === 'Nfr' ? props.text : undefined;
  return text === undefined ? undefined : { text, line: span?.line ?? 1 };
}

/** Share of words that two texts have in common, of all that either has. */
const LEAST_ALIKE = 0.3;

/** The lines that have most words of a quote, as many as it has itself. */
function nearest(rows: readonly string[], quote: string, from: number): { readonly text: string; readonly line: number } | undefined {
  const [wanted, height] = [new Set(wordsOf(quote)), quote.split('\n').length];
  let best: { readonly text: string; readonly line: number; readonly alike: number } | undefined;
  for (let at = 0; at + height <= rows.length; at++) {
    const text = rows.slice(at, at + height).join('\n');
    const words = new Set(wordsOf(text));
    const shared = [...words].filter((word) => wanted.has(word)).length;
    const alike = shared / (words.size + wanted.size - shared || 1);
    if (alike >= LEAST_ALIKE && alike > (best?.alike ?? 0)) best = { text, line: from + at, alike };
  }
  return best && { text: best.text, line: best.line };
}
