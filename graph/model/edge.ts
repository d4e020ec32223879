import { z } from 'zod';
import { Tier } from './provenance.ts';

/**
 * Every edge points from the dependent to what it depends on (or from a container to its content), so "what breaks" is
 * always a walk against the arrows. Append only: the position is the number that snapshots store.
 */
export const EDGE_TYPES = [
  'CONTAINS', // container → content
  'IMPORTS', // module → module or package
  'EXPORTS', // module → declaration it exports itself
  'RE_EXPORTS', // module → module or declaration it passes on
  'CALLS', // declaration → function, method or property it calls
  'INSTANTIATES', // declaration → class it constructs with `new`
  'REFERENCES', // declaration → declaration named as a value, neither called nor read as a property
  'READS', // declaration → variable or member it reads
  'WRITES', // declaration → variable or member it assigns, including keys of object literals
  'USES_TYPE', // declaration → class, interface, alias or enum it names in a type position
  'EXTENDS', // class or interface → its declared base
  'IMPLEMENTS', // class → interface it declares
  'OVERRIDES', // member → base or interface member it redefines
  'ALIASES', // declaration → declaration it is another name of
  'INFERS_FROM', // declaration without annotation → declaration that its type comes from
  'FLOWS_TO', // declaration → type that a value of type `via` is checked against there
  'FLOWS_FROM', // declaration → type whose value is checked against type `via` there
  'ACCESSES', // declaration → type through which it reaches the member `via`, which another type declares
  'DECORATES', // declaration → decorator applied to it
  'INJECTS', // constructor → class that a container hands it
  'TESTS', // test file → module it lives in
  'DEPENDS_ON', // package → package, service → service, table → table, spec → service or contract
  'AFFECTED_BY_GAP', // declaration → gap that hides what it depends on
  'HANDLES', // declaration → endpoint, operation or field resolver that it implements
  'REALIZES', // endpoint → operation that it is the implementation of; service → API
  'INVOKES', // declaration → operation or endpoint it calls over the network
  'PUBLISHES', // declaration → channel it sends to; operation of a contract likewise
  'SUBSCRIBES', // declaration → channel it receives from
  'HAS_SCHEMA', // operation, message or property → schema it is made of
  'HAS_PROPERTY', // schema, operation or channel → its field
  'MAPS_TO', // property of a type → field or column it stands for; field of an operation → property of the schema
  'QUERIES', // declaration → table or column it names in a query
  'READS_CONFIG', // declaration, service or resource → configuration key
  'DEPLOYED_AS', // service → resource, image or package that it is
  'OWNED_BY', // module, package, service → team
  'DOCUMENTS', // document → package, service or API it is about as a whole
  'MENTIONS', // section, ADR, policy, spec, ticket → what it names
  'DECIDES', // ADR → section or question that it settles
  'SUPERSEDES', // ADR, spec → the one it replaces
  'REFINES', // ADR, spec → the one it adds to
  'GOVERNS', // ADR, policy → what has to obey it
  'CONFLICTS_WITH', // statement → statement
  'SPECIFIES', // spec, criterion → what it demands something of
  'SATISFIES', // declaration → criterion that it says it fulfils
  'COVERS', // test file or case → declaration it ran, as a report says
  'VERIFIES', // test file or case → criterion or operation it checks
  'CO_CHANGES', // module → module that changes with it
  'DERIVED_FROM', // spec, statement → ticket or document it came from
  'CHANGES', // migration → table or column it creates, alters or drops
  'DECLARES', // service, resource, file → configuration key that it gives a value
  'APPROVES', // approval → spec that it approves as it was then
] as const;
export const EdgeType = z.enum(EDGE_TYPES);
export type EdgeType = z.infer<typeof EdgeType>;

/** The number of an edge type in snapshots: its position in {@link EDGE_TYPES}. */
export const EDGE_CODE = Object.fromEntries(EDGE_TYPES.map((type, code) => [type, code])) as Readonly<Record<EdgeType, number>>;

/**
 * What a site says beyond "there is a dependency", because it decides whether a change breaks it. A set of these is
 * stored as a bit mask, bit = position. Append only.
 */
export const SITE_FACTS = [
  'type-only', // in a type position, or through `import type`
  'result-used', // the value of the call or access is used
  'awaited', // the result is awaited
  'spread', // arguments contain a spread: their number is not known
  'optional-chain', // reached through `?.`
  'as-value', // a function named without being called: passed, stored or returned
  'checked', // the value's type is checked against another declared type here
  'member-access', // a member of the value is accessed here
  'called', // the value is called here
  'shorthand', // `{ name }`: one text is both a key and a value
  'computed-key', // reached through a string literal, `keyof` or a template
  'destructured', // reached through a binding pattern
  'jsx', // an element or attribute
  'import', // the import or export statement itself
  'super', // through `super`
  'implicit', // no name of the target is written at the site
  'inferred', // belongs to the part of a declaration that its inferred type depends on
  'overriding', // declared with the `override` modifier
  'object-literal', // the checked value is a literal: excess keys are errors
  'assertion', // `as T` or `<T>x`: comparable, not assignable
  'heritage', // in an `extends` or `implements` clause
  'exported', // the dependent is visible outside its module
  'mock', // named by a test double
  'callback', // arguments contain functions whose parameters take their types from the callee
  'not-run', // inside a local function that nothing calls
  'external-type', // the other type of the check is declared outside the repository
  'generic', // stands for a type parameter that was inferred
  'namespace', // reached as a member of its module: `import * as module`
  'provider', // this side decides what the contract says: a handler's type, an entity, a publisher
] as const;
export type SiteFact = (typeof SITE_FACTS)[number];

/** Bit mask of site facts. */
export const factMask = (...facts: readonly SiteFact[]): number => facts.reduce((mask, fact) => mask | (1 << SITE_FACTS.indexOf(fact)), 0);

/** The facts in a mask, in the order of {@link SITE_FACTS}. */
export const factsOf = (mask: number): SiteFact[] => SITE_FACTS.filter((_, bit) => (mask & (1 << bit)) !== 0);

/** One place in a file that states the edge. `file` is absent when it is the file of the edge's `from` node. */
export const Site = z.object({
  line: z.int().positive(),
  col: z.int().positive(),
  file: z.string().optional(),
  /** Bit mask of {@link SITE_FACTS}. */
  facts: z.int().nonnegative().optional(),
  /** Number of arguments of a call or construction. */
  args: z.int().nonnegative().optional(),
});
export type Site = z.infer<typeof Site>;

/**
 * A directed, evidenced statement. Identity is (from, type, to, via): the same statement at several places is one edge
 * with several sites, in order of position.
 */
export const Edge = z.object({
  from: z.string(),
  type: EdgeType,
  to: z.string(),
  /** The third party of a three-way fact; see the comments of {@link EDGE_TYPES}. */
  via: z.string().optional(),
  tier: Tier,
  /** 0–1: how sure the rule that made the edge is. */
  confidence: z.number().min(0).max(1),
  /** The rule that made the edge, where the type alone does not say. */
  rule: z.string().optional(),
  sites: z.array(Site),
});
export type Edge = z.infer<typeof Edge>;

/** What makes an edge this edge and no other. */
export type EdgeIdentity = Pick<Edge, 'from' | 'type' | 'to'> & { readonly via?: string | undefined };

/** Sort key that gives edges the one order used in dumps and snapshots. */
export const compareEdges = (a: EdgeIdentity, b: EdgeIdentity): number =>
  compare(a.from, b.from) || compare(a.type, b.type) || compare(a.to, b.to) || compare(a.via ?? '', b.via ?? '');

/** Code-unit order, the same on every machine and locale. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
