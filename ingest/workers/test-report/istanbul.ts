import { entriesOf, isRecord, memberOf, textOf } from '../../parse/tree.ts';
import { lineNumber, problem, stretchesOf, type Report, type ReportFormat } from './report.ts';

/** Istanbul's `coverage-final.json`: a statement that was run runs the line it begins on. */
export const istanbul: ReportFormat = {
  claims: (path) => /(?:^|\/)coverage-final\.json$/.test(path),
  recognises: (text) => /"statementMap"|^\s*\{\s*\}\s*$/.test(text.slice(0, 100_000)),
  read(text) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return { covered: [], runs: [], problems: [problem(`Is not valid JSON: ${error instanceof Error ? error.message : String(error)}`)] };
    }
    if (!isRecord(value)) return { covered: [], runs: [], problems: [problem('Holds no coverage by file.')] };
    const covered: Report['covered'][number][] = [];
    for (const [name, file] of entriesOf(value)) {
      const counts = memberOf(file, 's');
      const lines = entriesOf(memberOf(file, 'statementMap')).flatMap(([id, place]) => {
        const count = memberOf(counts, id);
        const line = lineNumber(memberOf(memberOf(place, 'start'), 'line'));
        return typeof count === 'number' && count > 0 && line !== undefined ? [line] : [];
      });
      if (lines.length > 0) covered.push({ path: textOf(memberOf(file, 'path')) ?? name, lines: stretchesOf(lines), at: 1 });
    }
    return { covered, runs: [], problems: [] };
  },
};
