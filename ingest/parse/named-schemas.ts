import { apiPartId, jsonSchemaId, type NodeId } from '../../graph/model/id.ts';
import { apiName } from './api-name.ts';
import type { ContractFacts } from './contract-facts.ts';
import { docOf, join, MAP, ownProperties, saysSchema, SCHEMA_FILE, traitsOf, typeOf } from './json-schema.ts';
import { memberOf, textOf } from './tree.ts';
import { pathOf, refOf, type Place, type References } from './references.ts';

/** Properties of the schemas of one document before one gives up: an attack with aliases. */
const MOST_PROPERTIES = 300_000;

export interface NamedSchema {
  /** Unique in the document. */
  readonly name: string;
  /** What people call it, where that is not its name. */
  readonly title?: string;
  readonly id: NodeId;
  /** The entry that names it. */
  readonly place: Place;
}

/** The schemas of a document that have names, and what places of it and of its fragments mean in their terms. */
export class NamedSchemas {
  readonly #repo: string;
  readonly #references: References;
  readonly #schemas: readonly NamedSchema[];
  /** By key of the place where their content stands. */
  readonly #roots = new Map<string, NamedSchema>();
  readonly #longer: ReadonlyMap<string, readonly string[]>;

  constructor(repo: string, references: References, schemas: readonly NamedSchema[]) {
    this.#repo = repo;
    this.#references = references;
    this.#schemas = schemas;
    for (const schema of schemas) this.#roots.set(schema.place.key, schema);
    for (const schema of schemas)
      for (const place of this.#contents(schema)) if (!this.#roots.has(place.key)) this.#roots.set(place.key, schema);
    this.#longer = longerNames(schemas.map(({ name }) => name));
  }

  /**
   * Id of a property. `User.address` may be a property of `User` as well as a schema; where the document has such a
   * schema, the property is `User/address`.
   */
  propertyId({ name, id }: NamedSchema, path: string): NodeId {
    const dotted = join(name, path);
    const taken = this.#longer.get(name)?.some((other) => dotted === other || dotted.startsWith(`${other}.`)) === true;
    if (taken) return `${id}/${path}`;
    return id.includes('#') ? `${id}.${path}` : `${id}#${path}`;
  }

  /** The schema or property that stands at a place, by its id. */
  meaning(place: Place): { readonly id: NodeId; readonly kind: 'schema' | 'property' } | undefined {
    const segments: string[] = [];
    let at: Place = place;
    let schema = this.#roots.get(at.key);
    while (!schema && at.parent) {
      segments.unshift(String(at.segment));
      at = at.parent;
      schema = this.#roots.get(at.key);
    }
    if (!schema) return standalone(this.#repo, this.#references, place);
    if (segments.length === 0) return { id: schema.id, kind: 'schema' };
    const path = propertyPath(segments);
    return path === undefined ? undefined : { id: this.propertyId(schema, path), kind: 'property' };
  }

  /** What the `$ref` of a value means; looked through references to what has no name. */
  referred(place: Place): ReturnType<NamedSchemas['meaning']> {
    const seen = new Set<string>();
    let at = this.#references.target(place);
    while (at && !seen.has(at.key)) {
      seen.add(at.key);
      const meaning = this.meaning(at);
      if (meaning) return meaning;
      at = this.#references.target(at);
    }
    return undefined;
  }

  /** Properties that a field stands for: those named where it is named, else where these places refer to. */
  standsFor(places: readonly Place[]): readonly NodeId[] {
    const ids = new Set<NodeId>();
    for (const place of places) {
      const meaning = this.meaning(place) ?? (refOf(place) === undefined ? undefined : this.referred(place));
      if (meaning?.kind === 'property') ids.add(meaning.id);
    }
    return [...ids];
  }

  /** Schema and SchemaProperty nodes with what they are made of. `owner` contains the schemas. */
  state(facts: ContractFacts, owner: NodeId | undefined): void {
    const references = this.#references;
    let left = MOST_PROPERTIES;
    for (const schema of this.#schemas) {
      const { id, name, title = name, place } = schema;
      const span = references.spanOf(place);
      const type = typeOf(place.value);
      const doc = docOf(place.value);
      const props = {
        ...(type === undefined ? {} : { type }),
        ...(memberOf(place.value, 'deprecated') === true ? { deprecated: true } : {}),
        ...(doc === undefined ? {} : { doc }),
      };
      facts.add({ id, kind: 'Schema', name: title, repo: this.#repo, file: place.file, span, props });
      if (owner !== undefined && owner !== id) facts.link(owner, 'CONTAINS', id, 'named-schema', place.file, span);
      for (const content of [place, ...this.#contents(schema)]) left -= this.#stateContent(facts, schema, content, left);
    }
  }

  #stateContent(facts: ContractFacts, schema: NamedSchema, content: Place, most: number): number {
    const references = this.#references;
    const own = ownProperties(content, most);
    if (own.cut)
      references.report(
        'schema-cut',
        'warning',
        `The schema ${schema.title ?? schema.name} is too large or nested too deeply; a part of it is left out.`,
        content,
      );
    for (const { place, base } of own.refs) this.refer(facts, schema.id, place, base ? 'REFINES' : 'HAS_SCHEMA');
    for (const [path, { places, required, refs }] of own.properties) {
      const [first] = places;
      const id = this.propertyId(schema, path);
      const span = references.spanOf(first!);
      const props = { ...traitsOf(places), ...(required ? { required } : {}) };
      facts.add({ id, kind: 'SchemaProperty', name: String(first!.segment), repo: this.#repo, file: first!.file, span, props });
      facts.link(schema.id, 'HAS_PROPERTY', id, 'named-schema', first!.file, span);
      for (const place of refs) this.refer(facts, id, place, 'HAS_SCHEMA');
    }
    return own.properties.size;
  }

  /** Links something to the schema that a `$ref` in it names. */
  refer(facts: ContractFacts, from: NodeId, place: Place, type: 'HAS_SCHEMA' | 'REFINES'): void {
    const meaning = this.referred(place);
    if (!meaning || meaning.id === from) return;
    const rule = type === 'REFINES' ? 'all-of' : 'schema-ref';
    facts.link(from, meaning.kind === 'property' ? 'MAPS_TO' : type, meaning.id, rule, place.file, this.#references.spanOf(place));
  }

  /** A schema that is nothing but a reference to a fragment in another file has its content there. */
  #contents({ place }: NamedSchema): readonly Place[] {
    if (refOf(place) === undefined) return [];
    const target = this.#references.follow(place);
    return target && target.file !== this.#references.root.file ? [target] : [];
  }
}

/** For names that begin other names up to a dot: these other names. */
function longerNames(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const known = new Set(names);
  const longer = new Map<string, string[]>();
  for (const name of names)
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      const start = name.slice(0, dot);
      if (!known.has(start)) continue;
      const found = longer.get(start);
      if (found) found.push(name);
      else longer.set(start, [name]);
    }
  return longer;
}

/** The path of a property from the keywords and names that lead from its schema to it; undefined where it is none. */
function propertyPath(segments: readonly string[]): string | undefined {
  let path = '';
  let at = 0;
  let last = '';
  while (at < segments.length) {
    const keyword = segments[at]!;
    last = keyword;
    if (keyword === 'properties') path = join(path, segments[at + 1] ?? '');
    else if (keyword === 'additionalProperties' || keyword === 'patternProperties') path = join(path, MAP);
    else if (!/^(items|prefixItems|allOf|oneOf|anyOf)$/.test(keyword)) return undefined;
    at += keyword === 'additionalProperties' || (keyword === 'items' && !/^\d+$/.test(segments[at + 1] ?? '')) ? 1 : 2;
  }
  return last === 'properties' && at === segments.length ? path : undefined;
}

/** What a place in another document means: the ids are those that the worker of such documents gives. */
function standalone(repo: string, references: References, place: Place): ReturnType<NamedSchemas['meaning']> {
  if (place.file === references.root.file) return undefined;
  let root = place;
  while (root.parent) root = root.parent;
  const segments = pathOf(place).map(String);
  const named = schemaAmong(repo, root, segments);
  if (named === undefined) return undefined;
  const rest = segments.slice(named.depth);
  if (rest.length === 0) return { id: named.id, kind: 'schema' };
  const path = propertyPath(rest);
  return path === undefined ? undefined : { id: `${named.id}${named.id.includes('#') ? '.' : '#'}${path}`, kind: 'property' };
}

/** The named schema of another document that a path leads into, and how many steps lead to it. */
function schemaAmong(repo: string, root: Place, segments: readonly string[]): { readonly id: NodeId; readonly depth: number } | undefined {
  const { file, value } = root;
  const [first, second, third] = segments;
  if (memberOf(value, 'openapi') !== undefined || memberOf(value, 'swagger') !== undefined) {
    const api = apiName(file, textOf(memberOf(memberOf(value, 'info'), 'title')), repo);
    if (first === 'components' && second === 'schemas' && third !== undefined) return { id: apiPartId(repo, api, third), depth: 3 };
    return first === 'definitions' && second !== undefined ? { id: apiPartId(repo, api, second), depth: 2 } : undefined;
  }
  if (!SCHEMA_FILE.test(file) && !saysSchema(value)) return undefined;
  const isDefinition = (first === '$defs' || first === 'definitions') && second !== undefined;
  return isDefinition ? { id: jsonSchemaId(repo, file, `/${first}/${second}`), depth: 2 } : { id: jsonSchemaId(repo, file), depth: 0 };
}
