import type { NodeOf } from '../../../graph/model/node.ts';
import { channelId } from '../../../graph/model/id.ts';
import type { StepContext } from '../model.ts';
import { wordsOf } from '../parse/words.ts';
import type { Demand } from './demands.ts';
import { schemaOf, type JsonSchema } from './field-schemas.ts';
import { camel, kebab, nameWords } from './names.ts';
import type { PlannedOperation } from './operations.ts';
import { singular } from './plural.ts';
import { mostCommon } from './system-api.ts';

/** Something that is told to whoever listens. */
export interface PlannedEvent {
  readonly address: string;
  readonly payload: JsonSchema;
  /** It is there already, and is published here as well. */
  readonly isExisting: boolean;
  readonly demands: readonly Demand[];
}

export interface PlannedEvents {
  readonly events: readonly PlannedEvent[];
  /** Protocol of the channels that are there; `kafka` where none says. */
  readonly protocol: string;
  readonly host: string;
}

const TELLING = /\b(?:publish|emit|raise|broadcast|fire|produce)(?:es|s|ed)?\b|\b(?:an?|the) (?:[\w.-]+ )?(?:domain )?event\b/i;
/** Written to a log, not told to anybody. */
const LOGGED = /^(?:logs?|records?|traces?|measures?)\b/i;
const NAME =
  /[`'"“]([A-Za-z][\w-]{0,60}(?:[./:][\w-]{1,60}){0,4})[`'"”]|\b([a-z][a-z0-9-]{1,40}(?:\.[a-z][a-z0-9_-]{1,40}){1,3})\b|\b((?:[A-Z][a-z0-9]+){2,5})(?= event\b)/g;

/** The events that criteria demand, named and filled as those that the system has. */
export async function eventsOf(
  demands: readonly Demand[],
  operations: readonly PlannedOperation[],
  { graph: { reader }, repo }: StepContext,
): Promise<PlannedEvents> {
  const channels = (await reader.find({ kinds: ['Channel'], repo }, { limit: 1000 })).filter(
    (node): node is NodeOf<'Channel'> => node.kind === 'Channel',
  );
  const fields = (await reader.find({ kinds: ['SchemaProperty'], repo }, { limit: 10_000 })).filter(
    (node): node is NodeOf<'SchemaProperty'> => node.kind === 'SchemaProperty' && / payload\./.test(node.id),
  );
  const apis = await reader.find({ kinds: ['Api'], repo }, { limit: 1000 });
  const servers = apis.flatMap((node) => (node.kind === 'Api' && node.props.format === 'asyncapi' ? (node.props.servers ?? []) : []));
  const addresses = channels.map(({ props }) => props.address);
  const payloads = addresses.map((address) => {
    const start = `${channelId(repo, address)} payload.`;
    return fields.filter(({ id }) => id.startsWith(start)).map(({ id, props }) => ({ path: id.slice(start.length), props }));
  });
  const filled = payloads.filter((payload) => payload.length > 0);
  const shared =
    filled.length === 0
      ? []
      : filled[0]!.filter(({ path }) => !path.includes('.') && filled.every((payload) => payload.some((field) => field.path === path)));

  const found = new Map<string, { demands: Demand[]; isExisting: boolean }>();
  for (const demand of demands)
    for (const address of addressesOf(demand, addresses, operations)) {
      const known = found.get(address) ?? { demands: [], isExisting: addresses.includes(address) };
      known.demands.push(demand);
      found.set(address, known);
    }
  const events = [...found].map(([address, { demands: own, isExisting }]) => {
    const there = payloads[addresses.indexOf(address)] ?? [];
    return {
      address,
      isExisting,
      demands: own,
      payload: schemaOf(isExisting && there.length > 0 ? there : shared.map((field) => namedAfter(field, address))) ?? usual(address),
    };
  });
  const [, protocol, host] = /^([a-z+]+):\/\/([^/]+)/.exec(servers[0] ?? '') ?? [];
  return {
    events,
    protocol: protocol ?? mostCommon(channels.flatMap(({ props }) => props.protocol ?? [])) ?? 'kafka',
    host: host ?? 'broker:9092',
  };
}

/** A field that repeats the address repeats the new one. */
const namedAfter = <F extends { readonly props: NodeOf<'SchemaProperty'>['props'] }>(field: F, address: string): F =>
  field.props.enum?.length === 1 ? { ...field, props: { ...field.props, enum: [address] } } : field;

const usual = (address: string): JsonSchema => ({
  type: 'object',
  required: ['type', 'at'],
  properties: { type: { type: 'string', const: address }, at: { type: 'string', format: 'date-time' } },
});

function addressesOf(
  { responses, sentence }: Demand,
  addresses: readonly string[],
  operations: readonly PlannedOperation[],
): readonly string[] {
  return responses.flatMap((response) => {
    if (!TELLING.test(response) || LOGGED.test(response)) return [];
    const written = [...response.matchAll(NAME)].flatMap(([, quoted, dotted, title]) => quoted ?? dotted ?? title ?? []);
    if (written.length > 0) return written;
    return [
      inStyle(named(response) ?? triggered(sentence.conditions.map(({ text }) => text).join(' ')) ?? ofOperation(operations), addresses),
    ];
  });
}

/** `an order exported event` */
function named(response: string): readonly string[] | undefined {
  const [, words] = /\b(?:an?|the)\s+((?:[\w-]+\s+){1,3})(?:domain )?event\b/i.exec(response) ?? [];
  const all = nameWords(words ?? '').filter((word) => word !== 'domain');
  return all.length > 1 ? all : undefined;
}

/** `an export is finished` → export, finished. */
function triggered(condition: string): readonly string[] | undefined {
  const words = wordsOf(condition);
  const at = words.findIndex(({ pos }) => pos === 'VERB');
  const verb = words[at];
  const nouns = words.filter(({ pos }) => pos === 'NOUN');
  if (verb === undefined || nouns.length === 0) return undefined;
  const behind = nouns.find(({ start }) => start > verb.start);
  const isPassive = /(?:d|n|t)$/.test(verb.lower) && words.slice(0, at).some(({ lemma }) => lemma === 'be' || lemma === 'have');
  const thing = isPassive ? nouns.findLast(({ start }) => start < verb.start) : behind;
  return thing === undefined ? undefined : [singular(thing.lower), past(verb.lower, verb.lemma)];
}

const ofOperation = (operations: readonly PlannedOperation[]): readonly string[] => {
  const [first] = operations;
  return first === undefined ? ['feature', 'changed'] : [...first.object, past(first.verb, first.verb)];
};

function past(word: string, lemma: string): string {
  if (word.endsWith('ed')) return word;
  const irregular: Readonly<Record<string, string>> = {
    send: 'sent',
    hide: 'hidden',
    set: 'set',
    reset: 'reset',
    buy: 'bought',
    pay: 'paid',
    write: 'written',
    make: 'made',
    begin: 'begun',
  };
  if (Object.hasOwn(irregular, lemma)) return irregular[lemma]!;
  return lemma.endsWith('e') ? `${lemma}d` : /[^aeiou]y$/.test(lemma) ? `${lemma.slice(0, -1)}ied` : `${lemma}ed`;
}

/** The words as most addresses are written: `order.exported`, `order-exported`, `OrderExported`. */
function inStyle(words: readonly string[], addresses: readonly string[]): string {
  const count = (form: RegExp): number => addresses.filter((address) => form.test(address)).length;
  const forms = [
    [count(/\./), `${kebab(words.slice(0, -1))}.${words.at(-1)}`],
    [count(/^[A-Z][A-Za-z]+$/), camel(words).replace(/^./, (first) => first.toUpperCase())],
    [count(/_/), words.join('_')],
    [count(/^[a-z]+(?:-[a-z]+)+$/), kebab(words)],
    [count(/\//), words.join('/')],
  ] as const;
  return forms.reduce((best, form) => (form[0] > best[0] ? form : best))[1];
}
