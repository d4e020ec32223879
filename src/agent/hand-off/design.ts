import type { Spec } from '../../specs/spec.ts';
import type { Grounding, Plan, StepContext } from '../model.ts';
import { codeDesign, type CodeDesign } from './code-design.ts';
import { codeStyle, type CodeStyle } from './code-style.ts';
import { demandsOf, type Demand } from './demands.ts';
import { eventsOf, type PlannedEvents } from './events.ts';
import { operationsOf, type PlannedOperation } from './operations.ts';
import { resourcesOf, type PlannedResources } from './resources.ts';
import { systemApi, type SystemApi } from './system-api.ts';

/** What a spec needs, in the manner of the system that it is for. All targets generate from this one reading. */
export interface Design {
  readonly demands: readonly Demand[];
  readonly api: SystemApi;
  readonly operations: readonly PlannedOperation[];
  readonly events: PlannedEvents;
  readonly resources: PlannedResources;
  readonly style: CodeStyle;
  readonly code: CodeDesign;
}

export async function designOf(spec: Spec, plan: Plan, grounding: Grounding, context: StepContext): Promise<Design> {
  const demands = demandsOf(spec);
  const api = await systemApi(context, grounding, demands);
  const operations = operationsOf(spec, demands, api);
  const style = await codeStyle(context, grounding, plan);
  return {
    demands,
    api,
    operations,
    events: await eventsOf(demands, operations, context),
    resources: await resourcesOf(spec, grounding, context),
    style,
    code: codeDesign(spec.feature, demands, operations, style),
  };
}
