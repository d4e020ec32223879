import type { Expr } from '../../keys.ts';
import { entry, given, handlerAmong, last, type Message, type MessageLibrary } from './message.ts';

/** What a message is routed by: its key, or the exchange where that sends to all. */
const routed = (exchange: Expr | undefined, key: Expr | undefined): Expr | undefined =>
  key?.is === 'text' && (key.text === '' || key.text === '#')
    ? exchange?.is === 'text' && exchange.text !== ''
      ? exchange
      : undefined
    : key;

const bound = (queue: Expr | undefined, exchange: Expr | undefined, key: Expr | undefined): readonly Message[] => {
  const address = routed(exchange, key);
  return queue && address
    ? [{ role: 'subscribe', address, wildcards: 'amqp', boundTo: queue, ...given('within', address === exchange ? undefined : exchange) }]
    : [];
};

export const AMQP: readonly MessageLibrary[] = [
  {
    name: 'amqplib',
    packages: /^(amqplib(\/.*)?|amqp-connection-manager)$/,
    read: (origin, args) => {
      const [first, second, third] = args;
      switch (last(origin)) {
        case 'publish': {
          const address = routed(first, second);
          return address
            ? [{ role: 'publish', address, ...given('payload', third), ...given('within', address === first ? undefined : first) }]
            : [];
        }
        case 'sendToQueue':
          return first ? [{ role: 'publish', address: first, ...given('payload', second) }] : [];
        case 'consume':
          return first ? [{ role: 'subscribe', address: first, ...handlerAmong(args) }] : [];
        case 'bindQueue':
          return bound(first, second, third);
        default:
          return [];
      }
    },
  },
  {
    name: 'golevelup-rabbitmq',
    packages: /^@golevelup\/nestjs-rabbitmq$/,
    read: (origin, args) => {
      const [first, second, third] = args;
      if (last(origin) === 'publish') {
        const address = routed(first, second);
        return address ? [{ role: 'publish', address, ...given('payload', third), ...given('within', first) }] : [];
      }
      if (last(origin) === 'request' && first?.is === 'object') {
        const address = entry(first, 'routingKey');
        return address ? [{ role: 'publish', address, ...given('payload', entry(first, 'payload')) }] : [];
      }
      return [];
    },
  },
];
