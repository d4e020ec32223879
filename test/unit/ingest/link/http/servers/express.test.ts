import { describe, expect, it } from 'vitest';
import { served } from '../routes-of.ts';

describe('routes of Express', () => {
  it('stand behind the prefixes of the routers around them, across files', async () => {
    const { lines, route } = await served({
      'src/app.ts': `
import express from 'express';
import { createBooksRouter } from './books.ts';
import { membersRouter as members } from './members.ts';
import { authenticate } from './auth.ts';
export function createApp() {
  const app = express();
  app.use(express.json());
  const api = express.Router();
  api.use('/books', authenticate, createBooksRouter());
  api.use(['/members', '/readers'], members);
  app.use('/api/v1', api);
  app.get('/health', (_req, res) => { res.send('ok'); });
  return app;
}
`,
      'src/auth.ts': `export const authenticate = (req: unknown, res: unknown, next: () => void) => next();\n`,
      'src/books.ts': `
import { Router } from 'express';
export function createBooksRouter(): Router {
  const router = Router();
  router.get('/', list);
  router.route('/:isbn(\\\\d+)')
    .get(list)
    .delete(async (req, res) => {
      res.status(204).end();
    });
  return router;
}
function list(req: unknown, res: { json(x: unknown): void }) { res.json([]); }
`,
      'src/members.ts': `
import { Router } from 'express';
import { authenticate } from './auth.ts';
class MemberController {
  show = async (req: unknown, res: { json(x: unknown): void }) => { res.json({ id: 1 }); };
  rename() {}
}
const controller = new MemberController();
export const membersRouter = Router();
membersRouter.get('/:id', authenticate, controller.show);
membersRouter.put('/:id?', controller.rename.bind(controller));
`,
    });
    expect(lines).toEqual([
      'DELETE /api/v1/books/{isbn} src/books.ts#createBooksRouter@8',
      'GET /api/v1/books src/books.ts#list',
      'GET /api/v1/books/{isbn} src/books.ts#list',
      'GET /api/v1/members/{id} src/members.ts#MemberController.show',
      'GET /api/v1/readers/{id} src/members.ts#MemberController.show',
      'GET /health src/app.ts#createApp@13',
      'PUT /api/v1/members src/members.ts#MemberController.rename',
      'PUT /api/v1/members/{id} src/members.ts#MemberController.rename',
      'PUT /api/v1/readers src/members.ts#MemberController.rename',
      'PUT /api/v1/readers/{id} src/members.ts#MemberController.rename',
    ]);
    const { line, col, file, from } = route('DELETE /api/v1/books/{isbn}');
    expect({ line, col, file, from }).toEqual({ line: 8, col: 6, file: 'src/books.ts', from: 'shop//code:src/books.ts#createBooksRouter' });
  });

  it('are found in CommonJS modules, lists of routers and functions that are handed the application', async () => {
    const { lines } = await served({
      'package.json': '{}',
      'app.js': `
const express = require('express');
const app = express();
require('./admin')(app, '/admin');
const parts = [{ path: '/tags', router: require('./tags') }];
parts.forEach((part) => app.use(part.path, part.router));
for (const part of parts) app.use('/v2' + part.path, part.router);
app.get('*', (req, res) => res.sendFile('index.html'));
module.exports = app;
`,
      'admin.js': `
const { audit } = require('./audit');
module.exports = function (app, base) {
  app.get(base + '/audit', audit);
};
`,
      'audit.js': `
const wrap = (fn) => fn;
const audit = wrap(async (req, res) => res.json([]));
module.exports = { audit };
`,
      'tags.js': `
const router = require('express').Router();
router.post('/', (req, res) => { res.status(201).json(req.body.name); });
module.exports = router;
`,
      'tsconfig.json': JSON.stringify({ compilerOptions: { allowJs: true, module: 'commonjs', noEmit: true, types: [] } }),
    });
    expect(lines).toEqual(['GET /admin/audit audit.js#audit@3', 'POST /tags tags.js@3', 'POST /v2/tags tags.js@3']);
  });

  it('are found behind functions that are given the application among other things', async () => {
    const { lines } = await served({
      'src/load.ts': `
import { Router, type Application } from 'express';
import settings from './settings.ts';
const clerk = Router();
interface Parts { app: Application; log: () => void }
export const load = ({ app }: { app: Application }) => { app.use(settings.api.prefix, clerk); };
export const more = (parts: Parts) => { parts.app.post('/raw', () => undefined); };
clerk.get('/desk', () => undefined);
`,
      'src/settings.ts': `export default { api: { prefix: '/api' }, port: process.env.PORT };
`,
    });
    expect(lines).toEqual(['GET /api/desk src/load.ts@8', 'POST /raw src/load.ts#more@7']);
  });

  it('are found on members of classes', async () => {
    const { lines } = await served({
      'src/server.ts': `
import express, { Application, Router } from 'express';
class LoanRoutes {
  readonly path = '/loans';
  readonly router = Router();
  constructor() { this.register(); }
  private register() { this.router.post(\`\${this.path}/return\`, this.giveBack); }
  private giveBack(req: unknown) {}
}
export class Server {
  private readonly app: Application;
  constructor() {
    this.app = express();
    this.app.use('/desk', new LoanRoutes().router);
    this.app.get('/ping', (_req, res) => res.send('pong'));
  }
}
`,
    });
    expect(lines).toEqual(['GET /ping src/server.ts#Server.constructor@15', 'POST /desk/loans/return src/server.ts#LoanRoutes.giveBack']);
  });

  it('are not what looks like them', async () => {
    const { lines } = await served({
      'src/client.ts': `
import axios from 'axios';
import express from 'express';
const cache = new Map<string, () => void>();
const api = axios.create({ baseURL: '/api' });
const app = express();
export async function load() {
  await api.get('/books', { params: {} });
  await axios.post('/books', () => undefined);
  cache.get('/books');
  app.get('title');
  app.get(/^\\/secret/, () => undefined);
}
`,
      'src/app.test.ts': `
import express from 'express';
import { test } from 'vitest';
test('serves', () => { const app = express(); app.get('/only-in-test', () => undefined); });
`,
    });
    expect(lines).toEqual([]);
  });

  it('are taken for such with less confidence where nobody says what the application is', async () => {
    const { route, lines } = await served({
      'plugin.js': `
module.exports = (app) => {
  app.get('/metrics', (req, res) => res.send('1'));
  app.set('/view', 'x');
  app.get('name', () => 1);
};
`,
      'tsconfig.json': JSON.stringify({ compilerOptions: { allowJs: true, module: 'commonjs', noEmit: true, types: [] } }),
    });
    expect(lines).toEqual(['GET /metrics plugin.js#default@3']);
    expect(route('GET /metrics')).toMatchObject({ certain: false, confidence: 0.7 });
  });

  it('end where routers are mounted in each other', async () => {
    const { lines } = await served({
      'src/ring.ts': `
import { Router } from 'express';
export const a = Router();
export const b = Router();
a.use('/b', b);
b.use('/a', a);
a.get('/x', () => undefined);
`,
    });
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThan(5);
  });

  it('say what is sent and what is answered', async () => {
    const { route } = await served({
      'src/orders.ts': `
import { Router, type Request, type Response } from 'express';
export interface NewOrder { sku: string }
export interface Order { id: string; sku: string }
declare function save(order: NewOrder): Order;
export const orders = Router();
orders.post('/orders', create);
export function create(req: Request<{}, Order, NewOrder>, res: Response) {
  const { dryRun } = req.query;
  if (!req.body.sku) return res.status(400).json({ message: 'no' });
  return res.status(201).json(save(req.body));
}
orders.get('/orders/:id', (req, res) => { res.json({ id: req.params.id, note: 'x' }); });
`,
    });
    const created = route('POST /orders').exchange;
    expect(created.body.types.map(({ id }) => id)).toContain('shop//code:src/orders.ts#NewOrder');
    expect(created.query.reads.flatMap(({ value }) => value.result?.reads?.map(({ path }) => path) ?? [])).toEqual(['dryRun']);
    expect(created.response.values).toHaveLength(1);
    const got = route('GET /orders/{id}').exchange;
    expect(got.response.values).toMatchObject([{ is: 'object', entries: { note: { is: 'text', text: 'x' } } }]);
    expect(got.params.reads).toHaveLength(1);
  });
});
