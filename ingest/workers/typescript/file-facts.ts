import { createHash } from 'node:crypto';
import { isBuiltin } from 'node:module';
import { ts } from 'ts-morph';
import type { Edge, EdgeType } from '../../../graph/model/edge.ts';
import { configKeyId, declarationId, gapId, makeId, moduleId, type NodeId } from '../../../graph/model/id.ts';
import type { GapReason, Node } from '../../../graph/model/node.ts';
import type { Diagnostic } from '../../../graph/model/provenance.ts';
import { gapNode } from '../../gap.ts';
import type { LinkKey } from '../../keys.ts';
import { isKnownPackage } from '../../known-packages.ts';
import type { Repository } from '../../worker.ts';
import { declarationNodes, moduleNode } from './declarations.ts';
import { extractEdges } from './extract.ts';
import { declaredKey, testKeys, verifiesKeys } from './keys.ts';
import { namedDeclarations } from './naming.ts';
import type { ImportTarget, OpenProgram, Shortened } from './program.ts';
import { createResolver, unique, type Resolver } from './resolver.ts';
import { siteKeys } from './sites.ts';
import { variablesIn } from './expressions.ts';
import { testsOf } from './tests.ts';
import { messageOf } from '../../../graph/errors.ts';
import { baseName } from '../../parse/paths.ts';

/** Name of the worker, part of every unit id. */
export const WORKER = 'typescript';

/** What one file states, and what its facts depend on outside of it. */
export interface FileFacts {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of names that stand for nothing in the repository: a new declaration of that name may change that. */
  readonly missed: ReadonlySet<string>;
  /** Hash of what the module exports by statements other than declarations. */
  readonly exports: string;
  /** What linkers join on. */
  readonly keys: readonly LinkKey[];
  /** A script, or a module that augments others or the global scope: it needs no importer to be seen. */
  readonly global: boolean;
}

/** Extracts the files of one open program. A file on which the compiler fails is a diagnostic, its imports and a gap. */
export function createFileExtractor(repository: Repository, open: OpenProgram): (path: string) => FileFacts {
  const { name: repo, root } = repository;
  const owners = new Map<ts.SourceFile, ReadonlyMap<ts.Node, NodeId>>();
  const namedIn = (file: ts.SourceFile, path: string): ReadonlyMap<ts.Node, NodeId> => {
    let named = owners.get(file);
    if (!named)
      owners.set(file, (named = new Map(namedDeclarations(file).map(({ node, name }) => [node, declarationId(repo, path, name)]))));
    return named;
  };
  const ownerOf = (node: ts.Node): NodeId | undefined => {
    // Nodes that the checker makes up (the props of an intrinsic JSX element) stand in no file.
    const file = node.getSourceFile() as ts.SourceFile | undefined;
    const path = file && open.pathOf(file);
    if (path === undefined) return undefined;
    const named = namedIn(file!, path);
    for (let at = node; at && at !== file; at = at.parent) {
      const id = named.get(at);
      if (id !== undefined) return id;
    }
    return moduleId(repo, path);
  };
  const resolver = createResolver(open.checker, ownerOf);

  const idOf = (target: ImportTarget | undefined): NodeId | undefined => {
    if (target?.kind === 'file') return moduleId(repo, target.path);
    return target?.kind === 'package' ? makeId({ scheme: 'npm', path: target.name }) : undefined;
  };

  const factsOf = (file: ts.SourceFile, path: string): FileFacts => {
    const missed = new Set<string>();
    const module = moduleId(repo, path);
    const nodes: Node[] = [moduleNode(repo, path, file, languageOf(path)), ...declarationNodes(file, repo, path)];
    const edges: Edge[] = containment(nodes, module);
    const imports = open.importsOf(file);
    nodes.push(...packageNodes(imports));
    const diagnostics = syntaxDiagnostics(file, open.program, path);
    const gaps = createGaps(repo, path, file);
    for (const [specifier, target] of imports) {
      if (target.kind === 'unresolved' && !isBuiltin(specifier))
        edges.push(gapEdge(module, gaps.state('unresolved-import', specifier, file)));
    }
    if (diagnostics.length > 0) edges.push(gapEdge(module, gaps.state('parse-failure', path, file)));
    const shortened = open.shortened(file);
    if (shortened) {
      edges.push(gapEdge(module, gaps.state(shortened === 'too-large' ? 'too-large' : 'parse-failure', path, file)));
      diagnostics.push({ code: shortened, severity: 'warning', message: SHORTENED[shortened], file: path, span: TOP });
    }
    edges.push(
      ...extractEdges({
        file,
        moduleId: module,
        named: namedIn(file, path),
        resolver: recordMisses(resolver, missed),
        imported: (specifier) => idOf(imports.get(specifier.text)),
        gap: gaps.state,
        variablesIn: (value) => variablesIn(value).map((name) => configKeyId(repo, name)),
      }),
    );
    nodes.push(...gaps.nodes());
    addTests(file, path, repo, module, nodes, edges);
    const global = !isModule(file) || file.statements.some(isAugmentation);
    const keys = [
      declaredKey(module, nodes),
      ...siteKeys({
        file,
        moduleId: module,
        named: namedIn(file, path),
        resolver,
        isOwn: (specifier) => {
          const target = imports.get(specifier);
          // Types that the repository adds to a package do not make the package its own.
          return target?.kind === 'file' && !(target.path.endsWith('.d.ts') && isKnownPackage(specifier));
        },
      }),
      ...testKeys(nodes),
      ...verifiesKeys(file, module, namedIn(file, path)),
    ];
    return { nodes, edges, diagnostics, missed, exports: exportsOf(file), keys, global };
  };

  /** What is still known of a file on which the compiler fails: whom it imports. */
  const failureOf = (file: ts.SourceFile, path: string, error: unknown): FileFacts => {
    const problem = `The compiler failed on it: ${messageOf(error)}`;
    const facts = unreadFile(repo, path, 'parse-failure', problem);
    const imports = open.importsOf(file);
    const edges = unique([...imports.values()].map(idOf)).map((to) => edgeAtTop(moduleId(repo, path), 'IMPORTS', to));
    return { ...facts, nodes: [...facts.nodes, ...packageNodes(imports)], edges: [...facts.edges, ...edges] };
  };

  return (path) => {
    const file = open.program.getSourceFile(`${root}/${path}`);
    if (!file) return unreadFile(repo, path, 'unreadable');
    try {
      return factsOf(file, path);
    } catch (error) {
      return failureOf(file, path, error);
    }
  };
}

const packageNodes = (imports: ReadonlyMap<string, ImportTarget>): readonly Node[] =>
  unique([...imports.values()].map((target) => (target.kind === 'package' ? target.name : undefined))).map((name) => {
    return { id: makeId({ scheme: 'npm', path: name }), kind: 'Package', name, props: { external: true } };
  });

/** An ECMAScript or, as the compiler notes of JavaScript, a CommonJS module: what it declares is seen by who imports it. */
const isModule = (file: ts.SourceFile): boolean =>
  ts.isExternalModule(file) ||
  (file as ts.SourceFile & { readonly commonJsModuleIndicator?: ts.Node }).commonJsModuleIndicator !== undefined;

/** `declare module 'name'`, `declare global`. */
const isAugmentation = (statement: ts.Statement): boolean =>
  ts.isModuleDeclaration(statement) && (ts.isStringLiteral(statement.name) || (statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0);

const TOP = { line: 1, col: 1, endLine: 1, endCol: 1 };

const SHORTENED: Record<Shortened, string> = {
  'too-deep': 'Is nested too deeply to be analysed; only its imports are known.',
  'too-large': 'Is too large to be analysed; only its imports are known. If it is generated, list it in .specgraphignore.',
};

/** The facts of a file that was not analysed: that it exists, and why nothing more is known. */
export function unreadFile(repo: string, path: string, reason: 'unreadable' | 'parse-failure', problem?: string): FileFacts {
  const module = moduleId(repo, path);
  const message = GAP_MESSAGES[reason](path);
  const gap = gapNode({ repo, file: path, span: TOP }, reason, path, message);
  const bare = unownedFile(repo, path);
  return {
    ...bare,
    nodes: [...bare.nodes, gap],
    edges: [gapEdge(module, gap.id)],
    diagnostics: [
      { code: reason, severity: 'error', message: problem === undefined ? message : `${message} ${problem}`, file: path, span: TOP },
    ],
  };
}

/** A file that no project takes in, such as a stray script of a TypeScript project: it exists. */
export const unownedFile = (repo: string, path: string): FileFacts => ({
  nodes: [moduleNode(repo, path, undefined, languageOf(path))],
  edges: [],
  diagnostics: [],
  missed: new Set(),
  exports: '',
  keys: [],
  global: false,
});

/** Export statements and assignments, which no declaration node describes. */
function exportsOf(file: ts.SourceFile): string {
  const statements = file.statements.filter((statement) => ts.isExportDeclaration(statement) || ts.isExportAssignment(statement));
  return createHash('sha1')
    .update(statements.map((statement) => statement.getText(file)).join('\n'))
    .digest('hex');
}

/** The resolver, noting every name that it finds nothing for. */
function recordMisses(resolver: Resolver, missed: Set<string>): Resolver {
  const note = (ids: readonly NodeId[], text: string): readonly NodeId[] => {
    if (ids.length === 0) missed.add(text);
    return ids;
  };
  return {
    ...resolver,
    named: (node) => note(resolver.named(node), 'text' in node ? String(node.text) : ''),
    property: (holder, name) => note(resolver.property(holder, name), name),
    contextualProperty: (literal, name) => note(resolver.contextualProperty(literal, name), name),
  };
}

const languageOf = (path: string): string => (/\.[cm]?jsx?$/.test(path) ? 'javascript' : 'typescript');

const GAP_MESSAGES: Record<GapReason, (detail: string) => string> = {
  'parse-failure': (path) => `${path} does not parse; what it refers to is partly unknown.`,
  'unresolved-import': (specifier) => `"${specifier}" does not resolve; what is used of it is unknown.`,
  'any-receiver': (member) => `"${member}" is used on a value of type any; which declaration it means is unknown.`,
  'computed-access': (type) => `A member of ${type} is chosen by a computed key; which one is unknown.`,
  'dynamic-import': (specifier) => `${specifier} is imported under a computed name.`,
  'too-large': (path) => `${path} is too large to be analysed; what it uses of its imports is unknown.`,
  unreadable: (path) => `${path} cannot be read.`,
};

/** The gaps of one file: one node for each reason and detail, placed where it is first met. */
function createGaps(
  repo: string,
  path: string,
  file: ts.SourceFile,
): { state(reason: GapReason, detail: string, at: ts.Node): NodeId; nodes(): readonly Node[] } {
  const found = new Map<NodeId, Node>();
  return {
    state(reason, text, at) {
      const detail = text.replaceAll('\0', '\\0');
      const id = gapId(repo, path, reason, detail);
      if (!found.has(id)) {
        const start = file.getLineAndCharacterOfPosition(at === file ? 0 : at.getStart(file));
        const span = { line: start.line + 1, col: start.character + 1, endLine: start.line + 1, endCol: start.character + 1 };
        found.set(id, gapNode({ repo, file: path, span }, reason, detail, GAP_MESSAGES[reason](detail), detail));
      }
      return id;
    },
    nodes: () => [...found.values()],
  };
}

const gapEdge = (from: NodeId, to: NodeId): Edge => edgeAtTop(from, 'AFFECTED_BY_GAP', to);

/** An edge of a whole file. */
const edgeAtTop = (from: NodeId, type: EdgeType, to: NodeId): Edge => ({
  from,
  type,
  to,
  tier: 'compiler',
  confidence: 1,
  sites: [{ line: 1, col: 1 }],
});

/** Module → top-level declarations → members. */
function containment(nodes: readonly Node[], module: NodeId): Edge[] {
  const ids = new Set(nodes.map(({ id }) => id));
  return nodes.slice(1).map((node): Edge => {
    const outer = node.id.slice(0, node.id.length - node.name.length - 1);
    return {
      from: ids.has(outer) ? outer : module,
      type: 'CONTAINS',
      to: node.id,
      tier: 'compiler',
      confidence: 1,
      sites: [{ line: node.span!.line, col: node.span!.col }],
    };
  });
}

function addTests(file: ts.SourceFile, path: string, repo: string, module: NodeId, nodes: Node[], edges: Edge[]): void {
  const tests = testsOf(file, path);
  if (!tests) return;
  const id = makeId({ repo, scheme: 'test', path });
  nodes.push({
    id,
    kind: 'TestFile',
    name: baseName(path),
    repo,
    file: path,
    span: { ...TOP, endLine: file.getLineStarts().length },
    props: { framework: tests.framework },
  });
  edges.push(edgeAtTop(id, 'TESTS', module));
  const seen = new Set<string>();
  for (const { title, modifier, node } of tests.cases) {
    if (seen.has(title)) continue;
    seen.add(title);
    const start = file.getLineAndCharacterOfPosition(node.getStart(file));
    const end = file.getLineAndCharacterOfPosition(node.end);
    const span = { line: start.line + 1, col: start.character + 1, endLine: end.line + 1, endCol: end.character + 1 };
    const caseId = makeId({ repo, scheme: 'test', path, descriptor: title });
    nodes.push({ id: caseId, kind: 'TestCase', name: title, repo, file: path, span, props: { title, ...(modifier ? { modifier } : {}) } });
    edges.push({ from: id, type: 'CONTAINS', to: caseId, tier: 'compiler', confidence: 1, sites: [{ line: span.line, col: span.col }] });
  }
}

function syntaxDiagnostics(file: ts.SourceFile, program: ts.Program, path: string): Diagnostic[] {
  return program
    .getSyntacticDiagnostics(file)
    .slice(0, 20)
    .map((problem) => {
      const start = file.getLineAndCharacterOfPosition(problem.start);
      const end = file.getLineAndCharacterOfPosition(problem.start + problem.length);
      return {
        code: `TS${problem.code}`,
        severity: 'error',
        message: ts.flattenDiagnosticMessageText(problem.messageText, ' '),
        file: path,
        span: { line: start.line + 1, col: start.character + 1, endLine: end.line + 1, endCol: end.character + 1 },
      };
    });
}
