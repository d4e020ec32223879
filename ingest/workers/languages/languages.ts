import type { SourceFacts, SourceFormat } from '../../file-worker.ts';
import { createCodeFile } from './code-file.ts';
import { go } from './go.ts';
import { grammarOf } from '../../parse/grammar.ts';
import { java } from './java.ts';
import type { Language } from './language.ts';
import { isManifest, readManifest } from './manifest.ts';
import { python } from './python.ts';
import { rust } from './rust.ts';

const LANGUAGES: readonly Language[] = [python, go, rust, java];
/** Characters. A grammar takes some hundred times the memory of its text. */
const LONGEST = 2_000_000;

/**
 * Go, Python, Rust and Java by syntax alone: declarations, imports, tests, and where routes are served and called. Honestly
 * heuristic: nothing is resolved as a compiler would.
 */
export const languagesFormat: SourceFormat = {
  name: 'languages',
  version: 2,
  claims: (path) => isManifest(path) || LANGUAGES.some(({ files }) => files.test(path)),
  async read(source): Promise<SourceFacts> {
    const { path, text } = source;
    if (isManifest(path)) return readManifest(source);
    const language = LANGUAGES.find(({ files }) => files.test(path));
    if (!language) return { nodes: [], edges: [], diagnostics: [] };
    const file = createCodeFile(source, language.name);
    const unread = (code: string, message: string): SourceFacts => ({
      ...file.facts(language.testFramework, language.isTestFile(path)),
      diagnostics: [{ code, severity: 'error', message, file: path, span: { line: 1, col: 1, endLine: 1, endCol: 1 } }],
    });
    if (text.length > LONGEST)
      return unread('too-large', `Has ${text.length} characters; the most that are read of a source file are ${LONGEST}.`);
    const grammar = await grammarOf(language.name, language.query);
    let facts: SourceFacts | undefined;
    grammar.match(text, (matches) => {
      language.read(file, matches);
      facts = file.facts(language.testFramework, language.isTestFile(path));
    });
    return (
      facts ?? unread('parse-failure', `Is no ${language.name}, or lacks the ends of thousands of its parts; only that it exists is known.`)
    );
  },
};
