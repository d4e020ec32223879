import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../../graph/model/edge.ts';
import { eventLinker } from '../../../../ingest/link/events.ts';
import { asyncapi } from '../../../../ingest/workers/asyncapi/asyncapi.ts';
import { linkFrom } from '../link-fixture.ts';

const link = (sources: Readonly<Record<string, string>>) => linkFrom(sources, [eventLinker], [asyncapi]);
const uses = async (sources: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const { arrows } = await link(sources);
  return [...arrows('PUBLISHES'), ...arrows('SUBSCRIBES')];
};

const CONTRACT = `asyncapi: 3.0.0
info: { title: Loans, version: '1' }
channels:
  loanStarted:
    address: loan.started
    messages:
      started:
        payload: { type: object, properties: { loanId: { type: string }, due: { type: string }, reader: { type: object, properties: { card: { type: string } } } } }
`;

describe('Kafka', () => {
  const EVENTS = `
export const TOPICS = { started: 'loan.started', ended: 'loan.ended' } as const;
export interface Reader { card: string; street: string }
export interface LoanStarted { loanId: string; due: string; reader: Reader; secret: string }
`;
  const BUS = `
import { Kafka, type Producer } from 'kafkajs';
export class EventBus {
  private readonly producer: Producer;
  constructor() { this.producer = new Kafka({ brokers: [] }).producer(); }
  async publish<T extends object>(topic: string, payload: T): Promise<void> {
    await this.producer.send({ topic, messages: [{ key: 'k', value: JSON.stringify(payload) }] });
  }
}
`;
  const DESK = `
import { EventBus } from './bus';
import { TOPICS, type LoanStarted } from './events';
export class Desk {
  constructor(private readonly bus: EventBus) {}
  async lend(loanId: string): Promise<void> {
    const event: LoanStarted = { loanId, due: 'soon', reader: { card: '1', street: 's' }, secret: 'x' };
    await this.bus.publish(TOPICS.started, event);
  }
  async take(loanId: string): Promise<void> {
    await this.bus.publish(TOPICS.ended, { loanId, shelf: { row: 3 } });
  }
}
`;
  const REMINDER = `
import { Kafka } from 'kafkajs';
import { TOPICS } from './events';
interface Started { loanId: string; due: string; colour: string }
export async function remind(): Promise<void> {
  const consumer = new Kafka({ brokers: [] }).consumer({ groupId: 'reminder' });
  await consumer.subscribe({ topics: [TOPICS.started, TOPICS.ended], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ topic, message }) => {
      const body: unknown = JSON.parse(String(message.value));
      if (topic === TOPICS.started) plan(body as Started);
      else if (topic === TOPICS.ended) {
        const ended = body as any;
        console.log(ended.loanId, ended.nothing);
      }
    },
  });
}
function plan(started: Started): void { console.log(started.due); }
`;
  const SOURCES = { 'src/events.ts': EVENTS, 'src/bus.ts': BUS, 'src/desk.ts': DESK, 'src/reminder.ts': REMINDER };

  it('sees wrappers from their callers, and topics through constants', async () => {
    expect(await uses(SOURCES)).toEqual([
      'src/desk.ts#Desk.lend PUBLISHES event:loan.started',
      'src/desk.ts#Desk.take PUBLISHES event:loan.ended',
      'src/reminder.ts#remind SUBSCRIBES event:loan.ended',
      'src/reminder.ts#remind SUBSCRIBES event:loan.started',
    ]);
  });

  it('makes channels and fields that no contract declares of what is published', async () => {
    const { things, edge } = await link(SOURCES);
    expect(things).toEqual([
      'Channel event:loan.ended',
      'Channel event:loan.started',
      'SchemaProperty event:loan.ended payload.loanId',
      'SchemaProperty event:loan.ended payload.shelf',
      'SchemaProperty event:loan.ended payload.shelf.row',
      'SchemaProperty event:loan.started payload.due',
      'SchemaProperty event:loan.started payload.loanId',
      'SchemaProperty event:loan.started payload.reader',
      'SchemaProperty event:loan.started payload.reader.card',
      'SchemaProperty event:loan.started payload.reader.street',
      'SchemaProperty event:loan.started payload.secret',
    ]);
    expect(edge('src/desk.ts#Desk.lend PUBLISHES event:loan.started')).toMatchObject({
      tier: 'heuristic',
      rule: 'kafkajs-publish',
      sites: [{ line: 8 }],
    });
  });

  it('maps to the fields that a contract declares, and to no others', async () => {
    const { things, arrows, edge } = await link({ ...SOURCES, 'events.yaml': CONTRACT });
    expect(things.filter((thing) => thing.includes('loan.started'))).toEqual([]);
    expect(arrows('MAPS_TO', 'loan.started')).toEqual([
      'src/events.ts#LoanStarted.due MAPS_TO event:loan.started payload.due via src/desk.ts#Desk.lend',
      'src/events.ts#LoanStarted.loanId MAPS_TO event:loan.started payload.loanId via src/desk.ts#Desk.lend',
      'src/events.ts#LoanStarted.reader MAPS_TO event:loan.started payload.reader via src/desk.ts#Desk.lend',
      'src/events.ts#Reader.card MAPS_TO event:loan.started payload.reader.card via src/desk.ts#Desk.lend',
      'src/reminder.ts#Started.due MAPS_TO event:loan.started payload.due via src/reminder.ts#remind',
      'src/reminder.ts#Started.loanId MAPS_TO event:loan.started payload.loanId via src/reminder.ts#remind',
    ]);
    const written = edge('src/events.ts#LoanStarted.due MAPS_TO event:loan.started payload.due via src/desk.ts#Desk.lend');
    expect(written).toMatchObject({ tier: 'contract', rule: 'payload-type', sites: [{ file: 'src/desk.ts', line: 8 }] });
    expect(factsOf(written.sites[0]?.facts ?? 0)).toEqual(['provider']);
    const read = edge('src/reminder.ts#Started.due MAPS_TO event:loan.started payload.due via src/reminder.ts#remind');
    expect(read.sites[0]?.facts).toBeUndefined();
    expect(edge('src/desk.ts#Desk.lend PUBLISHES event:loan.started').tier).toBe('contract');
  });

  it('maps what is written and read without a type from the code that does', async () => {
    const { arrows } = await link(SOURCES);
    expect(arrows('MAPS_TO', 'loan.ended')).toEqual([
      'src/desk.ts#Desk.take MAPS_TO event:loan.ended payload.loanId',
      'src/desk.ts#Desk.take MAPS_TO event:loan.ended payload.shelf',
      'src/desk.ts#Desk.take MAPS_TO event:loan.ended payload.shelf.row',
      'src/reminder.ts#remind MAPS_TO event:loan.ended payload.loanId',
    ]);
  });

  it('invents no address of what only the environment knows, and takes a default for less sure', async () => {
    const source = (topic: string): string => `
import { Kafka } from 'kafkajs';
const producer = new Kafka({ brokers: [] }).producer();
export const lend = () => producer.send({ topic: ${topic}, messages: [{ value: 'x' }] });
`;
    expect(await uses({ 'src/a.ts': source('process.env.TOPIC!') })).toEqual([]);
    expect(await uses({ 'src/a.ts': source('`${process.env.STAGE}.loans`') })).toEqual([]);
    const { edge } = await link({ 'src/a.ts': source("process.env.TOPIC ?? 'loans'") });
    expect(edge('src/a.ts#lend PUBLISHES event:loans').confidence).toBeCloseTo(0.72);
  });

  it('sees batches, and topics that tests alone know as no channels', async () => {
    const { arrows, things } = await link({
      'src/a.ts': `
import { Kafka } from 'kafkajs';
const producer = new Kafka({ brokers: [] }).producer();
export const both = () => producer.sendBatch({ topicMessages: [{ topic: 'loans', messages: [] }, { topic: 'fines', messages: [] }] });
`,
      'src/a.test.ts': `
import { Kafka } from 'kafkajs';
import { it } from 'vitest';
const producer = new Kafka({ brokers: [] }).producer();
it('takes anything', () => producer.send({ topic: 'made-up', messages: [] }));
`,
    });
    expect(arrows('PUBLISHES')).toEqual(['src/a.ts#both PUBLISHES event:fines', 'src/a.ts#both PUBLISHES event:loans']);
    expect(things).toEqual(['Channel event:fines', 'Channel event:loans']);
  });
});

describe('handlers by topic', () => {
  it('knows the cases of a switch as receivers of known channels, each with its own payload', async () => {
    const { arrows } = await link({
      'events.yaml': CONTRACT,
      'src/dispatch.ts': `
interface Started { loanId: string }
interface Other { due: string }
export async function dispatch({ topic, value }: { topic: string; value: string }) {
  const body: unknown = JSON.parse(value);
  switch (topic) {
    case 'loan.started':
      return (body as Started).loanId;
    case 'weather.changed':
      return (body as Other).due;
  }
}
export const kind = (type: string) => { if (type === 'nothing.known') return 1; return 2; };
`,
    });
    expect(arrows()).toEqual([
      'src/dispatch.ts#Started.loanId MAPS_TO event:loan.started payload.loanId via src/dispatch.ts#dispatch',
      'src/dispatch.ts#dispatch MAPS_TO event:loan.started payload.loanId',
      'src/dispatch.ts#dispatch SUBSCRIBES event:loan.started',
    ]);
  });

  it('knows maps of handlers whose keys are all channels', async () => {
    const sources = (more: string): Readonly<Record<string, string>> => ({
      'events.yaml': CONTRACT,
      'src/handlers.ts': `
export enum Topics { Started = 'loan.started' }
interface Started { loanId: string }
export async function onStarted(event: Started): Promise<void> { console.log(event); }
export const HANDLERS = { [Topics.Started]: onStarted${more} };
`,
    });
    expect((await link(sources(''))).arrows()).toEqual([
      'src/handlers.ts#Started.loanId MAPS_TO event:loan.started payload.loanId via src/handlers.ts#onStarted',
      'src/handlers.ts#onStarted SUBSCRIBES event:loan.started',
    ]);
    expect((await link(sources(", 'other.thing': onStarted"))).arrows()).toEqual([]);
  });

  it('takes calls of methods called publish or subscribe that name a declared channel', async () => {
    const { arrows, edge } = await link({
      'events.yaml': CONTRACT,
      'src/lend.ts': `
export interface Publisher { publish(name: string, payload: object): Promise<void>; }
export interface Loan { loanId: string; shelf: number }
export class Lend {
  constructor(private readonly publisher: Publisher) {}
  async run(loan: Loan) {
    await this.publisher.publish('loan.started', loan);
    await this.publisher.publish('loan.imagined', loan);
  }
}
`,
    });
    expect(arrows()).toEqual([
      'src/lend.ts#Lend.run PUBLISHES event:loan.started',
      'src/lend.ts#Loan.loanId MAPS_TO event:loan.started payload.loanId via src/lend.ts#Lend.run',
    ]);
    expect(edge('src/lend.ts#Lend.run PUBLISHES event:loan.started')).toMatchObject({
      tier: 'heuristic',
      confidence: 0.8,
      rule: 'channel-name',
    });
  });

  it('takes an object that names its channel for the message, unless a part of it is', async () => {
    const { arrows } = await link({
      'events.yaml': CONTRACT,
      'src/lend.ts': `
export interface Started { type: 'loan.started'; loanId: string }
export interface Publisher { publish(event: Started): Promise<void>; handle(event: Started): Promise<void>; }
export async function lend(publisher: Publisher, loan: { id: string }) {
  await publisher.publish({ type: 'loan.started', loanId: loan.id });
}
export const replay = (publisher: Publisher) => publisher.handle({ type: 'loan.started', loanId: '1' });
`,
    });
    expect(arrows('event:loan.started')).toContain('src/lend.ts#lend PUBLISHES event:loan.started');
    expect(arrows('payload.loanId')).toHaveLength(1);
    expect(arrows('SUBSCRIBES')).toEqual([]);
  });
});

describe('AMQP', () => {
  it('follows bindings of queues to the keys that they are for', async () => {
    const { arrows, edge } = await link({
      'src/send.ts': `
import amqp from 'amqplib';
export async function send(loan: { id: string }) {
  const channel = await (await amqp.connect('amqp://x')).createChannel();
  channel.publish('library', 'loan.started', Buffer.from(JSON.stringify({ id: loan.id })));
  channel.publish('library', 'fine.paid', Buffer.from('{}'));
  channel.publish('other', 'loan.lost', Buffer.from('{}'));
  channel.sendToQueue('mails', Buffer.from(JSON.stringify({ to: 'x' })));
}
`,
      'src/receive.ts': `
import amqp from 'amqplib';
export async function receive() {
  const channel = await (await amqp.connect('amqp://x')).createChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true });
  await channel.bindQueue(queue, 'library', 'loan.*');
  await channel.consume(queue, (message) => {
    const loan = JSON.parse(message!.content.toString());
    console.log(loan.id);
  });
}
export async function mail() {
  const channel = await (await amqp.connect('amqp://x')).createChannel();
  await channel.consume('mails', (message) => console.log(JSON.parse(message!.content.toString()).to));
}
`,
    });
    expect(arrows('SUBSCRIBES')).toEqual([
      'src/receive.ts#mail SUBSCRIBES event:mails',
      'src/receive.ts#receive SUBSCRIBES event:loan.started',
    ]);
    expect(edge('src/receive.ts#receive SUBSCRIBES event:loan.started').confidence).toBe(0.8);
    expect(arrows('src/receive.ts', 'MAPS_TO')).toEqual([
      'src/receive.ts#mail MAPS_TO event:mails payload.to',
      'src/receive.ts#receive MAPS_TO event:loan.started payload.id',
    ]);
  });

  it('makes a channel of a key whose open part both sides leave open', async () => {
    const sides = {
      'src/send.ts': `
import amqp from 'amqplib';
export const send = (channel: amqp.Channel, to: string) => channel.publish('library', \`notice.\${to}\`, Buffer.from('{}'));
`,
      'src/receive.ts': `
import amqp from 'amqplib';
export const bind = (channel: amqp.Channel) => channel.bindQueue('notices', 'library', 'notice.*');
`,
    };
    expect(await uses(sides)).toEqual(
      ['src/receive.ts#bind SUBSCRIBES event:notice.*', 'src/send.ts#send PUBLISHES event:notice.*'].toReversed(),
    );
    expect(await uses({ 'src/send.ts': sides['src/send.ts'] })).toEqual([]);
  });
});

describe('other brokers', () => {
  it.each([
    [
      'NATS',
      `import { connect, JSONCodec } from 'nats';
const codec = JSONCodec();
export async function send() { const nc = await connect(); nc.publish('loans.started', codec.encode({ id: 1 })); }
export async function receive() { const nc = await connect(); for await (const m of nc.subscribe('loans.*')) console.log(codec.decode(m.data).id); }`,
      'loans.started',
    ],
    [
      'Redis',
      `import { createClient } from 'redis';
const client = createClient();
export const send = () => client.publish('loans', JSON.stringify({ id: 1 }));
export const receive = () => client.subscribe('loans', (text) => console.log(JSON.parse(text).id));`,
      'loans',
    ],
    [
      'ioredis',
      `import Redis from 'ioredis';
const redis = new Redis();
export const send = () => redis.publish('loans', JSON.stringify({ id: 1 }));
export const receive = () => { redis.subscribe('loans'); redis.on('message', (_channel, text) => console.log(JSON.parse(text).id)); };`,
      'loans',
    ],
    [
      'Redis streams',
      `import Redis from 'ioredis';
const redis = new Redis();
export const send = () => redis.xadd('loans', 'MAXLEN', '~', 100, '*', 'id', '1');
export const receive = async () => { const all = await redis.xreadgroup('GROUP', 'g', 'c', 'STREAMS', 'loans', '>'); console.log(JSON.parse(String(all)).id); };`,
      'loans',
    ],
    [
      'SQS',
      `import { SQSClient, SendMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
const URL_ = 'https://sqs.eu-west-1.amazonaws.com/1234/loans';
const sqs = new SQSClient({});
export const send = () => sqs.send(new SendMessageCommand({ QueueUrl: URL_, MessageBody: JSON.stringify({ id: 1 }) }));
export const receive = async () => { const all = await sqs.send(new ReceiveMessageCommand({ QueueUrl: URL_ })); console.log(JSON.parse(all.Messages![0]!.Body!).id); };`,
      'loans',
    ],
    [
      'BullMQ',
      `import { Queue, Worker } from 'bullmq';
const queue = new Queue('loans');
export const send = () => queue.add('start', { id: 1 });
export const receive = () => new Worker('loans', async (job) => { console.log(job.data.id); });`,
      'loans',
    ],
    [
      'MQTT',
      `import mqtt from 'mqtt';
const client = mqtt.connect('mqtt://x');
export const send = () => client.publish('loans/1/started', JSON.stringify({ id: 1 }));
export const receive = () => { client.subscribe('loans/+/started'); client.on('message', (_topic, bytes) => console.log(JSON.parse(bytes.toString()).id)); };`,
      'loans/1/started',
    ],
    [
      'Pub/Sub',
      `import { PubSub } from '@google-cloud/pubsub';
const pubsub = new PubSub();
export const send = () => pubsub.topic('loans').publishMessage({ json: { id: 1 } });
export const receive = async () => { await pubsub.topic('loans').createSubscription('desk'); pubsub.subscription('desk').on('message', (m) => console.log(JSON.parse(m.data.toString()).id)); };`,
      'loans',
    ],
  ])('%s: who sends, who receives, and what', async (_name, source, address) => {
    const { arrows } = await link({ 'src/a.ts': source });
    expect(arrows('src/a.ts')).toEqual([
      `src/a.ts#receive MAPS_TO event:${address} payload.id`,
      `src/a.ts#receive SUBSCRIBES event:${address}`,
      `src/a.ts#send MAPS_TO event:${address} payload.id`,
      `src/a.ts#send PUBLISHES event:${address}`,
    ]);
  });
});

describe('Nest', () => {
  const SOURCE = `
import { Controller } from '@nestjs/common';
import { ClientProxy, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { OnEvent, EventEmitter2 } from '@nestjs/event-emitter';
export class LoanStarted { constructor(readonly loanId: string) {} }
@Controller()
export class Loans {
  constructor(private readonly client: ClientProxy, private readonly emitter: EventEmitter2) {}
  start() {
    this.client.emit('loan.started', new LoanStarted('1'));
    this.client.send({ role: 'desk', cmd: 'count' }, {});
    this.emitter.emit('shelf.filled', { row: 1 });
    this.emitter.emit('shelf.emptied', { row: 1 });
  }
  @EventPattern('loan.started') onStarted(@Payload() event: LoanStarted) {}
  @EventPattern('loan.started') onId(@Payload('loanId') id: string) {}
  @MessagePattern({ cmd: 'count', role: 'desk' }) count() {}
  @OnEvent('shelf.filled') onFilled(event: { row: number }) {}
}
`;
  it('joins clients and patterns, objects as Nest writes them, and events that stay in the process', async () => {
    const { arrows } = await link({ 'src/loans.ts': SOURCE });
    expect([...arrows('PUBLISHES'), ...arrows('SUBSCRIBES')]).toEqual([
      'src/loans.ts#Loans.start PUBLISHES event:loan.started',
      'src/loans.ts#Loans.start PUBLISHES event:shelf.filled',
      'src/loans.ts#Loans.start PUBLISHES event:{"cmd":"count","role":"desk"}',
      'src/loans.ts#Loans.count SUBSCRIBES event:{"cmd":"count","role":"desk"}',
      'src/loans.ts#Loans.onFilled SUBSCRIBES event:shelf.filled',
      'src/loans.ts#Loans.onId SUBSCRIBES event:loan.started',
      'src/loans.ts#Loans.onStarted SUBSCRIBES event:loan.started',
    ]);
    expect(arrows('MAPS_TO')).toEqual([
      'src/loans.ts#LoanStarted.loanId MAPS_TO event:loan.started payload.loanId via src/loans.ts#Loans.onStarted',
      'src/loans.ts#LoanStarted.loanId MAPS_TO event:loan.started payload.loanId via src/loans.ts#Loans.start',
      'src/loans.ts#Loans.onFilled MAPS_TO event:shelf.filled payload.row',
      'src/loans.ts#Loans.onId MAPS_TO event:loan.started payload.loanId',
      'src/loans.ts#Loans.start MAPS_TO event:shelf.filled payload.row',
    ]);
  });

  it('joins queues that are injected with their processors', async () => {
    expect(
      await uses({
        'src/mails.ts': `
import { InjectQueue, Processor, WorkerHost } from '@nestjs/bullmq';
import { Queue, Job } from 'bullmq';
const MAILS = 'mails';
export class Welcome {
  constructor(@InjectQueue(MAILS) private readonly queue: Queue) {}
  async greet() { await this.queue.add('welcome', { to: 'x' }); }
}
@Processor(MAILS)
export class Mailer extends WorkerHost { async process(job: Job<{ to: string }>) { return job.data.to; } }
`,
      }),
    ).toEqual(['src/mails.ts#Welcome.greet PUBLISHES event:mails', 'src/mails.ts#Mailer.process SUBSCRIBES event:mails']);
  });
});

describe('emitters', () => {
  it('join within one value, and only where both sides are known', async () => {
    expect(
      await uses({
        'src/bus.ts': `import { EventEmitter } from 'node:events';\nexport const loans = new EventEmitter();\nexport const fines = new EventEmitter();\n`,
        'src/a.ts': `
import { loans, fines } from './bus';
export function lend() { loans.emit('lent', { id: 1 }); fines.emit('paid', {}); loans.emit('nobody', {}); loans.emit('error', {}); }
export function listen() { loans.on('lent', (loan) => console.log(loan)); loans.on('paid', () => undefined); loans.on('error', console.error); }
`,
      }),
    ).toEqual(['src/a.ts#lend PUBLISHES event:lent', 'src/a.ts#listen SUBSCRIBES event:lent']);
  });
});

describe('classes of publishers', () => {
  it('take the address that each class gives what its base leaves open', async () => {
    expect(
      await uses({
        'src/publisher.ts': `
import type { Stan } from 'node-nats-streaming';
export enum Subjects { Started = 'loan:started', Ended = 'loan:ended' }
export abstract class Publisher<T> {
  abstract subject: Subjects;
  constructor(protected client: Stan) {}
  publish(data: T) { this.client.publish(this.subject, JSON.stringify(data)); }
}
export class StartedPublisher extends Publisher<{ id: string }> { subject = Subjects.Started; }
export class EndedPublisher extends Publisher<{ id: string }> { readonly subject: Subjects.Ended = Subjects.Ended; }
`,
      }),
    ).toEqual([
      'src/publisher.ts#EndedPublisher PUBLISHES event:loan:ended',
      'src/publisher.ts#StartedPublisher PUBLISHES event:loan:started',
    ]);
  });
});

it('takes names of prototypes and recursive types as they come', async () => {
  const { arrows } = await link({
    'src/a.ts': `
import { Kafka } from 'kafkajs';
interface Shelf { parent: Shelf; name: string }
const producer = new Kafka({ brokers: [] }).producer();
export const a = (shelf: Shelf) => producer.send({ topic: 'constructor', messages: [{ value: JSON.stringify(shelf) }] });
export const b = () => producer.send({ topic: '__proto__', messages: [{ value: JSON.stringify({ __proto__: { x: 1 }, toString: 1 }) }] });
`,
  });
  expect(arrows('PUBLISHES')).toEqual(['src/a.ts#a PUBLISHES event:constructor', 'src/a.ts#b PUBLISHES event:__proto__']);
  expect(arrows('Shelf', 'MAPS_TO')).toEqual([
    'src/a.ts#Shelf.name MAPS_TO event:constructor payload.name via src/a.ts#a',
    'src/a.ts#Shelf.parent MAPS_TO event:constructor payload.parent via src/a.ts#a',
  ]);
});
