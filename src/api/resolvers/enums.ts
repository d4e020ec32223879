import { SITE_FACTS } from '../../../graph/model/edge.ts';
import { TIERS } from '../../../graph/model/provenance.ts';
import { CHANGE_KINDS, EFFECTS, VERDICTS } from '../../../graph/query/change.ts';
import { DIAGRAM_KINDS } from '../../../graph/query/diagram/kinds.ts';
import { SPEC_CHANGE_KINDS } from '../../specs/diff-specs.ts';
import type { ComputedStatus } from '../../specs/lifecycle.ts';
import { BUMPS } from '../../specs/version.ts';
import { JOB_STATES } from '../jobs.ts';

/** GraphQL writes `ADD_MEMBER` where the model writes `add-member`. Enums that are not listed are written alike. */
const named = <const T extends string>(values: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(values.map((value) => [value.toUpperCase().replaceAll('-', '_'), value]));

export const enums = {
  SiteFact: named(SITE_FACTS),
  Tier: named(TIERS),
  ChangeKind: named(CHANGE_KINDS),
  Effect: named(EFFECTS),
  Verdict: named(VERDICTS),
  DiagramKind: named(DIAGRAM_KINDS),
  JobState: named(JOB_STATES),
  IngestPhase: named(['discover', 'extract', 'link', 'apply', 'publish']),
  Severity: named(['error', 'warning', 'info']),
  SpecStatus: named(['draft', 'in_review', 'approved', 'implemented', 'superseded'] satisfies readonly ComputedStatus[]),
  SpecAction: named(['submit', 'approve', 'request-changes']),
  SpecChangeKind: named(SPEC_CHANGE_KINDS),
  SpecBump: named(BUMPS),
  ThreadState: named(['waiting', 'running', 'stopped', 'done', 'closed', 'cancelled', 'broken']),
  OptionScope: named(['close', 'change', 'separate']),
  ConflictLayer: named(['request', 'spec', 'policy', 'adr', 'contract']),
  DoerKind: named(['rules', 'model', 'person']),
};
