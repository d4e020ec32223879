import { describe, expect, test } from 'vitest';
import { readText } from '../../../../../src/agent/parse/read-text.ts';

const read = (text: string): string[] =>
  readText(text).passages.map(({ form, speaker, section, start, end }) =>
    [
      form,
      ...(speaker === undefined ? [] : [`@${speaker}`]),
      ...(section === undefined ? [] : [`/${section}/`]),
      text.slice(start, end),
    ].join(' '),
  );

describe('passages of a text', () => {
  test('a ticket: headings, items, tables; code, comments and front matter are left out', () => {
    const ticket = [
      '---',
      'labels: must',
      '---',
      '# Parking permits',
      '<!-- describe',
      'must -->',
      '## Scope',
      '- [x] Zone A only',
      '- renewals',
      '```',
      'must()',
      '```',
      '| Zone | Price |',
      '|---|---|',
      '| A | 30 |',
    ].join('\r\n');
    expect(read(ticket)).toEqual([
      'heading Parking permits',
      'heading Scope',
      'item /scope/ Zone A only',
      'item /scope/ renewals',
      'row /scope/ Zone',
      'row /scope/ Price',
      'row /scope/ A',
      'row /scope/ 30',
    ]);
  });

  test.each([
    ['with times', '[10:01] ana: permits expire\n[10:02] ben: when?'],
    ['with names', 'Ana: permits expire\nBen: when?'],
    ['in bold', '**Ana:** permits expire\n**Ben:** when?'],
    ['in angles', '<ana> permits expire\n<ben> when?'],
    ['copied', 'Ana  10:01 AM\npermits expire\nBen  10:02 AM\nwhen?'],
    [
      'of captions',
      'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Ana>permits expire</v>\n\n00:00:02.000 --> 00:00:03.000\n<v Ben>when?</v>',
    ],
  ])('a chat %s', (_, chat) => {
    expect(read(chat).map((line) => line.toLowerCase())).toEqual(['prose @ana permits expire', 'prose @ben when?']);
  });

  test('words with a colon are labels, not people', () => {
    expect(read('Decision: zone A is free\nOpen: zone B')).toEqual(['prose /decision/ zone A is free', 'prose /open/ zone B']);
  });

  test('a mail: head, text, quoted text; no signature', () => {
    const mail =
      'From: Ana Poe <ana@town.example>\nSubject: Permits\n\nPlease add zone C.\n\n-- \nAna Poe\nOn Mon, Ben Ash wrote:\n> Which zones\n> are missing?';
    expect(read(mail)).toEqual([
      'heading @Ana Poe Permits',
      'prose @Ana Poe Please add zone C.',
      'prose @Ben Ash Which zones\n> are missing?',
    ]);
  });

  test('a heading without a mark holds for its points only', () => {
    expect(read('# Permits\n\nSteps:\n- open the map\n\nThe map is empty.')).toEqual([
      'heading Permits',
      'heading Steps',
      'item /steps/ open the map',
      'prose /permits/ The map is empty.',
    ]);
  });

  test('nothing and blanks have no passages', () => {
    for (const text of ['', ' \n\t\r\n', '```\nnever closed', '---\nnever closed'])
      expect(readText(text).passages.length, text).toBeLessThan(2);
  });
});
