import { SaxesParser } from 'saxes';
import { problem, type Report, type ReportFormat, type TestRun } from './report.ts';

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
    let current: (Omit<TestRun, 'outcome' | 'message'> & { outcome: TestRun['outcome']; message?: string }) | undefined;
    const parser = new SaxesParser();
    parser.on('opentag', ({ name, attributes }) => {
      const said = (key: string): string | undefined => (Object.hasOwn(attributes, key) ? attributes[key]?.slice(0, LONGEST) : undefined);
      if (name === 'testsuite') suites.push(said('file') ?? said('filepath') ?? suites.at(-1));
      else if (name === 'testcase') {
        const file = said('file') ?? suites.at(-1) ?? said('classname');
        current = { title: said('name') ?? '', ...(file === undefined ? {} : { file }), outcome: 'passed', at: parser.line };
      } else if (current && (name === 'failure' || name === 'error')) {
        current.outcome = 'failed';
        current.message ??= (said('message') ?? said('type') ?? '').replaceAll(/\s+/g, ' ').trim();
      } else if (current?.outcome === 'passed' && name === 'skipped') current.outcome = 'skipped';
    });
    parser.on('closetag', ({ name }) => {
      if (name === 'testsuite') suites.pop();
      if (name !== 'testcase' || !current) return;
      if (current.title !== '' && runs.length < MOST_RUNS) runs.push(current);
      current = undefined;
    });
    parser.on('error', ({ message }) => {
      if (problems.length === 0) problems.push(problem(message.replace(/^\d+:\d+:\s*/, ''), parser.line, parser.column + 1));
    });
    parser.write(text.replace(/^\uFEFF/, '')).close();
    return { covered: [], runs, problems };
  },
};
