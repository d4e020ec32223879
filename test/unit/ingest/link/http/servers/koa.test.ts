import { describe, expect, it } from 'vitest';
import { served } from '../routes-of.ts';

describe('routes of Koa', () => {
  it('have the prefix of their router and of the one it is used by', async () => {
    const { lines, route } = await served({
      'src/app.ts': `
import Koa from 'koa';
import Router from '@koa/router';
import mount from 'koa-mount';
import { boats } from './boats.ts';
const app = new Koa();
const router = new Router({ prefix: '/harbour' });
router.use('/boats', boats.routes(), boats.allowedMethods());
router.get('berths', '/berths/:id', async (ctx) => { ctx.body = { id: ctx.params.id }; });
const admin = new Router();
admin.get('/log', async () => {});
app.use(mount('/admin', admin.routes()));
app.use(router.routes());
`,
      'src/boats.ts': `
import Router from '@koa/router';
export const boats = new Router();
boats.get('/', list).post('/', check, create).del('/:id', create);
async function list() {}
async function check() {}
async function create(ctx: { request: { body: { name: string } } }) { return ctx.request.body.name; }
`,
    });
    expect(lines).toEqual([
      'DELETE /harbour/boats/{id} src/boats.ts#create',
      'GET /admin/log src/app.ts@11',
      'GET /harbour/berths/{id} src/app.ts@9',
      'GET /harbour/boats src/boats.ts#list',
      'POST /harbour/boats src/boats.ts#create',
    ]);
    expect(route('GET /harbour/berths/{id}').exchange.response.values).toMatchObject([{ is: 'object' }]);
    expect(route('POST /harbour/boats').exchange.body.reads).toHaveLength(1);
  });
});
