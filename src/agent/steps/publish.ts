import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PlatformError } from '../../../graph/errors.ts';
import { submit } from '../../specs/approvals/decide.ts';
import { mergeSpecs } from '../../specs/merge-specs.ts';
import { normativeHash, normativeOf } from '../../specs/normative.ts';
import { makeFolder, readSound, replaceText } from '../../specs/spec-files.ts';
import { recordDecisions } from '../decisions.ts';
import { ENGINE } from '../engine.ts';
import { makerOf, writeSpec } from '../draft/write-spec.ts';
import type { StepContext, WrittenSpec } from '../model.ts';
import { placeInside } from '../thread/files-inside.ts';
import type { Checked } from './check.ts';
import type { DraftInput } from './draft.ts';

/**
 * Puts a draft beside the other specs, with the decisions that were taken on the way, which it links, and asks for its review. What people changed in the
 * file since it was read stays: both are merged, and where they cannot be, theirs stays and the draft is put into the thread's folder.
 * Done again, it comes to the same.
 */
export async function publish(
  { draft, text: checkedText, repairs, problems }: Checked,
  input: DraftInput,
  context: StepContext,
  before: WrittenSpec | undefined,
  now: Date,
): Promise<WrittenSpec> {
  const path = before?.path ?? draft.path ?? [...(context.specs === '' ? [] : [context.specs]), `${draft.feature}.spec.yaml`].join('/');
  const file = await placeInside(context.root, path);
  const ours = await readFile(file, 'utf8').catch(() => undefined);
  const notes = [
    ...repairs.map(({ pointer, code, did }) => `${pointer}: ${did}, for ${code}`),
    ...problems.map(({ pointer, message }) => `${pointer}: ${message}`),
  ];
  const decided = await recordDecisions(input.conflicts, input.resolutions, context);
  const theirs =
    decided.links.length === 0 ? checkedText : writeSpec({ ...draft, links: [...draft.links, ...decided.links] }, makerOf(draft));
  let text = theirs;
  if (ours !== undefined) {
    const base = before?.text ?? draft.base ?? '';
    const { text: merged, conflicts } = mergeSpecs(base, ours, theirs);
    if (conflicts.length === 0) text = merged;
    else {
      text = ours;
      const beside = join(dirname(input.request.file), `${draft.feature}.spec.yaml`);
      await replaceText(await placeInside(context.root, beside), theirs);
      notes.push(
        `${path} was edited meanwhile, and what is drafted for ${conflicts.map(({ part }) => part).join(', ')} does not go with it. Yours stays; the draft is ${beside}: take over from it what you want.`,
      );
    }
  }
  await makeFolder(dirname(file));
  if (text !== ours) await replaceText(file, text);
  notes.push(...decided.notes);
  const { spec } = await readSound(file);
  try {
    await submit(file, { by: ENGINE, at: now });
  } catch (error) {
    if (!(error instanceof PlatformError) || error.code !== 'APPROVAL_REFUSED') throw error;
    notes.push(error.message.replaceAll(file, path)); // who may approve can be said later
  }
  return { path, text, hash: normativeHash(normativeOf(spec)), notes };
}
