import { folded, tableName } from './sql-names.ts';
import type { SqlToken } from './sql-tokens.ts';

/** A name in a statement, and where it stands. */
export interface SqlName {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Reads a statement token by token; a wrong turn gives undefined, never an exception. */
export class SqlReader {
  #at: number;
  readonly #tokens: readonly SqlToken[];
  readonly #to: number;

  constructor(tokens: readonly SqlToken[], from = 0, to: number = tokens.length) {
    this.#tokens = tokens;
    this.#at = from;
    this.#to = to;
  }

  get done(): boolean {
    return this.#at >= this.#to;
  }
  get position(): number {
    return this.#at;
  }
  /** The token that was read last. */
  get last(): SqlToken | undefined {
    return this.#tokens[this.#at - 1];
  }
  peek(ahead = 0): SqlToken | undefined {
    return this.#at + ahead < this.#to ? this.#tokens[this.#at + ahead] : undefined;
  }
  next(): SqlToken | undefined {
    const token = this.peek();
    if (token) this.#at++;
    return token;
  }
  /** Whether these words, or signs, come next. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, ahead) => {
      const token = this.peek(ahead);
      return (token?.kind === 'word' || token?.kind === 'sign') && token.value.toLowerCase() === word;
    });
  }
  /** Steps over `words` where all of them come next. */
  takes(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false;
    this.#at += words.length;
    return true;
  }
  /** Steps over the first of some alternatives, each of one or more words, that comes next. */
  takesAny(...alternatives: readonly string[]): string | undefined {
    return alternatives.find((words) => this.takes(...words.split(' ')));
  }
  /** An identifier, quoted or not. */
  identifier(): SqlName | undefined {
    const token = this.peek();
    if (token?.kind !== 'word' && token?.kind !== 'name') return undefined;
    this.#at++;
    return { name: folded(token), start: token.start, end: token.end };
  }
  /** `a.b.c`, with what stands between the dots. */
  path(): { readonly parts: readonly string[]; readonly start: number; readonly end: number } | undefined {
    const first = this.identifier();
    if (!first) return undefined;
    const parts = [first.name];
    let { end } = first;
    while (this.sees('.') && (this.peek(1)?.kind === 'word' || this.peek(1)?.kind === 'name')) {
      this.#at++;
      const part = this.identifier()!;
      parts.push(part.name);
      end = part.end;
    }
    return { parts, start: first.start, end };
  }
  table(): SqlName | undefined {
    const path = this.path();
    return path && { name: tableName(path.parts), start: path.start, end: path.end };
  }
  /** A reader of what stands in the parentheses that come next, which are stepped over; undefined where none do. */
  group(): SqlReader | undefined {
    if (!this.sees('(')) return undefined;
    const from = this.#at + 1;
    this.skip();
    const closed = this.#tokens[this.#at - 1]?.value === ')' && this.#at - 1 >= from;
    return new SqlReader(this.#tokens, from, closed ? this.#at - 1 : this.#at);
  }
  /** Steps over one token, or a whole parenthesis. */
  skip(): void {
    let depth = 0;
    do {
      const token = this.next();
      if (token?.kind !== 'sign') continue;
      if (token.value === '(' || token.value === '[') depth++;
      else if (token.value === ')' || token.value === ']') depth--;
    } while (depth > 0 && !this.done);
  }
  /** Readers of the parts between commas that stand in no parenthesis. */
  list(): readonly SqlReader[] {
    const parts: SqlReader[] = [];
    let from = this.#at;
    while (!this.done) {
      if (this.sees(',')) {
        if (this.#at > from) parts.push(new SqlReader(this.#tokens, from, this.#at));
        from = ++this.#at;
      } else this.skip();
    }
    if (this.#at > from) parts.push(new SqlReader(this.#tokens, from, this.#at));
    return parts;
  }
  /** First and last token that are left. */
  range(): { readonly start: number; readonly end: number } {
    const first = this.#tokens[Math.min(this.#at, this.#to - 1)];
    return { start: first?.start ?? 0, end: this.#tokens[this.#to - 1]?.end ?? first?.end ?? 0 };
  }
  /** Names of the columns in a parenthesis: `(a, "b" DESC, c(10))`; expressions give none. */
  columns(): readonly SqlName[] {
    return (this.group()?.list() ?? []).flatMap((part) => {
      const name = part.identifier();
      return name && !(part.sees('(') && part.peek(1)?.kind !== 'number') && !part.sees('.') ? [name] : [];
    });
  }
}
