import type { JsonSchema } from './field-schemas.ts';
import { commented, literal } from './quoting.ts';

/** A schema as a type of TypeScript; `unknown` where it says nothing. */
export function typeOfSchema(schema: JsonSchema | undefined, indent = ''): string {
  const { type, enum: values, const: only, items, properties, required } = schema ?? {};
  if (only !== undefined) return written(only);
  if (Array.isArray(values) && values.length > 0) return values.map(written).join(' | ');
  if (Array.isArray(type)) return type.map((one: unknown) => typeOfSchema({ ...schema, type: one }, indent)).join(' | ');
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `readonly (${typeOfSchema(isSchema(items) ? items : undefined, indent)})[]`;
    case 'object':
      return isSchema(properties)
        ? object(properties, Array.isArray(required) ? required : [], indent)
        : 'Readonly<Record<string, unknown>>';
    default:
      return 'unknown';
  }
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;
const written = (value: unknown): string =>
  typeof value === 'string' ? literal(value) : typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'unknown';

function object(properties: JsonSchema, required: readonly unknown[], indent: string): string {
  const lines = Object.entries(properties).map(([name, value]) => {
    const schema = isSchema(value) ? value : {};
    const doc = typeof schema['description'] === 'string' ? `${indent}  /** ${commented(schema['description'])} */\n` : '';
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
    return `${doc}${indent}  readonly ${key}${required.includes(name) ? '' : '?'}: ${typeOfSchema(schema, `${indent}  `)};`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}
