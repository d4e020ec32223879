import { describe, expect, it } from 'vitest';
import type { LinkKey } from '../../../../ingest/keys.ts';
import { servicesLinker } from '../../../../ingest/link/services.ts';
import { keysOf, linksOf, type KeysByFile } from '../link-keys.ts';

const at = { line: 3, col: 1 };
const service = (name: string, more: object = {}, repo = 'shop'): LinkKey => ({
  key: 'service',
  id: `${repo}//svc:${name}`,
  name,
  hosts: [name],
  ...at,
  ...more,
});
const pkg = (name: string, folder: string, more: object = {}): LinkKey => ({
  key: 'package',
  id: `shop//pkg:${name}`,
  name,
  folder,
  ...more,
});
const config = (name: string, value: string, by: string): LinkKey => ({ key: 'config', name, value, by, line: 7, col: 3 });
const operation = (api: string): LinkKey => ({
  key: 'operation',
  id: `shop//api:${api}#GET /x`,
  api: `shop//api:${api}`,
  method: 'GET',
  path: '/x',
  fields: [],
  ...at,
});
const links = (files: KeysByFile, type = '') => linksOf(servicesLinker, files).filter((link) => link.includes(` ${type}`));

describe('the services linker', () => {
  it('takes services whose names differ in spelling for one, that with a folder for the main one', () => {
    expect(
      links({
        'catalog-info.yaml': [service('UserService')],
        'compose.yml': [service('user', { folder: 'services/user' }), service('mailer')],
        'k8s.yaml': [service('user-service'), service('mailer')],
      }),
    ).toEqual(['svc:UserService ALIASES svc:user same-name 0.9', 'svc:user-service ALIASES svc:user same-name 0.9']);
  });

  it('keeps apart what one file tells apart', () => {
    expect(links({ 'compose.yml': [service('user'), service('user-service')] })).toEqual([]);
  });

  it('joins services across repositories only where one of them has the code', () => {
    const here = { 'k8s.yaml': [service('user-service'), service('redis')] };
    expect(links({ ...here, 'code//compose.yml': [service('user', { folder: 'a' }, 'code'), service('redis', {}, 'code')] })).toEqual([
      'svc:user-service ALIASES code//svc:user same-name 0.6',
    ]);
  });

  it('links a service to the package in the folder it is built from, before one of its name', () => {
    expect(
      links({
        'compose.yml': [service('booking', { folder: 'apps/bookings' }), service('tracking-service')],
        'apps/bookings/package.json': [pkg('@acme/api', 'apps/bookings')],
        'packages/booking/package.json': [pkg('booking', 'packages/booking')],
        'packages/tracking/package.json': [pkg('@acme/tracking', 'packages/tracking')],
        'package.json': [pkg('tracking', '')],
      }),
    ).toEqual([
      'svc:booking DEPLOYED_AS pkg:@acme/api build-folder 1',
      'svc:tracking-service DEPLOYED_AS pkg:@acme/tracking same-name 0.8',
    ]);
  });

  it('makes services of packages that start or are built, where services are kept, and of no other', () => {
    const files = {
      'services/billing/package.json': [pkg('@acme/billing', 'services/billing', { starts: 4 })],
      'apps/web/package.json': [pkg('web', 'apps/web')],
      'apps/web/Dockerfile': [{ key: 'image', id: 'shop//res:image/apps/web/Dockerfile', folder: 'apps/web', ...at } as const],
      'services/shared/package.json': [pkg('shared', 'services/shared')],
      'packages/cli/package.json': [pkg('cli', 'packages/cli', { starts: 2 })],
      'services/known-service/package.json': [pkg('x', 'services/known-service', { starts: 2 })],
      'k8s.yaml': [service('known')],
    };
    const { nodes } = servicesLinker.link('shop', keysOf(files));
    expect(nodes.map(({ id, file, span }) => [id, file, span?.line])).toEqual([
      ['shop//svc:web', 'apps/web/package.json', 1],
      ['shop//svc:billing', 'services/billing/package.json', 4],
    ]);
    expect(links(files, 'DEPLOYED_AS')).toEqual([
      'svc:billing DEPLOYED_AS pkg:@acme/billing package-that-starts 0.8',
      'svc:known DEPLOYED_AS pkg:x same-name 0.8',
      'svc:web DEPLOYED_AS pkg:web package-that-starts 0.8',
    ]);
  });

  it('links services to contracts by what they say, by folder and by name, in falling confidence', () => {
    expect(
      links(
        {
          'catalog-info.yaml': [
            service('booking', { provides: ['booking-api'], consumes: ['tracking-api', 'unknown-api'] }),
            { key: 'api', id: 'shop//api:booking', name: 'booking-api', ...at },
            { key: 'api', id: 'shop//api:tracking', name: 'tracking-api', ...at },
          ],
          'compose.yml': [
            service('web', { folder: 'apps/web' }),
            service('tracking', { folder: 'services/tracking' }),
            service('billing-service'),
          ],
          'contracts/booking.yaml': [operation('booking')],
          'services/tracking/openapi.yaml': [operation('tracking')],
          'apps/web/billing.yaml': [operation('billing')],
          'apps/web/own.yaml': [operation('own')],
        },
        '',
      ).filter((link) => /api:/.test(link)),
    ).toEqual([
      'svc:billing-service REALIZES api:billing same-name 0.7',
      'svc:booking DEPENDS_ON api:tracking consumes 1',
      'svc:booking REALIZES api:booking provides 1',
      'svc:tracking REALIZES api:tracking contract-in-folder 0.9',
      'svc:web REALIZES api:own contract-in-folder 0.9',
    ]);
  });

  it('follows configuration to the services it names, with the line that says so', () => {
    const files: KeysByFile = {
      'compose.yml': [
        service('booking', { folder: 'services/booking', configs: ['shop//doc:shared.env', 'shop//res:k8s/ConfigMap/c'] }),
        service('tracking', { hosts: ['tracking', 'localhost:8081'] }),
        service('billing'),
        config('TRACKING_URL', 'http://tracking:3000', 'shop//svc:booking'),
        config('SELF_URL', 'http://booking', 'shop//svc:booking'),
        config('STRIPE_URL', 'https://api.stripe.com', 'shop//svc:booking'),
      ],
      'k8s.yaml': [config('BILLING_HOST', 'billing', 'shop//res:k8s/ConfigMap/c')],
    };
    expect(links(files)).toEqual(['svc:booking DEPENDS_ON svc:billing config-url 1', 'svc:booking DEPENDS_ON svc:tracking config-url 1']);
    const edge = servicesLinker.link('shop', keysOf(files)).edges.find(({ to }) => to.endsWith('tracking'));
    expect(edge).toMatchObject({ tier: 'declared', sites: [{ line: 7, col: 3, file: 'compose.yml' }] });
    // Without its evidence, there is no edge.
    expect(links({ ...files, 'k8s.yaml': [] })).toEqual(['svc:booking DEPENDS_ON svc:tracking config-url 1']);
  });

  it('takes an example in the folder of a service for what it is told, less surely', () => {
    expect(
      links({
        'compose.yml': [service('booking', { folder: 'services/booking' }), service('tracking', { hosts: ['localhost:8081'] })],
        'services/booking/.env.example': [config('TRACKING_URL', 'http://localhost:8081', 'shop//doc:services/booking/.env.example')],
        'elsewhere/.env.example': [config('TRACKING_URL', 'http://localhost:8081', 'shop//doc:elsewhere/.env.example')],
      }),
    ).toEqual(['svc:booking DEPENDS_ON svc:tracking config-url 0.8']);
  });

  it('invents nothing where two services answer to one address', () => {
    expect(
      links({
        'compose.yml': [
          service('web'),
          service('a', { hosts: ['localhost:3000'] }),
          config('API_URL', 'http://localhost:3000', 'shop//svc:web'),
        ],
        'other/compose.yml': [service('b', { hosts: ['localhost:3000'] })],
      }),
    ).toEqual([]);
  });

  it('links what selects pods to the services they are', () => {
    expect(
      links({
        'k8s.yaml': [
          service('cart', { labels: ['app=cart', 'v=1'] }),
          service('other', { labels: ['app=other'] }),
          { key: 'route', id: 'shop//res:k8s/Service/cart', hosts: ['cart'], selector: ['app=cart'], ...at },
          { key: 'route', id: 'shop//res:k8s/Service/none', hosts: ['none'], selector: [], ...at },
        ],
      }),
    ).toEqual(['res:k8s/Service/cart DEPENDS_ON svc:cart selector 1']);
  });

  it('says the same whatever the order of units', () => {
    const files: KeysByFile = {
      'a.yml': [service('user'), service('x-service')],
      'b.yml': [service('user-service', { folder: 'u' }), service('x')],
      'c.yml': [service('UserService')],
    };
    expect(links(Object.fromEntries(Object.entries(files).reverse()))).toEqual(links(files));
  });
});
