import protobuf from 'protobufjs';
import type { Edge, EdgeType } from '../../../graph/model/edge.ts';
import { apiId, apiPartId, type NodeId } from '../../../graph/model/id.ts';
import type { Node } from '../../../graph/model/node.ts';
import type { Span } from '../../../graph/model/provenance.ts';
import type { SourceFacts } from '../../file-worker.ts';
import type { LinkKey } from '../../keys.ts';
import type { Lines } from '../../parse/lines.ts';
import type { Position } from './positions.ts';
import { docProps } from '../../parse/doc-text.ts';

interface ProtoFile {
  readonly repo: string;
  readonly file: string;
  /** Its package, or the name that stands for one. */
  readonly api: string;
  readonly package: string;
  readonly lines: Lines;
  readonly positions: ReadonlyMap<string, Position>;
}

const SCALARS = new Set(Object.keys(protobuf.types.basic));

/** What a file declares, as the parser read it and at the places where it stands. */
export function factsOf(root: protobuf.Root, proto: ProtoFile): SourceFacts {
  const { repo, file, api, lines, positions } = proto;
  const nodes = new Map<NodeId, Node>();
  const edges = new Map<string, Edge>();
  const keys: LinkKey[] = [];
  const apiNode = apiId(repo, api);
  const idOf = (name: string): NodeId => apiPartId(repo, api, name);
  const spanOf = (name: string): Span => {
    const at = positions.get(name);
    return at ? lines.span(at.start, at.end) : lines.span(0, 0);
  };
  const add = (node: Node): void => void (nodes.has(node.id) || nodes.set(node.id, node));
  const link = (from: NodeId, type: EdgeType, to: NodeId, { line, col }: Span): void => {
    const key = `${from}\n${type}\n${to}`;
    const known = edges.get(key);
    if (known) known.sites.push({ line, col, file });
    else edges.set(key, { from, type, to, tier: 'contract', confidence: 1, rule: 'protobuf', sites: [{ line, col, file }] });
  };
  const schemaOf = (type: string, within: readonly string[]): NodeId | undefined =>
    SCALARS.has(type) ? undefined : typeId(type, within, proto);

  const message = (type: protobuf.Type, path: readonly string[]): void => {
    const name = path.join('.');
    const id = idOf(name);
    const span = spanOf(name);
    add({ id, kind: 'Schema', name: type.name, repo, file, span, props: { type: 'message', ...aboutOf(type) } });
    link(apiNode, 'CONTAINS', id, span);
    for (const field of type.fieldsArray) {
      // Declared by an `extend` in it, and by that of another message.
      if (field.name.startsWith('.')) continue;
      const inner = idOf(`${name}.${field.name}`);
      const at = spanOf(`${name}.${field.name}`);
      add({
        id: inner,
        kind: 'SchemaProperty',
        name: field.name,
        repo,
        file,
        span: at,
        props: {
          type: shown(field),
          format: `tag ${field.id}`,
          ...(field.toJSON().rule === 'required' ? { required: true } : {}),
          ...aboutOf(field),
        },
      });
      link(id, 'HAS_PROPERTY', inner, at);
      const schema = schemaOf(field.type, path);
      if (schema !== undefined) link(inner, 'HAS_SCHEMA', schema, at);
    }
    walk(type, path);
  };
  const enumeration = (type: protobuf.Enum, path: readonly string[]): void => {
    const name = path.join('.');
    const id = idOf(name);
    const span = spanOf(name);
    add({ id, kind: 'Schema', name: type.name, repo, file, span, props: { type: 'enum', ...aboutOf(type) } });
    link(apiNode, 'CONTAINS', id, span);
    for (const [value, number] of Object.entries(type.values)) {
      const inner = idOf(`${name}.${value}`);
      const at = spanOf(`${name}.${value}`);
      const doc = type.comments[value];
      add({
        id: inner,
        kind: 'SchemaProperty',
        name: value,
        repo,
        file,
        span: at,
        props: { type: type.name, format: `tag ${number}`, ...docProps(doc) },
      });
      link(id, 'HAS_PROPERTY', inner, at);
    }
  };
  const service = (type: protobuf.Service, path: readonly string[]): void => {
    for (const method of type.methodsArray) {
      const name = `${path.join('.')}.${method.name}`;
      const id = idOf(name);
      const span = spanOf(name);
      const route = `/${proto.package === '' ? '' : `${proto.package}.`}${path.join('.')}/${method.name}`;
      const streams = [method.requestStream ? 'client-stream' : '', method.responseStream ? 'server-stream' : ''].filter(
        (tag) => tag !== '',
      );
      const props = { method: 'RPC', path: route, operationId: name, ...(streams.length > 0 ? { tags: streams } : {}), ...aboutOf(method) };
      add({ id, kind: 'Operation', name: method.name, repo, file, span, props });
      link(apiNode, 'CONTAINS', id, span);
      for (const used of [method.requestType, method.responseType]) {
        const schema = schemaOf(used, path);
        if (schema !== undefined) link(id, 'HAS_SCHEMA', schema, span);
      }
      keys.push({
        key: 'operation',
        id,
        api: apiNode,
        method: 'RPC',
        path: route,
        operationId: name,
        fields: [],
        line: span.line,
        col: span.col,
      });
    }
  };
  const walk = (namespace: protobuf.NamespaceBase, path: readonly string[]): void => {
    for (const nested of namespace.nestedArray) {
      const inner = [...path, nested.name];
      if (nested instanceof protobuf.Type) message(nested, inner);
      else if (nested instanceof protobuf.Enum) enumeration(nested, inner);
      else if (nested instanceof protobuf.Service) service(nested, inner);
    }
  };
  const packaged = proto.package === '' ? root : root.lookup(proto.package);
  add({ id: apiNode, kind: 'Api', name: api, repo, file, span: lines.span(0, 0), props: { format: 'protobuf' } });
  if (packaged instanceof protobuf.Namespace) walk(packaged, []);
  return { nodes: [...nodes.values()], edges: [...edges.values()], diagnostics: [], keys };
}

/**
 * What a type's name means in a message or service: declared around it in this file, else by its package, which ends
 * where names begin with a capital, else in another file of this package.
 */
function typeId(type: string, within: readonly string[], { repo, api, package: name, positions }: ProtoFile): NodeId {
  const absolute = type.startsWith('.') ? type.slice(1) : type;
  const local = name !== '' && absolute.startsWith(`${name}.`) ? absolute.slice(name.length + 1) : absolute;
  for (let depth = within.length; depth >= 0; depth--) {
    const candidate = [...within.slice(0, depth), local].join('.');
    if (positions.has(candidate)) return apiPartId(repo, api, candidate);
  }
  const parts = local.split('.');
  const first = parts.findIndex((part) => /^\p{Lu}/u.test(part));
  return first > 0 ? apiPartId(repo, parts.slice(0, first).join('.'), parts.slice(first).join('.')) : apiPartId(repo, api, local);
}

function shown(field: protobuf.Field): string {
  if (field instanceof protobuf.MapField) return `map<${field.keyType}, ${field.type}>`;
  return field.repeated ? `repeated ${field.type}` : field.type;
}

function aboutOf({ comment, options }: protobuf.ReflectionObject): { deprecated?: true; doc?: string } {
  return { ...(options?.['deprecated'] === true ? { deprecated: true } : {}), ...docProps(comment) };
}
