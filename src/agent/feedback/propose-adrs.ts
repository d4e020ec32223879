import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compare } from '../../../graph/model/edge.ts';
import { folderOfRecords, nextRecord } from '../decisions.ts';
import { shown } from '../hand-off/cite.ts';
import type { StepContext } from '../model.ts';
import type { Proposals, TakenDecision } from './feedback.ts';

type AdrProposal = Proposals['adrs'][number];

/** What was decided, in a title and in a sentence. */
const WORDS: Readonly<Record<Exclude<TakenDecision['kind'], 'decision-record'>, readonly [title: string, sentence: string]>> = {
  dependency: ['Depend on', 'The system depends on'],
  operation: ['Offer', 'The system offers'],
  event: ['Send the event', 'The system has the event'],
  table: ['Keep data in the table', 'The data is kept in the table'],
  column: ['Add the column', 'The data has the column'],
  config: ['Configure by', 'The system is configured by'],
  call: ['Call', 'The system calls'],
  service: ['Run the service', 'The system runs the service'],
  resource: ['Run on', 'The system runs on'],
};
/** Names in a title. */
const MOST = 3;

/** Decision records, as proposals, for decisions that nobody wrote down: one for each dependency, else one for all of a kind. */
export async function proposeAdrs(
  decisions: readonly TakenDecision[],
  built: { readonly feature: string; readonly version: string; readonly since: string },
  context: StepContext,
): Promise<readonly AdrProposal[]> {
  const groups = new Map<string, TakenDecision[]>();
  for (const decision of decisions) {
    if (decision.documentedBy !== undefined || decision.kind === 'decision-record') continue;
    const group = decision.kind === 'dependency' ? `dependency ${decision.name}` : decision.kind;
    groups.set(group, [...(groups.get(group) ?? []), decision]);
  }
  const folder = await folderOfRecords(context);
  const names = (await readdir(join(context.root, folder)).catch(() => [])).toSorted(compare);
  const proposals: AdrProposal[] = [];
  for (const group of groups.values()) {
    const [{ kind } = { kind: undefined }] = group;
    if (kind === undefined || kind === 'decision-record') continue;
    const all = [...new Set(group.map(({ name }) => name))];
    const title = `${WORDS[kind][0]} ${all.slice(0, MOST).join(', ')}${all.length > MOST ? ` and ${all.length - MOST} more` : ''}`;
    const { number, name } = nextRecord(names, title);
    names.push(name);
    proposals.push({
      path: `${folder}/${name}`,
      text: textOf(number, title, `${WORDS[kind][1]} ${all.join(', ')}`, group, built),
      about: group.map(({ evidence }) => evidence.node),
    });
  }
  return proposals;
}

const textOf = (
  number: number,
  title: string,
  sentence: string,
  group: readonly TakenDecision[],
  { feature, version, since }: { readonly feature: string; readonly version: string; readonly since: string },
): string =>
  `${[
    `# ${number}. ${shown(title)}`,
    '## Status',
    'Proposed',
    '## Context',
    `This came with ${shown(feature)} ${shown(version)}, since ${since.slice(0, 12)}, and neither a decision nor a spec mentions it:`,
    group.map(({ evidence: { file, line, quote } }) => `- ${shown(file)}:${line}: ${shown(quote)}`).join('\n'),
    '## Decision',
    `${shown(sentence)}.`,
    'Why is written nowhere. Say so here before it is accepted.',
    '## Consequences',
    'To be said by whoever took the decision.',
  ].join('\n\n')}\n`;
