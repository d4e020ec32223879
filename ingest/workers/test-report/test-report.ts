import { documentId } from '../../../graph/model/id.ts';
import { createFileWorker, type Source, type SourceFacts, type SourceFormat } from '../../file-worker.ts';
import type { LinkKey } from '../../keys.ts';
import { wholeSpan } from '../../parse/lines.ts';
import type { SourceWorker } from '../../worker.ts';
import { istanbul } from './istanbul.ts';
import { junit } from './junit.ts';
import { lcov } from './lcov.ts';
import type { ReportFormat } from './report.ts';
import { v8 } from './v8.ts';

const FORMATS: readonly ReportFormat[] = [lcov, istanbul, v8, junit];
const formatOf = (path: string): ReportFormat | undefined => FORMATS.find((format) => format.claims(path));

/** Reports of test runs that stand in the repository: which lines were run, and how tests ended. */
export const testReportFormat: SourceFormat = {
  name: 'test-report',
  version: 1,
  claims: (path) => formatOf(path) !== undefined,
  recognises: (text, path) => formatOf(path)?.recognises(text) ?? false,
  read: readReport,
};

export const createTestReportWorker = (): SourceWorker => createFileWorker(testReportFormat);

function readReport(source: Source): SourceFacts {
  const { repo, path, text } = source;
  const format = formatOf(path);
  if (!format) return { nodes: [], edges: [], diagnostics: [] };
  const { covered, runs, problems } = format.read(text, (named) => sourceNamed(source, named));
  const from = documentId(repo, path);
  const keys: LinkKey[] = [
    ...covered.map(({ path: file, lines, at }) => ({ key: 'covered' as const, from, path: file.replaceAll('\\', '/'), lines, at })),
    ...runs.map((run) => ({ key: 'test-run' as const, from, ...run })),
  ];
  return {
    nodes: [
      { id: from, kind: 'Document', name: path.slice(path.lastIndexOf('/') + 1), repo, file: path, span: wholeSpan(text), props: {} },
    ],
    edges: [],
    diagnostics: problems.map((one) => ({ ...one, severity: 'warning', file: path })),
    keys,
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
