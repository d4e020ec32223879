import type { Expr, LinkKeys } from '../../keys.ts';

/** Text of a path, as far as it is known before the program runs. */
export interface PathText {
  readonly text: string;
  /** Nothing of it is missing. */
  readonly certain: boolean;
}

/** Reads a reduced expression. What nobody knows at the start of a path is left out, elsewhere it is a parameter. */
export function pathText(expr: Expr, keys: LinkKeys): PathText {
  switch (expr.is) {
    case 'text':
      return { text: expr.text, certain: true };
    case 'join': {
      let text = '';
      let certain = true;
      for (const [index, part] of expr.parts.entries()) {
        const piece = pathText(part, keys);
        certain &&= piece.certain;
        const next = expr.parts[index + 1];
        // `${base}/users`: what stands before a path is not a part of it.
        const isBefore = text === '' && next?.is === 'text' && next.text.startsWith('/');
        text += piece.text === '' && !piece.certain && !isBefore ? '{value}' : piece.text;
      }
      return { text, certain };
    }
    case 'environment': {
      const value = configured(expr.name, keys);
      if (value !== undefined) return { text: value, certain: true };
      return expr.fallback ? { ...pathText(expr.fallback, keys), certain: expr.fallback.is === 'text' } : { text: '', certain: false };
    }
    case 'literal':
      return { text: /^\d+$/.test(expr.text) ? expr.text : '', certain: true };
    default:
      return { text: '', certain: false };
  }
}

/** The value that everyone who gives an environment variable one gives it. */
function configured(name: string, keys: LinkKeys): string | undefined {
  const values = new Set(keys.of('config').flatMap(({ value }) => (value.name === name && value.value !== undefined ? [value.value] : [])));
  return values.size === 1 ? [...values][0] : undefined;
}

/** One behind the other, with one slash between. */
export function joinPaths(a: PathText, b: PathText): PathText {
  const left = a.text.replace(/\/+$/, '');
  const right = b.text.replace(/^\/+/, '');
  return { text: right === '' ? left : `${left}/${right}`, certain: a.certain && b.certain };
}
