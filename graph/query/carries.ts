import type { EdgeType, SiteFact } from '../model/edge.ts';
import type { NodeKind } from '../model/node.ts';
import type { ChangeKind, Effect } from './change.ts';

/**
 * How a change crosses from one layer to the next: a field of a contract to the property that stands for it, a handler to
 * its operation, a policy to what it governs. What is reached is changed itself where `becomes` says how, and the change
 * goes on from there: over these rows, and over those of `matrix.ts` once it is in code.
 */
export interface Carry {
  readonly name: string;
  /** Kinds of change at hand; absent: any. */
  readonly changes?: readonly ChangeKind[];
  /** Kinds of node that it is at. */
  readonly at: readonly NodeKind[];
  readonly edges: readonly EdgeType[];
  /** `in`: to the node that depends on this one. `out`: to the one that this one depends on. */
  readonly along: 'in' | 'out';
  /** Kinds of node that it goes to; absent: any. */
  readonly to?: readonly NodeKind[];
  /** At least one site states one of these facts. */
  readonly any?: readonly SiteFact[];
  /** Some site states none of these facts. */
  readonly without?: readonly SiteFact[];
  /** Where the neighbour is not changed by what the change at hand did to its own field: see `fieldOf`. */
  readonly unless?: 'maps-to-field';
  /** Only to what is called the same, of a property that stands for several: for members of a type written in place, too. */
  readonly sameName?: true;
  /** Looks from the operation or channel that the field belongs to. */
  readonly fromOwner?: true;
  /** It goes to the third party of the edge: what the code at its start makes of it. */
  readonly onto?: 'via';
  /** Only downstream of data: from a column, or a field that was received, on to what is made of it. */
  readonly downstream?: true;
  /** Name of the field begins so; `argument` is one of a field of a GraphQL schema. */
  readonly field?: 'request' | 'response' | 'argument';
  /** What kind of change it is there, and goes on as; `same`, or by kind. Absent: it ends there. */
  readonly becomes?: 'same' | ChangeKind;
  /** Absent: what is reached is only passed through. */
  readonly effect?: Effect;
  /** 0–1, multiplied with that of the edge and of the way so far. */
  readonly confidence: number;
  /** Why, for people. */
  readonly reason: string;
}

/** Code that stands for one thing of another layer; the rest handles many, and changes only where it does. */
const MIRROR = ['Property', 'EnumMember', 'Class', 'Interface', 'TypeAlias', 'Enum'] as const satisfies readonly NodeKind[];
const ACTING = ['Function', 'Method', 'Constructor', 'Variable', 'Module', 'Namespace'] as const satisfies readonly NodeKind[];
const CODE = [...MIRROR, ...ACTING] as const satisfies readonly NodeKind[];
const FIELD = ['SchemaProperty'] as const satisfies readonly NodeKind[];
const DEMAND = ['AcceptanceCriterion', 'Nfr'] as const satisfies readonly NodeKind[];
const OPERATION = ['Operation', 'Endpoint'] as const satisfies readonly NodeKind[];
const DATA = ['Table', 'Column'] as const satisfies readonly NodeKind[];
/** Written by people about the system. */
export const TEXT_KINDS = [
  'Document',
  'Section',
  'Adr',
  'Policy',
  'PolicyRule',
  'Spec',
  'AcceptanceCriterion',
  'Nfr',
  'Question',
  'Ticket',
] as const satisfies readonly NodeKind[];
const GONE = ['remove', 'rename', 'move', 'remove-member'] as const satisfies readonly ChangeKind[];
const RETYPED = ['change-type', 'alter-column'] as const satisfies readonly ChangeKind[];
const DROPPED = [...GONE, 'drop-column'] as const satisfies readonly ChangeKind[];
const SHAPE = [...DROPPED, ...RETYPED, 'make-required', 'make-optional'] as const satisfies readonly ChangeKind[];
const DEMANDS = [
  'add',
  'tighten',
  'loosen',
  'remove',
  'rename',
  'supersede',
  'behaviour',
  'unspecified',
] as const satisfies readonly ChangeKind[];

// One row a line, so that the table stays on one page.
// prettier-ignore
export const CARRIES: readonly Carry[] = [
  // Fields: schema → operation or payload → the types of code that mirror them, and back from the side that decides.
  { name: 'field-of-schema', changes: SHAPE, at: FIELD, edges: ['MAPS_TO'], along: 'in', to: FIELD, becomes: 'same', effect: 'breaks', confidence: 1, reason: 'is made of that property' },
  { name: 'schema-of-field', changes: SHAPE, at: FIELD, edges: ['MAPS_TO'], along: 'out', to: FIELD, effect: 'breaks', confidence: 0.9, reason: 'declares that field' },
  { name: 'derived-schema', changes: SHAPE, at: FIELD, edges: ['REFINES'], along: 'in', to: FIELD, becomes: 'same', effect: 'breaks', confidence: 0.9, reason: 'takes that property over' },
  { name: 'mirror', changes: SHAPE, at: [...FIELD, 'Column', 'Table', 'Schema'], edges: ['MAPS_TO'], along: 'in', to: MIRROR, becomes: 'same', effect: 'breaks', confidence: 0.95, reason: 'stands for it in code' },
  { name: 'field-use', changes: SHAPE, at: [...FIELD, 'Column', 'Table', 'Schema'], edges: ['MAPS_TO'], along: 'in', to: ACTING, effect: 'breaks', confidence: 0.95, reason: 'reads or writes it' },
  { name: 'decides-field', changes: SHAPE, at: MIRROR, edges: ['MAPS_TO'], along: 'out', to: FIELD, any: ['provider'], sameName: true, becomes: 'same', effect: 'breaks', confidence: 0.9, reason: 'is what the contract takes from it' },
  { name: 'decides-column', changes: ['remove', 'remove-member', 'change-type', 'rename'], at: MIRROR, edges: ['MAPS_TO'], along: 'out', to: DATA, any: ['provider'], effect: 'review', confidence: 0.7, reason: 'is the column that it stands for' },
  { name: 'copied', changes: [...DROPPED, ...RETYPED], at: ['Property'], edges: ['MAPS_TO'], along: 'in', onto: 'via', to: ['Property'], downstream: true, becomes: 'same', effect: 'breaks', confidence: 0.85, reason: 'is filled from it' },
  { name: 'opaque-reader', changes: [...DROPPED, 'change-type', 'make-optional'], at: FIELD, field: 'response', fromOwner: true, edges: ['INVOKES'], along: 'in', any: ['as-value'], unless: 'maps-to-field', effect: 'unknown', confidence: 0.5, reason: 'hands the response on; which of its fields are used is not known' },
  { name: 'opaque-sender', changes: ['make-required', 'change-type'], at: FIELD, field: 'request', fromOwner: true, edges: ['INVOKES'], along: 'in', any: ['spread'], unless: 'maps-to-field', effect: 'unknown', confidence: 0.5, reason: 'sends what it was given; which fields those are is not known' },
  { name: 'not-sent', changes: ['make-required'], at: FIELD, field: 'request', fromOwner: true, edges: ['INVOKES'], along: 'in', without: ['spread'], unless: 'maps-to-field', effect: 'breaks', confidence: 0.9, reason: 'calls the operation without it' },
  { name: 'selection', changes: [...GONE, 'change-type', 'add-required-parameter'], at: FIELD, edges: ['MAPS_TO'], along: 'in', to: ['Document'], effect: 'breaks', confidence: 0.95, reason: 'selects it' },
  { name: 'field-resolver', changes: [...GONE, 'change-type', 'make-required', 'add-required-parameter', 'remove-parameter'], at: FIELD, edges: ['HANDLES'], along: 'in', effect: 'breaks', confidence: 0.95, reason: 'resolves it' },
  { name: 'argument-of-resolver', changes: [...GONE, 'change-type', 'make-optional'], at: FIELD, field: 'argument', fromOwner: true, edges: ['HANDLES'], along: 'in', effect: 'breaks', confidence: 0.8, reason: 'resolves the field that takes it' },
  { name: 'not-given', changes: ['make-required'], at: FIELD, field: 'argument', fromOwner: true, edges: ['INVOKES', 'MAPS_TO'], along: 'in', to: ['Document'], unless: 'maps-to-field', effect: 'breaks', confidence: 0.95, reason: 'selects the field without it' },

  // Operations and the code at both ends of the wire.
  { name: 'caller', changes: [...GONE, 'add-required-parameter', 'change-type', 'remove-parameter'], at: OPERATION, edges: ['INVOKES'], along: 'in', effect: 'breaks', confidence: 0.95, reason: 'calls it' },
  { name: 'handler', changes: [...GONE, 'add-required-parameter', 'change-type', 'remove-parameter'], at: OPERATION, edges: ['HANDLES'], along: 'in', effect: 'breaks', confidence: 0.95, reason: 'implements it' },
  { name: 'handler-behaviour', changes: ['behaviour'], at: OPERATION, edges: ['HANDLES'], along: 'in', effect: 'behaves-differently', confidence: 0.9, reason: 'implements it' },
  { name: 'realised-by', changes: [...GONE, 'add-required-parameter', 'change-type', 'remove-parameter'], at: ['Operation'], edges: ['REALIZES'], along: 'in', to: ['Endpoint'], becomes: 'same', confidence: 0.95, reason: 'is its implementation' },
  { name: 'realises', changes: [...GONE, 'add-required-parameter', 'change-type', 'remove-parameter'], at: ['Endpoint'], edges: ['REALIZES'], along: 'out', to: ['Operation'], becomes: 'same', effect: 'breaks', confidence: 0.95, reason: 'is the contract that it implements' },
  { name: 'no-handler', changes: ['remove', 'remove-member'], at: ['Function', 'Method', 'Variable', 'Class'], edges: ['HANDLES'], along: 'out', becomes: 'remove', effect: 'breaks', confidence: 0.9, reason: 'has no implementation left' },
  { name: 'tested', changes: [...GONE, 'add-required-parameter', 'change-type'], at: OPERATION, edges: ['VERIFIES'], along: 'in', effect: 'breaks', confidence: 0.9, reason: 'checks it' },

  // Schemas, events.
  { name: 'made-of', changes: [...GONE, 'change-type'], at: ['Schema'], edges: ['HAS_SCHEMA', 'REFINES'], along: 'in', effect: 'breaks', confidence: 0.9, reason: 'is made of it' },
  { name: 'channel', changes: [...GONE, 'change-type'], at: ['Channel', 'Message'], edges: ['PUBLISHES', 'SUBSCRIBES'], along: 'in', effect: 'breaks', confidence: 0.95, reason: 'sends or receives it' },

  // Data.
  { name: 'query', changes: [...SHAPE, 'make-required'], at: DATA, edges: ['QUERIES'], along: 'in', effect: 'breaks', confidence: 0.95, reason: 'names it in a query' },
  { name: 'foreign-key', changes: [...DROPPED, ...RETYPED], at: DATA, edges: ['DEPENDS_ON'], along: 'in', to: DATA, effect: 'breaks', confidence: 0.9, reason: 'refers to it' },

  // Configuration, services, infrastructure.
  { name: 'config-property', changes: ['remove'], at: ['ConfigKey'], edges: ['MAPS_TO'], along: 'in', onto: 'via', to: ['Property'], becomes: 'same', effect: 'breaks', confidence: 0.9, reason: 'carries its value' },
  { name: 'channel-constant', changes: [...GONE], at: ['Channel'], edges: ['MAPS_TO'], along: 'in', to: CODE, effect: 'breaks', confidence: 0.9, reason: 'holds its name' },
  { name: 'configured', changes: [...GONE, 'change-type'], at: ['ConfigKey'], edges: ['READS_CONFIG'], along: 'in', effect: 'breaks', confidence: 0.97, reason: 'reads it' },
  { name: 'declared', changes: [...GONE, 'change-type'], at: ['ConfigKey'], edges: ['DECLARES'], along: 'in', effect: 'breaks', confidence: 0.9, reason: 'gives it a value' },
  { name: 'config-value', changes: ['behaviour'], at: ['ConfigKey'], edges: ['READS_CONFIG'], along: 'in', effect: 'behaves-differently', confidence: 0.9, reason: 'reads it' },
  { name: 'runs-on', changes: [...GONE, 'change-type'], at: ['Service', 'Resource', 'Package', 'DataStore', 'Api', 'SecurityScheme'], edges: ['DEPENDS_ON', 'DEPLOYED_AS', 'REALIZES'], along: 'in', effect: 'breaks', confidence: 0.9, reason: 'depends on it' },

  // What people demand: the demand changes, and what has to obey it is looked at again.
  { name: 'governed', changes: DEMANDS, at: ['Adr', 'Policy', 'PolicyRule'], edges: ['GOVERNS'], along: 'out', effect: 'review', confidence: 0.9, reason: 'has to obey it' },
  { name: 'verified-by', changes: ['remove', 'rename'], at: DEMAND, edges: ['VERIFIES'], along: 'in', effect: 'breaks', confidence: 0.9, reason: 'checks it by name' },
  { name: 'verifies', changes: ['add', 'tighten', 'loosen', 'behaviour', 'unspecified'], at: DEMAND, edges: ['VERIFIES'], along: 'in', effect: 'review', confidence: 0.9, reason: 'checks it' },
  { name: 'satisfied-by', changes: DEMANDS, at: [...DEMAND, 'Spec'], edges: ['SATISFIES'], along: 'in', effect: 'review', confidence: 0.9, reason: 'fulfils it' },
  { name: 'tightened', changes: ['add', 'tighten', 'loosen', 'behaviour'], at: DEMAND, edges: ['SPECIFIES'], along: 'out', to: OPERATION, becomes: 'tighten', effect: 'review', confidence: 0.9, reason: 'is what it demands something of' },
  { name: 'specified', changes: DEMANDS, at: [...DEMAND, 'Spec'], edges: ['SPECIFIES'], along: 'out', effect: 'review', confidence: 0.8, reason: 'is what it demands something of' },
  { name: 'has-to-fulfil', changes: ['tighten'], at: OPERATION, edges: ['HANDLES'], along: 'in', effect: 'review', confidence: 0.8, reason: 'implements what it demands something of' },
  { name: 'named-by-demand', changes: ['add', 'tighten', 'loosen', 'remove', 'behaviour'], at: DEMAND, edges: ['MENTIONS'], along: 'out', to: CODE, effect: 'review', confidence: 0.5, reason: 'is named by it' },
  { name: 'built-on', changes: DEMANDS, at: ['Adr', 'Spec', ...DEMAND], edges: ['SUPERSEDES', 'REFINES', 'CONFLICTS_WITH', 'DERIVED_FROM', 'DEPENDS_ON'], along: 'in', effect: 'review', confidence: 0.8, reason: 'builds on it' },
  { name: 'conflicting', changes: DEMANDS, at: ['Adr', 'PolicyRule', 'Spec', ...DEMAND], edges: ['CONFLICTS_WITH'], along: 'out', effect: 'review', confidence: 0.8, reason: 'conflicts with it' },
  { name: 'part-of-spec', changes: DEMANDS, at: DEMAND, edges: ['CONTAINS'], along: 'in', to: ['Spec', ...DEMAND], becomes: 'behaviour', effect: 'review', confidence: 0.6, reason: 'holds it, and is approved only as it was' },
  { name: 'reworded-part', changes: ['reword'], at: DEMAND, edges: ['CONTAINS'], along: 'in', to: ['Spec', ...DEMAND], becomes: 'same', effect: 'review', confidence: 0.6, reason: 'holds it, and is approved only as it was' },
  { name: 'reworded', changes: ['reword'], at: [...DEMAND, 'Spec'], edges: ['VERIFIES', 'SATISFIES'], along: 'in', effect: 'compatible', confidence: 0.9, reason: 'is about the same demand in other words' },
];

/** Edges over which text is about something; a change of that something is a reason to read the text again. */
export const TEXT_EDGES = [
  'MENTIONS',
  'DOCUMENTS',
  'GOVERNS',
  'SPECIFIES',
  'DECIDES',
  'CONFLICTS_WITH',
  'REFINES',
  'DEPENDS_ON',
  'DERIVED_FROM',
] as const satisfies readonly EdgeType[];
