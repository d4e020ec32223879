import { describe, expect, it } from 'vitest';
import { extractFrom, extractWithoutConfig } from './fixture.ts';

const PAY = 'export class Gateway { charge() {} }\nexport default function settle() {}\nexport { Gateway as PaymentGateway };\n';

describe('names that travel', () => {
  it.each([
    ['a default import', "import anything from './pay';\nexport const use = () => anything();", 'CALLS src/pay.ts#settle'],
    [
      'a renamed export',
      "import { PaymentGateway } from './pay';\nexport const use = () => new PaymentGateway();",
      'INSTANTIATES src/pay.ts#Gateway',
    ],
    ['a renamed import', "import { Gateway as G } from './pay';\nexport const use = () => new G();", 'INSTANTIATES src/pay.ts#Gateway'],
    ['a namespace import', "import * as pay from './pay';\nexport const use = () => new pay.Gateway();", 'INSTANTIATES src/pay.ts#Gateway'],
    ['the default of a namespace', "import * as pay from './pay';\nexport const use = () => pay.default();", 'CALLS src/pay.ts#settle'],
    ['a chain of re-exports', "import { Gate } from './index';\nexport const use = () => new Gate();", 'INSTANTIATES src/pay.ts#Gateway'],
    [
      'export *',
      "import { PaymentGateway } from './star';\nexport const use = () => new PaymentGateway();",
      'INSTANTIATES src/pay.ts#Gateway',
    ],
    ['export * as', "import { pay } from './star';\nexport const use = () => pay.default();", 'CALLS src/pay.ts#settle'],
    [
      'a re-exported default',
      "import { settlePayment } from './star';\nexport const use = () => settlePayment();",
      'CALLS src/pay.ts#settle',
    ],
    [
      'import type',
      "import type { Gateway } from './pay';\nexport const use = (gateway: Gateway) => gateway.charge();",
      'CALLS src/pay.ts#Gateway.charge',
    ],
    ['an import type', "export const use = (gateway: import('./pay').Gateway) => gateway.charge();", 'USES_TYPE src/pay.ts#Gateway'],
    ['typeof import', "export let use: typeof import('./pay');", 'IMPORTS src/pay.ts'],
    ['import()', "export const use = async () => (await import('./pay')).default();", 'CALLS src/pay.ts#settle'],
    ['import().then', "export const use = () => import('./pay').then(({ Gateway }) => new Gateway());", 'INSTANTIATES src/pay.ts#Gateway'],
    ['typeof', "import settle from './pay';\nexport type use = ReturnType<typeof settle>;", 'REFERENCES src/pay.ts#settle'],
    ['export =', "import Ledger = require('./ledger');\nexport const use = () => new Ledger();", 'INSTANTIATES src/ledger.ts#Ledger'],
    ['a namespace', "import { Tax } from './tax';\nexport const use = () => Tax.Eu.vat();", 'CALLS src/tax.ts#Tax.Eu.vat'],
    ['an alias of a namespace', "import { Eu } from './tax';\nexport const use = () => Eu.vat();", 'CALLS src/tax.ts#Tax.Eu.vat'],
    ['a global declaration', 'export const use = () => settings.theme;', 'READS src/globals.ts#global.settings'],
    ['a const enum', "import { Status } from './tax';\nexport const use = Status.Open;", 'READS src/tax.ts#Status.Open'],
  ])('%s', async (_, text, expected) => {
    const { from } = await extractFrom({
      'src/pay.ts': PAY,
      'src/index.ts': "export { Gate } from './middle';\n",
      'src/middle.ts': "import { Gateway } from './pay';\nexport { Gateway as Gate };\n",
      'src/star.ts': "export * from './pay';\nexport * as pay from './pay';\nexport { default as settlePayment } from './pay';\n",
      'src/ledger.ts': 'class Ledger {}\nexport = Ledger;\n',
      'src/tax.ts':
        'export namespace Tax { export namespace Eu { export function vat() {} } }\nexport import Eu = Tax.Eu;\nexport const enum Status { Open, Closed }\n',
      'src/globals.ts': 'declare global { var settings: { theme: string } }\nexport {};\n',
      'src/use.ts': `${text}\n`,
    });
    expect(from('src/use.ts#use')).toContain(expected);
  });

  it('states imports, re-exports and exports of modules', async () => {
    const { from, sites } = await extractFrom({
      'src/pay.ts': PAY,
      'src/star.ts': "export * from './pay';\nexport { default as settlePayment } from './pay';\n",
      'src/use.ts': "import type { Gateway } from './pay';\nimport './star';\n",
    });
    expect(from('src/pay.ts', 'EXPORTS')).toEqual(['EXPORTS src/pay.ts#Gateway']);
    expect(from('src/star.ts', 'RE_EXPORTS')).toEqual(['RE_EXPORTS src/pay.ts', 'RE_EXPORTS src/pay.ts#settle']);
    expect(from('src/use.ts', 'IMPORTS')).toEqual(['IMPORTS src/pay.ts', 'IMPORTS src/pay.ts#Gateway', 'IMPORTS src/star.ts']);
    expect(sites('src/use.ts', 'IMPORTS', 'src/pay.ts#Gateway')[0]?.facts).toContain('type-only');
  });

  it('tells what is reached as a member of its module from members of declarations', async () => {
    const { sites } = await extractFrom({
      'src/pay.ts':
        'export const fee = 1;\nexport class Gateway { static open() { return 1; } }\nexport type Result = { ok: boolean } | { error: string };\n',
      'src/use.ts':
        "import * as pay from './pay';\nimport { fee } from './pay';\nexport const use = (_: pay.Gateway) => pay.fee + pay.Gateway.open();\nexport const named = () => fee;\nexport const folded = (result: pay.Result) => 'ok' in result && result.ok;\n",
    });
    expect(sites('src/use.ts#use', 'READS', 'src/pay.ts#fee')[0]?.facts).toContain('namespace');
    expect(sites('src/use.ts#use', 'USES_TYPE', 'src/pay.ts#Gateway')[0]?.facts).toContain('namespace');
    expect(sites('src/use.ts#use', 'CALLS', 'src/pay.ts#Gateway.open')[0]?.facts).not.toContain('namespace');
    expect(sites('src/use.ts#named', 'READS', 'src/pay.ts#fee')[0]?.facts).not.toContain('namespace');
    const folded = sites('src/use.ts#folded', 'READS', 'src/pay.ts#Result');
    expect(folded.map(({ facts }) => facts.includes('namespace'))).toEqual([false]);
  });
});

describe('what is exported without a declaration', () => {
  it('is a declaration that importers refer to', async () => {
    const { from, node, props } = await extractFrom({
      'src/make.ts': 'export function createRule<T>(rule: T) { return rule; }\nexport const level = 2;\n',
      'src/rule.ts':
        "import { createRule, level } from './make';\n\n/** Forbids names. @see docs */\nexport default createRule({\n  level,\n  create: () => 1,\n});\n",
      'src/pay.ts': 'export default async (id: string) => id;\n',
      'src/use.ts':
        "import rule from './rule';\nimport pay from './pay';\nexport const use = () => rule.create();\nexport const paid = () => pay('1');\n",
    });
    expect(node('src/rule.ts#default')).toMatchObject({
      kind: 'Variable',
      name: 'default',
      span: { line: 4, col: 1, endLine: 7, endCol: 4 },
    });
    expect(props('src/rule.ts#default')).toMatchObject({ exported: true, default: true, doc: 'Forbids names.' });
    expect(from('src/rule.ts#default', 'CALLS', 'READS')).toEqual(['CALLS src/make.ts#createRule', 'READS src/make.ts#level']);
    expect(from('src/rule.ts', 'CALLS', 'READS')).toEqual([]);
    expect(from('src/use.ts', 'IMPORTS')).toEqual([
      'IMPORTS src/pay.ts',
      'IMPORTS src/pay.ts#default',
      'IMPORTS src/rule.ts',
      'IMPORTS src/rule.ts#default',
    ]);
    expect(from('src/use.ts#use', 'CALLS')).toEqual(['CALLS src/rule.ts#default']);
    expect(from('src/use.ts#paid', 'CALLS')).toEqual(['CALLS src/pay.ts#default']);
    expect(node('src/pay.ts#default')?.kind).toBe('Function');
    expect(props('src/pay.ts#default').signatures).toEqual([{ parameters: [{ name: 'id', type: 'string' }] }]);
  });

  it('leads on to what already has a name', async () => {
    const { from, names, props } = await extractFrom({
      'src/config.ts': 'const config = { port: 1 };\nexport default config satisfies object;\n',
      'src/orders.ts': 'function pay() {}\nexport default { pay, cancel: pay };\n',
      'src/use.ts':
        "import config from './config';\nimport orders from './orders';\nexport const port = () => config;\nexport const use = () => orders.pay();\nexport const undo = () => orders.cancel();\n",
    });
    expect(names('Variable')).toEqual(['src/config.ts#config', 'src/orders.ts#default']);
    expect(props('src/config.ts#config')).toMatchObject({ exported: true, default: true });
    expect(from('src/use.ts#port', 'READS')).toEqual(['READS src/config.ts#config']);
    expect(from('src/use.ts#use', 'CALLS', 'READS')).toEqual(['CALLS src/orders.ts#pay', 'READS src/orders.ts#default']);
    expect(from('src/use.ts#undo', 'CALLS')).toEqual(['CALLS src/orders.ts#pay']);
  });

  it('in CommonJS', async () => {
    const { from, node, props, names } = await extractWithoutConfig({
      'log.js': '/** Writes a line. */\nexports.log = function (line) { return line; };\nmodule.exports.level = 3;\n',
      'app.js': '/** An app. */\nmodule.exports = function createApp(name) { return name; };\n',
      'cart.js': 'module.exports = class { constructor() { this.lines = 1; } add(line) { return line; } };\n',
      'orders.js': 'const pay = (id) => id;\nfunction drop() {}\nmodule.exports = { pay, drop };\n',
      'shop.js': 'const open = () => 1;\nmodule.exports = { open: open, limit: 2 };\n',
      'use.js':
        "const { log, level } = require('./log');\nconst createApp = require('./app');\nconst Cart = require('./cart');\nconst orders = require('./orders');\nconst shop = require('./shop');\nfunction logs() { log(level); }\nfunction app() { return createApp('a'); }\nfunction inline() { return require('./app')('b'); }\nfunction cart() { return new Cart().add(1); }\nfunction pays() { orders.pay(1); }\nfunction opens() { return shop.open() + shop.limit; }\n",
    });
    expect(names('Function', 'Class', 'Method').filter((name) => !name.startsWith('use.js'))).toEqual([
      'app.js#createApp',
      'cart.js#default',
      'cart.js#default.add',
      'log.js#log',
      'orders.js#pay',
      'orders.js#drop',
      'shop.js#open',
    ]);
    expect(node('log.js#level')?.kind).toBe('Variable');
    expect([props('log.js#log').doc, props('app.js#createApp').doc]).toEqual(['Writes a line.', 'An app.']);
    expect([props('orders.js#pay').exported, props('shop.js#open').exported, props('log.js#level').default]).toEqual([
      true,
      true,
      undefined,
    ]);
    expect(from('log.js#log')).toEqual([]);
    expect(from('use.js#logs', 'CALLS', 'READS')).toEqual(['CALLS log.js#log', 'READS log.js#level']);
    expect(from('use.js#app', 'CALLS')).toEqual(['CALLS app.js#createApp']);
    expect(from('use.js#inline', 'CALLS')).toEqual(['CALLS app.js#createApp']);
    expect(from('use.js#cart', 'CALLS', 'INSTANTIATES')).toEqual([
      'CALLS cart.js#default.add',
      'CALLS cart.js#default.constructor',
      'INSTANTIATES cart.js#default',
    ]);
    expect(from('use.js#pays', 'CALLS')).toEqual(['CALLS orders.js#pay']);
    expect(from('use.js#opens', 'CALLS', 'READS')).toEqual(['CALLS shop.js#open', 'READS shop.js#default']);
  });
});

describe('projects', () => {
  const price = 'export function priceOf(cents: number) { return cents / 100; }\n';

  it('without a tsconfig, in TypeScript and JavaScript', async () => {
    const { from } = await extractWithoutConfig({
      'price.ts': price,
      'cart.js': "import { priceOf } from './price';\nexport const total = () => priceOf(1);\n",
      'old.cjs': "const { priceOf } = require('./price');\nexports.total = () => priceOf(1);\n",
    });
    expect(from('cart.js#total', 'CALLS')).toEqual(['CALLS price.ts#priceOf']);
    expect(from('old.cjs', 'IMPORTS')).toContain('IMPORTS price.ts');
  });

  it('reads JavaScript that a tsconfig leaves out, beside it', async () => {
    const { from, names, gaps, node } = await extractFrom({
      'src/price.ts': price,
      'eslint.config.mjs':
        "import rule from './eslint/rule.mjs';\nimport { defineConfig } from 'eslint/config';\nexport default defineConfig({ rule });\n",
      'eslint/rule.mjs': 'export default { create: () => 1 };\n',
      'scripts/report.js': "const { priceOf } = require('../src/price');\nfunction report() { return priceOf(1); }\n",
      'scripts/report.test.js': "describe('report', () => { it('adds up', () => {}); });\n",
      'node_modules/eslint/package.json': '{ "name": "eslint", "exports": { "./config": { "types": "./config.d.ts" } } }',
      'node_modules/eslint/config.d.ts': 'export function defineConfig(config: object): object;\n',
    });
    expect(from('eslint.config.mjs', 'IMPORTS')).toEqual([
      'IMPORTS npm:eslint',
      'IMPORTS eslint/rule.mjs',
      'IMPORTS eslint/rule.mjs#default',
    ]);
    expect(from('eslint.config.mjs#default', 'READS')).toEqual(['READS eslint/rule.mjs#default']);
    expect(from('scripts/report.js#report', 'CALLS')).toEqual(['CALLS src/price.ts#priceOf']);
    expect(names('TestCase')).toEqual(['test:scripts/report.test.js#report > adds up']);
    expect(node('scripts/report.js')?.span).toMatchObject({ line: 1, endLine: 3 });
    expect(gaps('eslint.config.mjs')).toEqual([]);
  });

  it('goes by the options of the tsconfig that leaves it out, but for what that says of output', async () => {
    const { from, gaps } = await extractFrom({
      'tsconfig.json':
        '{ "compilerOptions": { "lib": ["es2022"], "types": [], "module": "commonjs", "moduleResolution": "node10", "importHelpers": true, "paths": { "@shop/*": ["./src/*"] } }, "include": ["src"] }',
      'src/price.ts': price,
      'src/cart.ts':
        "import { priceOf } from './price';\nimport { run } from '../scripts/run.mjs';\nexport const total = async () => run(priceOf(1));\n",
      'scripts/run.mjs': "import { priceOf } from '@shop/price';\nexport const run = async (ids) => [...ids, priceOf(1)];\n",
    });
    expect(from('scripts/run.mjs#run', 'CALLS')).toEqual(['CALLS src/price.ts#priceOf']);
    expect(gaps('scripts/run.mjs')).toEqual([]);
    // What the tsconfig takes in is read as ever: without JavaScript.
    expect(from('src/cart.ts#total', 'CALLS')).toEqual(['CALLS src/price.ts#priceOf']);
    expect(from('src/cart.ts', 'IMPORTS')).toContain('IMPORTS scripts/run.mjs');
  });

  it('leaves out what nobody of the repository wrote', async () => {
    const { names } = await extractFrom({
      'src/price.ts': price,
      'public/shop.min.js': 'function shop() {}\n',
      'public/vendor/slider.js': 'function slide() {}\n',
      'public/bundle.js': `function bundled() { return ${JSON.stringify('x'.repeat(5000))}; }\n`,
      'public/shop.js': 'function shop() {}\n',
    });
    expect(names('Function')).toEqual(['public/shop.js#shop', 'src/price.ts#priceOf']);
    expect(names('Module')).toHaveLength(5);
  });

  it('follows path aliases', async () => {
    const { from } = await extractFrom({
      'tsconfig.json':
        '{ "compilerOptions": { "lib": ["es2022"], "types": [], "module": "esnext", "moduleResolution": "bundler", "paths": { "@shop/*": ["./src/*"] } } }',
      'src/price.ts': price,
      'app/cart.ts': "import { priceOf } from '@shop/price';\nexport const total = () => priceOf(1);\n",
    });
    expect(from('app/cart.ts#total', 'CALLS')).toEqual(['CALLS src/price.ts#priceOf']);
  });

  it('joins referenced projects', async () => {
    const options =
      '"lib": ["es2022"], "types": [], "module": "esnext", "moduleResolution": "bundler", "composite": true, "outDir": "dist"';
    const { from } = await extractFrom({
      'tsconfig.json': '{ "files": [], "references": [{ "path": "core" }, { "path": "app" }] }',
      'core/tsconfig.json': `{ "compilerOptions": { ${options} } }`,
      'core/price.ts': price,
      'app/tsconfig.json': `{ "compilerOptions": { ${options} }, "references": [{ "path": "../core" }] }`,
      'app/cart.ts': "import { priceOf } from '../core/price';\nexport const total = () => priceOf(1);\n",
    });
    expect(from('app/cart.ts#total', 'CALLS')).toEqual(['CALLS core/price.ts#priceOf']);
  });

  it.each([
    ['main', '"main": "dist/index.js"', '@shop/core', 'packages/core/src/index.ts'],
    ['types', '"types": "./dist/index.d.ts"', '@shop/core', 'packages/core/src/index.ts'],
    [
      'conditional exports',
      '"exports": { ".": { "types": "./dist/index.d.ts", "default": "./dist/index.js" } }',
      '@shop/core',
      'packages/core/src/index.ts',
    ],
    ['a subpath of exports', '"exports": { "./price": "./dist/price.js" }', '@shop/core/price', 'packages/core/src/price.ts'],
    ['a pattern of exports', '"exports": { "./*": "./dist/*.js" }', '@shop/core/price', 'packages/core/src/price.ts'],
  ])('resolves a package of the workspace that is not built, by %s', async (_, entry, specifier, file) => {
    const { from } = await extractFrom({
      'package.json': '{ "workspaces": ["packages/*"] }',
      'packages/core/package.json': `{ "name": "@shop/core", ${entry} }`,
      [file]: price,
      'packages/app/package.json': '{ "name": "@shop/app" }',
      'packages/app/src/cart.ts': `import { priceOf } from '${specifier}';\nexport const total = () => priceOf(1);\n`,
    });
    expect(from('packages/app/src/cart.ts#total', 'CALLS')).toEqual([`CALLS ${file}#priceOf`]);
  });
});

describe('gaps', () => {
  it('names what could not be analysed, where it is', async () => {
    const { gaps, sites } = await extractFrom({
      'src/order.ts': 'export interface Order { id: string; total: number }\n',
      'src/use.ts':
        "import { lost } from './lost';\nimport type { Order } from './order';\nexport const computed = (order: Order, key: keyof Order) => order[key];\nexport const loose = (order: any) => order.total;\nexport const dynamic = (name: string) => import(name);\nexport const used = lost.id;\n",
      'src/broken.ts': 'export const = 1;\n',
    });
    expect(gaps('src/use.ts')).toEqual(['unresolved-import ./lost']);
    expect(gaps('src/use.ts#computed')).toEqual(['computed-access Order']);
    expect(gaps('src/use.ts#loose')).toEqual(['any-receiver total']);
    expect(gaps('src/use.ts#dynamic')).toEqual(['dynamic-import name']);
    expect(gaps('src/broken.ts')).toEqual(['parse-failure src/broken.ts']);
    expect(sites('src/use.ts#loose', 'AFFECTED_BY_GAP', 'gap:src/use.ts#any-receiver:total')).toMatchObject([{ line: 4, col: 44 }]);
  });

  it('knows the imports of files that are too large or too deep to be analysed', async () => {
    const uses = "import { price } from './price';\nexport const used = price;\n";
    const { from, gaps } = await extractFrom({
      'src/price.ts': 'export const price = 1;\n',
      'src/large.ts': `${uses}${'export const row = [1, 2, 3, 4, 5, 6, 7, 8];\n'.repeat(50_000)}`,
      'src/deep.ts': `${uses}export const deep = ${'['.repeat(3000)}${']'.repeat(3000)};\n`,
    });
    expect(from('src/large.ts', 'IMPORTS')).toEqual(['IMPORTS src/price.ts']);
    expect(gaps('src/large.ts')).toEqual(['too-large src/large.ts']);
    expect(from('src/deep.ts', 'IMPORTS')).toEqual(['IMPORTS src/price.ts']);
    expect(gaps('src/deep.ts')).toEqual(['parse-failure src/deep.ts']);
  });

  it('states none for packages and modules of Node', async () => {
    const { gaps, from } = await extractFrom({
      'node_modules/left-pad/index.d.ts': 'export function pad(): void;\n',
      'node_modules/left-pad/package.json': '{ "name": "left-pad", "types": "index.d.ts" }',
      'src/use.ts': "import { pad } from 'left-pad';\nimport 'node:fs';\nexport const use = () => pad();\n",
    });
    expect(gaps('src/use.ts')).toEqual([]);
    expect(from('src/use.ts', 'IMPORTS')).toEqual(['IMPORTS npm:left-pad']);
  });
});
