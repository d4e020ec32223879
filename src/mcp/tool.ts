import type { z } from 'zod';
import type { Runs } from '../agent/runs.ts';
import { parseOrThrow } from '../parse-or-throw.ts';
import type { PublicError } from '../serving/public-error.ts';
import type { System } from '../system.ts';

/** What tools, resources and prompts answer from. */
export interface McpContext {
  readonly system: System;
  /** Folder whose changes `impact` may be asked about. */
  readonly root: string;
  /** Folder of the specs in it. */
  readonly specs: string;
  /** Work on threads, which goes on when a call is over. */
  readonly runs: Runs;
  /** What clients may know of an error; the rest is logged. */
  readonly publish: (error: unknown) => PublicError;
}

/** One thing that an agent can ask. */
export interface Tool {
  readonly name: string;
  /** What it answers, for the model that chooses among tools. Arguments describe themselves in `input`. */
  readonly description: string;
  readonly input: z.ZodObject;
  /** It writes files beside the specs; others only read. */
  readonly writes: boolean;
  /** Throws `BAD_INPUT` for arguments that do not fit, and what the system throws. */
  call(args: unknown, context: McpContext): Promise<string>;
}

export const defineTool = <S extends z.ZodObject>(tool: {
  readonly name: string;
  readonly description: string;
  readonly input: S;
  readonly writes?: true;
  answer(args: z.output<S>, context: McpContext): Promise<string>;
}): Tool => ({
  name: tool.name,
  description: tool.description,
  input: tool.input,
  writes: tool.writes ?? false,
  call: async (args, context) => tool.answer(parseOrThrow(tool.input, args), context),
});

/** The parts of an answer that are there, one below the other. */
export const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n');
