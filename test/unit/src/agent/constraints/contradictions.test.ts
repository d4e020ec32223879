import { describe, expect, it } from 'vitest';
import { contradictionsAmong } from '../../../../../src/agent/constraints/contradictions.ts';
import type { Saying } from '../../../../../src/agent/constraints/saying.ts';
import type { Layer } from '../../../../../src/agent/model.ts';
import { MORE_PAIRS } from './pairs-second.ts';
import { PAIRS } from './pairs.ts';

const ALL = [...PAIRS, ...MORE_PAIRS];

const saying = ([layer, text, title = '']: readonly [Layer, string, string?], document: string): Saying => ({
  layer,
  text,
  context: title,
  document,
  evidence: { node: document, file: `${document}.md`, line: 1, endLine: 1, sha: 'sha256:0', quote: text },
});

/** Everything else that the repository says, so that words have weights. */
const REST = ALL.flatMap(({ a, b }, index) => [saying(a, `other-a-${index}`), saying(b, `other-b-${index}`)]);

describe('contradictionsAmong', () => {
  for (const { name, a, b, contradicts } of ALL)
    it(`${contradicts ? 'finds' : 'does not find'}: ${name}`, () => {
      const pair = [saying(a, 'a'), saying(b, 'b')];
      const others = REST.filter(({ text }) => text !== a[1] && text !== b[1]);
      const found = contradictionsAmong([...pair, ...others], (members) => members.every((one) => pair.includes(one)));
      expect(found.map(({ between }) => between.map(({ claim }) => claim.states))).toHaveLength(contradicts ? 1 : 0);
    });
});
