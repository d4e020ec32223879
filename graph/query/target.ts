import { PlatformError } from '../errors.ts';
import { compare } from '../model/edge.ts';
import { declarationId, makeId, parseId, SCHEMES, simpleName } from '../model/id.ts';
import { isDeclaration, type Node } from '../model/node.ts';
import type { GraphReader } from '../store/store.ts';
import type { TargetPlace, TargetRef } from './change.ts';
import { findAll } from './find-all.ts';
import { thingsNamed } from './named-things.ts';
import { declarationsAt } from './place.ts';
import { suggestionsFor } from './suggest.ts';

/** What a candidate or suggestion is, and where. */
export interface NamedNode {
  readonly id: string;
  readonly kind: Node['kind'];
  readonly file?: string;
  readonly line?: number;
}

/** How many candidates and suggestions an error lists. */
const LISTED = 20;
/** How the top level of a module is written where a declaration's name is expected. */
const MODULE_LEVEL = '<module>';

/**
 * The one node a target names; docs/reference/names.md has the grammar. Of several, the only one of the first of the kinds
 * that are `wanted`. Throws TARGET_NOT_FOUND with
 * `details.suggestions`, nearest first, and TARGET_AMBIGUOUS with `details.candidates` (at most 20, exported before
 * internal, product before test, then by id) and their number in `details.total`.
 */
export async function resolveTarget(reader: GraphReader, ref: TargetRef, wanted: readonly Node['kind'][] = []): Promise<Node> {
  const found = typeof ref === 'string' ? await named(reader, ref) : await placed(reader, ref);
  if (found.length === 1) return found[0]!;
  for (const kind of wanted) {
    const [only, ...others] = found.filter((node) => node.kind === kind);
    if (only && others.length === 0) return only;
  }
  throw found.length === 0 ? await notFound(reader, ref) : await ambiguous(reader, ref, found);
}

async function named(reader: GraphReader, text: string): Promise<readonly Node[]> {
  const exact = (await reader.get([text])).get(text);
  if (exact) return [exact];
  const id = parseId(text);
  if (id && (SCHEMES as readonly string[]).includes(id.scheme)) {
    const repos = id.repo === undefined ? await reader.repositories() : [];
    const found = [...(await reader.get(repos.map((repo) => `${repo}//${text}`))).values()];
    return found.length > 0 ? found : thingsNamed(reader, text);
  }
  const things = await thingsNamed(reader, text);
  if (things.length > 0) return things;
  const place = parsePlace(text);
  if (place) {
    const found = await placed(reader, place);
    if (found.length > 0) return found;
  }
  return [...(text.includes('#') ? [] : await modulesAt(reader, text)), ...(await declaredAs(reader, text))];
}

/** `path#Name.member`, `path:line` and `path:line:col`. */
export function parsePlace(text: string): TargetPlace | undefined {
  const hash = text.indexOf('#');
  if (hash > 0) return { file: text.slice(0, hash), name: text.slice(hash + 1) };
  const match = /^(.+?):([1-9]\d*)(?::([1-9]\d*))?$/.exec(text);
  return match ? { file: match[1]!, line: Number(match[2]), ...(match[3] === undefined ? {} : { col: Number(match[3]) }) } : undefined;
}

async function placed(reader: GraphReader, { repo, file, name, line, col }: TargetPlace): Promise<readonly Node[]> {
  const modules = await modulesAt(reader, file, repo);
  if (name !== undefined && name !== MODULE_LEVEL) {
    const ids = modules.map((module) => declarationId(module.repo!, module.file!, name));
    const declared = [...(await reader.get(ids)).values()];
    if (declared.length > 0 || line === undefined) return declared;
    // A name this graph does not know counts only where the place is exactly that of a declaration's name.
    const inFile = (await Promise.all(modules.map((module) => declarationsIn(reader, module)))).flat();
    return inFile.filter(({ span }) => span?.line === line && (col === undefined || span.col === col));
  }
  if (line === undefined) return modules;
  const found = await Promise.all(
    modules
      .filter(({ span }) => span === undefined || line <= span.endLine)
      .map(async (module): Promise<readonly Node[]> => {
        const at = declarationsAt(await declarationsIn(reader, module), line, col);
        return at.length > 0 ? at : [module];
      }),
  );
  return found.flat();
}

/** The modules at that path; else those whose path ends with it. */
export async function modulesAt(reader: GraphReader, file: string, repo?: string): Promise<readonly Node[]> {
  const path = file.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === '') return [];
  const modules = await findAll(reader, { kinds: ['Module'], name, ...(repo === undefined ? {} : { repo }) });
  const exact = modules.filter((module) => module.file === path);
  return exact.length > 0 ? exact : modules.filter((module) => module.file?.endsWith(`/${path}`));
}

const declarationsIn = async (reader: GraphReader, module: Node) =>
  (await findAll(reader, { repo: module.repo!, file: module.file! })).filter(isDeclaration);

/** Kinds that are not asked for by a bare name: it is a sentence, or the name of something else. */
const UNNAMED: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'Gap',
  'TestCase',
  'TestFile',
  'Module',
  'Section',
  'Document',
  'SchemaProperty',
  'Column',
  'Message',
  'Commit',
  'Approval',
  'HttpCall',
]);

/** Declarations and other things of that name, or of a dotted path that ends with it. */
async function declaredAs(reader: GraphReader, dotted: string): Promise<readonly Node[]> {
  const names = [...new Set([dotted, simpleName(dotted)])];
  const nodes = (await Promise.all(names.map((name) => findAll(reader, { name })))).flat();
  const answers = nodes.filter((node) => {
    if (!isDeclaration(node)) return node.name === dotted && !UNNAMED.has(node.kind);
    const declared = parseId(node.id)?.descriptor ?? node.name;
    return declared === dotted || declared.endsWith(`.${dotted}`);
  });
  return [...new Map(answers.map((node) => [node.id, node])).values()];
}

async function ambiguous(reader: GraphReader, ref: TargetRef, found: readonly Node[]): Promise<PlatformError> {
  const candidates = (await ranked(reader, found)).slice(0, LISTED).map(describe);
  return new PlatformError(
    'TARGET_AMBIGUOUS',
    `${printed(ref)} names ${found.length} things: ${candidates.slice(0, 5).map(withPlace).join(', ')}${found.length > 5 ? ', …' : ''}. Give one of these ids.`,
    { details: { target: ref, candidates, total: found.length } },
  );
}

/** Exported before internal, product before test, then by id. */
async function ranked(reader: GraphReader, nodes: readonly Node[]): Promise<readonly Node[]> {
  const rootOf = (node: Node): string => {
    const [top] = parseId(node.id)?.descriptor?.split('.') ?? [];
    return top === undefined ? node.id : declarationId(node.repo ?? '', node.file ?? '', top);
  };
  const roots = await reader.get(nodes.map(rootOf));
  const testIds = nodes.map(({ repo, file }) => makeId({ repo: repo ?? '', scheme: 'test', path: file ?? '' }));
  const tests = await reader.get(testIds);
  const rank = (node: Node, at: number): number => {
    const root = roots.get(rootOf(node)) ?? node;
    const exported = !isDeclaration(root) || root.props.exported === true;
    return (exported ? 0 : 2) + (tests.has(testIds[at]!) ? 1 : 0);
  };
  return nodes
    .map((node, at) => ({ node, rank: rank(node, at) }))
    .sort((a, b) => a.rank - b.rank || compare(a.node.id, b.node.id))
    .map(({ node }) => node);
}

async function notFound(reader: GraphReader, ref: TargetRef): Promise<PlatformError> {
  const place = typeof ref === 'string' ? placeMeant(ref) : ref;
  const modules = place ? await modulesAt(reader, place.file, place.repo) : [];
  const pool = (await Promise.all(modules.map((module) => declarationsIn(reader, module)))).flat();
  const wanted = place?.name ?? place?.file ?? (typeof ref === 'string' ? ref : '');
  const suggestions = (await suggestionsFor(reader, wanted, pool)).map(describe);
  const next =
    suggestions.length > 0
      ? `Did you mean ${suggestions.slice(0, 3).map(withPlace).join(', ')}?`
      : 'Search for it with `specgraph search`, or ingest the repository that declares it.';
  return new PlatformError('TARGET_NOT_FOUND', `Nothing is called ${printed(ref)}. ${next}`, { details: { target: ref, suggestions } });
}

function placeMeant(text: string): TargetPlace | undefined {
  const id = parseId(text);
  if (id?.scheme !== 'code') return parsePlace(text);
  return {
    file: id.path,
    ...(id.repo === undefined ? {} : { repo: id.repo }),
    ...(id.descriptor === undefined ? {} : { name: id.descriptor }),
  };
}

const describe = ({ id, kind, file, span }: Node): NamedNode => ({
  id,
  kind,
  ...(file === undefined ? {} : { file }),
  ...(span === undefined ? {} : { line: span.line }),
});

const withPlace = ({ id, file, line }: NamedNode): string =>
  file === undefined ? id : `${id} (${file}${line === undefined ? '' : `:${line}`})`;

const printed = (ref: TargetRef): string => {
  if (typeof ref === 'string') return `"${ref}"`;
  const position = [ref.file, ref.line, ref.line === undefined ? undefined : ref.col].filter((part) => part !== undefined).join(':');
  return `"${ref.repo === undefined ? '' : `${ref.repo}//`}${position}${ref.name === undefined ? '' : `#${ref.name}`}"`;
};
