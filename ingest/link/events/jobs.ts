import type { Expr } from '../../keys.ts';
import { argumentsOf, entry, given, handlerAmong, items, last, type MessageLibrary } from './message.ts';

/** A queue is its address; the names of jobs in it say what kind of message one is. */
export const JOBS: readonly MessageLibrary[] = [
  {
    name: 'bullmq',
    packages: /^(bullmq|bull)$/,
    read: (origin, args, { created, queue: injected }) => {
      const step = last(origin);
      if (created) return step === 'Worker' && args[0] ? [{ role: 'subscribe', address: args[0], ...handlerAmong(args) }] : [];
      // `new Queue('mails').add('welcome', data)`, `new Bull('mails').add(data)`
      const queue =
        (argumentsOf(origin, 'Queue', 'Bull', 'default') ?? (origin.steps[0] === 'new' ? origin.calls[0] : undefined))?.[0] ?? injected;
      if (!queue) return [];
      if (step === 'add') {
        const isNamed = args.length > 1 && args[0]?.is !== 'object';
        return [{ role: 'publish', address: queue, ...given('payload', isNamed ? args[1] : args[0]) }];
      }
      if (step === 'addBulk') return [{ role: 'publish', address: queue, ...given('payload', entry(items(args[0])[0], 'data')) }];
      return step === 'process' ? [{ role: 'subscribe', address: queue, ...handlerAmong([queue, ...args]) }] : [];
    },
  },
  {
    name: 'pg-boss',
    packages: /^pg-boss$/,
    read: (origin, args) => {
      const [first, second] = args;
      const address: Expr | undefined = first?.is === 'object' ? entry(first, 'name') : first;
      if (!address) return [];
      const step = last(origin);
      if (step === 'send' || step === 'publish' || step === 'sendAfter' || step === 'schedule' || step === 'insert')
        return [{ role: 'publish', address, ...given('payload', first?.is === 'object' ? entry(first, 'data') : second) }];
      return step === 'work' || step === 'subscribe' ? [{ role: 'subscribe', address, ...handlerAmong(args) }] : [];
    },
  },
];
