import { defineConfig } from 'vitest/config';

/** `unit` needs nothing around it; `system` may use a Neo4j, which its global set-up starts or reports as missing. */
export default defineConfig({
  test: {
    reporters: ['default', ['json', { outputFile: '.cache/vitest.json' }]],
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        test: {
          name: 'system',
          include: ['test/{contract,integration,e2e}/**/*.test.ts'],
          globalSetup: ['test/neo4j/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      'examples/image-upload',
    ],
  },
});
