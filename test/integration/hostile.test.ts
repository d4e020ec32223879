import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Node } from '../../graph/model/node.ts';
import type { Diagnostic } from '../../graph/model/provenance.ts';
import { openSystem } from '../../src/platform.ts';
import type { System } from '../../src/system.ts';

/** Bytes or text by path; a function does what is neither. */
type Files = Readonly<Record<string, string | Buffer>>;

/** Two healthy files that depend on each other; whatever stands beside them, they must come through whole. */
const HEALTHY: Files = {
  'src/price.ts': 'export function priceOf(cents: number) { return cents / 100; }\n',
  'src/cart.ts': "import { priceOf } from './price';\nexport class Cart { total() { return priceOf(250); } }\n",
};
const TSCONFIG = {
  'tsconfig.json':
    '{ "compilerOptions": { "strict": true, "lib": ["es2022"], "module": "esnext", "moduleResolution": "bundler", "types": [] } }',
};

let system: System;
let folder: string;
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'specgraph-hostile-')));
  system = await openSystem({ store: path.join(folder, 'graph.db') });
});
afterAll(async () => {
  await system.close();
  rmSync(folder, { recursive: true, force: true });
});

let repositories = 0;

interface Ingested {
  readonly repo: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly nodes: readonly Node[];
  /** Names of everything found in a file. */
  readonly namesIn: (file: string) => readonly string[];
  readonly gapsIn: (file: string) => readonly string[];
}

/** Ingests a repository of these files as one of many in the same graph. */
async function ingest(files: Files, prepare: (root: string) => void = () => undefined): Promise<Ingested> {
  const repo = `hostile-${++repositories}`;
  const root = path.join(folder, repo);
  mkdirSync(root);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
  }
  prepare(root);
  const { diagnostics } = await system.ingest(root, { repo });
  const nodes = await system.find({ repo }, { limit: 10_000 });
  return {
    repo,
    diagnostics,
    nodes,
    namesIn: (file) => nodes.filter((node) => node.file === file && node.kind !== 'Module' && node.kind !== 'Gap').map(({ name }) => name),
    gapsIn: (file) => nodes.flatMap((node) => (node.file === file && node.kind === 'Gap' ? [node.props.reason] : [])),
  };
}

/** As {@link ingest}, beside the healthy files, and checks that these are whole. */
async function ingestBesideHealthy(files: Files, prepare?: (root: string) => void): Promise<Ingested> {
  const ingested = await ingest({ ...TSCONFIG, ...HEALTHY, ...files }, prepare);
  await expectHealthy(ingested);
  return ingested;
}

async function expectHealthy({ repo, namesIn }: Ingested): Promise<void> {
  expect(namesIn('src/price.ts')).toEqual(['priceOf']);
  expect(namesIn('src/cart.ts')).toEqual(['Cart', 'total']);
  const calls = await system.edges({ from: [`${repo}//code:src/cart.ts#Cart.total`] }, 100);
  expect(calls.map(({ type, to }) => `${type} ${to}`)).toContain(`CALLS ${repo}//code:src/price.ts#priceOf`);
}

const expectDiagnostic = ({ diagnostics }: Ingested, file: string): void => {
  const found = diagnostics.filter((diagnostic) => diagnostic.file === file);
  expect(found, JSON.stringify(diagnostics)).not.toEqual([]);
  for (const { message, span } of found) {
    expect(message).not.toBe('');
    expect(span?.line).toBeGreaterThan(0);
  }
};

describe('sources that do not parse', () => {
  const broken: Readonly<Record<string, string>> = {
    'an unclosed block': 'export function load() { if (true) {\n',
    'an unclosed string': "export const greeting = 'hello\nexport const other = 1;\n",
    'an unclosed template': 'export const page = `<div>${1 + \n',
    'an unclosed comment': 'export const a = 1;\n/* and then nothing\n',
    'merge conflict markers': '<<<<<<< HEAD\nexport const rate = 1;\n=======\nexport const rate = 2;\n>>>>>>> feature\n',
    'the text of another language': 'def total(items):\n    return sum(i.price for i in items)\n',
    'brackets out of order': 'export const list = [(1, 2], 3);\n}}}}))))\n',
    'a class that ends in the middle of a member': 'export class Order {\n  total(\n',
    'an unterminated regular expression': 'export const pattern = /[a-z\n;\n',
    'generics that never close': 'export type Deep = Map<string, Map<string, Map<string,\n',
    'decorators on nothing': '@Injectable()\n@Module({\n',
    'null bytes': 'export const a\u0000 = 1;\u0000\u0000\n',
  };
  it.each(Object.entries(broken))('%s', async (_, text) => {
    const ingested = await ingestBesideHealthy({ 'src/broken.ts': text });
    expectDiagnostic(ingested, 'src/broken.ts');
    expect(ingested.gapsIn('src/broken.ts')).toContain('parse-failure');
  });

  it('keeps the declarations before and after the error', async () => {
    const { namesIn } = await ingestBesideHealthy({
      'src/broken.ts': 'export const before = 1;\nexport const = ;\nexport const after = 2;\n',
    });
    expect(namesIn('src/broken.ts')).toEqual(expect.arrayContaining(['before', 'after']));
  });

  it('JSX in a plain TypeScript file', async () => {
    const ingested = await ingestBesideHealthy({ 'src/broken.ts': 'export const view = <div className="x">{1}</div>;\n' });
    expectDiagnostic(ingested, 'src/broken.ts');
  });
});

describe('sources that are too much for a compiler', () => {
  const tooDeep: Readonly<Record<string, string>> = {
    '10,000 parentheses': `export const deep = ${'('.repeat(10_000)}1${')'.repeat(10_000)};\n`,
    '2,000 nested blocks': `export function deep() ${'{'.repeat(2_000)}${'}'.repeat(2_000)}\n`,
    '5,000 nested arrays': `export const deep = ${'['.repeat(5_000)}${']'.repeat(5_000)};\n`,
    '3,000 nested object literals': `export const deep = ${'{ a: '.repeat(3_000)}1${' }'.repeat(3_000)};\n`,
    'a sum of 20,000 terms': `export const deep = ${'1 + '.repeat(20_000)}1;\n`,
    'a chain of 5,000 calls': `declare const builder: { add(): typeof builder };\nexport const deep = builder${'.add()'.repeat(5_000)};\n`,
    '3,000 nested conditional types': `export type Deep<T> = ${"T extends 'a' ? 1 : ".repeat(3_000)}0;\n`,
    '3,000 nested arrow functions': `export const deep = ${'() => '.repeat(3_000)}1;\n`,
    '2,000 else-ifs': `export function deep(n: number) { ${'if (n > 1) { n--; } else '.repeat(2_000)}{} }\n`,
  };
  it.each(Object.entries(tooDeep))('%s', async (_, text) => {
    const ingested = await ingestBesideHealthy({ 'src/deep.ts': text });
    const understood = ingested.namesIn('src/deep.ts').includes('deep') || ingested.namesIn('src/deep.ts').includes('Deep');
    if (!understood) {
      expectDiagnostic(ingested, 'src/deep.ts');
      expect(ingested.gapsIn('src/deep.ts')).toContain('parse-failure');
    }
  });

  it('a generated file of 10 MB', async () => {
    const ingested = await ingestBesideHealthy({ 'src/generated.ts': 'export const row = [1, 2, 3, 4, 5, 6, 7, 8];\n'.repeat(230_000) });
    expectDiagnostic(ingested, 'src/generated.ts');
    expect(ingested.gapsIn('src/generated.ts')).toEqual(['too-large']);
  });

  it('a line of a million characters', async () => {
    const { namesIn } = await ingestBesideHealthy({
      'src/bundle.ts': `export const bundle = "${'x'.repeat(1_000_000)}"; export const after = 1;`,
    });
    expect(namesIn('src/bundle.ts')).toEqual(expect.arrayContaining(['bundle', 'after']));
  });

  it('a union of 5,000 members, and types that never end', async () => {
    const union = Array.from({ length: 5_000 }, (_, i) => `'event-${i}'`).join(' | ');
    const { namesIn } = await ingestBesideHealthy({
      'src/events.ts': `export type EventName = ${union};\nexport const first: EventName = 'event-0';\n`,
      'src/endless.ts':
        "export type Endless<T> = { next: Endless<T[]> };\nexport type Loop = Loop[];\nexport type Broken = Broken;\nexport const value = null as unknown as Endless<1>['next']['next'];\n",
    });
    expect(namesIn('src/events.ts')).toEqual(expect.arrayContaining(['EventName', 'first']));
    expect(namesIn('src/endless.ts')).toEqual(expect.arrayContaining(['Endless', 'Loop', 'Broken', 'value']));
  });
});

describe('bytes that are no UTF-8', () => {
  it('reads a byte order mark, UTF-16 of both orders, and Windows line endings', async () => {
    const text = 'export const sum = 1;\r\nexport const tax = sum;\r\n';
    const { namesIn, nodes } = await ingestBesideHealthy({
      'src/bom.ts': `\uFEFF${text}`,
      'src/utf16le.ts': Buffer.from(`\uFEFF${text}`, 'utf16le'),
      'src/utf16be.ts': Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
      'src/windows.ts': text,
    });
    for (const file of ['src/bom.ts', 'src/utf16le.ts', 'src/utf16be.ts', 'src/windows.ts']) expect(namesIn(file)).toEqual(['sum', 'tax']);
    expect(nodes.find(({ file, name }) => file === 'src/windows.ts' && name === 'tax')?.span).toMatchObject({ line: 2, col: 14 });
  });

  it('reads Latin-1 and random bytes', async () => {
    const bytes = Buffer.from(Array.from({ length: 4_000 }, (_, i) => (i * 7_919) % 256));
    const { namesIn } = await ingestBesideHealthy({
      'src/latin1.ts': Buffer.from("export const gruß = 'größe';\nexport const plain = 1;\n", 'latin1'),
      'src/random.ts': bytes,
    });
    expect(namesIn('src/latin1.ts')).toEqual(['gruß', 'plain']);
  });
});

describe('folders', () => {
  it('an empty repository', async () => {
    const { nodes, diagnostics } = await ingest({});
    expect(nodes.map(({ kind }) => kind)).toEqual(['Repository']);
    expect(diagnostics).toEqual([]);
  });

  it('empty files and files of only comments', async () => {
    const { nodes, diagnostics } = await ingestBesideHealthy({
      'src/empty.ts': '',
      'src/comments.ts': '// nothing\n/* at all */\n',
      'src/blank.ts': '\n\n\n',
    });
    expect(nodes.flatMap(({ kind, file }) => (kind === 'Module' ? [file] : []))).toEqual(
      expect.arrayContaining(['src/empty.ts', 'src/comments.ts', 'src/blank.ts']),
    );
    expect(diagnostics).toEqual([]);
  });

  it('only JSON', async () => {
    const { nodes } = await ingest({ 'data/prices.json': '{"a": 1}', 'data/broken.json': '{' });
    expect(nodes.map(({ kind }) => kind)).toEqual(['Document', 'Document', 'Repository']);
  });

  it('symbolic links that loop, dangle, or lead out of the repository', async () => {
    writeFileSync(path.join(folder, 'secret.ts'), 'export const secret = 1;\n');
    const { nodes } = await ingestBesideHealthy({}, (root) => {
      symlinkSync('.', path.join(root, 'src/loop'));
      symlinkSync('..', path.join(root, 'src/up'));
      symlinkSync('self.ts', path.join(root, 'src/self.ts'));
      symlinkSync('nowhere.ts', path.join(root, 'src/dangling.ts'));
      symlinkSync(path.join(folder, 'secret.ts'), path.join(root, 'src/outside.ts'));
    });
    expect(nodes.filter(({ name }) => name === 'secret')).toEqual([]);
    expect(nodes.filter(({ name }) => name === 'priceOf')).toHaveLength(1);
  });

  it('a folder named like a source, and file names that differ in case only', async () => {
    const { namesIn } = await ingestBesideHealthy({
      'src/folder.ts/inner.ts': 'export const inner = 1;\n',
      'src/Order.ts': 'export const upper = 1;\n',
      'src/order.ts': "export const lower = 1;\nimport { upper } from './Order';\nexport const both = upper;\n",
    });
    expect(namesIn('src/folder.ts/inner.ts')).toEqual(['inner']);
    expect(namesIn('src/Order.ts')).toEqual(['upper']);
    expect(namesIn('src/order.ts')).toEqual(['both', 'lower']);
  });

  it('node_modules that are checked in, and a .git folder that is broken', async () => {
    const { nodes } = await ingestBesideHealthy({
      'node_modules/left-pad/index.ts': 'export function leftPad() {}\n',
      'node_modules/left-pad/package.json': '{ "name": "left-pad", "main": "index.ts" }',
      '.git/HEAD': 'ref: refs/heads/\u0000nowhere',
      '.git/config': '[core\nbroken',
      '.git/hooks/evil.ts': 'export const evil = 1;\n',
      'src/pad.ts': "import { leftPad } from 'left-pad';\nexport const padded = leftPad();\n",
    });
    expect(nodes.filter(({ file }) => file?.startsWith('node_modules/') || file?.startsWith('.git/'))).toEqual([]);
    expect(nodes.filter(({ name }) => name === 'leftPad')).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)('a file and a folder without permission', async () => {
    const ingested = await ingestBesideHealthy(
      { 'src/locked.ts': 'export const locked = 1;\n', 'src/vault/key.ts': 'export const key = 1;\n' },
      (root) => {
        chmodSync(path.join(root, 'src/locked.ts'), 0o000);
        chmodSync(path.join(root, 'src/vault'), 0o000);
      },
    );
    expect(ingested.diagnostics.map(({ file }) => file)).toEqual(expect.arrayContaining(['src/locked.ts', 'src/vault']));
    expect(ingested.gapsIn('src/locked.ts')).toEqual(['unreadable']);
    chmodSync(path.join(folder, ingested.repo, 'src/vault'), 0o700);
  });
});

describe('names', () => {
  it('file names with quotes, Cypher, SQL, HTML, hashes and slashes of other systems', async () => {
    const names = [
      `it's "quoted".ts`,
      "x' }) DETACH DELETE n; ∕∕.ts",
      "'; DROP TABLE node; --.ts",
      '<script>alert(1)<∕script>.ts',
      'a#b.ts',
      'new\nline.ts',
      '日本語 файл 🙂.ts',
      '$(rm -rf ~).ts',
      '%2e%2e%2f.ts',
      '[id].ts',
      '(group).ts',
      '..ts',
    ];
    const { nodes } = await ingestBesideHealthy(
      Object.fromEntries(names.map((name, i) => [`src/${name}`, `export const value${i} = ${i};\n`])),
    );
    const found = new Map(nodes.flatMap((node) => (node.kind === 'Variable' ? [[node.name, node.file]] : [])));
    names.forEach((name, i) => expect(found.get(`value${i}`)).toBe(`src/${name}`));
  });

  it.skipIf(process.platform === 'win32')('a backslash, which a compiler takes for a folder', async () => {
    const ingested = await ingestBesideHealthy({ 'src/back\\slash.ts': 'export const lost = 1;\n' });
    expectDiagnostic(ingested, 'src/back\\slash.ts');
    expect(ingested.gapsIn('src/back\\slash.ts')).toEqual(['unreadable']);
  });

  it('identifiers and member names that objects have by nature', async () => {
    const { namesIn, repo } = await ingestBesideHealthy({
      'src/__proto__.ts': 'export const constructor = 1;\nexport const toString = 2;\n',
      'src/constructor.ts':
        "import { toString } from './__proto__';\nexport function hasOwnProperty() { return toString; }\nexport interface Odd { __proto__: string; constructor: number; hasOwnProperty(): void }\nexport const use = (o: Odd) => o.__proto__ + o['constructor'];\n",
    });
    expect(namesIn('src/__proto__.ts')).toEqual(['constructor', 'toString']);
    expect(namesIn('src/constructor.ts')).toEqual(expect.arrayContaining(['hasOwnProperty', 'Odd', '__proto__', 'constructor', 'use']));
    const edges = await system.edges({ from: [`${repo}//code:src/constructor.ts#use`] }, 100);
    expect(edges.map(({ type, to }) => `${type} ${to}`)).toEqual(
      expect.arrayContaining([
        `READS ${repo}//code:src/constructor.ts#Odd.__proto__`,
        `READS ${repo}//code:src/constructor.ts#Odd.constructor`,
      ]),
    );
  });

  it('member names and test titles with quotes, Cypher, SQL, HTML and line breaks', async () => {
    const { nodes, repo } = await ingestBesideHealthy({
      'src/odd.ts': `export interface Odd { "a.b": 1; "it's": 2; "' OR 1=1 --": 3; "<b>": 4; "//": 5; "#": 6; "line\\nbreak": 7; "": 8; 12: 9 }\nexport const read = (o: Odd) => o["a.b"] + o["' OR 1=1 --"];\n`,
      'src/odd.test.ts':
        "import { it } from 'vitest';\nit(`}) DETACH DELETE n //`, () => {});\nit('\\'; DROP TABLE node; --', () => {});\nit('<img src=x onerror=alert(1)>', () => {});\nit('line\\nbreak # // \"', () => {});\nit('', () => {});\nit('__proto__', () => {});\n",
    });
    expect(nodes.flatMap((node) => (node.kind === 'Property' ? [node.name] : [])).sort()).toEqual(
      ['', '#', "' OR 1=1 --", '//', '12', '<b>', 'a.b', "it's", 'line\nbreak'].sort(),
    );
    expect(nodes.filter(({ kind }) => kind === 'TestCase')).toHaveLength(6);
    const edges = await system.edges({ from: [`${repo}//code:src/odd.ts#read`] }, 100);
    expect(edges.map(({ type, to }) => `${type} ${to}`)).toContain(`READS ${repo}//code:src/odd.ts#Odd.a.b`);
  });

  it('can be searched for and asked about', async () => {
    const { repo } = await ingestBesideHealthy({ "src/it's.ts": 'export const quoted = 1;\n' });
    expect((await system.resolve(`${repo}//code:src/it's.ts#quoted`)).name).toBe('quoted');
    await expect(system.search(`"' OR 1=1 -- MATCH (n) DETACH DELETE n * ( NEAR`)).resolves.toHaveProperty('hits');
  });

  it('the same declaration many times', async () => {
    const { namesIn } = await ingestBesideHealthy({
      'src/twice.ts':
        'export const rate = 1;\nexport const rate = 2;\nexport class Tax {}\nexport class Tax { rate() {} rate() {} }\nexport function Tax() {}\nexport default 1;\nexport default 2;\n',
    });
    expect(namesIn('src/twice.ts')).toEqual(['Tax', 'rate', 'default', 'rate']);
  });
});

describe('imports', () => {
  it('modules that import each other in circles', async () => {
    const { namesIn, diagnostics } = await ingestBesideHealthy({
      'src/a.ts': "import { b } from './b';\nexport const a = () => b();\nexport * from './c';\n",
      'src/b.ts': "import { c } from './c';\nexport const b = () => c();\nexport * from './a';\n",
      'src/c.ts': "import { a } from './a';\nexport const c = (): unknown => a();\nexport * from './b';\nexport * from './c';\n",
      'src/Base.ts': "import { Derived } from './Derived';\nexport class Base extends Derived {}\n",
      'src/Derived.ts': "import { Base } from './Base';\nexport class Derived extends Base {}\n",
      'src/alias.ts': "export { x as y } from './alias2';\n",
      'src/alias2.ts': "export { y as x } from './alias';\n",
    });
    expect(namesIn('src/a.ts')).toEqual(['a']);
    expect(diagnostics).toEqual([]);
  });

  it('dependencies that are not installed, and imports of everything that is no module', async () => {
    const { gapsIn } = await ingestBesideHealthy({
      'src/lost.ts':
        "import express from 'express';\nimport './nowhere';\nimport '/etc/passwd';\nimport '../../../../../../etc/hosts';\nimport 'https://example.com/x.ts';\nimport '';\nimport 'node:fs';\nexport const app = express();\n",
    });
    expect(gapsIn('src/lost.ts')).toContain('unresolved-import');
  });
});

describe('configuration', () => {
  const bad: Readonly<Record<string, Files>> = {
    'is no JSON': { 'tsconfig.json': '{ "compilerOptions": { "strict": tru' },
    'is empty': { 'tsconfig.json': '' },
    'is an array': { 'tsconfig.json': '[1, 2]' },
    'is null': { 'tsconfig.json': 'null' },
    'has values of wrong types': {
      'tsconfig.json':
        '{ "compilerOptions": { "strict": "yes", "lib": "es2022", "paths": [], "target": 5, "types": {}, "baseUrl": 7 }, "include": "src", "files": 3, "exclude": {} }',
    },
    'extends itself': { 'tsconfig.json': '{ "extends": "./tsconfig.json" }' },
    'extends in a circle': {
      'tsconfig.json': '{ "extends": "./tsconfig.base.json" }',
      'tsconfig.base.json': '{ "extends": "./tsconfig.json" }',
    },
    'extends what is not there': {
      'tsconfig.json': '{ "extends": "@company/tsconfig/strict.json", "compilerOptions": { "lib": ["es2022"] } }',
    },
    'lists files that are not there': { 'tsconfig.json': '{ "files": ["src/gone.ts", "src/cart.ts"] }' },
    'includes nothing': { 'tsconfig.json': '{ "include": ["nowhere/**/*"] }' },
    'has values that compilers do not know': {
      'tsconfig.json': '{ "compilerOptions": { "target": "es1066", "module": "magic", "moduleResolution": "telepathy", "jsx": "yes" } }',
    },
  };
  it.each(Object.entries(bad))('a tsconfig that %s', async (_, files) => {
    const ingested = await ingest({ ...HEALTHY, ...files });
    await expectHealthy(ingested);
  });

  it.each(Object.entries(bad).filter(([name]) => !['includes nothing', 'is empty'].includes(name)))(
    'says so when a tsconfig %s',
    async (_, files) => {
      const ingested = await ingest({ ...HEALTHY, ...files });
      expectDiagnostic(ingested, 'tsconfig.json');
    },
  );

  it('references that go in circles or nowhere', async () => {
    await expectHealthy(
      await ingest({
        ...HEALTHY,
        'tsconfig.json': '{ "references": [{ "path": "./src" }, { "path": "./gone" }, { "path": "." }, {}], "files": [] }',
        'src/tsconfig.json': '{ "compilerOptions": { "composite": true }, "references": [{ "path": ".." }] }',
      }),
    );
  });

  it('no tsconfig at all', async () => {
    await expectHealthy(await ingest(HEALTHY));
  });

  it.each([
    '{',
    '',
    'null',
    '[]',
    '42',
    '{ "name": 7, "exports": [1, null, { "x": { "y": [] } }], "main": {}, "dependencies": "all", "workspaces": 3 }',
    '{ "name": "__proto__", "exports": { "./*": "./*/*/*" } }',
  ])('a package.json of %j', async (manifest) => {
    const { namesIn } = await ingestBesideHealthy({
      'package.json': manifest,
      'src/own.ts': "import x from '__proto__';\nimport y from 'constructor/deep';\nexport const own = [x, y];\n",
    });
    expect(namesIn('src/own.ts')).toEqual(['own']);
  });
});
