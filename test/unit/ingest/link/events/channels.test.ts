import { describe, expect, it } from 'vitest';
import { isPattern, parameterised, patternOf } from '../../../../../ingest/link/events/address.ts';
import { channelsOf } from '../../../../../ingest/link/events/channels.ts';
import type { Wildcards } from '../../../../../ingest/link/events/message.ts';
import type { MessageSite } from '../../../../../ingest/link/events/sites.ts';
import { keysOf } from '../../link-keys.ts';

describe('wildcards', () => {
  const reaches = (pattern: string, wildcards: Wildcards, address: string): boolean =>
    patternOf({ text: pattern, confidence: 1 }, wildcards).test(address);

  it.each<[string, Wildcards, string, boolean]>([
    ['loan.*', 'amqp', 'loan.started', true],
    ['loan.*', 'amqp', 'loan.started.late', false],
    ['loan.#', 'amqp', 'loan.started.late', true],
    ['loan.#', 'amqp', 'loan', true],
    ['*.started', 'nats', 'loan.started', true],
    ['loan.>', 'nats', 'fine.started', false],
    ['loans/+/due', 'mqtt', 'loans/7/due', true],
    ['loans/#', 'mqtt', 'loans/7/due', true],
    ['loan:*', 'glob', 'loan:started:late', true],
    ['loan(.*', 'glob', 'loan(.x', true],
  ])('%s of %s reaches %s: %s', (pattern, wildcards, address, expected) => {
    expect(isPattern({ text: pattern, confidence: 1 }, wildcards)).toBe(true);
    expect(reaches(pattern, wildcards, address)).toBe(expected);
  });

  it('are plain text where the library has none', () => {
    expect(isPattern({ text: 'loan.*', confidence: 1 }, undefined)).toBe(false);
    expect(isPattern({ text: 'loan.started', confidence: 1 }, 'amqp')).toBe(false);
  });
});

it('reads parameters of declared addresses', () => {
  expect(parameterised('loans.{branch}')?.test('loans.north')).toBe(true);
  expect(parameterised('loans.{branch}')?.test('loans.north.late')).toBe(false);
  expect(parameterised('loans')).toBeUndefined();
});

describe('channels of several repositories', () => {
  const site = (repo: string, role: 'publish' | 'subscribe', text: string): MessageSite => ({
    ...{ repo, file: 'a.ts', line: 1, col: 1, from: `${repo}//code:a.ts#f`, library: 'kafkajs', role },
    addresses: [{ text, confidence: 1 }],
  });
  const SITES = [
    site('desk', 'subscribe', 'loan.started'),
    site('loans', 'publish', 'loan.started'),
    site('desk', 'subscribe', 'fine.paid'),
  ];

  it('belong to who publishes, else to who subscribes, so that both sides meet', () => {
    const channels = channelsOf(keysOf({}), SITES);
    expect(channels.known('desk', 'loan.started')?.id).toBe('loans//event:loan.started');
    expect(channels.known('loans', 'loan.started')?.id).toBe('loans//event:loan.started');
    expect(channels.known('loans', 'fine.paid')?.id).toBe('desk//event:fine.paid');
    expect(channels.known('loans', 'unheard.of')).toBeUndefined();
  });

  it('are those of a contract where there is one, in the own repository first', () => {
    const declared = (repo: string) =>
      ({ key: 'channel', id: `${repo}//event:loan.started`, address: 'loan.started', fields: ['id'], line: 1, col: 1 }) as const;
    const channels = channelsOf(
      keysOf({ 'contracts//events.yaml': [declared('contracts')], 'desk//events.yaml': [declared('desk')] }),
      SITES,
    );
    expect(channels.known('desk', 'loan.started')?.id).toBe('desk//event:loan.started');
    expect(channels.known('loans', 'loan.started')).toMatchObject({ id: 'contracts//event:loan.started', declared: true });
  });
});
