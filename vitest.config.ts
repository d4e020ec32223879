import { defineConfig } from 'vitest/config';

const NEEDS_NEO4J = ['test/contract/**/*.test.ts', 'test/**/*neo4j*.test.ts', 'test/neo4j/**/*.test.ts'];
/** The copy that Node gives to Apollo: Vite would give our sources graphql's `module`, and two copies refuse each other. */
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };
/** Lets threads that our sources start run from TypeScript. */
const execArgv = ['--import', new URL('test/threads.mjs', import.meta.url).href];
const SLOW = { testTimeout: 120_000, hookTimeout: 120_000 };

/** Only `stores` starts a Neo4j, or says loudly that there is none: what needs one is in test/contract or has neo4j in its path. */
export default defineConfig({
  test: {
    reporters: ['default', ['json', { outputFile: '.cache/vitest.json' }]],
    projects: [
      { resolve, test: { name: 'unit', include: ['test/unit/**/*.test.ts'], exclude: NEEDS_NEO4J, execArgv, testTimeout: 30_000 } },
      { resolve, test: { name: 'system', include: ['test/{integration,e2e}/**/*.test.ts'], exclude: NEEDS_NEO4J, execArgv, ...SLOW } },
      // One database for all of its files, so one file at a time.
      {
        test: {
          name: 'stores',
          include: NEEDS_NEO4J,
          globalSetup: ['test/neo4j/global-setup.ts'],
          fileParallelism: false,
          execArgv,
          ...SLOW,
        },
      },
      'examples/image-upload',
    ],
  },
});
