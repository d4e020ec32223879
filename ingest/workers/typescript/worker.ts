import { isBuiltin } from 'node:module';
import { ts } from 'ts-morph';
import { unitId, type UnitDelta } from '../../../graph/model/delta.ts';
import type { Edge } from '../../../graph/model/edge.ts';
import { makeId, moduleId, type NodeId } from '../../../graph/model/id.ts';
import type { GapReason, Node } from '../../../graph/model/node.ts';
import type { Diagnostic } from '../../../graph/model/provenance.ts';
import { throwIfAborted } from '../../../graph/errors.ts';
import type { DiscoveredFile, ExtractInput, ExtractOptions, Repository, SourceWorker, WorkerSession } from '../../worker.ts';
import { declarationNodes, moduleNode } from './declarations.ts';
import { extractEdges } from './extract.ts';
import { namedDeclarations } from './naming.ts';
import { createSourceFileCache, openProgram, type ImportTarget, type OpenProgram } from './program.ts';
import { findProjects, isSource, type Project } from './projects.ts';
import { createResolver } from './resolver.ts';
import { testsOf } from './tests.ts';
import { findWorkspace } from './workspace.ts';

const NAME = 'typescript';
/** Bytes. Generated bundles above this are named, not read. */
const LARGEST_SOURCE = 2_000_000;

/** TypeScript and JavaScript sources, through the TypeScript compiler that ts-morph carries. */
export function createTypescriptWorker(): SourceWorker {
  return {
    name: NAME,
    claims: (path) => isSource(path),
    open: (repository) => createSession(repository),
  };
}

function createSession(repository: Repository): WorkerSession {
  return {
    extract: (input, options) => extract(repository, input, options),
    [Symbol.dispose]: () => undefined,
  };
}

async function* extract(repository: Repository, input: ExtractInput, options: ExtractOptions): AsyncIterable<UnitDelta> {
  const { root } = repository;
  const byPath = new Map(input.files.map((file) => [file.path, file]));
  const readable = input.files.filter((file) => !isSource(file.path) || file.size <= LARGEST_SOURCE).map(({ path }) => path);
  const known = new Set(readable);
  const { projects } = findProjects(root, readable);
  const workspace = findWorkspace(root, readable);
  const sourceFiles = createSourceFileCache((name) => ts.sys.readFile(name));
  const total = projects.reduce((sum, project) => sum + project.owned.length, 0);
  let done = 0;
  for (const project of projects) {
    const open = openProgram(root, project, { known, workspace, sourceFiles });
    const extractFile = createFileExtractor(repository, project, open);
    for (const path of project.owned) {
      throwIfAborted(options.signal);
      yield extractFile(byPath.get(path)!);
      options.onProgress?.(++done, total);
    }
  }
}

/** States the facts of one file of an open program. */
function createFileExtractor(repository: Repository, project: Project, open: OpenProgram): (file: DiscoveredFile) => UnitDelta {
  const { name: repo, root } = repository;
  const owners = new Map<ts.SourceFile, ReadonlyMap<ts.Node, NodeId>>();
  const namedIn = (file: ts.SourceFile, path: string): ReadonlyMap<ts.Node, NodeId> => {
    let named = owners.get(file);
    if (!named)
      owners.set(file, (named = new Map(namedDeclarations(file).map(({ node, name }) => [node, `${repo}//code:${path}#${name}`]))));
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

  return ({ path, hash }) => {
    const unit = { id: unitId(repo, NAME, path), repo, worker: NAME, path, hash, state: '' };
    const file = open.program.getSourceFile(`${root}/${path}`);
    if (!file)
      return {
        unit,
        nodes: [moduleNode(repo, path, undefined, 'typescript')],
        edges: [],
        diagnostics: [{ code: 'unreadable', severity: 'error', message: 'Cannot be read.', file: path }],
      };
    const module = moduleId(repo, path);
    const nodes: Node[] = [moduleNode(repo, path, file, languageOf(path)), ...declarationNodes(file, repo, path)];
    const edges: Edge[] = containment(nodes, module);
    const imports = open.importsOf(file);
    const targetId = (target: ImportTarget | undefined): NodeId | undefined =>
      target?.kind === 'file'
        ? moduleId(repo, target.path)
        : target?.kind === 'package'
          ? makeId({ scheme: 'npm', path: target.name })
          : undefined;
    for (const name of new Set([...imports.values()].flatMap((target) => (target.kind === 'package' ? [target.name] : []))))
      nodes.push({ id: makeId({ scheme: 'npm', path: name }), kind: 'Package', name, props: { external: true } });
    const diagnostics = syntaxDiagnostics(file, open.program, path);
    const gaps = createGaps(repo, path, file);
    for (const [specifier, target] of imports) {
      if (target.kind === 'unresolved' && !isBuiltin(specifier)) edges.push(gapEdge(module, gaps.state('unresolved-import', specifier, file)));
    }
    if (diagnostics.length > 0) edges.push(gapEdge(module, gaps.state('parse-failure', path, file)));
    edges.push(
      ...extractEdges({
        file,
        moduleId: module,
        named: namedIn(file, path),
        resolver,
        imported: (specifier) => targetId(imports.get(specifier.text)),
        gap: gaps.state,
      }),
    );
    nodes.push(...gaps.nodes());
    addTests(file, path, repo, module, nodes, edges);
    return { unit, nodes, edges, diagnostics };
  };
}

const languageOf = (path: string): string => (/\.[cm]?jsx?$/.test(path) ? 'javascript' : 'typescript');

const GAP_MESSAGES: Record<GapReason, (detail: string) => string> = {
  'parse-failure': (path) => `${path} does not parse; what it refers to is partly unknown.`,
  'unresolved-import': (specifier) => `"${specifier}" does not resolve; what is used of it is unknown.`,
  'unresolved-name': (name) => `${name} does not resolve.`,
  'any-receiver': (member) => `"${member}" is used on a value of type any; which declaration it means is unknown.`,
  'computed-access': (type) => `A member of ${type} is chosen by a computed key; which one is unknown.`,
  'dynamic-import': (specifier) => `${specifier} is imported under a computed name.`,
  'too-large': (path) => `${path} is too large to read.`,
  unreadable: (path) => `${path} cannot be read.`,
};

/** The gaps of one file: one node for each reason and detail, placed where it is first met. */
function createGaps(repo: string, path: string, file: ts.SourceFile): { state(reason: GapReason, detail: string, at: ts.Node): NodeId; nodes(): readonly Node[] } {
  const found = new Map<NodeId, Node>();
  return {
    state(reason, detail, at) {
      const id = makeId({ repo, scheme: 'gap', path, descriptor: `${reason}:${detail}` });
      if (!found.has(id)) {
        const start = file.getLineAndCharacterOfPosition(at === file ? 0 : at.getStart(file));
        const span = { line: start.line + 1, col: start.character + 1, endLine: start.line + 1, endCol: start.character + 1 };
        found.set(id, { id, kind: 'Gap', name: detail, repo, file: path, span, props: { reason, message: GAP_MESSAGES[reason](detail) } });
      }
      return id;
    },
    nodes: () => [...found.values()],
  };
}

const gapEdge = (from: NodeId, to: NodeId): Edge => ({ from, type: 'AFFECTED_BY_GAP', to, tier: 'compiler', confidence: 1, sites: [{ line: 1, col: 1 }] });

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
  const top = { line: 1, col: 1 };
  nodes.push({
    id,
    kind: 'TestFile',
    name: path.slice(path.lastIndexOf('/') + 1),
    repo,
    file: path,
    span: { ...top, endLine: file.getLineStarts().length, endCol: 1 },
    props: { framework: tests.framework },
  });
  edges.push({ from: id, type: 'TESTS', to: module, tier: 'compiler', confidence: 1, sites: [top] });
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
