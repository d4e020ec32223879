import type { Edge } from '../graph/model/edge.ts';
import type { Node } from '../graph/model/node.ts';
import type { Diagnostic } from '../graph/model/provenance.ts';
import type { DiagramKind } from '../graph/query/diagram/kinds.ts';
import type { Check, Finding } from '../graph/query/findings/finding.ts';
import type { ChangeKind, Hop, ImpactAnswer, ImpactQuestion, TargetRef } from '../graph/query/change.ts';
import type { Counts, NodeFilter, Page, StoredDiagnostic } from '../graph/store/store.ts';
import type { Agent, AgentPlace } from './agent/agent.ts';
import type { CiteCheck } from './agent/citations/problem.ts';
import type { DiffImpactAnswer, DiffRange } from './diff/diff-impact.ts';
import type { Answer } from './retrieval/ask.ts';
import type { ContextPack } from './retrieval/context-pack.ts';
import type { ContextQuestion, SearchQuestion } from './retrieval/question.ts';
import type { RelatedThing } from './retrieval/related.ts';
import type { SearchResult } from './retrieval/search.ts';
import type { SimilarNode } from './retrieval/similar.ts';

export interface IngestOptions {
  /** Qualifies every id; default: `name` of the root package.json, else the folder's name. */
  readonly repo?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: IngestProgress) => void;
}

export interface IngestProgress {
  readonly phase: 'discover' | 'extract' | 'link' | 'apply' | 'publish';
  readonly done: number;
  readonly total: number;
}

export interface IngestReport {
  readonly repo: string;
  /** The published generation; unchanged when nothing had to be replaced. */
  readonly generation: number;
  readonly files: number;
  /** Units replaced and removed in this run. */
  readonly replaced: number;
  readonly removed: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly milliseconds: number;
}

export interface EmbedOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface EmbedReport {
  /** The model; absent when there is none. */
  readonly space?: string;
  /** Texts that got a vector in this run. */
  readonly embedded: number;
}

/** An entity and what it is directly connected to. */
export interface Neighbourhood {
  readonly node: Node;
  readonly outgoing: readonly { readonly edge: Edge; readonly node: Node }[];
  readonly incoming: readonly { readonly edge: Edge; readonly node: Node }[];
}

export interface Stats extends Counts {
  readonly generation: number;
}

/**
 * An opened specgraph: one set of functions that the command line, GraphQL and library users share. All reads of one
 * call see one generation.
 */
export interface System extends AsyncDisposable {
  /** Where the graph is, without credentials. */
  readonly location: string;
  ingest(path: string, options?: IngestOptions): Promise<IngestReport>;
  /** Ingests, then again whenever files change, until the signal fires. Programs stay warm between updates. */
  watch(
    path: string,
    options: IngestOptions & { readonly signal: AbortSignal; readonly onIngest: (report: IngestReport) => void },
  ): Promise<void>;
  /** The node a target names. Throws TARGET_NOT_FOUND (with suggestions) or TARGET_AMBIGUOUS (with candidates). */
  resolve(target: TargetRef): Promise<Node>;
  impact(question: ImpactQuestion): Promise<ImpactAnswer>;
  impactOfDiff(range: DiffRange): Promise<DiffImpactAnswer>;
  /** A shortest dependency path between two targets, in either direction; undefined when there is none. */
  path(from: TargetRef, to: TargetRef): Promise<readonly Hop[] | undefined>;
  show(target: TargetRef, options?: { readonly limit?: number }): Promise<Neighbourhood>;
  nodes(ids: readonly string[]): Promise<ReadonlyMap<string, Node>>;
  /** Edges in and out of a node, for callers that page through them. */
  edges(filter: { readonly from?: readonly string[]; readonly to?: readonly string[] }, limit: number): Promise<readonly Edge[]>;
  find(filter: NodeFilter, page: Page): Promise<readonly Node[]>;
  /** Things and files that a text is about, best first. */
  search(query: string, options?: Omit<SearchQuestion, 'query'>): Promise<SearchResult>;
  /** What one needs to know to build something: passages within a budget of tokens, each with its place and reason. */
  retrieve(question: string, options?: Omit<ContextQuestion, 'question'>): Promise<ContextPack>;
  /**
   * An answer of quotes, each with its place; written by the chat model where one is configured, every sentence checked against
   * what it cites. Throws `ABORTED`.
   */
  ask(question: string, options?: Omit<ContextQuestion, 'question'> & { readonly signal?: AbortSignal }): Promise<Answer>;
  /** The SpecAgent, at work on the specs of a repository. Throws `BAD_INPUT` where the folder of specs is not in it. */
  agent(place: AgentPlace): Promise<Agent>;
  /** What is like a thing: in what both mean, else in their words. Throws as `resolve` does. */
  similar(target: TargetRef, options?: { readonly limit?: number; readonly repo?: string }): Promise<readonly SimilarNode[]>;
  /** What is connected to a thing, nearest first. Throws as `resolve` does. */
  related(target: TargetRef, options?: { readonly limit?: number }): Promise<readonly RelatedThing[]>;
  /**
   * Gives what was ingested the vectors that search compares meanings with, where it has none of the configured model yet. Questions
   * are answered meanwhile; interrupted, what is done stays. Throws `ABORTED`, `EMBEDDER_FAILED`, `STORE_BUSY`.
   */
  embed(options?: EmbedOptions): Promise<EmbedReport>;
  /** What does not fit together, and the checks that were made. Throws `BAD_INPUT` for a code that no check has. */
  findings(filter?: {
    readonly codes?: readonly string[];
  }): Promise<{ readonly checks: readonly Check[]; readonly findings: readonly Finding[] }>;
  /** A picture as Mermaid text. Throws as `resolve` does, and `BAD_INPUT` when the kind does not fit the target. */
  diagram(order: { readonly kind: DiagramKind; readonly target?: TargetRef; readonly change?: ChangeKind }): Promise<string>;
  /**
   * Whether each sentence that a spec demands rests on what its `provenance` cites; `path` says in which ingested repository it stands.
   * Throws `GIT_FAILED` outside of a work tree, `BAD_INPUT` where the repository could be any of several.
   */
  citeCheck(text: string, path: string): Promise<CiteCheck>;
  stats(): Promise<Stats>;
  diagnostics(page: Page): Promise<readonly StoredDiagnostic[]>;
  /** The graph as sorted JSONL, one object a line, without generation numbers. */
  dump(): AsyncIterable<string>;
  close(): Promise<void>;
}
