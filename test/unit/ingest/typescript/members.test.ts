import { describe, expect, it } from 'vitest';
import { extractFrom } from './fixture.ts';

const ORDER = "export interface Order { id: string; total: number; note?: string; 'ship-to': string }\n";

describe('uses of members that name look-up does not see', () => {
  it.each([
    [
      'an object literal',
      "export const use: Order = { id: 'a', total: 1, 'ship-to': 'x' };",
      ['WRITES id', 'WRITES ship-to', 'WRITES total'],
    ],
    ['an object literal that a function returns', 'export const use = (total: number): Partial<Order> => ({ total });', ['WRITES total']],
    ['a literal that is checked by satisfies', 'export const use = { note: "x" } satisfies Partial<Order>;', ['WRITES note']],
    ['destructuring', 'export const use = ({ id, total: sum = 1 }: Order) => id + sum;', ['READS id', 'READS total']],
    ['destructuring of a nested pattern', 'export const use = ([{ id }]: Order[]) => id;', ['READS id']],
    ['an assignment pattern', 'export function use(order: Order) { let id; ({ id } = order); return id; }', ['READS id']],
    ['a loop', 'export function* use(orders: Order[]) { for (const { id } of orders) yield id; }', ['READS id']],
    ['a string key', "export const use = (order: Order) => order['ship-to'];", ['READS ship-to']],
    ['a string key behind an optional chain', "export const use = (order?: Order) => order?.['total'];", ['READS total']],
    ['a key of literal type', "export const use = (order: Order) => { const key = 'total'; return order[key]; };", ['READS total']],
    ['a constant of type keyof', "export const use: keyof Order = 'total';", ['READS total']],
    ['a list of keys', "export const use = ['id', 'total'] satisfies (keyof Order)[];", ['READS id', 'READS total']],
    ['Pick', "export type use = Pick<Order, 'id' | 'total'>;", ['READS id', 'READS total']],
    ['an indexed access type', "export type use = Order['total'];", ['READS total']],
    [
      'a generic function over keys',
      "const pick = <T, K extends keyof T>(value: T, ...keys: K[]) => value;\nexport const use = (order: Order) => pick(order, 'id', 'note');",
      ['READS id', 'READS note'],
    ],
    ['an intersection', 'export const use = (order: Order & { paid: true }) => order.total;', ['READS total']],
    ['a union', 'export const use = (order: Order | { total: string }) => order.total;', ['READS total']],
    [
      'an alias made with Omit',
      "export type Draft = Omit<Order, 'id'>;\nexport const use = (draft: Draft) => draft.total;",
      ['READS total'],
    ],
    ['a constrained type parameter', 'export const use = <T extends Order>(order: T) => order.total;', ['READS total']],
    [
      'a type that arrives by inference',
      'const load = async (): Promise<Order[]> => [];\nexport const use = async () => (await load()).map((order) => order.total);',
      ['READS total'],
    ],
    ['a default of a destructured key', 'export const use = ({ note = "" }: Order) => note;', ['READS note']],
    ['deletion', 'export const use = (order: Order) => { delete order.note; };', ['WRITES note']],
  ])('%s', async (_, text, expected) => {
    const { from } = await extractFrom({ 'src/order.ts': ORDER, 'src/use.ts': `import type { Order } from './order';\n${text}\n` });
    const prefix = 'src/order.ts#Order.';
    expect(
      from('src/use.ts#use', 'READS', 'WRITES', 'CALLS')
        .filter((edge) => edge.includes(prefix))
        .map((edge) => edge.replace(prefix, '')),
    ).toEqual(expected);
  });

  it('follows string paths through the type argument of the receiver', async () => {
    const { from } = await extractFrom({
      'src/config.ts':
        'export interface Config { auth: Auth }\nexport interface Auth { secret: string }\nexport declare class ConfigService<T> { get(path: string): unknown }\n',
      'src/use.ts':
        "import type { Config, ConfigService } from './config';\nexport const secret = (config: ConfigService<Config>) => config.get('auth.secret');\nexport const other = (config: ConfigService<Config>) => config.get('auth.unknown');\n",
    });
    expect(from('src/use.ts#secret', 'READS')).toEqual(['READS src/config.ts#Auth.secret', 'READS src/config.ts#Config.auth']);
    expect(from('src/use.ts#other', 'READS')).toEqual([]);
  });

  it('sees both sides of a shorthand property', async () => {
    const { from, sites } = await extractFrom({
      'src/order.ts': `${ORDER}export const total = 1;\n`,
      'src/use.ts': "import { total, type Order } from './order';\nexport const use: Partial<Order> = { total };\n",
    });
    expect(from('src/use.ts#use', 'READS')).toEqual(['READS src/order.ts#total']);
    expect(sites('src/use.ts#use', 'WRITES', 'src/order.ts#Order.total')[0]?.facts).toContain('shorthand');
  });

  it('sees members of an augmented module in both declarations', async () => {
    const { from } = await extractFrom({
      'src/order.ts': ORDER,
      'src/augment.ts': "import './order';\ndeclare module './order' { interface Order { gift: boolean } }\n",
      'src/use.ts':
        "import type { Order } from './order';\nimport './augment';\nexport const use = (order: Order) => [order.gift, order.total];\n",
    });
    expect(from('src/use.ts#use', 'READS')).toEqual(['READS src/augment.ts#./order.Order.gift', 'READS src/order.ts#Order.total']);
  });

  it('sees JSX attributes and components', async () => {
    const { from } = await extractFrom({
      'src/jsx.d.ts':
        'declare namespace JSX { interface Element {} interface ElementAttributesProperty { props: {} } interface IntrinsicElements { div: { title?: string } } }\n',
      'src/button.tsx':
        'export interface ButtonProps { label: string; onPress?: () => void }\nexport const Button = (props: ButtonProps) => <div title={props.label} />;\nexport const Ui = { Button };\n',
      'src/app.tsx':
        "import { Button, Ui } from './button';\nimport * as buttons from './button';\nconst onPress = () => {};\nexport const app = () => <Button label=\"a\" onPress={onPress} />;\nexport const nested = () => <Ui.Button label=\"b\" />;\nexport const spaced = () => <buttons.Button {...{ label: 'c' }}></buttons.Button>;\n",
    });
    expect(from('src/app.tsx#app', 'CALLS', 'WRITES', 'READS')).toEqual([
      'CALLS src/button.tsx#Button',
      'READS src/app.tsx#onPress',
      'WRITES src/button.tsx#ButtonProps.label',
      'WRITES src/button.tsx#ButtonProps.onPress',
    ]);
    expect(from('src/app.tsx#nested', 'CALLS')).toEqual(expect.arrayContaining(['CALLS src/button.tsx#Button', 'CALLS src/button.tsx#Ui']));
    expect(from('src/app.tsx#spaced', 'CALLS')).toEqual(['CALLS src/button.tsx#Button']);
  });
});
