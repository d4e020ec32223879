import type { Declaration } from './compare-declaration.ts';

/**
 * The innermost declaration around a place: none at the top level, several where the line alone does not say which. A
 * declaration reaches from its name to its end, so a place before the only name on its line, such as a modifier, means
 * that name. `line` and `col` count from 1.
 */
export function declarationsAt(declarations: readonly Declaration[], line: number, col?: number): readonly Declaration[] {
  const onLine = declarations.filter(({ span }) => span?.line === line);
  const place = { line, col: col ?? 1 };
  if (onLine.length === 1 && (col === undefined || col < onLine[0]!.span!.col)) return onLine;
  if (onLine.length > 1 && col === undefined) {
    const outermost = onLine.filter((outer) => onLine.every((inner) => reaches(outer, inner.span!)));
    return outermost.length === 1 ? outermost : onLine;
  }
  const innermost = declarations
    .filter((declaration) => reaches(declaration, place))
    .sort(byStart)
    .at(-1);
  return innermost ? [innermost] : [];
}

interface Place {
  readonly line: number;
  readonly col: number;
}

const isBefore = (a: Place, b: Place): boolean => a.line < b.line || (a.line === b.line && a.col < b.col);

const reaches = ({ span }: Declaration, place: Place): boolean =>
  span !== undefined && !isBefore(place, span) && !isBefore({ line: span.endLine, col: span.endCol }, place);

const byStart = (a: Declaration, b: Declaration): number => a.span!.line - b.span!.line || a.span!.col - b.span!.col;
