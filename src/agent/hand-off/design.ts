import type { Spec } from '../../specs/spec.ts';
import type { Grounding, Plan, StepContext } from '../model.ts';
import { codeDesign, type CodeDesign } from './code-design.ts';
import { codeStyle, type CodeStyle } from './code-style.ts';
import { demandsOf, type Demand } from './demands.ts';
import { eventsOf, type PlannedEvents } from './events.ts';
import { operationsOf, type PlannedOperation } from './operations.ts';
import { resourcesOf, type PlannedResources } from './resources.ts';
import { parseSentence } from '../../specs/meaning/sentence.ts';
import { refusalStatus } from './status.ts';
import { systemApi, type SystemApi } from './system-api.ts';

/** What a spec needs, in the manner of the system that it is for. All targets generate from this one reading. */
export interface Design {
  readonly demands: readonly Demand[];
  readonly api: SystemApi;
  readonly operations: readonly PlannedOperation[];
  /** Criteria and NFRs that want to know who calls. */
  readonly signIn: readonly string[];
  readonly events: PlannedEvents;
  readonly resources: PlannedResources;
  readonly style: CodeStyle;
  readonly code: CodeDesign;
}

/** What changes an operation joins the API of that operation, where nothing else told which of several it is. */
async function apiAndOperations(
  spec: Spec,
  demands: readonly Demand[],
  grounding: Grounding,
  context: StepContext,
): Promise<readonly [SystemApi, readonly PlannedOperation[]]> {
  const api = await systemApi(context, grounding, demands);
  const operations = operationsOf(spec, demands, api);
  const existing = operations.find((operation) => operation.existing !== undefined)?.existing;
  if (api.file !== undefined || existing === undefined) return [api, operations];
  const joined = await systemApi(context, grounding, demands, existing.id);
  return [joined, operationsOf(spec, demands, joined)];
}

export async function designOf(spec: Spec, plan: Plan, grounding: Grounding, context: StepContext): Promise<Design> {
  const demands = demandsOf(spec);
  const [api, operations] = await apiAndOperations(spec, demands, grounding, context);
  const style = await codeStyle(context, grounding, plan);
  return {
    demands,
    api,
    operations,
    signIn: [
      ...demands.filter(({ refusal }) => refusal === 401).map(({ id }) => id),
      ...spec.nfrs.filter(({ text }) => refusalStatus(parseSentence(text), [], [], false) === 401).map(({ id }) => id),
    ],
    events: await eventsOf(demands, operations, context),
    resources: await resourcesOf(spec, grounding, context),
    style,
    code: codeDesign(spec.feature, demands, operations, style),
  };
}
