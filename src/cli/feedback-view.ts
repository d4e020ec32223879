import type { Feedback } from '../agent/feedback/feedback.ts';
import { reportOf } from '../agent/feedback/report.ts';
import { visibleLine } from '../visible.ts';
import { bold, columns, count, dim } from './style.ts';

/** Lines of evidence that are shown of one thing. */
const SHOWN = 3;

/** What became of a spec, for people. */
export function renderFeedback(feedback: Feedback): string {
  const { feature, version, status, since, notes } = feedback;
  return [
    `${bold(visibleLine(feature))} ${visibleLine(version)}, ${status.replace('_', ' ')}; compared with ${since.slice(0, 12)}\n`,
    ...notes.map((note) => `  note: ${visibleLine(note)}\n`),
    ...reportOf(feedback).map(({ title, rows }) => {
      const lines = rows.map(({ label, text, evidence }) => {
        const places = evidence.slice(0, SHOWN).map(({ file, line }) => `${visibleLine(file)}:${line}`);
        const more = evidence.length > SHOWN ? [count(evidence.length - SHOWN, 'more place')] : [];
        return [label, `${visibleLine(text)}${places.length > 0 ? ` ${dim(`[${[...places, ...more].join(', ')}]`)}` : ''}`];
      });
      return `\n${bold(visibleLine(title))}\n${columns(lines)}`;
    }),
  ].join('');
}
