import type { EdgeType, SiteFact } from '../model/edge.ts';
import type { NodeKind } from '../model/node.ts';
import type { ChangeKind, Effect } from './change.ts';

/**
 * Where a rule looks, starting from the changed declaration:
 * - `target`: at the declaration itself
 * - `owner`: at the type that declares it, and the types derived from that
 * - `member`: at each member of a changed type
 * - `subtype`: at each type derived from a changed type
 * - `alias`: at each type alias made of a changed type
 * - `alias-user`: at each declaration whose signature names such an alias
 * - `type-user`: at each declaration whose signature names the changed type
 * - `counterpart`: at each type that has a member of the owner's type
 * - `holder`: at each such member
 * - `inferred`: at each declaration whose type is inferred from the changed one
 */
export type Role = 'target' | 'owner' | 'member' | 'subtype' | 'alias' | 'alias-user' | 'type-user' | 'counterpart' | 'holder' | 'inferred';

/**
 * What must hold of the third party (`via`) of an edge:
 * - `has-member`: it has a member of the changed member's name
 * - `requires-member`: that member is not optional
 * - `lacks-member`: it is a declared type without such a member
 * - `has-counterpart`: it has a member of the name under which the owner's type is held
 * - `inherited`: it is a member that the subtype does not declare itself
 * - `undeclared`: it is no declared type, but the declaration that holds a literal or a function
 * - `absent`: there is none: a literal, or a value of a type outside the repository
 */
export type ViaCondition = 'has-member' | 'requires-member' | 'lacks-member' | 'has-counterpart' | 'inherited' | 'undeclared' | 'absent';

/** One row: this kind of change, seen over this edge, with these facts, has this effect. */
export interface Rule {
  readonly name: string;
  readonly changes: readonly ChangeKind[];
  readonly role: Role;
  /** Edges into the node that the role names; the effect is on their `from`. */
  readonly edges: readonly EdgeType[];
  /** At least one site states one of these facts. */
  readonly any?: readonly SiteFact[];
  /** Some site states none of these facts. */
  readonly without?: readonly SiteFact[];
  readonly via?: ViaCondition;
  /** Only where the changed declaration has optional parameters, so that a new required one moves them. */
  readonly shifts?: true;
  /** Only for targets of these kinds. */
  readonly kinds?: readonly NodeKind[];
  /** The effect is on the type around the edge's `from`, when that is an interface. */
  readonly onInterface?: true;
  readonly effect: Effect;
  /** 0–1: measured share of such items that really break (bench/impact.ts), rounded down. */
  readonly confidence: number;
  /** Why, for people. */
  readonly reason: string;
}

/** Edges that name the target at the site. */
export const REFERENCE_EDGES = [
  'CALLS',
  'INSTANTIATES',
  'REFERENCES',
  'READS',
  'WRITES',
  'USES_TYPE',
  'EXTENDS',
  'IMPLEMENTS',
  'ALIASES',
  'DECORATES',
  'INJECTS',
  'IMPORTS',
  'RE_EXPORTS',
] as const satisfies readonly EdgeType[];
const FLOWS = ['FLOWS_TO', 'FLOWS_FROM'] as const satisfies readonly EdgeType[];
const GONE = ['remove', 'remove-member', 'rename'] as const satisfies readonly ChangeKind[];
const RETYPED = ['change-type'] as const satisfies readonly ChangeKind[];

/**
 * The propagation matrix. Reading order is irrelevant: an item keeps the strongest rule that reaches it. Documented in
 * docs/reference/propagation.md, which is generated from these rows.
 */
// One row a line, so that the matrix stays on one page.
// prettier-ignore
export const PROPAGATION: readonly Rule[] = [
  // A name that no longer exists, or means something else.
  { name: 'named', changes: [...GONE, ...RETYPED], role: 'target', edges: REFERENCE_EDGES, effect: 'breaks', confidence: 0.99, reason: 'names it' },
  { name: 'moved-import', changes: ['move'], role: 'target', edges: ['IMPORTS', 'RE_EXPORTS'], effect: 'breaks', confidence: 0.99, reason: 'imports it from where it was' },
  { name: 'moved-member', changes: ['move'], role: 'target', edges: REFERENCE_EDGES, any: ['namespace'], effect: 'breaks', confidence: 0.95, reason: 'reaches it as a member of the module where it was' },
  { name: 'property-path', changes: [...GONE], role: 'member', edges: ['READS'], any: ['implicit'], effect: 'breaks', confidence: 0.95, reason: 'reaches a member of it by a string path' },

  // Calls.
  { name: 'call', changes: ['add-required-parameter', 'remove-parameter'], role: 'target', edges: ['CALLS', 'INSTANTIATES', 'DECORATES'], effect: 'breaks', confidence: 0.99, reason: 'calls it' },
  { name: 'passed', changes: ['add-required-parameter', 'remove-parameter'], role: 'target', edges: ['READS', 'REFERENCES'], any: ['as-value'], effect: 'breaks', confidence: 0.9, reason: 'passes it where another signature is expected' },
  { name: 'shifted-literal', changes: ['add-required-parameter'], role: 'target', edges: ['WRITES'], shifts: true, effect: 'breaks', confidence: 0.9, reason: 'implements it in a literal; its optional parameters move' },
  { name: 'shifted-override', changes: ['add-required-parameter'], role: 'target', edges: ['OVERRIDES'], shifts: true, onInterface: true, effect: 'breaks', confidence: 0.95, reason: 'redefines it; its optional parameters move' },
  { name: 'override-call', changes: ['add-required-parameter'], role: 'target', edges: ['OVERRIDES'], effect: 'review', confidence: 0.5, reason: 'redefines it with fewer parameters, which is allowed' },
  { name: 'shifted-flow', changes: ['add-required-parameter'], role: 'owner', edges: ['FLOWS_TO'], via: 'has-member', shifts: true, effect: 'breaks', confidence: 0.95, reason: 'passes a value whose member has the old signature' },
  { name: 'stricter-flow', changes: ['add-required-parameter'], role: 'owner', edges: ['FLOWS_FROM'], via: 'has-member', effect: 'breaks', confidence: 0.85, reason: 'passes a value whose member now demands more than the expected type does' },
  { name: 'optional-passed', changes: ['add-optional-parameter'], role: 'target', edges: ['READS', 'REFERENCES'], any: ['as-value'], effect: 'behaves-differently', confidence: 0.5, reason: 'passes it to code that may hand it more arguments' },
  { name: 'optional-call', changes: ['add-optional-parameter'], role: 'target', edges: ['CALLS', 'INSTANTIATES'], effect: 'compatible', confidence: 0.99, reason: 'calls it without the new argument' },

  // Overriding and implementing members, both ways.
  { name: 'override-keyword', changes: [...GONE], role: 'target', edges: ['OVERRIDES'], any: ['overriding'], effect: 'breaks', confidence: 0.95, reason: 'says `override`, and nothing is overridden any more' },
  { name: 'override-renamed', changes: ['rename'], role: 'target', edges: ['OVERRIDES'], effect: 'breaks', confidence: 0.9, reason: 'redefines it under the old name' },
  { name: 'override-type', changes: [...RETYPED], role: 'target', edges: ['OVERRIDES'], onInterface: true, effect: 'breaks', confidence: 0.95, reason: 'redefines it with the old type' },

  // Values of one declared type that are checked against another.
  { name: 'flow-from', changes: [...GONE, 'make-optional'], role: 'owner', edges: ['FLOWS_FROM'], via: 'requires-member', effect: 'breaks', confidence: 0.5, reason: 'passes a value where that member is required' },
  { name: 'asserted', changes: [...GONE], role: 'owner', edges: ['FLOWS_TO'], any: ['assertion'], via: 'has-member', effect: 'breaks', confidence: 0.9, reason: 'asserts a type that no longer overlaps' },
  { name: 'flow-type', changes: [...RETYPED], role: 'owner', edges: FLOWS, via: 'has-member', effect: 'breaks', confidence: 0.92, reason: 'checks the owner against a type with the old member' },
  { name: 'flow-undeclared', changes: [...RETYPED], role: 'owner', edges: FLOWS, via: 'undeclared', effect: 'breaks', confidence: 0.3, reason: 'checks the owner against an undeclared type' },
  { name: 'flow-asserted', changes: [...RETYPED], role: 'owner', edges: FLOWS, any: ['assertion'], via: 'absent', effect: 'breaks', confidence: 0.6, reason: 'asserts the owner' },
  { name: 'flow-external', changes: [...GONE, ...RETYPED, 'add-required-parameter'], role: 'target', edges: ['FLOWS_FROM'], any: ['external-type'], effect: 'breaks', confidence: 0.5, reason: 'passes its owner as a type of another package that has this member' },
  { name: 'type-flow', changes: [...RETYPED], role: 'target', edges: FLOWS, without: ['generic'], effect: 'breaks', confidence: 0.55, reason: 'checks a value against it' },
  { name: 'held-flow', changes: [...GONE, ...RETYPED, 'add-required-parameter'], role: 'counterpart', edges: FLOWS, via: 'has-counterpart', effect: 'breaks', confidence: 0.35, reason: 'checks a type that holds the owner against another that does' },
  { name: 'held-override', changes: [...GONE, ...RETYPED, 'add-required-parameter'], role: 'holder', edges: ['OVERRIDES'], effect: 'breaks', confidence: 0.3, reason: 'redefines a member whose type holds the owner' },

  // Members reached through another type.
  { name: 'inherited-access', changes: [...GONE, ...RETYPED], role: 'subtype', edges: ['ACCESSES'], via: 'inherited', effect: 'breaks', confidence: 0.95, reason: 'reaches an inherited member through a derived type' },
  { name: 'member-of-type', changes: [...RETYPED], role: 'member', edges: ['CALLS', 'READS', 'WRITES', 'REFERENCES', 'INSTANTIATES'], effect: 'breaks', confidence: 0.92, reason: 'uses a member of it' },
  { name: 'access', changes: [...RETYPED], role: 'target', edges: ['ACCESSES'], effect: 'breaks', confidence: 0.8, reason: 'reaches into a value of this type' },

  // Types that are made of it, signatures that name it, types inferred from it.
  { name: 'alias-flow', changes: [...GONE, ...RETYPED], role: 'alias', edges: FLOWS, effect: 'breaks', confidence: 0.35, reason: 'checks a value against an alias made of it' },
  { name: 'alias-access', changes: [...RETYPED], role: 'alias', edges: ['ACCESSES'], effect: 'breaks', confidence: 0.35, reason: 'reaches into a value of an alias made of it' },
  { name: 'alias-signature', changes: [...GONE, ...RETYPED], role: 'alias-user', kinds: ['TypeAlias'], edges: ['CALLS', 'INSTANTIATES'], effect: 'breaks', confidence: 0.25, reason: 'calls a signature with an alias made of it' },
  { name: 'signature', changes: [...GONE, ...RETYPED], role: 'type-user', kinds: ['TypeAlias', 'Enum'], edges: ['CALLS', 'INSTANTIATES', 'READS', 'WRITES', 'REFERENCES'], without: ['import', 'type-only'], effect: 'breaks', confidence: 0.3, reason: 'uses a declaration whose type names it' },
  { name: 'callback', changes: [...GONE, ...RETYPED], role: 'type-user', edges: ['CALLS', 'INSTANTIATES'], any: ['callback'], effect: 'breaks', confidence: 0.3, reason: 'passes a function whose parameters are typed by it' },
  { name: 'inferred-use', changes: [...RETYPED], role: 'inferred', edges: REFERENCE_EDGES, effect: 'breaks', confidence: 0.7, reason: 'uses a declaration whose type is inferred from it' },

  // Members added, or made required or optional.
  { name: 'implementer', changes: ['add-member'], role: 'target', edges: ['IMPLEMENTS'], effect: 'breaks', confidence: 0.95, reason: 'implements it and lacks the new member' },
  { name: 'implementer-of-derived', changes: ['add-member'], role: 'subtype', edges: ['IMPLEMENTS'], effect: 'breaks', confidence: 0.9, reason: 'implements a type derived from it and lacks the new member' },
  { name: 'literal-of-derived', changes: ['add-member'], role: 'subtype', edges: ['FLOWS_TO'], any: ['object-literal'], effect: 'breaks', confidence: 0.8, reason: 'builds a type derived from it without the new member' },
  { name: 'subclass', changes: ['add-member'], role: 'target', kinds: ['Class'], edges: ['EXTENDS'], effect: 'breaks', confidence: 0.5, reason: 'extends it and must add the member, if that is abstract' },
  { name: 'literal', changes: ['add-member'], role: 'target', edges: ['FLOWS_TO'], any: ['object-literal'], effect: 'breaks', confidence: 0.85, reason: 'builds it from a literal without the new member' },
  { name: 'lacking', changes: ['add-member'], role: 'target', edges: ['FLOWS_TO'], without: ['object-literal', 'assertion'], effect: 'breaks', confidence: 0.7, reason: 'passes a value of another type, which lacks the new member' },
  { name: 'literal-required', changes: ['make-required'], role: 'owner', edges: ['FLOWS_TO'], any: ['object-literal'], effect: 'breaks', confidence: 0.6, reason: 'builds the owner from a literal that may leave it out' },
  { name: 'flow-required', changes: ['make-required'], role: 'owner', edges: ['FLOWS_TO'], via: 'lacks-member', effect: 'breaks', confidence: 0.85, reason: 'passes a value that lacks it' },
  { name: 'override-required', changes: ['make-required'], role: 'target', edges: ['OVERRIDES'], onInterface: true, effect: 'breaks', confidence: 0.5, reason: 'may redefine it as optional' },
  { name: 'read-optional', changes: ['make-optional'], role: 'target', edges: ['READS', 'CALLS'], any: ['member-access', 'called', 'as-value', 'destructured'], effect: 'breaks', confidence: 0.7, reason: 'uses the value without asking whether it is there' },
  { name: 'write-optional', changes: ['make-optional'], role: 'target', edges: ['WRITES'], effect: 'compatible', confidence: 0.95, reason: 'still gives it a value' },
  { name: 'narrowed', changes: ['change-visibility'], role: 'target', edges: REFERENCE_EDGES, effect: 'breaks', confidence: 0.8, reason: 'uses it from outside' },
];

/**
 * Edges over which running code reaches the changed code; sites in type positions do not count. `OVERRIDES` is followed
 * the other way: who calls the base member may run the changed one.
 */
export const EXECUTION_EDGES = [
  'CALLS',
  'INSTANTIATES',
  'REFERENCES',
  'READS',
  'WRITES',
  'DECORATES',
  'EXTENDS',
] as const satisfies readonly EdgeType[];

/** Kinds of change that no running code notices by itself. */
export const SILENT_CHANGES: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  'add-optional-parameter',
  'move',
  'rename',
  'make-optional',
  'change-visibility',
  'add-member',
  'add',
  'reword',
]);

/** What an unknown kind of change is answered as. */
export const WORST_CASE: readonly ChangeKind[] = ['remove', 'change-type', 'add-required-parameter', 'behaviour'];
