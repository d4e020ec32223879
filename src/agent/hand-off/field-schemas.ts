import { compare } from '../../../graph/model/edge.ts';
import type { NodeOf } from '../../../graph/model/node.ts';

/** A JSON Schema, as far as it is made here. */
export type JsonSchema = { readonly [key: string]: unknown };

/** A field by its path below what it is a field of: `thumbnails.small`. */
export interface Field {
  readonly path: string;
  readonly props: NodeOf<'SchemaProperty'>['props'];
}

const SIMPLE = /^(?:string|integer|number|boolean|object)$/;

/** The schema of an object that has these fields; undefined where there are none. What a field's type refers to is left open. */
export function schemaOf(fields: readonly Field[]): JsonSchema | undefined {
  const top = new Map<string, { own: Field | undefined; inner: Field[] }>();
  for (const field of fields.toSorted((a, b) => compare(a.path, b.path))) {
    const [name = '', ...rest] = field.path.split('.');
    const known = top.get(name) ?? { own: undefined, inner: [] };
    if (rest.length === 0) known.own = field;
    else known.inner.push({ ...field, path: rest.join('.') });
    top.set(name, known);
  }
  if (top.size === 0) return undefined;
  const required = [...top].flatMap(([name, { own }]) => (own?.props.required ? [name] : []));
  return {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries([...top].map(([name, { own, inner }]) => [name, ofField(own, inner)])),
  };
}

function ofField(own: Field | undefined, inner: readonly Field[]): JsonSchema {
  const { type = '', format, enum: values, nullable, doc } = own?.props ?? {};
  const object = schemaOf(inner);
  const item = /^\(?(.*?)\)?\[\]$/.exec(type)?.[1];
  const plain = type.replace(/\s*\|\s*null$/, '');
  const base: JsonSchema =
    item !== undefined || plain === 'array'
      ? { type: 'array', items: object ?? (SIMPLE.test(item ?? '') ? { type: item } : {}) }
      : (object ?? (SIMPLE.test(plain) ? { type: plain } : {}));
  const isNullable = nullable === true || plain !== type;
  return {
    ...base,
    ...(isNullable && typeof base['type'] === 'string' ? { type: [base['type'], 'null'] } : {}),
    ...(format === undefined ? {} : { format }),
    ...(values === undefined || item !== undefined
      ? {}
      : { enum: plain === 'integer' || plain === 'number' ? values.map(Number) : values }),
    ...(doc === undefined ? {} : { description: doc }),
  };
}
