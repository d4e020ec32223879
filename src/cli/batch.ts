import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { PlatformError } from '../../graph/errors.ts';
import { ImpactQuestion, type Verdict } from '../../graph/query/change.ts';
import { SearchQuestion } from '../retrieval/question.ts';
import { parseOrThrow } from '../parse-or-throw.ts';
import type { ParsedRequest } from '../agent/steps/parse.ts';
import type { System } from '../system.ts';
import { toJson, type CliContext } from './context.ts';

type Outputs = Pick<CliContext, 'print' | 'note' | 'fail'>;

const BatchId = z.union([z.string(), z.number()]);
const { minConfidence: MinConfidence, limit: Limit } = ImpactQuestion.shape;
const ImpactLine = ImpactQuestion.extend({
  id: BatchId,
  // Without their defaults, which are others here.
  minConfidence: MinConfidence.unwrap().optional(),
  limit: Limit.unwrap().optional(),
});
const SearchLine = SearchQuestion.extend({ id: BatchId });

/** Questions of impact (docs/reference/cli.md#batch). */
export const answerImpactBatch = (
  system: System,
  input: Readable,
  defaults: { readonly minConfidence: number; readonly limit?: number },
  context: Outputs & { readonly judge: (verdict: Verdict) => void },
): Promise<void> =>
  answerLines(input, context, async (line) => {
    const { id: _, minConfidence = defaults.minConfidence, limit = defaults.limit, ...question } = parseOrThrow(ImpactLine, line);
    const answer = await system.impact({ ...question, minConfidence, limit: limit ?? Infinity, testCases: false });
    const { verdict, totals, impacted, tests, unknown } = answer;
    context.judge(verdict);
    return { verdict, ...(limit === undefined ? {} : { totals }), impacted, tests, unknown };
  });

/** Questions of search (docs/reference/cli.md#search). */
export const answerSearchBatch = (system: System, input: Readable, context: Outputs): Promise<void> =>
  answerLines(input, context, async (line) => {
    const { id: _, query, ...options } = parseOrThrow(SearchLine, line);
    const { hits, files } = await system.search(query, options);
    return {
      hits: hits.map(({ node, score }) => ({ id: node.id, kind: node.kind, path: node.file, line: node.span?.line, score })),
      files: files.map(({ path }) => path),
    };
  });

const ParseLine = z.object({ id: BatchId, text: z.string() });

/** Requests to be parsed (docs/reference/cli.md#agent-parse). */
export const answerParseBatch = (input: Readable, context: Outputs, parse: (text: string) => ParsedRequest): Promise<void> =>
  answerLines(input, context, (line) => {
    const { spans, ...parsed } = parse(parseOrThrow(ParseLine, line).text);
    return Promise.resolve({ spans, ...parsed });
  });

/** Requests to be weighed against what is there (docs/reference/cli.md#agent-conflicts). */
export const answerConflictBatch = (system: System, input: Readable, context: Outputs): Promise<void> =>
  answerLines(input, context, async (line) => ({ conflicts: await system.conflicts({ request: parseOrThrow(ParseLine, line).text }) }));

/**
 * Answers JSON lines with JSON lines, in order, each as soon as it is known. A line that cannot be answered is answered
 * with an error; the batch goes on.
 */
async function answerLines(input: Readable, context: Outputs, answer: (line: unknown) => Promise<object>): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    let id: z.infer<typeof BatchId> | null = null;
    try {
      const raw = parseJson(line);
      id = z.object({ id: BatchId }).safeParse(raw).data?.id ?? null;
      context.print(toJson({ id, ...(await answer(raw)) }));
    } catch (error) {
      const { code, message, details } = error instanceof PlatformError ? error : new PlatformError('INTERNAL', String(error));
      context.print(toJson({ id, error: { code, message, details } }));
      if (code !== 'INTERNAL') continue;
      context.note(`specgraph: this is a bug in specgraph: ${error instanceof Error ? error.stack : String(error)}\n`);
      context.fail(3);
    }
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new PlatformError('BAD_INPUT', 'The line is not JSON. Write one object per line.', { cause });
  }
}
