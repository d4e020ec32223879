import { groupOf } from '../../../graph/model/chunk.ts';
import { parseId } from '../../../graph/model/id.ts';
import { isDeclaration, type Node, type NodeKind } from '../../../graph/model/node.ts';
import type { ThingRole } from '../model.ts';
import { conceptsOf } from './concepts.ts';

/** The most of each role that a grounding has: what somebody reads before writing a spec. */
export const MOST: Readonly<Record<ThingRole, number>> = {
  ...{ spec: 14, service: 5, operation: 8, schema: 8, event: 5, entity: 8, decision: 6, policy: 8, config: 6 },
  ...{ code: 14, test: 8, document: 6, owner: 5 },
};

const ROLES: Partial<Record<NodeKind, ThingRole>> = {
  ...{ Spec: 'spec', AcceptanceCriterion: 'spec', Nfr: 'spec' },
  ...{ Service: 'service', Operation: 'operation', Endpoint: 'operation', Schema: 'schema', Channel: 'event', Message: 'event' },
  ...{ Table: 'entity', Column: 'entity', Enum: 'entity', Adr: 'decision', Policy: 'policy', PolicyRule: 'policy', ConfigKey: 'config' },
  ...{ Function: 'code', Method: 'code', Class: 'code', Interface: 'code', TypeAlias: 'code', Variable: 'code' },
  ...{ TestCase: 'test', Section: 'document', Team: 'owner' },
};

/** Kinds that there are few of, so that all of them are looked at. */
export const LISTED_KINDS = [
  ...([
    'Spec',
    'AcceptanceCriterion',
    'Nfr',
    'Service',
    'Operation',
    'Endpoint',
    'Channel',
    'Table',
    'Adr',
    'Policy',
    'PolicyRule',
  ] as const),
  'ConfigKey',
] as const satisfies readonly NodeKind[];
/** Kinds that are looked for. */
export const SEARCHED_KINDS = [
  ...(['Schema', 'Message', 'Enum', 'Column', 'Function', 'Method', 'Class', 'Interface', 'TypeAlias', 'Variable', 'TestCase'] as const),
  'Section',
] as const satisfies readonly NodeKind[];

/** A class that an object-relational mapper or a GraphQL library keeps things as. */
const ENTITY = /^(?:Entity|ObjectType|Schema|Table|Document)$/;

/** What a node is to a feature; undefined of what is only a part of such a thing, or is not read by those who specify. */
export function roleOf(node: Node): ThingRole | undefined {
  if (isDeclaration(node)) {
    if (node.file !== undefined && groupOf(node.file) === 'test') return undefined;
    if (node.kind === 'Class' && node.props.decorators?.some((name) => ENTITY.test(name))) return 'entity';
    if (node.kind === 'Variable' && node.props.exported !== true) return undefined;
  }
  return ROLES[node.kind];
}

/** What a thing says of itself: what it is called, and what people wrote about it. */
function wordsOfThing(node: Node): string {
  const { props } = node;
  const doc = 'doc' in props ? (props.doc ?? '') : '';
  switch (node.kind) {
    case 'Operation':
      return [node.props.path ?? node.name, node.props.operationId ?? '', doc, ...(node.props.tags ?? [])].join(' ');
    case 'Endpoint':
      return `${node.props.path} ${doc}`;
    case 'AcceptanceCriterion':
    case 'Nfr':
      return node.props.text;
    case 'PolicyRule':
      return node.props.statement;
    case 'Adr':
      return `${node.name} ${node.props.decision ?? ''}`;
    case 'TestCase':
      return node.props.title;
    case 'Section':
      return `${(node.props.headings ?? [node.name]).join(' ')} ${doc}`;
    case 'Method':
      return `${parseId(node.id)?.descriptor ?? parseId(node.id)?.path ?? node.name} ${doc}`;
    default:
      return `${node.name} ${doc}`;
  }
}

/** What an operation does to what its path names. */
const METHOD_WORDS: Readonly<Record<string, string>> = {
  GET: 'show list',
  POST: 'create',
  PUT: 'update',
  PATCH: 'update',
  DELETE: 'delete',
};
const withoutMethod = (node: Node): string =>
  (node.kind === 'Operation' || node.kind === 'Endpoint' ? node.props.path : undefined) ?? node.name;

const PROSE: ReadonlySet<NodeKind> = new Set(['Spec', 'AcceptanceCriterion', 'Nfr', 'Policy', 'PolicyRule', 'Adr', 'Section', 'TestCase']);

/** What a thing is about, and of that what it is called. In names of programs a client is no person. */
export function conceptsOfThing(node: Node): { readonly named: ReadonlySet<string>; readonly own: ReadonlySet<string> } {
  const plain = (text: string): string => (PROSE.has(node.kind) ? text : text.replace(/client/gi, ' '));
  const does = node.kind === 'Operation' || node.kind === 'Endpoint' ? (METHOD_WORDS[node.props.method ?? ''] ?? '') : '';
  const named = conceptsOf(`${does} ${plain(node.kind === 'Method' ? (parseId(node.id)?.descriptor ?? node.name) : withoutMethod(node))}`);
  return { named: new Set(named), own: new Set([...named, ...conceptsOf(plain(wordsOfThing(node)))]) };
}
