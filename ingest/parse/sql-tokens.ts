/** A piece of SQL text. `start` and `end` are offsets into the text. */
export interface SqlToken {
  /** `name`: a quoted identifier; `text`: a string; `hole`: `?`, `$1`, `:name`, `@name`, `${…}`. */
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'hole' | 'sign';
  /** A word as written; a name or text without its quotes; a sign of one character. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface SqlStatement {
  readonly tokens: readonly SqlToken[];
  readonly start: number;
  readonly end: number;
  /** Not all of it was kept: it has more than {@link MOST_TOKENS} tokens. */
  readonly cut: boolean;
}

/** Tokens of one statement: a dump's INSERT may have millions. */
const MOST_TOKENS = 100_000;

const SPACE = /(?:\s+|--[^\n]*|#(?=[ \t!#-])[^\n]*|\/\*!\d*|\*\/)+/y;
const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const NUMBER = /\d[\d.]*(?:e[+-]?\d+)?/iy;
const DOLLAR = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const HOLE = /\$\d+|\$\{[^{}]*\}|\?\d*|(?<![:\w]):[a-zA-Z_]\w*|@[a-zA-Z_]\w*|%s|%\(\w+\)s/y;
/** `[Order Lines]` of SQL Server; `tags[1]` and `ARRAY[x]` are none, since nothing stands between. */
const BRACKETED = /(?<=[\s,.(])\[[\p{L}_][^\]\n]*\]/uy;
const ESCAPED = /'(?:[^'\\]|''|\\[\s\S])*'?/y;
const PLAIN = /'(?:[^']|'')*'?/y;
const DOUBLE = /"(?:[^"]|"")*"?/y;
const BACKTICK = /`(?:[^`]|``)*`?/y;
const META = /(?<=^|\n)(?:\\[^\n]*|[ \t]*(?:GO|go)[ \t]*(?=\r?\n|$))/y;
const DELIMITER = /(?<=^|\n)[ \t]*delimiter[ \t]+(\S+)[^\n]*/iy;
const MYSQL = /`|\bengine\s*=|\bauto_increment\b/i;

/** Statements of a script, one by one: strings, comments, bodies of routines and data of COPY do not end them. */
export function* sqlStatements(text: string): Iterable<SqlStatement> {
  const backslashes = MYSQL.test(text.slice(0, 20_000));
  let tokens: SqlToken[] = [];
  let [at, start, count, delimiter] = [0, 0, 0, ';'];
  let blocks = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const push = (kind: SqlToken['kind'], value: string, end: number): void => {
    if (count === 0) start = at;
    if (count++ < MOST_TOKENS) tokens.push({ kind, value, start: at, end });
    at = end;
  };
  const finish = (): SqlStatement | undefined => {
    const done = count > 0 ? { tokens, start, end: tokens.at(-1)!.end, cut: count > MOST_TOKENS } : undefined;
    [tokens, count, blocks] = [[], 0, 0];
    return done;
  };
  while (at < text.length) {
    const char = text[at]!;
    let found: RegExpExecArray | null;
    if (text.startsWith('/*', at) && text[at + 2] !== '!') {
      at = endOfComment(text, at);
    } else if ((at === 0 || text[at - 1] === '\n') && ((found = match(DELIMITER)) || (found = match(META)))) {
      if (found[1]) delimiter = found[1];
      const done = finish();
      if (done) yield done;
      at += Math.max(found[0].length, 1);
    } else if ((found = match(SPACE))) {
      // Statements of MySQL in `/*!40101 … */` are statements.
      at += found[0].length;
    } else if (text.startsWith(delimiter, at) && (blocks === 0 || delimiter !== ';')) {
      const copies = isCopy(tokens);
      const done = finish();
      at += delimiter.length;
      if (done) yield done;
      if (copies) at = endOfData(text, at);
    } else if (char === "'") {
      found = match(backslashes || /[eE]/.test(text[at - 1] ?? '') ? ESCAPED : PLAIN)!;
      push('text', found[0].slice(1, -1).replaceAll("''", "'"), at + found[0].length);
    } else if (char === '"' || char === '`') {
      found = match(char === '"' ? DOUBLE : BACKTICK)!;
      push('name', found[0].slice(1, -1).replaceAll(char + char, char), at + found[0].length);
    } else if (char === '$' && (found = match(DOLLAR))) {
      const close = text.indexOf(found[0], at + found[0].length);
      const end = close < 0 ? text.length : close;
      push('text', text.slice(at + found[0].length, end), Math.min(text.length, end + found[0].length));
    } else if ((found = match(BRACKETED))) {
      push('name', found[0].slice(1, -1), at + found[0].length);
    } else if ((found = match(WORD))) {
      if (/^[eEnNbBxX]$/.test(found[0]) && text[at + 1] === "'") {
        at++;
        continue;
      }
      const end = at + found[0].length;
      blocks = nesting(blocks, found[0].toLowerCase(), tokens, text.slice(end, end + 20));
      push('word', found[0], end);
    } else if ((found = match(HOLE))) {
      push('hole', found[0], at + found[0].length);
    } else if ((found = match(NUMBER))) {
      push('number', found[0], at + found[0].length);
    } else {
      push('sign', char, at + 1);
    }
  }
  const done = finish();
  if (done) yield done;
}

/** Comments nest in PostgreSQL; one that would never end is taken to end at the first close, as elsewhere. */
function endOfComment(text: string, at: number): number {
  const first = text.indexOf('*/', at + 2);
  if (first < 0) return text.length;
  if (!text.slice(at + 2, first).includes('/*')) return first + 2;
  const pattern = /\/\*|\*\//g;
  pattern.lastIndex = at + 2;
  for (let depth = 1, found; (found = pattern.exec(text));) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return pattern.lastIndex;
  }
  return first + 2;
}

const isCopy = (tokens: readonly SqlToken[]): boolean =>
  tokens[0]?.value.toLowerCase() === 'copy' && tokens.slice(-8).some(({ value }) => value.toLowerCase() === 'stdin');

function endOfData(text: string, at: number): number {
  const pattern = /^\\\.[ \t]*\r?$/gm;
  pattern.lastIndex = at;
  return pattern.exec(text) ? pattern.lastIndex : text.length;
}

const ROUTINE = /^(?:trigger|procedure|function|event|package)$/;

/**
 * How many BEGIN … END and CASE … END of a routine's body are open after `word`, so that the semicolons in it end nothing.
 * What has an END of its own (`END IF`, `END LOOP`) is not counted, nor is that END.
 */
function nesting(blocks: number, word: string, tokens: readonly SqlToken[], after: string): number {
  if (word !== 'begin' && word !== 'case' && word !== 'end') return blocks;
  if (!/^(?:create|alter)$/i.test(tokens[0]?.value ?? '')) return blocks;
  if (!tokens.slice(1, 8).some(({ value }) => ROUTINE.test(value.toLowerCase()))) return blocks;
  if (word === 'end') return /^\s+(?:if|loop|while|repeat|for)\b/i.test(after) ? blocks : Math.max(0, blocks - 1);
  if (word === 'begin') return blocks + 1;
  return blocks > 0 && tokens.at(-1)?.value.toLowerCase() !== 'end' ? blocks + 1 : blocks;
}
