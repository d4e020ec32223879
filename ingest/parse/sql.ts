import { readLoosely } from './sql-loose.ts';
import { HOLE, readParsed } from './sql-parsed.ts';
import type { Query } from './sql-query.ts';
import { sqlStatements, type SqlToken } from './sql-tokens.ts';

/** Characters of a query that are looked at. */
const LONGEST = 100_000;
/** What the parser takes time for that grows faster than the text; more is read by its words. */
const MOST_PARSED_TOKENS = 2_000;
const DEEPEST = 25;

/**
 * Tables and columns named by a SELECT, INSERT, UPDATE, DELETE or MERGE as it stands in code: `$1`, `?`, `:name`,
 * `@name`, `%s` and `${…}` stand for values, or for a table. PostgreSQL's grammar is tried; what it rejects, queries of
 * other databases among it, is read by its words, more cautiously. Several statements are read one after the other.
 */
export function readQuery(sql: string): Query {
  if (sql.length > LONGEST)
    return { tables: [], columns: [], outputs: [], problem: `It has ${sql.length} characters; ${LONGEST} are read.` };
  const parts: Query[] = [];
  for (const { tokens, start, end } of sqlStatements(sql)) {
    if (!tokens.some(({ value }) => /^(?:select|insert|update|delete|merge|replace|truncate|values|table)$/i.test(value))) continue;
    const parsed = isModest(tokens) ? readParsed(asPostgres(sql, tokens, start, end), start) : 'It is too large for the parser.';
    parts.push(typeof parsed === 'string' ? { ...readLoosely(tokens), problem: parsed } : parsed);
  }
  const problem = parts.find((part) => part.problem !== undefined)?.problem;
  return {
    tables: parts.flatMap(({ tables }) => tables),
    columns: parts.flatMap(({ columns }) => columns),
    outputs: parts[0]?.outputs ?? [],
    ...(problem === undefined ? {} : { problem }),
  };
}

function isModest(tokens: readonly SqlToken[]): boolean {
  let depth = 0;
  if (tokens.length > MOST_PARSED_TOKENS) return false;
  for (const { kind, value } of tokens) {
    if (kind !== 'sign') continue;
    if (value === '(') depth++;
    else if (value === ')') depth--;
    if (depth > DEEPEST) return false;
  }
  return true;
}

const BEFORE_TABLE = /^(?:from|join|into|update)$/i;

/** The statement with what other databases write differently put in PostgreSQL's terms, each thing at its old offset. */
function asPostgres(sql: string, tokens: readonly SqlToken[], start: number, end: number): string {
  let text = '';
  let at = start;
  for (const [index, token] of tokens.entries()) {
    const length = token.end - token.start;
    const written = sql[token.start]!;
    let instead: string | undefined;
    if (token.kind === 'name' && written !== '"') instead = `"${sql.slice(token.start + 1, token.end - 1)}"`;
    else if (token.kind === 'hole') {
      if (BEFORE_TABLE.test(tokens[index - 1]?.value ?? '')) instead = HOLE;
      else if (/^in$/i.test(tokens[index - 1]?.value ?? '') && length > 2) instead = '(0)';
      else instead = length < 2 ? '0' : '$1';
    }
    if (instead === undefined || instead.length > length) continue;
    text += `${sql.slice(at, token.start)}${instead.padEnd(length)}`;
    at = token.end;
  }
  return text + sql.slice(at, end);
}
