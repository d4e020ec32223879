import { given, handlerAmong, last, type Message, type MessageLibrary } from './message.ts';
import type { Expr } from '../../keys.ts';

/** Events that things emit of themselves. */
const OWN =
  /^(error|close|end|data|message|connect|connected|disconnect|disconnecting|connection|connect_error|reconnect|open|finish|drain|ready|exit|listening|readable|pipe|unpipe|abort|timeout|request|response|upgrade|newListener|removeListener|\*)$/;

function message(
  step: string | undefined,
  args: readonly Expr[],
  rest: Pick<Message, 'within' | 'wildcards' | 'both'>,
): readonly Message[] {
  const [event, payload] = args;
  if (!event || (event.is === 'text' && OWN.test(event.text))) return [];
  if (step === 'emit' || step === 'emitAsync' || step === 'emitWithAck')
    return [{ role: 'publish', address: event, ...given('payload', payload), ...rest }];
  if (step === 'on' || step === 'once' || step === 'addListener' || step === 'prependListener' || step === 'addEventListener')
    return [{ role: 'subscribe', address: event, ...handlerAmong(args), ...rest }];
  return [];
}

export const EMITTERS: readonly MessageLibrary[] = [
  {
    name: 'event-emitter',
    packages: /^(node:events|events|eventemitter3|mitt)$/,
    // Names mean something within one emitter.
    read: (origin, args, { emitter }) => (emitter ? message(last(origin), args, { both: true, within: emitter }) : []),
  },
  {
    name: 'eventemitter2',
    packages: /^(eventemitter2|@nestjs\/event-emitter)$/,
    read: (origin, args) => message(last(origin), args, { both: true, wildcards: 'nats' }),
  },
  {
    name: 'socket.io',
    packages: /^socket\.io(-client)?$/,
    read: (origin, args) => message(last(origin), args, { both: true }),
  },
];
