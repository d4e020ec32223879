import { describe, expect, test } from 'vitest';
import { storySpans } from '../../../../../src/agent/parse/story-spans.ts';

const read = (text: string): string[] =>
  storySpans(text).map(({ label, primary, start, end }) => `${label}${primary ? '!' : ''} ${text.slice(start, end)}`);

describe('user stories', () => {
  test('who, what they do, with what, what for', () => {
    expect(read('As a museum guide, I want to print the tour sheet, so that I can hand it to visitors.')).toEqual([
      'Persona museum guide',
      'Action! print',
      'Entity tour sheet',
      'Benefit I can hand it to visitors.',
      'Action hand',
      'Entity visitors',
    ]);
  });

  test.each([
    ['as a curator i want to archive old labels', 'Action! archive'],
    ['As a curator, I would like to be able to archive old labels.', 'Action! archive'],
    ["As a curator, I'd like to quickly archive old labels.", 'Action! quickly archive'],
    ['As a curator, I can archive old labels.', 'Action! archive'],
    ['As a curator, I must be able to archive old labels.', 'Action! archive'],
    ['As curator, I want to start archiving old labels.', 'Action! start archiving'],
    ['As a curator, I want to set up a show.', 'Action! set up'],
    ['As a curator, I want to be notified of new loans.', 'Action! be notified'],
    ['As a curator, I want a calendar of all loans.', 'Action! want'],
    ['As a curator, I would like a calendar of all loans.', 'Action! would like'],
  ])('%s', (text, action) => {
    expect(read(text)[1]).toBe(action);
  });

  test('verbs that "and" or a slash puts beside the first are what the persona does, later ones are not', () => {
    const primary = (text: string): string[] => read(text).filter((span) => span.startsWith('Action!'));
    expect(primary('As a guide, I want to view and export bookings.')).toEqual(['Action! view', 'Action! export']);
    expect(primary('As a guide, I want to accept/decline a booking.')).toEqual(['Action! accept', 'Action! decline']);
    expect(primary('As a guide, I want to open a list to sort and filter it.')).toEqual(['Action! open']);
  });

  test('things are named without articles, with what distinguishes them', () => {
    const things = (text: string): string[] =>
      read(text)
        .filter((span) => span.startsWith('Entity'))
        .map((span) => span.slice(7));
    expect(
      things("As a guide, I want to see all the rooms, each visitor's ticket, current and historic prices, date(s), and PDF/CSV files."),
    ).toEqual(['rooms', "each visitor's ticket", 'current and historic prices', 'date(s)', 'PDF', 'CSV files']);
    expect(things('As a guide, I want to print it in the future, for example.')).toEqual([]);
  });

  test('of several stories each is read; what is none is left', () => {
    const two = '- As a guest, I want to book a tour.\n- As a cashier, I want to refund a tour.\n\nAs a rule, tours start at ten.';
    expect(read(two).filter((span) => span.startsWith('Persona'))).toEqual(['Persona guest', 'Persona cashier']);
    expect(read('As a result, the tours were late.')).toEqual([]);
    expect(read('As discussed, we need more guides.')).toEqual([]);
    expect(read('As a ')).toEqual([]);
    expect(read('')).toEqual([]);
  });

  test('offsets count UTF-16 units', () => {
    const text = '😀 As a guide 🧭, I want to share “my” photos.';
    const [persona, action] = storySpans(text);
    expect([persona, action].map((span) => text.slice(span!.start, span!.end))).toEqual(['guide 🧭', 'share']);
  });
});
