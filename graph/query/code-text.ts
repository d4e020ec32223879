const TOKEN = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|[\p{L}\p{N}_$]+|\S/gsu;
const CLOSING = new Set(['}', ')', ']', '>']);

/** True when two pieces of written code differ only as a formatter would make them differ. */
export const sameCode = (a: string | undefined, b: string | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && normalise(a) === normalise(b));

/** The tokens with one space between, without separators before a closing bracket and operators that lead a list. */
export function normalise(code: string): string {
  const tokens = (code.match(TOKEN) ?? []).map((token) => (token === ';' ? ',' : token.replace(/^"((?:[^'"\\])*)"$/, "'$1'")));
  return tokens
    .filter((token, at) => {
      const next = tokens[at + 1];
      if (token === ',') return next !== undefined && !CLOSING.has(next);
      if (token !== '|' && token !== '&') return true;
      const previous = tokens[at - 1];
      return previous !== undefined && !/^[<([{,:=|&?]$/.test(previous);
    })
    .join(' ');
}

/** Fits a piece of code into a sentence. */
export const shorten = (code: string): string => (code.length > 60 ? `${code.slice(0, 59)}…` : code);
