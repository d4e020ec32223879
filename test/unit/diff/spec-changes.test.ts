import { describe, expect, it } from 'vitest';
import { isSpec, specChanges } from '../../../src/diff/spec-changes.ts';
import { CANONICAL, ORIGINAL, shop } from '../src/specs/examples.ts';

const PATH = 'specs/checkout.spec.yaml';
const PAY =
  '  - { id: AC-1, text: "When a buyer pays, the CheckoutService shall answer within 2 s.", ears: { system: CheckoutService } }\n';
const KEEP = '  - { id: AC-2, text: "If the card is refused, then the CheckoutService shall keep the cart." }\n';
const BEFORE = shop({ acceptance: PAY + KEEP });

const changed = (before: string | undefined, after: string | undefined) => {
  const version = (text: string | undefined) => (text === undefined ? undefined : { path: PATH, text });
  const found = specChanges('shop', version(before), version(after));
  return {
    asked: found.asked.map(({ id, change }) => `${change} ${id.replace('shop//spec:', '')}`),
    unasked: found.unasked.map(({ id, change }) => `${change} ${id.replace('shop//spec:', '')}`),
    demands: found.demands.map(({ from, ref }) => `${from.replace('shop//spec:', '')} → ${ref}`),
    unread: found.unread,
  };
};
const NOTHING = { asked: [], unasked: [], demands: [], unread: undefined };

describe('two versions of a spec', () => {
  it.each([
    ['a promise that is stronger', PAY.replace('2 s', '1 s'), 'tighten checkout/AC-1'],
    ['a promise that is weaker', PAY.replace('2 s', '5 s'), 'loosen checkout/AC-1'],
    ['another unit', PAY.replace('2 s', '2000 ms'), 'reword checkout/AC-1'],
    ['another thing', PAY.replace('pays', 'cancels'), 'behaviour checkout/AC-1'],
    ['nothing of it', '', 'remove checkout/AC-1'],
  ])('differ by criterion: %s', (_, criterion, expected) => {
    expect(changed(BEFORE, shop({ acceptance: criterion + KEEP })).asked).toEqual([expected]);
  });

  it('differ by what is new, which is an addition to the spec, and by what that names', () => {
    const added =
      '  - { id: AC-3, text: "When a buyer pays, the notifier shall send a receipt.", ears: { system: notifier }, verify: [{ kind: contract, ref: "api:mail#POST /mails" }, { kind: test, ref: "test:a.test.ts" }], links: [{ rel: affects, target: "event:orders.paid" }, { rel: documentedBy, target: "doc:a.md" }] }\n';
    expect(changed(BEFORE, shop({ acceptance: PAY + KEEP + added }))).toEqual({
      ...NOTHING,
      asked: ['add checkout'],
      demands: ['checkout/AC-3 → notifier', 'checkout/AC-3 → event:orders.paid', 'checkout/AC-3 → api:mail#POST /mails'],
    });
  });

  it('do not differ by order, comments, form, tests and records', () => {
    const other = shop({ acceptance: `# the order\n${KEEP}${PAY.replace('ears:', 'verify: [{ kind: manual }], ears:')}` });
    expect(changed(BEFORE, other)).toEqual(NOTHING);
    expect(changed(CANONICAL, CANONICAL.replace(/^status: .*$/m, 'status: draft'))).toEqual(NOTHING);
  });

  it('differ by whole specs that come and go', () => {
    expect(changed(undefined, BEFORE)).toEqual({ ...NOTHING, unasked: ['add checkout'], demands: ['checkout/AC-1 → CheckoutService'] });
    expect(changed(BEFORE, undefined)).toEqual({ ...NOTHING, asked: ['remove checkout', 'remove checkout/AC-1', 'remove checkout/AC-2'] });
    expect(changed(undefined, ORIGINAL).unasked).toEqual(['add imageUpload']);
  });

  it('differ by the feature: every name of a part is another one', () => {
    expect(changed(BEFORE, BEFORE.replace('feature: checkout', 'feature: payment')).asked.sort()).toEqual([
      'rename checkout',
      'rename checkout/AC-1',
      'rename checkout/AC-2',
    ]);
  });

  it('differ as a whole by scope, links and story', () => {
    const after =
      BEFORE.replace('pay for my cart', 'pay by voucher') + 'outOfScope: [refunds]\nlinks: [{ rel: constrainedBy, target: "adr:0007" }]\n';
    expect(changed(BEFORE, after).asked).toEqual(['behaviour checkout', 'behaviour checkout', 'behaviour checkout']);
  });

  it('say why when one of them cannot be read', () => {
    const { asked, unread } = changed(BEFORE, '[1, 2');
    expect(asked).toEqual([]);
    expect(unread).toContain('holds no spec that can be read: line 1');
  });
});

describe('what is a spec', () => {
  it('is seen in the text: contracts are called so, too', () => {
    expect(isSpec(PATH, BEFORE)).toBe(true);
    expect(isSpec('petstore.spec.yaml', 'openapi: 3.0.0\npaths: {}\n')).toBe(false);
    expect(isSpec('checkout.yaml', BEFORE)).toBe(false);
  });
});
