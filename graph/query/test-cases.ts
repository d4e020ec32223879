import { EDGE_TYPES } from '../model/edge.ts';
import { moduleId } from '../model/id.ts';
import type { Span } from '../model/provenance.ts';
import type { GraphReader } from '../store/store.ts';
import type { Answered } from './answer.ts';
import type { ImpactAnswer } from './change.ts';

/** Files looked into; the tests behind them, which are the farthest, are named by their file alone. */
const MOST_FILES = 50;
const MOST_EDGES = 500_000;
const MOST_CASES = 10_000;
/** That a file imports or contains something does not say where it uses it. */
const NAMING_EDGES = EDGE_TYPES.filter((type) => type !== 'IMPORTS' && type !== 'CONTAINS');

/**
 * The answer with the titles of the test cases that are concerned: those around the places where a test file names what
 * the change reaches. A file where such a place stands outside every case (shared set-up) is to be run as a whole.
 */
export async function withTestCases(reader: GraphReader, { answer, concernedIn }: Answered): Promise<ImpactAnswer> {
  const near = answer.tests.slice(0, MOST_FILES).map((test) => {
    const repo = test.id.slice(0, test.id.indexOf('//'));
    const module = moduleId(repo, test.file);
    return { test, repo, module, concerned: concernedIn(module) };
  });
  const modules = near.filter(({ concerned }) => concerned.size > 0).map(({ module }) => module);
  const edges = modules.length > 0 ? await reader.edges({ from: modules, types: NAMING_EDGES }, MOST_EDGES) : [];
  const linesOf = ({ module, concerned }: (typeof near)[number]): readonly number[] =>
    edges.filter(({ from, to }) => from === module && concerned.has(to)).flatMap(({ sites }) => sites.map(({ line }) => line));
  const tests = near.map(async (file) => {
    const lines = linesOf(file);
    return lines.length === 0 ? file.test : { ...file.test, cases: await casesAround(reader, file.repo, file.test.file, lines) };
  });
  return { ...answer, tests: [...(await Promise.all(tests)), ...answer.tests.slice(MOST_FILES)] };
}

/** Titles of the test cases of a file that these lines are in; none when a line is in none. */
async function casesAround(reader: GraphReader, repo: string, file: string, lines: readonly number[]): Promise<readonly string[]> {
  const cases = (await reader.find({ kinds: ['TestCase'], repo, file }, { limit: MOST_CASES })).filter((node) => node.span !== undefined);
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
