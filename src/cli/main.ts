#!/usr/bin/env node
import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { PlatformError } from '../../graph/errors.ts';
import { addAgent } from './commands/agent/agent.ts';
import { addAsk } from './commands/ask.ts';
import { addCheck } from './commands/check.ts';
import { addContext } from './commands/context.ts';
import { addDiagram } from './commands/diagram.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDump } from './commands/dump.ts';
import { addImpact } from './commands/impact.ts';
import { addIngest } from './commands/ingest.ts';
import { addMcp } from './commands/mcp.ts';
import { addPath } from './commands/path.ts';
import { addSearch } from './commands/search.ts';
import { addServe } from './commands/serve.ts';
import { addShow } from './commands/show.ts';
import { addSpec } from './commands/spec/spec.ts';
import { addStats } from './commands/stats.ts';
import type { CliContext } from './context.ts';
import { describeError } from './describe-error.ts';

const EXIT = { usage: 2, bug: 3, interrupted: 130 } as const;
const ISSUES = 'the issue tracker of specgraph';

const context: CliContext = {
  print: (text) => void process.stdout.write(text),
  note: (text) => void process.stderr.write(text),
  async withSystem(options, work) {
    const { loadConfig } = await import('../config.ts');
    const { openSystem } = await import('../platform.ts');
    const { store, neo4j, embedder, chat } = await loadConfig({ store: options.store });
    const system = await openSystem({ store, neo4j, embedder, chat });
    try {
      return await work(system);
    } finally {
      await system.close();
    }
  },
  async interruptible(work) {
    const controller = new AbortController();
    const stop = (signal: NodeJS.Signals): void => {
      if (controller.signal.aborted) process.exit(EXIT.interrupted); // asked twice: at once
      controller.abort(new PlatformError('ABORTED', `Interrupted by ${signal}; nothing was published.`));
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
    try {
      return await work(controller.signal);
    } finally {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      if (controller.signal.aborted) process.exitCode = EXIT.interrupted;
    }
  },
  fail: (code) => {
    process.exitCode = Math.max(code, Number(process.exitCode ?? 0));
  },
};

const { version } = createRequire(import.meta.url)('specgraph/package.json') as { readonly version: string };
const program = new Command('specgraph')
  .version(version)
  .description('A system knowledge graph that answers what breaks if you change something, with its evidence.')
  .showHelpAfterError('(run with --help for the options)')
  .exitOverride();
for (const add of [
  addIngest,
  addImpact,
  addSearch,
  addContext,
  addAsk,
  addAgent,
  addShow,
  addPath,
  addCheck,
  addSpec,
  addDiagram,
  addStats,
  addDoctor,
  addDump,
  addServe,
  addMcp,
])
  add(program, context);

/** The reader of our output went away (`specgraph dump | head`): nothing is left to do, and nothing is wrong. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

/** Tells what went wrong on stderr; returns the exit code. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage; // commander has told
  if (error instanceof PlatformError && error.code === 'ABORTED') {
    context.note(`${error.message}\n`);
    return EXIT.interrupted;
  }
  if (error instanceof PlatformError && error.code !== 'INTERNAL') {
    context.note(`specgraph: ${describeError(error)}`);
    return EXIT.usage;
  }
  context.note(`specgraph: this is a bug in specgraph. Please report it with these lines to ${ISSUES}.\n`);
  context.note(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.bug;
}
