import { isRecord, itemsOf, memberOf, textOf } from './tree.ts';
import { childOf, refOf, type Place, type References } from './references.ts';
import { shortened } from './doc-text.ts';

/**
 * Paths of schemas: a property adds its name; arrays and compositions (`allOf`, `oneOf`, `anyOf`) add nothing; what lies
 * in the values of a map (`additionalProperties`, `patternProperties`) has a `*` before it, which is no property itself.
 */
export const MAP = '*';

export const join = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}.${name}`);

/** Schemas inside each other before one gives up: hostile nesting. */
const DEEPEST = 200;
const MOST_VALUES = 100;
const LONGEST_TEXT = 300;

export const isSchema = (value: unknown): boolean => isRecord(value) || typeof value === 'boolean';

/** Schemas that hold of the same value as a schema does, or of each of its items; references aside. */
function* besides(place: Place): Iterable<{ readonly place: Place; readonly by: 'items' | 'allOf' | 'oneOf' | 'anyOf' }> {
  const { value } = place;
  for (const keyword of ['items', 'prefixItems', 'allOf', 'oneOf', 'anyOf'] as const) {
    const member = memberOf(value, keyword);
    const by = keyword === 'prefixItems' ? 'items' : keyword;
    if (Array.isArray(member)) for (const index of member.keys()) yield { place: childOf(childOf(place, keyword), index), by };
    else if (isRecord(member)) yield { place: childOf(place, keyword), by };
  }
}

function* propertiesOf(place: Place): Iterable<Place> {
  const properties = memberOf(place.value, 'properties');
  if (!isRecord(properties)) return;
  const parent = childOf(place, 'properties');
  for (const [name, value] of Object.entries(properties)) if (isSchema(value)) yield childOf(parent, name);
}

/** Schemas of the values of a map. */
function* valuesOf(place: Place): Iterable<Place> {
  if (isRecord(memberOf(place.value, 'additionalProperties'))) yield childOf(place, 'additionalProperties');
  const patterns = memberOf(place.value, 'patternProperties');
  if (!isRecord(patterns)) return;
  const parent = childOf(place, 'patternProperties');
  for (const [pattern, value] of Object.entries(patterns)) if (isRecord(value)) yield childOf(parent, pattern);
}

export interface OwnProperty {
  /** Where it is written; several where a composition names it more than once. */
  readonly places: Place[];
  required: boolean;
  /** Values with a `$ref` that say what it is made of. */
  readonly refs: Place[];
}

export interface OwnProperties {
  readonly properties: ReadonlyMap<string, OwnProperty>;
  /** References at the top: `base` for those of `allOf`. */
  readonly refs: readonly { readonly place: Place; readonly base: boolean }[];
  /** Not all of it was looked at: nested too deeply, or more than `most` properties. */
  readonly cut: boolean;
}

/** What a schema states in its own text: no reference is followed. */
export function ownProperties(schema: Place, most: number): OwnProperties {
  const properties = new Map<string, OwnProperty>();
  const refs: { place: Place; base: boolean }[] = [];
  const inside = new Set<unknown>();
  let cut = false;
  const walk = (place: Place, prefix: string, of: OwnProperty | undefined, base: boolean): void => {
    const { value } = place;
    if (!isRecord(value) || inside.has(value)) return;
    if (inside.size >= DEEPEST || properties.size >= most) {
      cut = true;
      return;
    }
    inside.add(value);
    if (refOf(place) !== undefined) {
      if (of) of.refs.push(place);
      else if (prefix === '') refs.push({ place, base });
    }
    const required = new Set(itemsOf(value['required']));
    for (const property of propertiesOf(place)) {
      const path = join(prefix, String(property.segment));
      let known = properties.get(path);
      if (!known) properties.set(path, (known = { places: [], required: false, refs: [] }));
      known.places.push(property);
      if (required.has(property.segment)) known.required = true;
      walk(property, path, known, false);
    }
    for (const entry of valuesOf(place)) walk(entry, join(prefix, MAP), of, false);
    for (const { place: beside, by } of besides(place)) walk(beside, prefix, of, of === undefined && prefix === '' && by === 'allOf');
    inside.delete(value);
  };
  walk(schema, '', undefined, false);
  return { properties, refs, cut };
}

/** An object among the schemas of a value: what gives members. */
export interface SchemaObject {
  readonly place: Place;
  readonly required: ReadonlySet<unknown>;
  /** One of several that the value may be instead of another. */
  readonly alternative: boolean;
  /** Found through a reference. */
  readonly referred: boolean;
}

/** All schemas that hold of one value, references followed. */
export interface Level {
  readonly objects: readonly SchemaObject[];
  /** Names that are required whichever alternative is taken. */
  readonly required: ReadonlySet<unknown>;
  /** Schemas of the value itself, the nearest first; those of the items of an array left out. */
  readonly schemas: readonly Place[];
}

/** Remembers levels by the schema they begin with. `spend` is called for each schema looked at, and returns false when that has to end. */
export function createLevels(references: References, spend: () => boolean): (schema: Place) => Level {
  const known = new Map<unknown, Level>();
  const read = (schema: Place): Level => {
    const objects: SchemaObject[] = [];
    const required = new Set<unknown>();
    const schemas: Place[] = [];
    const seen = new Set<unknown>();
    const open = [{ place: schema, alternative: false, referred: false, item: false }];
    for (let at = open.pop(); at; at = open.pop()) {
      const { value } = at.place;
      if (!isRecord(value) || seen.has(value) || !spend()) continue;
      seen.add(value);
      if (!at.item) schemas.push(at.place);
      const own = new Set(itemsOf(value['required']));
      if (!at.alternative) for (const name of own) required.add(name);
      if (isRecord(value['properties']) || isRecord(value['additionalProperties']) || isRecord(value['patternProperties']))
        objects.push({ place: at.place, required: own, alternative: at.alternative, referred: at.referred });
      const { alternative, referred, item } = at;
      const next = [...besides(at.place)].map(({ place, by }) => ({
        place,
        alternative: alternative || by === 'oneOf' || by === 'anyOf',
        referred,
        item: item || by === 'items',
      }));
      const target = refOf(at.place) === undefined ? undefined : references.target(at.place);
      if (target) next.unshift({ place: target, alternative, referred: true, item });
      open.push(...next.reverse());
    }
    return { objects, required, schemas };
  };
  return (schema) => {
    if (!isRecord(schema.value)) return { objects: [], required: new Set(), schemas: [] };
    let level = known.get(schema.value);
    if (!level) known.set(schema.value, (level = read(schema)));
    return level;
  };
}

/** Members of an object, those of a map under {@link MAP}. */
export function* membersOf({ place }: SchemaObject): Iterable<{ readonly name: string; readonly place: Place; readonly isMap: boolean }> {
  for (const property of propertiesOf(place)) yield { name: String(property.segment), place: property, isMap: false };
  for (const entry of valuesOf(place)) yield { name: MAP, place: entry, isMap: true };
}

/** What is written of a property beside its members; flags are present only when true. */
export interface Traits {
  type?: string;
  format?: string;
  nullable?: boolean;
  readOnly?: boolean;
  writeOnly?: boolean;
  deprecated?: boolean;
  enum?: string[];
  doc?: string;
}

/** Of several schemas of one value: the nearest that says something counts, flags of any. */
export function traitsOf(places: readonly Place[]): Traits {
  const traits: Traits = {};
  // What a reference leads to says more than its name.
  const types = [...places.filter((place) => refOf(place) === undefined), ...places];
  for (const { value } of types) traits.type ??= typeOf(value)!;
  if (traits.type === undefined) delete traits.type;
  for (const { value } of places) {
    if (!isRecord(value)) continue;
    const format = traits.format ?? textOf(value['format']);
    if (format !== undefined) traits.format = format;
    if (isNullable(value)) traits.nullable = true;
    for (const flag of ['readOnly', 'writeOnly', 'deprecated'] as const) if (value[flag] === true) traits[flag] = true;
    const values = Array.isArray(value['enum']) ? itemsOf(value['enum']) : Object.hasOwn(value, 'const') ? [value['const']] : [];
    if (values.length > 0 && !traits.enum) traits.enum = values.slice(0, MOST_VALUES).map(shown);
    const doc = traits.doc ?? docOf(value);
    if (doc !== undefined) traits.doc = doc;
  }
  return traits;
}

/** What people wrote about something, on one line. */
export function docOf(value: unknown): string | undefined {
  const text = textOf(memberOf(value, 'description')) ?? textOf(memberOf(value, 'summary')) ?? textOf(memberOf(value, 'title'));
  return text === undefined ? undefined : shortened(text);
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, LONGEST_TEXT);

const isNullable = (value: Readonly<Record<string, unknown>>): boolean =>
  value['nullable'] === true ||
  value['x-nullable'] === true ||
  itemsOf(value['type']).includes('null') ||
  [...itemsOf(value['oneOf']), ...itemsOf(value['anyOf'])].some((member) => memberOf(member, 'type') === 'null');

/** `string`, `string | integer`, `Address`, `Address[]`, `map<integer>`; undefined where nothing is said. */
export function typeOf(value: unknown, depth = 0): string | undefined {
  if (!isRecord(value) || depth > 5) return undefined;
  const ref = textOf(value['$ref']);
  if (ref !== undefined)
    return ref.slice(Math.max(ref.lastIndexOf('/'), ref.lastIndexOf('#')) + 1).replace(/\.(json|ya?ml)$/i, '') || undefined;
  const types = Array.isArray(value['type']) ? value['type'] : [value['type']];
  const named = types.filter((type) => typeof type === 'string' && type !== 'null').map((type: string) => ofType(type, value, depth));
  if (named.length > 0) return united(named);
  if (isRecord(value['properties'])) return 'object';
  if (isRecord(value['items'])) return ofType('array', value, depth);
  for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
    const members = itemsOf(value[keyword]).flatMap((member) => typeOf(member, depth + 1) ?? []);
    if (members.length > 0) return keyword === 'allOf' ? members[0] : united(members);
  }
  return isRecord(value['additionalProperties']) ? ofType('object', value, depth) : undefined;
}

function ofType(type: string, value: Readonly<Record<string, unknown>>, depth: number): string {
  if (type === 'array') {
    const item = typeOf(value['items'], depth + 1);
    return item === undefined ? 'array' : item.includes(' ') ? `(${item})[]` : `${item}[]`;
  }
  if (type !== 'object' || isRecord(value['properties'])) return type;
  const entry = typeOf(value['additionalProperties'], depth + 1);
  return entry === undefined ? type : `map<${entry}>`;
}

const united = (types: readonly string[]): string => [...new Set(types)].slice(0, 8).join(' | ');

/** A draft of JSON Schema as the text says it. */
export const saysSchema = (value: unknown): boolean => /\bjson-schema\.org\//.test(textOf(memberOf(value, '$schema')) ?? '');
export const SCHEMA_FILE = /\.schema\.(json|ya?ml)$/i;
