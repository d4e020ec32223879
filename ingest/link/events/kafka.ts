import { entry, given, items, last, type Message, type MessageLibrary } from './message.ts';
import type { Expr } from '../../keys.ts';

/** One message per record; of a list that is not written in place only the topic is known. */
function sent(record: Expr | undefined): readonly Message[] {
  const address = entry(record, 'topic');
  if (!address) return [];
  const messages = entry(record, 'messages');
  const values = messages?.is === 'list' ? messages.items.map((message) => entry(message, 'value')) : [];
  const first = values.find((value) => value !== undefined) ?? mapped(messages);
  return [{ role: 'publish', address, ...given('payload', first) }];
}

/** `events.map((event) => ({ value: JSON.stringify(event) }))` is as much as its list. */
const mapped = (messages: Expr | undefined): Expr | undefined =>
  messages?.is === 'call' && messages.callee.is !== 'external' && 'path' in messages.callee && messages.callee.path?.at(-1) === 'map'
    ? messages.args[0]
    : undefined;

export const KAFKA: readonly MessageLibrary[] = [
  {
    name: 'kafkajs',
    packages: /^(kafkajs|@confluentinc\/kafka-javascript)$/,
    read: (origin, args) => {
      const [first] = args;
      switch (last(origin)) {
        case 'send':
          return sent(first);
        case 'sendBatch':
          return items(entry(first, 'topicMessages')).flatMap(sent);
        case 'subscribe': {
          const address = entry(first, 'topics', 'topic');
          const one = first?.is === 'parameter' ? entry(first, 'topic') : undefined;
          return [address, one].flatMap((each): Message[] => (each ? [{ role: 'subscribe', address: each }] : []));
        }
        default:
          return [];
      }
    },
  },
  {
    name: 'node-rdkafka',
    packages: /^(node-rdkafka|@confluentinc\/kafka-javascript)$/,
    read: (origin, args) => {
      const [first] = args;
      if (last(origin) === 'produce' && first && args.length >= 3)
        return [{ role: 'publish', address: first, ...given('payload', args[2]) }];
      return last(origin) === 'subscribe' && first?.is === 'list' ? [{ role: 'subscribe', address: first }] : [];
    },
  },
];
