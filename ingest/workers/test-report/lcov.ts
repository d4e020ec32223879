import { lineNumber, problem, stretchesOf, type Report, type ReportFormat } from './report.ts';

/** LCOV: `lcov.info`. */
export const lcov: ReportFormat = {
  claims: (path) => /(?:^|\/)lcov\.info$|\.lcov$/.test(path),
  recognises: () => true,
  read(text) {
    const covered: Report['covered'][number][] = [];
    let file: { readonly path: string; readonly at: number; readonly lines: number[] } | undefined;
    const close = (): void => {
      if (file && file.lines.length > 0) covered.push({ path: file.path, at: file.at, lines: stretchesOf(file.lines) });
      file = undefined;
    };
    let records = 0;
    for (const [index, row] of text.split('\n').entries()) {
      if (row.startsWith('SF:')) {
        close();
        records++;
        file = { path: row.slice(3).trim(), at: index + 1, lines: [] };
      } else if (row.startsWith('DA:')) {
        const [line, count] = row.slice(3).split(',', 2).map(Number);
        const number = lineNumber(line);
        if (file && number !== undefined && count !== undefined && count > 0) file.lines.push(number);
      } else if (row.startsWith('end_of_record')) close();
    }
    close();
    const problems = records === 0 && text.trim() !== '' ? [problem('Holds no LCOV record (SF: … end_of_record).')] : [];
    return { covered, runs: [], problems };
  },
};
