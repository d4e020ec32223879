import { documentId } from '../../../graph/model/id.ts';
import type { Diagnostic } from '../../../graph/model/provenance.ts';
import type { Source, SourceFacts, SourceFormat } from '../../file-worker.ts';
import type { LinkKey } from '../../keys.ts';
import { wholeSpan } from '../../parse/lines.ts';
import { istanbul } from './istanbul.ts';
import { junit } from './junit.ts';
import { lcov } from './lcov.ts';
import type { ReportFormat, TestRun } from './report.ts';
import { v8 } from './v8.ts';
import { baseName } from '../../parse/paths.ts';

/** Failed tests of one report that are named. */
const MOST_FAILURES = 100;

const FORMATS: readonly ReportFormat[] = [lcov, istanbul, v8, junit];
const formatOf = (path: string): ReportFormat | undefined => FORMATS.find((format) => format.claims(path));

/** Reports of test runs that stand in the repository: which lines were run, and how tests ended. */
export const testReportFormat: SourceFormat = {
  name: 'test-report',
  version: 2,
  claims: (path) => formatOf(path) !== undefined,
  recognises: (text, path) => formatOf(path)?.recognises(text) ?? false,
  read: readReport,
};

function readReport(source: Source): SourceFacts {
  const { repo, path, text } = source;
  const format = formatOf(path);
  if (!format) return { nodes: [], edges: [], diagnostics: [] };
  const { covered, runs, problems } = format.read(text, (named) => sourceNamed(source, named));
  const from = documentId(repo, path);
  const keys = covered.map(({ path: file, lines, at }): LinkKey => ({
    key: 'covered',
    from,
    path: file.replaceAll('\\', '/'),
    lines,
    at,
  }));
  const name = baseName(path);
  const doc = runs.length > 0 ? summaryOf(runs) : `Coverage of ${covered.length} files`;
  return {
    nodes: [{ id: from, kind: 'Document', name, repo, file: path, span: wholeSpan(text), props: { doc } }],
    edges: [],
    diagnostics: [
      ...runs
        .filter(({ outcome }) => outcome === 'failed')
        .map((run) => failed(run, path))
        .slice(0, MOST_FAILURES),
      ...problems.map((one): Diagnostic => ({ ...one, severity: 'warning', file: path })),
    ],
    keys: [{ key: 'document', id: from }, ...keys],
  };
}

function summaryOf(runs: readonly TestRun[]): string {
  const count = (wanted: TestRun['outcome']): number => runs.filter(({ outcome }) => outcome === wanted).length;
  return `${runs.length} tests: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
}

function failed({ title, file, message, at }: TestRun, path: string): Diagnostic {
  const where = file === undefined ? '' : ` of ${file}`;
  const why = message === undefined || message === '' ? '' : `: ${message}`;
  return {
    code: 'test-failed',
    severity: 'warning',
    message: `The report says that "${title}"${where} failed${why}. Mend it, or renew the report.`,
    file: path,
    span: { line: at, col: 1, endLine: at, endCol: 1 },
  };
}

/** The file of the repository that a report of any machine means: the longest end of the path that there is. */
function sourceNamed(source: Source, named: string): string | undefined {
  const steps = named.split('/').filter((step) => step !== '');
  for (let from = 0; from < steps.length; from++) {
    const text = source.other(steps.slice(from).join('/'));
    if (text !== undefined) return text;
  }
  return undefined;
}
