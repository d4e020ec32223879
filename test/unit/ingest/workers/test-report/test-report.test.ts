import { describe, expect, it } from 'vitest';
import { testReportFormat } from '../../../../../ingest/workers/test-report/test-report.ts';
import { readFormat, type Read } from '../../read-format.ts';

const covered = ({ keys }: Read): readonly string[] =>
  keys.flatMap((key) => (key.key === 'covered' ? `${key.path} ${key.lines.map(([a, b]) => `${a}-${b}`).join(' ')} @${key.at}` : []));
const summary = ({ nodes: [node] }: Read): string | undefined => (node?.kind === 'Document' ? node.props.doc : undefined);
const problems = ({ diagnostics }: Read): readonly string[] =>
  diagnostics.map(({ code, span, message }) => `${code} ${span?.line} ${message}`);
const recognises = (path: string, text: string): boolean =>
  testReportFormat.claims(path) && testReportFormat.recognises?.(text, path) === true;

describe('LCOV', () => {
  it('says which lines were run, and where the report says so', async () => {
    const text =
      'TN:\nSF:src/cart.ts\nFN:1,add\nDA:1,1\nDA:2,0\nDA:4,3\nDA:3,1\nLF:4\nend_of_record\r\nSF:src/idle.ts\nDA:1,0\nend_of_record\n';
    const facts = await readFormat(testReportFormat, { 'coverage/lcov.info': text });
    expect(covered(facts)).toEqual(['src/cart.ts 1-1 3-4 @2']);
    expect(facts.things).toEqual(['Document shop//doc:coverage/lcov.info']);
  });

  it('does not take a function for run because the line on which it begins was', async () => {
    const byName = 'SF:a.ts\nFN:1,add\nFN:5,9,remove\nFNDA:2,add\nFNDA:0,remove\nDA:1,1\nDA:2,2\nDA:5,1\nDA:6,0\nend_of_record\n';
    const byIndex = 'SF:a.ts\nFNL:0,4,8\nFNA:0,0,place\nDA:4,1\nDA:9,1\nend_of_record\n';
    expect(covered(await readFormat(testReportFormat, { 'lcov.info': byName }))).toEqual(['a.ts 1-2 @1']);
    expect(covered(await readFormat(testReportFormat, { 'lcov.info': byIndex }))).toEqual(['a.ts 9-9 @1']);
  });

  it.each([
    ['lines that are no numbers', 'SF:a.ts\nDA:x,1\nDA:-1,1\nDA:1e300,1\nDA:0,1\nDA:2\nDA:,\nend_of_record\n', []],
    ['no end, CRLF and a byte order mark', '\uFEFFSF:a.ts\r\nDA:3,1\r\n', ['a.ts 3-3 @1']],
    ['a function called __proto__', 'SF:a.ts\nFN:3,__proto__\nFNDA:1,__proto__\n', ['a.ts 3-3 @1']],
  ])('survives %s', async (_, text, expected) =>
    expect(covered(await readFormat(testReportFormat, { 'lcov.info': text }))).toEqual(expected),
  );

  it('says when a file is no report', async () => {
    expect((await readFormat(testReportFormat, { 'lcov.info': 'hello' })).diagnostics).toEqual([
      expect.objectContaining({ code: 'parse-failure', file: 'lcov.info', span: expect.any(Object) as object }),
    ]);
    expect((await readFormat(testReportFormat, { 'lcov.info': '' })).diagnostics).toEqual([]);
  });
});

describe('Istanbul', () => {
  it('says which statements were run', async () => {
    const at = (line: number) => ({ start: { line, column: 0 }, end: { line, column: 9 } });
    const report = {
      '/ci/shop/src/cart.ts': { path: '/ci/shop/src/cart.ts', statementMap: { 0: at(1), 1: at(2), 2: at(7) }, s: { 0: 1, 1: 5, 2: 0 } },
    };
    const facts = await readFormat(testReportFormat, { 'coverage/coverage-final.json': JSON.stringify(report) });
    expect(covered(facts)).toEqual(['/ci/shop/src/cart.ts 1-2 @1']);
  });

  it('does not take a function for run because the statement that makes it was', async () => {
    const at = (line: number) => ({ start: { line, column: 0 }, end: { line, column: 9 } });
    const fnMap = { 0: { name: 'idle', decl: at(1), loc: at(1) }, 1: { name: 'used', loc: at(3) } };
    const report = { 'a.ts': { path: 'a.ts', statementMap: { 0: at(1), 1: at(3) }, s: { 0: 1, 1: 1 }, fnMap, f: { 0: 0, 1: 4 } } };
    expect(covered(await readFormat(testReportFormat, { 'coverage-final.json': JSON.stringify(report) }))).toEqual(['a.ts 3-3 @1']);
  });

  it('survives reports of another shape', async () => {
    for (const text of [
      '[]',
      '{"a": 1}',
      '{"a": {"statementMap": {"0": {"start": {"line": -1}}, "__proto__": {}}, "s": {"0": 1}}}',
      '{',
      '{"__proto__": {"s": 1}}',
    ])
      expect(covered(await readFormat(testReportFormat, { 'coverage-final.json': text }))).toEqual([]);
  });
});

describe('V8', () => {
  const source = 'function run() {\n  return 1;\n}\nfunction idle() {\n  return 2;\n}\nrun();\n';
  const range = (startOffset: number, endOffset: number, count: number) => ({ ranges: [{ startOffset, endOffset, count }] });
  const script = {
    url: 'file:///ci/shop/src/cart.js',
    functions: [range(0, source.length, 1), range(0, 30, 1), range(31, source.indexOf('run();'), 0)],
  };
  const read = (report: object) =>
    readFormat(testReportFormat, { 'coverage/tmp/coverage-1-2-0.json': JSON.stringify(report), 'src/cart.js': source });

  it('turns offsets into lines of the source', async () => {
    expect(
      covered(await read({ result: [script, { ...script, url: 'node:fs' }, { ...script, url: 'file:///ci/shop/other.js' }] })),
    ).toEqual(['/ci/shop/src/cart.js 1-3 7-7 @1']);
  });

  it('leaves out files whose text was made from others', async () => {
    expect(covered(await read({ result: [script], 'source-map-cache': { [script.url]: {} } }))).toEqual([]);
  });
});

describe('JUnit', () => {
  it('says how each test ended', async () => {
    const text = `<?xml version="1.0"?>
<testsuites><testsuite name="cart" file="test/cart.test.ts">
  <testcase name="Cart &gt; adds" classname="x"/>
  <testcase name="removes"><failure message="no">&lt;stack&gt;</failure></testcase>
  <testsuite name="inner"><testcase name="later"><skipped/></testcase></testsuite>
</testsuite><testsuite name="py"><testcase classname="tests.test_cart" name="test_adds"><error/></testcase></testsuite></testsuites>`;
    const facts = await readFormat(testReportFormat, { 'junit.xml': text });
    expect(summary(facts)).toBe('4 tests: 1 passed, 2 failed, 1 skipped');
    expect(problems(facts)).toEqual([
      'test-failed 4 The report says that "removes" of test/cart.test.ts failed: no. Mend it, or renew the report.',
      'test-failed 6 The report says that "test_adds" of tests.test_cart failed. Mend it, or renew the report.',
    ]);
  });

  it('is told from other XML', () => {
    expect(recognises('a.xml', '<?xml version="1.0"?><testsuite name="a"/>')).toBe(true);
    expect(recognises('pom.xml', '<project><testsuitesx/></project>')).toBe(false);
    expect(recognises('coverage-final.json', '{"a":{"statementMap":{}}}')).toBe(true);
    expect(recognises('coverage-final.json', '{"name":"x"}')).toBe(false);
  });

  it('expands no entities, opens no files, and keeps what stands before an error', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>
<testsuite><testcase name="fine"/><testcase name="&b;"/><testcase name="&c;"/></testsuite>`;
    const facts = await readFormat(testReportFormat, { 'junit.xml': bomb });
    expect(summary(facts)).toMatch(/ 0 failed/);
    expect(JSON.stringify(facts)).not.toMatch(/aaaaaaaaaa|root:/);
    expect(facts.diagnostics).toEqual([
      expect.objectContaining({ code: 'parse-failure', span: expect.objectContaining({ line: 2 }) as object }),
    ]);
  });

  it('takes bounded time', async () => {
    const started = performance.now();
    await readFormat(testReportFormat, { 'a.xml': `<testsuite>${'<a>'.repeat(50_000)}` });
    await readFormat(testReportFormat, { 'a.xml': `<testsuite>${'<testcase name="x"/>'.repeat(101_000)}</testsuite>` });
    await readFormat(testReportFormat, { 'lcov.info': `SF:a\n${'DA:999999999999,1\n'.repeat(200_000)}` });
    expect(performance.now() - started).toBeLessThan(10_000);
  }, 20_000);
});
