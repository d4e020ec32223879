/**
 * A reader of HCL, the language of Terraform, as far as structure and references go: blocks, attributes, objects, lists,
 * calls and strings with their places. Written here because the one parser on npm that gives places needs a compiler to
 * install. Expressions are not evaluated; what is not understood is skipped to the end of its line.
 */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: HclBody;
  readonly start: number;
  readonly end: number;
}

export interface HclBody {
  readonly attributes: readonly HclEntry[];
  readonly blocks: readonly HclBlock[];
}

export interface HclEntry {
  readonly name: string;
  readonly value: HclValue;
  readonly start: number;
  readonly end: number;
}

export interface HclValue {
  /** Of a plain string, number or boolean. */
  readonly text?: string;
  readonly entries?: readonly HclEntry[];
  /** Of a list, or the arguments of a call. */
  readonly items?: readonly HclValue[];
  /** Dotted names anywhere in it, also inside strings: `var.region`, `aws_sqs_queue.orders.url`. */
  readonly references: readonly { readonly name: string; readonly start: number }[];
  readonly start: number;
  readonly end: number;
}

interface Token {
  readonly is: 'name' | 'text' | 'mark' | 'line' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** A string that holds `${…}`: what stands in there. */
  readonly inner?: readonly Token[];
}

/** Blocks or brackets within each other. */
const DEEPEST = 100;

/** Reads a text; `problems` are offsets at which something was skipped. */
export function readHcl(text: string): { readonly body: HclBody; readonly problems: readonly number[] } {
  const tokens = tokensOf(text, 0, text.length, 0);
  const problems: number[] = [];
  let at = 0;
  const peek = (ahead = 0): Token => tokens[at + ahead] ?? { is: 'end', text: '', start: text.length, end: text.length };
  const isMark = (mark: string, ahead = 0): boolean => peek(ahead).is === 'mark' && peek(ahead).text === mark;
  const skipLines = (): void => {
    while (peek().is === 'line') at++;
  };
  /** Over a token, or all of what a bracket holds: keys may be expressions. */
  const skipOne = (): void => {
    let open = 0;
    do {
      if (peek().is === 'mark') open += '([{'.includes(peek().text) ? 1 : ')]}'.includes(peek().text) ? -1 : 0;
      at++;
    } while (open > 0 && peek().is !== 'end');
  };
  const previousEnd = (): number => tokens[at - 1]?.end ?? 0;

  const bodyOf = (depth: number): HclBody => {
    const attributes: HclEntry[] = [];
    const blocks: HclBlock[] = [];
    for (;;) {
      skipLines();
      const first = peek();
      if (first.is === 'end' || isMark('}')) return { attributes, blocks };
      if (first.is === 'name' && isMark('=', 1)) {
        at += 2;
        const value = valueOf(depth + 1, false);
        attributes.push({ name: first.text, value, start: first.start, end: value.end });
        continue;
      }
      if (first.is === 'name' && depth < DEEPEST) {
        let labels = 1;
        while (peek(labels).is === 'text' || peek(labels).is === 'name') labels++;
        if (isMark('{', labels)) {
          const names = tokens.slice(at + 1, at + labels).map((label) => label.text);
          at += labels + 1;
          const body = bodyOf(depth + 1);
          if (isMark('}')) at++;
          else problems.push(first.start);
          blocks.push({ type: first.text, labels: names, body, start: first.start, end: previousEnd() });
          continue;
        }
      }
      problems.push(first.start);
      while (peek().is !== 'line' && peek().is !== 'end' && !isMark('}')) at++;
    }
  };

  /** Up to the end of the line, or inside brackets to a comma or closing bracket. */
  const valueOf = (depth: number, inside: boolean): HclValue => {
    if (inside) skipLines();
    const start = peek().start;
    const first = at;
    const structure = depth < DEEPEST ? structureOf(depth) : {};
    const alone = at;
    let open = 0;
    for (; peek().is !== 'end'; at++) {
      if (open === 0 && (isMark(',') || isMark('}') || isMark(']') || isMark(')'))) break;
      // Inside an object, a line ends an entry; an operator at its end goes on.
      if (open === 0 && peek().is === 'line' && !isMark('?', 1) && !isMark(':', 1)) break;
      if (peek().is === 'mark') open += '([{'.includes(peek().text) ? 1 : ')]}'.includes(peek().text) ? -1 : 0;
    }
    const references = referencesIn(tokens.slice(first, at));
    return { ...(at === alone ? structure : {}), references, start, end: Math.max(start, previousEnd()) };
  };

  const structureOf = (depth: number): Pick<HclValue, 'text' | 'entries' | 'items'> => {
    const token = peek();
    if (token.is === 'text') {
      at++;
      return token.inner ? {} : { text: token.text };
    }
    if (isMark('{') && peek(1).text !== 'for') {
      at++;
      const entries: HclEntry[] = [];
      for (;;) {
        while (peek().is === 'line' || isMark(',')) at++;
        const key = peek();
        if (key.is === 'end' || isMark('}')) break;
        if (key.is === 'mark' && key.text === '=') {
          at++;
          const value = valueOf(depth + 1, true);
          entries.push({ name: '', value, start: key.start, end: value.end });
        } else if ((key.is === 'name' || key.is === 'text') && (isMark('=', 1) || isMark(':', 1))) {
          at += 2;
          const value = valueOf(depth + 1, true);
          entries.push({ name: key.text, value, start: key.start, end: value.end });
        } else skipOne();
      }
      if (isMark('}')) at++;
      return { entries };
    }
    const isCall = token.is === 'name' && isMark('(', 1);
    if (isCall || (isMark('[') && peek(1).text !== 'for')) {
      at += isCall ? 2 : 1;
      const close = isCall ? ')' : ']';
      const items: HclValue[] = [];
      for (;;) {
        while (peek().is === 'line' || isMark(',')) at++;
        if (peek().is === 'end' || isMark(close)) break;
        const before = at;
        items.push(valueOf(depth + 1, true));
        if (at === before) at++;
      }
      if (isMark(close)) at++;
      return { items };
    }
    if (token.is === 'name') {
      at++;
      return /^(?:true|false|[\d.]+)$/.test(token.text) ? { text: token.text } : {};
    }
    return {};
  };

  let body = bodyOf(0);
  while (peek().is !== 'end') {
    // A closing bracket too many.
    problems.push(peek().start);
    at++;
    const more = bodyOf(0);
    body = { attributes: [...body.attributes, ...more.attributes], blocks: [...body.blocks, ...more.blocks] };
  }
  return { body, problems };
}

function referencesIn(tokens: readonly Token[]): readonly { readonly name: string; readonly start: number }[] {
  const found: { name: string; start: number }[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    for (const reference of token.inner ? referencesIn(token.inner) : []) found.push(reference);
    if (token.is !== 'name' || (tokens[at - 1]?.is === 'mark' && tokens[at - 1]?.text === '.')) continue;
    const path = [token.text];
    let next = at + 1;
    while (tokens[next]?.text === '.' && tokens[next + 1]?.is === 'name') {
      path.push(tokens[next + 1]!.text);
      next += 2;
    }
    if (path.length > 1) found.push({ name: path.join('.'), start: token.start });
  }
  return found;
}

const NAME = /[A-Za-z_0-9][\w-]*/y;
const HEREDOC = /<<-?([A-Za-z_]\w*)[^\n]*\n/y;

function tokensOf(text: string, from: number, to: number, depth: number): readonly Token[] {
  const tokens: Token[] = [];
  let at = from;
  const push = (is: Token['is'], end: number, value: string, inner?: readonly Token[]): void => {
    tokens.push({ is, text: value, start: at, end, ...(inner && inner.length > 0 ? { inner } : {}) });
    at = end;
  };
  const indexOf = (sought: string, start: number): number => {
    const found = text.indexOf(sought, start);
    return found < 0 || found > to ? to : found;
  };
  while (at < to) {
    const char = text[at]!;
    const two = text.slice(at, at + 2);
    if (char === '\n') push('line', at + 1, '\n');
    else if (/\s/.test(char) || char === '\uFEFF') at++;
    else if (char === '#' || two === '//') at = indexOf('\n', at);
    else if (two === '/*') at = Math.min(to, indexOf('*/', at + 2) + 2);
    else if (char === '"') {
      const { end, inner, value } = stringFrom(text, at + 1, to, depth);
      push('text', end, value, inner);
    } else {
      HEREDOC.lastIndex = at;
      NAME.lastIndex = at;
      const heredoc = char === '<' ? HEREDOC.exec(text) : null;
      const name = NAME.exec(text)?.[0];
      if (heredoc) {
        const start = at + heredoc[0].length;
        const close = new RegExp(String.raw`^[ \t]*${heredoc[1]!}[ \t]*\r?$`, 'm').exec(text.slice(start, to));
        const end = close ? start + close.index + close[0].trimEnd().length : to;
        const value = text.slice(start, close ? start + close.index : to);
        push('text', end, value, templateTokens(text, start, close ? start + close.index : to, depth));
      } else if (name !== undefined && at + name.length <= to) push('name', at + name.length, name);
      else push('mark', at + 1, char);
    }
  }
  return tokens;
}

/** A quoted string from behind its quote on; its templates may hold quotes themselves. */
function stringFrom(text: string, from: number, to: number, depth: number): { end: number; value: string; inner: readonly Token[] } {
  let at = from;
  const inner: Token[] = [];
  for (; at < to && text[at] !== '"' && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++;
    else if (text[at + 1] === '{' && (text[at] === '$' || text[at] === '%') && text[at - 1] !== text[at]) {
      const end = templateEnd(text, at + 2, to);
      if (depth < DEEPEST) for (const token of tokensOf(text, at + 2, end, depth + 1)) inner.push(token);
      at = end;
    }
  }
  return { end: Math.min(to, at + 1), value: text.slice(from, at).replace(/\\(["\\])/g, '$1'), inner };
}

function templateTokens(text: string, from: number, to: number, depth: number): readonly Token[] {
  const inner: Token[] = [];
  for (let at = text.indexOf('${', from); at >= 0 && at < to; at = text.indexOf('${', at)) {
    const end = templateEnd(text, at + 2, to);
    if (text[at - 1] !== '$' && depth < DEEPEST) for (const token of tokensOf(text, at + 2, end, depth + 1)) inner.push(token);
    at = Math.max(end, at + 2);
  }
  return inner;
}

/** Position of the bracket that closes a template. */
function templateEnd(text: string, from: number, to: number): number {
  let open = 0;
  for (let at = from; at < to; at++) {
    if (text[at] === '{') open++;
    else if (text[at] === '}' && open-- === 0) return at;
  }
  return to;
}
