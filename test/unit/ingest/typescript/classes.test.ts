import { describe, expect, it } from 'vitest';
import { extractFrom } from './fixture.ts';

const SHAPES = `
export abstract class Shape { constructor(readonly name: string, protected size = 1) {} abstract area(): number; describe() { return this.area(); } static count = 0; }
export class Square extends Shape { constructor() { super('square'); } override area() { return this.size; } }
export class Big extends Square { describe() { return super.describe() + 1; } }
`;

describe('construction', () => {
  it('states new, the constructor that runs, and super', async () => {
    const { from, sites } = await extractFrom({
      'src/shapes.ts': SHAPES,
      'src/use.ts':
        "import { Square, Big } from './shapes';\nexport const one = () => new Square();\nexport const big = () => new Big();\n",
    });
    expect(from('src/use.ts#one', 'INSTANTIATES', 'CALLS')).toEqual([
      'CALLS src/shapes.ts#Square.constructor',
      'INSTANTIATES src/shapes.ts#Square',
    ]);
    expect(from('src/use.ts#big', 'INSTANTIATES', 'CALLS')).toEqual([
      'CALLS src/shapes.ts#Square.constructor',
      'INSTANTIATES src/shapes.ts#Big',
    ]);
    expect(sites('src/shapes.ts#Square.constructor', 'CALLS', 'src/shapes.ts#Shape.constructor')).toMatchObject([
      { args: 1, facts: ['called', 'super'] },
    ]);
  });
});

describe('members', () => {
  it('states overrides, abstract implementations and super calls', async () => {
    const { from, sites } = await extractFrom({ 'src/shapes.ts': SHAPES });
    expect(from('src/shapes.ts#Square', 'EXTENDS')).toEqual(['EXTENDS src/shapes.ts#Shape']);
    expect(sites('src/shapes.ts#Square.area', 'OVERRIDES', 'src/shapes.ts#Shape.area')[0]?.facts).toEqual(['overriding']);
    expect(from('src/shapes.ts#Big.describe', 'OVERRIDES', 'CALLS')).toEqual([
      'CALLS src/shapes.ts#Shape.describe',
      'OVERRIDES src/shapes.ts#Shape.describe',
    ]);
  });

  it('states implementations of interfaces, and overrides by local classes and class expressions', async () => {
    const { from } = await extractFrom({
      'src/mail.ts':
        'export interface Mailer { send(to: string): void; retries?: number }\nexport class Smtp implements Mailer { send(to: string) {} retries = 1; }\n',
      'src/use.ts':
        "import { Smtp } from './mail';\nexport const Quiet = class extends Smtp { send() {} };\nexport function fake() { class Fake extends Smtp { send() {} } return new Fake(); }\n",
    });
    expect(from('src/mail.ts#Smtp', 'IMPLEMENTS')).toEqual(['IMPLEMENTS src/mail.ts#Mailer']);
    expect(from('src/mail.ts#Smtp.retries', 'OVERRIDES')).toEqual(['OVERRIDES src/mail.ts#Mailer.retries']);
    expect(from('src/use.ts#Quiet', 'OVERRIDES')).toEqual(['OVERRIDES src/mail.ts#Smtp.send']);
    expect(from('src/use.ts#fake', 'OVERRIDES')).toEqual(['OVERRIDES src/mail.ts#Smtp.send']);
  });

  it('tells reads from writes, through accessors, private names and static blocks', async () => {
    const { from } = await extractFrom({
      'src/account.ts':
        'export class Account {\n  #cents = 0;\n  static opened = 0;\n  static { Account.opened = 1; }\n  get balance() { return this.#cents; }\n  set balance(cents: number) { this.#cents = cents; }\n}\n',
      'src/use.ts':
        "import { Account } from './account';\nexport const pay = (account: Account) => { account.balance -= 1; };\nexport const swap = (a: Account, b: Account) => { [a.balance, b.balance] = [b.balance, a.balance]; };\nexport const show = (account: Account) => account.balance;\n",
    });
    expect(from('src/account.ts#Account.balance', 'READS', 'WRITES')).toEqual([
      'READS src/account.ts#Account.#cents',
      'WRITES src/account.ts#Account.#cents',
    ]);
    expect(from('src/account.ts#Account', 'WRITES')).toEqual(['WRITES src/account.ts#Account.opened']);
    expect(from('src/use.ts#pay', 'WRITES')).toEqual(['WRITES src/account.ts#Account.balance']);
    expect(from('src/use.ts#swap', 'READS', 'WRITES')).toEqual([
      'READS src/account.ts#Account.balance',
      'WRITES src/account.ts#Account.balance',
    ]);
    expect(from('src/use.ts#show', 'READS', 'WRITES')).toEqual(['READS src/account.ts#Account.balance']);
  });

  it('states the type through which an inherited member is reached', async () => {
    const { from } = await extractFrom({
      'src/shapes.ts': SHAPES,
      'src/use.ts': "import type { Big } from './shapes';\nexport const describe = (shape: Big) => shape.describe() + shape.area();\n",
    });
    expect(from('src/use.ts#describe', 'ACCESSES')).toEqual(['ACCESSES src/shapes.ts#Big via src/shapes.ts#Square.area']);
    expect(from('src/shapes.ts#Square.area', 'ACCESSES')).toEqual(['ACCESSES src/shapes.ts#Square via src/shapes.ts#Shape.constructor']);
  });

  it('states decorators, with and without arguments', async () => {
    const { from } = await extractFrom({
      'src/decorators.ts':
        'export function Injectable(): ClassDecorator { return () => {}; }\nexport function Column(name: string): PropertyDecorator { return () => {}; }\nexport function log(target: object, key: string, descriptor: PropertyDescriptor) {}\nexport function Inject(token: unknown): ParameterDecorator { return () => {}; }\n',
      'src/users.ts':
        "import { Injectable, Column, log, Inject } from './decorators';\n@Injectable()\nexport class Users { constructor(@Inject('db') db: unknown) {} @Column('n') name = ''; @log find() {} }\n",
    });
    expect(from('src/users.ts#Users', 'DECORATES')).toEqual(['DECORATES src/decorators.ts#Injectable']);
    expect(from('src/users.ts#Users.name', 'DECORATES')).toEqual(['DECORATES src/decorators.ts#Column']);
    expect(from('src/users.ts#Users.find', 'DECORATES')).toEqual(['DECORATES src/decorators.ts#log']);
    expect(from('src/users.ts#Users.constructor', 'DECORATES')).toEqual(['DECORATES src/decorators.ts#Inject']);
  });
});
