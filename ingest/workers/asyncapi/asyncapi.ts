import {
  apiId,
  apiPartId,
  channelId,
  headerId,
  messageId,
  payloadId,
  sectionId,
  securitySchemeId,
  type NodeId,
} from '../../../graph/model/id.ts';
import type { SourceFormat } from '../../file-worker.ts';
import type { LinkKey } from '../../keys.ts';
import { apiName } from '../../parse/api-name.ts';
import type { ContractFacts } from '../../parse/contract-facts.ts';
import { docOf, isSchema } from '../../parse/json-schema.ts';
import { NamedSchemas } from '../../parse/named-schemas.ts';
import { childOf, placeAt, refOf, type References, type Place } from '../../parse/references.ts';
import { expandFields, type FieldRoot, type Fields } from '../../parse/schema-fields.ts';
import { stateFields, stateUses } from '../../parse/state-fields.ts';
import { entriesOf, isRecord, itemsOf, memberOf, textOf } from '../../parse/tree.ts';
import { headersOf, schemaOf, writtenIn, type WrittenChannel, type WrittenMessage, type WrittenOperation } from './channels.ts';
import { readContract } from '../../parse/contract-document.ts';
import { baseName } from '../../parse/paths.ts';

/** Fields of the channels of one document. */
const MOST_FIELDS = 30_000;
const JSON_KEY = /"asyncapi"\s*:\s*"?\d/;
const YAML_KEY = /^\uFEFF?(?:\{[ \t]*)?["']?asyncapi["']?[ \t]*:[ \t]*["']?\d/m;

/** AsyncAPI 2 and 3: channels, what is sent over them down to each field, and what the application does with them. */
export const asyncapi: SourceFormat = {
  name: 'asyncapi',
  version: 3,
  claims: (path) => /\.(json|ya?ml)$/i.test(path),
  recognises: (text) => JSON_KEY.test(text) || YAML_KEY.test(text),
  read: (source) =>
    readContract(source, ['asyncapi'], ' Convert it, for instance with the AsyncAPI converter.', (references, facts, version) =>
      new AsyncApi(source.repo, references, facts).state(version),
    ),
};

class AsyncApi {
  readonly #repo: string;
  readonly #references: References;
  readonly #facts: ContractFacts;
  readonly #root: Place;
  readonly #name: string;
  readonly #api: NodeId;
  readonly #schemas: NamedSchemas;

  constructor(repo: string, references: References, facts: ContractFacts) {
    this.#repo = repo;
    this.#references = references;
    this.#facts = facts;
    this.#root = references.root;
    this.#name = apiName(this.#root.file, textOf(memberOf(memberOf(this.#root.value, 'info'), 'title')), repo);
    this.#api = apiId(repo, this.#name);
    const schemas = placeAt(this.#root, ['components', 'schemas']);
    this.#schemas = new NamedSchemas(
      repo,
      references,
      entriesOf(schemas.value)
        .filter(([, value]) => isSchema(value))
        .map(([name]) => ({ name, id: apiPartId(repo, this.#name, name), place: childOf(schemas, name) })),
    );
  }

  state(version: string): readonly LinkKey[] {
    const protocol = this.#stateApi();
    this.#schemas.state(this.#facts, this.#api);
    this.#stateSecuritySchemes();
    this.#stateSharedMessages();
    const { channels, operations } = writtenIn(this.#references, version);
    this.#check(channels, operations);
    const roots = channels.map((channel) => this.#rootsOf(channel, channel.messages));
    const fields = expandFields(this.#references, roots, MOST_FIELDS);
    if (fields.some(({ cut }) => cut)) {
      const message = `Not all fields of its channels are stated: they are nested deeply, or too many (${MOST_FIELDS} in all).`;
      this.#references.report('fields-cut', 'info', message, childOf(this.#root, 'channels'));
    }
    const keys = channels.map((channel, index) => this.#stateChannel(channel, protocol, fields[index]!));
    const actions = new Map<string, number>();
    for (const operation of operations) actions.set(actionOn(operation), (actions.get(actionOn(operation)) ?? 0) + 1);
    for (const operation of operations) this.#stateOperation(operation, actions.get(actionOn(operation)) === 1);
    return keys;
  }

  /** Returns the protocol of its servers, where they have one in common. */
  #stateApi(): string | undefined {
    const { file, value } = this.#root;
    const info = memberOf(value, 'info');
    const [title, version, doc] = [textOf(memberOf(info, 'title')), memberOf(info, 'version'), docOf(info)];
    const list = childOf(this.#root, 'servers');
    const servers = entriesOf(list.value).map(([name]) => this.#references.follow(childOf(list, name)) ?? childOf(list, name));
    const urls = servers.flatMap((server) => urlOf(server.value));
    this.#facts.add({
      ...{ id: this.#api, kind: 'Api', name: this.#name, repo: this.#repo, file, span: this.#references.spanOf(this.#root) },
      props: {
        format: 'asyncapi',
        ...(typeof version === 'string' || typeof version === 'number' ? { version: String(version) } : {}),
        ...(title === undefined ? {} : { title }),
        ...(urls.length > 0 ? { servers: [...new Set(urls)] } : {}),
        ...(doc === undefined ? {} : { doc }),
      },
    });
    for (const server of servers) this.#requireSecurity(this.#api, this.#securityOf(server));
    const protocols = [...new Set(servers.map((server) => textOf(memberOf(server.value, 'protocol'))))];
    return protocols.length === 1 ? protocols[0] : undefined;
  }

  #stateSecuritySchemes(): void {
    const schemes = placeAt(this.#root, ['components', 'securitySchemes']);
    for (const [scheme] of entriesOf(schemes.value)) {
      const entry = childOf(schemes, scheme);
      const { value } = this.#references.follow(entry) ?? entry;
      const [type, kind, doc] = [textOf(memberOf(value, 'type')), textOf(memberOf(value, 'scheme')), docOf(value)];
      const id = securitySchemeId(this.#repo, this.#name, scheme);
      const span = this.#references.spanOf(entry);
      const props = {
        ...(type === undefined ? {} : { type }),
        ...(kind === undefined ? {} : { scheme: kind }),
        ...(doc === undefined ? {} : { doc }),
      };
      this.#facts.add({ id, kind: 'SecurityScheme', name: scheme, repo: this.#repo, file: entry.file, span, props });
      this.#facts.link(this.#api, 'CONTAINS', id, 'api-part', entry.file, span);
    }
  }

  /** A message that channels refer to is what it is in each of them, under its name there. Here it is the text that defines it. */
  #stateSharedMessages(): void {
    const messages = placeAt(this.#root, ['components', 'messages']);
    for (const [name] of entriesOf(messages.value)) {
      const entry = childOf(messages, name);
      const id = sectionId(this.#repo, entry.file, `components.messages.${name}`);
      const span = this.#references.spanOf(entry);
      const doc = docOf(entry.value);
      const props = { headings: ['components', 'messages', name], ...(doc === undefined ? {} : { doc }) };
      this.#facts.add({ id, kind: 'Section', name, repo: this.#repo, file: entry.file, span, props });
      this.#facts.link(this.#api, 'CONTAINS', id, 'api-part', entry.file, span);
    }
  }

  /** Version 2 names schemes as keys, version 3 refers to them. Each with what asks for it. */
  #securityOf(holder: Place): ReadonlyMap<string, Place> {
    const list = childOf(holder, 'security');
    const declared = placeAt(this.#root, ['components', 'securitySchemes']).value;
    const found = new Map<string, Place>();
    for (const index of itemsOf(list.value).keys()) {
      const requirement = childOf(list, index);
      const ref = refOf(requirement);
      const names = ref === undefined ? entriesOf(requirement.value).map(([name]) => name) : [baseName(ref)];
      for (const name of names) if (memberOf(declared, name) !== undefined && !found.has(name)) found.set(name, requirement);
    }
    return found;
  }

  #requireSecurity(from: NodeId, security: ReadonlyMap<string, Place>): void {
    for (const [scheme, at] of security)
      this.#facts.link(
        ...([from, 'DEPENDS_ON', securitySchemeId(this.#repo, this.#name, scheme)] as const),
        ...(['security-requirement', at.file, this.#references.spanOf(at)] as const),
      );
  }

  /** Of all messages at once: a field may be in any. */
  #rootsOf({ entry }: WrittenChannel, messages: readonly WrittenMessage[]): readonly FieldRoot[] {
    const base = {
      named: false,
      stands: messages[0]?.entry ?? entry,
      own: messages.every((message) => message.entry.key === message.place.key),
    };
    const payloads = messages.flatMap(({ place }) => schemaOf(this.#references, place, 'payload'));
    const headers = messages.flatMap(({ place }) => headersOf(this.#references, place));
    return [
      { ...base, path: 'payload', schemas: payloads },
      { ...base, path: 'headers', schemas: headers },
    ];
  }

  #stateChannel(channel: WrittenChannel, protocol: string | undefined, fields: Fields): LinkKey {
    const [repo, facts, references] = [this.#repo, this.#facts, this.#references];
    const { address, entry, place, messages } = channel;
    const id = channelId(repo, address);
    const span = references.spanOf(entry);
    const doc = docOf(place.value);
    const props = { address, ...(protocol === undefined ? {} : { protocol }), ...(doc === undefined ? {} : { doc }) };
    facts.add({ id, kind: 'Channel', name: address, repo, file: entry.file, span, props });
    facts.link(this.#api, 'CONTAINS', id, 'api-part', entry.file, span);
    const idOf = (path: string): NodeId =>
      path.startsWith('payload')
        ? payloadId(repo, address, path.slice('payload.'.length))
        : headerId(repo, address, path.slice('headers.'.length));
    const paths = stateFields(facts, references, this.#schemas, { owner: id, repo, fields, idOf });
    for (const message of messages) this.#stateMessage(channel, message, idOf);
    const { line, col } = span;
    const payload = paths.filter((path) => path.startsWith('payload.')).map((path) => path.slice('payload.'.length));
    return { key: 'channel', id, api: this.#api, address, fields: payload, line, col };
  }

  #stateMessage(channel: WrittenChannel, message: WrittenMessage, idOf: (path: string) => NodeId): void {
    const { name, entry, place } = message;
    const id = messageId(this.#repo, channel.address, name);
    const span = this.#references.spanOf(entry);
    const contentType = textOf(memberOf(place.value, 'contentType')) ?? textOf(memberOf(this.#root.value, 'defaultContentType'));
    const doc = docOf(place.value);
    const props = { ...(contentType === undefined ? {} : { contentType }), ...(doc === undefined ? {} : { doc }) };
    this.#facts.add({ id, kind: 'Message', name, repo: this.#repo, file: entry.file, span, props });
    this.#facts.link(channelId(this.#repo, channel.address), 'CONTAINS', id, 'channel-message', entry.file, span);
    stateUses(this.#facts, this.#schemas, id, this.#rootsOf(channel, [message]), idOf);
  }

  #stateOperation(operation: WrittenOperation, isOne: boolean): void {
    const { action, operationId, place, channels } = operation;
    const address = channels[0]?.address ?? operationId ?? '';
    // Version 3 may do the same with one channel in several operations, which have names.
    const name = isOne || operationId === undefined ? `${action} ${address}` : `${action} ${address} ${operationId}`;
    const id = apiPartId(this.#repo, this.#name, name);
    const span = this.#references.spanOf(place);
    const doc = docOf(place.value);
    const tags = itemsOf(memberOf(place.value, 'tags')).flatMap((tag) => textOf(memberOf(tag, 'name')) ?? []);
    const security = this.#securityOf(place);
    const props = {
      ...(operationId === undefined ? {} : { operationId }),
      ...(security.size > 0 ? { security: [...security.keys()] } : {}),
      ...(tags.length > 0 ? { tags } : {}),
      ...(doc === undefined ? {} : { doc }),
    };
    if (!this.#facts.add({ id, kind: 'Operation', name, repo: this.#repo, file: place.file, span, props })) return;
    this.#facts.link(this.#api, 'CONTAINS', id, 'api-part', place.file, span);
    this.#requireSecurity(id, security);
    for (const { address: to, does, at, reply } of channels)
      this.#facts.link(
        id,
        does,
        channelId(this.#repo, to),
        reply ? 'reply-channel' : 'channel-operation',
        at.file,
        this.#references.spanOf(at),
      );
  }

  #check(channels: readonly WrittenChannel[], operations: readonly WrittenOperation[]): void {
    const { value } = this.#root;
    const report = this.#references.report.bind(this.#references);
    if (!isRecord(memberOf(value, 'info'))) report('missing-info', 'warning', 'Has no `info`; add a title and a version.', this.#root);
    if (!isRecord(memberOf(value, 'channels')) && !isRecord(memberOf(value, 'components')))
      report('missing-channels', 'warning', 'Has no `channels`, so it describes nothing that is sent.', this.#root);
    const seen = new Map<string, string>();
    for (const { action, operationId, place, channels: at } of operations) {
      if (at.length === 0) report('missing-channel', 'warning', `The operation ${operationId} names no channel that exists.`, place);
      if (operationId === undefined) continue;
      const first = seen.get(operationId);
      if (first === undefined) seen.set(operationId, `${action} ${at[0]?.address ?? ''}`);
      else
        report(
          'duplicate-operation-id',
          'warning',
          `The operationId ${operationId} is also that of ${first}; each has to be unique.`,
          place,
        );
    }
    for (const { address, entry, place } of channels)
      for (const [, name = ''] of address.slice(0, 2000).matchAll(/\{([^{}]*)\}/g))
        if (memberOf(memberOf(place.value, 'parameters'), name) === undefined)
          report('undeclared-channel-parameter', 'warning', `The parameter {${name}} of the channel ${address} is not declared.`, entry);
  }
}

const actionOn = ({ action, channels }: WrittenOperation): string => `${action} ${channels[0]?.address ?? ''}`;

/** A URL as version 2 writes it, or of its parts in version 3. */
function urlOf(server: unknown): readonly string[] {
  const url = textOf(memberOf(server, 'url'));
  if (url !== undefined) return [url];
  const host = textOf(memberOf(server, 'host'));
  if (host === undefined) return [];
  const protocol = textOf(memberOf(server, 'protocol'));
  return [`${protocol === undefined ? '' : `${protocol}://`}${host}${textOf(memberOf(server, 'pathname')) ?? ''}`];
}
