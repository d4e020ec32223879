const TOKEN = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|=>|[\p{L}\p{N}_$]+|\S/gsu;
/** What may stand before an operator that leads a list. */
const OPENING = /^(?:[<([{,;:=|&?]|=>|extends)$/;

/** True when two pieces of written code differ only as a formatter would make them differ. */
export const sameCode = (a: string | undefined, b: string | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && normalise(a) === normalise(b));

/** The tokens with one space between, without what formatters add and drop: separators, and operators that lead a list. */
export function normalise(code: string): string {
  const tokens = code.match(TOKEN) ?? [];
  return tokens
    .filter((token, at) => {
      if (token === ',' || token === ';') return false;
      return (token !== '|' && token !== '&') || (at > 0 && !OPENING.test(tokens[at - 1]!));
    })
    .map((token) => token.replace(/^"((?:[^'"\\])*)"$/, "'$1'"))
    .join(' ');
}

/** Fits a piece of code into a sentence. */
export const shorten = (code: string): string => (code.length > 60 ? `${code.slice(0, 59)}…` : code);
