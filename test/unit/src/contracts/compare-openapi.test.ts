import { describe, expect, test } from 'vitest';
import { openapi } from '../../../../ingest/workers/openapi/openapi.ts';
import { compareOpenapi } from '../../../../src/contracts/compare-openapi.ts';
import { readFormat } from '../../ingest/read-format.ts';

const documentWith = (security: string): string => `openapi: 3.1.0
info: {title: Library, version: 1.0.0}
paths:
  /loans:
    get:
      security: ${security}
      responses: {200: {description: All}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
    branch: {type: apiKey, in: header, name: X-Branch}
    key: {type: apiKey, in: query, name: api_key}
    session: {type: apiKey, in: cookie, name: sid}
    mesh: {type: mutualTLS}
`;

async function changesBetween(before: string, after: string): Promise<readonly string[]> {
  const nodesOf = async (security: string) => (await readFormat(openapi, { 'library.yaml': documentWith(security) })).nodes;
  return compareOpenapi(await nodesOf(before), await nodesOf(after)).map(({ kind, value, credentials = [] }) => {
    const sent = credentials.map((way) => way.map(({ in: place, name }) => `${place} ${name}`).join(' & ')).join(' | ');
    return `${kind} ${value}: ${sent}`;
  });
}

describe('ways to sign in', () => {
  test.each([
    ['of what was public', '[]', '[{token: []}, {key: []}]', ['security-added token or key: header authorization | query api_key']],
    [
      'that need one more scheme',
      '[{token: []}]',
      '[{token: [], branch: []}]',
      ['security-added branch and token: header x-branch & header authorization'],
    ],
    ['of which one is gone', '[{token: []}, {session: []}]', '[{token: []}]', ['security-removed session: cookie sid']],
    ['that no call shows', '[]', '[{mesh: []}]', ['security-added mesh: ']],
    ['that are one more to choose from', '[{token: []}]', '[{token: []}, {key: []}]', []],
    ['that nobody has to use', '[]', '[{}, {token: []}]', []],
    ['that may be left out no longer', '[{}, {token: []}]', '[{token: []}]', ['security-added token: header authorization']],
    ['that are asked for without one of two schemes', '[{token: [], branch: []}]', '[{token: []}]', []],
  ])('%s', async (_, before, after, expected) => {
    expect(await changesBetween(before, after)).toEqual(expected);
  });
});
