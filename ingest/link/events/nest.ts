import type { Expr } from '../../keys.ts';
import { given, last, type Message, type MessageLibrary } from './message.ts';

/** A pattern as Nest sends it: objects are written as JSON with sorted keys. */
export function nestPattern(pattern: Expr | undefined): Expr | undefined {
  if (pattern?.is !== 'object') return pattern;
  const parts: string[] = [];
  for (const [name, value] of Object.entries(pattern.entries).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (value.is === 'text') parts.push(`${JSON.stringify(name)}:${JSON.stringify(value.text)}`);
    else if (value.is === 'literal') parts.push(`${JSON.stringify(name)}:${value.text}`);
    else return undefined;
  }
  return parts.length === 0 || pattern.spread ? undefined : { is: 'text', text: `{${parts.join(',')}}` };
}

export const NEST: readonly MessageLibrary[] = [
  {
    name: 'nest-microservices',
    packages: /^@nestjs\/microservices$/,
    read: (origin, args) => {
      if (last(origin) !== 'emit' && last(origin) !== 'send') return [];
      const address = nestPattern(args[0]);
      return address ? [{ role: 'publish', address, ...given('payload', args[1]) }] : [];
    },
  },
];

/** What a decorator says of the method that it stands on. */
export function decoratedMessage(from: string, name: string | undefined, args: readonly Expr[]): Message | undefined {
  const [first] = args;
  const address = nestPattern(first);
  if (!address) return undefined;
  if (from === '@nestjs/microservices' && (name === 'EventPattern' || name === 'MessagePattern'))
    return { role: 'subscribe', address, wildcards: 'amqp' };
  if (from === '@nestjs/event-emitter' && name === 'OnEvent') return { role: 'subscribe', address, wildcards: 'nats', both: true };
  if (from === '@nestjs/websockets' && name === 'SubscribeMessage') return { role: 'subscribe', address, both: true };
  if (from === '@golevelup/nestjs-rabbitmq' && (name === 'RabbitSubscribe' || name === 'RabbitRPC')) {
    const key = first?.is === 'object' ? (first.entries['routingKey'] ?? first.entries['queue']) : undefined;
    return key && { role: 'subscribe', address: key, wildcards: 'amqp' };
  }
  return undefined;
}
