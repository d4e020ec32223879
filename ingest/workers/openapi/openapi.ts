import { apiId, apiPartId, fieldId, securitySchemeId, type NodeId } from '../../../graph/model/id.ts';
import type { SourceFormat } from '../../file-worker.ts';
import type { LinkKey } from '../../keys.ts';
import { apiName } from '../../parse/api-name.ts';
import type { ContractFacts } from '../../parse/contract-facts.ts';
import { shortened } from '../../parse/doc-text.ts';
import { docOf, isSchema } from '../../parse/json-schema.ts';
import { NamedSchemas } from '../../parse/named-schemas.ts';
import { childOf, placeAt, type References, type Place } from '../../parse/references.ts';
import { expandFields, type Fields } from '../../parse/schema-fields.ts';
import { stateFields, stateUses } from '../../parse/state-fields.ts';
import { entriesOf, itemsOf, memberOf, textOf } from '../../parse/tree.ts';
import { checkStructure } from './check-structure.ts';
import { fieldRootsOf } from './field-roots.ts';
import { operationsOf, parametersOf, securityOf, signInsOf, serversOf, type WrittenOperation } from './operations.ts';
import { readContract } from '../../parse/contract-document.ts';

/** Fields of the operations of one document; the schemas that they come from are never cut. */
const MOST_FIELDS = 60_000;
const JSON_KEY = /"(?:openapi|swagger)"\s*:\s*"?\d/;
const YAML_KEY = /^\uFEFF?(?:\{[ \t]*)?["']?(?:openapi|swagger)["']?[ \t]*:[ \t]*["']?\d/m;

/**
 * OpenAPI 2 (Swagger), 3.0 and 3.1, in YAML or JSON, in one file or several: what an API offers, down to each field that a
 * request or response may hold. Fragments without `openapi` or `swagger` are read through the documents that refer to them.
 */
export const openapi: SourceFormat = {
  name: 'openapi',
  version: 3,
  claims: (path) => /\.(json|ya?ml)$/i.test(path),
  recognises: (text) => JSON_KEY.test(text) || YAML_KEY.test(text),
  read: (source) => readContract(source, ['openapi', 'swagger'], '', (references, facts) => state(source.repo, references, facts)),
};

function state(repo: string, references: References, facts: ContractFacts): readonly LinkKey[] {
  const keys: LinkKey[] = [];
  const { root } = references;
  const { file, value: document } = root;
  const info = memberOf(document, 'info');
  const title = textOf(memberOf(info, 'title'));
  const name = apiName(file, title, repo);
  const api = apiId(repo, name);
  const version = memberOf(info, 'version');
  const servers = serversOf(document, [root]);
  const doc = docOf(info);
  facts.add({
    id: api,
    kind: 'Api',
    name,
    repo,
    file,
    span: references.spanOf(root),
    props: {
      format: 'openapi',
      ...(typeof version === 'string' || typeof version === 'number' ? { version: String(version) } : {}),
      ...(title === undefined ? {} : { title }),
      ...(servers.length > 0 ? { servers: [...servers] } : {}),
      ...(doc === undefined ? {} : { doc }),
    },
  });
  const schemas = new NamedSchemas(repo, references, schemasOf(repo, name, root));
  schemas.state(facts, api);
  stateSecurity(repo, name, references, facts, api);
  const operations = operationsOf(references);
  const parameters = operations.map((operation) => parametersOf(references, operation));
  checkStructure(references, operations, parameters);
  const roots = operations.map((operation, index) => fieldRootsOf(references, operation, parameters[index]!.parameters));
  const fields = expandFields(references, roots, MOST_FIELDS);
  for (const [index, operation] of operations.entries()) {
    const id = stateOperation(repo, name, references, facts, operation);
    if (id === undefined) continue;
    const idOf = (field: string): NodeId => fieldId(id, field);
    const paths = stateFields(facts, references, schemas, { owner: id, repo, fields: fields[index]!, idOf });
    stateUses(facts, schemas, id, roots[index]!, idOf);
    if (!operation.webhook) keys.push(operationKey(references, operation, id, api, paths));
  }
  reportCut(references, fields);
  return keys;
}

function reportCut(references: References, fields: readonly Fields[]): void {
  const cut = fields.filter((one) => one.cut).length;
  if (cut === 0) return;
  const message = `Of ${cut} of ${fields.length} operations not all fields are stated: they are nested deeply, or too many (${MOST_FIELDS} in all). Their schemas are complete.`;
  references.report('fields-cut', 'info', message, childOf(references.root, 'paths'));
}

/** Entries of `components.schemas`, or `definitions` of version 2. */
function schemasOf(repo: string, api: string, root: Place) {
  const schemas = placeAt(root, memberOf(root.value, 'swagger') === undefined ? ['components', 'schemas'] : ['definitions']);
  return entriesOf(schemas.value)
    .filter(([, value]) => isSchema(value))
    .map(([name]) => ({ name, id: apiPartId(repo, api, name), place: childOf(schemas, name) }));
}

function stateSecurity(repo: string, name: string, references: References, facts: ContractFacts, api: NodeId): void {
  const { root } = references;
  const schemes = placeAt(
    root,
    memberOf(root.value, 'swagger') === undefined ? ['components', 'securitySchemes'] : ['securityDefinitions'],
  );
  for (const [scheme] of entriesOf(schemes.value)) {
    const entry = childOf(schemes, scheme);
    const { value } = references.follow(entry) ?? entry;
    const [type, kind, doc] = [textOf(memberOf(value, 'type')), textOf(memberOf(value, 'scheme')), docOf(value)];
    const id = securitySchemeId(repo, name, scheme);
    const span = references.spanOf(entry);
    const [place, key] = [textOf(memberOf(value, 'in')), textOf(memberOf(value, 'name'))];
    const sentIn = (place === 'header' || place === 'query' || place === 'cookie') && key !== undefined ? { [place]: key } : {};
    const props = {
      ...(type === undefined ? {} : { type }),
      ...sentIn,
      ...(kind === undefined ? {} : { scheme: kind }),
      ...(doc === undefined ? {} : { doc }),
    };
    facts.add({ id, kind: 'SecurityScheme', name: scheme, repo, file: root.file, span, props });
    facts.link(api, 'CONTAINS', id, 'api-part', root.file, span);
  }
}

/** Undefined where the document states the operation twice. */
function stateOperation(
  repo: string,
  api: string,
  references: References,
  facts: ContractFacts,
  operation: WrittenOperation,
): NodeId | undefined {
  const { method, path, webhook, place } = operation;
  const name = webhook ? `webhook ${method} ${path}` : `${method} ${path}`;
  const id = apiPartId(repo, api, name);
  const span = references.spanOf(place);
  const { value } = place;
  const operationId = textOf(memberOf(value, 'operationId'));
  const tags = tagsOf(value);
  const security = securityOf(references.root, place);
  const doc = shortened([textOf(memberOf(value, 'summary')), textOf(memberOf(value, 'description'))].filter(Boolean).join(' '));
  const props = {
    method,
    path,
    ...(operationId === undefined ? {} : { operationId }),
    ...(memberOf(value, 'deprecated') === true ? { deprecated: true } : {}),
    ...(security.size > 0 ? { security: [...security.keys()] } : {}),
    ...signInsOf(references.root, place),
    ...(tags.length > 0 ? { tags } : {}),
    ...(doc === undefined ? {} : { doc }),
  };
  if (!facts.add({ id, kind: 'Operation', name, repo, file: place.file, span, props })) return undefined;
  facts.link(apiId(repo, api), 'CONTAINS', id, 'api-part', place.file, span);
  for (const [scheme, at] of security)
    facts.link(id, 'DEPENDS_ON', securitySchemeId(repo, api, scheme), 'security-requirement', at.file, references.spanOf(at));
  return id;
}

const tagsOf = (operation: unknown): string[] => itemsOf(memberOf(operation, 'tags')).filter((tag) => typeof tag === 'string');

function operationKey(
  references: References,
  { method, path, place, items }: WrittenOperation,
  id: NodeId,
  api: NodeId,
  fields: readonly string[],
): LinkKey {
  const { line, col } = references.spanOf(place);
  const operationId = textOf(memberOf(place.value, 'operationId'));
  const { root } = references;
  const servers = serversOf(root.value, [place, ...items, root]);
  return {
    ...{ key: 'operation', id, api, method, path, fields, line, col },
    ...(operationId === undefined ? {} : { operationId }),
    ...(servers.length > 0 ? { servers } : {}),
  };
}
