import { moduleId } from '../model/id.ts';
import type { Span } from '../model/provenance.ts';
import type { GraphReader } from '../store/store.ts';
import type { Answered } from './answer.ts';
import type { ImpactAnswer, TestToRun } from './change.ts';

/** Files looked into; the tests behind them, which are the farthest, are named by their file alone. */
const MOST_FILES = 50;
const MOST_EDGES = 10_000;
const MOST_CASES = 10_000;

/**
 * The answer with the titles of the test cases that are concerned: those around the places where a test file names what
 * the change reaches. A file where such a place stands outside every case (shared set-up) is to be run as a whole.
 */
export async function withTestCases(reader: GraphReader, { answer, concernedIn }: Answered): Promise<ImpactAnswer> {
  const near = await Promise.all(
    answer.tests.slice(0, MOST_FILES).map(async (test) => ({ ...test, cases: await casesIn(reader, test, concernedIn) })),
  );
  return { ...answer, tests: [...near, ...answer.tests.slice(MOST_FILES)] };
}

async function casesIn(reader: GraphReader, test: TestToRun, concernedIn: Answered['concernedIn']): Promise<readonly string[]> {
  const repo = test.id.slice(0, test.id.indexOf('//'));
  const module = moduleId(repo, test.file);
  const concerned = concernedIn(module);
  if (concerned.size === 0) return [];
  const edges = await reader.edges({ from: [module] }, MOST_EDGES);
  const lines = edges
    .filter(({ type, to }) => type !== 'IMPORTS' && type !== 'CONTAINS' && concerned.has(to))
    .flatMap(({ sites }) => sites.map(({ line }) => line));
  const cases = (await reader.find({ kinds: ['TestCase'], repo, file: test.file }, { limit: MOST_CASES })).filter(
    (node) => node.span !== undefined,
  );
  const around = (line: number): readonly string[] => cases.filter(({ span }) => contains(span!, line)).map(({ name }) => name);
  const found = new Set<string>();
  for (const line of lines) {
    const names = around(line);
    if (names.length === 0) return [];
    for (const name of names) found.add(name);
  }
  return [...found].sort();
}

const contains = (span: Span, line: number): boolean => span.line <= line && line <= span.endLine;
