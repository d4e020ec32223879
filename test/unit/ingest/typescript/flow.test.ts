import { describe, expect, it } from 'vitest';
import { extractFrom } from './fixture.ts';

const MODEL =
  'export interface Mailer { send(to: string): void }\nexport class Smtp { send(to: string) {} }\nexport function notify(mailer: Mailer) {}\nexport declare const smtp: Smtp;\n';

describe('values that are checked against another type', () => {
  it.each([
    ['an argument', 'export const use = () => notify(smtp);'],
    ['an initializer', 'export const use = () => { const mailer: Mailer = smtp; return mailer; };'],
    ['an assignment', 'export const use = (mailer: Mailer) => { mailer = smtp; };'],
    ['a return', 'export function use(): Mailer { return smtp; }'],
    ['the body of an arrow', 'export const use = (): Mailer => smtp;'],
    ['an assertion', 'export const use = () => smtp as Mailer;'],
    ['satisfies', 'export const use = () => smtp satisfies Mailer;'],
    ['an element', 'export const use = (): Mailer[] => [smtp];'],
    ['a property', 'export const use = (): { main: Mailer } => ({ main: smtp });'],
    ['a default', 'export function use(mailer: Mailer = smtp) {}'],
    [
      'a constrained type argument',
      'class Box<T extends Mailer> { constructor(readonly inner: T) {} }\nexport const use = () => new Box<Mailer>(smtp);',
    ],
  ])('%s', async (_, text) => {
    const { from } = await extractFrom({
      'src/model.ts': MODEL,
      'src/use.ts': `import { notify, smtp, type Mailer } from './model';\n${text}\nvoid notify;\n`,
    });
    expect(from('src/use.ts#use', 'FLOWS_TO')).toContain('FLOWS_TO src/model.ts#Mailer via src/model.ts#Smtp');
    expect(from('src/use.ts#use', 'FLOWS_FROM')).toContain('FLOWS_FROM src/model.ts#Smtp via src/model.ts#Mailer');
  });

  it('states spreads and object literals by the type they are checked against', async () => {
    const { sites } = await extractFrom({
      'src/model.ts': MODEL,
      'src/use.ts':
        "import type { Mailer, Smtp } from './model';\nexport const spread = (smtp: Smtp): Mailer => ({ ...smtp });\nexport const literal: Mailer = { send() {} };\n",
    });
    expect(sites('src/use.ts#spread', 'FLOWS_TO', 'src/model.ts#Mailer', 'src/model.ts#Smtp')[0]?.facts).toContain('spread');
    expect(sites('src/use.ts#literal', 'FLOWS_TO', 'src/model.ts#Mailer')[0]?.facts).toContain('object-literal');
  });
});

describe('declarations without annotation', () => {
  it.each([
    ['a variable', 'export const use = load();', 'INFERS_FROM src/data.ts#load'],
    ['a function', 'export function use() { return load(); }', 'INFERS_FROM src/data.ts#load'],
    ['a local on the way', 'export function use() { const order = load(); return order; }', 'INFERS_FROM src/data.ts#load'],
    ['a member', 'export const use = (order: Order) => order.total;', 'INFERS_FROM src/data.ts#Order.total'],
    ['a property of a class', 'export class use { order = load(); }', undefined],
    ['a destructured value', 'export function use() { const { total } = load(); return total; }', 'INFERS_FROM src/data.ts#Order.total'],
    ['either side of a condition', 'export const use = Math.random() > 0.5 ? load() : undefined;', 'INFERS_FROM src/data.ts#load'],
  ])('%s', async (_, text, expected) => {
    const { from } = await extractFrom({
      'src/data.ts': 'export interface Order { total: number }\nexport declare function load(): Order;\n',
      'src/use.ts': `import { load, type Order } from './data';\n${text}\n`,
    });
    if (expected) expect(from('src/use.ts#use', 'INFERS_FROM')).toContain(expected);
    else expect(from('src/use.ts#use.order', 'INFERS_FROM')).toContain('INFERS_FROM src/data.ts#load');
  });

  it('stops at annotations', async () => {
    const { from } = await extractFrom({
      'src/data.ts': 'export declare function load(): number;\n',
      'src/use.ts':
        "import { load } from './data';\nexport const use: number = load();\nexport function typed(): number { return load(); }\n",
    });
    expect([...from('src/use.ts#use', 'INFERS_FROM'), ...from('src/use.ts#typed', 'INFERS_FROM')]).toEqual([]);
  });
});
