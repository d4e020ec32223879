import { readJson } from './read-json.ts';
import { readText } from './read-text.ts';
import { asWritten, type InputKind, type Intake, type Source } from './source.ts';

/** What was handed in. */
export interface Handed {
  readonly kind: InputKind;
  readonly sources: readonly Source[];
}

/** Takes a request apart into the texts that somebody wrote, and tells what kind of request it is. */
export function intakeOf(input: string): Handed {
  const exported: Intake = readJson(input) ?? { sources: [{ text: input, role: 'body', place: asWritten(input) }] };
  if (exported.kind !== undefined) return { kind: exported.kind, sources: exported.sources };
  const { passages, spoken, mail } = readText(input);
  const forms = new Set(passages.map(({ form }) => form));
  const kind = mail
    ? 'mail'
    : spoken > 1
      ? 'chat'
      : passages.length <= 1
        ? 'sentence'
        : forms.has('heading') || forms.has('item')
          ? 'ticket'
          : 'notes';
  return {
    kind:
      kind === 'ticket' && /\b(?:minutes|meeting|notes|attendees|agenda|retro|sync|workshop)\b/i.test(input.slice(0, 300)) ? 'notes' : kind,
    sources: exported.sources,
  };
}
