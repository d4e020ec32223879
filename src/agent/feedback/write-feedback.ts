import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { shown } from '../hand-off/cite.ts';
import { makeFolder, replaceText } from '../../specs/spec-files.ts';
import { needsWork, type Feedback } from './feedback.ts';
import { reportOf } from './report.ts';

/** Where feedback goes: into the thread of the spec, else beside the spec. Neither is part of the system. */
const folderOf = ({ spec, thread, feature }: Feedback, specs: string): string =>
  thread === undefined
    ? [dirname(spec), `${feature.replaceAll(/[^\w.-]+/g, '-')}.feedback`].filter((part) => part !== '.').join('/')
    : [specs, '.threads', thread, 'feedback'].filter((part) => part !== '').join('/');

/**
 * Puts a feedback and what it proposes into a folder of its own, in place of an earlier one: the report, the change of the spec for
 * `git apply`, and the decision records. Nothing that people wrote is touched. Returns the folder's path in the repository.
 */
export async function writeFeedback(feedback: Feedback, place: { readonly root: string; readonly specs: string }): Promise<string> {
  const folder = folderOf(feedback, place.specs);
  const { spec, adrs } = feedback.proposals;
  const files: readonly (readonly [path: string, text: string])[] = [
    ['.specgraphignore', '*\n'],
    ['FEEDBACK.md', asMarkdown(feedback)],
    ['feedback.json', `${JSON.stringify(feedback, undefined, 2)}\n`],
    ...(spec ? ([['spec.diff', spec.diff]] as const) : []),
    ...adrs.map(({ path, text }) => [`adr/${path.slice(path.lastIndexOf('/') + 1)}`, text] as const),
  ];
  await rm(join(place.root, folder), { recursive: true, force: true }).catch(() => {}); // what cannot be removed cannot be written, either
  for (const [path, text] of files) {
    await makeFolder(dirname(join(place.root, folder, path)));
    await replaceText(join(place.root, folder, path), text);
  }
  return folder;
}

function asMarkdown(feedback: Feedback): string {
  const { feature, version, status, since, proposals, notes } = feedback;
  const verdict = needsWork(feedback)
    ? 'Something is missing, or is not as it was approved.'
    : 'What was planned is there, as it was approved.';
  const how = [
    ...(proposals.spec ? ['`git apply spec.diff`, and have the spec reviewed again, where you agree'] : []),
    ...proposals.adrs.map(({ path }) => `move \`adr/${path.slice(path.lastIndexOf('/') + 1)}\` to \`${path}\`, and say why`),
  ];
  return `${[
    `# Feedback: ${shown(feature)} ${shown(version)}`,
    `${status}; compared with ${since.slice(0, 12)}. ${verdict} Nothing here was applied.`,
    ...notes.map((note) => `Note: ${shown(note)}`),
    ...reportOf(feedback).flatMap(({ title, rows }) => [
      `## ${shown(title)}`,
      rows
        .map(({ label, text, evidence }) =>
          [`- **${label}** ${shown(text)}`, ...evidence.map(({ file, line, quote }) => `  - ${shown(file)}:${line}: ${shown(quote)}`)].join(
            '\n',
          ),
        )
        .join('\n'),
    ]),
    ...(how.length > 0 ? ['## How to take it over', how.map((step) => `- ${step}`).join('\n')] : []),
  ].join('\n\n')}\n`;
}
