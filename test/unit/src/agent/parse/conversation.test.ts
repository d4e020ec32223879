import { describe, expect, test } from 'vitest';
import { parseRequest } from '../../../../../src/agent/steps/parse.ts';

const said = (statements: readonly { readonly quote: string }[]): string[] => statements.map(({ quote }) => quote);

describe('what others answer', () => {
  test('a proposal that somebody turns down is none', () => {
    const { requirements, exclusions } = parseRequest(
      'ada: Could the lift also play music?\nbo: no, please not\nada: The lift must stop at every floor.\nbo: ok',
    );
    expect(said(requirements)).toEqual(['The lift must stop at every floor.']);
    expect(said(exclusions)).toContain('Could the lift also play music?');
  });

  test('a number that is agreed on is decided', () => {
    const { decisions } = parseRequest('ada: How long do we keep the door open?\nbo: 8 seconds\nada: ok, 8 seconds then');
    expect(said(decisions)[0]).toBe('8 seconds');
  });

  test('who speaks may stand above what is said, with the family name first', () => {
    const { kind, requirements } = parseRequest(
      '[9:03 AM] Moss, Ada\nThe lift must stop at every floor.\n\n[9:04 AM] Lund, Bo\nFine.\n\n[9:05 AM] Moss, Ada\nGood.',
    );
    expect(kind).toBe('chat');
    expect(requirements).toMatchObject([{ quote: 'The lift must stop at every floor.', speaker: 'Moss, Ada' }]);
  });

  test("what is repeated as a quote in a mail is the other's", () => {
    const { requirements } = parseRequest(
      'From: ada@lift.example\nSubject: lift\n\nThe lift must stop at every floor.\n\n> The lift should be painted red.\n',
    );
    expect(said(requirements)).toEqual(['The lift must stop at every floor.']);
  });
});
