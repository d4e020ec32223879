import { describe, expect, it } from 'vitest';
import { composeFormat } from '../../../../ingest/workers/compose.ts';
import { readFormat } from '../read-format.ts';

const PARCELS = `
x-logging: &logging
  LOG_LEVEL: \${LOG_LEVEL:-info}
services:
  booking:
    build: ./services/booking
    image: acme/booking:1.2
    container_name: acme-booking
    ports: ["8080:3000", "127.0.0.1:9229:9229/tcp"]
    depends_on:
      db: { condition: service_healthy }
      tracking-service: { condition: service_started }
    environment:
      <<: *logging
      TRACKING_URL: http://tracking-service:\${TRACKING_PORT:-3000}
      DB_PASSWORD: hunter2
      DATABASE_URL: postgres://app:s3cret@db:5432/parcels
      FORWARDED:
    secrets: [stripe]
    networks:
      back: { aliases: [bookings] }
  tracking-service:
    build:
      context: .
      dockerfile: services/tracking/Dockerfile
      args: { NODE_ENV: production }
    env_file: [services/tracking/.env.example, missing.env]
    environment:
      - PORT=3000
      - CACHE_HOST
    expose: [3000]
  db:
    image: postgres:16-alpine
    volumes: ["data:/var/lib/postgresql/data", "./init.sql:/init.sql", "/cache"]
volumes: { data: }
networks: { back: }
secrets: { stripe: { environment: STRIPE_KEY } }
`;
const FILES = { 'docker-compose.yml': PARCELS, 'services/tracking/.env.example': 'QUEUE=jobs\n#OPTIONAL=1\n' };

describe('the compose worker', () => {
  it('states services, what they are built from and what they need', async () => {
    const { arrows, things } = await readFormat(composeFormat, FILES);
    expect(things).toEqual(
      expect.arrayContaining([
        'Service shop//svc:booking',
        'Service shop//svc:tracking-service',
        'Service shop//svc:db',
        'Resource shop//res:compose/volume/data',
        'Resource shop//res:compose/secret/stripe',
        'Resource shop//res:image/postgres',
      ]),
    );
    expect(arrows.filter((arrow) => /DEPENDS_ON|DEPLOYED_AS|ALIASES/.test(arrow))).toEqual([
      'shop//res:image/acme/booking ALIASES shop//res:image/services/booking/Dockerfile',
      'shop//svc:booking DEPENDS_ON shop//res:compose/network/back',
      'shop//svc:booking DEPENDS_ON shop//res:compose/secret/stripe',
      'shop//svc:booking DEPENDS_ON shop//svc:db',
      'shop//svc:booking DEPENDS_ON shop//svc:tracking-service',
      'shop//svc:booking DEPLOYED_AS shop//res:image/services/booking/Dockerfile',
      'shop//svc:db DEPENDS_ON shop//res:compose/volume/data',
      'shop//svc:db DEPLOYED_AS shop//res:image/postgres',
      'shop//svc:tracking-service DEPENDS_ON shop//doc:services/tracking/.env.example',
      'shop//svc:tracking-service DEPLOYED_AS shop//res:image/services/tracking/Dockerfile',
    ]);
  });

  it('publishes under which names and ports services answer, and where they are built', async () => {
    const { keys } = await readFormat(composeFormat, FILES);
    const services = keys.filter((key) => key.key === 'service');
    expect(services.map(({ name, folder }) => [name, folder])).toEqual([
      ['booking', 'services/booking'],
      ['tracking-service', 'services/tracking'],
      ['db', undefined],
    ]);
    expect(services[0]?.hosts).toEqual(
      expect.arrayContaining(['booking', 'acme-booking', 'bookings', 'booking:3000', 'bookings:3000', 'localhost:8080', 'localhost:9229']),
    );
    expect(services[1]?.configs).toEqual(['shop//doc:services/tracking/.env.example']);
  });

  it('keeps values with their defaults filled in, and no secret', async () => {
    const { keys, nodes } = await readFormat(composeFormat, FILES);
    const values = Object.fromEntries(keys.flatMap((key) => (key.key === 'config' ? [[key.name, key.value]] : [])));
    expect(values).toEqual({
      LOG_LEVEL: 'info',
      TRACKING_URL: 'http://tracking-service:3000',
      DATABASE_URL: 'postgres://db:5432/parcels',
      NODE_ENV: 'production',
      PORT: '3000',
      DB_PASSWORD: undefined,
      FORWARDED: undefined,
      CACHE_HOST: undefined,
    });
    expect(JSON.stringify([nodes, keys])).not.toMatch(/hunter2|s3cret/);
    expect(nodes.find(({ name }) => name === 'DB_PASSWORD')?.props).toEqual({ secret: true });
  });

  it('tells what is declared from what is taken from outside, at the line that says so', async () => {
    const { arrows, edges } = await readFormat(composeFormat, FILES);
    expect(arrows.filter((arrow) => arrow.includes('READS_CONFIG'))).toEqual([
      'shop//res:compose/secret/stripe READS_CONFIG shop//env:STRIPE_KEY',
      'shop//svc:booking READS_CONFIG shop//env:FORWARDED',
      'shop//svc:booking READS_CONFIG shop//env:LOG_LEVEL',
      'shop//svc:booking READS_CONFIG shop//env:TRACKING_PORT',
      'shop//svc:tracking-service READS_CONFIG shop//env:CACHE_HOST',
    ]);
    const siteOf = (to: string) => edges.find((edge) => edge.type === 'DECLARES' && edge.to.endsWith(to))?.sites[0];
    expect(siteOf('env:TRACKING_URL')).toMatchObject({ line: 15, file: 'docker-compose.yml' });
    expect(siteOf('env:QUEUE')).toMatchObject({ line: 1, file: 'services/tracking/.env.example' });
    expect(arrows.join()).not.toContain('OPTIONAL');
  });

  it('fills in variables of the .env file beside it', async () => {
    const text = 'services: { web: { image: "nginx:${TAG}", ports: ["${PORT}:80"] } }';
    const { keys, nodes } = await readFormat(composeFormat, { 'deploy/compose.yaml': text, 'deploy/.env': 'TAG=1.27\nPORT=8888' });
    expect(nodes).toContainEqual(expect.objectContaining({ kind: 'Service', props: expect.objectContaining({ image: 'nginx:1.27' }) }));
    expect(keys[0]).toMatchObject({ hosts: ['web', 'web:80', 'localhost:8888'] });
  });

  it('claims what compose reads, and nothing that only looks like it', () => {
    const claimed = ['docker-compose.yml', 'a/compose.prod.yaml', 'docker-compose-dev.yaml', 'x.compose.yml', 'dev/compose.yaml'];
    expect(claimed.filter((path) => composeFormat.claims(path))).toEqual(claimed);
    expect(['composer.yml', 'decompose.ts', 'compose.json', 'src/compose.ts'].filter((path) => composeFormat.claims(path))).toEqual([]);
    expect(composeFormat.recognises?.('steps:\n  services: x', 'compose.yml')).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['a list of services', 'services: [web, db]'],
    ['services that are text', 'services: { web: nginx, db: 7, "": null }'],
    [
      'wrong types everywhere',
      'services: { web: { ports: 80, environment: 3, depends_on: 1, volumes: {a: b}, build: [], networks: "x", env_file: {} } }',
    ],
    ['keys that pollute', 'services: { __proto__: { image: x }, constructor: { environment: { __proto__: 1 } } }'],
    ['byte order mark and CRLF', '\uFEFFservices:\r\n  web:\r\n    image: nginx\r\n'],
  ])('survives %s', async (_, text) => {
    const { nodes, diagnostics } = await readFormat(composeFormat, { 'compose.yml': text });
    expect(diagnostics).toEqual([]);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
  });

  it('reports a bomb of aliases, broken YAML and nothing else of them', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((name, at) => `${name}: &${name} [${`*${'abcdefgh'[at]!},`.repeat(9)}]`),
    ];
    const bombed = await readFormat(composeFormat, { 'compose.yml': `${bomb.join('\n')}\nservices: { web: { environment: *i } }` });
    expect(bombed.nodes).toEqual([]);
    expect(bombed.diagnostics).toHaveLength(1);
    const broken = await readFormat(composeFormat, { 'compose.yml': 'services:\n  web: {image: nginx\n  db: [' });
    expect(broken.diagnostics[0]).toMatchObject({ code: 'parse-failure', file: 'compose.yml', span: { line: expect.any(Number) } });
  });

  it('keeps no huge value, and takes no time for it', async () => {
    const text = `services:\n  web:\n    environment:\n      BLOB: "${'${A:-'.repeat(100_000)}"\n      BIG: ${'x'.repeat(1_000_000)}\n`;
    const { keys } = await readFormat(composeFormat, { 'compose.yml': text });
    expect(keys.filter((key) => key.key === 'config').map(({ value }) => value)).toEqual([undefined, undefined]);
  });
});
