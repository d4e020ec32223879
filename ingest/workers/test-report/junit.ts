import { SaxesParser } from 'saxes';
import { problem, type Report, type ReportFormat } from './report.ts';

const MOST_RUNS = 100_000;
const LONGEST = 500;

/** JUnit XML, as every test runner writes it. Entities of documents are not expanded. */
export const junit: ReportFormat = {
  claims: (path) => path.endsWith('.xml'),
  recognises: (text) => /<testsuites?[\s>/]/.test(text.slice(0, 4000)),
  read(text) {
    const runs: Report['runs'][number][] = [];
    const problems: Report['problems'][number][] = [];
    /** Files that the suites around say they are. */
    const suites: (string | undefined)[] = [];
    let current: { readonly title: string; readonly file: string | undefined; outcome: 'passed' | 'failed' | 'skipped' } | undefined;
    const parser = new SaxesParser();
    parser.on('opentag', ({ name, attributes }) => {
      const said = (key: string): string | undefined => (Object.hasOwn(attributes, key) ? attributes[key]?.slice(0, LONGEST) : undefined);
      if (name === 'testsuite') suites.push(said('file') ?? said('filepath') ?? suites.at(-1));
      else if (name === 'testcase')
        current = { title: said('name') ?? '', file: said('file') ?? suites.at(-1) ?? said('classname'), outcome: 'passed' };
      else if (current && (name === 'failure' || name === 'error')) current.outcome = 'failed';
      else if (current?.outcome === 'passed' && name === 'skipped') current.outcome = 'skipped';
    });
    parser.on('closetag', ({ name }) => {
      if (name === 'testsuite') suites.pop();
      if (name !== 'testcase' || !current) return;
      const { title, file, outcome } = current;
      if (title !== '' && runs.length < MOST_RUNS) runs.push({ title, outcome, ...(file === undefined ? {} : { file }) });
      current = undefined;
    });
    parser.on('error', ({ message }) => {
      if (problems.length === 0) problems.push(problem(message.replace(/^\d+:\d+:\s*/, ''), parser.line, parser.column + 1));
    });
    parser.write(text.replace(/^\uFEFF/, '')).close();
    return { covered: [], runs, problems };
  },
};
