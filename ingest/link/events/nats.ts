import { entry, given, handlerAmong, last, type MessageLibrary } from './message.ts';

export const NATS: readonly MessageLibrary[] = [
  {
    name: 'nats',
    packages: /^(nats|@nats-io\/.+|node-nats-streaming)$/,
    read: (origin, args) => {
      const [first, second] = args;
      if (!first) return [];
      switch (last(origin)) {
        case 'publish':
        case 'request':
        case 'requestMany':
          return [{ role: 'publish', address: first, ...given('payload', second) }];
        case 'subscribe':
        case 'pullSubscribe': {
          const handler = entry(second?.is === 'object' ? second : undefined, 'callback');
          return [{ role: 'subscribe', address: first, wildcards: 'nats', ...(handler ? { handler } : handlerAmong(args)) }];
        }
        case 'add': {
          // `jsm.consumers.add(stream, { filter_subject })`
          const address = entry(second?.is === 'object' ? second : undefined, 'filter_subjects', 'filter_subject');
          return address ? [{ role: 'subscribe', address, wildcards: 'nats' }] : [];
        }
        default:
          return [];
      }
    },
  },
];
