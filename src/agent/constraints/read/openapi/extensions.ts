import { unitOf } from '../../../../specs/meaning/quantities.ts';
import { entriesOf, itemsOf, memberOf, textOf, type TreePath } from '../../../../../ingest/parse/tree.ts';
import { amountsOf } from '../../words/quantities.ts';
import { inWords, termsOf } from '../../words/terms.ts';
import { atMost, type Add, type Make } from './reader.ts';

/** Extensions of an operation that say who may, how often, how large and how long. */
export function addExtensions(operation: unknown, name: string, at: TreePath, add: Add, claim: Make): void {
  for (const [key, value] of entriesOf(operation)) {
    addTimes(key, value, [...at, key], add, claim);
    if (/^x-.*(?:roles?|permissions?|scopes?|allowed)/i.test(key)) {
      const roles = itemsOf(value).flatMap((role) => textOf(role) ?? []);
      const items = roles.flatMap((role) => termsOf(inWords(role)).slice(-1));
      if (items.length > 0)
        add(
          [...at, key],
          [
            claim({
              attribute: 'access',
              holds: { kind: 'items', force: 'only', items },
              states: `${name} is only for ${roles.join(', ')}`,
            }),
          ],
        );
    }
    if (/^x-.*rate.?limit/i.test(key)) addRate(value, [...at, key], add, claim);
    if (/^x-.*(?:max|limit).*(?:body|size|upload|payload)/i.test(key)) {
      const [amount] = amountsOf(typeof value === 'number' ? `${value} bytes` : (textOf(value) ?? ''));
      if (amount?.dimension === 'size')
        add(
          [...at, key],
          [
            claim({
              attribute: 'limit:size',
              holds: atMost(amount.value),
              states: `body of ${name} <= ${amount.text}`,
            }),
          ],
        );
    }
  }
}

/** Extensions that say how long: `x-retention: 30 days`. */
function addTimes(key: string, value: unknown, where: TreePath, add: Add, claim: Make): void {
  if (!key.startsWith('x-')) return;
  const amount = amountsOf(
    typeof value === 'number' ? `${value}${/ms$|millis/i.test(key) ? ' ms' : ' seconds'}` : (textOf(value) ?? ''),
  ).find(({ dimension }) => dimension === 'time');
  if (!amount) return;
  const time = (attribute: string, low: number, high: number): void =>
    add(where, [claim({ attribute, holds: { kind: 'range', force: 'all', low, high }, states: `${key.slice(2)}: ${amount.text}` })]);
  if (/retention|keep|ttl|expir|lifetime|valid/i.test(key)) time('lifetime', amount.value, amount.value);
  else if (/cache|max-?age|refresh|interval|delay/i.test(key)) time('delay', amount.value, Infinity);
  else if (/timeout|deadline|slo|latency/i.test(key)) time('delay', -Infinity, amount.value);
}

function addRate(value: unknown, where: TreePath, add: Add, claim: Make): void {
  const [, words] = [0, typeof value === 'string' ? value : undefined];
  const [amount] = words === undefined ? [] : amountsOf(words);
  const requests = Number(memberOf(value, 'requests') ?? memberOf(value, 'limit') ?? memberOf(value, 'max'));
  const per = textOf(memberOf(value, 'per') ?? memberOf(value, 'window') ?? memberOf(value, 'period'));
  const rate =
    amount?.dimension === 'rate' ? amount.value : per === undefined ? Number.NaN : requests / unitOf(per.replace(/^1\s*/, ''))[1];
  if (!Number.isFinite(rate) || rate <= 0) return;
  const by = textOf(memberOf(value, 'by') ?? memberOf(value, 'key') ?? memberOf(value, 'scope')) ?? '';
  add(where, [
    claim({
      attribute: 'limit:rate',
      people: termsOf(by),
      holds: atMost(rate),
      states: `requests <= ${words ?? `${requests} per ${per}`}${by === '' ? '' : ` by ${by}`}`,
    }),
  ]);
}
