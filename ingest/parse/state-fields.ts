import type { NodeId } from '../../graph/model/id.ts';
import type { ContractFacts } from './contract-facts.ts';
import { join, ownProperties, traitsOf } from './json-schema.ts';
import type { NamedSchemas } from './named-schemas.ts';
import type { References } from './references.ts';
import { MOST_PER_OWNER, type FieldRoot, type Fields } from './schema-fields.ts';

/** Properties that one field is said to stand for: as many as a union has members that name it. */
const MOST_SOURCES = 20;

export interface FieldOwner {
  readonly owner: NodeId;
  readonly repo: string;
  readonly fields: Fields;
  readonly idOf: (path: string) => NodeId;
}

/**
 * States the fields of an operation or channel, and the properties of named schemas that they stand for. A field that a
 * named schema states stands where the owner refers to the schema. Returns the paths of the fields.
 */
export function stateFields(facts: ContractFacts, references: References, schemas: NamedSchemas, of: FieldOwner): readonly string[] {
  const { owner, repo, fields, idOf } = of;
  for (const { path, name, required, places, schemas: made, stands } of fields.fields) {
    const id = idOf(path);
    const span = references.spanOf(stands);
    const props = { ...traitsOf(made), ...(required ? { required } : {}) };
    facts.add({ id, kind: 'SchemaProperty', name, repo, file: stands.file, span, props });
    facts.link(owner, 'HAS_PROPERTY', id, 'contract-field', stands.file, span);
    for (const property of schemas.standsFor(places).slice(0, MOST_SOURCES))
      facts.link(id, 'MAPS_TO', property, 'schema-ref', stands.file, span);
  }
  return fields.fields.map(({ path }) => path);
}

/** Links what uses some schemas to the named ones among them and inside of them, and its own fields to what they are made of. */
export function stateUses(
  facts: ContractFacts,
  schemas: NamedSchemas,
  user: NodeId,
  roots: readonly FieldRoot[],
  idOf: (path: string) => NodeId,
): void {
  for (const root of roots)
    for (const schema of root.schemas) {
      const own = ownProperties(schema, MOST_PER_OWNER);
      for (const { place } of own.refs) schemas.refer(facts, user, place, 'HAS_SCHEMA');
      for (const [path, { refs }] of own.properties)
        for (const place of refs) {
          schemas.refer(facts, user, place, 'HAS_SCHEMA');
          const id = idOf(join(root.path, path));
          if (root.own && facts.has(id)) schemas.refer(facts, id, place, 'HAS_SCHEMA');
        }
    }
}
