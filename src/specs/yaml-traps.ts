import { isScalar, parseAllDocuments, visit, type Document, type Scalar } from 'yaml';
import type { Diagnostic } from '../../graph/model/provenance.ts';
import type { Lines } from '../../ingest/parse/lines.ts';

const MOST = 20;

/**
 * What YAML takes silently for something else than people meant. The text has been read once already, so that its size and depth
 * are bounded.
 */
export function yamlTraps(text: string, file: string, lines: Lines): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const tell = (code: string, message: string, start: number, end: number, severity: Diagnostic['severity'] = 'error'): void => {
    if (found.length < MOST) found.push({ code, severity, message, file, span: lines.span(start, end) });
  };
  const documents = parseAllDocuments(text, { strict: false, uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  const [, second] = Array.isArray(documents) ? documents : [];
  if (second)
    tell('several-specs', 'Holds several documents; a file is the spec of one feature. Split it.', second.range[0], second.range[1]);
  for (const document of Array.isArray(documents) ? documents : []) readDocument(document, text, tell);
  return found;
}

type Tell = (code: string, message: string, start: number, end: number, severity?: Diagnostic['severity']) => void;

function readDocument(document: Document.Parsed, text: string, tell: Tell): void {
  for (const { code, pos } of document.warnings)
    if (code === 'TAG_RESOLVE_FAILED')
      tell('yaml-tag', `${text.slice(...pos)} is a tag to YAML, not text. Put the text into quotes.`, ...pos);
  visit(document, {
    Map: (_, { items }) => {
      const keys = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        const [start = 0, end = start] = key.range ?? [];
        if (keys.has(name)) tell('duplicate-key', `${name} stands twice in one map; YAML forgets the first. Merge them.`, start, end);
        keys.add(name);
      }
    },
    Scalar: (key, node) => {
      if (key !== 'key') cutByComment(node, text, tell);
    },
    Seq: (_, { items }) => {
      for (const item of items)
        if (isScalar(item) && item.value === null && item.range)
          tell('empty-item', 'This item of a list is empty. Write something, or remove it.', item.range[0], item.range[1], 'warning');
    },
  });
}

/** `Shows ticket #12` ends before the `#`: a comment that touches what follows it was meant as text. */
function cutByComment({ type, value, range }: Scalar, text: string, tell: Tell): void {
  if (type !== 'PLAIN' || typeof value !== 'string' || !range) return;
  const rest = /^[ \t]+#[\w{("'][^\n]*/.exec(text.slice(range[1], range[1] + 500));
  if (rest && /\s/.test(value))
    tell(
      'text-cut',
      `YAML takes "${rest[0].trim().slice(0, 40)}" for a comment. Put the text into quotes, or a space after the #.`,
      range[1],
      range[1] + rest[0].length,
      'warning',
    );
}
