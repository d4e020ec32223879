import { payloadId } from '../../../graph/model/id.ts';
import type { Node } from '../../../graph/model/node.ts';
import type { At } from '../../keys.ts';
import type { Channel } from './channels.ts';

export interface Place extends At {
  readonly repo: string;
  readonly file: string;
}

const PROTOCOLS: readonly (readonly [RegExp, string])[] = [
  [/kafka/, 'kafka'],
  [/^(amqp|golevelup)/, 'amqp'],
  [/^nats/, 'nats'],
  [/^(redis|bullmq)/, 'redis'],
  [/^mqtt/, 'mqtt'],
  [/^(sqs|aws)/, 'sqs'],
  [/^google/, 'googlepubsub'],
  [/^socket/, 'ws'],
];

const spanOf = ({ line, col }: At): NonNullable<Node['span']> => ({ line, col, endLine: line, endCol: col });

/** A channel that no contract declares stands where code names it. */
export function channelNode({ id, repo, address }: Channel, place: Place, rule: string): Node {
  const protocol = PROTOCOLS.find(([pattern]) => pattern.test(rule))?.[1];
  const props = { address, ...(protocol ? { protocol } : {}) };
  return { id, kind: 'Channel', name: address, repo, file: place.file, span: spanOf(place), props };
}

/** A field that no contract declares stands where it is written. */
export function payloadNode({ repo, address }: Channel, path: string, place: Place): Node {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return { id: payloadId(repo, address, path), kind: 'SchemaProperty', name, repo, file: place.file, span: spanOf(place), props: {} };
}
