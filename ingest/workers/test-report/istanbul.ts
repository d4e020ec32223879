import { entriesOf, isRecord, memberOf, textOf } from '../../parse/tree.ts';
import { addCount, problem, runLines, stretchesOf, type Report, type ReportFormat } from './report.ts';
import { messageOf } from '../../../graph/errors.ts';

/** Istanbul's `coverage-final.json`: a statement that was run runs the line it begins on. */
export const istanbul: ReportFormat = {
  claims: (path) => /(?:^|\/)coverage-final\.json$/.test(path),
  recognises: (text) => /"statementMap"|^\s*\{\s*\}\s*$/.test(text.slice(0, 100_000)),
  read(text) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return { covered: [], runs: [], problems: [problem(`Is not valid JSON: ${messageOf(error)}`)] };
    }
    if (!isRecord(value)) return { covered: [], runs: [], problems: [problem('Holds no coverage by file.')] };
    const covered: Report['covered'][number][] = [];
    for (const [name, file] of entriesOf(value)) {
      const lines = new Map<number, number>();
      const functions = new Map<number, number>();
      for (const [id, place] of entriesOf(memberOf(file, 'statementMap')))
        addCount(lines, startOf(place), memberOf(memberOf(file, 's'), id));
      for (const [id, one] of entriesOf(memberOf(file, 'fnMap')))
        addCount(functions, startOf(memberOf(one, 'decl')) ?? startOf(memberOf(one, 'loc')), memberOf(memberOf(file, 'f'), id));
      const run = runLines(lines, functions);
      if (run.length > 0) covered.push({ path: textOf(memberOf(file, 'path')) ?? name, lines: stretchesOf(run), at: 1 });
    }
    return { covered, runs: [], problems: [] };
  },
};

const startOf = (place: unknown): unknown => memberOf(memberOf(place, 'start'), 'line');
