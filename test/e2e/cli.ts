import { spawn } from 'node:child_process';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');
/** The built command line; `npm test` builds it first. */
export const BIN = path.join(ROOT, 'dist/src/cli/main.js');

export interface Outcome {
  /** Exit code; null when a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The command that runs the script, instead of this Node. */
  readonly through?: readonly string[];
  /** Called when the process has printed something on stdout. */
  readonly onOutput?: (stdout: string, stop: (signal: NodeJS.Signals) => void) => void;
}

/**
 * Runs the command line as a process of its own, as a user would, without the settings of this machine. No embedder is used unless
 * `env` names one: few tests are about vectors, and a model takes seconds.
 */
export function specgraph(
  args: readonly string[],
  { input = '', cwd = ROOT, env = {}, through, onOutput }: RunOptions = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const [program = process.execPath, ...before] = through ?? [process.execPath];
    const child = spawn(program, [...before, BIN, ...args], {
      cwd,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], SPECGRAPH_EMBEDDER: 'none', ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      onOutput?.(stdout, (signal) => child.kill(signal));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.on('error', () => undefined); // the process may not read it
    child.stdin.end(input);
  });
}
