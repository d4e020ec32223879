/** Where a declaration of a `.proto` file stands, by its dotted name: from its name to the end of its statement or block. */
export interface Position {
  readonly start: number;
  readonly end: number;
}

const TOKEN = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|[\w.]+|\S/g;
const BLOCK = /^(?:message|enum|service|oneof|extend|group)$/;

/**
 * The parser knows what is declared, but not where: this finds the places. Of a text that the parser took, tokens and
 * braces suffice. Fields of a oneof belong to the message around it; fields of an `extend` are under `extend`.
 */
export function positionsOf(text: string): ReadonlyMap<string, Position> {
  const found = new Map<string, Position>();
  const scopes: { readonly name: string; readonly start: number; readonly path: string | undefined; readonly group?: string }[] = [];
  let statement: { readonly value: string; readonly start: number }[] = [];
  let depth = 0;
  const path = (name: string): string => {
    const around = scopes.findLast((scope) => scope.path !== undefined)?.path ?? '';
    return around === '' ? name : `${around}.${name}`;
  };
  const note = (name: string, start: number, end: number): void => void (found.has(name) || found.set(name, { start, end }));
  for (const { 0: value, index } of text.matchAll(TOKEN)) {
    if (value.startsWith('//') || value.startsWith('/*')) continue;
    const end = index + value.length;
    const [first, second] = statement;
    if (value === '[' || value === '(' || (value === '<' && depth === 0) || (value === '{' && (depth > 0 || isLiteral(statement)))) depth++;
    else if ((value === ']' || value === ')' || value === '>' || value === '}') && depth > 0) depth--;
    else if (depth === 0 && value === '{') {
      const group = statement.findIndex((token) => token.value === 'group');
      const kind = group >= 0 ? 'group' : (first?.value ?? '');
      const name = group >= 0 ? statement[group + 1] : second;
      const isNamed = BLOCK.test(kind) && kind !== 'oneof' && kind !== 'extend' && name !== undefined;
      if (kind === 'rpc' && name) scopes.push({ name: path(name.value), start: name.start, path: undefined });
      else if (isNamed) {
        // A group declares a message and a field that is called like it but for the first letter.
        const field = kind === 'group' ? { group: path(name.value[0]!.toLowerCase() + name.value.slice(1)) } : {};
        scopes.push({ name: path(name.value), start: name.start, path: path(name.value), ...field });
      } else scopes.push({ name: '', start: index, path: kind === 'extend' ? path('extend') : undefined });
      statement = [];
      continue;
    } else if (depth === 0 && value === '}') {
      const scope = scopes.pop();
      if (scope && scope.name !== '') note(scope.name, scope.start, end);
      if (scope?.group !== undefined) note(scope.group, scope.start, end);
      statement = [];
      continue;
    } else if (depth === 0 && value === ';') {
      const equals = statement.findIndex((token) => token.value === '=');
      const name = first?.value === 'rpc' ? second : equals > 0 ? statement[equals - 1] : undefined;
      if (name && first?.value !== 'option' && scopes.length > 0) note(path(name.value), name.start, end);
      statement = [];
      continue;
    }
    if (depth === 0) statement.push({ value, start: index });
  }
  return found;
}

/** `option (google.api.http) = { … }` opens a value, no block. */
const isLiteral = (statement: readonly { readonly value: string }[]): boolean =>
  statement[0]?.value === 'option' || statement.at(-1)?.value === '=';
