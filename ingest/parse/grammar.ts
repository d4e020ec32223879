import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Language, Node, Parser, Query } from 'web-tree-sitter';

/** The nodes that one pattern of a query matched, by capture name; of several of one name, the last. */
export type Captures = Readonly<Record<string, Node>>;

/** A grammar with one query over it. */
export interface Grammar {
  /**
   * Calls back with the matches in the order of the text. The nodes are valid only until it returns. Does not call back where
   * the text is none of the language.
   */
  match(text: string, use: (matches: readonly Captures[], root: Node) => void): void;
}

const require = createRequire(import.meta.url);
const GRAMMARS = path.join(path.dirname(require.resolve('@vscode/tree-sitter-wasm/package.json')), 'wasm');

/** Parts that the parser could not put together, in one place. To match a query takes time with the square of them. */
const MOST_PIECES = 2000;

/** What is used of the package. */
interface Runtime {
  readonly Language: typeof Language;
  readonly Parser: typeof Parser;
  readonly Query: typeof Query;
}

/** Runtimes that one process takes: each that failed keeps its memory. */
const MOST_RUNTIMES = 5;

/** Grammars of the runtime that is in use. */
const loaded = new Map<string, Promise<Grammar>>();
let runtime: Promise<Runtime> | undefined;
let runtimes = 0;
/** Of runtimes that failed: were one of these collected, its runtime would be asked to free it, and end the process. */
const kept: unknown[] = [];

/** What failed once inside of a runtime fails ever after, whatever it is given: each failure takes a new one. */
async function startRuntime(): Promise<Runtime> {
  const file = path.join(path.dirname(require.resolve('web-tree-sitter')), 'web-tree-sitter.js');
  const started = (await import(`${pathToFileURL(file).href}?runtime=${++runtimes}`)) as Runtime;
  await started.Parser.init();
  return started;
}

function dropRuntime(): void {
  loaded.clear();
  runtime = undefined;
}

/** Loads a grammar when the first file of its language turns up. */
export function grammarOf(name: string, query: string): Promise<Grammar> {
  let grammar = loaded.get(name);
  if (!grammar) loaded.set(name, (grammar = load(name, query)));
  return grammar;
}

async function load(name: string, source: string): Promise<Grammar> {
  const { Language, Parser, Query } = await (runtime ??= startRuntime());
  const language = await Language.load(path.join(GRAMMARS, `tree-sitter-${name}.wasm`));
  const query = new Query(language, source);
  const parser = new Parser();
  parser.setLanguage(language);
  kept.push(parser, query);
  let hasFailed = false;
  return {
    match(text, use) {
      if (hasFailed) return;
      try {
        matchIn(text, use);
      } catch (error) {
        // Of WebAssembly: it ran out of stack or memory over this text.
        if (!(error instanceof Error && error.name === 'RuntimeError')) throw error;
        hasFailed = true;
        if (runtimes < MOST_RUNTIMES) dropRuntime();
      }
    },
  };

  function matchIn(text: string, use: Parameters<Grammar['match']>[1]): void {
    const tree = parser.parse(text);
    if (!tree) return;
    try {
      if (isInPieces(tree.rootNode)) return;
      const matches = query.matches(tree.rootNode).map(({ captures }) => Object.fromEntries(captures.map((one) => [one.name, one.node])));
      use(matches, tree.rootNode);
    } finally {
      tree.delete();
    }
  }
}

function isInPieces(root: Node): boolean {
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (!node.hasError) continue;
    if (node.isError && node.childCount > MOST_PIECES) return true;
    open.push(...node.children.filter((child) => child.hasError));
  }
  return false;
}
