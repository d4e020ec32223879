import { fenced } from '../../retrieval/render-pack.ts';
import type { Spec } from '../../specs/spec.ts';
import type { PackFile } from '../targets/target.ts';
import type { Plan, Task } from '../model.ts';
import { citationOf, shown } from './cite.ts';

/** The plan for people, for programs, and as diagrams. */
export function taskFiles(spec: Spec, plan: Plan): readonly PackFile[] {
  const { tasks, diagrams } = plan;
  const text = [
    '# Tasks',
    tasks.length === 0
      ? 'There is no task.'
      : 'In an order in which they can be done. Tasks that do not wait for each other own no file in common.',
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

function taskText({ id, title, kind, size, dependsOn, covers, ownedFiles, tests, evidence }: Task): string {
  const line = (label: string, values: readonly string[]): readonly string[] =>
    values.length === 0 ? [] : [`- ${label}: ${values.map(shown).join(', ')}`];
  return [
    `## ${shown(id)}: ${shown(title)}\n`,
    `- Kind: ${kind}, size ${size}`,
    ...line('After', dependsOn),
    ...line('Covers', covers),
    ...ownedFiles.map(({ path, isNew, reason }) => `- Owns: ${shown(path)}${isNew ? ' (new)' : ''}, ${shown(reason)}`),
    ...line('Tests', tests),
    ...line('Because of', evidence.map(citationOf)),
  ].join('\n');
}
