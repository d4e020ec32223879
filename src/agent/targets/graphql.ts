import { successOf } from '../hand-off/results.ts';
import type { Design } from '../hand-off/design.ts';
import type { JsonSchema } from '../hand-off/field-schemas.ts';
import { camel, nameWords, pascal } from '../hand-off/names.ts';
import type { PlannedOperation } from '../hand-off/operations.ts';
import { titled } from '../hand-off/quoting.ts';
import { requestOf } from '../hand-off/request-fields.ts';
import type { GenerationTarget } from './target.ts';

/** Fields that the spec needs of a GraphQL schema, as extensions of its roots. */
export const graphql: GenerationTarget = {
  name: 'graphql',
  title: 'GraphQL extension',
  generate({ design }) {
    const { operations, api } = design;
    if (api.protocol !== 'graphql') return { files: [], covers: [], note: 'The system has no GraphQL schema, or serves HTTP beside it.' };
    if (operations.length === 0)
      return { files: [], covers: [], note: 'No criterion on the server says what somebody asks the system to do.' };
    const roots = (['Query', 'Mutation'] as const).flatMap((root) => {
      const own = operations.filter(({ method }) => (method === 'GET') === (root === 'Query'));
      return own.length === 0
        ? []
        : [`${api.typeNames.has(root) ? 'extend type' : 'type'} ${root} {\n${own.map((operation) => fieldOf(operation)).join('\n')}\n}\n`];
    });
    const needsUpload = operations.some((operation) => requestOf(operation).file.length > 0) && !api.typeNames.has('Upload');
    const text = [
      ...(needsUpload ? ['scalar Upload\n'] : []),
      ...roots,
      ...operations.flatMap((operation) => typesOf(operation, design)),
    ].join('\n');
    return {
      files: [{ path: 'contracts/extension.graphql', text }],
      covers: [...new Set(operations.flatMap(({ demands }) => demands.map(({ id }) => id)))],
      note: `${operations.map(({ operationId }) => operationId).join(', ')}; merge it into ${api.file ?? 'the schema'}.`,
    };
  },
};

const described = (text: string, indent: string): string => `${indent}${JSON.stringify(titled(text))}\n`;
const nameOf = ({ operationId }: PlannedOperation): string => camel(nameWords(operationId));
const typeOf = (operation: PlannedOperation, suffix: string): string => `${pascal([nameOf(operation)])}${suffix}`;

function fieldOf(operation: PlannedOperation): string {
  const { path, demands, because } = operation;
  const ids = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => `${camel(nameWords(name))}: ID!`);
  const input = inputFields(operation).length > 0 ? [`input: ${typeOf(operation, 'Input')}!`] : [];
  const all = [...ids, ...input];
  const refused = demands.filter(({ refusal }) => refusal !== undefined);
  const said = [
    `${because}. Criteria: ${demands.map(({ id }) => id).join(', ')}.`,
    ...refused.map(({ id, text }) => `Refused by ${id}: ${text}`),
  ].join(' ');
  return `${described(said, '  ')}  ${nameOf(operation)}${all.length === 0 ? '' : `(${all.join(', ')})`}: ${typeOf(operation, 'Payload')}!`;
}

function inputFields(operation: PlannedOperation): readonly string[] {
  const { file, properties, required } = requestOf(operation);
  const upload =
    file.length === 0
      ? []
      : [
          `${described(file.map(([type, schema]) => `${type}${typeof schema['maxLength'] === 'number' ? ` up to ${schema['maxLength']} bytes` : ''}`).join(', '), '  ')}  file: Upload!`,
        ];
  return [
    ...upload,
    ...Object.entries(properties).map(
      ([name, schema]) => `${described(boundsOf(schema), '  ')}  ${name}: ${scalarOf(schema)}${required.includes(name) ? '!' : ''}`,
    ),
  ];
}

const boundsOf = (schema: JsonSchema): string =>
  Object.entries(schema)
    .filter(([key]) => key !== 'type' && key !== 'items')
    .map(([key, value]) => `${key === 'x-criteria' ? 'criteria' : key}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join('; ');

function scalarOf({ type, items }: JsonSchema): string {
  if (type === 'array') return `[${scalarOf((items ?? {}) as JsonSchema)}!]`;
  return type === 'integer' ? 'Int' : type === 'number' ? 'Float' : type === 'boolean' ? 'Boolean' : 'String';
}

function typesOf(operation: PlannedOperation, { api }: Design): readonly string[] {
  const fields = inputFields(operation);
  const schema = successOf(operation, api).schema;
  const isLater = operation.isLater ? ['  status: String!'] : [];
  const list = schema?.['type'] === 'array' ? '  ids: [ID!]!' : '  id: ID!';
  return [
    ...(fields.length === 0 ? [] : [`input ${typeOf(operation, 'Input')} {\n${fields.join('\n')}\n}\n`]),
    `type ${typeOf(operation, 'Payload')} {\n${[list, ...isLater].join('\n')}\n}\n`,
  ];
}
