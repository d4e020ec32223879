/** Characters of one piece of fenced code that are looked at. */
const LONGEST = 20_000;
const SCRIPT = /^(?:ts|tsx|typescript|js|jsx|javascript|mts|mjs|cjs)\b/;
const SHELL = /^(?:|sh|bash|zsh|shell|console|http|https|rest|text|curl)$/;

const IMPORTED = /\bimport\s+(?:type\s+)?(?:(\w+)\s*,?\s*)?(?:\{([^}]{0,500})\})?\s*from\b/g;
/** `new Cart(`, `cart.add(`, `createCart(`. */
const CALLED = /(?:^|[^\w.$])(?:new\s+)?([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*){0,4})\s*(?:<[\w\s,]{1,80}>)?\(/g;
const KEYWORD = /^(?:if|for|while|switch|catch|return|function|async|await|typeof|super|import|require|constructor|console\..*)$/;

const REQUEST_LINE = /^[ \t]*(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[ \t]+(?:https?:\/\/[^\s/]{1,200})?(\/[^\s?#]{0,200})/gm;
const CURL = /\bcurl\b[^\n|;]{0,1000}/g;

interface Named {
  readonly text: string;
  /** Lines from the first of the code. */
  readonly line: number;
}

/** What fenced code certainly names: imported and called identifiers in scripts, requests in shells and HTTP texts. */
export function fencedNames(language: string, code: string): readonly Named[] {
  const text = code.slice(0, LONGEST);
  if (SCRIPT.test(language)) return scriptNames(text);
  return SHELL.test(language.split(/[\s{]/)[0] ?? '') ? requests(text) : [];
}

function scriptNames(text: string): readonly Named[] {
  const names: Named[] = [];
  const lineAt = lineCounter(text);
  for (const { index, 1: whole, 2: parts = '' } of text.matchAll(IMPORTED))
    for (const name of [
      whole ?? '',
      ...parts.split(',').map(
        (part) =>
          part
            .trim()
            .replace(/^type\s+/, '')
            .split(/\s+as\s+/)[0]!,
      ),
    ])
      if (/^[A-Za-z_$][\w$]*$/.test(name)) names.push({ text: name, line: lineAt(index) });
  for (const { index, 1: name = '' } of text.matchAll(CALLED))
    if (!KEYWORD.test(name) && !name.startsWith('this.')) names.push({ text: `${name}()`, line: lineAt(index) });
  return names;
}

/** As `METHOD /path`. A `curl` that sends data and names no method posts. */
function requests(text: string): readonly Named[] {
  const lineAt = lineCounter(text);
  const joined = text.replaceAll('\\\n', '  ');
  const lines = [...text.matchAll(REQUEST_LINE)].map(({ index, 1: method, 2: path }) => ({
    text: `${method} ${path}`,
    line: lineAt(index),
  }));
  const curls = [...joined.matchAll(CURL)].flatMap(({ index, 0: command }) => {
    const path = /https?:\/\/[^\s/'"]{1,200}(\/[^\s?#'"]{0,200})/.exec(command)?.[1];
    const method = /(?:-X|--request)[ =]?['"]?([A-Za-z]{3,7})/.exec(command)?.[1]?.toUpperCase();
    const sends = /\s(?:-d|--data(?:-\w+)?|--json|-F|--form)\b/.test(command);
    return path === undefined ? [] : [{ text: `${method ?? (sends ? 'POST' : 'GET')} ${path}`, line: lineAt(index) }];
  });
  return [...lines, ...curls];
}

/** For offsets that grow. */
function lineCounter(text: string): (offset: number) => number {
  let [at, line] = [0, 0];
  return (offset) => {
    if (offset < at) [at, line] = [0, 0];
    for (let next = text.indexOf('\n', at); next >= 0 && next < offset; next = text.indexOf('\n', at)) {
      at = next + 1;
      line++;
    }
    return line;
  };
}
