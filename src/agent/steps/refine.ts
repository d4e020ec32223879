import type { ChatModel } from '../chat-model.ts';
import type { DraftSpec, StepContext } from '../model.ts';
import { added } from '../refine/add.ts';
import { askAll } from '../refine/ask.ts';
import { batchesOf } from '../refine/batches.ts';
import { createJudge } from '../refine/judge.ts';
import { merged } from '../refine/merge.ts';
import type { Outcome } from '../refine/outcome.ts';
import { proposed } from '../refine/propose.ts';
import { rewritten } from '../refine/rewrite.ts';
import type { Done } from '../thread/thread.ts';
import { visible } from '../../visible.ts';
import type { DraftInput } from './draft.ts';

/** A draft after a model had a look at it. */
export interface Refined {
  readonly draft: DraftSpec;
  /** What the model changed, what of its answer was left out, and why. */
  readonly notes: readonly string[];
}

/** Suggestions of one kind that are looked at, of one answer; requirements that are added; notes that are kept. */
const MOST = { suggestions: 40, added: 5, notes: 40 } as const;
const LONGEST_NOTE = 300;

/**
 * Has a model make a draft of the rules better. It may say statements more clearly, point at what the rules overlooked and find
 * doubles, by ids and quotes; each of it is checked by program, and where it does not pass, the rules' text stays. A model that fails
 * changes nothing, and may be asked again. Throws `ABORTED`.
 */
export async function refine(model: ChatModel, before: DraftSpec, input: DraftInput, context: StepContext): Promise<Done<Refined>> {
  const { batches, left } = batchesOf(before, input);
  const { suggestions, notes: unanswered, by, isOpen } = await askAll(model, batches, context.signal);
  const judge = createJudge(input.request, context);
  const notes = unanswered.map((note) => `the rules' text stays, ${note}`);
  if (isOpen) notes.push('it is asked again when the thread is resumed, as long as nobody has decided about the draft');
  if (left > 0) notes.push(`${left} statements were not shown to it: they are too long, or too many`);
  let draft = before;
  const take = async (what: string, did: string, suggest: (draft: DraftSpec) => Outcome): Promise<boolean> => {
    const outcome = suggest(draft);
    if ('draft' in outcome && outcome.draft === draft) return false;
    const rejected = 'rejected' in outcome ? outcome.rejected : await judge(outcome.draft, draft);
    notes.push(rejected === undefined ? `${what}: ${did}` : `${what}: left out, for ${rejected}`);
    if (rejected !== undefined || !('draft' in outcome)) return false;
    ({ draft } = outcome);
    return true;
  };
  const name = by?.model ?? model.name;
  let grown = 0;
  for (const { batch, said } of suggestions) {
    const isShown = (id: string): boolean => batch.statements.has(id);
    const unknown: Outcome = { rejected: 'it was shown no such statement' };
    const done = new Set<string>();
    for (const { id, text } of said.rewrites.slice(0, MOST.suggestions)) {
      if (done.has(id)) continue; // its first word counts
      done.add(id);
      await take(shown(id), 'said more clearly', (now) => (isShown(id) ? rewritten(now, id, text) : unknown));
    }
    for (const { ids } of said.duplicates.slice(0, MOST.suggestions))
      await take(ids.map(shown).join(', '), 'one statement now', (now) => (ids.every(isShown) ? merged(now, ids) : unknown));
    for (const { quote } of said.missing.slice(0, MOST.suggestions))
      if (
        await take(`"${shown(quote)}"`, 'a statement of its own now', (now) =>
          grown < MOST.added ? added(now, quote, input) : { rejected: 'there are enough of them' },
        )
      )
        grown++;
    for (const answer of said.answers.slice(0, MOST.suggestions))
      await take(`${shown(answer.question)} = ${shown(answer.value)}`, 'proposed as its answer, to be confirmed', (now) =>
        proposed(now, answer, batch, input, name),
      );
  }
  const output = {
    draft: draft === before ? before : { ...draft, model: name },
    notes: notes.slice(0, MOST.notes).map((note) => `${visible(model.name)}: ${note}`.slice(0, LONGEST_NOTE)),
  };
  return { output, ...(by ? { by } : {}), ...(isOpen ? { open: true } : {}) };
}

const LONGEST_SHOWN = 80;
const shown = (text: string): string => visible(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1)}…` : text);
