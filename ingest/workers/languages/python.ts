import type { Node } from 'web-tree-sitter';
import { firstSentence, type CodeFile } from './code-file.ts';
import type { Captures } from '../../parse/grammar.ts';
import type { Language } from './language.ts';
import { isSaid, joinPaths, literalText, pathTemplate } from './literal.ts';

const METHODS = 'get|post|put|patch|delete|head|options';
const QUERY = `
(class_definition name: (identifier) @name) @Class
(function_definition name: (identifier) @name) @Function
(module (expression_statement (assignment left: (identifier) @name right: (_)? @value) @Variable))
(class_definition body: (block (expression_statement (assignment left: (identifier) @name) @Property)))
[(import_statement) (import_from_statement)] @import
(decorated_definition (decorator (call function: (attribute object: (_) @object attribute: (identifier) @method) arguments: (argument_list) @args) @decorator) definition: (_) @definition
  (#match? @method "^(route|websocket|api_route|${METHODS})$"))
(call function: (attribute object: (_) @object attribute: (identifier) @method) arguments: (argument_list) @args
  (#match? @method "^(request|add_url_rule|add_api_route|${METHODS})$")) @call
(call function: (identifier) @function arguments: (argument_list) @args (#match? @function "^(path|re_path|url)$")) @call
`;

const FRAMEWORK = /^\s*(?:from|import)\s+(fastapi|flask|sanic|starlette|quart|litestar|bottle|aiohttp|falcon|django|flask_restful)\b/m;
const CLIENT = /(^|\.|_)(requests|httpx|session|client|http|aiohttp|api|urllib3)$/i;
const TEST_PATH = /(?:^|\/)(?:test_[^/]*|[^/]*_test|tests?|conftest)\.py$/;

export const python: Language = {
  name: 'python',
  files: /\.py$/,
  query: QUERY,
  testFramework: 'pytest',
  isTestFile: (path) => TEST_PATH.test(path) || /(?:^|\/)tests?\//.test(path),
  read: readPython,
};

function readPython(file: CodeFile, matches: readonly Captures[]): void {
  const { text, path } = file.source;
  const framework = FRAMEWORK.exec(text)?.[1] ?? 'python';
  const constants = new Map<string, string>();
  /** Prefix of the routes of a router or blueprint. */
  const prefixes = new Map<string, string>();
  for (const { Variable, name, value } of matches) {
    if (!Variable || !name || !value || constants.has(name.text)) continue;
    if (/^(concatenated_)?string$/.test(value.type)) constants.set(name.text, literalText(value, constants));
    const args = value.type === 'call' ? value.childForFieldName('arguments') : null;
    const prefix = args && (keyword(args, 'prefix') ?? keyword(args, 'url_prefix'));
    if (prefix) prefixes.set(name.text, literalText(prefix, constants));
  }
  const isTestFile = TEST_PATH.test(path);
  for (const match of matches) {
    const { name, method, args, object } = match;
    if (match.import) readImport(file, match.import);
    else if (name) declare(file, match, name, isTestFile);
    else if (args && match.decorator && match.definition && method && object)
      for (const verb of verbsOf(method.text, args))
        file.route({
          node: match.decorator,
          of: match.definition.childForFieldName('name') ?? match.definition,
          method: verb,
          path: pathTemplate(joinPaths(prefixes.get(object.text) ?? '', literalText(args.namedChildren[0], constants))),
          framework,
        });
    else if (args && match.call && match.call.parent?.type !== 'decorator') readCall(file, match, args, framework, constants);
  }
}

function declare(file: CodeFile, match: Captures, name: Node, isTestFile: boolean): void {
  const exported = !name.text.startsWith('_') || /^__\w+__$/.test(name.text);
  const node = match.Class ?? match.Function ?? match.Variable ?? match.Property;
  if (!node) return;
  const docs = node.childForFieldName('body')?.namedChildren[0]?.namedChildren[0];
  const doc = docs?.type === 'string' ? firstSentence(literalText(docs, new Map())) : '';
  const said = { exported, ...(doc === '' ? {} : { doc }) };
  // With its decorators: what they say belongs to it.
  const whole = node.parent?.type === 'decorated_definition' ? node.parent : node;
  if (match.Class) file.declare('Class', whole, name, said);
  else if (match.Function) {
    file.declare(name.text === '__init__' ? 'Constructor' : 'Function', whole, name, said);
    if (isTestFile && name.text.startsWith('test')) file.test(whole);
  } else if (match.Variable) file.declare('Variable', node, name, said);
  else file.declare('Property', node, name, said);
}

function readImport(file: CodeFile, node: Node): void {
  const nameOf = (part: Node): string => (part.type === 'aliased_import' ? (part.childForFieldName('name') ?? part) : part).text;
  const names = node.childrenForFieldName('name').flatMap((part) => (part ? [nameOf(part)] : []));
  const from = node.childForFieldName('module_name');
  if (from) file.imports(node, from.text.replace(/\s/g, ''), names);
  else for (const name of names) file.imports(node, name);
}

function readCall(file: CodeFile, match: Captures, args: Node, framework: string, constants: ReadonlyMap<string, string>): void {
  const { call, object, method, function: named } = match;
  if (!call) return;
  const [first, second] = positional(args);
  if (named) {
    // Django: only the lists of a URL configuration.
    if (!/\burlpatterns\b/.test(file.source.text) || first?.type !== 'string' || !second || /^include\b/.test(second.text)) return;
    const path = literalText(first, constants);
    const template = named.text === 'path' ? path : path.replace(/^\^|\$$/g, '').replace(/\(\?P<(\w+)>[^()]*\)/g, '<$1>');
    file.route({
      node: call,
      handler: second.text.replace(/\.as_view\(.*$/s, ''),
      method: 'ANY',
      path: pathTemplate(template),
      framework: 'django',
    });
    return;
  }
  if (!method || !object) return;
  if (method.text.startsWith('add_')) {
    const isRule = method.text === 'add_url_rule';
    const handler = keyword(args, isRule ? 'view_func' : 'endpoint') ?? positional(args)[isRule ? 2 : 1];
    for (const verb of verbsOf('route', args))
      file.route({
        node: call,
        ...(handler ? { handler: handler.text } : {}),
        method: verb,
        path: pathTemplate(literalText(first, constants)),
        framework,
      });
    return;
  }
  const isRequest = method.text === 'request';
  const url = literalText(keyword(args, 'url') ?? (isRequest ? second : first), constants);
  if (!isSaid(url) || !/^(https?:\/\/|\/|\{\})/.test(url)) return;
  if (!CLIENT.test(object.text.replace(/\(.*\)$/s, '')) && !/^https?:\/\//.test(url)) return;
  const verb = isRequest ? literalText(first, constants).toUpperCase() : method.text.toUpperCase();
  file.call({ node: call, ...(/^[A-Z]+$/.test(verb) ? { method: verb } : {}), url });
}

function verbsOf(decorator: string, args: Node): readonly string[] {
  if (decorator === 'websocket') return ['GET'];
  if (!decorator.endsWith('route')) return [decorator.toUpperCase()];
  const methods =
    keyword(args, 'methods')?.namedChildren.flatMap((part) =>
      part?.type === 'string' ? [literalText(part, new Map()).toUpperCase()] : [],
    ) ?? [];
  return methods.length === 0 ? ['GET'] : methods;
}

const positional = (args: Node): readonly Node[] =>
  args.namedChildren.filter((part): part is Node => part !== null && part.type !== 'keyword_argument' && part.type !== 'comment');

const keyword = (args: Node, name: string): Node | undefined =>
  args.namedChildren
    .find((part) => part?.type === 'keyword_argument' && part.childForFieldName('name')?.text === name)
    ?.childForFieldName('value') ?? undefined;
