import { describe, expect, it } from 'vitest';
import { readDotenv } from '../../../../ingest/parse/dotenv.ts';
import { dotenvFormat } from '../../../../ingest/workers/dotenv.ts';
import { readFormat } from '../read-format.ts';

const EXAMPLE = `# Where parcels are tracked.
TRACKING_URL=http://localhost:3001 # in development
export PORT="3000"
STRIPE_KEY=sk_test_123
#SENTRY_DSN=https://x@sentry.io/1
# prose with = in it
BANNER='costs $5'
QUEUE_URL=\${AMQP_URL}/jobs
KEY_PEM="-----BEGIN
abc
-----END"
AFTER=1
`;

describe('the dotenv worker', () => {
  it('states the blocks that comments head', async () => {
    const { nodes, arrows } = await readFormat(dotenvFormat, {
      'env-example-mongo': '# --- JWT ---\nJWT_SECRET=a\nJWT_TTL=1h\n\n# Where orders are kept\nDB_URL=x\n# DB_POOL=5\n\nPORT=1\n',
    });
    expect(nodes.filter(({ kind }) => kind === 'Section').map(({ id, name, span }) => [id, name, span?.line, span?.endLine])).toEqual([
      ['shop//doc:env-example-mongo#jwt', 'JWT', 1, 9],
      ['shop//doc:env-example-mongo#where-orders-are-kept', 'Where orders are kept', 5, 7],
    ]);
    expect(arrows).toContain('shop//doc:env-example-mongo CONTAINS shop//doc:env-example-mongo#jwt');
  });

  it('declares what an example file lists, with values that are no secrets and the comment above', async () => {
    const { keys, nodes, arrows } = await readFormat(dotenvFormat, { 'services/booking/.env.example': EXAMPLE });
    expect(keys.map((key) => (key.key === 'config' ? [key.name, key.value, key.line] : []))).toEqual([
      ['TRACKING_URL', 'http://localhost:3001', 2],
      ['PORT', '3000', 3],
      ['STRIPE_KEY', undefined, 4],
      ['SENTRY_DSN', 'https://sentry.io/1', 5],
      ['BANNER', 'costs $5', 7],
      ['QUEUE_URL', '${AMQP_URL}/jobs', 8],
      ['KEY_PEM', undefined, 9],
      ['AFTER', '1', 12],
    ]);
    expect(nodes.find(({ name }) => name === 'TRACKING_URL')?.props).toEqual({
      default: 'http://localhost:3001',
      doc: 'Where parcels are tracked.',
    });
    expect(arrows).toContain('shop//doc:services/booking/.env.example READS_CONFIG shop//env:AMQP_URL');
    expect(arrows).toContain('shop//doc:services/booking/.env.example DECLARES shop//env:PORT');
  });

  it('keeps no value of a file that is used', async () => {
    const { keys, nodes } = await readFormat(dotenvFormat, { '.env.production': 'API_HOST=internal.acme.example\nPIN=1234' });
    expect(keys).toHaveLength(2);
    expect(JSON.stringify([keys, nodes])).not.toMatch(/acme|1234/);
  });

  it('claims dotenv files only', () => {
    const claimed = ['.env', 'a/.env.local', '.env.example', '.env.production.example', 'example.env', 'env.example'];
    expect(claimed.filter((path) => dotenvFormat.claims(path))).toEqual(claimed);
    expect(['.envrc', 'src/env.ts', 'environment.ts', 'env', 'my.envelope'].filter((path) => dotenvFormat.claims(path))).toEqual([]);
  });

  it('reads an unclosed quote as one line, and hostile text in time', () => {
    expect(readDotenv('A="open\nB=2').map(({ name, value }) => [name, value])).toEqual([
      ['A', '"open'],
      ['B', '2'],
    ]);
    expect(readDotenv('A="\n'.repeat(20_000)).length).toBeGreaterThan(0);
    expect(readDotenv('\uFEFFA=1\r\n=x\r\n__proto__=2\r\n1A=3\r\n').map(({ name }) => name)).toEqual(['A', '__proto__']);
  });
});
