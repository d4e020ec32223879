import type { Diagnostic } from '../../../graph/model/provenance.ts';

/** A stretch of lines, first and last. */
export type Stretch = readonly [number, number];

/** What a report of a test run says, whatever its format. */
export interface Report {
  /** Lines that were run, by source file as the report names it: often with the path of another machine. */
  readonly covered: readonly { readonly path: string; readonly lines: readonly Stretch[]; readonly at: number }[];
  readonly runs: readonly TestRun[];
  /** With places in the report. */
  readonly problems: readonly Pick<Diagnostic, 'code' | 'message' | 'span'>[];
}

export interface TestRun {
  readonly title: string;
  /** File or class, as the report names it. */
  readonly file?: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Why it failed, where the report says so. */
  readonly message?: string;
  /** Line of the report. */
  readonly at: number;
}

/** Reads one format. `sourceOf`: text of a source file that the report names, where offsets have to become lines. */
export interface ReportFormat {
  claims(path: string): boolean;
  recognises(text: string): boolean;
  read(text: string, sourceOf: (path: string) => string | undefined): Report;
}

/** Lines as stretches, in order. */
export function stretchesOf(lines: Iterable<number>): readonly Stretch[] {
  const stretches: [number, number][] = [];
  for (const line of [...new Set(lines)].sort((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last && last[1] + 1 === line) last[1] = line;
    else stretches.push([line, line]);
  }
  return stretches;
}

/**
 * The lines that were run, in order. The line on which a function begins counts as often as the function was called: as a
 * part of the code around it, it is run whenever the module is loaded.
 */
export function runLines(lines: ReadonlyMap<number, number>, functions: ReadonlyMap<number, number>): readonly number[] {
  return [...new Map([...lines, ...functions])].flatMap(([line, count]) => (count > 0 ? [line] : []));
}

/** Counts one line; of several counts of it, the highest holds. */
export function addCount(counts: Map<number, number>, written: unknown, count: unknown): void {
  const line = lineNumber(written);
  if (line !== undefined && typeof count === 'number' && count >= 0) counts.set(line, Math.max(counts.get(line) ?? 0, count));
}

export const problem = (message: string, line = 1, col = 1): Report['problems'][number] => ({
  code: 'parse-failure',
  message,
  span: { line, col, endLine: line, endCol: col },
});

/** A line number as reports give it; undefined for anything that is none. */
export const lineNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < 10_000_000 ? value : undefined;
