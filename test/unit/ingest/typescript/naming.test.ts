import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { namedDeclarations } from '../../../../ingest/workers/typescript/naming.ts';
import { extractFrom } from './fixture.ts';

const parse = (text: string, name = '/orders.ts'): ts.SourceFile => ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
const names = (text: string): readonly string[] => namedDeclarations(parse(text)).map(({ name }) => name);

describe('namedDeclarations', () => {
  it('names what stands at the top level and in namespaces', () => {
    expect(
      names(`
        export function pay() {} class Order {} interface Item {} type Id = string; enum Status { Open } const a = 1, b = 2;
        namespace Tax { export const rate = 1; export namespace Eu { export class Vat {} } }
        declare module 'express' { interface Request { user: string } }
        declare global { interface Window { shop: string } }
      `),
    ).toEqual([
      ...['pay', 'Order', 'Item', 'Id', 'Status', 'Status.Open', 'a', 'b', 'Tax', 'Tax.rate', 'Tax.Eu', 'Tax.Eu.Vat'],
      ...['express', 'express.Request', 'express.Request.user', 'global', 'global.Window', 'global.Window.shop'],
    ]);
  });

  it('names members of classes, interfaces, enums and object type aliases', () => {
    expect(
      names(`
        abstract class Cart { static #count = 0; items = []; constructor(readonly id: string) {} get size() { return 0; } set size(n) {} abstract pay(): void; static { } ['computed']() {} 'quoted-name' = 1; 42 = 1; [Symbol.iterator]() {} }
        type Options = { retries: number; onError(): void };
        interface Api { get(): void; readonly url: string; new (): Api; (): void; [key: string]: unknown }
      `),
    ).toEqual([
      ...[
        'Cart',
        'Cart.#count',
        'Cart.items',
        'Cart.constructor',
        'Cart.size',
        'Cart.size',
        'Cart.pay',
        "Cart.['computed']",
        'Cart.quoted-name',
        'Cart.42',
        'Cart.[Symbol.iterator]',
      ],
      ...['Options', 'Options.retries', 'Options.onError', 'Api', 'Api.get', 'Api.url'],
    ]);
  });

  it('folds locals, callbacks and initializers into what surrounds them', () => {
    expect(
      names(
        `const cart = { total: () => { const sum = 1; class Local {} } }; function pay() { function inner() {} type T = 1 } class Order { items = { first: () => 1 } } { const block = 1; } if (true) { var hoisted = 1; }`,
      ),
    ).toEqual(['cart', 'pay', 'Order', 'Order.items']);
  });

  it('calls a default export without a name "default"', () => {
    expect(names('export default class { total() {} }')).toEqual(['default', 'default.total']);
    expect(names('export default function () {}')).toEqual(['default']);
    expect(names('export default () => 1')).toEqual(['default']);
    expect(names('const rule = 1; export default createRule({ create() {} });')).toEqual(['rule', 'default']);
    expect(names('module.exports = { port: 1, start() {} };')).toEqual(['default']);
    expect(names('export = loadSettings();')).toEqual(['default']);
  });

  it('calls what is exported without a declaration by the name that it has', () => {
    expect(names('module.exports = class Cart { add() {} };')).toEqual(['Cart', 'Cart.add']);
    expect(names('exports = module.exports = function createApp() {};')).toEqual(['createApp']);
    expect(names('export default (class { add() {} });')).toEqual(['default', 'default.add']);
    expect(names('exports.add = (line) => line; module.exports.limit = 3;')).toEqual(['add', 'limit']);
  });

  it.each([
    ['export default cart;', ['cart']],
    ['export default cart satisfies object;', ['cart']],
    ['export default cart.lines;', ['cart']],
    ['export { cart as default };', ['cart']],
    ['module.exports = cart;', ['cart']],
    ['module.exports = { cart };', ['cart']],
    ['module.exports = require("./lib/cart");', ['cart']],
    ['exports.cart = logged(cart);', ['cart']],
    ['exports.total = void 0;', ['cart']],
    ['function f() { module.exports = {}; exports.late = 1; }', ['cart', 'f']],
    ['other.exports = {}; exports = 1;', ['cart']],
  ])('has no second name for what has one: %s', (text, expected) => {
    expect(names(`const cart = load(); ${text}`)).toEqual(expected);
  });

  it('names what patterns bind', () => {
    expect(names('export const { first, second: [third], ...others } = load();')).toEqual(['first', 'third', 'others']);
  });
});

const MODULE = '<module>';

/** The definition of "declaration" that impact is measured with, by position; see docs/architecture.md. */
function enclosing(file: ts.SourceFile, position: number): string {
  const found: string[] = [];
  const text = (name: ts.PropertyName | ts.BindingName | undefined): string | undefined => {
    if (!name) return undefined;
    if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name))
      return name.text;
    return ts.isComputedPropertyName(name) ? `[${name.expression.getText()}]` : undefined;
  };
  const step = (node: ts.Node): string | undefined => {
    if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node))
      return node.name
        ? node.name.text
        : node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword)
          ? 'default'
          : undefined;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node))
      return node.name.text;
    if (ts.isConstructorDeclaration(node)) return 'constructor';
    if (
      ts.isMethodDeclaration(node) ||
      ts.isMethodSignature(node) ||
      ts.isPropertyDeclaration(node) ||
      ts.isPropertySignature(node) ||
      ts.isAccessor(node) ||
      ts.isEnumMember(node)
    )
      return text(node.name);
    if (ts.isExportAssignment(node)) return ts.isIdentifier(node.expression) ? undefined : 'default';
    return ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) ? node.name.text : undefined;
  };
  const descend = (parent: ts.Node): void => {
    const child = ts.forEachChild(parent, (node) => (position >= node.getFullStart() && position < node.end ? node : undefined));
    if (!child || position < child.getStart(file) || (ts.isFunctionLike(parent) && child === (parent as ts.FunctionDeclaration).body))
      return;
    const name = step(child);
    if (name !== undefined) {
      found.push(name);
      if (
        ts.isVariableDeclaration(child) ||
        ts.isPropertyDeclaration(child) ||
        ts.isPropertySignature(child) ||
        ts.isExportAssignment(child)
      )
        return;
      descend(child);
    } else if (
      ts.isVariableStatement(child) ||
      ts.isVariableDeclarationList(child) ||
      ts.isModuleBlock(child) ||
      (ts.isTypeLiteralNode(child) && ts.isTypeAliasDeclaration(parent))
    )
      descend(child);
  };
  descend(file);
  return found.length === 0 ? MODULE : found.join('.');
}

/** The owner of a place by way of `namedDeclarations`, as extraction finds it. */
function ownerAt(file: ts.SourceFile, node: ts.Node, named: ReadonlyMap<ts.Node, string>): string {
  for (let at = node; at !== file; at = at.parent) {
    const name = named.get(at);
    if (name !== undefined && !ts.isBindingElement(at)) return name;
  }
  return MODULE;
}

it('agrees with the definition at every name of this repository', () => {
  const root = path.resolve(import.meta.dirname, '../../../..');
  const files = ['graph', 'ingest', 'src', 'examples'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('node_modules'))
      .map((file) => path.join(root, folder, file)),
  );
  expect(files.length).toBeGreaterThan(50);
  const differences: string[] = [];
  for (const name of files) {
    const file = parse(readFileSync(name, 'utf8'), name);
    const named = new Map(namedDeclarations(file).map((declaration) => [declaration.node, declaration.name]));
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) {
        const expected = enclosing(file, node.getStart(file));
        const actual = ownerAt(file, node, named);
        if (expected !== actual)
          differences.push(`${path.relative(root, name)}:${node.getStart(file)} ${node.text}: ${actual} instead of ${expected}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  expect(differences).toEqual([]);
});

describe('what a declaration is for', () => {
  it('is the first sentence of the comment above it, whatever it declares', async () => {
    const { props } = await extractFrom({
      'src/quota.ts': `
/** What a plan allows. More of it. */
export interface Quota {
  /** In bytes. */
  readonly most: number;
}
/** How much is left. */
export const left = (quota: Quota): number => quota.most;
/**
 * Adds it up
 * in parts. Then no more.
 */
export function sum(): number {
  return 0;
}
/** Keeps count. */
export class Counter {
  /** Adds one. */
  add(): void {}
}
// Not for readers of the API.
export const plain = 1;
`,
    });
    const docs = ['Quota', 'Quota.most', 'left', 'sum', 'Counter', 'Counter.add', 'plain'].map((name) => props(`src/quota.ts#${name}`).doc);
    expect(docs).toEqual([
      'What a plan allows.',
      'In bytes.',
      'How much is left.',
      'Adds it up in parts.',
      'Keeps count.',
      'Adds one.',
      undefined,
    ]);
  });
});
