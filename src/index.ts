export { openSystem } from './platform.ts';
export { PlatformError, type ErrorCode } from '../graph/errors.ts';
export type { Edge, EdgeType, Site } from '../graph/model/edge.ts';
export type { Node, NodeKind } from '../graph/model/node.ts';
export type { Diagnostic, Span, Tier } from '../graph/model/provenance.ts';
export type {
  ChangeKind,
  DetectedChange,
  Effect,
  EffectTotal,
  Hop,
  ImpactAnswer,
  ImpactedItem,
  ImpactQuestion,
  TargetRef,
  TestToRun,
  UnknownItem,
  Verdict,
} from '../graph/query/change.ts';
export type { Counts, NodeFilter, Page, SearchHit, StoredDiagnostic } from '../graph/store/store.ts';
export type { DiffImpactAnswer, DiffRange } from './diff/diff-impact.ts';
export type { IngestOptions, IngestProgress, IngestReport, Neighbourhood, Stats, System } from './system.ts';
