import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compare } from '../../graph/model/edge.ts';
import { oneLine } from '../visible.ts';
import { createText } from '../specs/spec-files.ts';
import type { Conflict, Evidence, Resolution, StepContext } from './model.ts';

/** Where decisions go in a repository that has none. */
const FOLDER = 'docs/adr';
const NUMBERED = /^(\d+)-.*\.md$/;

/**
 * Writes a decision record, as a proposal, for each conflict that was settled and has none yet. It names the conflict by its id, which
 * stands for what both sides say: as long as they do, the record settles it. Returns what is to be told about it.
 */
export async function recordDecisions(
  conflicts: readonly Conflict[],
  resolutions: readonly Resolution[],
  context: StepContext,
): Promise<readonly string[]> {
  const notes: string[] = [];
  const folder = await folderOfRecords(context);
  for (const resolution of resolutions) {
    const conflict = conflicts.find(({ id }) => id === resolution.conflict);
    const option = conflict?.options.find(({ id }) => id === resolution.option);
    if (!conflict || !option) continue;
    await mkdir(join(context.root, folder), { recursive: true });
    const names = (await readdir(join(context.root, folder))).toSorted(compare);
    const texts = await Promise.all(
      names.filter((name) => name.endsWith('.md')).map((name) => readFile(join(context.root, folder, name), 'utf8')),
    );
    if (texts.some((text) => text.includes(conflict.id))) continue;
    const { number, name } = nextRecord(names, option.text);
    const path = `${folder}/${name}`;
    await createText(join(context.root, path), textOf(number, conflict, option, resolution));
    notes.push(`${path} proposes the decision that settles ${conflict.id}.`);
  }
  return notes;
}

/** Number and file name of the record that comes after those of these names, numbered as they are. */
export function nextRecord(names: readonly string[], title: string): { readonly number: number; readonly name: string } {
  const numbers = names.flatMap((name) => NUMBERED.exec(name)?.[1] ?? []);
  const number = Math.max(0, ...numbers.map(Number)) + 1;
  const width = Math.max(...numbers.map((digits) => digits.length), numbers.length > 0 ? 1 : 4);
  return { number, name: `${String(number).padStart(width, '0')}-${slug(title)}.md` };
}

/** The folder that holds most decisions of the repository. */
export async function folderOfRecords({ graph, repo }: StepContext): Promise<string> {
  const folders = new Map<string, number>();
  for (const { file } of await graph.reader.find({ kinds: ['Adr'], repo }, { limit: 1000 }))
    if (file !== undefined) folders.set(dirname(file), (folders.get(dirname(file)) ?? 0) + 1);
  return [...folders].toSorted(([a, n], [b, m]) => m - n || compare(a, b))[0]?.[0] ?? FOLDER;
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '') || 'decision';

const textOf = (number: number, conflict: Conflict, option: Conflict['options'][number], { by, reason }: Resolution): string =>
  [
    `# ${number}. ${oneLine(option.text)}`,
    '## Status',
    'Proposed',
    '## Context',
    oneLine(conflict.why),
    conflict.members.map(({ layer, evidence }) => `- ${layer}: "${oneLine(evidence.quote)}" (${placeOf(evidence)})`).join('\n'),
    '## Decision',
    `${sentence(option.text)}${reason === undefined ? '' : ` ${sentence(reason)}`} Decided by ${oneLine(by)}.`,
    '## Consequences',
    sentence(option.costs),
    `Settles ${conflict.id}, as long as both sides say what they say here.`,
  ].join('\n\n') + '\n';

const placeOf = ({ file, line }: Evidence): string => `${file}:${line}`;
const sentence = (text: string): string =>
  oneLine(text)
    .replace(/^\p{Ll}/u, (first) => first.toUpperCase())
    .replace(/[^.!?]$/, '$&.');
