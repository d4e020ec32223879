import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareDeclarations } from '../../../../graph/query/compare.ts';
import { declarationsOf } from '../../../../ingest/workers/typescript/declarations.ts';

const nodes = (text: string, path = 'src/cart.ts') => declarationsOf({ repo: 'shop', path, text });
const changes = (before: string, after: string): string[] =>
  compareDeclarations(nodes(before), nodes(after)).map(({ declaration, change, detail }) => `${declaration}: ${change} (${detail})`);

describe('what was done to a declaration', () => {
  test.each<[what: string, before: string, after: string, ...expected: string[]]>([
    ['removed', 'export function total() { return 1 }', '', 'total: remove (removed)'],
    ['removed with its members', 'class Cart { add() { return 1 } }', '', 'Cart: remove (removed)'],
    ['member removed', 'class Cart { add() { return 1 } }', 'class Cart {}', 'Cart.add: remove (removed)'],
    ['renamed', 'export function total() { return 1 }', 'export function sum() { return 1 }', 'total: rename (is now called sum)'],
    ['class renamed', 'class Cart { add() { return 1 } }', 'class Basket { add() { return 1 } }', 'Cart: rename (is now called Basket)'],
    [
      'member renamed',
      'interface Cart { count: number }',
      'interface Cart { size: number }',
      'Cart.count: rename (is now called Cart.size)',
    ],
    ['renamed to one of two', 'const a = 1', 'const b = 1; const c = 1', 'a: remove (removed)'],
    [
      'renamed and hidden',
      'export const a = 1',
      'const b = 1',
      'a: rename (is now called b)',
      'a: change-visibility (is no longer exported)',
    ],
    [
      'required parameter',
      'function f(a: string) {}',
      'function f(a: string, b: number) {}',
      'f: add-required-parameter (parameter "b" added)',
    ],
    [
      'required parameter in front',
      'function f(a: string) {}',
      'function f(b: number, a: string) {}',
      'f: add-required-parameter (parameter "b" added)',
    ],
    [
      'optional parameter',
      'function f(a: string) {}',
      'function f(a: string, b?: number) {}',
      'f: add-optional-parameter (optional parameter "b" added)',
    ],
    [
      'rest parameter',
      'function f(a: string) {}',
      'function f(a: string, ...b: number[]) {}',
      'f: add-optional-parameter (optional parameter "b" added)',
    ],
    [
      'optional parameter in front',
      'function f(a?: string) {}',
      'function f(b?: number, a?: string) {}',
      'f: change-type (optional parameter "b" added before others, whose places shift)',
    ],
    [
      'parameter now required',
      'function f(a?: string) {}',
      'function f(a: string) {}',
      'f: add-required-parameter (parameter "a" is now required)',
    ],
    [
      'parameter now optional',
      'function f(a: string) {}',
      'function f(a?: string) {}',
      'f: add-optional-parameter (parameter "a" is now optional)',
    ],
    ['parameter removed', 'function f(a: string, b: number) {}', 'function f(b: number) {}', 'f: remove-parameter (parameter "a" removed)'],
    [
      'parameters reordered, types too',
      'function f(a: string, b: number) {}',
      'function f(b: number, a: string) {}',
      'f: change-type (parameters reordered: (b, a))',
    ],
    [
      'parameters reordered, types not',
      'function f(a: string, b: string) {}',
      'function f(b: string, a: string) {}',
      'f: behaviour (parameters reordered: (b, a))',
    ],
    ['parameter type', 'function f(a: string) {}', 'function f(a: number) {}', 'f: change-type (parameter "a" string → number)'],
    [
      'parameter renamed and retyped',
      'interface A { f(a: string): void }',
      'interface A { f(b: number): void }',
      'A.f: change-type (parameter "b" string → number)',
    ],
    [
      'parameter renamed',
      'interface A { f(a: string): void }',
      'interface A { f(b: string): void }',
      'A.f: behaviour (parameter "a" is now called "b")',
    ],
    ['default value', 'function f(a = 1): void {}', 'function f(a = 2): void {}', 'f: behaviour (body changed)'],
    ['this', 'function f(this: A, a: string) {}', 'function f(this: B, a: string) {}', 'f: change-type (type of this A → B)'],
    ['return type', 'declare function f(): string', 'declare function f(): number', 'f: change-type (return type string → number)'],
    [
      'overload added',
      'declare function f(a: string): void',
      'declare function f(a: string): void; declare function f(a: number): void',
      'f: add-optional-parameter (overload (a): void added)',
    ],
    [
      'overload removed',
      'declare function f(a: string): void; declare function f(a: number): void',
      'declare function f(a: string): void',
      'f: change-type (signature (a): void removed)',
    ],
    ['variable type', 'export const a: string = x', 'export const a: number = x', 'a: change-type (type string → number)'],
    ['alias', 'type A = string', 'type A = string | number', 'A: change-type (type string → string | number)'],
    ['type parameters', 'interface A<T> {}', 'interface A<T, U> {}', 'A: change-type (type parameters <T> → <T, U>)'],
    [
      'index signature',
      'interface A { [key: string]: number }',
      'interface A { [key: string]: string }',
      'A: change-type (call, construct or index signatures changed)',
    ],
    ['made optional', 'interface A { a: string }', 'interface A { a?: string }', 'A.a: make-optional (is now optional)'],
    ['made required', 'type A = { a?: string }', 'type A = { a: string }', 'A.a: make-required (is now required)'],
    ['readonly', 'interface A { a: string }', 'interface A { readonly a: string }', 'A.a: change-type (is now readonly)'],
    [
      'interface member added',
      'interface A { a: string }',
      'interface A { a: string; b: string }',
      'A: add-member (required member "b" added)',
    ],
    ['optional interface member added', 'interface A { a: string }', 'interface A { a: string; b?: string }'],
    ['class member added', 'class A {}', 'class A { b() {} }', 'A: add-member (member "b" added)'],
    [
      'derived class member added',
      'class A extends B {}',
      'class A extends B { b() {} }',
      'A: add-member (member "b" added)',
      'A: behaviour (member "b" added, which may override one of the base class)',
    ],
    [
      'constructor added',
      'class A {}',
      'class A { constructor(a: string) {} }',
      'A: add-required-parameter (constructor with required parameters added)',
      'A: behaviour (constructor added)',
    ],
    ['no longer exported', 'export const a = 1', 'const a = 1', 'a: change-visibility (is no longer exported)'],
    ['newly exported', 'const a = 1', 'export const a = 1'],
    ['default export', 'export function a() {}', 'export default function a() {}', 'a: change-visibility (is now the default export)'],
    ['hidden', 'class A { b = 1 }', 'class A { private b = 1 }', 'A.b: change-visibility (public → private)'],
    ['opened', 'class A { private b = 1 }', 'class A { b = 1 }'],
    ['static', 'class A { b = 1 }', 'class A { static b = 1 }', 'A.b: change-type (is now static)'],
    ['body', 'function f(): number { return 1 }', 'function f(): number { return 2 }', 'f: behaviour (body changed)'],
    [
      'body, type inferred',
      'const f = () => 1',
      'const f = () => "1"',
      'f: behaviour (body changed, and with it perhaps the inferred type)',
    ],
    [
      'initializer, type inferred',
      'const a = 1',
      'const a = 2',
      'a: behaviour (initializer changed, and with it perhaps the inferred type)',
    ],
    [
      'bound initializer',
      'const { a } = f()',
      'const { a } = g()',
      'a: behaviour (initializer changed, and with it perhaps the inferred type)',
    ],
    ['async, type written', 'function f(): Promise<void> {}', 'async function f(): Promise<void> {}', 'f: behaviour (is now async)'],
    ['async, type inferred', 'function f() {}', 'async function f() {}', 'f: change-type (is now async)'],
    ['decorator', '@Injectable() class A {}', '@Injectable({ scope: 1 }) class A {}', 'A: behaviour (decorators or static blocks changed)'],
    ['enum value', 'enum A { B = 1 }', 'enum A { B = 2 }', 'A.B: behaviour (value changed)'],
    [
      'enum member before others',
      'enum A { B, C }',
      'enum A { X, B, C }',
      'A: add-member (member "X" added)',
      'A.B: behaviour (value follows from the members before it, which changed)',
      'A.C: behaviour (value follows from the members before it, which changed)',
    ],
    ['base exchanged', 'class A extends B {}', 'class A extends C {}', 'A: change-type (heritage extends B → extends C)'],
    ['base added to an interface', 'interface A {}', 'interface A extends B {}', 'A: add-member (extends B added)'],
    ['interface implemented', 'class A {}', 'class A implements B {}', 'A: behaviour (implements B added)'],
    ['another kind', 'class A {}', 'interface A {}', 'A: change-type (was a Class, is a Interface)'],
    [
      'several',
      'export function f(a: string): string { return a }',
      'function f(a: number): string { return "" }',
      'f: change-type (parameter "a" string → number)',
      'f: change-visibility (is no longer exported)',
      'f: behaviour (body changed)',
    ],
    [
      'comments and layout',
      '/** A. */ function f(a: string|number,b:{c:string;d:number}) { return {a,b} }',
      '// B\nfunction f(\n  a: string | number,\n  b: {\n    c: string;\n    d: number;\n  },\n) {\n  return { a, /* c */ b };\n}\n',
    ],
    [
      'separators',
      'function f(a: { b: string\n c: string }): void { return (g)?.(1) }',
      'function f(\n a: { b: string; c: string; },\n): void { return g?.((1)); }',
    ],
    [
      'parentheses that end an optional chain',
      'function f(): A { return (a?.b).c }',
      'function f(): A { return a?.b.c }',
      'f: behaviour (body changed)',
    ],
    ['added', '', 'export const a = 1'],
  ])('%s', (_what, before, after, ...expected) => {
    expect(changes(before, after)).toEqual(expected);
  });
});

describe('over several files', () => {
  const before = [
    ...nodes('export class Cart { add() { return 1 } }; export const tax = 0.2', 'src/a.ts'),
    ...nodes('export const b = 2', 'src/b.ts'),
  ];

  test('a declaration that reappears unchanged in another file was moved', () => {
    const after = [
      ...nodes('export const tax = 0.2', 'src/a.ts'),
      ...nodes('export const b = 2; export class Cart { add() { return 1 } }', 'src/b.ts'),
    ];
    expect(compareDeclarations(before, after)).toEqual([
      { id: 'shop//code:src/a.ts#Cart', file: 'src/a.ts', declaration: 'Cart', change: 'move', detail: 'moved to src/b.ts' },
    ]);
  });

  test('one that reappears in two files was removed', () => {
    const copy = 'export class Cart { add() { return 1 } }';
    const after = [
      ...nodes('export const tax = 0.2', 'src/a.ts'),
      ...nodes(`export const b = 2; ${copy}`, 'src/b.ts'),
      ...nodes(copy, 'src/c.ts'),
    ];
    expect(compareDeclarations(before, after)).toMatchObject([{ declaration: 'Cart', change: 'remove' }]);
  });

  test('a renamed file moves what it declares, and its members are still compared', () => {
    const after = [
      ...nodes('export class Cart { add() { return 2 } }; export const tax = 0.2', 'src/cart.ts'),
      ...nodes('export const b = 2', 'src/b.ts'),
    ];
    expect(compareDeclarations(before, after, new Map([['src/a.ts', 'src/cart.ts']]))).toMatchObject([
      { id: 'shop//code:src/a.ts#Cart', change: 'move' },
      { id: 'shop//code:src/a.ts#Cart.add', change: 'behaviour' },
      { id: 'shop//code:src/a.ts#tax', change: 'move' },
    ]);
  });
});

describe('on real sources', () => {
  const sources = ['graph/query', 'ingest/workers/typescript'].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(`${folder}/${file}`, 'utf8')),
  );

  test('nothing changes between a file and itself', () => {
    for (const source of sources) expect(changes(source, source)).toEqual([]);
  });

  test('dropping declarations names each of them, or what contained it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sources.filter((source) => nodes(source).length > 1)),
        fc.infiniteStream(fc.boolean()),
        (source, coin) => {
          const before = nodes(source);
          const after = before.filter(() => coin.next().value);
          const reported = new Set(compareDeclarations(before, after).map(({ id }) => id));
          const kept = new Set(after.map(({ id }) => id));
          for (const { id } of before.filter((node) => !kept.has(node.id)))
            expect([...reported].some((other) => id === other || id.startsWith(`${other}.`))).toBe(true);
        },
      ),
    );
  });

  const keyword =
    /^(abstract|as|async|await|break|case|catch|class|const|continue|default|else|export|extends|finally|for|function|if|implements|import|in|instanceof|interface|keyof|let|new|of|private|readonly|return|satisfies|static|switch|throw|try|type|typeof|while|yield)$/;

  test('whatever name changes in a declaration, a change is reported', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sources.keys()), fc.nat(), (index, pick) => {
        const source = sources[index]!;
        const lines = source.split('\n');
        const spans = nodes(source).map(({ span }) => span!);
        const places = lines.flatMap((line, at) =>
          [...line.replace(/\/[/*].*|^ *\*.*/, '').matchAll(/[A-Za-z]\w*/g)]
            .filter(([word]) => !keyword.test(word))
            .map((match) => ({ line: at + 1, col: match.index + 1 }))
            .filter(({ line, col }) =>
              spans.some((span) => (line > span.line || (line === span.line && col >= span.col)) && line < span.endLine),
            ),
        );
        fc.pre(places.length > 0);
        const { line, col } = places[pick % places.length]!;
        const edited = lines
          .map((text, at) => (at + 1 === line ? `${text.slice(0, col - 1)}other_${text.slice(col - 1)}` : text))
          .join('\n');
        expect(changes(source, edited), `${line}:${col} ${lines[line - 1]}`).not.toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
