import type { Captures } from '../../parse/grammar.ts';
import type { CodeFile } from './code-file.ts';

/** A language whose structure is read without a compiler. */
export interface Language {
  /** Of the grammar, and of modules. */
  readonly name: string;
  readonly files: RegExp;
  readonly query: string;
  readonly testFramework: string;
  isTestFile(path: string): boolean;
  /** Says what the matches of the query mean. */
  read(file: CodeFile, matches: readonly Captures[]): void;
}
