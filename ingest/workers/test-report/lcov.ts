import { addCount, problem, runLines, stretchesOf, type Report, type ReportFormat } from './report.ts';

interface FileRecord {
  readonly path: string;
  readonly at: number;
  readonly lines: Map<number, number>;
  readonly functions: Map<number, number>;
  /** Line on which a function begins, by its name or index. */
  readonly starts: Map<string, number>;
}

/** LCOV: `lcov.info`. */
export const lcov: ReportFormat = {
  claims: (path) => /(?:^|\/)lcov\.info$|\.lcov$/.test(path),
  recognises: () => true,
  read(text) {
    const covered: Report['covered'][number][] = [];
    let file: FileRecord | undefined;
    const close = (): void => {
      const run = file ? runLines(file.lines, file.functions) : [];
      if (file && file.path !== '' && run.length > 0) covered.push({ path: file.path, at: file.at, lines: stretchesOf(run) });
      file = undefined;
    };
    let records = 0;
    for (const [index, row] of text
      .replace(/^\uFEFF/, '')
      .split('\n')
      .entries()) {
      if (row.startsWith('SF:')) {
        close();
        records++;
        file = { path: row.slice(3).trim(), at: index + 1, lines: new Map(), functions: new Map(), starts: new Map() };
      } else if (row.startsWith('end_of_record')) close();
      else if (file) readRow(file, row);
    }
    close();
    const problems = records === 0 && text.trim() !== '' ? [problem('Holds no LCOV record (SF: … end_of_record).')] : [];
    return { covered, runs: [], problems };
  },
};

/** `DA:` of lines, `FN:` and `FNDA:` of functions by name, `FNL:` and `FNA:` by index. */
function readRow({ lines, functions, starts }: FileRecord, row: string): void {
  const colon = row.indexOf(':');
  const rest = row.slice(colon + 1).trim();
  const [first = '', second = ''] = rest.split(',', 2);
  const kind = row.slice(0, colon);
  if (kind === 'DA') addCount(lines, Number(first), Number(second));
  // `FN:<line>[,<end>],<name>`
  else if (kind === 'FN') starts.set(rest.replace(/^\d+,(?:\d+,)?/, ''), Number(first));
  else if (kind === 'FNL') starts.set(first, Number(second));
  else if (kind === 'FNDA') addCount(functions, starts.get(rest.slice(first.length + 1)), Number(first));
  else if (kind === 'FNA') addCount(functions, starts.get(first), Number(second));
}
