import { expect, it } from 'vitest';
import { extractFrom } from './fixture.ts';

it('states calls with the number of their arguments and what becomes of the result', async () => {
  const { sites } = await extractFrom({
    'src/pay.ts':
      'export async function pay(cents: number, ...tags: string[]) { return cents; }\nexport const log = (text: string) => {};\n',
    'src/order.ts':
      "import { pay, log } from './pay';\nexport async function order(tags: string[]) {\n  log('start');\n  await pay(100, 'a');\n  return pay(200, ...tags);\n}\n",
  });
  expect(sites('src/order.ts#order', 'CALLS', 'src/pay.ts#log')).toEqual([{ line: 3, col: 3, args: 1, facts: ['called'] }]);
  expect(sites('src/order.ts#order', 'CALLS', 'src/pay.ts#pay')).toEqual([
    { line: 4, col: 9, args: 2, facts: ['awaited', 'called'] },
    { line: 5, col: 10, args: 2, facts: ['result-used', 'spread', 'called'] },
  ]);
});

it('sees calls through call, apply and bind', async () => {
  const { sites } = await extractFrom({
    'src/tax.ts': 'export function tax(this: unknown, cents: number) { return cents; }\n',
    'src/use.ts':
      "import { tax } from './tax';\nexport const called = () => tax.call(null, 1);\nexport const applied = () => tax.apply(null, [1]);\nexport const bound = tax.bind(null);\n",
  });
  expect(sites('src/use.ts#called', 'CALLS', 'src/tax.ts#tax')).toMatchObject([{ args: 1 }]);
  expect(sites('src/use.ts#applied', 'CALLS', 'src/tax.ts#tax')[0]?.facts).toContain('spread');
  expect(sites('src/use.ts#bound', 'READS', 'src/tax.ts#tax')[0]?.facts).toContain('as-value');
});

it('sees calls through optional chains, tagged templates, string keys and locals', async () => {
  const { sites, from } = await extractFrom({
    'src/mail.ts':
      'export interface Mailer { send(to: string): void; retries: number }\nexport function sql(parts: TemplateStringsArray, ...values: unknown[]) { return parts.join(); }\n',
    'src/use.ts': [
      "import { sql, type Mailer } from './mail';",
      "export const maybe = (mailer?: Mailer) => mailer?.send?.('ada');",
      "export const keyed = (mailer?: Mailer) => mailer?.['send']('ada');",
      'export const query = (id: number) => sql`select ${id}`;',
      "export const local = ({ send: post }: Mailer) => post('ada');",
      "export const each = (mailers: Mailer[]) => mailers.forEach((mailer) => mailer.send('ada'));",
    ].join('\n'),
  });
  expect(sites('src/use.ts#maybe', 'CALLS', 'src/mail.ts#Mailer.send')[0]?.facts).toContain('optional-chain');
  expect(from('src/use.ts#keyed', 'CALLS')).toContain('CALLS src/mail.ts#Mailer.send');
  expect(sites('src/use.ts#query', 'CALLS', 'src/mail.ts#sql')).toHaveLength(1);
  expect(from('src/use.ts#local', 'CALLS', 'READS')).toEqual(['CALLS src/mail.ts#Mailer.send', 'READS src/mail.ts#Mailer.send']);
  expect(from('src/use.ts#each', 'CALLS')).toEqual(['CALLS src/mail.ts#Mailer.send']);
});

it('states functions that are passed on without being called', async () => {
  const { sites } = await extractFrom({
    'src/price.ts': 'export function priceOf(cents: number) { return cents / 100; }\n',
    'src/use.ts':
      "import { priceOf } from './price';\nexport const prices = [100, 200].map(priceOf);\nexport const table = { priceOf, other: priceOf };\nexport const compose = (f: typeof priceOf) => f;\nexport const composed = compose(priceOf);\n",
  });
  for (const user of ['prices', 'table', 'composed'])
    expect(sites(`src/use.ts#${user}`, 'READS', 'src/price.ts#priceOf')[0]?.facts).toContain('as-value');
  expect(sites('src/use.ts#compose', 'REFERENCES', 'src/price.ts#priceOf')[0]?.facts).toContain('type-only');
});

it('resolves every call of an overloaded function to its one node', async () => {
  const { from, props } = await extractFrom({
    'src/parse.ts':
      'export function parse(text: string): string;\nexport function parse(count: number): number;\nexport function parse(value: unknown): unknown { return value; }\n',
    'src/use.ts': "import { parse } from './parse';\nexport const text = parse('a');\nexport const count = parse(1);\n",
  });
  expect(from('src/use.ts#text', 'CALLS')).toEqual(['CALLS src/parse.ts#parse']);
  expect(from('src/use.ts#count', 'CALLS')).toEqual(['CALLS src/parse.ts#parse']);
  expect(props('src/parse.ts#parse').signatures).toHaveLength(2);
});
