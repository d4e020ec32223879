import { describe, expect, it } from 'vitest';
import { ANSWERS, demandOfAnswer } from '../../../../../src/agent/gaps/answers.ts';
import { unfounded } from '../../../../../src/agent/citations/content-words.ts';
import { SLOTS } from '../../../../../src/agent/gaps/slots.ts';

const filled = (slot: string, value: string, more: { isFound?: boolean; deed?: string } = {}): string | undefined =>
  demandOfAnswer(slot, { value, isFound: false, it: 'the invoice', ...more });

describe('what an answer demands', () => {
  it.each(SLOTS.map((slot) => [slot.name, slot] as const))('is known for every usual answer about %s', (name, { usual, usualOf = {} }) => {
    for (const [value] of [usual, ...Object.values(usualOf)].flat()) expect(ANSWERS[name]?.usual).toHaveProperty([value]);
  });

  it('is of slots that there are', () => {
    expect(Object.keys(ANSWERS).sort()).toEqual(SLOTS.map(({ name }) => name).sort());
  });

  it.each([
    ['deletion', 'gone at once', 'delete the invoice at once and for good'],
    ['retention', '30 days', 'keep the invoice for 30 days'],
    ['retention', 'for 10 years', 'keep the invoice for 10 years'],
    ['size-limit', 'at most 10 MB', 'refuse files larger than 10 MB'],
    ['formats', 'PDF only', 'accept PDF only'],
    ['devices', 'phones', 'work on phones'],
  ])('%s: %s', (slot, value, demand) => {
    expect(filled(slot, value)).toBe(demand);
  });

  it('takes who may do it, and what they do', () => {
    expect(filled('permission', 'only administrators', { deed: 'export all invoices' })).toBe(
      'let only administrators export all invoices',
    );
    expect(filled('permission', 'everybody who is signed in (jwt)', { deed: 'pay' })).toBe('let only people who are signed in (jwt) pay');
    expect(filled('permission', 'the role clerk', { deed: 'pay' })).toBe('let only users with the role clerk pay');
    expect(filled('permission', 'only administrators')).toBeUndefined();
  });

  it('takes what the system has in its own way', () => {
    expect(filled('deletion', 'marked as deleted (deletedAt)', { isFound: true })).toBe('mark the invoice as deleted (deletedAt)');
    expect(filled('retention', 'as policy:books/P-1 says: "Invoices are kept for ten years."', { isFound: true })).toBe(
      'keep to policy:books/P-1: Invoices are kept for ten years',
    );
    expect(filled('channel', 'MailService', { isFound: true })).toBe('tell people through MailService');
  });

  it('is nothing of the system where the answer is about the work', () => {
    expect(filled('scope', 'all of it')).toBe('');
    expect(filled('performance', 'no promise')).toBe('');
  });

  it('is not made of an answer that says more than a value', () => {
    expect(filled('retention', 'Ask the tax office. They have a list of how long each kind is kept.')).toBeUndefined();
    expect(filled('deletion', 'in the bin')).toBeUndefined();
    expect(filled('no such slot', '30 days')).toBeUndefined();
  });

  it('does not take what somebody writes for a template', () => {
    expect(filled('retention', '$& {it} {value} $1')).toBe('keep the invoice for $& {it} {value} $1');
  });
});

describe('a demand made of an answer', () => {
  const requirement = 'As a clerk, I want to export the invoice.';
  const cases = SLOTS.flatMap(({ name, question, questions = {}, usual, usualOf = {} }) => [
    ...usual.map(([value]) => [name, value, question] as const),
    ...Object.entries(usualOf).flatMap(([kind, values]) =>
      values.map(([value]) => [name, value, questions[kind as keyof typeof questions] ?? question] as const),
    ),
  ]);

  it.each(cases)('%s: %s rests on what was asked and answered', (slot, value, question) => {
    const demand = filled(slot, value, { deed: 'export the invoice' });
    if (demand === '') return;
    const text = `The till shall ${demand}.`;
    const missing = unfounded(text, [value, requirement], ['till', `${question.replace(/\?$/, '')} (invoice)?`]);
    expect(missing.filter((one) => /\d/.test(one))).toEqual([]);
    expect(missing.length).toBeLessThanOrEqual(unfounded(text, []).length / 2);
  });
});
