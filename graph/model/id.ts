/**
 * Node ids are readable strings: `<repository>//<scheme>:<path>[#<descriptor>]`, for example
 * `shop//code:src/cart.ts#Cart.add`. They depend on names only, never on line numbers, list positions or machine
 * paths. The part after `//` is the grammar people use from outside (docs/reference/names.md). Things that belong to
 * no repository, such as a published npm package, have no prefix: `npm:express`.
 */
export type NodeId = string;

export const SCHEMES = [
  ...['repo', 'pkg', 'npm', 'code', 'test', 'gap'],
  ...['api', 'gql', 'schema', 'event', 'svc', 'endpoint', 'http', 'res', 'env', 'db', 'table', 'migration'],
  ...['doc', 'adr', 'policy', 'spec', 'ticket', 'team', 'commit', 'approval'],
] as const;
export type Scheme = (typeof SCHEMES)[number];

const SEPARATOR = '//';

export interface IdParts {
  readonly repo?: string;
  readonly scheme: string;
  /** File path or name; what stands before `#`. */
  readonly path: string;
  /** What stands after the first `#`. */
  readonly descriptor?: string;
}

/** `#` ends a path, so a `#` inside one is written `%23`, and `%` is written `%25`. */
const escapePath = (path: string): string => (/[%#]/.test(path) ? path.replaceAll('%', '%25').replaceAll('#', '%23') : path);
const unescapePath = (path: string): string => path.replaceAll('%23', '#').replaceAll('%25', '%');

/** Builds an id; the inverse of {@link parseId}. `repo` must not contain `//`, end with `/` or begin like a scheme. */
export function makeId(parts: IdParts & { readonly scheme: Scheme }): NodeId {
  const local = `${parts.scheme}:${escapePath(parts.path)}${parts.descriptor === undefined ? '' : `#${parts.descriptor}`}`;
  return parts.repo === undefined ? local : `${parts.repo}${SEPARATOR}${local}`;
}

/** Id of a source file as a module. */
export const moduleId = (repo: string, path: string): NodeId => makeId({ repo, scheme: 'code', path });

/** Id of a declaration: dotted path of the names around it, outermost first, within its file. */
export const declarationId = (repo: string, path: string, name: string): NodeId => makeId({ repo, scheme: 'code', path, descriptor: name });

/** Ids of what has no declaration: the part of the grammar (docs/reference/names.md) that workers and linkers share. */
export const apiId = (repo: string, api: string): NodeId => makeId({ repo, scheme: 'api', path: api });
/** `name`: `POST /users/{id}` of an operation, `User` of a schema, `User.email` of its property. */
export const apiPartId = (repo: string, api: string, name: string): NodeId => makeId({ repo, scheme: 'api', path: api, descriptor: name });
/** Apart from a schema of the API and its properties, whose names may be anything but hold no colon in practice. */
export const securitySchemeId = (repo: string, api: string, scheme: string): NodeId => apiPartId(repo, api, `security:${scheme}`);
/** A field of an operation: `request.body.email`, `request.query.limit`, `response.200.items.id`. */
export const fieldId = (operation: NodeId, field: string): NodeId => `${operation} ${field}`;
export const channelId = (repo: string, address: string): NodeId => makeId({ repo, scheme: 'event', path: address });
/** A field of what is sent over a channel: `event:order.created payload.customer.id`. */
export const payloadId = (repo: string, address: string, field: string): NodeId => channelId(repo, `${address} payload.${field}`);
/** A header of what is sent over a channel: `event:order.created headers.trace-id`. */
export const headerId = (repo: string, address: string, header: string): NodeId => channelId(repo, `${address} headers.${header}`);
export const messageId = (repo: string, address: string, message: string): NodeId =>
  makeId({ repo, scheme: 'event', path: address, descriptor: message });
/** A file that is a JSON Schema, or one of its definitions by its pointer: `schema:order.schema.json#/$defs/Line`. */
export const jsonSchemaId = (repo: string, file: string, definition?: string): NodeId =>
  makeId({ repo, scheme: 'schema', path: file, ...(definition === undefined ? {} : { descriptor: definition }) });
/** `orders`, `billing.orders` where the schema is not the database's default one. */
export const tableId = (repo: string, table: string): NodeId => makeId({ repo, scheme: 'table', path: table });
export const columnId = (repo: string, table: string, column: string): NodeId => tableId(repo, `${table}.${column}`);
export const migrationId = (repo: string, path: string): NodeId => makeId({ repo, scheme: 'migration', path });
/** `postgresql`, `mysql`, `sqlite`, `mongodb`: what kind of database it is, where it has no name. */
export const dataStoreId = (repo: string, name: string): NodeId => makeId({ repo, scheme: 'db', path: name });
/** A GraphQL schema. */
export const gqlId = (repo: string, schema: string): NodeId => makeId({ repo, scheme: 'gql', path: schema });
/** `User` of a type, `User.email` of a field, `Query.user(id)` of an argument, `Role.ADMIN` of an enumerated value. */
export const gqlPartId = (repo: string, schema: string, name: string): NodeId =>
  makeId({ repo, scheme: 'gql', path: schema, descriptor: name });
export const configKeyId = (repo: string, name: string): NodeId => makeId({ repo, scheme: 'env', path: name });
export const serviceId = (repo: string, name: string): NodeId => makeId({ repo, scheme: 'svc', path: name });
export const resourceId = (repo: string, name: string): NodeId => makeId({ repo, scheme: 'res', path: name });
export const teamId = (repo: string, name: string): NodeId => makeId({ repo, scheme: 'team', path: name });
export const documentId = (repo: string, path: string): NodeId => makeId({ repo, scheme: 'doc', path });
/** `slug` as GitHub makes it of a heading. */
export const sectionId = (repo: string, path: string, slug: string): NodeId => makeId({ repo, scheme: 'doc', path, descriptor: slug });
export const adrId = (repo: string, number: string): NodeId => makeId({ repo, scheme: 'adr', path: number });
export const policyId = (repo: string, policy: string): NodeId => makeId({ repo, scheme: 'policy', path: policy });
export const policyRuleId = (repo: string, policy: string, rule: string): NodeId => policyId(repo, `${policy}/${rule}`);
export const specId = (repo: string, feature: string): NodeId => makeId({ repo, scheme: 'spec', path: feature });
/** A criterion, requirement or question of a spec. */
export const specPartId = (repo: string, feature: string, part: string): NodeId => specId(repo, `${feature}/${part}`);
/** An entry of the log beside a spec, by the first digits of its hash. */
export const approvalId = (repo: string, feature: string, hash: string): NodeId =>
  makeId({ repo, scheme: 'approval', path: feature, descriptor: hash.replace(/^sha256:/, '').slice(0, 16) });
/** In the id of a call over HTTP, the host that is only known when the program runs; none is a path of whoever serves the caller. */
export const UNKNOWN_HOST = '{}';
/** Something in a file that could not be analysed; `detail` is what it is about, or the format that could not be read. */
export const gapId = (repo: string, file: string, reason: string, detail: string): NodeId =>
  makeId({ repo, scheme: 'gap', path: file, descriptor: `${reason}:${detail}` });
/** By its key in its tracker, `SHOP-12`, or its number. */
export const ticketId = (repo: string, key: string): NodeId => makeId({ repo, scheme: 'ticket', path: key });

const ID = new RegExp(
  String.raw`^(?:(?!(?:${SCHEMES.join('|')}):)(?<repo>(?:(?!//).)+)//)?(?<scheme>[a-z]+):(?<path>[^#]*)(?:#(?<descriptor>.*))?$`,
  's',
);

/** Splits an id, or a name without repository, into its parts; undefined when it has no scheme. */
export function parseId(id: string): IdParts | undefined {
  const match = ID.exec(id);
  if (!match?.groups) return undefined;
  const { repo, scheme, path, descriptor } = match.groups;
  return {
    scheme: scheme!,
    path: unescapePath(path!),
    ...(repo === undefined ? {} : { repo }),
    ...(descriptor === undefined ? {} : { descriptor }),
  };
}

/** An id without its repository, as people write it. */
export function refOf(id: NodeId): string {
  const { repo } = parseId(id) ?? {};
  return repo === undefined ? id : id.slice(repo.length + SEPARATOR.length);
}

/** The last name of what an id names: `add` of `…#Cart.add`. */
export const lastName = (id: NodeId): string => id.slice(Math.max(id.lastIndexOf('#'), id.lastIndexOf('.')) + 1);

/** The last name of a dotted path. A computed name, `[Symbol.iterator]`, is one name. */
export const simpleName = (dotted: string): string =>
  dotted.slice(dotted.lastIndexOf('.', dotted.endsWith(']') ? dotted.lastIndexOf('[') : undefined) + 1);
