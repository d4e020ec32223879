import { describe, expect, test } from 'vitest';
import { compareTopLevel } from '../../../src/diff/compare-top-level.ts';
import { topLevelOf } from '../../../ingest/workers/typescript/top-level.ts';

const changes = (before: string, after: string): string[] =>
  compareTopLevel(topLevelOf({ path: 'a.ts', text: before }), topLevelOf({ path: 'a.ts', text: after })).map(
    ({ change, detail }) => `${change} (${detail})`,
  );

describe('the top level of a module', () => {
  test.each<[what: string, before: string, after: string, ...expected: string[]]>([
    [
      're-export lost',
      `export { put, get } from './store'`,
      `export { get } from './store'`,
      'change-visibility (no longer exports put of ./store)',
    ],
    [
      'import no longer exported',
      `import { put } from './store'; export { put }`,
      `import { put } from './store'`,
      'change-visibility (no longer exports put)',
    ],
    [
      'value now a type',
      `export { Put } from './store'`,
      `export { type Put } from './store'`,
      'change-visibility (exports Put of ./store as a type only)',
    ],
    ['type now a value', `export type * from './store'`, `export * from './store'`],
    ['everything no longer passed on', `export * from './store'`, '', 'change-visibility (no longer exports * of ./store)'],
    ['alias changed', 'const a = 1; export { a as b }', 'const a = 1; export { a as c }', 'change-visibility (no longer exports a as b)'],
    ['re-export added', '', `export * from './store'`],
    ['export of a declaration is its own affair', 'const a = 1; export { a }', 'const a = 1'],
    [
      'name from elsewhere',
      `import { put } from './store'`,
      `import { put } from './memory'`,
      'behaviour ("put" was put of ./store, is put of ./memory)',
    ],
    [
      'another name',
      `import { put } from './store'`,
      `import { set as put } from './store'`,
      'behaviour ("put" was put of ./store, is set of ./store)',
    ],
    ['import added', '', `import { put } from './store'`],
    ['import removed', `import * as store from './store'`, ''],
    ['module loaded for its effects', '', `import './polyfill'`, 'behaviour (top-level statements changed)'],
    ['statement', 'start(1)', 'start(2)', 'behaviour (top-level statements changed)'],
    ['what a name for it exports', 'export default start.all', 'export default start.one', 'behaviour (top-level statements changed)'],
    ['exported value, which is a declaration', 'export default { a: 1 }', 'export default { a: 2 }'],
    ['layout and comments', `import {a} from './a'\nstart( {} )`, `// begin\nimport { a } from "./a";\nstart({\n});`],
    ['declarations', 'function f() { return 1 }', 'class A {}'],
  ])('%s', (_what, before, after, ...expected) => {
    expect(changes(before, after)).toEqual(expected);
  });
});
