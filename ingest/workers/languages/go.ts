import type { Node } from 'web-tree-sitter';
import type { CodeFile } from './code-file.ts';
import type { Captures } from '../../parse/grammar.ts';
import type { Language } from './language.ts';
import { HOLE, isSaid, joinPaths, literalText, pathTemplate } from './literal.ts';

const VERBS = ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'Any'].flatMap((verb) => [verb, verb.toUpperCase()]).join('|');
const CALLS = `${VERBS}|Route|Group|Handle|HandleFunc|Method|MethodFunc|PostForm|NewRequest|NewRequestWithContext|Run`;
const QUERY = `
(function_declaration name: (identifier) @name) @Function
(method_declaration receiver: (parameter_list) @receiver name: (field_identifier) @name) @Function
(source_file (type_declaration [(type_spec name: (type_identifier) @name type: (_) @type) (type_alias name: (type_identifier) @name type: (_) @type)] @Type))
(source_file (const_declaration (const_spec . name: (identifier) @name value: (expression_list . (_) @value)?) @Variable))
(source_file (var_declaration [(var_spec) (var_spec_list)] @vars))
(struct_type (field_declaration_list (field_declaration name: (field_identifier) @name) @Property))
(interface_type (method_elem name: (field_identifier) @name) @Function)
(import_spec path: (_) @import)
(short_var_declaration left: (expression_list . (identifier) @variable) right: (expression_list . (call_expression
  function: (selector_expression operand: (_) @operand field: (field_identifier) @method (#match? @method "^(Group|Route|PathPrefix)$"))
  arguments: (argument_list) @args)))
(call_expression function: (selector_expression operand: (_) @operand field: (field_identifier) @method) arguments: (argument_list) @args
  (#match? @method "^(${CALLS})$")) @call
`;
const FRAMEWORKS: Readonly<Record<string, string>> = {
  'gin-gonic/gin': 'gin',
  'labstack/echo': 'echo',
  'go-chi/chi': 'chi',
  'gofiber/fiber': 'fiber',
  'gorilla/mux': 'gorilla',
  'julienschmidt/httprouter': 'httprouter',
};
const FRAMEWORK = new RegExp(`"github\\.com/(${Object.keys(FRAMEWORKS).join('|')})[/"]`);
const TEST = /^(Test|Benchmark|Fuzz|Example)(\P{Ll}|$)/u;
const VERB = new RegExp(`^(${VERBS})$`);
/** What a handler may be written as; anything else is an argument of something that is no route. */
const HANDLER = /^(identifier|selector_expression|func_literal|call_expression)$/;
/** Stretches within which routes or tests are nested, of one file. */
const MOST_STRETCHES = 1000;

export const go: Language = {
  name: 'go',
  files: /\.go$/,
  query: QUERY,
  testFramework: 'go test',
  isTestFile: (path) => path.endsWith('_test.go'),
  read: readGo,
};

function readGo(file: CodeFile, matches: readonly Captures[]): void {
  const { text, path } = file.source;
  const framework = FRAMEWORKS[FRAMEWORK.exec(text)?.[1] ?? ''] ?? 'net/http';
  const constants = new Map<string, string>();
  for (const { Variable, name, value } of matches)
    if (Variable && name && value && value.type.endsWith('string_literal')) constants.set(name.text, literalText(value, constants));
  const functions = matches.flatMap(({ Function: func, receiver, name }) =>
    func && !receiver && name && TEST.test(name.text) ? [{ start: func.startIndex, end: func.endIndex, says: name.text }] : [],
  );
  const isTest = path.endsWith('_test.go');
  /** Prefixes of groups of routes, by variable; the last one above a site counts. */
  const groups = new Map<string, string>();
  const known: Known = {
    framework,
    constants,
    groups,
    nested: stretchesOf(matches, /^(Route|Group)$/, constants),
    tests: isTest
      ? [...functions.slice(0, MOST_STRETCHES), ...stretchesOf(matches, /^Run$/, constants)].sort((a, b) => a.start - b.start)
      : [],
  };
  for (const match of matches) {
    const { name, args, operand, method } = match;
    if (match.import) file.imports(match.import, literalText(match.import, constants));
    else if (match.vars) readVariables(file, match.vars);
    else if (name) declare(file, match, name, isTest);
    else if (match.variable && args && operand)
      groups.set(match.variable.text, joinPaths(groups.get(operand.text) ?? '', literalText(args.namedChildren[0], constants)));
    else if (match.call && args && operand && method) readCall(file, { call: match.call, operand, method: method.text, args }, known);
  }
}

function readVariables(file: CodeFile, node: Node): void {
  const specs = node.type === 'var_spec' ? [node] : node.namedChildren.filter((child) => child?.type === 'var_spec');
  for (const spec of specs)
    for (const name of spec?.childrenForFieldName('name') ?? [])
      if (spec && name?.type === 'identifier') file.declare('Variable', spec, name, { exported: isUpper(name.text) });
}

function declare(
  file: CodeFile,
  { Function: func, receiver, Type, type, Variable, Property }: Captures,
  name: Node,
  isTest: boolean,
): void {
  const exported = isUpper(name.text);
  if (func) {
    // `(s *Server)`, `(s Server[T])`: the type it belongs to, which may stand in another file of the package.
    const owner = receiver && /([A-Za-z_]\w*)\s*(?:\[[^\]]*\])?\s*\)$/.exec(receiver.text)?.[1];
    file.declare('Function', func, name, { exported, ...(owner ? { owner } : {}) });
    if (isTest && !owner && TEST.test(name.text)) file.test(func, name.text);
  } else if (Type && type) {
    const kind = type.type === 'struct_type' ? 'Class' : type.type === 'interface_type' ? 'Interface' : 'TypeAlias';
    file.declare(kind, Type, name, { exported });
  } else if (Variable) file.declare('Variable', Variable, name, { exported });
  else if (Property) file.declare('Property', Property, name, { exported });
}

interface Call {
  readonly call: Node;
  readonly operand: Node;
  readonly method: string;
  readonly args: Node;
}
/** Part of a file, and what the call around it says of it. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly says: string;
}
interface Known {
  readonly framework: string;
  readonly constants: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, string>;
  /** Functions whose routes stand below a path. */
  readonly nested: readonly Stretch[];
  /** Bodies of tests and of parts of tests. */
  readonly tests: readonly Stretch[];
}

function readCall(file: CodeFile, { call, operand, method, args: list }: Call, known: Known): void {
  const args = list.namedChildren.filter((part): part is Node => part !== null && part.type !== 'comment');
  const said = (at: number): string => literalText(args[at], known.constants);
  const last = args.at(-1);
  if (method === 'Run') {
    const titles = around(known.tests, call);
    if (titles.length > 0 && isSaid(said(0)) && !said(0).includes(HOLE) && last?.type === 'func_literal')
      file.test(call, [...titles, said(0)].join(' > '));
    return;
  }
  if (method === 'NewRequest' || method === 'NewRequestWithContext') {
    const at = method === 'NewRequest' ? 0 : 1;
    // `http.MethodGet` is a constant of the library.
    const verb = /Method(\w+)$/.exec(args[at]?.text ?? '')?.[1] ?? said(at);
    if (isSaid(said(at + 1)))
      file.call({ node: call, ...(/^[A-Za-z]+$/.test(verb) ? { method: verb.toUpperCase() } : {}), url: said(at + 1) });
    return;
  }
  const isHandle = /^(Handle|Method)(Func)?$/.test(method);
  const inArgument = isHandle && args.length > 2;
  const written = said(inArgument ? 1 : 0);
  const [, verbInPath, path = written] = /^([A-Z]+) +(?=\S)(.*)$/.exec(written) ?? [];
  const isPath = path.startsWith('/') || (path === '' && known.groups.has(operand.text));
  if (args.length >= 2 && last && HANDLER.test(last.type) && isPath && (isHandle || VERB.test(method))) {
    const verb = (isHandle ? (inArgument ? said(0) : verbInPath) : method)?.toUpperCase() ?? chainedVerb(call);
    const outer = around(known.nested, call).filter((says) => says.startsWith('/'));
    const prefix = [...outer, prefixOf(operand, known)].reduce(joinPaths, '');
    file.route({
      node: call,
      ...(last.type === 'func_literal' ? {} : { handler: last.text.slice(0, 200) }),
      method: verb === undefined || !/^[A-Z]+$/.test(verb) ? 'ANY' : verb,
      path: pathTemplate(joinPaths(prefix, path)),
      framework: known.framework,
    });
    return;
  }
  const isUrl = /^(https?:\/\/|\{\}\/)/.test(path);
  if (!isHandle && isUrl && (operand.text === 'http' || VERB.test(method) || method === 'PostForm'))
    file.call({ node: call, method: method === 'PostForm' ? 'POST' : method.toUpperCase(), url: path });
}

function prefixOf(operand: Node, { constants, groups }: Known): string {
  if (operand.type !== 'call_expression') return groups.get(operand.text) ?? '';
  const func = operand.childForFieldName('function');
  if (func?.childForFieldName('field')?.text !== 'Group') return '';
  return joinPaths(
    groups.get(func.childForFieldName('operand')?.text ?? '') ?? '',
    literalText(operand.childForFieldName('arguments')?.namedChildren[0], constants),
  );
}

/** `.Methods("GET")` after it. */
function chainedVerb(call: Node): string | undefined {
  const chained = call.parent;
  if (chained?.type !== 'selector_expression' || chained.childForFieldName('field')?.text !== 'Methods') return undefined;
  const [verb, more] = chained.parent?.childForFieldName('arguments')?.namedChildren ?? [];
  if (!verb || more) return undefined;
  return /Method(\w+)$/.exec(verb.text)?.[1]?.toUpperCase() ?? literalText(verb, new Map()).toUpperCase();
}

/** What the stretches around a site say, outermost first. */
const around = (stretches: readonly Stretch[], { startIndex }: Node): readonly string[] =>
  stretches.filter(({ start, end }) => start < startIndex && startIndex < end).map(({ says }) => says);

/** Calls whose last argument is a function: `Route("/v1", func …)`, `t.Run("adds", func …)`. */
function stretchesOf(matches: readonly Captures[], method: RegExp, constants: ReadonlyMap<string, string>): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const match of matches) {
    const body = match.args?.lastNamedChild;
    if (!match.call || !match.method || body?.type !== 'func_literal' || !method.test(match.method.text)) continue;
    const says = literalText(match.args?.firstNamedChild, constants);
    found.push({ start: body.startIndex, end: body.endIndex, says });
    if (found.length === MOST_STRETCHES) break;
  }
  return found.sort((a, b) => a.start - b.start);
}

const isUpper = (name: string): boolean => /^\p{Lu}/u.test(name);
