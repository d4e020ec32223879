import { fileURLToPath } from 'node:url';
import { entriesOf, itemsOf, memberOf, textOf } from '../../parse/tree.ts';
import { problem, stretchesOf, type Report, type ReportFormat } from './report.ts';
import { messageOf } from '../../../graph/errors.ts';

const MOST_SCRIPTS = 5000;

/**
 * What V8 writes (`NODE_V8_COVERAGE`): counts of stretches of the text that was run. Where that text is not the source
 * (there is a source map), its offsets mean nothing here, and the file is left out.
 */
export const v8: ReportFormat = {
  claims: (path) => /(?:^|\/)coverage-\d+-\d+-\d+\.json$/.test(path),
  recognises: (text) => /^\s*\{\s*"result"\s*:/.test(text.slice(0, 200)),
  read(text, sourceOf) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return { covered: [], runs: [], problems: [problem(`Is not valid JSON: ${messageOf(error)}`)] };
    }
    const mapped = new Set(entriesOf(memberOf(value, 'source-map-cache')).map(([url]) => url));
    const covered: Report['covered'][number][] = [];
    for (const script of itemsOf(memberOf(value, 'result')).slice(0, MOST_SCRIPTS)) {
      const url = textOf(memberOf(script, 'url')) ?? '';
      if (!url.startsWith('file://') || url.includes('/node_modules/') || mapped.has(url)) continue;
      const path = pathOf(url);
      const source = path === undefined ? undefined : sourceOf(path);
      if (path === undefined || source === undefined) continue;
      const lines = runLines(source, rangesOf(script));
      if (lines.length > 0) covered.push({ path, lines: stretchesOf(lines), at: 1 });
    }
    return { covered, runs: [], problems: [] };
  },
};

interface Range {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

function rangesOf(script: unknown): readonly Range[] {
  return itemsOf(memberOf(script, 'functions')).flatMap((one) =>
    itemsOf(memberOf(one, 'ranges')).flatMap((range) => {
      const [start, end, count] = ['startOffset', 'endOffset', 'count'].map((key) => memberOf(range, key));
      return typeof start === 'number' && typeof end === 'number' && typeof count === 'number' && end > start
        ? [{ start, end, count }]
        : [];
    }),
  );
}

/** Lines whose first character that is no space lies in a stretch that was run: of nested stretches the innermost says so. */
function runLines(source: string, ranges: readonly Range[]): readonly number[] {
  const sorted = ranges.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const found: number[] = [];
  const open: Range[] = [];
  let next = 0;
  let offset = 0;
  for (const [index, row] of source.split('\n').entries()) {
    const at = offset + row.length - row.trimStart().length;
    for (; next < sorted.length && sorted[next]!.start <= at; next++) open.push(sorted[next]!);
    while (open.length > 0 && open.at(-1)!.end <= at) open.pop();
    if (row.trim() !== '' && (open.at(-1)?.count ?? 0) > 0) found.push(index + 1);
    offset += row.length + 1;
  }
  return found;
}

function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url).replaceAll('\\', '/');
  } catch {
    return undefined;
  }
}
