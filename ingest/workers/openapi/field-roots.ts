import { childOf, refOf, type Place, type References } from '../../parse/references.ts';
import type { FieldRoot } from '../../parse/schema-fields.ts';
import { entriesOf, isRecord, memberOf } from '../../parse/tree.ts';
import type { WrittenOperation, WrittenParameter } from './operations.ts';

/** Where the fields of an operation begin: its parameters, its body and its responses. */
export function fieldRootsOf(
  references: References,
  operation: WrittenOperation,
  parameters: readonly WrittenParameter[],
): readonly FieldRoot[] {
  return [...parameters.map(ofParameter), ...bodyOf(references, operation.place), ...responsesOf(references, operation.place)];
}

function ofParameter({ name, in: where, place, entry }: WrittenParameter): FieldRoot {
  const base = { stands: entry, own: refOf(entry) === undefined };
  const required = memberOf(place.value, 'required') === true;
  if (where === 'body') return { ...base, path: 'request.body', named: false, schemas: schemasOf(place) };
  const path = where === 'formData' ? `request.body.${name}` : `request.${where}.${name}`;
  const schemas = schemasOf(place);
  // In version 2 a parameter is its own schema.
  return { ...base, path, named: true, required, schemas: schemas.length > 0 ? [place, ...schemas] : [place] };
}

function bodyOf(references: References, operation: Place): readonly FieldRoot[] {
  const entry = childOf(operation, 'requestBody');
  const body = isRecord(entry.value) ? references.follow(entry) : undefined;
  if (!body) return [];
  return [{ path: 'request.body', named: false, schemas: schemasOf(body), stands: entry, own: refOf(entry) === undefined }];
}

function responsesOf(references: References, operation: Place): readonly FieldRoot[] {
  const responses = childOf(operation, 'responses');
  return entriesOf(responses.value).flatMap(([status]) => {
    const entry = childOf(responses, status);
    const response = !status.startsWith('x-') && isRecord(entry.value) ? references.follow(entry) : undefined;
    if (!response) return [];
    return [{ path: `response.${status}`, named: false, schemas: schemasOf(response), stands: entry, own: refOf(entry) === undefined }];
  });
}

/** Schemas of a parameter, body or response: its own, or one for each media type. */
function schemasOf(holder: Place): readonly Place[] {
  const own = childOf(holder, 'schema');
  if (isRecord(own.value)) return [own];
  const content = childOf(holder, 'content');
  return entriesOf(content.value)
    .map(([type]) => childOf(childOf(content, type), 'schema'))
    .filter(({ value }) => isRecord(value));
}
