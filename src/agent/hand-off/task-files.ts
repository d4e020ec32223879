import { fenced } from '../../retrieval/render-pack.ts';
import type { Spec } from '../../specs/spec.ts';
import type { PackFile } from '../targets/target.ts';
import type { OwnedFile, Plan, Task } from '../model.ts';
import { citationOf, shown } from './cite.ts';

/** The plan for people, for programs, and as diagrams. */
export function taskFiles(spec: Spec, plan: Plan): readonly PackFile[] {
  const { tasks, diagrams } = plan;
  const text = [
    '# Tasks',
    tasks.length === 0
      ? 'There is no task.'
      : 'In an order in which they can be done. Tasks that do not wait for each other have no file in common. A task owns what is sure to change; ' +
        'what is only to be looked at may stay as it is. How many of 10 such files change is from the history of other systems.',
    ...tasks.map(taskText),
  ].join('\n\n');
  return [
    { path: 'TASKS.md', text: `${text}\n` },
    { path: 'tasks.json', text: `${JSON.stringify({ spec: spec.feature, version: spec.version, tasks }, undefined, 2)}\n` },
    ...(diagrams.length === 0
      ? []
      : [
          {
            path: 'DIAGRAMS.md',
            text: `${['# Diagrams', ...diagrams.map(({ name, mermaid }) => `## ${name}\n\n${fenced(mermaid.trim()).replace(/^(`+)/, '$1mermaid')}`)].join('\n\n')}\n`,
          },
        ]),
  ];
}

/** In tenths: nobody knows it better. */
const chanceOf = ({ isNew, score }: OwnedFile): string =>
  isNew ? 'new' : score === undefined ? 'changes' : score < 0.1 ? 'less than 1 of 10 change' : `${Math.round(score * 10)} of 10 change`;

function taskText({ id, title, kind, size, dependsOn, covers, ownedFiles, tests, evidence }: Task): string {
  const line = (label: string, values: readonly string[]): readonly string[] =>
    values.length === 0 ? [] : [`- ${label}: ${values.map(shown).join(', ')}`];
  return [
    `## ${shown(id)}: ${shown(title)}\n`,
    `- Kind: ${kind}, size ${size}`,
    ...line('After', dependsOn),
    ...line('Covers', covers),
    ...ownedFiles
      .toSorted((a, b) => Number(a.isGuess ?? false) - Number(b.isGuess ?? false))
      .map((file) => `- ${file.isGuess === true ? 'Look at' : 'Owns'}: ${shown(file.path)} (${chanceOf(file)}), ${shown(file.reason)}`),
    ...line('Tests', tests),
    ...line('Because of', evidence.map(citationOf)),
  ].join('\n');
}
