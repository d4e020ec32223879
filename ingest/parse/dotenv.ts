import type { Span } from '../../graph/model/provenance.ts';

export interface DotenvEntry {
  readonly name: string;
  readonly value: string;
  /** Written in single quotes: `$` means itself. */
  readonly literal: boolean;
  readonly span: Span;
  /** The comment lines directly above. */
  readonly doc?: string;
  /** Commented out: `#NAME=value`, which example files use for what is optional. */
  readonly optional: boolean;
}

/** Lines of one value. */
const LONGEST = 200;
const ENTRY = /^(\s*)(#\s*)?(?:export\s+)?([A-Za-z_][\w.-]*)\s*=(.*)$/;

/**
 * The entries of a dotenv file as the npm package `dotenv` and docker-compose read them: `export`, quotes, values of
 * several lines in double or single quotes, comments. A commented entry counts only when nothing but a name precedes `=`.
 */
export function readDotenv(text: string): readonly DotenvEntry[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const entries: DotenvEntry[] = [];
  let comments: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    const [, indent = '', hash, name, rest = ''] = ENTRY.exec(line) ?? [];
    if (name === undefined || (hash !== undefined && !/^[A-Z][A-Z0-9_]*$/.test(name))) {
      const comment = /^\s*#+\s?(.*)$/.exec(line)?.[1];
      comments = comment === undefined ? [] : [...comments, comment.trim()];
      continue;
    }
    const first = index;
    let raw = rest.trim();
    const quote = /^["'`]/.exec(raw)?.[0];
    if (quote !== undefined && hash === undefined && closingQuote(raw, quote) < 0) {
      const following = lines.slice(index + 1, index + LONGEST);
      const end = index + 1 + following.findIndex((later) => closingQuote(`${quote}${later}`, quote) > 0);
      if (end > index) {
        raw = [raw, ...lines.slice(index + 1, end + 1)].join('\n');
        index = end;
      }
    }
    const doc = comments.filter((comment) => comment !== '').join(' ');
    entries.push({
      name,
      ...unquoted(raw, quote),
      span: { line: first + 1, col: indent.length + (hash?.length ?? 0) + 1, endLine: index + 1, endCol: lines[index]!.length + 1 },
      ...(doc === '' ? {} : { doc: doc.slice(0, 300) }),
      optional: hash !== undefined,
    });
    comments = [];
  }
  return entries;
}

function unquoted(raw: string, quote: string | undefined): { readonly value: string; readonly literal: boolean } {
  const end = quote === undefined ? -1 : closingQuote(raw, quote);
  if (end > 0) return { value: raw.slice(1, end), literal: quote === "'" };
  return { value: raw.replace(/(^|\s)#.*$/, '').trim(), literal: false };
}

/** Position of the quote that closes the one at the start; -1 when there is none. */
function closingQuote(text: string, quote: string): number {
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}
