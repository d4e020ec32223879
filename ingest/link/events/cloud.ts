import { argumentsOf, entry, given, handlerAmong, last, type MessageLibrary } from './message.ts';

export const CLOUD: readonly MessageLibrary[] = [
  {
    name: 'google-pubsub',
    packages: /^@google-cloud\/pubsub$/,
    read: (origin, args) => {
      const topic = argumentsOf(origin, 'topic')?.[0];
      const subscription = argumentsOf(origin, 'subscription')?.[0];
      switch (last(origin)) {
        case 'publishMessage':
          return topic ? [{ role: 'publish', address: topic, ...given('payload', entry(args[0], 'json', 'data')) }] : [];
        case 'publish':
        case 'publishJSON':
          return topic ? [{ role: 'publish', address: topic, ...given('payload', args[0]) }] : [];
        case 'on': {
          const [event] = args;
          const address = topic ?? subscription;
          return address && event?.is === 'text' && event.text === 'message' ? [{ role: 'subscribe', address, ...handlerAmong(args) }] : [];
        }
        case 'createSubscription': {
          const [first, second] = args;
          const [address, queue] = topic ? [topic, first] : [first, second];
          return address && queue ? [{ role: 'subscribe', address, boundTo: queue }] : [];
        }
        default:
          return [];
      }
    },
  },
  {
    name: 'azure-service-bus',
    packages: /^@azure\/(service-bus|event-hubs)$/,
    read: (origin, args) => {
      const to = argumentsOf(origin, 'createSender')?.[0];
      const from = argumentsOf(origin, 'createReceiver', 'createSessionReceiver')?.[0];
      if (last(origin) === 'sendMessages' && to) return [{ role: 'publish', address: to, ...given('payload', entry(args[0], 'body')) }];
      return from && /^(subscribe|receiveMessages|getMessageIterator)$/.test(last(origin) ?? '')
        ? [{ role: 'subscribe', address: from, ...given('handler', entry(args[0], 'processMessage')) }]
        : [];
    },
  },
  {
    name: 'mqtt',
    packages: /^mqtt$/,
    read: (origin, args) => {
      const [first, second] = args;
      if (!first) return [];
      const step = last(origin);
      if (step === 'publish' || step === 'publishAsync') return [{ role: 'publish', address: first, ...given('payload', second) }];
      return step === 'subscribe' || step === 'subscribeAsync' ? [{ role: 'subscribe', address: first, wildcards: 'mqtt' }] : [];
    },
  },
];
