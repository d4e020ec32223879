import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SLOTS } from '../../../../../src/agent/gaps/slots.ts';

const PAGE = readFileSync(path.resolve(import.meta.dirname, '../../../../../docs/reference/agent-grounding.md'), 'utf8');

describe('slots', () => {
  it.each(SLOTS.map((slot) => [slot.name, slot] as const))(
    '%s can be asked and answered',
    (_, { usual, usualOf = {}, weight, question, questions = {}, filled }) => {
      for (const answers of [usual, ...Object.values(usualOf)]) {
        expect(answers.length).toBeGreaterThanOrEqual(2);
        for (const [value, consequence] of answers) {
          expect(value).not.toBe('');
          expect(consequence).toMatch(/^\S.*\.$/);
        }
      }
      for (const each of [question, ...Object.values(questions)]) expect(each).toMatch(/\?$/);
      for (const each of Object.values(weight)) expect(each).toBeGreaterThanOrEqual(1);
      expect(filled.global).toBe(false);
      expect(filled.test('')).toBe(false);
    },
  );

  it('are named once, and all on the page about them', () => {
    expect(new Set(SLOTS.map(({ name }) => name)).size).toBe(SLOTS.length);
    for (const { name, weight } of SLOTS) {
      const kinds = Object.entries(weight).map(([kind, each]) => `${kind} ${each}`);
      expect(PAGE).toContain(`| \`${name}\` | ${kinds.join(', ')} |`);
    }
  });
});
