import { describe, expect, test } from 'vitest';
import type { Hop, ImpactAnswer, ImpactedItem } from '../../../graph/query/change.ts';
import type { Concern } from '../../../src/contracts/callers.ts';
import { narrowed } from '../../../src/diff/narrow.ts';

const FIELD = 'shop//api:shop#GET /carts/{id} response.200.total';
const TOTAL = 'shop//code:web/src/cart.ts#Cart.total';
const LOAD = 'shop//code:web/src/load.ts#load';
const SHOW = 'shop//code:web/src/show.ts#show';

const fileOf = (id: string): string => /code:([^#]+)/.exec(id)![1]!;
const hop = (from: string, to: string, facts: Partial<Hop>): Hop => ({
  from,
  to,
  edge: 'READS',
  tier: 'compiler',
  confidence: 1,
  rule: '',
  ...facts,
});
const MAPPED = hop(FIELD, TOTAL, { edge: 'MAPS_TO', via: LOAD });
const item = (id: string, path: readonly Hop[], facts: Partial<ImpactedItem> = {}): ImpactedItem => ({
  id,
  ref: id,
  kind: 'Function',
  file: fileOf(id),
  declaration: id,
  line: 1,
  effect: 'breaks',
  distance: path.length,
  tier: 'contract',
  confidence: 0.9,
  reason: 'names it',
  path,
  ...facts,
});
const concern = (concerned: Concern['concerned'], facts: Partial<Concern> = {}): Concern => ({
  from: LOAD,
  call: {
    repo: 'shop',
    file: fileOf(LOAD),
    line: 3,
    col: 1,
    from: LOAD,
    library: 'fetch',
    url: { segments: ['carts'], query: [] },
    through: [],
  },
  concerned,
  effect: 'breaks',
  file: fileOf(LOAD),
  line: 3,
  col: 1,
  reason: 'never reads total',
  confidence: 1,
  ...facts,
});
const narrow = (impacted: readonly ImpactedItem[], concerns: readonly Concern[]): ImpactAnswer =>
  narrowed(
    {
      target: { id: FIELD, kind: 'SchemaProperty', name: 'total', props: {} },
      change: 'remove',
      verdict: 'breaking',
      totals: [],
      impacted,
      tests: [],
      unknown: [],
      generation: 1,
    },
    concerns,
  );
const effects = (answer: ImpactAnswer): string[] => answer.impacted.map(({ effect, reason }) => `${effect}: ${reason}`);

describe('what the graph says, in the light of the calls', () => {
  const property = item(TOTAL, [MAPPED], { reason: 'stands for it in code' });
  const reader = item(SHOW, [MAPPED, hop(TOTAL, SHOW, {})]);

  test('stays where a call is concerned, or no call is known', () => {
    expect(effects(narrow([property, reader], [concern('yes', { from: SHOW, property: TOTAL })]))).toEqual([
      'breaks: stands for it in code',
      'breaks: names it',
    ]);
    expect(narrow([property, reader], []).verdict).toBe('breaking');
  });

  test('is compatible, and not gone, where every call is cleared', () => {
    const answer = narrow([property], [concern('no')]);
    expect(effects(answer)).toEqual(['compatible: never reads total']);
    expect(answer.verdict).toBe('compatible');
  });

  test('is unknown where the call itself is not decided; what is read of its type stays', () => {
    const call = item(LOAD, [hop(FIELD, LOAD, { edge: 'INVOKES' })]);
    const answer = narrow([call], [concern('no'), concern('unknown', { reason: 'hands it on' })]);
    expect(effects(answer)).toEqual(['unknown: hands it on']);
    expect(answer.verdict).toBe('unknown');
    expect(effects(narrow([property], [concern('unknown')]))).toEqual(['breaks: stands for it in code']);
  });

  test('of another package is not cleared by the call of one client', () => {
    const shared = item('shop//code:contracts/src/cart.ts#toCart', [MAPPED, hop(TOTAL, 'x', { edge: 'WRITES' })]);
    expect(effects(narrow([shared], [concern('no')]))).toEqual(['breaks: names it']);
  });

  test('who reads the shared property of another answer is compatible', () => {
    const other = item('shop//code:web/src/quote.ts#quote', [MAPPED, hop(TOTAL, 'x', {})]);
    expect(effects(narrow([reader, other], [concern('yes', { from: SHOW, property: TOTAL })]))).toEqual([
      'breaks: names it',
      'compatible: reads it of another answer',
    ]);
  });

  test('texts to review stay', () => {
    const policy = item('shop//code:policies/money.ts#P', [MAPPED], { effect: 'review', reason: 'governs it' });
    expect(effects(narrow([policy], [concern('no')]))).toEqual(['review: governs it']);
  });
});
