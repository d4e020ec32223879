import { childOf, refOf, type Place, type References } from '../../parse/references.ts';
import { entriesOf, isRecord, itemsOf, memberOf, textOf } from '../../parse/tree.ts';
import { baseName } from '../../parse/paths.ts';

export interface WrittenMessage {
  readonly name: string;
  /** The entry that states it or refers to it. */
  readonly entry: Place;
  /** What it is. */
  readonly place: Place;
}

export interface WrittenChannel {
  readonly address: string;
  readonly entry: Place;
  readonly place: Place;
  readonly messages: readonly WrittenMessage[];
}

export interface WrittenOperation {
  /** As the document has it: `publish` and `subscribe` of version 2, `send` and `receive` of version 3. */
  readonly action: string;
  readonly operationId: string | undefined;
  readonly place: Place;
  /** Channels that the application sends to or receives from. */
  readonly channels: readonly {
    readonly address: string;
    readonly does: 'PUBLISHES' | 'SUBSCRIBES';
    readonly at: Place;
    readonly reply: boolean;
  }[];
}

/** Channels and operations of a document of either version. */
export interface Written {
  readonly channels: readonly WrittenChannel[];
  readonly operations: readonly WrittenOperation[];
}

/** What version 2 calls `publish` is what others do: the application receives. */
const DOES = { publish: 'SUBSCRIBES', subscribe: 'PUBLISHES', send: 'PUBLISHES', receive: 'SUBSCRIBES' } as const;

export function writtenIn(references: References, version: string): Written {
  return version.startsWith('2') ? version2(references) : version3(references);
}

/** Entries that are no extensions, with what they refer to. */
function* followed(references: References, map: Place): Iterable<{ readonly name: string; readonly entry: Place; readonly place: Place }> {
  for (const [name, value] of entriesOf(map.value)) {
    if (name.startsWith('x-') || !isRecord(value)) continue;
    const entry = childOf(map, name);
    const place = references.follow(entry);
    yield { name, entry, place: place && isRecord(place.value) ? place : entry };
  }
}

function version2(references: References): Written {
  const channels: WrittenChannel[] = [];
  const operations: WrittenOperation[] = [];
  for (const { name: address, entry, place } of followed(references, childOf(references.root, 'channels'))) {
    const messages = new Map<string, WrittenMessage>();
    for (const action of ['publish', 'subscribe'] as const) {
      const written = childOf(place, action);
      const operation = isRecord(written.value) ? references.follow(written) : undefined;
      if (!operation || !isRecord(operation.value)) continue;
      const operationId = textOf(memberOf(operation.value, 'operationId'));
      operations.push({ action, operationId, place: operation, channels: [{ address, does: DOES[action], at: operation, reply: false }] });
      for (const message of messagesOf(references, action, childOf(operation, 'message')))
        if (!messages.has(message.name)) messages.set(message.name, message);
    }
    channels.push({ address, entry, place, messages: [...messages.values()] });
  }
  return { channels, operations };
}

function messagesOf(references: References, action: string, message: Place): readonly WrittenMessage[] {
  const list = childOf(message, 'oneOf');
  const entries = Array.isArray(list.value) ? [...list.value.keys()].map((index) => childOf(list, index)) : [message];
  return entries
    .filter(({ value }) => isRecord(value))
    .map((entry, index) => {
      const place = references.follow(entry) ?? entry;
      const ref = refOf(entry);
      const own = textOf(memberOf(entry.value, 'messageId')) ?? textOf(memberOf(entry.value, 'name'));
      // Without any name it is called after what is done with it; a position tells such messages of a list apart.
      const name = ref === undefined ? own : baseName(ref);
      return { name: name || (index === 0 ? action : `${action}-${index + 1}`), entry, place };
    });
}

function version3(references: References): Written {
  const channels = [...followed(references, childOf(references.root, 'channels'))].map(({ entry, place }) => ({
    ...{ address: addressOf(place, entry), entry, place },
    messages: [...followed(references, childOf(place, 'messages'))],
  }));
  const operations = [...followed(references, childOf(references.root, 'operations'))].map(({ name, place }) => {
    const action = memberOf(place.value, 'action') === 'send' ? ('send' as const) : ('receive' as const);
    const does = DOES[action];
    const answers = does === 'PUBLISHES' ? ('SUBSCRIBES' as const) : ('PUBLISHES' as const);
    const reply = childOf(place, 'reply');
    return {
      ...{ action, operationId: name, place },
      channels: [
        ...channelAt(references, childOf(place, 'channel')).map((channel) => ({ ...channel, does, reply: false })),
        ...channelAt(references, childOf(references.follow(reply) ?? reply, 'channel')).map((channel) => ({
          ...channel,
          does: answers,
          reply: true,
        })),
      ],
    };
  });
  return { channels, operations };
}

/** The channel that an operation refers to; its address is that of the channel, wherever it is stated. */
function channelAt(references: References, at: Place): readonly { readonly address: string; readonly at: Place }[] {
  const first = references.target(at);
  const channel = first && references.follow(first);
  return first && channel ? [{ address: addressOf(channel, first), at }] : [];
}

/** A channel without address, one that is only known when it is used, is called by its key. */
const addressOf = (channel: Place, entry: Place): string => textOf(memberOf(channel.value, 'address')) || String(entry.segment);

const READ_FORMAT = /vnd\.aai\.asyncapi|vnd\.oai\.openapi|schema\+(json|yaml)/;

/** The schema of a payload or of headers, where it is in a language that is a JSON Schema. */
export function schemaOf(references: References, message: Place, part: 'payload' | 'headers'): readonly Place[] {
  const written = childOf(message, part);
  if (!isRecord(written.value)) return [];
  const place = references.follow(written);
  const wrapped = place && isRecord(place.value) && Object.hasOwn(place.value, 'schemaFormat') && Object.hasOwn(place.value, 'schema');
  const format = memberOf(wrapped ? place.value : message.value, 'schemaFormat');
  if (part === 'payload' || wrapped) if (typeof format === 'string' && !READ_FORMAT.test(format)) return [];
  return [wrapped ? childOf(place, 'schema') : written];
}

/** Headers of a message and of the traits that it has. */
export function headersOf(references: References, message: Place): readonly Place[] {
  const traits = childOf(message, 'traits');
  const holders = itemsOf(traits.value).map((_, index) => references.follow(childOf(traits, index)));
  return [message, ...holders].flatMap((holder) => (holder ? schemaOf(references, holder, 'headers') : []));
}
