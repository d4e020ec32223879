import { describe, expect, it } from 'vitest';
import { areConsistent, contradictionsAmong, statementsOf } from '../../../../../src/agent/constraints/contradictions.ts';
import type { Saying } from '../../../../../src/agent/constraints/saying.ts';
import type { Layer } from '../../../../../src/agent/model.ts';
import { MORE_PAIRS } from './pairs-second.ts';
import { LAST_PAIRS } from './pairs-third.ts';
import { PAIRS, type Pair } from './pairs.ts';

const ALL = [...PAIRS, ...MORE_PAIRS, ...LAST_PAIRS];

const saying = ([layer, text, title = '']: readonly [Layer, string, string?], document: string): Saying => ({
  layer,
  text,
  context: title,
  document,
  evidence: { node: document, file: `${document}.md`, line: 1, endLine: 1, sha: 'sha256:0', quote: text },
});

/** Everything else that the repository says, so that words have weights. */
const REST = ALL.flatMap(({ a, b }, index) => [saying(a, `other-a-${index}`), saying(b, `other-b-${index}`)]);

function found({ a, b }: Pair) {
  const pair = [saying(a, 'a'), saying(b, 'b')];
  const others = REST.filter(({ text }) => text !== a[1] && text !== b[1]);
  return contradictionsAmong([...pair, ...others], (members) => members.every((one) => pair.includes(one)));
}

describe('contradictionsAmong', () => {
  it('finds next to nothing between what only looks alike', { timeout: 60_000 }, () => {
    const alike = ALL.filter(({ contradicts }) => !contradicts);
    const wrong = alike.filter((pair) => found(pair).length > 0).map(({ name }) => name);
    expect(wrong.length / alike.length, wrong.join(', ')).toBeLessThan(0.03);
  });

  it('finds nearly all that is said plainly', { timeout: 60_000 }, () => {
    const plain = PAIRS.filter(({ contradicts }) => contradicts);
    const missed = plain.filter((pair) => found(pair).length === 0).map(({ name }) => name);
    expect(missed.length / plain.length, missed.join(', ')).toBeLessThan(0.1);
  });

  it('finds most of what people word freely', { timeout: 60_000 }, () => {
    const free = [...MORE_PAIRS, ...LAST_PAIRS].filter(({ contradicts }) => contradicts);
    const missed = free.filter((pair) => found(pair).length === 0).map(({ name }) => name);
    expect(missed.length / free.length, missed.join(', ')).toBeLessThan(0.2);
  });

  it('finds what only three sayings make impossible, and says that no two do', () => {
    const three = [
      saying(['policy', 'Readings of boilers are erased no later than 24 months after they were taken.'], 'policy'),
      saying(['spec', 'The BoilerService shall keep readings of boilers for 20 months.'], 'spec'),
      saying(['adr', 'Readings of boilers are erased in one run each January, and at no other time.'], 'adr'),
    ];
    const [contradiction] = contradictionsAmong(three);
    expect(contradiction?.sayings).toHaveLength(3);
    const statements = statementsOf(three);
    expect(areConsistent(three, statements)).toBe(false);
    for (const index of three.keys()) expect(areConsistent(three.toSpliced(index, 1), statements)).toBe(true);
  });

  it('is deterministic, and finds nothing among nothing', () => {
    const sayings = PAIRS.slice(0, 10).flatMap(({ a, b }, index) => [saying(a, `a-${index}`), saying(b, `b-${index}`)]);
    expect(contradictionsAmong(sayings)).toEqual(contradictionsAmong(sayings));
    expect(contradictionsAmong([])).toEqual([]);
  });

  it('reads any text in bounded time', () => {
    const hostile = [
      '('.repeat(5000),
      'never '.repeat(3000),
      '9'.repeat(5000),
      `keep ${'a, '.repeat(3000)}for 3 days`,
      'without '.repeat(2000),
    ];
    const sayings = hostile.map((text, index) => saying(['spec', text], `hostile-${index}`));
    const started = performance.now();
    contradictionsAmong(sayings);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
