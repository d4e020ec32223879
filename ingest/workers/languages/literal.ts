import type { Node } from 'web-tree-sitter';

const DEEPEST = 40;
const LONGEST = 2000;
/** What a part is written as that is only known when the program runs. */
export const HOLE = '{}';

/** Text of an expression in any of the languages, with `{}` for what it does not say. `constants`: names of the file that stand for texts. */
export function literalText(node: Node | null | undefined, constants: ReadonlyMap<string, string>): string {
  return text(node, constants, 0).slice(0, LONGEST);
}

/** Whether it is a literal, alone or with parts around it: not just a name. */
export const isSaid = (value: string): boolean => value.replaceAll(HOLE, '').trim() !== '';

function text(node: Node | null | undefined, constants: ReadonlyMap<string, string>, depth: number): string {
  if (!node || depth > DEEPEST) return HOLE;
  const of = (part: Node | null | undefined): string => text(part, constants, depth + 1);
  switch (node.type) {
    case 'string':
    case 'interpreted_string_literal':
    case 'string_literal':
    case 'template_string':
      return node.namedChildren.map((part) => (part ? pieceOf(part) : '')).join('');
    case 'raw_string_literal':
      return node.namedChildCount > 0 ? node.namedChildren.map((part) => part?.text ?? '').join('') : node.text.replace(/^`|`$/g, '');
    case 'concatenated_string':
      return node.namedChildren.map(of).join('');
    case 'parenthesized_expression':
    case 'reference_expression':
    case 'await_expression':
      return of(node.namedChildren[0]);
    case 'binary_operator':
    case 'binary_expression': {
      const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
      const operator = node.childForFieldName('operator')?.text;
      if (operator === '+') return of(left) + of(right);
      return operator === '%' ? filled(of(left), right ? [right] : [], of) : HOLE;
    }
    case 'identifier':
      return constants.get(node.text) ?? HOLE;
    case 'call':
    case 'call_expression':
    case 'method_invocation':
    case 'macro_invocation':
      return formatted(node, of);
    default:
      return HOLE;
  }
}

function pieceOf(part: Node): string {
  if (/content$|fragment$|^escape_sequence$/.test(part.type)) return part.text;
  return part.type === 'interpolation' ? HOLE : '';
}

/** The formatting functions: `fmt.Sprintf`, `String.format`, `"…".format`, `"…".formatted`, `format!`. */
function formatted(node: Node, of: (part: Node | null | undefined) => string): string {
  const args = (node.childForFieldName('arguments')?.namedChildren ?? []).filter((part) => part !== null);
  const callee = node.childForFieldName('function');
  if (node.type === 'macro_invocation') {
    const tokens = node.namedChildren.find((part) => part?.type === 'token_tree');
    const format = tokens?.namedChildren[0];
    if (node.childForFieldName('macro')?.text !== 'format' || format?.type !== 'string_literal') return HOLE;
    return of(format).replace(/\{[^{}]{0,100}\}/g, HOLE);
  }
  if (node.type === 'method_invocation') {
    const [name, object] = [node.childForFieldName('name')?.text, node.childForFieldName('object')];
    if (name === 'format' && object?.text === 'String') return filled(of(args[0]), args.slice(1), of);
    if (name === 'formatted') return filled(of(object), args, of);
    return name === 'create' && object?.text === 'URI' ? of(args[0]) : HOLE;
  }
  if (callee?.text === 'fmt.Sprintf') return filled(of(args[0]), args.slice(1), of);
  if (callee?.type === 'attribute' && callee.childForFieldName('attribute')?.text === 'format')
    return of(callee.childForFieldName('object')).replace(/\{[^{}]{0,100}\}/g, HOLE);
  // `"x".to_string()`, `String::from("x")`
  if (callee?.type === 'field_expression' && /^(to_string|to_owned|into|as_str)$/.test(callee.childForFieldName('field')?.text ?? ''))
    return of(callee.childForFieldName('value'));
  return callee?.text === 'String::from' ? of(args[0]) : HOLE;
}

function filled(format: string, args: readonly Node[], of: (part: Node) => string): string {
  let next = 0;
  return format.replace(/%%|%[-+#0-9.*]{0,10}[a-zA-Z]/g, (verb) => {
    if (verb === '%%') return '%';
    const arg = args[next++];
    return arg ? of(arg) : HOLE;
  });
}

/** `/users/{id}` of `/users/<int:id>`, `/users/:id`, `/users/{id:[0-9]+}`, `/users/*rest` and `/users/{id...}`. */
export function pathTemplate(path: string): string {
  const template = path
    .replace(/<(?:[^<>:]{1,60}:)?([^<>]{1,60})>/g, '{$1}')
    .replace(/\{\*?(\w{1,60})(?:\.\.\.|:[^/]{0,200}?)?\}(?=\/|$|[^}\w])/g, '{$1}')
    .replace(/\{\$\}$/, '')
    .split('/')
    .map((segment) => segment.replace(/^[:*](\w+)\??$/, '{$1}'))
    .join('/');
  return `/${template.replace(/^\/+/, '')}`;
}

/** A path below a prefix: `/v1` and `/users/`. */
export const joinPaths = (prefix: string, path: string): string =>
  `${prefix.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`.replace(/(.)\/+$/, '$1');
