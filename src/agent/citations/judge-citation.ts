import { firstLineOf } from '../../../graph/model/meaning.ts';
import type { Node } from '../../../graph/model/node.ts';
import type { CitationFault } from './problem.ts';
import { linesIn, type Citation } from './read-provenance.ts';
import type { Sources } from './source-texts.ts';

export type Judged = { readonly quote: string; readonly name: string } | { readonly code: CitationFault; readonly message: string };

/** Kinds that are a file, or stand for all of one. */
const WHOLE_FILES: ReadonlySet<Node['kind']> = new Set([
  'Module',
  'TestFile',
  'Document',
  'Adr',
  'Policy',
  'Spec',
  'Migration',
  'Api',
  'Package',
  'Repository',
]);

/**
 * Whether a citation is true: what it names exists and stands at those lines of that file, and the quote is there word for word, in
 * the text that the hash names.
 */
export async function judgeCitation({ node: ref, file: stated, span, sha, quote }: Citation, sources: Sources): Promise<Judged> {
  const fault = (code: CitationFault, message: string): Judged => ({ code, message });
  if (ref === undefined) return fault('incomplete-source', 'The source has no `node`. Say what it is that is quoted.');
  const lines = span === undefined ? undefined : linesIn(span);
  if (!lines || sha === undefined || quote === undefined || quote.trim() === '')
    return fault('incomplete-source', `The source ${ref} needs \`span\` (L12-L14), \`sha\` and \`quote\`, so that it can be looked up.`);
  const note = /^note:([^#\s]+)(?:#\S+)?$/.exec(ref)?.[1];
  const node = note === undefined ? await sources.node(ref) : undefined;
  if (note === undefined && !node) return fault('unknown-source', `${ref} is not in the graph. Correct the name, or ingest what has it.`);
  const file = stated ?? node?.file;
  if (file === undefined) return fault('incomplete-source', `The source ${ref} needs \`file\`, the path of what is quoted.`);
  if (note !== undefined && !isKeptFor(file, note)) return fault('unknown-source', `${file} does not keep what ${ref} says.`);
  if (node?.file !== undefined && node.file !== file) return fault('wrong-place', `${ref} stands in ${node.file}, not in ${file}.`);
  if (node && node.file === undefined) return fault('wrong-place', `${ref} stands in no file that could be quoted.`);

  const text = await sources.text(file, sha);
  if (text === undefined)
    return fault('unknown-text', `${file} is not known at ${sha.slice(0, 20)}. Name a commit that has it, or the hash of its text.`);
  const rows = rowsOf(text);
  const { line, endLine } = lines;
  const said = normal(quote);
  if (!within(rows, line, endLine).includes(said)) {
    const elsewhere = rows.join('\n').includes(said);
    return fault(
      elsewhere ? 'wrong-place' : 'altered-quote',
      elsewhere ? `The quote is in ${file}, but not in ${span}.` : `${file} does not say "${quote.slice(0, 80)}".`,
    );
  }
  if (!node) return { quote, name: '' };
  const found = { quote, name: `${node.name} ${ref}` };
  const now = await sources.current(file);
  if (now === undefined || normal(now) === normal(text))
    return covers(node, rows, line, endLine) ? found : fault('wrong-place', `${ref} does not stand in ${span} of ${file}.`);
  // The file has moved on since: what is cited has to say so still, wherever it stands now.
  const rowsNow = rowsOf(now);
  const { from, to } = placeOf(node, rowsNow);
  return within(rowsNow, from, to).includes(said)
    ? found
    : fault('outdated-source', `${ref} does not say "${quote.slice(0, 80)}" any more. See whether the spec still holds, and cite it anew.`);
}

const normal = (text: string): string => text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
const rowsOf = (text: string): readonly string[] => normal(text).split('\n');
const within = (rows: readonly string[], line: number, endLine: number): string =>
  endLine > rows.length ? '' : rows.slice(line - 1, endLine).join('\n');

/** What people said in a thread is kept in a file, or below a folder, that has the thread's name. */
const isKeptFor = (file: string, thread: string): boolean =>
  file.split('/').some((name) => name === thread || name.startsWith(`${thread}.`));

/** The lines of a thing, with the comments and annotations above it. */
function placeOf({ kind, span }: Node, rows: readonly string[]): { readonly from: number; readonly to: number } {
  if (!span || WHOLE_FILES.has(kind)) return { from: 1, to: rows.length };
  // The end of a stretch that closes before the first sign of a line is the line above.
  const last = span.endCol === 1 && span.endLine > span.line ? span.endLine - 1 : span.endLine;
  return { from: firstLineOf(span.line, rows), to: Math.min(last, rows.length) };
}

function covers(node: Node, rows: readonly string[], line: number, endLine: number): boolean {
  const { from, to } = placeOf(node, rows);
  return from <= line && endLine <= to;
}
