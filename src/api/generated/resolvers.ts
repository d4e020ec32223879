import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Node as NodeParent, ParameterShape as ParameterShapeParent, SignatureShape as SignatureShapeParent } from '../../../graph/model/node.ts';
import type { Site as SiteParent } from '../../../graph/model/edge.ts';
import type { RankedNode as RankedNodeParent, RankedFile as RankedFileParent } from '../../../src/retrieval/search.ts';
import type { ContextPack as ContextPackParent, Passage as PassageParent } from '../../../src/retrieval/context-pack.ts';
import type { SimilarNode as SimilarNodeParent } from '../../../src/retrieval/similar.ts';
import type { RelatedThing as RelatedThingParent } from '../../../src/retrieval/related.ts';
import type { StoredDiagnostic as StoredDiagnosticParent } from '../../../graph/store/store.ts';
import type { ImpactAnswer as ImpactAnswerParent, ImpactedItem as ImpactedItemParent, TestToRun as TestToRunParent, UnknownItem as UnknownItemParent, Hop as HopParent, DetectedChange as DetectedChangeParent } from '../../../graph/query/change.ts';
import type { Finding as FindingParent } from '../../../graph/query/findings/finding.ts';
import type { DiffImpactAnswer as DiffImpactAnswerParent, SkippedChange as SkippedChangeParent } from '../../../src/diff/diff-impact.ts';
import type { Stats as StatsParent, IngestReport as IngestReportParent } from '../../../src/system.ts';
import type { Job as JobParent } from '../../../src/api/jobs.ts';
import type { SpecAtHand as SpecAtHandParent } from '../../../src/specs/spec-at-hand.ts';
import type { ThreadAtHand as ThreadAtHandParent, HandOffAtHand as HandOffAtHandParent } from '../../../src/api/threads.ts';
import type { Gate as GateParent, ClarifyGate as ClarifyGateParent, SettleGate as SettleGateParent, ReviewGate as ReviewGateParent } from '../../../src/agent/thread/gate.ts';
import type { GapQuestion as GapQuestionParent, Conflict as ConflictParent } from '../../../src/agent/model.ts';
import type { ProposedAnswer as ProposedAnswerParent, TimelineEntry as TimelineEntryParent } from '../../../src/agent/thread/status.ts';
import type { Doer as DoerParent } from '../../../src/agent/thread/record.ts';
import type { Neighbour as NeighbourParent } from '../../../src/api/neighbours.ts';
import type { ApiContext } from '../context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** Any JSON value. Used where the shape depends on the kind of thing. */
  JSON: { input: unknown; output: unknown; }
};

/** A change to ask about. */
export type ChangeInput = {
  /** How it changes; UNSPECIFIED is answered as the worst of all kinds. */
  readonly kind?: ChangeKind;
  /** Items to list, the first of their order. `totals`, `tests` and `verdict` are of all of them in any case. */
  readonly limit?: Scalars['Int']['input'];
  /** Hops, from 1: leave out items further away. */
  readonly maxDistance?: Scalars['Int']['input'];
  /** 0–1: leave out items below. */
  readonly minConfidence?: Scalars['Float']['input'];
  /** Add to every item the path that leads to it. */
  readonly paths?: Scalars['Boolean']['input'];
  /** What changes: an id, `path#Name.member`, `path:line[:col]` or a bare name. */
  readonly target: Scalars['String']['input'];
};

/** Kinds of change to code. */
export type ChangeKind =
  /** A criterion is new. */
  | 'add'
  /** It gets a further member. */
  | 'add-member'
  /** Callers may pass one more argument. */
  | 'add-optional-parameter'
  /** Callers have to pass one more argument. */
  | 'add-required-parameter'
  /** The type, nullability or default of a column changes. */
  | 'alter-column'
  /** Its body changes, its signature does not; a criterion demands something else, neither more nor less. */
  | 'behaviour'
  /** Its type, parameter type or return type becomes another. */
  | 'change-type'
  /** Fewer places may see it. */
  | 'change-visibility'
  /** A column is dropped. */
  | 'drop-column'
  /** A criterion, policy or limit demands less. */
  | 'loosen'
  /** What had to be given can be left out. */
  | 'make-optional'
  /** What could be left out has to be given. */
  | 'make-required'
  /** It moves to another file. */
  | 'move'
  /** It disappears. */
  | 'remove'
  /** One of its members disappears. */
  | 'remove-member'
  /** A parameter disappears. */
  | 'remove-parameter'
  /** It gets another name. */
  | 'rename'
  /** A criterion says the same in other words. */
  | 'reword'
  /** A decision is replaced by another. */
  | 'supersede'
  /** A criterion, policy or limit demands more. */
  | 'tighten'
  /** Not known: answered as the worst of the others. */
  | 'unspecified';

/** Waits for answers: `resumeThread` with `answers`. */
export type ClarifyGate = {
  readonly __typename?: 'ClarifyGate';
  /** What is asked, most consequential first. */
  readonly questions: ReadonlyArray<GapQuestion>;
  /** How many times it was waited for here, from 1. */
  readonly round: Scalars['Int']['output'];
};

/** Statements that cannot all hold; without any one of them the others can. */
export type Conflict = {
  readonly __typename?: 'Conflict';
  /** Whom to ask about the means. */
  readonly askHow?: Maybe<Scalars['String']['output']>;
  /** Whom to ask about the purpose. */
  readonly askWhy?: Maybe<Scalars['String']['output']>;
  /** Stays the same as long as both sides say the same. */
  readonly id: Scalars['ID']['output'];
  /** The statements. */
  readonly members: ReadonlyArray<ConflictMember>;
  /** Ways out. */
  readonly options: ReadonlyArray<ConflictOption>;
  /** Why they cannot all hold. */
  readonly why: Scalars['String']['output'];
};

/** What a statement is part of. */
export type ConflictLayer =
  /** An architecture decision. */
  | 'adr'
  /** A contract, such as OpenAPI. */
  | 'contract'
  /** A policy. */
  | 'policy'
  /** What was asked for. */
  | 'request'
  /** A spec. */
  | 'spec';

/** A statement in a conflict. */
export type ConflictMember = {
  readonly __typename?: 'ConflictMember';
  /** Where it says so. */
  readonly evidence: Evidence;
  /** What kind of text says so. */
  readonly layer: ConflictLayer;
  /** What it says in a normal form: `upload.size <= 5 MB`. */
  readonly states: Scalars['String']['output'];
};

/** A way out of a conflict. */
export type ConflictOption = {
  readonly __typename?: 'ConflictOption';
  /** What has to change, and who has to agree. */
  readonly costs: Scalars['String']['output'];
  /** `A`, `B`, … */
  readonly id: Scalars['ID']['output'];
  /** What is done. */
  readonly text: Scalars['String']['output'];
  /** Place of the member that gives way, from 0; null where none does. */
  readonly yields?: Maybe<Scalars['Int']['output']>;
};

/** Passages to read before building something. */
export type ContextPack = {
  readonly __typename?: 'ContextPack';
  /** Tokens that were allowed. */
  readonly budget: Scalars['Int']['output'];
  /** Most relevant first. */
  readonly passages: ReadonlyArray<Passage>;
  /** What was asked. */
  readonly question: Scalars['String']['output'];
  /** All of it as one text for people and models; what repositories say is fenced as data. */
  readonly text: Scalars['String']['output'];
  /** Tokens that the text has. */
  readonly tokens: Scalars['Int']['output'];
  /** Why less was compared than could be, such as a model that cannot be reached; null when nothing was left out. */
  readonly warning?: Maybe<Scalars['String']['output']>;
};

/** One declaration that a diff touches. */
export type DetectedChange = {
  readonly __typename?: 'DetectedChange';
  /** How it changes. */
  readonly change: ChangeKind;
  /** Dotted path in the file. */
  readonly declaration: Scalars['String']['output'];
  /** What was compared, for people. */
  readonly detail: Scalars['String']['output'];
  /** Source file relative to the repository root. */
  readonly file: Scalars['String']['output'];
  /** Id of the declaration. */
  readonly id: Scalars['ID']['output'];
};

/** Something a worker could not understand. Never stops an ingest. */
export type Diagnostic = {
  readonly __typename?: 'Diagnostic';
  /** Stable code. */
  readonly code: Scalars['String']['output'];
  /** Source file relative to the repository root. */
  readonly file?: Maybe<Scalars['String']['output']>;
  /** What is wrong, for people. */
  readonly message: Scalars['String']['output'];
  /** How bad it is. */
  readonly severity: Severity;
  /** Where in the file. */
  readonly span?: Maybe<Span>;
  /** The unit that was extracted: `<repository>//<worker>:<path>`. */
  readonly unit: Scalars['String']['output'];
};

/** A page of diagnostics. */
export type DiagnosticConnection = {
  readonly __typename?: 'DiagnosticConnection';
  /** The diagnostics with their cursors. */
  readonly edges: ReadonlyArray<DiagnosticEdge>;
  /** The diagnostics alone. */
  readonly nodes: ReadonlyArray<Diagnostic>;
  /** Where the page starts and ends. */
  readonly pageInfo: PageInfo;
};

/** A diagnostic on a page. */
export type DiagnosticEdge = {
  readonly __typename?: 'DiagnosticEdge';
  /** Where to go on after it. */
  readonly cursor: Scalars['String']['output'];
  /** The diagnostic. */
  readonly node: Diagnostic;
};

/** What a diagram shows. */
export type DiagramKind =
  /** C4 level 3: the parts of one service or package. */
  | 'component'
  /** C4 level 2: services, stores and channels. */
  | 'container'
  /** C4 level 1: the system, and the systems around it. */
  | 'context'
  /** What something depends on, and what depends on it. */
  | 'dependencies'
  /** How a change of something spreads. */
  | 'impact'
  /** What happens when an operation or function is called. */
  | 'sequence';

/** The merged answer for every declaration that a diff touches. */
export type DiffImpact = {
  readonly __typename?: 'DiffImpact';
  /** The declarations that the diff touches, and how. */
  readonly changes: ReadonlyArray<DetectedChange>;
  /** The state of the graph that was asked. */
  readonly generation: Scalars['Int']['output'];
  /** What is concerned: worst effect first, then nearest, then surest, then by id; as many as `limit` allows. */
  readonly impacted: ReadonlyArray<ImpactedItem>;
  /** What the diff touches and the answer says nothing about. */
  readonly skipped: ReadonlyArray<SkippedChange>;
  /** Tests to run, best first. */
  readonly tests: ReadonlyArray<TestToRun>;
  /** How much is concerned, listed or not: one for each effect, worst first. */
  readonly totals: ReadonlyArray<EffectTotal>;
  /** What could not be analysed and might hide more. */
  readonly unknown: ReadonlyArray<UnknownItem>;
  /** The worst effect, as one word. */
  readonly verdict: Verdict;
};

/** A Git diff. */
export type DiffInput = {
  /** Items to list, the first of their order. `totals`, `tests` and `verdict` are of all of them in any case. */
  readonly limit?: Scalars['Int']['input'];
  /** 0–1: leave out items below. */
  readonly minConfidence?: Scalars['Float']['input'];
  /** Add to every item the path that leads to it. */
  readonly paths?: Scalars['Boolean']['input'];
  /** `REV` (work tree against it) or `A..B`; absent = the work tree against HEAD. */
  readonly revisions?: InputMaybe<Scalars['String']['input']>;
  /** A folder of the work tree, absolute or relative to the server's first root folder. It must lie inside a root folder. */
  readonly root?: Scalars['String']['input'];
  /** What is staged, instead of the work tree. */
  readonly staged?: Scalars['Boolean']['input'];
};

/** Who or what did a step. */
export type Doer = {
  readonly __typename?: 'Doer';
  /** Of a model: in the currency of the prices in the settings. */
  readonly cost?: Maybe<Scalars['Float']['output']>;
  /** Of a person. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** What it is. */
  readonly kind: DoerKind;
  /** Of a person, or of a model. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Of a model: hash of what it was told. */
  readonly prompt?: Maybe<Scalars['String']['output']>;
  /** Of a model: read and written. */
  readonly tokens?: Maybe<Scalars['Int']['output']>;
};

/** What does steps. */
export type DoerKind =
  /** A language model, whose answer was checked. */
  | 'model'
  /** Somebody. */
  | 'person'
  /** Programs, without a model. */
  | 'rules';

/** How many edges of one type there are. */
export type EdgeCount = {
  readonly __typename?: 'EdgeCount';
  /** How many. */
  readonly count: Scalars['Int']['output'];
  /** The type. */
  readonly type: EdgeType;
};

/** What an edge states, from the dependent to what it depends on, or from a container to its content. */
export type EdgeType =
  /** Declaration → type through which it reaches the member `via`, which another type declares. */
  | 'ACCESSES'
  /** Declaration → gap that hides what it depends on. */
  | 'AFFECTED_BY_GAP'
  /** Declaration → declaration it is another name of. */
  | 'ALIASES'
  /** Approval → spec that it approves as it was then. */
  | 'APPROVES'
  /** Declaration → function, method or property it calls. */
  | 'CALLS'
  /** Migration → table or column it creates, alters or drops. */
  | 'CHANGES'
  /** Statement → statement. */
  | 'CONFLICTS_WITH'
  /** Container → content. */
  | 'CONTAINS'
  /** Test file or case → declaration it ran, as a report says. */
  | 'COVERS'
  /** Module → module that changes with it. */
  | 'CO_CHANGES'
  /** ADR → section or question that it settles. */
  | 'DECIDES'
  /** Service, resource, file → configuration key that it gives a value. */
  | 'DECLARES'
  /** Declaration → decorator applied to it. */
  | 'DECORATES'
  /** Package → package. */
  | 'DEPENDS_ON'
  /** Service → resource, image or package that it is. */
  | 'DEPLOYED_AS'
  /** Spec, statement → ticket or document it came from. */
  | 'DERIVED_FROM'
  /** Document → package, service or API it is about as a whole. */
  | 'DOCUMENTS'
  /** Module → declaration it exports itself. */
  | 'EXPORTS'
  /** Class or interface → its declared base. */
  | 'EXTENDS'
  /** Declaration → type whose value is checked against type `via` there. */
  | 'FLOWS_FROM'
  /** Declaration → type that a value of type `via` is checked against there. */
  | 'FLOWS_TO'
  /** ADR, policy → what has to obey it. */
  | 'GOVERNS'
  /** Declaration → endpoint, operation or field resolver that it implements. */
  | 'HANDLES'
  /** Schema, operation or channel → its field. */
  | 'HAS_PROPERTY'
  /** Operation, message or property → schema it is made of. */
  | 'HAS_SCHEMA'
  /** Class → interface it declares. */
  | 'IMPLEMENTS'
  /** Module → module or package. */
  | 'IMPORTS'
  /** Declaration without annotation → declaration that its type comes from. */
  | 'INFERS_FROM'
  /** Constructor → class that a container hands it. */
  | 'INJECTS'
  /** Declaration → class it constructs with `new`. */
  | 'INSTANTIATES'
  /** Declaration → operation or endpoint it calls over the network. */
  | 'INVOKES'
  /** Property of a type → field or column it stands for; field of an operation → property of the schema. */
  | 'MAPS_TO'
  /** Section, ADR, policy, spec, ticket → what it names. */
  | 'MENTIONS'
  /** Member → base or interface member it redefines. */
  | 'OVERRIDES'
  /** Module, package, service → team. */
  | 'OWNED_BY'
  /** Declaration → channel it sends to; operation of a contract likewise. */
  | 'PUBLISHES'
  /** Declaration → table or column it names in a query. */
  | 'QUERIES'
  /** Declaration → variable or member it reads. */
  | 'READS'
  /** Declaration, service or resource → configuration key. */
  | 'READS_CONFIG'
  /** Endpoint → operation that it is the implementation of; service → API. */
  | 'REALIZES'
  /** Declaration → declaration named as a value, neither called nor read as a property. */
  | 'REFERENCES'
  /** ADR, spec → the one it adds to. */
  | 'REFINES'
  /** Module → module or declaration it passes on. */
  | 'RE_EXPORTS'
  /** Declaration → criterion that it says it fulfils. */
  | 'SATISFIES'
  /** Spec, criterion → what it demands something of. */
  | 'SPECIFIES'
  /** Declaration → channel it receives from. */
  | 'SUBSCRIBES'
  /** ADR, spec → the one it replaces. */
  | 'SUPERSEDES'
  /** Test file → module it lives in. */
  | 'TESTS'
  /** Declaration → class, interface, alias or enum it names in a type position. */
  | 'USES_TYPE'
  /** Test file or case → criterion or operation it checks. */
  | 'VERIFIES'
  /** Declaration → variable or member it assigns, including keys of object literals. */
  | 'WRITES';

/** What a change does to one thing, worst first. */
export type Effect =
  /** Runs the changed code; its tests should run. */
  | 'behaves-differently'
  /** Must be edited, or it no longer compiles, validates or deploys. */
  | 'breaks'
  /** Looked at and cleared, with the reason. */
  | 'compatible'
  /** Text that talks about it. */
  | 'review'
  /** A gap lies on the way. */
  | 'unknown';

/** How much has one effect. */
export type EffectTotal = {
  readonly __typename?: 'EffectTotal';
  /** The effect. */
  readonly effect: Effect;
  /** In how many source files these are. */
  readonly files: Scalars['Int']['output'];
  /** How many things have it. */
  readonly items: Scalars['Int']['output'];
};

/** A thing the system is made of: a module, a declaration, a test, a package, a gap in the analysis. */
export type Entity = {
  readonly __typename?: 'Entity';
  /** First sentence of its doc comment. */
  readonly doc?: Maybe<Scalars['String']['output']>;
  /** True when other modules can import it. */
  readonly exported: Scalars['Boolean']['output'];
  /** Source file relative to the repository root, with `/`. */
  readonly file?: Maybe<Scalars['String']['output']>;
  /** Readable, stable id: `<repository>//<scheme>:<path>[#<descriptor>]`. */
  readonly id: Scalars['ID']['output'];
  /** What depends on it or contains it. */
  readonly incoming: NeighbourConnection;
  /** What kind of thing it is. */
  readonly kind: NodeKind;
  /** Its own name, without container or path. */
  readonly name: Scalars['String']['output'];
  /** What it depends on or contains. */
  readonly outgoing: NeighbourConnection;
  /** Everything known about a thing of this kind. */
  readonly props: Scalars['JSON']['output'];
  /** Repository it belongs to; null for shared things such as published packages. */
  readonly repo?: Maybe<Scalars['String']['output']>;
  /** Call signatures as written; several for overloads, none for what cannot be called. */
  readonly signatures: ReadonlyArray<Signature>;
  /** From where its name stands to where it ends. */
  readonly span?: Maybe<Span>;
};


/** A thing the system is made of: a module, a declaration, a test, a package, a gap in the analysis. */
export type EntityIncomingArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  types?: InputMaybe<ReadonlyArray<EdgeType>>;
};


/** A thing the system is made of: a module, a declaration, a test, a package, a gap in the analysis. */
export type EntityOutgoingArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  types?: InputMaybe<ReadonlyArray<EdgeType>>;
};

/** A page of entities. */
export type EntityConnection = {
  readonly __typename?: 'EntityConnection';
  /** The entities with their cursors. */
  readonly edges: ReadonlyArray<EntityEdge>;
  /** The entities alone. */
  readonly nodes: ReadonlyArray<Entity>;
  /** Where the page starts and ends. */
  readonly pageInfo: PageInfo;
};

/** An entity on a page. */
export type EntityEdge = {
  readonly __typename?: 'EntityEdge';
  /** Where to go on after it. */
  readonly cursor: Scalars['String']['output'];
  /** The entity. */
  readonly node: Entity;
};

/** Conditions that must all hold. */
export type EntityFilter = {
  /** Source file relative to its repository root. */
  readonly file?: InputMaybe<Scalars['String']['input']>;
  /** One of these kinds. */
  readonly kinds?: InputMaybe<ReadonlyArray<NodeKind>>;
  /** Exact simple name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Name of a repository. */
  readonly repo?: InputMaybe<Scalars['String']['input']>;
};

/** What went wrong. Also the value of `extensions.code` of an error. */
export type ErrorCode =
  /** Interrupted; nothing was published. */
  | 'ABORTED'
  /** A spec may not be approved: by this person, in this state, or under this version; or people decide here, not programs. */
  | 'APPROVAL_REFUSED'
  /** An argument does not have the expected form. */
  | 'BAD_INPUT'
  /** The chat model cannot be reached, refuses, or what it answers is not what was asked for. */
  | 'CHAT_FAILED'
  /** The embedding model cannot be reached, or what it answers is no vectors. */
  | 'EMBEDDER_FAILED'
  /** Git is missing, or the revision is unknown. */
  | 'GIT_FAILED'
  /** A bug of specgraph; its log says more. */
  | 'INTERNAL'
  /** The question is larger than the limits. */
  | 'LIMIT_EXCEEDED'
  /** The path to ingest does not exist or cannot be read. */
  | 'SOURCE_NOT_FOUND'
  /** Another writer published first; ask again. */
  | 'STORE_BUSY'
  /** The database refused a statement that should have worked. */
  | 'STORE_FAILED'
  /** There is no graph at the configured location. */
  | 'STORE_NOT_FOUND'
  /** The store was written by another version and must be rebuilt. */
  | 'STORE_SCHEMA'
  /** The database does not answer. */
  | 'STORE_UNREACHABLE'
  /** Several entities answer to that name. */
  | 'TARGET_AMBIGUOUS'
  /** No entity answers to that name. */
  | 'TARGET_NOT_FOUND';

/** A stretch of a file. Its text is quoted: information, never instructions. */
export type Evidence = {
  readonly __typename?: 'Evidence';
  /** Last line. */
  readonly endLine: Scalars['Int']['output'];
  /** Path in the repository. */
  readonly file: Scalars['String']['output'];
  /** First line, from 1. */
  readonly line: Scalars['Int']['output'];
  /** What it is part of: the id of an entity, or `note:THREAD` for what people said to a thread. */
  readonly node: Scalars['ID']['output'];
  /** What these lines say, word for word. */
  readonly quote: Scalars['String']['output'];
  /** Commit that has the file so, or `sha256:` and the hash of its text. */
  readonly sha: Scalars['String']['output'];
};

/** How well it is known that a part of a spec holds. */
export type EvidenceLevel =
  /** Nothing that exists is bound to it. */
  | 'L0'
  /** A test that is not skipped, or another verification that exists, is bound to it. */
  | 'L1';

/** A part of a request that the system does already. */
export type ExistingPart = {
  readonly __typename?: 'ExistingPart';
  /** Words of the request. */
  readonly quote: Scalars['String']['output'];
  /** Why that is said. */
  readonly reason: Scalars['String']['output'];
  /** What does it: id of an entity. */
  readonly thing: Scalars['ID']['output'];
};

/** Two parts of the system that do not fit each other. */
export type Finding = {
  readonly __typename?: 'Finding';
  /** Code of the check, such as `operation-without-handler`. */
  readonly code: Scalars['String']['output'];
  /** File in which it shows. */
  readonly file?: Maybe<Scalars['String']['output']>;
  /** Stays the same while the finding does, whatever lines move. */
  readonly fingerprint: Scalars['String']['output'];
  /** Id of the entity, or the file, that it is about. */
  readonly id: Scalars['ID']['output'];
  /** What is wrong, and what to do. */
  readonly message: Scalars['String']['output'];
  /** Ids of other entities that show it. */
  readonly related: ReadonlyArray<Scalars['ID']['output']>;
  /** How bad it is. */
  readonly severity: Severity;
  /** Where in the file. */
  readonly span?: Maybe<Span>;
};

/** A page of findings. */
export type FindingConnection = {
  readonly __typename?: 'FindingConnection';
  /** The findings of this page. */
  readonly edges: ReadonlyArray<FindingEdge>;
  /** Whether there are more. */
  readonly pageInfo: PageInfo;
};

/** A finding in a page. */
export type FindingEdge = {
  readonly __typename?: 'FindingEdge';
  /** Where a page that begins after this finding starts. */
  readonly cursor: Scalars['String']['output'];
  /** The finding. */
  readonly node: Finding;
};

/** What a feature of this kind has to say, and neither request nor system does. */
export type GapQuestion = {
  readonly __typename?: 'GapQuestion';
  /** What of the request it is about, word for word. */
  readonly about: Scalars['String']['output'];
  /** Why it is asked. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** `Q-1`. */
  readonly id: Scalars['ID']['output'];
  /** Answers to choose from. */
  readonly options: ReadonlyArray<QuestionOption>;
  /** What is missing: `limit`, `retention`, … */
  readonly slot: Scalars['String']['output'];
  /** What is asked. */
  readonly text: Scalars['String']['output'];
};

/** Where people decide. */
export type Gate = ClarifyGate | ReviewGate | SettleGate;

/** Files that an engineer or any coding agent can build from. Begin with `README.md`. */
export type HandOff = {
  readonly __typename?: 'HandOff';
  /** The text of one of them. BAD_INPUT for any other path. */
  readonly file?: Maybe<Scalars['String']['output']>;
  /** Their paths in that folder, in order. */
  readonly files: ReadonlyArray<Scalars['String']['output']>;
  /** Their folder, in the repository. */
  readonly path: Scalars['String']['output'];
};


/** Files that an engineer or any coding agent can build from. Begin with `README.md`. */
export type HandOffFileArgs = {
  path: Scalars['String']['input'];
};

/** One step of a path. */
export type Hop = {
  readonly __typename?: 'Hop';
  /** Column, from 1, in UTF-16 units. */
  readonly col?: Maybe<Scalars['Int']['output']>;
  /** 0–1: how sure the rule that made the edge is. */
  readonly confidence: Scalars['Float']['output'];
  /** Type of the edge between them. */
  readonly edge: EdgeType;
  /** File in which the edge is seen. */
  readonly file?: Maybe<Scalars['String']['output']>;
  /** Id of the entity nearer to the start. */
  readonly from: Scalars['ID']['output'];
  /** Line in that file, from 1. */
  readonly line?: Maybe<Scalars['Int']['output']>;
  /** The row of the propagation matrix that let the change pass. */
  readonly rule: Scalars['String']['output'];
  /** How the edge was established. */
  readonly tier: Tier;
  /** Id of the entity one step further. */
  readonly to: Scalars['ID']['output'];
  /** Id of the third party of a three-way fact. */
  readonly via?: Maybe<Scalars['ID']['output']>;
};

/** Somebody, as Git knows them. */
export type Identity = {
  readonly __typename?: 'Identity';
  /** E-mail address. */
  readonly email: Scalars['String']['output'];
  /** Name. */
  readonly name: Scalars['String']['output'];
};

/** The answer to "what breaks if I change this". */
export type Impact = {
  readonly __typename?: 'Impact';
  /** How it changes. */
  readonly change: ChangeKind;
  /** The state of the graph that was asked. */
  readonly generation: Scalars['Int']['output'];
  /** What is concerned: worst effect first, then nearest, then surest, then by id; as many as `limit` allows. */
  readonly impacted: ReadonlyArray<ImpactedItem>;
  /** What changes. */
  readonly target: Entity;
  /** Tests to run, best first. */
  readonly tests: ReadonlyArray<TestToRun>;
  /** How much is concerned, listed or not: one for each effect, worst first. */
  readonly totals: ReadonlyArray<EffectTotal>;
  /** What could not be analysed and might hide more. */
  readonly unknown: ReadonlyArray<UnknownItem>;
  /** The worst effect, as one word. */
  readonly verdict: Verdict;
};

/** A thing that a change concerns. */
export type ImpactedItem = {
  readonly __typename?: 'ImpactedItem';
  /** 0–1: how sure the answer is about it. */
  readonly confidence: Scalars['Float']['output'];
  /** Dotted path in the file; `<module>` for the top level of a module. */
  readonly declaration: Scalars['String']['output'];
  /** Hops from the target; 1 = direct. */
  readonly distance: Scalars['Int']['output'];
  /** What the change does to it. */
  readonly effect: Effect;
  /** The entity itself; null when an ingest removed it while this request ran. */
  readonly entity?: Maybe<Entity>;
  /** Source file relative to the repository root. */
  readonly file?: Maybe<Scalars['String']['output']>;
  /** Id of the entity. */
  readonly id: Scalars['ID']['output'];
  /** What kind of thing it is. */
  readonly kind: NodeKind;
  /** Line of the place that makes it concerned. */
  readonly line?: Maybe<Scalars['Int']['output']>;
  /** How the change gets there; null unless `paths` was asked for. */
  readonly path?: Maybe<ReadonlyArray<Hop>>;
  /** Why, in one sentence for people. */
  readonly reason: Scalars['String']['output'];
  /** The id without its repository, as docs/reference/names.md has it. */
  readonly ref: Scalars['String']['output'];
  /** Weakest way in which a hop of its path was established. */
  readonly tier: Tier;
};

/** What an ingest is doing. */
export type IngestPhase =
  /** Writes facts. */
  | 'apply'
  /** Looks for files. */
  | 'discover'
  /** Reads facts out of files. */
  | 'extract'
  /** Joins facts of different sources. */
  | 'link'
  /** Makes the new generation visible. */
  | 'publish';

/** What an ingest did. */
export type IngestReport = {
  readonly __typename?: 'IngestReport';
  /** Number of diagnostics; read them with `diagnostics`. */
  readonly diagnostics: Scalars['Int']['output'];
  /** Files that were looked at. */
  readonly files: Scalars['Int']['output'];
  /** The published generation; unchanged when nothing had to be replaced. */
  readonly generation: Scalars['Int']['output'];
  /** How long it took, in milliseconds. */
  readonly milliseconds: Scalars['Float']['output'];
  /** Units removed. */
  readonly removed: Scalars['Int']['output'];
  /** Units replaced. */
  readonly replaced: Scalars['Int']['output'];
  /** Name that qualifies the ids. */
  readonly repo: Scalars['String']['output'];
};

/** An ingest that was asked for. */
export type Job = {
  readonly __typename?: 'Job';
  /** Why it failed; null unless FAILED. */
  readonly error?: Maybe<JobError>;
  /** `job-1`, `job-2`, … in the order in which they were asked for, since the server started. */
  readonly id: Scalars['ID']['output'];
  /** How far it is; null before it runs. */
  readonly progress?: Maybe<JobProgress>;
  /** What it did; null until DONE. */
  readonly report?: Maybe<IngestReport>;
  /** Where it stands. */
  readonly state: JobState;
};

/** Why a job failed: the same as an error of a query. */
export type JobError = {
  readonly __typename?: 'JobError';
  /** What went wrong, for programs. */
  readonly code: ErrorCode;
  /** What a program needs to react. */
  readonly details: Scalars['JSON']['output'];
  /** What went wrong and what to do, for people. */
  readonly message: Scalars['String']['output'];
};

/** How far an ingest is within its phase. */
export type JobProgress = {
  readonly __typename?: 'JobProgress';
  /** Steps finished. */
  readonly done: Scalars['Int']['output'];
  /** What it is doing. */
  readonly phase: IngestPhase;
  /** Steps in all; may grow. */
  readonly total: Scalars['Int']['output'];
};

/** Where a job stands. */
export type JobState =
  /** Published; see `report`. */
  | 'done'
  /** Nothing was published; see `error`. */
  | 'failed'
  /** Waits for the jobs before it. */
  | 'queued'
  /** At work. */
  | 'running';

/** Changes to the graph. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Approves a spec as it was read. APPROVAL_REFUSED for engines, for whom the rules do not name, and where the spec says something else by now. */
  readonly approveSpec: Spec;
  /** Ends a thread where it stands; what it wrote stays. For people. */
  readonly cancelThread: Thread;
  /**
   * Drafts a spec for a request, up to where people decide; returns what came of it, or the thread at work (RUNNING) when that takes long.
   * The same request is the same thread: sent again, it goes on. For people and engines whose token says who they are; others:
   * APPROVAL_REFUSED.
   */
  readonly draftSpec: Thread;
  /** Queues the ingest of a repository and returns at once; poll `job` for its progress. Jobs run one after the other. */
  readonly ingest: Job;
  /** Wants changes of a spec as it was read, before it is approved. Refused as `approveSpec` is. */
  readonly requestSpecChanges: Spec;
  /**
   * Goes on with a thread, after what is said here and what was decided about its spec meanwhile. Answers, choices and what is left open are
   * people's, and kept with the name that the token stands for; engines may only go on: APPROVAL_REFUSED. Of two who answer, the first counts.
   */
  readonly resumeThread: Thread;
  /**
   * Asks for the review of a draft. Who asks, approves or refuses is whom the token of the request stands for (`api.people` of the
   * configuration); other requests decide nothing: APPROVAL_REFUSED.
   */
  readonly submitSpec: Spec;
};


/** Changes to the graph. */
export type MutationApproveSpecArgs = {
  comment?: InputMaybe<Scalars['String']['input']>;
  feature: Scalars['String']['input'];
  hash: Scalars['String']['input'];
  repo?: InputMaybe<Scalars['String']['input']>;
  role?: InputMaybe<Scalars['String']['input']>;
  sameMeaning?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};


/** Changes to the graph. */
export type MutationCancelThreadArgs = {
  id: Scalars['ID']['input'];
  root?: Scalars['String']['input'];
  specs?: Scalars['String']['input'];
};


/** Changes to the graph. */
export type MutationDraftSpecArgs = {
  repo?: InputMaybe<Scalars['String']['input']>;
  request: Scalars['String']['input'];
  root?: Scalars['String']['input'];
  specs?: Scalars['String']['input'];
  thread?: InputMaybe<Scalars['ID']['input']>;
};


/** Changes to the graph. */
export type MutationIngestArgs = {
  path: Scalars['String']['input'];
  repo?: InputMaybe<Scalars['String']['input']>;
};


/** Changes to the graph. */
export type MutationRequestSpecChangesArgs = {
  comment: Scalars['String']['input'];
  feature: Scalars['String']['input'];
  hash: Scalars['String']['input'];
  repo?: InputMaybe<Scalars['String']['input']>;
  role?: InputMaybe<Scalars['String']['input']>;
};


/** Changes to the graph. */
export type MutationResumeThreadArgs = {
  accept?: ReadonlyArray<Scalars['ID']['input']>;
  answers?: ReadonlyArray<ReplyInput>;
  choices?: ReadonlyArray<ReplyInput>;
  id: Scalars['ID']['input'];
  leaveOpen?: Scalars['Boolean']['input'];
  repo?: InputMaybe<Scalars['String']['input']>;
  root?: Scalars['String']['input'];
  specs?: Scalars['String']['input'];
};


/** Changes to the graph. */
export type MutationSubmitSpecArgs = {
  comment?: InputMaybe<Scalars['String']['input']>;
  feature: Scalars['String']['input'];
  repo?: InputMaybe<Scalars['String']['input']>;
};

/** A page of edges of the graph, seen from one of their ends. */
export type NeighbourConnection = {
  readonly __typename?: 'NeighbourConnection';
  /** The edges, with the entity at the other end. */
  readonly edges: ReadonlyArray<NeighbourEdge>;
  /** Where the page starts and ends. */
  readonly pageInfo: PageInfo;
  /** All edges that fit, on every page together; null when the entity has more than can be paged (10,000). */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An edge of the graph, seen from one of its ends. */
export type NeighbourEdge = {
  readonly __typename?: 'NeighbourEdge';
  /** 0–1: how sure the rule that made it is. */
  readonly confidence: Scalars['Float']['output'];
  /** Where to go on after it. */
  readonly cursor: Scalars['String']['output'];
  /** The other end; null when an ingest removed it while this request ran. */
  readonly node?: Maybe<Entity>;
  /** The rule that made it, where the type alone does not say. */
  readonly rule?: Maybe<Scalars['String']['output']>;
  /** Every place that states it. */
  readonly sites: ReadonlyArray<Site>;
  /** How it was established. */
  readonly tier: Tier;
  /** What it states. */
  readonly type: EdgeType;
  /** Id of the third party of a three-way fact. */
  readonly via?: Maybe<Scalars['ID']['output']>;
};

/** How many entities of one kind there are. */
export type NodeCount = {
  readonly __typename?: 'NodeCount';
  /** How many. */
  readonly count: Scalars['Int']['output'];
  /** The kind. */
  readonly kind: NodeKind;
};

/** Kinds of things. */
export type NodeKind =
  /** A criterion of a spec. */
  | 'AcceptanceCriterion'
  /** An architecture decision. */
  | 'Adr'
  /** A contract as a whole: an OpenAPI, AsyncAPI, GraphQL or Protocol Buffers document. */
  | 'Api'
  /** What somebody decided about one state of a spec. */
  | 'Approval'
  /** A topic, queue or event. */
  | 'Channel'
  /** A class. */
  | 'Class'
  /** A column of a table. */
  | 'Column'
  /** A commit. */
  | 'Commit'
  /** An environment variable or flag. */
  | 'ConfigKey'
  /** The constructor of a class. */
  | 'Constructor'
  /** A database. */
  | 'DataStore'
  /** A document. */
  | 'Document'
  /** A route that code serves. */
  | 'Endpoint'
  /** An enum. */
  | 'Enum'
  /** A member of an enum. */
  | 'EnumMember'
  /** A function, also one held by a constant. */
  | 'Function'
  /** Something that could not be analysed, and why. */
  | 'Gap'
  /** A call over HTTP whose operation is not part of the graph. */
  | 'HttpCall'
  /** An interface. */
  | 'Interface'
  /** A message on a channel. */
  | 'Message'
  /** A method, also an abstract or interface method. */
  | 'Method'
  /** A change to tables, in order. */
  | 'Migration'
  /** A source file. */
  | 'Module'
  /** A namespace or module block. */
  | 'Namespace'
  /** A non-functional requirement of a spec. */
  | 'Nfr'
  /** An operation of a contract. */
  | 'Operation'
  /** A package of the repository or one published elsewhere. */
  | 'Package'
  /** A policy. */
  | 'Policy'
  /** A rule of a policy. */
  | 'PolicyRule'
  /** A property, field or accessor. */
  | 'Property'
  /** An open question of a spec. */
  | 'Question'
  /** A repository with everything in it. */
  | 'Repository'
  /** A piece of infrastructure. */
  | 'Resource'
  /** A named schema of a contract. */
  | 'Schema'
  /** A field of a schema, or of a request, response or payload. */
  | 'SchemaProperty'
  /** A stretch of a document under one heading. */
  | 'Section'
  /** A way to authenticate that a contract names. */
  | 'SecurityScheme'
  /** Something that runs. */
  | 'Service'
  /** A feature spec. */
  | 'Spec'
  /** A table, view or collection. */
  | 'Table'
  /** A team or person that owns something. */
  | 'Team'
  /** One test. */
  | 'TestCase'
  /** A file of tests. */
  | 'TestFile'
  /** A ticket. */
  | 'Ticket'
  /** A type alias. */
  | 'TypeAlias'
  /** A variable or constant at the top level. */
  | 'Variable';

/** What an answer makes of a request. */
export type OptionScope =
  /** What is there is changed. */
  | 'change'
  /** Nothing is built; nothing else has to be answered. */
  | 'close'
  /** Something is built beside what is there. */
  | 'separate';

/** Where a page starts and ends, and whether there is more. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Cursor of the last item, to be given as `after`; null for an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** True when a further page follows. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Always false: pages are read forwards only. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item; null for an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** One parameter as written. */
export type Parameter = {
  readonly __typename?: 'Parameter';
  /** Its name, or the text of its binding pattern. */
  readonly name: Scalars['String']['output'];
  /** True when callers may leave it out. */
  readonly optional: Scalars['Boolean']['output'];
  /** True for `...rest`. */
  readonly rest: Scalars['Boolean']['output'];
  /** Written type; null when inferred. */
  readonly type?: Maybe<Scalars['String']['output']>;
};

/** Lines of a file, with where they stand and why they are here. */
export type Passage = {
  readonly __typename?: 'Passage';
  /** The commit whose file holds these very lines; absent where the file was not committed as it was read. */
  readonly commit?: Maybe<Scalars['String']['output']>;
  /** How much of it the text of the pack shows. */
  readonly detail: PassageDetail;
  /** Last line. */
  readonly endLine: Scalars['Int']['output'];
  /** The entity that the lines are of. */
  readonly id: Scalars['ID']['output'];
  /** Its kind. */
  readonly kind: NodeKind;
  /** First line, from 1. */
  readonly line: Scalars['Int']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Relative to the repository. */
  readonly path: Scalars['String']['output'];
  /** Why it is here. */
  readonly reason: Scalars['String']['output'];
  /** The repository it is in. */
  readonly repo: Scalars['String']['output'];
  /** The lines, as written. */
  readonly text: Scalars['String']['output'];
  /** Tokens of the lines. */
  readonly tokens: Scalars['Int']['output'];
};

/** How much of a passage the text of a pack shows. */
export type PassageDetail =
  /** Its name, beside the number of the line that declares it or of lines in it. */
  | 'NAMED'
  /** Its lines. */
  | 'QUOTED';

/** An answer of a language model to an open question. */
export type ProposedAnswer = {
  readonly __typename?: 'ProposedAnswer';
  /** What the answer is taken from. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** Its name. */
  readonly model: Scalars['String']['output'];
  /** `Q-1`. */
  readonly question: Scalars['ID']['output'];
  /** What is asked. */
  readonly text: Scalars['String']['output'];
  /** What it answers. */
  readonly value: Scalars['String']['output'];
};

/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type Query = {
  readonly __typename?: 'Query';
  /** What ingests could not understand, ordered by unit and position. */
  readonly diagnostics?: Maybe<DiagnosticConnection>;
  /** A picture of the system as Mermaid text, the same for the same graph. */
  readonly diagram?: Maybe<Scalars['String']['output']>;
  /** Entities in order of their ids, a page at a time. */
  readonly entities?: Maybe<EntityConnection>;
  /** The entity that a name stands for. Errors with TARGET_NOT_FOUND (details: suggestions) or TARGET_AMBIGUOUS (details: candidates). */
  readonly entity?: Maybe<Entity>;
  /** Files that a text is about, best first: as `search`, and by what past commits that did something alike changed. */
  readonly files?: Maybe<ReadonlyArray<RankedFile>>;
  /** What does not fit together: contracts, code, data, configuration, decisions, policies, documents, specs. By file and place. */
  readonly findings?: Maybe<FindingConnection>;
  /** What breaks, behaves differently or deserves a look if one thing changes. */
  readonly impact?: Maybe<Impact>;
  /** What breaks because of a Git diff: targets and kinds of change are computed from the declarations before and after. */
  readonly impactOfDiff?: Maybe<DiffImpact>;
  /** The state of an ingest; null for an id that was never given out or whose job was forgotten (the last 100 are kept). */
  readonly job?: Maybe<Job>;
  /** A shortest dependency path between two entities, in either direction; null when there is none. */
  readonly path?: Maybe<ReadonlyArray<Hop>>;
  /** What is connected to an entity over typed edges of the graph, nearest first. */
  readonly related?: Maybe<ReadonlyArray<RelatedEntity>>;
  /** What one needs to know to build something: passages within a budget of tokens, each with its place and reason. */
  readonly retrieve?: Maybe<ContextPack>;
  /**
   * Entities that a text is about, best first: by their names, their text, its meaning and the file they are in. The query is words,
   * never query syntax.
   */
  readonly search?: Maybe<ReadonlyArray<SearchHit>>;
  /** What is like an entity: in what both mean where vectors are kept, else in their words. */
  readonly similar?: Maybe<ReadonlyArray<SimilarEntity>>;
  /**
   * A spec as its file says it now, where it stands, and what the graph knows of it. Errors with TARGET_NOT_FOUND, or TARGET_AMBIGUOUS
   * (details: candidates).
   */
  readonly spec?: Maybe<Spec>;
  /** What of a spec changed, and the least version that asks for. */
  readonly specDiff?: Maybe<SpecDiff>;
  /** The specs in the folders of this server, by path. */
  readonly specs?: Maybe<SpecConnection>;
  /** How much the graph holds. */
  readonly stats?: Maybe<Stats>;
  /** Where a request stands on its way to a spec and a hand-off, and what it waits for. BAD_INPUT for a thread that there is not. */
  readonly thread?: Maybe<Thread>;
  /** The requests that were handed in, by name. */
  readonly threads?: Maybe<ThreadConnection>;
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QueryDiagnosticsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QueryDiagramArgs = {
  change?: InputMaybe<ChangeKind>;
  kind: DiagramKind;
  target?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QueryEntitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EntityFilter>;
  first?: Scalars['Int']['input'];
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QueryEntityArgs = {
  ref: Scalars['String']['input'];
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QueryFilesArgs = {
  first?: Scalars['Int']['input'];
  given?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  query: Scalars['String']['input'];
  repo?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QueryFindingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  codes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  first?: Scalars['Int']['input'];
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QueryImpactArgs = {
  change: ChangeInput;
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QueryImpactOfDiffArgs = {
  input: DiffInput;
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QueryJobArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QueryPathArgs = {
  from: Scalars['String']['input'];
  to: Scalars['String']['input'];
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QueryRelatedArgs = {
  first?: Scalars['Int']['input'];
  ref: Scalars['String']['input'];
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QueryRetrieveArgs = {
  budget?: Scalars['Int']['input'];
  given?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  question: Scalars['String']['input'];
  repo?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QuerySearchArgs = {
  first?: Scalars['Int']['input'];
  given?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  kinds?: InputMaybe<ReadonlyArray<NodeKind>>;
  query: Scalars['String']['input'];
  repo?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QuerySimilarArgs = {
  first?: Scalars['Int']['input'];
  ref: Scalars['String']['input'];
  repo?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QuerySpecArgs = {
  feature: Scalars['String']['input'];
  repo?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QuerySpecDiffArgs = {
  feature: Scalars['String']['input'];
  repo?: InputMaybe<Scalars['String']['input']>;
  revision?: InputMaybe<Scalars['String']['input']>;
  sameMeaning?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QuerySpecsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  repo?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QueryThreadArgs = {
  id: Scalars['ID']['input'];
  root?: Scalars['String']['input'];
  specs?: Scalars['String']['input'];
};


/**
 * Questions to the graph. They are answered from the last published generation; nothing is written. A question that
 * fails is null beside its error, so that the others of the same request keep their answers.
 */
export type QueryThreadsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
  root?: Scalars['String']['input'];
  specs?: Scalars['String']['input'];
};

/** An answer to choose. */
export type QuestionOption = {
  readonly __typename?: 'QuestionOption';
  /** What follows if it is chosen. */
  readonly consequence: Scalars['String']['output'];
  /** Where the value comes from; empty for values that are usual and that nothing here states. */
  readonly evidence: ReadonlyArray<Evidence>;
  /** What it makes of the request as a whole; null: it says something that the feature demands. */
  readonly scope?: Maybe<OptionScope>;
  /** The answer. */
  readonly value: Scalars['String']['output'];
};

/** A file that a text is about. */
export type RankedFile = {
  readonly __typename?: 'RankedFile';
  /** The past commit that speaks most for it: hash and subject. */
  readonly commit?: Maybe<Scalars['String']['output']>;
  /** Relative to the repository. */
  readonly path: Scalars['String']['output'];
  /** The repository it is in. */
  readonly repo: Scalars['String']['output'];
  /** Higher is better; comparable within one answer only. */
  readonly score: Scalars['Float']['output'];
  /** What each signal gave; they add up to the score. */
  readonly signals: ReadonlyArray<SearchSignal>;
};

/** An entity that is connected to another. */
export type RelatedEntity = {
  readonly __typename?: 'RelatedEntity';
  /** The entity. */
  readonly node: Entity;
  /** The edge over which most of them come. */
  readonly reason: Scalars['String']['output'];
  /** Share of random walks from the other that end here, 0–1. */
  readonly score: Scalars['Float']['output'];
};

/** What is said about one question or conflict. */
export type ReplyInput = {
  /** `Q-1`, `C-1a2b3c4d`. */
  readonly id: Scalars['ID']['input'];
  /** What is said. At most 2,000 characters. */
  readonly value: Scalars['String']['input'];
};

/** Waits for reviewers: `approveSpec` or `requestSpecChanges`, then `resumeThread`. */
export type ReviewGate = {
  readonly __typename?: 'ReviewGate';
  /** Hash of what the draft demanded. */
  readonly hash: Scalars['String']['output'];
  /** File of the spec, in the repository. */
  readonly path: Scalars['String']['output'];
  /** What is reviewed: `why`, the purpose, or `how`, the means. */
  readonly role: Scalars['String']['output'];
  /** How many times it was waited for here, from 1. */
  readonly round: Scalars['Int']['output'];
};

/** An entity that a search found. */
export type SearchHit = {
  readonly __typename?: 'SearchHit';
  /** The entity. */
  readonly node: Entity;
  /** Higher is better; comparable within one answer only. */
  readonly score: Scalars['Float']['output'];
  /** What each signal gave; they add up to the score. */
  readonly signals: ReadonlyArray<SearchSignal>;
};

/** What one way of looking gave to a hit. */
export type SearchSignal = {
  readonly __typename?: 'SearchSignal';
  /** Of entities: name, text, meaning, file, exact (is called so). Of files: file, part, commit, meaning, commitMeaning, changedWith, connected, namedAlike. */
  readonly name: Scalars['String']['output'];
  /** Share of the best hit of this signal, as it counts. */
  readonly score: Scalars['Float']['output'];
};

/** Waits for choices: `resumeThread` with `choices`. */
export type SettleGate = {
  readonly __typename?: 'SettleGate';
  /** What cannot all hold. */
  readonly conflicts: ReadonlyArray<Conflict>;
  /** How many times it was waited for here, from 1. */
  readonly round: Scalars['Int']['output'];
};

/** How bad a diagnostic is. */
export type Severity =
  /** Facts are missing because of it. */
  | 'error'
  /** Good to know. */
  | 'info'
  /** Facts may be missing because of it. */
  | 'warning';

/** One call signature as written. */
export type Signature = {
  readonly __typename?: 'Signature';
  /** Parameters in order. */
  readonly parameters: ReadonlyArray<Parameter>;
  /** Written return type; null when inferred. */
  readonly returns?: Maybe<Scalars['String']['output']>;
  /** Type parameters as written, with constraints and defaults. */
  readonly typeParameters: ReadonlyArray<Scalars['String']['output']>;
};

/** An entity that is like another. */
export type SimilarEntity = {
  readonly __typename?: 'SimilarEntity';
  /** `meaning` or `words`: what was compared. */
  readonly by: Scalars['String']['output'];
  /** The entity. */
  readonly node: Entity;
  /** Cosine of meanings, or the share of the best match of words. */
  readonly score: Scalars['Float']['output'];
};

/** One place in a file that states an edge. */
export type Site = {
  readonly __typename?: 'Site';
  /** Number of arguments of a call or construction. */
  readonly args?: Maybe<Scalars['Int']['output']>;
  /** Column, from 1, in UTF-16 units. */
  readonly col: Scalars['Int']['output'];
  /** What the place says beyond "there is a dependency". */
  readonly facts: ReadonlyArray<SiteFact>;
  /** The file; null when it is the file of the edge's starting entity. */
  readonly file?: Maybe<Scalars['String']['output']>;
  /** Line, from 1. */
  readonly line: Scalars['Int']['output'];
};

/** What a place says beyond "there is a dependency", because it decides whether a change breaks it. */
export type SiteFact =
  /** `as T` or `<T>x`: comparable, not assignable. */
  | 'assertion'
  /** A function named without being called: passed, stored or returned. */
  | 'as-value'
  /** The result is awaited. */
  | 'awaited'
  /** Arguments contain functions whose parameters take their types from the callee. */
  | 'callback'
  /** The value is called here. */
  | 'called'
  /** The value's type is checked against another declared type here. */
  | 'checked'
  /** Reached through a string literal, `keyof` or a template. */
  | 'computed-key'
  /** Reached through a binding pattern. */
  | 'destructured'
  /** The dependent is visible outside its module. */
  | 'exported'
  /** The other type of the check is declared outside the repository. */
  | 'external-type'
  /** Stands for a type parameter that was inferred. */
  | 'generic'
  /** In an `extends` or `implements` clause. */
  | 'heritage'
  /** No name of the target is written at the site. */
  | 'implicit'
  /** The import or export statement itself. */
  | 'import'
  /** Belongs to the part of a declaration that its inferred type depends on. */
  | 'inferred'
  /** An element or attribute. */
  | 'jsx'
  /** A member of the value is accessed here. */
  | 'member-access'
  /** Named by a test double. */
  | 'mock'
  /** Reached as a member of its module: `import * as module`. */
  | 'namespace'
  /** Inside a local function that nothing calls. */
  | 'not-run'
  /** The checked value is a literal: excess keys are errors. */
  | 'object-literal'
  /** Reached through `?.`. */
  | 'optional-chain'
  /** Declared with the `override` modifier. */
  | 'overriding'
  /** This side decides what the contract says: a handler's type, an entity, a publisher. */
  | 'provider'
  /** The value of the call or access is used. */
  | 'result-used'
  /** `{ name }`: one text is both a key and a value. */
  | 'shorthand'
  /** Arguments contain a spread: their number is not known. */
  | 'spread'
  /** Through `super`. */
  | 'super'
  /** In a type position, or through `import type`. */
  | 'type-only';

/** Something a diff touches that the answer says nothing about. */
export type SkippedChange = {
  readonly __typename?: 'SkippedChange';
  /** Source file relative to the repository root. */
  readonly file: Scalars['String']['output'];
  /** Why, in one sentence for people. */
  readonly reason: Scalars['String']['output'];
};

/** A half-open stretch of a file. Lines and columns count from 1; columns are UTF-16 units. */
export type Span = {
  readonly __typename?: 'Span';
  /** First column. */
  readonly col: Scalars['Int']['output'];
  /** Column after the last. */
  readonly endCol: Scalars['Int']['output'];
  /** Last line. */
  readonly endLine: Scalars['Int']['output'];
  /** First line. */
  readonly line: Scalars['Int']['output'];
};

/** A spec: a file in Git, where it stands, and what the graph knows of it. */
export type Spec = {
  readonly __typename?: 'Spec';
  /** What was decided, oldest first. */
  readonly approvals: ReadonlyArray<SpecDecision>;
  /** The last version that was approved. */
  readonly approvedVersion?: Maybe<Scalars['String']['output']>;
  /** What changed since that was approved; null where nothing ever was. */
  readonly change?: Maybe<SpecDiff>;
  /** The file as it is now. */
  readonly content: Scalars['String']['output'];
  /** Acceptance criteria, by place in the file. */
  readonly criteria: ReadonlyArray<SpecPart>;
  /** The user story. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** What it is of: `imageUpload`. */
  readonly feature: Scalars['String']['output'];
  /** What could be better in it. */
  readonly findings: ReadonlyArray<Finding>;
  /** What approvals are bound to: the same as long as it demands the same in the same words. */
  readonly hash?: Maybe<Scalars['String']['output']>;
  /** What is wrong with the log of decisions; while there is something, nothing counts as approved. */
  readonly logProblems: ReadonlyArray<Scalars['String']['output']>;
  /** Non-functional requirements, by place in the file. */
  readonly nfrs: ReadonlyArray<SpecPart>;
  /** Its file, relative to the first root folder of the server. */
  readonly path: Scalars['String']['output'];
  /** Why it cannot be said where the spec stands: it is not sound, or nothing says who may approve it. */
  readonly problem?: Maybe<Scalars['String']['output']>;
  /** Questions, answered or open. */
  readonly questions: ReadonlyArray<SpecQuestion>;
  /** The repository it is in, as ingested; null where it was not. */
  readonly repo?: Maybe<Scalars['String']['output']>;
  /** What has to be approved, and by whom. */
  readonly roles: ReadonlyArray<SpecRole>;
  /** Computed, never as written; null where `problem` says why. */
  readonly status?: Maybe<SpecStatus>;
  /** As written; null where the file holds no spec that can be read. */
  readonly version?: Maybe<Scalars['String']['output']>;
  /** Why it is wanted. */
  readonly why?: Maybe<Scalars['String']['output']>;
};

/** What somebody decided about a spec. */
export type SpecAction =
  /** Approved it. */
  | 'approve'
  /** Wants changes of it. */
  | 'request-changes'
  /** Asked for its review. */
  | 'submit';

/** What a change asks of a version. */
export type SpecBump =
  /** Another first number. */
  | 'major'
  /** Another second number. */
  | 'minor'
  /** Nothing. */
  | 'none'
  /** Another third number. */
  | 'patch';

/** One difference between two states of a spec. */
export type SpecChange = {
  readonly __typename?: 'SpecChange';
  /** Text after; null where there is none. */
  readonly after?: Maybe<Scalars['String']['output']>;
  /** Text before; null where there was none. */
  readonly before?: Maybe<Scalars['String']['output']>;
  /** What it asks of the version. */
  readonly bump: SpecBump;
  /** How it changed. */
  readonly kind: SpecChangeKind;
  /** `AC-1`; `description`, `dependencies`, … of the spec as a whole. */
  readonly part: Scalars['String']['output'];
  /** Why it is of this kind. */
  readonly reason: Scalars['String']['output'];
};

/** How a part of a spec changed. */
export type SpecChangeKind =
  /** It is new. */
  | 'added'
  /** It demands something else, or it cannot be told. */
  | 'changed'
  /** It demands less. */
  | 'loosened'
  /** It is gone. */
  | 'removed'
  /** It says the same in other words. */
  | 'reworded'
  /** It demands more. */
  | 'tightened';

/** A page of specs. */
export type SpecConnection = {
  readonly __typename?: 'SpecConnection';
  /** The specs with their cursors. */
  readonly edges: ReadonlyArray<SpecEdge>;
  /** The specs alone. */
  readonly nodes: ReadonlyArray<Spec>;
  /** Where the page starts and ends. */
  readonly pageInfo: PageInfo;
};

/** An entry of the log of decisions beside a spec. */
export type SpecDecision = {
  readonly __typename?: 'SpecDecision';
  /** What was decided. */
  readonly action: SpecAction;
  /** When: ISO 8601, UTC. */
  readonly at: Scalars['String']['output'];
  /** By whom. */
  readonly by: Identity;
  /** What was said with it. */
  readonly comment?: Maybe<Scalars['String']['output']>;
  /** What was checked out. */
  readonly commit?: Maybe<Scalars['String']['output']>;
  /** Hash of what it was about. */
  readonly hash: Scalars['String']['output'];
  /** Hash of the entry and of all that it follows. */
  readonly id: Scalars['ID']['output'];
  /** What somebody decided as: `why`, `how` or `policy:NAME`. */
  readonly role?: Maybe<Scalars['String']['output']>;
  /** Version that it was about. */
  readonly version: Scalars['String']['output'];
};

/** What changed from one state of a spec to another. */
export type SpecDiff = {
  readonly __typename?: 'SpecDiff';
  /** The most that any of them asks for. */
  readonly bump: SpecBump;
  /** One for each part that demands something else. */
  readonly changes: ReadonlyArray<SpecChange>;
  /** Version before. */
  readonly from: Scalars['String']['output'];
  /** The least version that the changes ask for. */
  readonly version: Scalars['String']['output'];
};

/** A spec on a page. */
export type SpecEdge = {
  readonly __typename?: 'SpecEdge';
  /** Where to go on after it. */
  readonly cursor: Scalars['String']['output'];
  /** The spec. */
  readonly node: Spec;
};

/** A criterion or requirement of a spec. */
export type SpecPart = {
  readonly __typename?: 'SpecPart';
  /** Of requirements: what they are about, such as `performance`. */
  readonly category?: Maybe<Scalars['String']['output']>;
  /** What checks it, by names of docs/reference/names.md. */
  readonly checkedBy: ReadonlyArray<Scalars['String']['output']>;
  /** How well it is known that it holds; null where there is no graph. */
  readonly evidence?: Maybe<EvidenceLevel>;
  /** Its id within the spec: `AC-1`. */
  readonly id: Scalars['String']['output'];
  /** Line in the file, from 1. */
  readonly line: Scalars['Int']['output'];
  /** What is named to check it but is not there, or is skipped. */
  readonly missing: ReadonlyArray<Scalars['String']['output']>;
  /** Of criteria: `must`, `should`, `could` or `wont`. */
  readonly priority?: Maybe<Scalars['String']['output']>;
  /** What it demands. */
  readonly text: Scalars['String']['output'];
};

/** A question about a spec. */
export type SpecQuestion = {
  readonly __typename?: 'SpecQuestion';
  /** The part that it is about, as a JSON pointer. */
  readonly about?: Maybe<Scalars['String']['output']>;
  /** The answer, or why none is needed; null while it is open. */
  readonly answer?: Maybe<Scalars['String']['output']>;
  /** Its id within the spec: `Q-1`. */
  readonly id: Scalars['String']['output'];
  /** Answers to choose from. */
  readonly options: ReadonlyArray<Scalars['String']['output']>;
  /** What is asked. */
  readonly text: Scalars['String']['output'];
};

/** Something that has to be approved. */
export type SpecRole = {
  readonly __typename?: 'SpecRole';
  /** Who approved the spec as it is now. */
  readonly approvedBy: ReadonlyArray<Identity>;
  /** How many of them have to. */
  readonly atLeast: Scalars['Int']['output'];
  /** `why`, `how` or `policy:NAME`. */
  readonly name: Scalars['String']['output'];
  /** Who may approve it: e-mail addresses, `*` stands for anything. */
  readonly people: ReadonlyArray<Scalars['String']['output']>;
  /** Who wants changes of it as it is now. */
  readonly refusedBy: ReadonlyArray<Identity>;
};

/** Where a spec stands. */
export type SpecStatus =
  /** Everyone who has to has approved it as it stands. */
  | 'approved'
  /** Nobody has asked for its review. */
  | 'draft'
  /** Approved, and something that exists checks each criterion that must hold. */
  | 'implemented'
  /** Asked for, and not approved as it stands now. */
  | 'in_review'
  /** An approved spec takes its place. */
  | 'superseded';

/** How much the graph holds. */
export type Stats = {
  readonly __typename?: 'Stats';
  /** Number of diagnostics. */
  readonly diagnostics: Scalars['Int']['output'];
  /** Edges by type, types without any left out. */
  readonly edges: ReadonlyArray<EdgeCount>;
  /** The last published generation; 0 = empty. */
  readonly generation: Scalars['Int']['output'];
  /** Entities by kind, kinds without any left out. */
  readonly nodes: ReadonlyArray<NodeCount>;
};

/** A test that a change concerns. */
export type TestToRun = {
  readonly __typename?: 'TestToRun';
  /** Titles of the test cases known to be concerned; empty = run the file. */
  readonly cases: ReadonlyArray<Scalars['String']['output']>;
  /** 0–1: how sure the answer is about it. */
  readonly confidence: Scalars['Float']['output'];
  /** Hops from the target. */
  readonly distance: Scalars['Int']['output'];
  /** Test file relative to the repository root. */
  readonly file: Scalars['String']['output'];
  /** Id of the test file. */
  readonly id: Scalars['ID']['output'];
  /** Why, in one sentence for people. */
  readonly reason: Scalars['String']['output'];
  /** The id without its repository. */
  readonly ref: Scalars['String']['output'];
};

/** A request on its way to a spec and a hand-off. It is files beside the specs; commit them. */
export type Thread = {
  readonly __typename?: 'Thread';
  /** Parts of the request that the system does already. */
  readonly existing: ReadonlyArray<ExistingPart>;
  /** What it waits for, where people decide. */
  readonly gate?: Maybe<Gate>;
  /** What an engineer or coding agent builds from; null until the spec is approved. */
  readonly handOff?: Maybe<HandOff>;
  /** Its name. */
  readonly id: Scalars['ID']['output'];
  /** What those who review the spec have to know. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** Why it is BROKEN, or what stopped this server at work on it, and what to do. */
  readonly problem?: Maybe<Scalars['String']['output']>;
  /** At a review: what a model answered to open questions. It counts when somebody accepts it: `resumeThread` with `accept`. */
  readonly proposed: ReadonlyArray<ProposedAnswer>;
  /** What was asked for, word for word; null, with an error, where that file cannot be read. */
  readonly request?: Maybe<Scalars['String']['output']>;
  /** Its spec, as the file says it now. Read it, then decide with `approveSpec` and the `hash` that you read. */
  readonly spec?: Maybe<Spec>;
  /** Where it stands. */
  readonly state: ThreadState;
  /** Who or what did which step, in order. */
  readonly timeline: ReadonlyArray<TimelineEntry>;
};

/** A page of threads. */
export type ThreadConnection = {
  readonly __typename?: 'ThreadConnection';
  /** The threads of this page, with cursors. */
  readonly edges: ReadonlyArray<ThreadEdge>;
  /** The threads of this page. */
  readonly nodes: ReadonlyArray<Thread>;
  /** Whether there are more. */
  readonly pageInfo: PageInfo;
};

/** A thread in a page. */
export type ThreadEdge = {
  readonly __typename?: 'ThreadEdge';
  /** Where a page that begins after this thread starts. */
  readonly cursor: Scalars['String']['output'];
  /** The thread. */
  readonly node: Thread;
};

/** Where a thread stands. */
export type ThreadState =
  /** Its files cannot be read: see `problem`. */
  | 'broken'
  /** Somebody ended it. */
  | 'cancelled'
  /** There was nothing to build. */
  | 'closed'
  /** Handed off. */
  | 'done'
  /** This server is at work on it: ask again. */
  | 'running'
  /** Half-way, and nobody is at work on it here: `resumeThread` goes on. */
  | 'stopped'
  /** For people: see `gate`. */
  | 'waiting';

/** How a fact was established, strongest first. */
export type Tier =
  /** The language's own checker resolved it. */
  | 'compiler'
  /** Both sides state the same contract. */
  | 'contract'
  /** A person wrote it down. */
  | 'declared'
  /** Follows from where a value's type travels. */
  | 'flow'
  /** A rule that is usually right. */
  | 'heuristic'
  /** Follows from declared or structural subtyping. */
  | 'hierarchy'
  /** Proposed by a language model and checked against the graph. */
  | 'llm'
  /** A mention in prose. */
  | 'text'
  /** Observed in a run. */
  | 'trace';

/** One thing that happened to a thread. */
export type TimelineEntry = {
  readonly __typename?: 'TimelineEntry';
  /** When: ISO 8601, UTC. */
  readonly at: Scalars['String']['output'];
  /** Who or what did it. */
  readonly by: Doer;
  /** Quotes that the result rests on. */
  readonly evidence: Scalars['Int']['output'];
  /** Hash of what it was made from. */
  readonly input: Scalars['String']['output'];
  /** A model did not answer: `resumeThread` asks it again, as long as nobody has decided about the draft. */
  readonly open: Scalars['Boolean']['output'];
  /** What was done: `draft`; or where people said something: `clarify-1`. */
  readonly step: Scalars['String']['output'];
};

/** A gap in the analysis that might hide more. */
export type UnknownItem = {
  readonly __typename?: 'UnknownItem';
  /** File in which the gap is. */
  readonly file?: Maybe<Scalars['String']['output']>;
  /** Id of the gap. */
  readonly id: Scalars['ID']['output'];
  /** Line of the gap, from 1. */
  readonly line?: Maybe<Scalars['Int']['output']>;
  /** The same for people. */
  readonly message: Scalars['String']['output'];
  /** Why nothing can be said there, as a stable word. */
  readonly reason: Scalars['String']['output'];
};

/** The worst effect of an answer. */
export type Verdict =
  /** Something runs the changed code. */
  | 'behaves-differently'
  /** Something must be edited. */
  | 'breaking'
  /** Nothing is concerned. */
  | 'compatible'
  /** Only text talks about it. */
  | 'review'
  /** Nothing certain was found and a gap lies on the way. */
  | 'unknown';



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ChangeInput: ChangeInput;
  ChangeKind: ResolverTypeWrapper<ChangeKind>;
  ClarifyGate: ResolverTypeWrapper<ClarifyGateParent>;
  Conflict: ResolverTypeWrapper<ConflictParent>;
  ConflictLayer: ResolverTypeWrapper<ConflictLayer>;
  ConflictMember: ResolverTypeWrapper<Omit<ConflictMember, 'layer'> & { layer: ResolversTypes['ConflictLayer'] }>;
  ConflictOption: ResolverTypeWrapper<ConflictOption>;
  ContextPack: ResolverTypeWrapper<ContextPackParent>;
  DetectedChange: ResolverTypeWrapper<DetectedChangeParent>;
  Diagnostic: ResolverTypeWrapper<StoredDiagnosticParent>;
  DiagnosticConnection: ResolverTypeWrapper<Omit<DiagnosticConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DiagnosticEdge']>, nodes: ReadonlyArray<ResolversTypes['Diagnostic']> }>;
  DiagnosticEdge: ResolverTypeWrapper<Omit<DiagnosticEdge, 'node'> & { node: ResolversTypes['Diagnostic'] }>;
  DiagramKind: ResolverTypeWrapper<DiagramKind>;
  DiffImpact: ResolverTypeWrapper<DiffImpactAnswerParent>;
  DiffInput: DiffInput;
  Doer: ResolverTypeWrapper<DoerParent>;
  DoerKind: ResolverTypeWrapper<DoerKind>;
  EdgeCount: ResolverTypeWrapper<EdgeCount>;
  EdgeType: EdgeType;
  Effect: ResolverTypeWrapper<Effect>;
  EffectTotal: ResolverTypeWrapper<Omit<EffectTotal, 'effect'> & { effect: ResolversTypes['Effect'] }>;
  Entity: ResolverTypeWrapper<NodeParent>;
  EntityConnection: ResolverTypeWrapper<Omit<EntityConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['EntityEdge']>, nodes: ReadonlyArray<ResolversTypes['Entity']> }>;
  EntityEdge: ResolverTypeWrapper<Omit<EntityEdge, 'node'> & { node: ResolversTypes['Entity'] }>;
  EntityFilter: EntityFilter;
  ErrorCode: ErrorCode;
  Evidence: ResolverTypeWrapper<Evidence>;
  EvidenceLevel: EvidenceLevel;
  ExistingPart: ResolverTypeWrapper<ExistingPart>;
  Finding: ResolverTypeWrapper<FindingParent>;
  FindingConnection: ResolverTypeWrapper<Omit<FindingConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['FindingEdge']> }>;
  FindingEdge: ResolverTypeWrapper<Omit<FindingEdge, 'node'> & { node: ResolversTypes['Finding'] }>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  GapQuestion: ResolverTypeWrapper<GapQuestionParent>;
  Gate: ResolverTypeWrapper<GateParent>;
  HandOff: ResolverTypeWrapper<HandOffAtHandParent>;
  Hop: ResolverTypeWrapper<HopParent>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Identity: ResolverTypeWrapper<Identity>;
  Impact: ResolverTypeWrapper<ImpactAnswerParent>;
  ImpactedItem: ResolverTypeWrapper<ImpactedItemParent>;
  IngestPhase: ResolverTypeWrapper<IngestPhase>;
  IngestReport: ResolverTypeWrapper<IngestReportParent>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Job: ResolverTypeWrapper<JobParent>;
  JobError: ResolverTypeWrapper<JobError>;
  JobProgress: ResolverTypeWrapper<Omit<JobProgress, 'phase'> & { phase: ResolversTypes['IngestPhase'] }>;
  JobState: ResolverTypeWrapper<JobState>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NeighbourConnection: ResolverTypeWrapper<Omit<NeighbourConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['NeighbourEdge']> }>;
  NeighbourEdge: ResolverTypeWrapper<NeighbourParent>;
  NodeCount: ResolverTypeWrapper<NodeCount>;
  NodeKind: NodeKind;
  OptionScope: ResolverTypeWrapper<OptionScope>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Parameter: ResolverTypeWrapper<ParameterShapeParent>;
  Passage: ResolverTypeWrapper<PassageParent>;
  PassageDetail: PassageDetail;
  ProposedAnswer: ResolverTypeWrapper<ProposedAnswerParent>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  QuestionOption: ResolverTypeWrapper<Omit<QuestionOption, 'scope'> & { scope?: Maybe<ResolversTypes['OptionScope']> }>;
  RankedFile: ResolverTypeWrapper<RankedFileParent>;
  RelatedEntity: ResolverTypeWrapper<RelatedThingParent>;
  ReplyInput: ReplyInput;
  ReviewGate: ResolverTypeWrapper<ReviewGateParent>;
  SearchHit: ResolverTypeWrapper<RankedNodeParent>;
  SearchSignal: ResolverTypeWrapper<SearchSignal>;
  SettleGate: ResolverTypeWrapper<SettleGateParent>;
  Severity: ResolverTypeWrapper<Severity>;
  Signature: ResolverTypeWrapper<SignatureShapeParent>;
  SimilarEntity: ResolverTypeWrapper<SimilarNodeParent>;
  Site: ResolverTypeWrapper<SiteParent>;
  SiteFact: ResolverTypeWrapper<SiteFact>;
  SkippedChange: ResolverTypeWrapper<SkippedChangeParent>;
  Span: ResolverTypeWrapper<Span>;
  Spec: ResolverTypeWrapper<SpecAtHandParent>;
  SpecAction: ResolverTypeWrapper<SpecAction>;
  SpecBump: ResolverTypeWrapper<SpecBump>;
  SpecChange: ResolverTypeWrapper<Omit<SpecChange, 'bump' | 'kind'> & { bump: ResolversTypes['SpecBump'], kind: ResolversTypes['SpecChangeKind'] }>;
  SpecChangeKind: ResolverTypeWrapper<SpecChangeKind>;
  SpecConnection: ResolverTypeWrapper<Omit<SpecConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['SpecEdge']>, nodes: ReadonlyArray<ResolversTypes['Spec']> }>;
  SpecDecision: ResolverTypeWrapper<Omit<SpecDecision, 'action'> & { action: ResolversTypes['SpecAction'] }>;
  SpecDiff: ResolverTypeWrapper<Omit<SpecDiff, 'bump' | 'changes'> & { bump: ResolversTypes['SpecBump'], changes: ReadonlyArray<ResolversTypes['SpecChange']> }>;
  SpecEdge: ResolverTypeWrapper<Omit<SpecEdge, 'node'> & { node: ResolversTypes['Spec'] }>;
  SpecPart: ResolverTypeWrapper<SpecPart>;
  SpecQuestion: ResolverTypeWrapper<SpecQuestion>;
  SpecRole: ResolverTypeWrapper<SpecRole>;
  SpecStatus: ResolverTypeWrapper<SpecStatus>;
  Stats: ResolverTypeWrapper<StatsParent>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  TestToRun: ResolverTypeWrapper<TestToRunParent>;
  Thread: ResolverTypeWrapper<ThreadAtHandParent>;
  ThreadConnection: ResolverTypeWrapper<Omit<ThreadConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ThreadEdge']>, nodes: ReadonlyArray<ResolversTypes['Thread']> }>;
  ThreadEdge: ResolverTypeWrapper<Omit<ThreadEdge, 'node'> & { node: ResolversTypes['Thread'] }>;
  ThreadState: ResolverTypeWrapper<ThreadState>;
  Tier: ResolverTypeWrapper<Tier>;
  TimelineEntry: ResolverTypeWrapper<TimelineEntryParent>;
  UnknownItem: ResolverTypeWrapper<UnknownItemParent>;
  Verdict: ResolverTypeWrapper<Verdict>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Boolean: Scalars['Boolean']['output'];
  ChangeInput: ChangeInput;
  ClarifyGate: ClarifyGateParent;
  Conflict: ConflictParent;
  ConflictMember: ConflictMember;
  ConflictOption: ConflictOption;
  ContextPack: ContextPackParent;
  DetectedChange: DetectedChangeParent;
  Diagnostic: StoredDiagnosticParent;
  DiagnosticConnection: Omit<DiagnosticConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['DiagnosticEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Diagnostic']> };
  DiagnosticEdge: Omit<DiagnosticEdge, 'node'> & { node: ResolversParentTypes['Diagnostic'] };
  DiffImpact: DiffImpactAnswerParent;
  DiffInput: DiffInput;
  Doer: DoerParent;
  EdgeCount: EdgeCount;
  EffectTotal: EffectTotal;
  Entity: NodeParent;
  EntityConnection: Omit<EntityConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['EntityEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Entity']> };
  EntityEdge: Omit<EntityEdge, 'node'> & { node: ResolversParentTypes['Entity'] };
  EntityFilter: EntityFilter;
  Evidence: Evidence;
  ExistingPart: ExistingPart;
  Finding: FindingParent;
  FindingConnection: Omit<FindingConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['FindingEdge']> };
  FindingEdge: Omit<FindingEdge, 'node'> & { node: ResolversParentTypes['Finding'] };
  Float: Scalars['Float']['output'];
  GapQuestion: GapQuestionParent;
  Gate: GateParent;
  HandOff: HandOffAtHandParent;
  Hop: HopParent;
  ID: Scalars['ID']['output'];
  Identity: Identity;
  Impact: ImpactAnswerParent;
  ImpactedItem: ImpactedItemParent;
  IngestReport: IngestReportParent;
  Int: Scalars['Int']['output'];
  JSON: Scalars['JSON']['output'];
  Job: JobParent;
  JobError: JobError;
  JobProgress: JobProgress;
  Mutation: Record<PropertyKey, never>;
  NeighbourConnection: Omit<NeighbourConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['NeighbourEdge']> };
  NeighbourEdge: NeighbourParent;
  NodeCount: NodeCount;
  PageInfo: PageInfo;
  Parameter: ParameterShapeParent;
  Passage: PassageParent;
  ProposedAnswer: ProposedAnswerParent;
  Query: Record<PropertyKey, never>;
  QuestionOption: QuestionOption;
  RankedFile: RankedFileParent;
  RelatedEntity: RelatedThingParent;
  ReplyInput: ReplyInput;
  ReviewGate: ReviewGateParent;
  SearchHit: RankedNodeParent;
  SearchSignal: SearchSignal;
  SettleGate: SettleGateParent;
  Signature: SignatureShapeParent;
  SimilarEntity: SimilarNodeParent;
  Site: SiteParent;
  SkippedChange: SkippedChangeParent;
  Span: Span;
  Spec: SpecAtHandParent;
  SpecChange: SpecChange;
  SpecConnection: Omit<SpecConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['SpecEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Spec']> };
  SpecDecision: SpecDecision;
  SpecDiff: Omit<SpecDiff, 'changes'> & { changes: ReadonlyArray<ResolversParentTypes['SpecChange']> };
  SpecEdge: Omit<SpecEdge, 'node'> & { node: ResolversParentTypes['Spec'] };
  SpecPart: SpecPart;
  SpecQuestion: SpecQuestion;
  SpecRole: SpecRole;
  Stats: StatsParent;
  String: Scalars['String']['output'];
  TestToRun: TestToRunParent;
  Thread: ThreadAtHandParent;
  ThreadConnection: Omit<ThreadConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ThreadEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Thread']> };
  ThreadEdge: Omit<ThreadEdge, 'node'> & { node: ResolversParentTypes['Thread'] };
  TimelineEntry: TimelineEntryParent;
  UnknownItem: UnknownItemParent;
};

export type ChangeKindResolvers = { ADD: 'add', ADD_MEMBER: 'add-member', ADD_OPTIONAL_PARAMETER: 'add-optional-parameter', ADD_REQUIRED_PARAMETER: 'add-required-parameter', ALTER_COLUMN: 'alter-column', BEHAVIOUR: 'behaviour', CHANGE_TYPE: 'change-type', CHANGE_VISIBILITY: 'change-visibility', DROP_COLUMN: 'drop-column', LOOSEN: 'loosen', MAKE_OPTIONAL: 'make-optional', MAKE_REQUIRED: 'make-required', MOVE: 'move', REMOVE: 'remove', REMOVE_MEMBER: 'remove-member', REMOVE_PARAMETER: 'remove-parameter', RENAME: 'rename', REWORD: 'reword', SUPERSEDE: 'supersede', TIGHTEN: 'tighten', UNSPECIFIED: 'unspecified' };

export type ClarifyGateResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ClarifyGate'] = ResolversParentTypes['ClarifyGate']> = {
  questions?: Resolver<ReadonlyArray<ResolversTypes['GapQuestion']>, ParentType, ContextType>;
  round?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConflictResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Conflict'] = ResolversParentTypes['Conflict']> = {
  askHow?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  askWhy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  members?: Resolver<ReadonlyArray<ResolversTypes['ConflictMember']>, ParentType, ContextType>;
  options?: Resolver<ReadonlyArray<ResolversTypes['ConflictOption']>, ParentType, ContextType>;
  why?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConflictLayerResolvers = { ADR: 'adr', CONTRACT: 'contract', POLICY: 'policy', REQUEST: 'request', SPEC: 'spec' };

export type ConflictMemberResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ConflictMember'] = ResolversParentTypes['ConflictMember']> = {
  evidence?: Resolver<ResolversTypes['Evidence'], ParentType, ContextType>;
  layer?: Resolver<ResolversTypes['ConflictLayer'], ParentType, ContextType>;
  states?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConflictOptionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ConflictOption'] = ResolversParentTypes['ConflictOption']> = {
  costs?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  yields?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ContextPackResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ContextPack'] = ResolversParentTypes['ContextPack']> = {
  budget?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  passages?: Resolver<ReadonlyArray<ResolversTypes['Passage']>, ParentType, ContextType>;
  question?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tokens?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  warning?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DetectedChangeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['DetectedChange'] = ResolversParentTypes['DetectedChange']> = {
  change?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  declaration?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  detail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  file?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type DiagnosticResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Diagnostic'] = ResolversParentTypes['Diagnostic']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  file?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['Severity'], ParentType, ContextType>;
  span?: Resolver<Maybe<ResolversTypes['Span']>, ParentType, ContextType>;
  unit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DiagnosticConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['DiagnosticConnection'] = ResolversParentTypes['DiagnosticConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DiagnosticEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Diagnostic']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DiagnosticEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['DiagnosticEdge'] = ResolversParentTypes['DiagnosticEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Diagnostic'], ParentType, ContextType>;
};

export type DiagramKindResolvers = { COMPONENT: 'component', CONTAINER: 'container', CONTEXT: 'context', DEPENDENCIES: 'dependencies', IMPACT: 'impact', SEQUENCE: 'sequence' };

export type DiffImpactResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['DiffImpact'] = ResolversParentTypes['DiffImpact']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['DetectedChange']>, ParentType, ContextType>;
  generation?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  impacted?: Resolver<ReadonlyArray<ResolversTypes['ImpactedItem']>, ParentType, ContextType>;
  skipped?: Resolver<ReadonlyArray<ResolversTypes['SkippedChange']>, ParentType, ContextType>;
  tests?: Resolver<ReadonlyArray<ResolversTypes['TestToRun']>, ParentType, ContextType>;
  totals?: Resolver<ReadonlyArray<ResolversTypes['EffectTotal']>, ParentType, ContextType>;
  unknown?: Resolver<ReadonlyArray<ResolversTypes['UnknownItem']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['Verdict'], ParentType, ContextType>;
};

export type DoerResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Doer'] = ResolversParentTypes['Doer']> = {
  cost?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['DoerKind'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  prompt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tokens?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type DoerKindResolvers = { MODEL: 'model', PERSON: 'person', RULES: 'rules' };

export type EdgeCountResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['EdgeCount'] = ResolversParentTypes['EdgeCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EdgeType'], ParentType, ContextType>;
};

export type EffectResolvers = { BEHAVES_DIFFERENTLY: 'behaves-differently', BREAKS: 'breaks', COMPATIBLE: 'compatible', REVIEW: 'review', UNKNOWN: 'unknown' };

export type EffectTotalResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['EffectTotal'] = ResolversParentTypes['EffectTotal']> = {
  effect?: Resolver<ResolversTypes['Effect'], ParentType, ContextType>;
  files?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  items?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EntityResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Entity'] = ResolversParentTypes['Entity']> = {
  doc?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  exported?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  file?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  incoming?: Resolver<ResolversTypes['NeighbourConnection'], ParentType, ContextType, RequireFields<EntityIncomingArgs, 'first'>>;
  kind?: Resolver<ResolversTypes['NodeKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outgoing?: Resolver<ResolversTypes['NeighbourConnection'], ParentType, ContextType, RequireFields<EntityOutgoingArgs, 'first'>>;
  props?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  repo?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  signatures?: Resolver<ReadonlyArray<ResolversTypes['Signature']>, ParentType, ContextType>;
  span?: Resolver<Maybe<ResolversTypes['Span']>, ParentType, ContextType>;
};

export type EntityConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['EntityConnection'] = ResolversParentTypes['EntityConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EntityEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Entity']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EntityEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['EntityEdge'] = ResolversParentTypes['EntityEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
};

export type EvidenceResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Evidence'] = ResolversParentTypes['Evidence']> = {
  endLine?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  file?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quote?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sha?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ExistingPartResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ExistingPart'] = ResolversParentTypes['ExistingPart']> = {
  quote?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  thing?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type FindingResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Finding'] = ResolversParentTypes['Finding']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  file?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  fingerprint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  related?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['Severity'], ParentType, ContextType>;
  span?: Resolver<Maybe<ResolversTypes['Span']>, ParentType, ContextType>;
};

export type FindingConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['FindingConnection'] = ResolversParentTypes['FindingConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['FindingEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type FindingEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['FindingEdge'] = ResolversParentTypes['FindingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Finding'], ParentType, ContextType>;
};

export type GapQuestionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['GapQuestion'] = ResolversParentTypes['GapQuestion']> = {
  about?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  options?: Resolver<ReadonlyArray<ResolversTypes['QuestionOption']>, ParentType, ContextType>;
  slot?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GateResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Gate'] = ResolversParentTypes['Gate']> = {
  __resolveType: TypeResolveFn<'ClarifyGate' | 'ReviewGate' | 'SettleGate', ParentType, ContextType>;
};

export type HandOffResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['HandOff'] = ResolversParentTypes['HandOff']> = {
  file?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<HandOffFileArgs, 'path'>>;
  files?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HopResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Hop'] = ResolversParentTypes['Hop']> = {
  col?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  edge?: Resolver<ResolversTypes['EdgeType'], ParentType, ContextType>;
  file?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  line?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  via?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type IdentityResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Identity'] = ResolversParentTypes['Identity']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ImpactResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Impact'] = ResolversParentTypes['Impact']> = {
  change?: Resolver<ResolversTypes['ChangeKind'], ParentType, ContextType>;
  generation?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  impacted?: Resolver<ReadonlyArray<ResolversTypes['ImpactedItem']>, ParentType, ContextType>;
  target?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  tests?: Resolver<ReadonlyArray<ResolversTypes['TestToRun']>, ParentType, ContextType>;
  totals?: Resolver<ReadonlyArray<ResolversTypes['EffectTotal']>, ParentType, ContextType>;
  unknown?: Resolver<ReadonlyArray<ResolversTypes['UnknownItem']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['Verdict'], ParentType, ContextType>;
};

export type ImpactedItemResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ImpactedItem'] = ResolversParentTypes['ImpactedItem']> = {
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  declaration?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  distance?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  effect?: Resolver<ResolversTypes['Effect'], ParentType, ContextType>;
  entity?: Resolver<Maybe<ResolversTypes['Entity']>, ParentType, ContextType>;
  file?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['NodeKind'], ParentType, ContextType>;
  line?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Hop']>>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
};

export type IngestPhaseResolvers = { APPLY: 'apply', DISCOVER: 'discover', EXTRACT: 'extract', LINK: 'link', PUBLISH: 'publish' };

export type IngestReportResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['IngestReport'] = ResolversParentTypes['IngestReport']> = {
  diagnostics?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  files?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  generation?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  milliseconds?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  removed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replaced?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  repo?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type JobResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Job'] = ResolversParentTypes['Job']> = {
  error?: Resolver<Maybe<ResolversTypes['JobError']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['JobProgress']>, ParentType, ContextType>;
  report?: Resolver<Maybe<ResolversTypes['IngestReport']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['JobState'], ParentType, ContextType>;
};

export type JobErrorResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['JobError'] = ResolversParentTypes['JobError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  details?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type JobProgressResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['JobProgress'] = ResolversParentTypes['JobProgress']> = {
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  phase?: Resolver<ResolversTypes['IngestPhase'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type JobStateResolvers = { DONE: 'done', FAILED: 'failed', QUEUED: 'queued', RUNNING: 'running' };

export type MutationResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  approveSpec?: Resolver<ResolversTypes['Spec'], ParentType, ContextType, RequireFields<MutationApproveSpecArgs, 'feature' | 'hash'>>;
  cancelThread?: Resolver<ResolversTypes['Thread'], ParentType, ContextType, RequireFields<MutationCancelThreadArgs, 'id' | 'root' | 'specs'>>;
  draftSpec?: Resolver<ResolversTypes['Thread'], ParentType, ContextType, RequireFields<MutationDraftSpecArgs, 'request' | 'root' | 'specs'>>;
  ingest?: Resolver<ResolversTypes['Job'], ParentType, ContextType, RequireFields<MutationIngestArgs, 'path'>>;
  requestSpecChanges?: Resolver<ResolversTypes['Spec'], ParentType, ContextType, RequireFields<MutationRequestSpecChangesArgs, 'comment' | 'feature' | 'hash'>>;
  resumeThread?: Resolver<ResolversTypes['Thread'], ParentType, ContextType, RequireFields<MutationResumeThreadArgs, 'accept' | 'answers' | 'choices' | 'id' | 'leaveOpen' | 'root' | 'specs'>>;
  submitSpec?: Resolver<ResolversTypes['Spec'], ParentType, ContextType, RequireFields<MutationSubmitSpecArgs, 'feature'>>;
};

export type NeighbourConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['NeighbourConnection'] = ResolversParentTypes['NeighbourConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['NeighbourEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type NeighbourEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['NeighbourEdge'] = ResolversParentTypes['NeighbourEdge']> = {
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['Entity']>, ParentType, ContextType>;
  rule?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sites?: Resolver<ReadonlyArray<ResolversTypes['Site']>, ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Tier'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['EdgeType'], ParentType, ContextType>;
  via?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type NodeCountResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['NodeCount'] = ResolversParentTypes['NodeCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['NodeKind'], ParentType, ContextType>;
};

export type OptionScopeResolvers = { CHANGE: 'change', CLOSE: 'close', SEPARATE: 'separate' };

export type PageInfoResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ParameterResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Parameter'] = ResolversParentTypes['Parameter']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  optional?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  rest?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PassageResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Passage'] = ResolversParentTypes['Passage']> = {
  commit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  detail?: Resolver<ResolversTypes['PassageDetail'], ParentType, ContextType>;
  endLine?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['NodeKind'], ParentType, ContextType>;
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  repo?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tokens?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProposedAnswerResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ProposedAnswer'] = ResolversParentTypes['ProposedAnswer']> = {
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  question?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  diagnostics?: Resolver<Maybe<ResolversTypes['DiagnosticConnection']>, ParentType, ContextType, RequireFields<QueryDiagnosticsArgs, 'first'>>;
  diagram?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<QueryDiagramArgs, 'kind'>>;
  entities?: Resolver<Maybe<ResolversTypes['EntityConnection']>, ParentType, ContextType, RequireFields<QueryEntitiesArgs, 'first'>>;
  entity?: Resolver<Maybe<ResolversTypes['Entity']>, ParentType, ContextType, RequireFields<QueryEntityArgs, 'ref'>>;
  files?: Resolver<Maybe<ReadonlyArray<ResolversTypes['RankedFile']>>, ParentType, ContextType, RequireFields<QueryFilesArgs, 'first' | 'query'>>;
  findings?: Resolver<Maybe<ResolversTypes['FindingConnection']>, ParentType, ContextType, RequireFields<QueryFindingsArgs, 'first'>>;
  impact?: Resolver<Maybe<ResolversTypes['Impact']>, ParentType, ContextType, RequireFields<QueryImpactArgs, 'change'>>;
  impactOfDiff?: Resolver<Maybe<ResolversTypes['DiffImpact']>, ParentType, ContextType, RequireFields<QueryImpactOfDiffArgs, 'input'>>;
  job?: Resolver<Maybe<ResolversTypes['Job']>, ParentType, ContextType, RequireFields<QueryJobArgs, 'id'>>;
  path?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Hop']>>, ParentType, ContextType, RequireFields<QueryPathArgs, 'from' | 'to'>>;
  related?: Resolver<Maybe<ReadonlyArray<ResolversTypes['RelatedEntity']>>, ParentType, ContextType, RequireFields<QueryRelatedArgs, 'first' | 'ref'>>;
  retrieve?: Resolver<Maybe<ResolversTypes['ContextPack']>, ParentType, ContextType, RequireFields<QueryRetrieveArgs, 'budget' | 'question'>>;
  search?: Resolver<Maybe<ReadonlyArray<ResolversTypes['SearchHit']>>, ParentType, ContextType, RequireFields<QuerySearchArgs, 'first' | 'query'>>;
  similar?: Resolver<Maybe<ReadonlyArray<ResolversTypes['SimilarEntity']>>, ParentType, ContextType, RequireFields<QuerySimilarArgs, 'first' | 'ref'>>;
  spec?: Resolver<Maybe<ResolversTypes['Spec']>, ParentType, ContextType, RequireFields<QuerySpecArgs, 'feature'>>;
  specDiff?: Resolver<Maybe<ResolversTypes['SpecDiff']>, ParentType, ContextType, RequireFields<QuerySpecDiffArgs, 'feature'>>;
  specs?: Resolver<Maybe<ResolversTypes['SpecConnection']>, ParentType, ContextType, RequireFields<QuerySpecsArgs, 'first'>>;
  stats?: Resolver<Maybe<ResolversTypes['Stats']>, ParentType, ContextType>;
  thread?: Resolver<Maybe<ResolversTypes['Thread']>, ParentType, ContextType, RequireFields<QueryThreadArgs, 'id' | 'root' | 'specs'>>;
  threads?: Resolver<Maybe<ResolversTypes['ThreadConnection']>, ParentType, ContextType, RequireFields<QueryThreadsArgs, 'first' | 'root' | 'specs'>>;
};

export type QuestionOptionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['QuestionOption'] = ResolversParentTypes['QuestionOption']> = {
  consequence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  evidence?: Resolver<ReadonlyArray<ResolversTypes['Evidence']>, ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['OptionScope']>, ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RankedFileResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['RankedFile'] = ResolversParentTypes['RankedFile']> = {
  commit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  repo?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  signals?: Resolver<ReadonlyArray<ResolversTypes['SearchSignal']>, ParentType, ContextType>;
};

export type RelatedEntityResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['RelatedEntity'] = ResolversParentTypes['RelatedEntity']> = {
  node?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ReviewGateResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ReviewGate'] = ResolversParentTypes['ReviewGate']> = {
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  round?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SearchHitResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SearchHit'] = ResolversParentTypes['SearchHit']> = {
  node?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  signals?: Resolver<ReadonlyArray<ResolversTypes['SearchSignal']>, ParentType, ContextType>;
};

export type SearchSignalResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SearchSignal'] = ResolversParentTypes['SearchSignal']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SettleGateResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SettleGate'] = ResolversParentTypes['SettleGate']> = {
  conflicts?: Resolver<ReadonlyArray<ResolversTypes['Conflict']>, ParentType, ContextType>;
  round?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SeverityResolvers = { ERROR: 'error', INFO: 'info', WARNING: 'warning' };

export type SignatureResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Signature'] = ResolversParentTypes['Signature']> = {
  parameters?: Resolver<ReadonlyArray<ResolversTypes['Parameter']>, ParentType, ContextType>;
  returns?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  typeParameters?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SimilarEntityResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SimilarEntity'] = ResolversParentTypes['SimilarEntity']> = {
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Entity'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SiteResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Site'] = ResolversParentTypes['Site']> = {
  args?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  col?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  facts?: Resolver<ReadonlyArray<ResolversTypes['SiteFact']>, ParentType, ContextType>;
  file?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SiteFactResolvers = { ASSERTION: 'assertion', AS_VALUE: 'as-value', AWAITED: 'awaited', CALLBACK: 'callback', CALLED: 'called', CHECKED: 'checked', COMPUTED_KEY: 'computed-key', DESTRUCTURED: 'destructured', EXPORTED: 'exported', EXTERNAL_TYPE: 'external-type', GENERIC: 'generic', HERITAGE: 'heritage', IMPLICIT: 'implicit', IMPORT: 'import', INFERRED: 'inferred', JSX: 'jsx', MEMBER_ACCESS: 'member-access', MOCK: 'mock', NAMESPACE: 'namespace', NOT_RUN: 'not-run', OBJECT_LITERAL: 'object-literal', OPTIONAL_CHAIN: 'optional-chain', OVERRIDING: 'overriding', PROVIDER: 'provider', RESULT_USED: 'result-used', SHORTHAND: 'shorthand', SPREAD: 'spread', SUPER: 'super', TYPE_ONLY: 'type-only' };

export type SkippedChangeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SkippedChange'] = ResolversParentTypes['SkippedChange']> = {
  file?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SpanResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Span'] = ResolversParentTypes['Span']> = {
  col?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endCol?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endLine?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SpecResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Spec'] = ResolversParentTypes['Spec']> = {
  approvals?: Resolver<ReadonlyArray<ResolversTypes['SpecDecision']>, ParentType, ContextType>;
  approvedVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  change?: Resolver<Maybe<ResolversTypes['SpecDiff']>, ParentType, ContextType>;
  content?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  criteria?: Resolver<ReadonlyArray<ResolversTypes['SpecPart']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  feature?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['Finding']>, ParentType, ContextType>;
  hash?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  logProblems?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  nfrs?: Resolver<ReadonlyArray<ResolversTypes['SpecPart']>, ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  questions?: Resolver<ReadonlyArray<ResolversTypes['SpecQuestion']>, ParentType, ContextType>;
  repo?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  roles?: Resolver<ReadonlyArray<ResolversTypes['SpecRole']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['SpecStatus']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  why?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SpecActionResolvers = { APPROVE: 'approve', REQUEST_CHANGES: 'request-changes', SUBMIT: 'submit' };

export type SpecBumpResolvers = { MAJOR: 'major', MINOR: 'minor', NONE: 'none', PATCH: 'patch' };

export type SpecChangeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SpecChange'] = ResolversParentTypes['SpecChange']> = {
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  bump?: Resolver<ResolversTypes['SpecBump'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SpecChangeKind'], ParentType, ContextType>;
  part?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SpecChangeKindResolvers = { ADDED: 'added', CHANGED: 'changed', LOOSENED: 'loosened', REMOVED: 'removed', REWORDED: 'reworded', TIGHTENED: 'tightened' };

export type SpecConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SpecConnection'] = ResolversParentTypes['SpecConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SpecEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Spec']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SpecDecisionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SpecDecision'] = ResolversParentTypes['SpecDecision']> = {
  action?: Resolver<ResolversTypes['SpecAction'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['Identity'], ParentType, ContextType>;
  comment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  commit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  role?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SpecDiffResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SpecDiff'] = ResolversParentTypes['SpecDiff']> = {
  bump?: Resolver<ResolversTypes['SpecBump'], ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['SpecChange']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SpecEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SpecEdge'] = ResolversParentTypes['SpecEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Spec'], ParentType, ContextType>;
};

export type SpecPartResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SpecPart'] = ResolversParentTypes['SpecPart']> = {
  category?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  checkedBy?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  evidence?: Resolver<Maybe<ResolversTypes['EvidenceLevel']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  priority?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SpecQuestionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SpecQuestion'] = ResolversParentTypes['SpecQuestion']> = {
  about?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  answer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  options?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SpecRoleResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['SpecRole'] = ResolversParentTypes['SpecRole']> = {
  approvedBy?: Resolver<ReadonlyArray<ResolversTypes['Identity']>, ParentType, ContextType>;
  atLeast?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  people?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  refusedBy?: Resolver<ReadonlyArray<ResolversTypes['Identity']>, ParentType, ContextType>;
};

export type SpecStatusResolvers = { APPROVED: 'approved', DRAFT: 'draft', IMPLEMENTED: 'implemented', IN_REVIEW: 'in_review', SUPERSEDED: 'superseded' };

export type StatsResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Stats'] = ResolversParentTypes['Stats']> = {
  diagnostics?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['EdgeCount']>, ParentType, ContextType>;
  generation?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['NodeCount']>, ParentType, ContextType>;
};

export type TestToRunResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['TestToRun'] = ResolversParentTypes['TestToRun']> = {
  cases?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  distance?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  file?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ThreadResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['Thread'] = ResolversParentTypes['Thread']> = {
  existing?: Resolver<ReadonlyArray<ResolversTypes['ExistingPart']>, ParentType, ContextType>;
  gate?: Resolver<Maybe<ResolversTypes['Gate']>, ParentType, ContextType>;
  handOff?: Resolver<Maybe<ResolversTypes['HandOff']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  notes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  proposed?: Resolver<ReadonlyArray<ResolversTypes['ProposedAnswer']>, ParentType, ContextType>;
  request?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  spec?: Resolver<Maybe<ResolversTypes['Spec']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ThreadState'], ParentType, ContextType>;
  timeline?: Resolver<ReadonlyArray<ResolversTypes['TimelineEntry']>, ParentType, ContextType>;
};

export type ThreadConnectionResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ThreadConnection'] = ResolversParentTypes['ThreadConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ThreadEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Thread']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ThreadEdgeResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['ThreadEdge'] = ResolversParentTypes['ThreadEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Thread'], ParentType, ContextType>;
};

export type ThreadStateResolvers = { BROKEN: 'broken', CANCELLED: 'cancelled', CLOSED: 'closed', DONE: 'done', RUNNING: 'running', STOPPED: 'stopped', WAITING: 'waiting' };

export type TierResolvers = { COMPILER: 'compiler', CONTRACT: 'contract', DECLARED: 'declared', FLOW: 'flow', HEURISTIC: 'heuristic', HIERARCHY: 'hierarchy', LLM: 'llm', TEXT: 'text', TRACE: 'trace' };

export type TimelineEntryResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['TimelineEntry'] = ResolversParentTypes['TimelineEntry']> = {
  at?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['Doer'], ParentType, ContextType>;
  evidence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  input?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  open?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UnknownItemResolvers<ContextType = ApiContext, ParentType extends ResolversParentTypes['UnknownItem'] = ResolversParentTypes['UnknownItem']> = {
  file?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  line?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type VerdictResolvers = { BEHAVES_DIFFERENTLY: 'behaves-differently', BREAKING: 'breaking', COMPATIBLE: 'compatible', REVIEW: 'review', UNKNOWN: 'unknown' };

export type Resolvers<ContextType = ApiContext> = {
  ChangeKind?: ChangeKindResolvers;
  ClarifyGate?: ClarifyGateResolvers<ContextType>;
  Conflict?: ConflictResolvers<ContextType>;
  ConflictLayer?: ConflictLayerResolvers;
  ConflictMember?: ConflictMemberResolvers<ContextType>;
  ConflictOption?: ConflictOptionResolvers<ContextType>;
  ContextPack?: ContextPackResolvers<ContextType>;
  DetectedChange?: DetectedChangeResolvers<ContextType>;
  Diagnostic?: DiagnosticResolvers<ContextType>;
  DiagnosticConnection?: DiagnosticConnectionResolvers<ContextType>;
  DiagnosticEdge?: DiagnosticEdgeResolvers<ContextType>;
  DiagramKind?: DiagramKindResolvers;
  DiffImpact?: DiffImpactResolvers<ContextType>;
  Doer?: DoerResolvers<ContextType>;
  DoerKind?: DoerKindResolvers;
  EdgeCount?: EdgeCountResolvers<ContextType>;
  Effect?: EffectResolvers;
  EffectTotal?: EffectTotalResolvers<ContextType>;
  Entity?: EntityResolvers<ContextType>;
  EntityConnection?: EntityConnectionResolvers<ContextType>;
  EntityEdge?: EntityEdgeResolvers<ContextType>;
  Evidence?: EvidenceResolvers<ContextType>;
  ExistingPart?: ExistingPartResolvers<ContextType>;
  Finding?: FindingResolvers<ContextType>;
  FindingConnection?: FindingConnectionResolvers<ContextType>;
  FindingEdge?: FindingEdgeResolvers<ContextType>;
  GapQuestion?: GapQuestionResolvers<ContextType>;
  Gate?: GateResolvers<ContextType>;
  HandOff?: HandOffResolvers<ContextType>;
  Hop?: HopResolvers<ContextType>;
  Identity?: IdentityResolvers<ContextType>;
  Impact?: ImpactResolvers<ContextType>;
  ImpactedItem?: ImpactedItemResolvers<ContextType>;
  IngestPhase?: IngestPhaseResolvers;
  IngestReport?: IngestReportResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Job?: JobResolvers<ContextType>;
  JobError?: JobErrorResolvers<ContextType>;
  JobProgress?: JobProgressResolvers<ContextType>;
  JobState?: JobStateResolvers;
  Mutation?: MutationResolvers<ContextType>;
  NeighbourConnection?: NeighbourConnectionResolvers<ContextType>;
  NeighbourEdge?: NeighbourEdgeResolvers<ContextType>;
  NodeCount?: NodeCountResolvers<ContextType>;
  OptionScope?: OptionScopeResolvers;
  PageInfo?: PageInfoResolvers<ContextType>;
  Parameter?: ParameterResolvers<ContextType>;
  Passage?: PassageResolvers<ContextType>;
  ProposedAnswer?: ProposedAnswerResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  QuestionOption?: QuestionOptionResolvers<ContextType>;
  RankedFile?: RankedFileResolvers<ContextType>;
  RelatedEntity?: RelatedEntityResolvers<ContextType>;
  ReviewGate?: ReviewGateResolvers<ContextType>;
  SearchHit?: SearchHitResolvers<ContextType>;
  SearchSignal?: SearchSignalResolvers<ContextType>;
  SettleGate?: SettleGateResolvers<ContextType>;
  Severity?: SeverityResolvers;
  Signature?: SignatureResolvers<ContextType>;
  SimilarEntity?: SimilarEntityResolvers<ContextType>;
  Site?: SiteResolvers<ContextType>;
  SiteFact?: SiteFactResolvers;
  SkippedChange?: SkippedChangeResolvers<ContextType>;
  Span?: SpanResolvers<ContextType>;
  Spec?: SpecResolvers<ContextType>;
  SpecAction?: SpecActionResolvers;
  SpecBump?: SpecBumpResolvers;
  SpecChange?: SpecChangeResolvers<ContextType>;
  SpecChangeKind?: SpecChangeKindResolvers;
  SpecConnection?: SpecConnectionResolvers<ContextType>;
  SpecDecision?: SpecDecisionResolvers<ContextType>;
  SpecDiff?: SpecDiffResolvers<ContextType>;
  SpecEdge?: SpecEdgeResolvers<ContextType>;
  SpecPart?: SpecPartResolvers<ContextType>;
  SpecQuestion?: SpecQuestionResolvers<ContextType>;
  SpecRole?: SpecRoleResolvers<ContextType>;
  SpecStatus?: SpecStatusResolvers;
  Stats?: StatsResolvers<ContextType>;
  TestToRun?: TestToRunResolvers<ContextType>;
  Thread?: ThreadResolvers<ContextType>;
  ThreadConnection?: ThreadConnectionResolvers<ContextType>;
  ThreadEdge?: ThreadEdgeResolvers<ContextType>;
  ThreadState?: ThreadStateResolvers;
  Tier?: TierResolvers;
  TimelineEntry?: TimelineEntryResolvers<ContextType>;
  UnknownItem?: UnknownItemResolvers<ContextType>;
  Verdict?: VerdictResolvers;
};

