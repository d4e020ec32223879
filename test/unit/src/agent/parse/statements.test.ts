import { describe, expect, test } from 'vitest';
import { meaningOf, modalityOf, understand, type Said } from '../../../../../src/agent/parse/statements.ts';

const meaning = (text: string, place: Partial<Said> = {}): string => meaningOf({ text, form: 'prose', ...place });

describe('what a sentence means', () => {
  test.each([
    ['The door must lock after five minutes.', 'requirement'],
    ["We'd like guests to open it with their phone.", 'requirement'],
    ['We agreed to keep the log for 30 days.', 'decision'],
    ["Let's go with badges.", 'decision'],
    ['What happens when the power fails?', 'open'],
    ['The colour is still TBD.', 'open'],
    ['We are not sure whether cleaners get a badge.', 'open'],
    ["We don't need a camera.", 'excluded'],
    ['Face recognition is out of scope.', 'excluded'],
    ["I'll ask the landlord.", 'task'],
    ['Tom will check with the landlord.', 'task'],
    ['Please send me the floor plan by Friday.', 'task'],
    ['The lock currently jams twice a week.', 'context'],
    ['Last month we had 12 complaints about the lock.', 'context'],
    ['Good morning everyone!', 'chatter'],
    ['thanks 👍', 'chatter'],
    ['+1', 'chatter'],
    ['would love this!', 'chatter'],
  ])('%s: %s', (text, expected) => {
    expect(meaning(text)).toBe(expected);
  });

  test('the heading above tells', () => {
    for (const wish of [
      'Cleaners only get a badge for their floor',
      'It would be nice if the light went on',
      'Never store the code in plain text',
    ])
      expect(meaning(wish, { section: 'acceptance criteria', form: 'item' })).toBe('requirement');
    expect(meaning('Badges for cleaners', { section: 'out of scope', form: 'item' })).toBe('excluded');
    expect(meaning('Badges for cleaners', { section: 'open questions', form: 'item' })).toBe('open');
    expect(meaning('Badges for cleaners', { section: '3. decisions:', form: 'item' })).toBe('decision');
    expect(meaning('Ann: order badges', { section: 'action items', form: 'item' })).toBe('task');
    expect(meaning('The badge opens the door', { section: 'background', form: 'item' })).toBe('context');
  });

  test('a number is an answer only after a question', () => {
    const said: Said = { text: '90 days', form: 'prose', limited: true, dialogue: true };
    expect(meaningOf(said, understand(said, { answers: 'product' }))).toBe('decision');
    expect(meaningOf(said)).not.toBe('decision');
  });

  test('how much it is wanted', () => {
    expect(
      ['It must lock', 'It should lock', 'It would be nice if it locked', 'It must not lock', 'No guest may lock it'].map((text) =>
        modalityOf(text, undefined),
      ),
    ).toEqual(['must', 'should', 'could', 'must-not', 'must-not']);
  });

  test('a hostile sentence takes no time', () => {
    for (const text of ['when '.repeat(200), ', '.repeat(500), 'can you '.repeat(120), '!'.repeat(1000), 'the the '.repeat(120)]) {
      const start = performance.now();
      meaning(text);
      expect(performance.now() - start).toBeLessThan(200);
    }
  });
});
