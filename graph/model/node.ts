import { z } from 'zod';
import { Span } from './provenance.ts';

/** What a claim knows a thing from, best first: its definition of today, as when nothing is said. */
const STANDINGS = [undefined, 'migration', 'mention'] as const;

const base = {
  id: z.string().min(1),
  name: z.string(),
  /** Repository the node belongs to; absent for shared things such as npm packages. */
  repo: z.string().optional(),
  /** Path relative to the repository root, with `/`. */
  file: z.string().optional(),
  /** Where the declaration's name stands (line, col) and where the declaration ends. */
  span: Span.optional(),
  /**
   * Of a claim whose place is not where the thing is defined today: a step of its history, or somewhere that only names it. Where
   * another claim has the definition, that one leads (graph/store/claims.ts). Nodes that are read have none.
   */
  standing: z.enum(['migration', 'mention']).optional(),
};

/** One parameter as written; `type` is absent when it is inferred. */
export const ParameterShape = z.object({
  name: z.string(),
  type: z.string().optional(),
  optional: z.boolean().optional(),
  rest: z.boolean().optional(),
});
export type ParameterShape = z.infer<typeof ParameterShape>;

/** One call signature as written; `returns` is absent when it is inferred. Overloads give several. */
export const SignatureShape = z.object({
  parameters: z.array(ParameterShape),
  returns: z.string().optional(),
  typeParameters: z.array(z.string()).optional(),
});
export type SignatureShape = z.infer<typeof SignatureShape>;

/**
 * What can be said of a declaration from its own text, so that two versions of it can be compared without a compiler
 * (`impact --diff`). Flags are present only when true.
 */
export const DeclarationProps = z.object({
  exported: z.boolean().optional(),
  /** Exported as the module's default. */
  default: z.boolean().optional(),
  visibility: z.enum(['private', 'protected']).optional(),
  static: z.boolean().optional(),
  abstract: z.boolean().optional(),
  optional: z.boolean().optional(),
  readonly: z.boolean().optional(),
  async: z.boolean().optional(),
  /** An accessor, or what kind of property this is. */
  accessor: z.boolean().optional(),
  /** Written type of a variable, property or alias; absent when inferred. */
  type: z.string().optional(),
  signatures: z.array(SignatureShape).optional(),
  typeParameters: z.array(z.string()).optional(),
  /** Written `extends` and `implements` clauses. */
  heritage: z.array(z.string()).optional(),
  /** Names of the decorators on it, as written. */
  decorators: z.array(z.string()).optional(),
  /** Hash of body or initializer, decorators, default values and unnamed members, comments and white space aside. */
  body: z.string().optional(),
  /** First sentence of the doc comment. */
  doc: z.string().optional(),
});
export type DeclarationProps = z.infer<typeof DeclarationProps>;

export const DECLARATION_KINDS = [
  'Namespace',
  'Function',
  'Method',
  'Constructor',
  'Class',
  'Interface',
  'TypeAlias',
  'Enum',
  'EnumMember',
  'Variable',
  'Property',
] as const;

const declaration = <K extends (typeof DECLARATION_KINDS)[number]>(kind: K) =>
  z.object({ ...base, kind: z.literal(kind), props: DeclarationProps });

/** Why something could not be analysed; impact answers `unknown` rather than a false safe when it meets one. */
export const GAP_REASONS = [
  'parse-failure',
  'unresolved-import',
  'any-receiver',
  'computed-access',
  'dynamic-import',
  'too-large',
  'unreadable',
] as const;
export type GapReason = (typeof GAP_REASONS)[number];

const flag = z.boolean().optional();
const texts = z.array(z.string()).optional();
/** `doc`: what people wrote about it, for full text. */
const thing = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.object({ ...base, kind: z.literal(kind), props: z.object({ ...shape, doc: z.string().optional() }) });

/** Every thing a system is made of, by `kind`. A new kind is one line here. */
export const Node = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('Repository'), props: z.object({ commit: z.string().optional() }) }),
  z.object({
    ...base,
    kind: z.literal('Package'),
    props: z.object({
      version: z.string().optional(),
      private: z.boolean().optional(),
      external: z.boolean().optional(),
      /** Names of its scripts, and of the commands it installs. */
      scripts: z.array(z.string()).optional(),
      bin: z.array(z.string()).optional(),
      doc: z.string().optional(),
    }),
  }),
  z.object({
    ...base,
    kind: z.literal('Module'),
    props: z.object({
      language: z.string(),
      projects: z.array(z.string()).optional(),
      /** Commits that changed it, of those looked at, and who made most of them. */
      changes: z.int().positive().optional(),
      authors: z.array(z.string()).optional(),
      doc: z.string().optional(),
    }),
  }),
  declaration('Namespace'),
  declaration('Function'),
  declaration('Method'),
  declaration('Constructor'),
  declaration('Class'),
  declaration('Interface'),
  declaration('TypeAlias'),
  declaration('Enum'),
  declaration('EnumMember'),
  declaration('Variable'),
  declaration('Property'),
  z.object({ ...base, kind: z.literal('TestFile'), props: z.object({ framework: z.string() }) }),
  z.object({
    ...base,
    kind: z.literal('TestCase'),
    props: z.object({ title: z.string(), modifier: z.enum(['skip', 'only', 'todo', 'fails']).optional() }),
  }),
  z.object({ ...base, kind: z.literal('Gap'), props: z.object({ reason: z.enum(GAP_REASONS), message: z.string() }) }),

  // Contracts.
  thing('Api', { format: z.string(), version: z.string().optional(), title: z.string().optional(), servers: texts }),
  thing('Operation', {
    /** HTTP method in capitals, or `QUERY`, `MUTATION`, `SUBSCRIPTION`, `RPC`. */
    method: z.string().optional(),
    /** Path template, `/users/{id}`. */
    path: z.string().optional(),
    operationId: z.string().optional(),
    deprecated: flag,
    security: texts,
    /** Ways to sign in, where one needs several schemes, `token + tenant`, or none: the empty text. */
    signIns: texts,
    tags: texts,
  }),
  thing('Schema', { type: z.string().optional(), deprecated: flag }),
  /** A field of a schema, or of a request, response or payload by its path. */
  thing('SchemaProperty', {
    type: z.string().optional(),
    format: z.string().optional(),
    /** Present only when true, like all flags. */
    required: flag,
    nullable: flag,
    readOnly: flag,
    writeOnly: flag,
    deprecated: flag,
    enum: texts,
  }),
  thing('SecurityScheme', {
    type: z.string().optional(),
    scheme: z.string().optional(),
    /** Header that a key is sent in. */
    header: z.string().optional(),
    /** Query parameter or cookie that a key is sent in. */
    query: z.string().optional(),
    cookie: z.string().optional(),
  }),
  thing('Channel', { address: z.string(), protocol: z.string().optional() }),
  thing('Message', { contentType: z.string().optional() }),

  // What runs, and where it is called.
  thing('Service', { type: z.string().optional(), lifecycle: z.string().optional(), image: z.string().optional(), ports: texts }),
  /** A route that code serves: method and full path template. */
  thing('Endpoint', { method: z.string(), path: z.string(), framework: z.string() }),
  /** A call whose operation is not part of the graph. */
  thing('HttpCall', { method: z.string().optional(), path: z.string().optional(), host: z.string().optional() }),
  thing('Resource', { type: z.string(), image: z.string().optional(), ports: texts }),
  /** `optional`: all code that reads it says what holds without it. */
  thing('ConfigKey', { default: z.string().optional(), secret: flag, optional: flag }),

  // Data.
  thing('DataStore', { technology: z.string() }),
  thing('Table', { schema: z.string().optional(), view: flag }),
  thing('Column', { type: z.string().optional(), nullable: flag, primaryKey: flag, default: z.string().optional() }),
  thing('Migration', { order: z.string(), technology: z.string().optional() }),

  // What people wrote.
  thing('Document', { title: z.string().optional() }),
  /** A stretch of a document under one heading, or a named part of any other text; `headings` from the outermost inwards. */
  thing('Section', { headings: texts }),
  thing('Adr', {
    status: z.string().optional(),
    number: z.string().optional(),
    date: z.string().optional(),
    decision: z.string().optional(),
  }),
  thing('Policy', { title: z.string().optional() }),
  thing('PolicyRule', {
    statement: z.string(),
    severity: z.string().optional(),
    appliesTo: z.unknown().optional(),
    constraint: z.unknown().optional(),
  }),
  thing('Spec', { format: z.string(), status: z.string().optional(), version: z.string().optional(), owner: z.string().optional() }),
  thing('AcceptanceCriterion', { text: z.string(), rev: z.int().optional(), priority: z.string().optional() }),
  thing('Nfr', { text: z.string(), category: z.string(), measure: z.unknown().optional() }),
  thing('Question', { text: z.string(), answer: z.string().optional() }),
  thing('Ticket', { source: z.string(), state: z.string().optional(), url: z.string().optional() }),
  thing('Team', { email: z.string().optional() }),
  thing('Commit', { subject: z.string(), author: z.string().optional(), date: z.string().optional() }),
  /** What somebody decided about one state of a spec: a line of the log beside it. Whether it counts is computed (src/specs/approvals). */
  thing('Approval', {
    action: z.enum(['submit', 'approve', 'request-changes']),
    /** `why`, `how`, `policy:<name>` */
    role: z.string().optional(),
    by: z.string(),
    email: z.string(),
    version: z.string(),
    /** Normative hash of what was decided about. */
    hash: z.string(),
    at: z.string(),
    commit: z.string().optional(),
    comment: z.string().optional(),
  }),
]);
export type Node = z.infer<typeof Node>;
export type NodeKind = Node['kind'];
export type NodeOf<K extends NodeKind> = Extract<Node, { kind: K }>;

/** Orders claims of a node: a definition of today before a step of its history before a mention. */
export const standingOf = ({ standing }: Pick<Node, 'standing'>): number => STANDINGS.indexOf(standing);
/** The inverse of {@link standingOf}. */
export const standingAt = (code: number): Pick<Node, 'standing'> => {
  const standing = STANDINGS[code];
  return standing === undefined ? {} : { standing };
};

/** All kinds, in the order in which snapshots number them. Append only: the numbers are stored. */
export const NODE_KINDS = Node.options.map((option) => option.shape.kind.value) as readonly NodeKind[];

/** The number of a node kind in snapshots: its position in {@link NODE_KINDS}. */
export const KIND_CODE = Object.fromEntries(NODE_KINDS.map((kind, code) => [kind, code])) as Readonly<Record<NodeKind, number>>;

/** Where several units claim a node, the claim of the kind that stands first here names it (docs/architecture.md). */
export const isDeclaration = (node: Node): node is NodeOf<(typeof DECLARATION_KINDS)[number]> =>
  (DECLARATION_KINDS as readonly string[]).includes(node.kind);
