import { Entity } from './entity.ts';
import { enums } from './enums.ts';
import { ImpactedItem } from './impacted-item.ts';
import { IngestReport } from './ingest-report.ts';
import { JSONScalar } from './json.ts';
import { Mutation } from './mutation.ts';
import { NeighbourEdge } from './neighbour-edge.ts';
import { Parameter } from './parameter.ts';
import { Query } from './query.ts';
import { RankedFile } from './ranked-file.ts';
import { SearchHit } from './search-hit.ts';
import { Signature } from './signature.ts';
import { Site } from './site.ts';
import { Spec } from './spec.ts';
import { Stats } from './stats.ts';
import { Conflict, Doer, Gate, HandOff, ReviewGate, Thread, TimelineEntry } from './thread.ts';

export const resolvers = {
  ...enums,
  JSON: JSONScalar,
  Query,
  Mutation,
  Entity,
  Signature,
  Parameter,
  NeighbourEdge,
  Site,
  SearchHit,
  RankedFile,
  ImpactedItem,
  Spec,
  Stats,
  Thread,
  TimelineEntry,
  Gate,
  ReviewGate,
  Conflict,
  HandOff,
  Doer,
  IngestReport,
};
