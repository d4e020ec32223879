import type { Node } from 'web-tree-sitter';
import type { CodeFile, DeclarationKind } from './code-file.ts';
import type { Captures } from '../../parse/grammar.ts';
import type { Language } from './language.ts';
import { isSaid, literalText, pathTemplate } from './literal.ts';

const VERBS = 'get|post|put|patch|delete|head|options';
const QUERY = `
(function_item name: (identifier) @name) @Function
(function_signature_item name: (identifier) @name) @Function
(struct_item name: (type_identifier) @name) @Class
(union_item name: (type_identifier) @name) @Class
(enum_item name: (type_identifier) @name) @Enum
(enum_variant name: (identifier) @name) @EnumMember
(trait_item name: (type_identifier) @name) @Interface
(type_item name: (type_identifier) @name) @TypeAlias
(const_item name: (identifier) @name value: (_)? @value) @Variable
(static_item name: (identifier) @name value: (_)? @value) @Variable
(field_declaration name: (field_identifier) @name) @Property
(mod_item name: (identifier) @name) @mod
(impl_item type: (_) @type) @impl
(use_declaration argument: (_) @use)
(attribute_item (attribute) @attribute) @attributed
(call_expression function: [(scoped_identifier name: (identifier) @method) (field_expression field: (field_identifier) @method)] @callee
  arguments: (arguments) @args (#match? @method "^(route|service|${VERBS}|request)$")) @call
`;
const KINDS: readonly DeclarationKind[] = ['Function', 'Class', 'Enum', 'EnumMember', 'Interface', 'TypeAlias', 'Variable', 'Property'];
const FRAMEWORK = /\b(axum|actix_web|rocket|warp|poem)(?:::|\s*;)/;
const MOST_NAMES = 200;

export const rust: Language = {
  name: 'rust',
  files: /\.rs$/,
  query: QUERY,
  testFramework: 'cargo test',
  isTestFile: (path) => /(?:^|\/)tests\//.test(path),
  read: readRust,
};

function readRust(file: CodeFile, matches: readonly Captures[]): void {
  const framework = FRAMEWORK.exec(file.source.text)?.[1] ?? 'rust';
  const constants = new Map<string, string>();
  for (const { name, value } of matches)
    if (name && value && value.type.endsWith('string_literal')) constants.set(name.text, literalText(value, constants));
  for (const match of matches) {
    const { name, use, impl, type, mod, attribute, attributed, call, callee, method, args } = match;
    if (mod && name) {
      if (mod.childForFieldName('body')) file.declare('Namespace', mod, name, { exported: isPublic(mod) });
      else file.imports(mod, `self::${name.text}`);
    } else if (impl && type) file.scope(impl, /^[\w:]*?(\w+)(?=$|[<\s])/.exec(type.text)?.[1] ?? type.text.slice(0, 100));
    else if (use) for (const path of usedPaths(use, '', 0).slice(0, MOST_NAMES)) file.imports(use, path);
    else if (attribute && attributed) readAttribute(file, attribute, attributed, framework);
    else if (call && callee && method && args) readCall(file, { call, callee, method: method.text, args }, framework, constants);
    else if (name) {
      const kind = KINDS.find((one) => match[one]);
      const node = kind && match[kind];
      if (kind && node) file.declare(kind, node, name, { exported: isPublic(node) || kind === 'EnumMember' });
    }
  }
}

const isPublic = (node: Node): boolean =>
  node.namedChildren[0]?.type === 'visibility_modifier' || node.parent?.parent?.type === 'trait_item';

/** `crate::models::{User, item::Item as I}` as the paths it stands for. */
function usedPaths(node: Node, before: string, depth: number): readonly string[] {
  if (depth > 20) return [];
  const join = (path: string): string => (before === '' ? path : `${before}::${path}`);
  switch (node.type) {
    case 'use_list':
      return node.namedChildren.flatMap((child) => (child ? usedPaths(child, before, depth + 1) : []));
    case 'scoped_use_list': {
      const [path, list] = [node.childForFieldName('path'), node.childForFieldName('list')];
      return list ? usedPaths(list, path ? join(path.text) : before, depth + 1) : [];
    }
    case 'use_as_clause':
      return [join(node.childForFieldName('path')?.text ?? '')];
    case 'use_wildcard':
      return [join(node.namedChildren[0]?.text ?? '')];
    default:
      return [node.text === 'self' ? before : join(node.text)];
  }
}

/** `#[get("/users/{id}")]` of Actix and Rocket, and `#[test]` of anyone. */
function readAttribute(file: CodeFile, attribute: Node, item: Node, framework: string): void {
  const name = attribute.namedChildren[0]?.text ?? '';
  const isTest = /(^|::)(test|rstest|test_case)$/.test(name);
  const isRoute = new RegExp(`^(?:\\w+::)?(?:${VERBS}|route)$`).test(name);
  if (!isTest && !isRoute) return;
  let decorated = item.nextNamedSibling;
  while (decorated && /^attribute_item$|comment$/.test(decorated.type)) decorated = decorated.nextNamedSibling;
  if (decorated?.type !== 'function_item') return;
  if (isTest) {
    file.test(decorated);
    return;
  }
  const tokens = attribute.childForFieldName('arguments')?.namedChildren ?? [];
  const path = tokens.find((token) => token?.type === 'string_literal');
  if (!path) return;
  const verb = name.replace(/^.*::/, '');
  const methods = verb === 'route' ? [...attribute.text.matchAll(/method\s*=\s*"(\w+)"/g)].map(([, method = '']) => method) : [verb];
  for (const method of methods.length === 0 ? ['ANY'] : methods)
    file.route({
      node: attribute,
      of: decorated.childForFieldName('name') ?? decorated,
      method: method.toUpperCase(),
      path: pathTemplate(literalText(path, new Map())),
      framework,
    });
}

interface Call {
  readonly call: Node;
  readonly callee: Node;
  readonly method: string;
  readonly args: Node;
}

function readCall(file: CodeFile, { call, callee, method, args }: Call, framework: string, constants: ReadonlyMap<string, string>): void {
  const [first, second] = args.namedChildren;
  const said = literalText(first, constants);
  if (method === 'route') {
    // Axum: `.route("/users", get(list).post(add))`; Actix: `web::get().to(list)`.
    if (!second || !said.startsWith('/')) return;
    for (const { verb, handler } of verbsIn(second))
      file.route({ node: first ?? call, ...(handler === undefined ? {} : { handler }), method: verb, path: pathTemplate(said), framework });
    return;
  }
  const verb = method === 'request' ? /::(\w+)$/.exec(first?.text ?? '')?.[1] : method;
  const url = method === 'request' ? literalText(second, constants) : said;
  const isClient =
    /^(reqwest|ureq|surf|isahc)::/.test(callee.text) || (callee.type === 'field_expression' && /^(https?:\/\/|\{\}\/)/.test(url));
  if (isClient && isSaid(url)) file.call({ node: first ?? call, ...(verb === undefined ? {} : { method: verb.toUpperCase() }), url });
}

/** The methods of a chain such as `get(list).post(add)`, and who handles each. */
function verbsIn(chain: Node): readonly { readonly verb: string; readonly handler?: string }[] {
  const found: { verb: string; handler?: string }[] = [];
  let at: Node | null = chain;
  let handler: string | undefined;
  for (let depth = 0; at?.type === 'call_expression' && depth < 20; depth++) {
    const callee: Node | null = at.childForFieldName('function');
    const name = (callee?.childForFieldName('field') ?? callee?.childForFieldName('name') ?? callee)?.text ?? '';
    const arg = at.childForFieldName('arguments')?.namedChildren[0];
    const named = arg && /^(identifier|scoped_identifier)$/.test(arg.type) ? arg.text : undefined;
    if (name === 'to') handler = named;
    else if (name === 'any' || new RegExp(`^(${VERBS})$`).test(name)) {
      const by = named ?? handler;
      found.unshift({ verb: name.toUpperCase(), ...(by === undefined ? {} : { handler: by.replaceAll('::', '.') }) });
    }
    at = callee?.type === 'field_expression' ? callee.childForFieldName('value') : null;
  }
  return found;
}
