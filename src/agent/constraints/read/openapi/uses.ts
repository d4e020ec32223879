import { entriesOf, isRecord, textOf } from '../../../../../ingest/parse/tree.ts';

/** Where a schema is used: words of its operations, and whether it is what callers send. */
export interface Use {
  readonly words: string[];
  isAsked: boolean;
}

/** Levels that are looked through: references are not followed. */
const DEEPEST = 10;

/** Notes which schemas a part of an operation refers to. */
export function noteUse(part: unknown, words: string, isAsked: boolean, used: Map<string, Use>, depth = 0): void {
  if (depth > DEEPEST) return;
  if (Array.isArray(part)) return part.forEach((one) => noteUse(one, words, isAsked, used, depth + 1));
  if (!isRecord(part)) return;
  const name = /\/(?:schemas|definitions)\/([^/]+)$/.exec(textOf(part['$ref']) ?? '')?.[1];
  if (name !== undefined) {
    const use = used.get(name) ?? { words: [], isAsked: false };
    if (!use.words.includes(words)) use.words.push(words);
    use.isAsked ||= isAsked;
    used.set(name, use);
  }
  for (const [, value] of entriesOf(part)) noteUse(value, words, isAsked, used, depth + 1);
}
