import { describe, expect, it } from 'vitest';
import type { LinkKey } from '../../../../ingest/keys.ts';
import { endpointsLinker, endpointsOf } from '../../../../ingest/link/endpoints.ts';
import { keysOf, linksOf } from '../link-keys.ts';

const at = { line: 4, col: 3 };
/** An application with one route, written at its top level. */
const serves = (file: string, method: string, path: string, handler = `shop//code:${file}#handle`): readonly LinkKey[] => [
  { key: 'declares', module: `shop//code:${file}`, exported: ['handle'], internal: [] },
  {
    key: 'call',
    from: `shop//code:${file}`,
    ...at,
    callee: {
      is: 'member',
      of: { is: 'call', callee: { is: 'external', package: 'express', path: ['default'] }, args: [], made: `shop//code:${file}:1:1` },
      path: [method],
    },
    args: [
      { is: 'text', text: path },
      { is: 'declared', id: handler },
    ],
  },
];
const operation = (api: string, method: string, path: string, more: Partial<Extract<LinkKey, { key: 'operation' }>> = {}): LinkKey => ({
  key: 'operation',
  id: `shop//api:${api}#${method} ${path}`,
  api: `shop//api:${api}`,
  method,
  path,
  fields: [],
  ...at,
  ...more,
});
const inPackage = (name: string, folder: string): readonly LinkKey[] => [{ key: 'package', id: `shop//pkg:${folder}`, name, folder }];

describe('endpoints', () => {
  it('are named after their package, and handled by what is registered', () => {
    const keys = keysOf({
      'apps/web/package.json': inPackage('@acme/web', 'apps/web'),
      'apps/web/app.ts': serves('apps/web/app.ts', 'get', '/users/:id'),
    });
    expect(endpointsOf(keys)).toMatchObject([
      {
        id: 'shop//endpoint:@acme/web#GET /users/{id}',
        method: 'GET',
        path: '/users/{id}',
        folder: 'apps/web/',
        owner: 'shop//endpoint:@acme/web',
      },
    ]);
    const { nodes, edges } = endpointsLinker.link('shop', keys);
    expect(nodes).toMatchObject([
      { kind: 'Endpoint', file: 'apps/web/app.ts', span: { line: 4, col: 3 }, props: { framework: 'express' } },
    ]);
    expect(edges).toMatchObject([
      {
        from: 'shop//code:apps/web/app.ts#handle',
        type: 'HANDLES',
        tier: 'compiler',
        rule: 'express-route',
        sites: [{ line: 4, col: 3, file: 'apps/web/app.ts' }],
      },
    ]);
  });

  it('realise the operation with their method and path, whatever its parameters are called', () => {
    const links = linksOf(endpointsLinker, {
      'src/app.ts': serves('src/app.ts', 'put', '/api/v1/users/:id'),
      'users.yaml': [
        operation('users', 'PUT', '/users/{userId}', { servers: ['https://acme.test/api/v1'] }),
        operation('users', 'GET', '/users/{userId}', { servers: ['https://acme.test/api/v1'] }),
        operation('users', 'PUT', '/users/me', { servers: ['https://acme.test/api/v1'] }),
      ],
    });
    expect(links).toEqual([
      'code:src/app.ts#handle HANDLES api:users#PUT /users/{userId} express-route 1',
      'code:src/app.ts#handle HANDLES endpoint:shop#PUT /api/v1/users/{id} express-route 1',
      'endpoint:shop#PUT /api/v1/users/{id} REALIZES api:users#PUT /users/{userId} method-and-path 1',
    ]);
  });

  it('may have a prefix that the contract does not state', () => {
    const links = linksOf(endpointsLinker, {
      'src/app.ts': serves('src/app.ts', 'get', '/api/users'),
      'users.yaml': [operation('users', 'GET', '/users')],
    });
    expect(links).toContain('endpoint:shop#GET /api/users REALIZES api:users#GET /users method-and-path 0.9');
  });

  it('belong to the contract in their folder or of their name; where nothing says which, to each with less confidence', () => {
    const app = {
      'apps/orders/package.json': inPackage('orders', 'apps/orders'),
      'apps/orders/a.ts': serves('apps/orders/a.ts', 'get', '/health'),
    };
    const realized = (files: Parameters<typeof linksOf>[1]): readonly string[] =>
      linksOf(endpointsLinker, { ...app, ...files }).filter((link) => link.includes('REALIZES'));
    expect(
      realized({
        'apps/orders/openapi.yaml': [operation('x', 'GET', '/health')],
        'apps/users/openapi.yaml': [operation('y', 'GET', '/health')],
      }),
    ).toEqual(['endpoint:orders#GET /health REALIZES api:x#GET /health method-and-path 1']);
    expect(
      realized({ 'contracts/o.yaml': [operation('orders', 'GET', '/health')], 'contracts/u.yaml': [operation('users', 'GET', '/health')] }),
    ).toEqual(['endpoint:orders#GET /health REALIZES api:orders#GET /health method-and-path 1']);
    expect(
      realized({ 'contracts/a.yaml': [operation('a', 'GET', '/health')], 'contracts/b.yaml': [operation('b', 'GET', '/health')] }),
    ).toEqual([
      'endpoint:orders#GET /health REALIZES api:a#GET /health method-and-path 0.5',
      'endpoint:orders#GET /health REALIZES api:b#GET /health method-and-path 0.5',
    ]);
  });

  it('are matched by the name of the handler where no path fits', () => {
    const links = linksOf(endpointsLinker, {
      'src/app.ts': serves('src/app.ts', 'post', '/v2/sign-ups', 'shop//code:src/app.ts#createUser'),
      'users.yaml': [operation('users', 'POST', '/users', { operationId: 'createUser' })],
    });
    expect(links).toContain('endpoint:shop#POST /v2/sign-ups REALIZES api:users#POST /users operation-id 0.8');
  });

  it('are none of what another repository or nobody serves', () => {
    const links = linksOf(endpointsLinker, {
      'src/app.ts': serves('src/app.ts', 'get', '/users'),
      'users.yaml': [operation('users', 'POST', '/users'), operation('users', 'GET', '/orders')],
      'other//src/app.ts': serves('src/app.ts', 'get', '/orders').map(
        (key) => JSON.parse(JSON.stringify(key).replaceAll('shop//', 'other//')) as LinkKey,
      ),
    });
    expect(links).toEqual(['code:src/app.ts#handle HANDLES endpoint:shop#GET /users express-route 1']);
  });

  it('are found in languages without a compiler, by the name of the handler', () => {
    const links = linksOf(endpointsLinker, {
      'main.go': [
        {
          key: 'http-route',
          from: 'shop//code:main.go#routes',
          ...at,
          method: 'ANY',
          path: '/users/{id:[0-9]+}',
          framework: 'chi',
          handler: 'h.showUser',
        },
        {
          key: 'http-route',
          from: 'shop//code:main.go#routes',
          ...at,
          method: 'GET',
          path: '/users/<int:id>/pets',
          framework: 'chi',
          handler: 'gone',
        },
      ],
      'users.go': [{ key: 'declares', module: 'shop//code:users.go', exported: ['Handler.showUser'], internal: [] }],
    });
    expect(links).toEqual([
      'code:main.go#routes HANDLES endpoint:shop#GET /users/{id}/pets chi-route 0.9',
      'code:users.go#Handler.showUser HANDLES endpoint:shop#ALL /users/{id} chi-route 0.8',
    ]);
  });
});
