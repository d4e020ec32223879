import { createLevels, join, membersOf, type Level, type SchemaObject } from './json-schema.ts';
import type { Place, References } from './references.ts';

/** A stretch of fields to look for: a body, a parameter, a payload. */
export interface FieldRoot {
  /** Path of what is below: `response.200`. */
  readonly path: string;
  /** The path itself is a field: a parameter has a name, a body has none. */
  readonly named: boolean;
  readonly required?: boolean;
  /** Schemas, any of which may hold: one for each media type. */
  readonly schemas: readonly Place[];
  /** Where the owner says so in its own text. */
  readonly stands: Place;
  /** The schemas are part of the owner's own text, not of something it refers to. */
  readonly own: boolean;
}

export interface Field {
  readonly path: string;
  readonly name: string;
  readonly required: boolean;
  /** Where schemas name it; empty for parameters. */
  readonly places: readonly Place[];
  /** All schemas that hold of its value, the nearest first. */
  readonly schemas: readonly Place[];
  /** The nearest place in the owner's own text. */
  readonly stands: Place;
  /** It is named in the owner's own text. */
  readonly own: boolean;
}

export interface Fields {
  readonly fields: readonly Field[];
  /** There are more. */
  readonly cut: boolean;
}

export const MOST_PER_OWNER = 2000;
/** Names below a root. */
const DEEPEST = 12;
/** Places that name one field, and schemas that hold of one value: a union of more is described by its first. */
const MOST_AT_ONCE = 100;
/** Schemas and members looked at for one document: bounds unions of unions. */
const MOST_STEPS = 1_000_000;

/** Objects that a path went through, so that it does not go through one again. */
interface Trail {
  readonly through: ReadonlySet<unknown>;
  readonly before: Trail | undefined;
}

interface Open {
  readonly owner: number;
  readonly path: string;
  readonly depth: number;
  readonly levels: readonly { readonly level: Level; readonly own: boolean }[];
  readonly stands: Place;
  readonly trail: Trail | undefined;
}

/**
 * The fields of all owners of a document, references followed, those nearest to the surface first: what is left out of a
 * document with more than `most` lies deepest. A path ends where it would enter a schema for the second time.
 */
export function expandFields(references: References, owners: readonly (readonly FieldRoot[])[], most: number): readonly Fields[] {
  let steps = 0;
  let total = 0;
  const spend = (): boolean => ++steps <= MOST_STEPS;
  const levelOf = createLevels(references, spend);
  const found = owners.map(() => ({ fields: new Map<string, Field>(), cut: false }));
  const add = (owner: number, field: Field): boolean => {
    const { fields } = found[owner]!;
    if (fields.has(field.path)) return true;
    if (total >= most || fields.size >= MOST_PER_OWNER) return !(found[owner]!.cut = true);
    total++;
    fields.set(field.path, field);
    return true;
  };
  let open: Open[] = [];
  for (const [owner, roots] of owners.entries())
    for (const { path, named, required = false, schemas, stands, own } of roots) {
      const levels = schemas.map((schema) => ({ level: levelOf(schema), own }));
      const name = path.slice(path.lastIndexOf('.') + 1);
      if (named) add(owner, { path, name, required, places: [], schemas: schemasOf(levels), stands, own });
      open.push({ owner, path, depth: 0, levels, stands, trail: undefined });
    }
  while (open.length > 0) {
    const deeper: Open[] = [];
    for (const at of open) {
      const members = membersAt(at, spend);
      for (const member of members.values()) {
        const levels = member.places.map(({ place, own }) => ({ level: levelOf(place), own }));
        const first = member.places.find(({ own }) => own);
        const path = join(at.path, member.name);
        const stands = first?.place ?? at.stands;
        const places = member.places.map(({ place }) => place);
        const schemas = schemasOf(levels);
        const field = { path, name: member.name, required: member.required, places, schemas, stands, own: first !== undefined };
        if (!member.isMap && !add(at.owner, field)) break;
        if (!levels.some(({ level }) => level.objects.length > 0)) continue;
        if (at.depth + 1 >= DEEPEST || steps > MOST_STEPS) found[at.owner]!.cut = true;
        else deeper.push({ owner: at.owner, path, depth: at.depth + 1, levels, stands, trail: member.trail });
      }
    }
    open = deeper;
  }
  return found.map(({ fields, cut }) => ({ fields: [...fields.values()], cut }));
}

interface Member {
  readonly name: string;
  readonly isMap: boolean;
  required: boolean;
  readonly places: { readonly place: Place; readonly own: boolean }[];
  readonly trail: Trail;
}

function membersAt({ levels, trail }: Open, spend: () => boolean): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  const once = new Map<unknown, { readonly object: SchemaObject; readonly own: boolean }>();
  for (const { level, own } of levels)
    for (const object of level.objects) {
      if (!spend()) break;
      const known = once.get(object.place.value);
      // An object that holds in any case comes before the same one as an alternative.
      if (!known || (known.object.alternative && !object.alternative))
        once.set(object.place.value, { object, own: own && !object.referred });
    }
  const fresh = [...once].flatMap(([value, found]) => (passed(trail, value) ? [] : found));
  const here: Trail = { through: new Set(fresh.map(({ object }) => object.place.value)), before: trail };
  const demanded = new Set(levels.flatMap(({ level }) => [...level.required]));
  const alternatives = fresh.filter(({ object }) => object.alternative).length;
  const demands = new Map<string, number>();
  for (const { object, own } of fresh)
    for (const { name, place, isMap } of membersOf(object)) {
      if (!spend()) return members;
      const key = isMap ? `${name} ` : name;
      let member = members.get(key);
      if (!member) members.set(key, (member = { name, isMap, required: false, places: [], trail: here }));
      if (member.places.length < MOST_AT_ONCE) member.places.push({ place, own });
      if (object.alternative && object.required.has(name)) demands.set(name, (demands.get(name) ?? 0) + 1);
      if (demanded.has(name) || (alternatives > 0 && demands.get(name) === alternatives)) member.required = true;
    }
  return members;
}

/** Each schema once, the first ones. */
function schemasOf(levels: Open['levels']): readonly Place[] {
  const found = new Map<unknown, Place>();
  for (const { level } of levels)
    for (const place of level.schemas) {
      if (found.size >= MOST_AT_ONCE) return [...found.values()];
      if (!found.has(place.value)) found.set(place.value, place);
    }
  return [...found.values()];
}

function passed(trail: Trail | undefined, object: unknown): boolean {
  for (let at = trail; at; at = at.before) if (at.through.has(object)) return true;
  return false;
}
