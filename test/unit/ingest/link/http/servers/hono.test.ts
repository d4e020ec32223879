import { describe, expect, it } from 'vitest';
import { served } from '../routes-of.ts';

describe('routes of Hono', () => {
  it('are chained, nested and behind base paths', async () => {
    const { lines, route } = await served({
      'src/app.ts': `
import { Hono } from 'hono';
import { zValidator } from '@hono/zod-validator';
import { z } from 'zod';
import { plants } from './plants.ts';
const app = new Hono().basePath('/garden');
const seed = z.object({ name: z.string() });
export const routes = app
  .get('/beds', (c) => c.json([{ id: 1 }]))
  .post('/beds/:id{[0-9]+}/seeds', zValidator('json', seed), async (c) => {
    const { name } = await c.req.json();
    return c.json({ name }, 201);
  })
  .get('/a', (c) => c.text('a')).get('/b', (c) => c.text('b')).get('/c', (c) => c.text('c')).get('/d', (c) => c.text('d'))
  .get('/e', (c) => c.text('e')).get('/f', (c) => c.text('f')).get('/g', (c) => c.text('g')).get('/h', (c) => c.text('h'))
  .route('/plants', plants)
  .on(['PUT', 'PATCH'], '/beds/:id', (c) => c.body(null));
export default app;
`,
      'src/plants.ts': `
import { Hono } from 'hono';
export const plants = new Hono();
plants.get('/', (c) => c.json({ items: [] }));
plants.get('/:id', (c) => c.json({ message: 'gone' }, 404));
`,
    });
    expect(lines.filter((line) => !/ \/garden\/[a-h] /.test(line))).toEqual([
      'GET /garden/beds src/app.ts#routes@9',
      'GET /garden/plants src/plants.ts@4',
      'GET /garden/plants/{id} src/plants.ts@5',
      'PATCH /garden/beds/{id} src/app.ts#routes@17',
      'POST /garden/beds/{id}/seeds src/app.ts#routes@10',
      'PUT /garden/beds/{id} src/app.ts#routes@17',
    ]);
    expect(lines.filter((line) => / \/garden\/[a-h] /.test(line))).toHaveLength(8);
    const { body, response } = route('POST /garden/beds/{id}/seeds').exchange;
    expect(body.schemas).toMatchObject([{ is: 'call' }]);
    expect(body.reads.flatMap(({ value }) => value.result?.reads?.map(({ path }) => path) ?? [])).toEqual(['name']);
    expect(response.values).toHaveLength(1);
    expect(route('GET /garden/plants/{id}').exchange.response.values).toEqual([]);
  });

  it('are described apart from their handlers, on routers that a function makes', async () => {
    const { lines, route } = await served({
      'src/create.ts': `
import { OpenAPIHono } from '@hono/zod-openapi';
export function createRouter() { return new OpenAPIHono(); }
`,
      'src/tasks.ts': `
import { createRoute, z } from '@hono/zod-openapi';
import { createRouter } from './create.ts';
const Task = z.object({ id: z.number() });
export const getTask = createRoute({
  method: 'get',
  path: '/tasks/{id}',
  request: { params: z.object({ id: z.string() }) },
  responses: { 200: { content: { 'application/json': { schema: Task } }, description: 'It' } },
});
export const tasks = createRouter().openapi(getTask, (c) => c.json({ id: 1 }));
`,
      'src/notes.ts': `
import { createRouter } from './create.ts';
export const notes = createRouter();
notes.get('/', (c) => c.json([]));
`,
      'src/app.ts': `
import { createRouter } from './create.ts';
import { tasks } from './tasks.ts';
import { notes } from './notes.ts';
const app = createRouter();
[tasks].forEach((part) => app.route('/api', part));
app.route('/notes', notes);
export default app;
`,
    });
    expect(lines).toEqual(['GET /api/tasks/{id} src/tasks.ts#tasks@11', 'GET /notes src/notes.ts@4']);
    const { params, response } = route('GET /api/tasks/{id}').exchange;
    expect(params.schemas).toHaveLength(1);
    expect(response.schemas).toHaveLength(1);
  });
});
