import type { Node } from 'web-tree-sitter';
import type { CodeFile, DeclarationKind } from './code-file.ts';
import type { Captures } from '../../parse/grammar.ts';
import type { Language } from './language.ts';
import { isSaid, joinPaths, literalText, pathTemplate } from './literal.ts';

const QUERY = `
(class_declaration name: (identifier) @name) @Class
(record_declaration name: (identifier) @name) @Class
(interface_declaration name: (identifier) @name) @Interface
(annotation_type_declaration name: (identifier) @name) @Interface
(enum_declaration name: (identifier) @name) @Enum
(enum_constant name: (identifier) @name) @EnumMember
(method_declaration name: (identifier) @name) @Method
(constructor_declaration name: (identifier) @name) @Constructor
(field_declaration declarator: (variable_declarator name: (identifier) @name value: (_)? @value)) @Property
(import_declaration) @import
(method_declaration (modifiers [(annotation) (marker_annotation)] @annotation) name: (identifier) @of)
(method_invocation object: (_) @object name: (identifier) @method arguments: (argument_list) @args
  (#match? @method "^(getForObject|getForEntity|postForObject|postForEntity|postForLocation|patchForObject|put|delete|exchange|uri|newBuilder|url)$")) @call
`;
const KINDS: readonly DeclarationKind[] = ['Class', 'Interface', 'Enum', 'EnumMember', 'Method', 'Constructor', 'Property'];
const VERB = '(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)';

export const java: Language = {
  name: 'java',
  files: /\.java$/,
  query: QUERY,
  testFramework: 'junit',
  isTestFile: (path) => /(?:^|\/)src\/(?:test|it|integrationTest)\//.test(path) || /(?:Test|Tests|IT)\.java$/.test(path),
  read: readJava,
};

function readJava(file: CodeFile, matches: readonly Captures[]): void {
  const constants = new Map<string, string>();
  for (const { Property, name, value } of matches)
    if (Property && name && value?.type === 'string_literal') constants.set(name.text, literalText(value, constants));
  for (const match of matches) {
    const { name, annotation, of, call, object, method, args } = match;
    if (match.import) readImport(file, match.import);
    else if (name) {
      const kind = KINDS.find((one) => match[one]);
      const node = kind && match[kind];
      if (kind && node)
        file.declare(kind, node, name, { exported: isExported(node), ...(kind === 'Constructor' ? { as: 'constructor' } : {}) });
    } else if (annotation && of) readAnnotation(file, annotation, of, constants);
    else if (call && object && method && args) readCall(file, { call, object, method: method.text, args }, constants);
  }
}

const modifiersOf = (node: Node): Node | undefined => node.namedChildren.find((child) => child?.type === 'modifiers') ?? undefined;

const isExported = (node: Node): boolean =>
  /(^|\s)(public|protected)(\s|$)/.test(modifiersOf(node)?.text ?? '') ||
  node.type === 'enum_constant' ||
  node.parent?.type === 'interface_body';

function readImport(file: CodeFile, node: Node): void {
  const name = node.namedChildren.find((child) => child?.type === 'scoped_identifier' || child?.type === 'identifier')?.text;
  if (name !== undefined) file.imports(node, node.namedChildren.some((child) => child?.type === 'asterisk') ? `${name}.*` : name);
}

/** Spring (`@GetMapping`), JAX-RS (`@GET` with `@Path`), declarative clients (`@FeignClient`, `@GetExchange`) and JUnit. */
function readAnnotation(file: CodeFile, annotation: Node, of: Node, constants: ReadonlyMap<string, string>): void {
  const name = annotation.childForFieldName('name')?.text.replace(/^.*\./, '') ?? '';
  const method = annotation.parent?.parent;
  const owner = method?.parent?.parent;
  if (!method) return;
  if (/^(Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate)$/.test(name)) {
    file.test(method);
    return;
  }
  const mapping = /^(Get|Post|Put|Patch|Delete|Request)(Mapping|Exchange)$/.exec(name) ?? /^(Http)(Exchange)$/.exec(name);
  const jaxRs = new RegExp(`^${VERB}$`).test(name) ? name : undefined;
  if (!mapping && jaxRs === undefined) return;
  const outer = owner && modifiersOf(owner);
  const around = (pattern: RegExp): Node | undefined =>
    outer?.namedChildren.find((one) => pattern.test(one?.childForFieldName('name')?.text ?? '')) ?? undefined;
  const own =
    jaxRs === undefined ? annotation : modifiersOf(method)?.namedChildren.find((one) => one?.childForFieldName('name')?.text === 'Path');
  const prefix = around(/^(RequestMapping|HttpExchange|Path)$/);
  const isClient = mapping?.[2] === 'Exchange' || around(/^(FeignClient|RegisterRestClient)$/) !== undefined;
  const verbs = jaxRs === undefined ? verbsOf(annotation, mapping?.[1] ?? '') : [jaxRs];
  const framework = jaxRs === undefined ? 'spring' : 'jax-rs';
  for (const base of pathsOf(prefix, constants))
    for (const below of pathsOf(own ?? undefined, constants))
      for (const verb of verbs) {
        const path = pathTemplate(joinPaths(base, below));
        if (isClient) file.call({ node: annotation, of, ...(verb === 'ANY' ? {} : { method: verb }), url: path });
        else file.route({ node: annotation, of, method: verb, path, framework });
      }
}

function verbsOf(annotation: Node, prefix: string): readonly string[] {
  if (prefix !== 'Request' && prefix !== 'Http') return [prefix.toUpperCase()];
  const method = argument(annotation, /^method$/)?.text ?? '';
  const verbs = method.match(new RegExp(`\\b${VERB}\\b`, 'g')) ?? [];
  return verbs.length === 0 ? ['ANY'] : verbs;
}

/** The paths that an annotation names; the empty one when it names none. */
function pathsOf(annotation: Node | undefined, constants: ReadonlyMap<string, string>): readonly string[] {
  const value = annotation && argument(annotation, /^(value|path|url)$/);
  if (!value) return [''];
  const list = value.type === 'element_value_array_initializer' ? value.namedChildren : [value];
  return list.map((one) => literalText(one, constants));
}

function argument(annotation: Node, name: RegExp): Node | undefined {
  const args = annotation.childForFieldName('arguments')?.namedChildren ?? [];
  const named = args.find((one) => one?.type === 'element_value_pair' && name.test(one.childForFieldName('key')?.text ?? ''));
  if (named) return named.childForFieldName('value') ?? undefined;
  return name.test('value') ? (args.find((one) => one && !/element_value_pair|comment/.test(one.type)) ?? undefined) : undefined;
}

interface Call {
  readonly call: Node;
  readonly object: Node;
  readonly method: string;
  readonly args: Node;
}

/** RestTemplate, WebClient and RestClient, java.net.http and OkHttp. */
function readCall(file: CodeFile, { call, object, method, args: list }: Call, constants: ReadonlyMap<string, string>): void {
  const args = list.namedChildren.filter((part): part is Node => part !== null && !part.type.endsWith('comment'));
  const url = literalText(args[0], constants);
  if (!isSaid(url) || !/^(https?:\/\/|\/|\{\}\/)/.test(url)) return;
  let verb: string | undefined;
  if (/^(uri|newBuilder|url)$/.test(method)) {
    // The verb is said before or after in the chain: `client.post().uri(…)`, `newBuilder(…).POST(…)`.
    const chain = method === 'uri' ? object.text.slice(-500) : chainAfter(call);
    verb = new RegExp(`\\.(${VERB})\\(`, 'i').exec(chain)?.[1] ?? /\.method\(\s*(?:HttpMethod\.|")([A-Z]+)/.exec(chain)?.[1];
    if (method !== 'uri' && !/HttpRequest|Request/.test(object.text)) return;
    if (method === 'uri' && !/\(/.test(object.text)) return;
    verb ??= method === 'uri' ? undefined : 'GET';
  } else if (method === 'exchange') verb = new RegExp(`\\b${VERB}\\b`).exec(args[1]?.text ?? '')?.[0];
  else {
    if (/^(put|delete)$/.test(method) && !/(rest|template|client)/i.test(object.text)) return;
    verb = /^(get|post|patch|put|delete)/.exec(method)?.[1];
  }
  file.call({ node: args[0] ?? call, ...(verb === undefined ? {} : { method: verb.toUpperCase() }), url });
}

/** What is called on the result. */
function chainAfter(call: Node): string {
  let at = call;
  for (let depth = 0; depth < 30 && at.parent?.type === 'method_invocation' && at.parent.childForFieldName('object')?.id === at.id; depth++)
    at = at.parent;
  return at.text.slice(call.text.length, call.text.length + 1000);
}
