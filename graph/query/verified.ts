import { EDGE_CODE, factMask } from '../model/edge.ts';
import { KIND_CODE } from '../model/node.ts';
import type { Snapshot } from '../snapshot/csr.ts';
import { edgesInto, edgesOutOf } from './edges-of.ts';

/** A test that says it checks a criterion, and the way between that and the module it is written in. */
export interface VerifyingTest {
  /** VERIFIES, from the test to the criterion. */
  readonly verifies: number;
  /** From the module to the test: TESTS, and CONTAINS where the test is one case of a file. */
  readonly fromModule: readonly number[];
  readonly module: number;
  /** The case; undefined where the whole file checks the criterion. */
  readonly testCase: number | undefined;
}

/** The test at the start of a VERIFIES edge; undefined where the graph does not have its file as a module. */
export function verifyingTest(graph: Snapshot, verifies: number): VerifyingTest | undefined {
  const test = graph.edgeFrom[verifies]!;
  const isCase = graph.kind[test] === KIND_CODE.TestCase;
  const contains = isCase ? edgesInto(graph, test, 'CONTAINS')[0] : undefined;
  if (isCase && contains === undefined) return undefined;
  const file = contains === undefined ? test : graph.edgeFrom[contains]!;
  const [tests] = edgesOutOf(graph, file, 'TESTS');
  if (tests === undefined) return undefined;
  const fromModule = [tests, ...(contains === undefined ? [] : [contains])];
  return { verifies, fromModule, module: graph.edgeTo[tests]!, testCase: isCase ? test : undefined };
}

/** How the places where a module names something stand to a case in it. */
export type Standing = 'within' | 'around' | 'apart';

/**
 * Whether the sites of an edge out of the module stand in the lines of a case: all of them, or perhaps some. Of an edge with several
 * sites the first and the last line are known.
 */
export function standingIn(graph: Snapshot, edge: number, testCase: number): Standing {
  const [first, last] = [graph.edgeLine[edge]!, graph.edgeLastLine[edge]!];
  const [start, end] = [graph.line[testCase]!, graph.endLine[testCase]!];
  if (graph.edgeFileText(edge) !== graph.fileText(testCase) || first === 0) return 'apart';
  if (first >= start && last <= end) return 'within';
  return first <= end && last >= start ? 'around' : 'apart';
}

/** What is assigned or handed over may be a double that nothing runs. */
const RUNNING: ReadonlySet<number> = new Set((['CALLS', 'INSTANTIATES', 'INVOKES'] as const).map((type) => EDGE_CODE[type]));
const MOCK = factMask('mock');

/** Edges over which the code of a test, or of one case of it, runs other things. */
export function runBy(
  graph: Snapshot,
  { module, testCase }: VerifyingTest,
): readonly { readonly edge: number; readonly isSure: boolean }[] {
  const found: { edge: number; isSure: boolean }[] = [];
  for (let edge = graph.outOffsets[module]!; edge < graph.outOffsets[module + 1]!; edge++) {
    if (!RUNNING.has(graph.edgeType[edge]!) || (graph.edgeFactsAll[edge]! & MOCK) !== 0) continue;
    const standing = testCase === undefined ? 'around' : standingIn(graph, edge, testCase);
    if (standing !== 'apart') found.push({ edge, isSure: standing === 'within' });
  }
  return found;
}
