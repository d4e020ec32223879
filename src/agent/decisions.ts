import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compare } from '../../graph/model/edge.ts';
import { adrId, refOf } from '../../graph/model/id.ts';
import { adrName } from '../../ingest/workers/adr/adr-name.ts';
import { oneLine } from '../visible.ts';
import { createIfAbsent, makeFolder } from '../specs/spec-files.ts';
import { placeInside } from './thread/files-inside.ts';
import type { Conflict, DraftLink, Evidence, Resolution, StepContext } from './model.ts';

/** Where decisions go in a repository that has none. */
const FOLDER = 'docs/adr';
const NUMBERED = /^(\d+)-.*\.md$/;

/**
 * Writes a decision record, as a proposal, for each conflict that was settled and has none yet. It names the conflict by its id, which
 * stands for what both sides say: as long as they do, the record settles it. Returns what is to be told about it, and the links by which
 * the spec of the thread names its records, on what people chose.
 */
export async function recordDecisions(
  conflicts: readonly Conflict[],
  resolutions: readonly Resolution[],
  context: StepContext,
): Promise<{ readonly notes: readonly string[]; readonly links: readonly DraftLink[] }> {
  const notes: string[] = [];
  const links: DraftLink[] = [];
  const link = (path: string, { evidence }: Resolution): void =>
    void links.push({ rel: 'constrainedBy', target: refOf(adrId(context.repo, adrName(path).name)), evidence: [evidence] });
  const folder = await folderOfRecords(context);
  for (const resolution of resolutions) {
    const conflict = conflicts.find(({ id }) => id === resolution.conflict);
    const option = conflict?.options.find(({ id }) => id === resolution.option);
    if (!conflict || !option) continue;
    const { name, isNew } = await recordOnce(await placeInside(context.root, folder), conflict, option, resolution);
    const path = `${folder}/${name}`;
    link(path, resolution);
    if (isNew) notes.push(`${path} proposes the decision that settles ${conflict.id}.`);
  }
  return { notes, links };
}

/** The record of a conflict in a folder, written where there is none. */
async function recordOnce(
  folder: string,
  conflict: Conflict,
  option: Conflict['options'][number],
  resolution: Resolution,
): Promise<{ readonly name: string; readonly isNew: boolean }> {
  await makeFolder(folder);
  for (;;) {
    const names = (await readdir(folder)).toSorted(compare);
    const known = await recordOf(conflict, folder, names);
    if (known !== undefined) return { name: known, isNew: false };
    const { number, name } = nextRecord(names, option.text);
    // Of two processes at once, the second finds that of the first, or takes the next number.
    if (await createIfAbsent(join(folder, name), textOf(number, conflict, option, resolution))) return { name, isNew: true };
  }
}

/** Name of the record that names a conflict already. */
async function recordOf({ id }: Conflict, folder: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) if (name.endsWith('.md') && (await readFile(join(folder, name), 'utf8')).includes(id)) return name;
  return undefined;
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
