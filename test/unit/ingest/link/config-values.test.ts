import { describe, expect, it } from 'vitest';
import type { LinkKey } from '../../../../ingest/keys.ts';
import { configValues, hostsOf } from '../../../../ingest/link/config-values.ts';
import { keysOf } from '../link-keys.ts';

const at = { line: 1, col: 1 };
const service = (repo: string, name: string, hosts: readonly string[], more: object = {}): LinkKey => ({
  key: 'service',
  id: `${repo}//svc:${name}`,
  name,
  hosts,
  ...at,
  ...more,
});
const config = (name: string, by: string, more: object = {}): LinkKey => ({ key: 'config', name, by, ...at, ...more });

describe('configValues', () => {
  const values = configValues(
    keysOf({
      'compose.yml': [config('URL', 'shop//svc:web', { value: 'http://a' })],
      'k8s.yaml': [
        config('URL', 'shop//svc:web', { ref: { by: 'shop//res:k8s/ConfigMap/c', name: 'url' } }),
        config('url', 'shop//res:k8s/ConfigMap/c', { value: 'http://b' }),
        config('url', 'shop//res:k8s/ConfigMap/other', { value: 'http://c' }),
        config('SECRET', 'shop//svc:web'),
      ],
      'infra//compose.yml': [config('URL', 'infra//svc:web', { value: 'http://z' })],
    }),
  );

  it('gives the values of the repository, following references', () => {
    expect(values.valuesOf('URL', 'shop').map(({ file, value }) => [file, value])).toEqual([
      ['compose.yml', 'http://a'],
      ['k8s.yaml', 'http://b'],
    ]);
  });

  it('gives those of others where the repository has none, and nothing for what has no value', () => {
    expect(values.valuesOf('URL', 'web').map(({ value }) => value)).toEqual(['http://z', 'http://a', 'http://b']);
    expect(values.valuesOf('SECRET', 'shop')).toEqual([]);
    expect(values.valuesOf('constructor', 'shop')).toEqual([]);
  });
});

describe('hostsOf', () => {
  const hosts = hostsOf(
    keysOf({
      'compose.yml': [
        service('shop', 'tracking', ['tracking', 'tracking:3000', 'localhost:8081']),
        service('shop', 'billing', ['billing', 'billing:80', 'localhost:8082']),
        service('shop', 'copy', ['localhost:8082']),
      ],
      'k8s.yaml': [
        service('shop', 'mail', [], { labels: ['app=mail', 'tier=back'] }),
        {
          key: 'route',
          id: 'shop//res:k8s/Service/mailer',
          hosts: ['mailer', 'mailer.default.svc', 'mailer:25'],
          selector: ['app=mail'],
          ...at,
        },
        {
          key: 'route',
          id: 'shop//res:k8s/Ingress/in',
          hosts: ['mail.example.com'],
          selector: [],
          to: ['shop//res:k8s/Service/mailer'],
          ...at,
        },
        { key: 'route', id: 'shop//res:k8s/Service/tracking', hosts: ['tracking.prod'], selector: ['app=nobody'], ...at },
      ],
      'infra//compose.yml': [service('infra', 'tracking', ['tracking']), service('infra', 'vault', ['vault'])],
    }),
  );
  const reached = (url: string) => hosts.reachedBy(url, 'shop').map(({ service: id, confidence }) => `${id} ${confidence}`);

  it.each([
    ['http://tracking:3000/v1', ['shop//svc:tracking 1']],
    ['tracking', ['shop//svc:tracking 1']],
    ['HTTP://TRACKING.:9999?x', ['shop//svc:tracking 1']],
    ['http://localhost:8081', ['shop//svc:tracking 1']],
    ['http://127.0.0.1:8081/', ['shop//svc:tracking 1']],
    ['http://localhost:8082', ['shop//svc:billing 0.5', 'shop//svc:copy 0.5']],
    ['smtp://user:pass@mailer.default.svc:25', ['shop//svc:mail 1']],
    ['https://mail.example.com/x', ['shop//svc:mail 1']],
    ['http://vault', ['infra//svc:vault 0.8']],
  ])('leads %s to its service', (url, services) => {
    expect(reached(url)).toEqual(services);
  });

  it.each([
    'http://localhost',
    'http://localhost:9',
    'https://api.stripe.com',
    'http://tracking.evil.com',
    '/tracking',
    '',
    'http://',
    'http://constructor',
  ])('leads %s nowhere', (url) => {
    expect(reached(url)).toEqual([]);
  });

  it('takes a bare word for a host only where the name of the key says so', () => {
    const of = (name: string, value: string) => hosts.reachedByValue(name, value, 'shop').map(({ service: id }) => id);
    expect(of('TRACKING_HOST', 'tracking')).toEqual(['shop//svc:tracking']);
    expect(of('FEATURE', 'tracking')).toEqual([]);
    expect(of('FEATURE', 'http://tracking:3000, billing:80')).toEqual(['shop//svc:tracking', 'shop//svc:billing']);
    expect(of('DSN', 'jdbc:postgresql://billing:80/x')).toEqual(['shop//svc:billing']);
  });

  it('leads a route whose labels are given elsewhere to the service of its name', () => {
    const { reachedBy } = hostsOf(
      keysOf({
        'k8s.yaml': [
          service('shop', 'cart', []),
          { key: 'route', id: 'shop//res:k8s/Service/cart', hosts: ['cart', 'cart.shop'], selector: ['app=cart'], ...at },
        ],
      }),
    );
    expect(reachedBy('http://cart.shop', 'shop')).toEqual([{ service: 'shop//svc:cart', confidence: 1 }]);
  });
});
