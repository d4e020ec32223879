import type { Expr } from '../../keys.ts';
import { entry, given, items, last, type Message, type MessageLibrary } from './message.ts';

/** A queue's URL or a topic's ARN ends with its name. */
function named(expr: Expr | undefined): Expr | undefined {
  const tail = expr?.is === 'join' ? expr.parts.at(-1) : expr;
  if (tail?.is === 'text') {
    const name = tail.text.slice(Math.max(tail.text.lastIndexOf('/'), tail.text.lastIndexOf(':')) + 1);
    if (name === '' || (expr?.is === 'join' && name.length === tail.text.length)) return undefined;
    return { is: 'text', text: name };
  }
  return expr?.is === 'join' ? undefined : expr;
}

function published(address: Expr | undefined, payload: Expr | undefined): readonly Message[] {
  return address ? [{ role: 'publish', address, ...given('payload', payload) }] : [];
}

/** By the name of the command, or of the method of version 2 of the SDK. */
function read(name: string, input: Expr | undefined): readonly Message[] {
  switch (name) {
    case 'SendMessage':
      return published(named(entry(input, 'QueueUrl')), entry(input, 'MessageBody'));
    case 'SendMessageBatch':
      return published(named(entry(input, 'QueueUrl')), entry(items(entry(input, 'Entries'))[0], 'MessageBody'));
    case 'Publish':
      return published(named(entry(input, 'TopicArn')), entry(input, 'Message'));
    case 'PublishBatch':
      return published(named(entry(input, 'TopicArn')), entry(items(entry(input, 'PublishBatchRequestEntries'))[0], 'Message'));
    case 'PutEvents':
      return items(entry(input, 'Entries')).flatMap((each) => published(entry(each, 'DetailType'), entry(each, 'Detail')));
    case 'ReceiveMessage': {
      const address = named(entry(input, 'QueueUrl'));
      return address ? [{ role: 'subscribe', address }] : [];
    }
    default:
      return [];
  }
}

const SDK_2 = new Map([
  ['sendMessage', 'SendMessage'],
  ['sendMessageBatch', 'SendMessageBatch'],
  ['publish', 'Publish'],
  ['putEvents', 'PutEvents'],
  ['receiveMessage', 'ReceiveMessage'],
]);

export const AWS: readonly MessageLibrary[] = [
  {
    name: 'aws-sdk',
    packages: /^(@aws-sdk\/client-(sqs|sns|eventbridge)|aws-sdk(\/.*)?)$/,
    read: (origin, args, { created }) => {
      const name = last(origin) ?? '';
      if (created) return name.endsWith('Command') ? read(name.slice(0, -'Command'.length), args[0]) : [];
      return read(SDK_2.get(name) ?? '', args[0]);
    },
  },
  {
    name: 'sqs-consumer',
    packages: /^sqs-consumer$/,
    read: (origin, [options]) => {
      const address = last(origin) === 'create' ? named(entry(options, 'queueUrl')) : undefined;
      return address ? [{ role: 'subscribe', address, ...given('handler', entry(options, 'handleMessage', 'handleMessageBatch')) }] : [];
    },
  },
];
