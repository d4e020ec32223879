import type { JsonSchema } from './field-schemas.ts';
import { pascal } from './names.ts';
import type { PlannedOperation } from './operations.ts';
import type { SystemApi } from './system-api.ts';

/** What an operation answers with when it does what it is asked. */
export interface Success {
  readonly status: number;
  /** Undefined where there is no content. */
  readonly schema: JsonSchema | undefined;
}

const ID: JsonSchema = { type: 'string' };

/** As the system answers already, else with what it knows by that name, else with no more than is needed to go on. */
export function successOf(operation: PlannedOperation, api: SystemApi): Success {
  const { method, existing, object, isLater, path } = operation;
  // Whether a list is bare or in an envelope, the graph does not say.
  if (existing !== undefined && method === 'GET' && !path.endsWith('}')) return { status: 200, schema: undefined };
  if (existing !== undefined)
    for (const status of [200, 201, 202]) {
      const schema = api.fieldsOf(existing.id, `response.${status}`);
      if (schema !== undefined) return { status, schema };
    }
  if (method === 'DELETE') return { status: 204, schema: undefined };
  if (isLater)
    return {
      status: 202,
      schema: {
        type: 'object',
        required: ['id', 'status'],
        properties: { id: ID, status: { type: 'string', enum: ['queued', 'running', 'done', 'failed'] } },
      },
    };
  const known = object.length === 0 ? undefined : (api.schemaNamed(pascal(object)) ?? api.schemaNamed(pascal(object.slice(-1))));
  const one = known ?? { type: 'object', required: ['id'], properties: { id: ID } };
  if (method === 'GET' && !path.endsWith('}')) return { status: 200, schema: { type: 'array', items: one } };
  return { status: method === 'POST' ? 201 : 200, schema: one };
}
