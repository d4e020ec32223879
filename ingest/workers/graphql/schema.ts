import {
  Kind,
  print,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type NameNode,
  type StringValueNode,
  type TypeNode,
} from 'graphql';
import type { Edge, EdgeType } from '../../../graph/model/edge.ts';
import { gqlId, gqlPartId, type NodeId } from '../../../graph/model/id.ts';
import type { Node, NodeOf } from '../../../graph/model/node.ts';
import type { LinkKey } from '../../keys.ts';
import { namedType } from '../../parse/graphql-uses.ts';
import type { Lines } from '../../parse/lines.ts';
import { docProps } from '../../parse/doc-text.ts';

type Root = 'query' | 'mutation' | 'subscription';
interface Facts {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly keys: readonly LinkKey[];
}

const BUILT_IN = /^(?:ID|Int|Float|String|Boolean)$/;
const TYPE_KINDS: Readonly<Partial<Record<Kind, string>>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'object',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'interface',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'input',
  [Kind.ENUM_TYPE_DEFINITION]: 'enum',
  [Kind.UNION_TYPE_DEFINITION]: 'union',
  [Kind.SCALAR_TYPE_DEFINITION]: 'scalar',
};

/** Types, fields, arguments and values that a document of the schema language defines or extends. */
export function readSchema(repo: string, schema: string, file: string, document: DocumentNode, lines: Lines): Facts {
  const api = gqlId(repo, schema);
  const nodes = new Map<NodeId, Node>();
  const edges = new Map<string, Edge>();
  const keys: LinkKey[] = [];
  const roots = rootsOf(document);
  const idOf = (name: string): NodeId => gqlPartId(repo, schema, name);
  const place = (node: { readonly name: NameNode; readonly loc?: { readonly end: number } | undefined }) => ({
    repo,
    file,
    span: lines.span(node.name.loc?.start ?? 0, node.loc?.end ?? 0),
  });
  const add = (node: Node): void => void (nodes.has(node.id) || nodes.set(node.id, node));
  const link = (from: NodeId, type: EdgeType, to: NodeId, at: NameNode | TypeNode, rule: string): void => {
    const key = `${from}\n${type}\n${to}`;
    const site = { ...lines.at(at.loc?.start ?? 0), file };
    const known = edges.get(key);
    if (known) known.sites.push(site);
    else edges.set(key, { from, type, to, tier: 'contract', confidence: 1, rule, sites: [site] });
  };
  const ofType = (from: NodeId, type: TypeNode): void => {
    const name = namedType(type);
    if (!BUILT_IN.test(name)) link(from, 'HAS_SCHEMA', idOf(name), type, 'schema');
  };
  const property = (owner: NodeId, id: NodeId, node: InputValueDefinitionNode | FieldDefinitionNode): void => {
    add({ id, kind: 'SchemaProperty', name: node.name.value, ...place(node), props: { ...typeProps(node.type), ...facts(node) } });
    link(owner, 'HAS_PROPERTY', id, node.name, 'schema');
    ofType(id, node.type);
  };
  const field = (type: string, node: FieldDefinitionNode, interfaces: readonly NodeId[]): void => {
    const name = `${type}.${node.name.value}`;
    const id = idOf(name);
    const root = roots.get(type);
    if (root) {
      const props: NodeOf<'Operation'>['props'] = { method: root.toUpperCase(), path: node.name.value, ...facts(node) };
      add({ id, kind: 'Operation', name: node.name.value, ...place(node), props });
      link(api, 'CONTAINS', id, node.name, 'schema');
      ofType(id, node.type);
    } else property(idOf(type), id, node);
    for (const argument of node.arguments ?? []) property(id, idOf(`${name}(${argument.name.value})`), argument);
    for (const base of interfaces) link(id, 'REFINES', `${base}.${node.name.value}`, node.name, 'interface');
    const at = lines.at(node.name.loc?.start ?? 0);
    keys.push({ key: 'graphql-field', id, type, field: node.name.value, of: namedType(node.type), ...(root ? { root } : {}), ...at });
  };

  add({
    id: api,
    kind: 'Api',
    name: schema,
    repo,
    file,
    span: lines.span(0, document.loc?.end ?? 0),
    props: { format: 'graphql', ...docProps(schemaDescription(document)?.value) },
  });
  for (const definition of document.definitions) {
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) {
      const id = idOf(`@${definition.name.value}`);
      add({
        id,
        kind: 'Schema',
        name: `@${definition.name.value}`,
        ...place(definition),
        props: { type: 'directive', ...docProps(definition.description?.value) },
      });
      link(api, 'CONTAINS', id, definition.name, 'schema');
      for (const argument of definition.arguments ?? []) property(id, idOf(`@${definition.name.value}(${argument.name.value})`), argument);
      continue;
    }
    if (!isType(definition)) continue;
    const { value: type } = definition.name;
    const id = idOf(type);
    const kind = TYPE_KINDS[definition.kind];
    if (kind !== undefined) {
      add({ id, kind: 'Schema', name: type, ...place(definition), props: { type: kind, ...facts(definition) } });
      link(api, 'CONTAINS', id, definition.name, 'schema');
    }
    const bases = 'interfaces' in definition ? (definition.interfaces ?? []) : [];
    for (const base of bases) link(id, 'REFINES', idOf(base.name.value), base, 'interface');
    const interfaces = bases.map((base) => idOf(base.name.value));
    if ('fields' in definition)
      for (const each of definition.fields ?? []) {
        if (each.kind === Kind.FIELD_DEFINITION) field(type, each, interfaces);
        else property(id, idOf(`${type}.${each.name.value}`), each);
      }
    if ('types' in definition)
      for (const member of definition.types ?? []) link(id, 'HAS_SCHEMA', idOf(member.name.value), member, 'union');
    if ('values' in definition)
      for (const value of definition.values ?? []) {
        const inner = idOf(`${type}.${value.name.value}`);
        add({
          id: inner,
          kind: 'SchemaProperty',
          name: value.name.value,
          ...place(value),
          props: { type, format: 'enum-value', ...facts(value) },
        });
        link(id, 'HAS_PROPERTY', inner, value.name, 'schema');
      }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()], keys };
}

type TypeDefinition = Extract<DefinitionNode, { readonly kind: `${string}Type${'Definition' | 'Extension'}` }>;
const isType = (node: DefinitionNode): node is TypeDefinition => /Type(?:Definition|Extension)$/.test(node.kind);

const schemaDescription = ({ definitions }: DocumentNode): StringValueNode | undefined => {
  const found = definitions.find(({ kind }) => kind === Kind.SCHEMA_DEFINITION);
  return found?.kind === Kind.SCHEMA_DEFINITION ? found.description : undefined;
};

/** Types whose fields are operations: those of the usual names, unless the document says which. */
function rootsOf({ definitions }: DocumentNode): ReadonlyMap<string, Root> {
  const roots = new Map<string, Root>();
  for (const definition of definitions)
    if (definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION)
      for (const { operation, type } of definition.operationTypes ?? []) roots.set(type.name.value, operation);
  for (const [name, root] of [
    ['Query', 'query'],
    ['Mutation', 'mutation'],
    ['Subscription', 'subscription'],
  ] as const)
    if (![...roots.values()].includes(root)) roots.set(name, root);
  return roots;
}

function typeProps(type: TypeNode): { readonly type: string; readonly required?: true } {
  return { type: print(type), ...(type.kind === Kind.NON_NULL_TYPE ? { required: true } : {}) };
}

function facts({
  description,
  directives = [],
}: {
  readonly description?: StringValueNode | undefined;
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}): { deprecated?: true; doc?: string } {
  return { ...(directives.some(({ name }) => name.value === 'deprecated') ? { deprecated: true } : {}), ...docProps(description?.value) };
}
