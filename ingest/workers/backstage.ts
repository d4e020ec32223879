import { apiId, resourceId, serviceId, teamId, type NodeId } from '../../graph/model/id.ts';
import type { Node } from '../../graph/model/node.ts';
import { collectFacts, type Facts } from '../facts.ts';
import type { Source, SourceFacts, SourceFormat } from '../file-worker.ts';
import { apiName } from '../parse/api-name.ts';
import { folderOf, pathFrom } from '../parse/paths.ts';
import { entriesOf, itemsOf, memberOf, readTrees, textOf, type Tree } from '../parse/tree.ts';
import { eachAt } from '../parse/one-or-many.ts';

/** Backstage catalogues: components, APIs, systems, domains, resources, groups and users, and what they say of each other. */
export const backstageFormat: SourceFormat = {
  name: 'backstage',
  version: 1,
  claims: (path) => /\.ya?ml$/i.test(path),
  recognises: (text) => /^apiVersion\s*:\s*["']?backstage\.io\//m.test(text),
  read,
};

/** One entity of a catalogue. */
interface Entity {
  readonly source: Source;
  readonly facts: Facts;
  readonly tree: Tree;
  readonly kind: string;
  readonly name: string;
  readonly spec: unknown;
  /** It is the only component of its file, so that the file's folder is its own. */
  readonly alone: boolean;
}

function read(source: Source): SourceFacts {
  const facts = collectFacts(source.path);
  const { trees, diagnostics } = readTrees(source.text, source.path);
  facts.diagnose(...diagnostics);
  const components = trees.filter(({ value }) => memberOf(value, 'kind') === 'Component').length;
  for (const tree of trees) {
    const kind = textOf(memberOf(tree.value, 'kind'));
    const name = textOf(memberOf(memberOf(tree.value, 'metadata'), 'name'));
    if (kind === undefined || name === undefined || name === '') continue;
    entity({ source, facts, tree, kind, name, spec: memberOf(tree.value, 'spec'), alone: components === 1 });
  }
  return facts.done();
}

/** `[kind:][namespace/]name`. */
function refOf(text: string, otherwise: string): { readonly kind: string; readonly name: string } {
  const [, kind = otherwise, name = text] = /^(?:([\w-]+):)?(?:[\w.-]+\/)?(.+)$/.exec(text.trim()) ?? [];
  return { kind: kind.toLowerCase(), name };
}

function idOf(repo: string, { kind, name }: { readonly kind: string; readonly name: string }): NodeId | undefined {
  if (kind === 'component') return serviceId(repo, name);
  if (kind === 'group' || kind === 'user') return teamId(repo, name);
  if (kind === 'api') return apiId(repo, apiName(name, undefined, repo));
  return kind === 'system' || kind === 'domain' || kind === 'resource' ? resourceId(repo, `${kind}/${name}`) : undefined;
}

function entity(of: Entity): void {
  const { source, facts, tree, kind, name, spec } = of;
  const { repo, path } = source;
  const definition = kind === 'API' ? definitionOf(of) : undefined;
  const id = definition?.id ?? idOf(repo, { kind: kind.toLowerCase(), name });
  if (id === undefined) return;
  const metadata = memberOf(tree.value, 'metadata');
  const span = tree.spanOf([]);
  const doc = [textOf(memberOf(metadata, 'title')), textOf(memberOf(metadata, 'description'))]
    .filter((text) => text !== undefined)
    .join('. ');
  const base = { id, name, repo, file: path, span };
  const about = doc === '' ? {} : { doc: doc.slice(0, 300) };
  // A contract that stands in the repository states itself.
  if (!definition?.path) facts.node(nodeOf(base, kind, spec, about));
  const { line, col } = span;
  if (kind === 'API') facts.key({ key: 'api', id, name, line, col });
  relations(of, id);
  const account = accountOf(memberOf(metadata, 'annotations'));
  if (account !== undefined && (kind === 'Group' || kind === 'User'))
    facts.edge(id, 'ALIASES', teamId(repo, account), tree.spanOf(['metadata', 'annotations']), 'backstage-account');
  if (kind !== 'Component') return;
  const names = (field: string): readonly string[] =>
    itemsOf(memberOf(spec, field)).flatMap((ref) => (typeof ref === 'string' ? [refOf(ref, 'api').name] : []));
  const [provides, consumes, folder] = [names('providesApis'), names('consumesApis'), folderOf(path)];
  facts.key({
    key: 'service',
    id,
    name,
    hosts: [],
    ...(of.alone && folder !== '' ? { folder } : {}),
    ...(provides.length === 0 ? {} : { provides }),
    ...(consumes.length === 0 ? {} : { consumes }),
    line,
    col,
  });
}

function nodeOf(
  base: Pick<Node, 'id' | 'name'> & { readonly file: string },
  kind: string,
  spec: unknown,
  about: { readonly doc?: string },
): Node {
  const type = textOf(memberOf(spec, 'type'));
  const lifecycle = textOf(memberOf(spec, 'lifecycle'));
  const typed = type === undefined ? {} : { type };
  if (kind === 'Component')
    return { ...base, kind: 'Service', props: { ...typed, ...(lifecycle === undefined ? {} : { lifecycle }), ...about } };
  if (kind === 'API') return { ...base, kind: 'Api', props: { format: type ?? 'unknown', ...about } };
  const email = textOf(memberOf(memberOf(spec, 'profile'), 'email'));
  if (kind === 'Group' || kind === 'User') return { ...base, kind: 'Team', props: { ...(email === undefined ? {} : { email }), ...about } };
  return { ...base, kind: 'Resource', props: { type: `backstage/${kind.toLowerCase()}${type === undefined ? '' : `/${type}`}`, ...about } };
}

function relations({ source: { repo }, facts, tree, kind, spec }: Entity, id: NodeId): void {
  const each = (field: string, otherwise: string, state: (other: NodeId, at: ReturnType<Tree['spanOf']>) => void): void => {
    for (const [ref, at] of eachAt(memberOf(spec, field), ['spec', field])) {
      const other = typeof ref === 'string' ? idOf(repo, refOf(ref, otherwise)) : undefined;
      if (other !== undefined && other !== id) state(other, tree.spanOf(at));
    }
  };
  each('owner', 'group', (owner, at) => facts.edge(id, 'OWNED_BY', owner, at, 'backstage-owner'));
  each('dependsOn', 'component', (other, at) => facts.edge(id, 'DEPENDS_ON', other, at, 'backstage-depends-on'));
  each('dependencyOf', 'component', (other, at) => facts.edge(other, 'DEPENDS_ON', id, at, 'backstage-depends-on'));
  each('system', 'system', (other, at) => facts.edge(other, 'CONTAINS', id, at, 'backstage-part-of'));
  each('domain', 'domain', (other, at) => facts.edge(other, 'CONTAINS', id, at, 'backstage-part-of'));
  each('subcomponentOf', 'component', (other, at) => facts.edge(other, 'CONTAINS', id, at, 'backstage-part-of'));
  if (kind === 'Group') each('parent', 'group', (other, at) => facts.edge(other, 'CONTAINS', id, at, 'backstage-part-of'));
}

/** How CODEOWNERS names a group or user: `@acme/bookings`. */
function accountOf(annotations: unknown): string | undefined {
  const name = textOf(memberOf(annotations, 'github.com/team-slug')) ?? textOf(memberOf(annotations, 'github.com/user-login'));
  return name === undefined ? undefined : `@${name.replace(/^@/, '')}`;
}

/** The contract that an API's definition leads to, when it stands in the repository. */
function definitionOf({ source, spec }: Entity): { readonly id: NodeId; readonly path: string } | undefined {
  const [, written] = entriesOf(memberOf(spec, 'definition')).find(([key]) => /^\$(?:text|openapi|asyncapi|json|yaml)$/.test(key)) ?? [];
  const path = typeof written === 'string' ? pathFrom(folderOf(source.path), written) : undefined;
  const text = path === undefined ? undefined : source.other(path);
  if (path === undefined || text === undefined) return undefined;
  const title = /\.(?:ya?ml|json)$/i.test(path)
    ? textOf(memberOf(memberOf(readTrees(text, path).trees[0]?.value, 'info'), 'title'))
    : undefined;
  return { id: apiId(source.repo, apiName(path, title, source.repo)), path };
}
