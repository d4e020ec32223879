import type { NodeKind } from '../../graph/model/node.ts';
import type { PinnedGraph } from '../current-graph.ts';
import type { Meant } from '../retrieval/search.ts';
import type { Ears, Measure, Priority, Verification } from '../specs/spec.ts';
import type { ParsedRequest } from './steps/parse.ts';

/**
 * What passes between the steps of the SpecAgent. All of it is plain data: it is written to the thread's log as JSON, and what is
 * read from there is what was written.
 */

/**
 * How a sentence was made. `quoted`: word for word what the evidence says; `extracted`: made of words and values of the evidence;
 * `templated`: a form filled with names and values of the graph; `rule`: follows from evidence by a named rule; `llm`: written by a
 * model and checked; `human`: written by somebody in answer to the agent.
 */
export type Basis = 'quoted' | 'extracted' | 'templated' | 'rule' | 'llm' | 'human';

/** A stretch of a file that a program can compare with what is said of it. */
export interface Evidence {
  /** Id of the thing in the graph; of what people said to the agent `note:<thread>` and `note:<thread>#Q-1`. */
  readonly node: string;
  /** Path in the repository; of the request its path below the folder of the specs. */
  readonly file: string;
  /** Lines, from 1, both included. */
  readonly line: number;
  readonly endLine: number;
  /** The commit that holds the file so; `sha256:<hex>` of the whole text where none does. */
  readonly sha: string;
  /** Word for word within these lines; a line break stays one. */
  readonly quote: string;
}

/** Something that is said, how it was made and what it rests on. Without evidence it may be a question, never a demand. */
export interface Grounded {
  readonly text: string;
  readonly basis: Basis;
  /** Kebab-case name of the rule or template; of everything that is not `quoted`. */
  readonly rule?: string;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

/** What somebody asks for, as it was handed in, and the file that keeps it. */
export interface AgentRequest {
  /** Of its thread. */
  readonly thread: string;
  readonly text: string;
  /** Path in the repository that the text is kept under. */
  readonly file: string;
}

/** What every step may look at. A step asks nothing else of the world and changes nothing. */
export interface StepContext {
  readonly graph: PinnedGraph;
  /** A text as a vector; undefined where no vectors are kept. */
  readonly meant: (text: string) => Promise<Meant | undefined>;
  /** The repository that the feature is for, as the graph calls it. */
  readonly repo: string;
  /** Its folder on this machine. */
  readonly root: string;
  /** Folder of the specs in it. */
  readonly specs: string;
  readonly signal?: AbortSignal;
}

/** What a thing of the graph is to a feature. */
export type ThingRole =
  | 'spec'
  | 'service'
  | 'operation'
  | 'schema'
  | 'event'
  | 'entity' // table, column, domain type
  | 'decision'
  | 'policy'
  | 'config'
  | 'code'
  | 'test'
  | 'document'
  | 'owner';

/** Something in the graph that the feature has to do with. */
export interface GroundedThing {
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly role: ThingRole;
  /** Why it is here, in words. */
  readonly reason: string;
  /** Higher is nearer; comparable within one answer only. */
  readonly score: number;
  /** The lines that say what it is: of a rule its statement, of a decision its sentence, of code its declaration. */
  readonly evidence: Evidence;
  /** Of decisions and policies: the things here that they govern. */
  readonly governs: readonly string[];
}

/** What the system has to say about a request. */
export interface Grounding {
  /** Best first. */
  readonly things: readonly GroundedThing[];
  /** Parts of the request that the system does already: the words of the request, and what does it. */
  readonly existing: readonly { readonly quote: string; readonly thing: string; readonly reason: string }[];
}

/** What a feature of some kind has to say and this one does not. */
export interface GapQuestion {
  /** `Q-1`, best first. */
  readonly id: string;
  /** What is missing: `limit`, `error-path`, `authentication`, `retention`, … */
  readonly slot: string;
  readonly text: string;
  /** What of the request it is about: verbatim. */
  readonly about: string;
  /** Two to four. */
  readonly options: readonly QuestionOption[];
  /** Why it is asked: what in request or graph makes it needed. */
  readonly evidence: readonly Evidence[];
}

export interface QuestionOption {
  readonly value: string;
  /** What follows if it is chosen. */
  readonly consequence: string;
  /**
   * What it makes of the request, where it says nothing that the feature demands: nothing is built and nothing else has to be answered; what
   * is there is changed; something is built beside it.
   */
  readonly scope?: 'close' | 'change' | 'separate';
  /** Where the value comes from; empty for values that are usual and nothing here states. */
  readonly evidence: readonly Evidence[];
}

/** What somebody answered: an option's value, or their own words. */
export interface Answer {
  readonly question: string;
  readonly value: string;
  readonly by: string;
  /** The stretch of the thread's answers that keeps it. */
  readonly evidence: Evidence;
}

export type Layer = 'request' | 'spec' | 'policy' | 'adr' | 'contract';

/** Members that cannot all hold. Without any one of them the others can. */
export interface Conflict {
  /** `C-<8 hex>`, of what the members say: the same as long as both sides say so. */
  readonly id: string;
  readonly members: readonly ConflictMember[];
  /** Why they cannot all hold, in one sentence. */
  readonly why: string;
  /** Whom to ask about the purpose and about the means, where anyone is known. */
  readonly owners: { readonly why?: string; readonly how?: string };
  readonly options: readonly ConflictOption[];
  /** The decision in the graph or the log that settled exactly this. */
  readonly settledBy?: string;
}

export interface ConflictMember {
  readonly layer: Layer;
  /** What it says in a normal form, for people: `upload.size <= 5 MB`. */
  readonly states: string;
  readonly evidence: Evidence;
}

export interface ConflictOption {
  /** `A`, `B`, … */
  readonly id: string;
  readonly text: string;
  /** What it costs: what has to change, and who has to agree. */
  readonly costs: string;
  /** Index of the member that gives way; absent where none does (the feature is split, or an exception is made). */
  readonly yields?: number;
}

/** Which option was chosen, by whom and why. */
export interface Resolution {
  readonly conflict: string;
  readonly option: string;
  readonly by: string;
  readonly reason?: string;
  readonly evidence: Evidence;
}

/** What a reviewer wants changed. */
export interface ReviewComment {
  /** Id of the criterion or NFR it is about; absent where it is about the whole. */
  readonly part?: string;
  readonly text: string;
  /** What it asks for, by offsets into the text. */
  readonly parsed: ParsedRequest;
  readonly by: string;
  readonly evidence: Evidence;
}

export interface DraftCriterion extends Grounded {
  readonly id: string;
  readonly ears?: Ears;
  readonly priority: Priority;
  readonly verify: readonly Verification[];
}

export interface DraftNfr extends Grounded {
  readonly id: string;
  readonly category: string;
  readonly measure?: Measure;
  readonly verify?: readonly Verification[];
}

export interface DraftDependency extends Grounded {
  /** Name in the grammar of docs/reference/names.md; `text` is the reason. */
  readonly target: string;
  readonly contract?: string;
}

export interface DraftLink {
  readonly rel: string;
  readonly target: string;
  readonly evidence: readonly Evidence[];
}

/** A spec before it is a file. */
export interface DraftSpec {
  readonly feature: string;
  readonly version: string;
  /** Path of its file in the repository. */
  readonly path?: string;
  /** The spec that it is a change of, as it stands; absent of a new feature. */
  readonly base?: string;
  readonly owner: { readonly why?: string; readonly how?: string; readonly team?: string };
  /** The user story. */
  readonly description: Grounded;
  readonly criteria: readonly DraftCriterion[];
  readonly nfrs: readonly DraftNfr[];
  readonly dependencies: readonly DraftDependency[];
  readonly outOfScope: readonly Grounded[];
  /** What nobody answered: it is asked in the file, and stops the approval. */
  readonly questions: readonly {
    readonly id: string;
    readonly text: string;
    readonly about?: string;
    readonly options: readonly string[];
    readonly answer?: string;
    readonly answeredBy?: string;
    /** What the answer of a model rests on. It is a proposal until somebody puts their name to it. */
    readonly proposal?: readonly [Evidence, ...Evidence[]];
  }[];
  readonly links: readonly DraftLink[];
  /** The language model that had a hand in it; absent where that were rules alone. */
  readonly model?: string;
}

/** A spec file as the agent left it. */
export interface WrittenSpec {
  /** Path in the repository. */
  readonly path: string;
  readonly text: string;
  readonly hash: string;
  /** What the author of the file has to know: that it was edited meanwhile, what was repaired. */
  readonly notes: readonly string[];
}

/** A file that a task writes. */
export interface OwnedFile {
  readonly path: string;
  readonly isNew: boolean;
  readonly reason: string;
  /** 0–1: how likely it is that the feature has to change it. */
  readonly score?: number;
  /** To be looked at, and changed only where the work needs it: most of such files do not change. */
  readonly isGuess?: boolean;
}

/** Something to do that one person or agent can do by themselves. */
export interface Task {
  /** `T-<slug>`: from what it does, not from its place. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'contract' | 'data' | 'code' | 'test' | 'infrastructure' | 'docs' | 'refactoring' | 'debt';
  /** Files that it alone writes while it is being done; new ones are marked. */
  readonly ownedFiles: readonly OwnedFile[];
  /** Ids of tasks that come first. */
  readonly dependsOn: readonly string[];
  /** Ids of criteria and NFRs. */
  readonly covers: readonly string[];
  /** To write or extend, one for each of what it covers: `test/cart.test.ts: basket/AC-1 Takes the price of today`. */
  readonly tests: readonly string[];
  readonly size: 'S' | 'M' | 'L';
  readonly evidence: readonly Evidence[];
}

export interface Plan {
  /** In an order in which they can be done. */
  readonly tasks: readonly Task[];
  /** Mermaid: what is there and what is planned, told apart. */
  readonly diagrams: readonly { readonly name: 'sequence' | 'components' | 'data'; readonly mermaid: string }[];
}
