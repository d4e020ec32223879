import { parseAllDocuments, stringify } from 'yaml';
import type { Sample } from './samples.ts';

export interface Attack {
  /** What is wrong with it; names a folder. */
  readonly name: string;
  readonly content: string | Buffer;
}

/** Characters that regular expressions repeat, and openings that parsers nest. */
const RUNS = [
  ...[
    ' ',
    '\t',
    '-',
    '"',
    "'",
    '`',
    '/',
    '\\',
    '|',
    '*',
    '_',
    '#',
    '=',
    ':',
    ';',
    '.',
    ',',
    '<',
    '>',
    '@',
    '!',
    '$',
    '%',
    '&',
    '~',
    '^',
    '+',
    '?',
  ],
  ...[
    '[',
    '{',
    '(',
    ']',
    '}',
    ')',
    '[[',
    '((',
    '{{',
    '${',
    '${{',
    '](',
    '![',
    '<a>',
    '<!--',
    '/*',
    '*/',
    '//',
    '$$',
    "''",
    '""',
    '"a"',
    '- ',
    '> ',
    '* ',
    '1. ',
  ],
  ...['{"a":', '[{', 'a.', 'a ', 'a:', 'a=', 'a,', '::', '->', '...', '\\"', '#{', '%{', '\u0000', '\u00a0', '\u2028', '\u0301', 'é'],
  ...[
    '\n',
    '\n\n',
    '\r',
    '\r\n',
    '\n ',
    '\n- ',
    '\n# ',
    '\n> ',
    '\n| ',
    '\n"',
    '\n---\n',
    '\n{',
    '\na: ',
    '\n  a:',
    '```\n',
    '"""',
    '@a\n',
  ],
];
const LONG = 50_000;
/** From this many places on, all runs are put everywhere and what is big is as big as it gets. */
const THOROUGH = 5;
const WORDS = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype'];

/**
 * Everything that is done to a sample. `most`: changes of one kind, spread evenly over all places where they could be made;
 * kinds begin at different places, so that together they come by all.
 */
export function attacksOn(sample: Sample, most: number): readonly Attack[] {
  const changes = [...tokens(sample, most), ...(isTree(sample) ? trees(sample, most) : [])];
  return [...bytes(sample, most >= THOROUGH ? 100_000 : 20_000), ...runs(sample, most), ...truncations(sample), ...changes];
}

const isTree = ({ path }: Sample): boolean => /\.(?:ya?ml|json)$/.test(path) && !path.includes('templates/');

/** `many`: how often what is repeated is. */
function bytes({ text }: Sample, many: number): readonly Attack[] {
  const crlf = text.replaceAll('\n', '\r\n');
  const middle = text.indexOf('\n', text.length / 2);
  const deep = Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');
  const keys = Array.from({ length: many }, (_, key) => `key${key}: ${key}`).join('\n');
  const random = Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919) % 256));
  return [
    { name: 'empty', content: '' },
    { name: 'only-mark', content: '\uFEFF' },
    { name: 'mark', content: `\uFEFF${text}` },
    { name: 'crlf', content: crlf },
    { name: 'mark-and-crlf', content: `\uFEFF${crlf}` },
    { name: 'cr', content: text.replaceAll('\n', '\r') },
    { name: 'no-newlines', content: text.replaceAll('\n', ' ') },
    { name: 'nul', content: `${text.slice(0, middle)}\u0000${text.slice(middle)}` },
    { name: 'nul-everywhere', content: text.replaceAll(/\b/g, '\u0000') },
    { name: 'utf16', content: Buffer.from(`\uFEFF${text}`, 'utf16le') },
    { name: 'random', content: random },
    { name: 'random-after', content: Buffer.concat([Buffer.from(text), random]) },
    { name: 'surrogates', content: text.replaceAll(/([a-z])(?=")/g, '$1\\ud800') },
    { name: 'twice', content: `${text}\n${text}` },
    { name: 'many-times', content: `${text}\n`.repeat(300) },
    { name: 'long-line', content: `${text}\n${'x'.repeat(5_000_000)}\n` },
    { name: 'long-word-within', content: `${text.slice(0, middle)}${'x'.repeat(5_000_000)}${text.slice(middle)}` },
    { name: 'long-comment', content: `${text}\n# ${'x '.repeat(2_500_000)}\n` },
    { name: 'many-keys', content: `${text}\n${keys}\n` },
    { name: 'many-keys-before', content: `${keys}\n${text}` },
    { name: 'deep', content: `${text}\n${deep}\n` },
    ...['[', '{', '(', '{"a":', '[{"a":', '- ', '> ', '<a>'].flatMap((opening, index) => [
      { name: `nested-${index}`, content: `${text}\n${opening.repeat(many)}` },
      { name: `only-nested-${index}`, content: opening.repeat(many) },
    ]),
  ];
}

function runs({ path, text }: Sample, most: number): readonly Attack[] {
  const lines = text.split('\n');
  const head = lines.slice(0, Math.ceil(lines.length / 2)).join('\n');
  return RUNS.flatMap((run, index) => {
    const long = run.repeat(Math.ceil(LONG / run.length));
    const short = run.repeat(Math.ceil(300 / run.length));
    const all = [
      { name: `run-${index}-after`, content: `${text}${long}` },
      { name: `run-${index}-within`, content: `${head}${long}\n${lines.slice(Math.ceil(lines.length / 2)).join('\n')}` },
      { name: `run-${index}-in-every-line`, content: lines.map((line) => `${line}${short}`).join('\n') },
      { name: `run-${index}-for-spaces`, content: text.replaceAll(/(?<=\S) (?=\S)/g, short) },
    ];
    if (most >= THOROUGH) return all;
    return index % 3 === path.length % 3 ? [all[index % all.length]!] : [];
  });
}

const truncations = ({ text }: Sample): readonly Attack[] =>
  Array.from({ length: 49 }, (_, part) => ({
    name: `cut-${part + 1}`,
    content: text.slice(0, Math.floor((text.length * (part + 1)) / 50)),
  }));

/** Each word, string and sign left out, doubled, and each word as one that objects have by nature. */
function tokens({ text }: Sample, most: number): readonly Attack[] {
  const found = [...text.matchAll(/\w+|"(?:[^"\\\n]|\\.)*"|[^\s\w]/g)].map(({ 0: token, index }) => ({ token, index }));
  const names = [...new Set(found.map(({ token }) => token).filter((token) => /^[A-Za-z_]\w*$/.test(token)))];
  return [
    ...spread(found, most).map(({ token, index }) => ({
      name: `without-${index}`,
      content: text.slice(0, index) + text.slice(index + token.length),
    })),
    ...spread(found, most, 1).map(({ token, index }) => ({
      name: `doubled-${index}`,
      content: `${text.slice(0, index)}${token} ${text.slice(index)}`,
    })),
    ...spread(names, most).map((name, index) => ({
      name: `word-${index}`,
      content: text.replaceAll(new RegExp(String.raw`\b${name}\b`, 'g'), WORDS[index % WORDS.length]!),
    })),
    ...WORDS.map((word) => ({ name: `all-${word}`, content: text.replaceAll(/(?<=[\s"'({[:,.=])[A-Za-z_]\w*(?=["'\s)}\]:,.=])/g, word) })),
    ...WORDS.map((word) => ({ name: `values-${word}`, content: text.replaceAll(/(?<=[:=] )[A-Za-z_]\w*/g, word) })),
  ];
}

/** Something of another type in every place of a document, other names for all keys, and aliases and references that never end. */
function trees(sample: Sample, most: number): readonly Attack[] {
  const { path, text } = sample;
  const isJson = path.endsWith('.json');
  const documents = parseAllDocuments(text, { merge: true }).map((document): unknown => document.toJS());
  const write = (values: readonly unknown[]): string =>
    isJson ? JSON.stringify(values[0], null, 1) : values.map((value) => stringify(value, { aliasDuplicateObjects: false })).join('---\n');
  const places = documents.flatMap((document, index) => placesIn(document).map((place) => [index, ...place]));
  const values = valuesFor(path.slice(path.lastIndexOf('/') + 1));
  const changes = values.flatMap((value, index) =>
    spread(places, most, index).map((place, at) => ({
      name: `value-${index}-${at}`,
      content: write(changed(documents, place, value) as unknown[]),
    })),
  );
  const keys = spread(
    places.filter((place) => typeof place.at(-1) === 'string'),
    most,
  ).map((place, index) => ({
    name: `key-${index}`,
    content: write(renamed(documents, place, WORDS[index % WORDS.length]!) as unknown[]),
  }));
  return [...changes, ...keys, ...(isJson ? [] : bombs(text))];
}

const valuesFor = (file: string): readonly unknown[] => [
  null,
  true,
  -1,
  1e308,
  '',
  'x',
  'x\ny: [',
  '\ud800',
  '{}/%zz#?',
  [],
  [null],
  [[]],
  ['x', 1, {}],
  {},
  { '': null },
  { x: { x: { x: 1 } } },
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}, "toString": 1, "hasOwnProperty": 1}'),
  { toString: null, valueOf: null },
  { $ref: '#' },
  { $ref: file },
  { $ref: `${file}#/a/%E0%A4%A/~2` },
  { $ref: { $ref: [] } },
  { allOf: [{ $ref: '#' }], items: { $ref: '#' }, properties: { a: { $ref: '#' } } },
  Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`k${index}`, 'x'])),
  'a'.repeat(20_000),
  nested(300),
];

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

function bombs(text: string): readonly Attack[] {
  const level = (name: string, inner: string): string => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${inner}`).join(', ')}]`;
  const letters = 'bcdefghi'.split('');
  const bomb = [
    'bomb_a: &a [x, x, x, x, x, x, x, x, x]',
    ...letters.map((letter, index) => level(letter, index === 0 ? 'a' : letters[index - 1]!)),
  ].join('\n');
  const lines = text.split('\n');
  const used = lines.map((line) => line.replace(/^(\s*(?:- )?[\w"'-]+:)\s+[^\s|>&*{[].*$/, '$1 *i')).join('\n');
  return [
    { name: 'bomb-after', content: `${text}\n${bomb}\n` },
    { name: 'bomb-used', content: `${bomb}\n${used}` },
    { name: 'bomb-merged', content: `${bomb}\n${lines.map((line) => line.replace(/^( *)([\w-]+):$/, '$1$2:\n$1  <<: *i')).join('\n')}` },
    { name: 'alias-of-itself', content: `${text}\nitself: &itself [*itself, { a: *itself }]\n` },
    { name: 'merge-of-itself', content: `${text}\nitself: &itself { <<: *itself, a: 1 }\n` },
    { name: 'many-aliases', content: `${text}\nbase: &base { a: 1 }\nuses:\n${'  - *base\n'.repeat(20_000)}` },
    { name: 'unknown-alias', content: `${text}\nunknown: *nowhere\n` },
    { name: 'unknown-tags', content: text.replaceAll(/: (?=\w)/g, ': !!js/function ') },
    { name: 'binary-tags', content: text.replaceAll(/: (?=\w)/g, ': !!binary ') },
    { name: 'dates-and-sets', content: text.replaceAll(/: (?=\w)/g, ': !!set ') },
    { name: 'documents', content: `${text}\n${'---\na: 1\n'.repeat(5000)}` },
    { name: 'directives', content: `%YAML 9.9\n%TAG ! tag:x,2000:\n---\n${text}` },
    { name: 'tabs', content: text.replaceAll(/^ +/gm, (spaces) => '\t'.repeat(spaces.length)) },
  ];
}

type Place = readonly (string | number)[];

function placesIn(value: unknown, at: Place = []): readonly Place[] {
  const within = (inner: unknown, step: string | number): readonly Place[] => placesIn(inner, [...at, step]);
  if (Array.isArray(value)) return [at, ...value.flatMap(within)];
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => within(inner, key))];
}

function changed(value: unknown, [step, ...rest]: Place, to: unknown): unknown {
  if (step === undefined) return to;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === step ? changed(item, rest, to) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([key, inner]) => [key, key === step ? changed(inner, rest, to) : (inner as unknown)]),
  );
}

function renamed(value: unknown, [step, ...rest]: Place, to: string): unknown {
  if (step === undefined) return value;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === step ? renamed(item, rest, to) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([key, inner]) => [
      key === step && rest.length === 0 ? to : key,
      key === step ? renamed(inner, rest, to) : (inner as unknown),
    ]),
  );
}

/** Some of all, evenly; `turn` begins elsewhere. */
function spread<T>(all: readonly T[], most: number, turn = 0): readonly T[] {
  const step = Math.max(1, all.length / most);
  const offset = step === 1 ? 0 : Math.floor(turn % step);
  return Array.from({ length: Math.min(most, all.length) }, (_, index) => all[(Math.floor(index * step) + offset) % all.length]!);
}
