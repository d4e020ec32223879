import { describe, expect, test } from 'vitest';
import { readJson } from '../../../../../src/agent/parse/read-json.ts';

const read = (input: string): string[] | undefined =>
  readJson(input)?.sources.map(({ role, speaker, text }) => `${role} ${speaker ?? '-'}: ${text}`);

describe('exports', () => {
  test('of GitHub', () => {
    const issue = {
      number: 4,
      title: 'Dark mode',
      user: { login: 'ida' },
      labels: [{ name: 'x', description: 'must' }],
      body: 'At night.',
      comments: [{ author: { login: 'jo' }, body: '+1' }],
    };
    expect(read(JSON.stringify(issue))).toEqual(['title ida: Dark mode', 'body ida: At night.', 'body jo: +1']);
    expect(readJson(JSON.stringify(issue))?.kind).toBe('ticket');
  });

  test('of Jira: a paragraph in pieces is one text, each character where it stands', () => {
    const paragraph = {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'Seats ' },
        { type: 'text', text: 'must', marks: [{ type: 'strong' }] },
        { type: 'text', text: ' be free.' },
      ],
    };
    const input = JSON.stringify({
      fields: { summary: 'Seats', description: { type: 'doc', content: [paragraph] }, project: { description: 'must not be read' } },
    });
    expect(read(input)).toEqual(['title -: Seats', 'body -: Seats must be free.']);
    const { start, end } = readJson(input)!.sources[1]!.place({ start: 6, end: 10 });
    expect(input.slice(start, end)).toBe('must');
  });

  test('of Linear and of Slack', () => {
    expect(read(JSON.stringify({ identifier: 'A-1', title: 'T', comments: { nodes: [{ body: 'B', user: { name: 'Mia' } }] } }))).toEqual([
      'title -: T',
      'body Mia: B',
    ]);
    expect(read(JSON.stringify([{ type: 'message', user: 'U1', text: 'hi' }]))).toEqual(['message U1: hi']);
  });

  test('escapes: the text is read, the place is that of what is written', () => {
    const input = '{"body": "a \\"b\\" \\u00e9\\n\\ud83d\\ude00!"}';
    const [source] = readJson(input)!.sources;
    expect(source!.text).toBe('a "b" é\n😀!');
    expect(input.slice(...Object.values(source!.place({ start: 2, end: 7 })))).toBe('\\"b\\" \\u00e9');
  });

  test('what is no export is none', () => {
    for (const input of [
      '',
      '{',
      '[1, 2]',
      '{"a": 1}',
      'text {"body": "x"}',
      '['.repeat(100_000),
      `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`,
      '{"__proto__": {"x": 1}}',
    ])
      expect(readJson(input), input.slice(0, 20)).toBeUndefined();
  });
});
