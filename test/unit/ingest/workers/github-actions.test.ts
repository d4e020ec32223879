import { describe, expect, it } from 'vitest';
import { githubActionsFormat } from '../../../../ingest/workers/github-actions.ts';
import { readFormat } from '../read-format.ts';

const CI = `name: CI
on: [push]
env:
  NODE_ENV: test
jobs:
  build:
    runs-on: ubuntu-latest
    container: { image: "node:20", env: { IN: container } }
    services:
      db: { image: "postgres:16", env: { POSTGRES_DB: parcels } }
    env: { API_URL: "\${{ vars.API_URL }}" }
    steps:
      - uses: actions/checkout@v4
      - uses: ./.github/actions/setup
      - uses: docker://alpine:3
      - run: npm test
        env:
          STRIPE_KEY: \${{ secrets.STRIPE_KEY }}
          TOKEN: \${{ secrets.GITHUB_TOKEN }}
  deploy:
    needs: [build]
    if: secrets['DEPLOY_KEY'] != ''
    uses: ./.github/workflows/deploy.yml
`;
const PATH = '.github/workflows/ci.yml';

describe('the github-actions worker', () => {
  it('states jobs, what they need and use', async () => {
    const { arrows } = await readFormat(githubActionsFormat, { [PATH]: CI });
    expect(arrows.filter((arrow) => /DEPENDS_ON|CONTAINS/.test(arrow))).toEqual([
      'shop//res:workflow/ci.yml CONTAINS shop//res:workflow/ci.yml#build',
      'shop//res:workflow/ci.yml CONTAINS shop//res:workflow/ci.yml#deploy',
      'shop//res:workflow/ci.yml#build DEPENDS_ON shop//res:action/./.github/actions/setup',
      'shop//res:workflow/ci.yml#build DEPENDS_ON shop//res:action/actions/checkout',
      'shop//res:workflow/ci.yml#build DEPENDS_ON shop//res:image/alpine',
      'shop//res:workflow/ci.yml#build DEPENDS_ON shop//res:image/node',
      'shop//res:workflow/ci.yml#build DEPENDS_ON shop//res:image/postgres',
      'shop//res:workflow/ci.yml#deploy DEPENDS_ON shop//res:workflow/ci.yml#build',
      'shop//res:workflow/ci.yml#deploy DEPENDS_ON shop//res:workflow/deploy.yml',
    ]);
  });

  it('declares variables at all levels, and takes secrets and variables of the settings', async () => {
    const { arrows, nodes } = await readFormat(githubActionsFormat, { [PATH]: CI });
    expect(arrows.filter((arrow) => /env:/.test(arrow))).toEqual([
      'shop//res:workflow/ci.yml DECLARES shop//env:NODE_ENV',
      'shop//res:workflow/ci.yml#build DECLARES shop//env:API_URL',
      'shop//res:workflow/ci.yml#build DECLARES shop//env:IN',
      'shop//res:workflow/ci.yml#build DECLARES shop//env:POSTGRES_DB',
      'shop//res:workflow/ci.yml#build DECLARES shop//env:STRIPE_KEY',
      'shop//res:workflow/ci.yml#build DECLARES shop//env:TOKEN',
      'shop//res:workflow/ci.yml#build READS_CONFIG shop//env:API_URL',
      'shop//res:workflow/ci.yml#build READS_CONFIG shop//env:STRIPE_KEY',
      'shop//res:workflow/ci.yml#deploy READS_CONFIG shop//env:DEPLOY_KEY',
    ]);
    expect(nodes.find(({ name }) => name === 'DEPLOY_KEY')?.props).toEqual({ secret: true });
  });

  it('reads actions of the repository by their folder, as workflows name them', async () => {
    const text = 'name: Setup\nruns:\n  using: composite\n  steps:\n    - uses: actions/setup-node@v4\n';
    const { arrows } = await readFormat(githubActionsFormat, { '.github/actions/setup/action.yml': text });
    expect(arrows).toEqual(['shop//res:action/./.github/actions/setup DEPENDS_ON shop//res:action/actions/setup-node']);
  });

  it('recognises workflows by their jobs and actions by how they run', () => {
    expect(githubActionsFormat.claims('docs/workflows/x.yml')).toBe(false);
    expect(githubActionsFormat.recognises?.('name: x', PATH)).toBe(false);
    expect(githubActionsFormat.recognises?.('name: x', 'action.yml')).toBe(false);
  });

  it.each([
    ['wrong types', 'jobs: { a: 1, b: [x], c: { steps: {}, needs: 3, env: [], services: 1, container: [] } }'],
    ['expressions without end', `jobs: { a: { steps: [{ run: "${'${{ secrets.X '.repeat(20_000)}" }] } }`],
  ])('survives %s', async (_, text) => {
    const { diagnostics } = await readFormat(githubActionsFormat, { [PATH]: text });
    expect(diagnostics).toEqual([]);
  });
});
