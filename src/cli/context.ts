import type { System } from '../system.ts';

/** What a command gets from the process it runs in. */
export interface CliContext {
  /** Writes results, nothing else, to stdout. */
  print(text: string): void;
  /** Writes what a person should know, but no program should parse, to stderr. */
  note(text: string): void;
  /** Opens the system that the settings name, for the length of `work`. */
  withSystem<T>(options: StoreOption, work: (system: System) => Promise<T>): Promise<T>;
  /** Runs work that Ctrl-C stops in good order; without it, Ctrl-C just ends the process. */
  interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** The answer is bad news that was asked for: the process will end with this exit code. */
  fail(code: 1 | 3): void;
}

export interface StoreOption {
  readonly store?: string;
}

export const STORE_OPTION = ['--store <location>', 'path of an embedded store, or a bolt:// or neo4j:// URL'] as const;
export const JSON_OPTION = ['--json', 'print JSON, as docs/reference/cli.md describes it'] as const;

export const toJson = (value: unknown): string => `${JSON.stringify(value)}\n`;
