import { describe, expect, it } from 'vitest';
import { served } from '../routes-of.ts';

describe('routes of Fastify', () => {
  it('stand behind the prefixes with which their plugins are registered', async () => {
    const { lines, route } = await served({
      'src/app.ts': `
import Fastify, { type FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { roomRoutes } from './rooms.ts';
import guests from './guests.ts';
export function build(): FastifyInstance {
  const app = Fastify({ logger: true });
  app.register(roomRoutes, { prefix: '/rooms' });
  app.register(fp(guests), { prefix: '/guests' });
  app.register(async (v2) => {
    v2.get('/status', async () => ({ ok: true }));
    v2.register(async (inner) => { inner.get('/deep', async () => 1); }, { prefix: '/inner' });
  }, { prefix: '/v2' });
  addBilling(app);
  return app;
}
function addBilling(server: FastifyInstance) {
  server.route({ method: ['PUT', 'PATCH'], url: '/bills/:id', handler: pay });
}
async function pay() {}
`,
      'src/rooms.ts': `
import type { FastifyInstance } from 'fastify';
interface Room { number: string }
export async function roomRoutes(app: FastifyInstance) {
  app.post<{ Body: Room; Reply: Room }>('/', { schema: { querystring: { type: 'object' } } }, async (request) => request.body);
  app.get('/:number', { handler: async () => ({ number: '1' }) });
}
`,
      'src/guests.ts': `
import type { FastifyPluginAsync } from 'fastify';
const guests: FastifyPluginAsync = async (fastify) => {
  fastify.get('/', async (request, reply) => reply.send([]));
};
export default guests;
`,
    });
    expect(lines).toEqual([
      'GET /guests src/guests.ts#guests@4',
      'GET /rooms/{number} src/rooms.ts#roomRoutes@6',
      'GET /v2/inner/deep src/app.ts#build@12',
      'GET /v2/status src/app.ts#build@11',
      'PATCH /bills/{id} src/app.ts#pay',
      'POST /rooms src/rooms.ts#roomRoutes@5',
      'PUT /bills/{id} src/app.ts#pay',
    ]);
    const { body, query, response } = route('POST /rooms').exchange;
    expect(body.types).toEqual([{ id: 'shop//code:src/rooms.ts#Room' }]);
    expect(response.types).toEqual([{ id: 'shop//code:src/rooms.ts#Room' }]);
    expect(query.schemas).toHaveLength(1);
    expect(route('GET /v2/status').exchange.response.values).toMatchObject([{ is: 'object' }]);
  });

  it('stand behind the folders from which plugins are loaded', async () => {
    const { lines } = await served({
      'src/app.ts': `
import path from 'node:path';
import autoload from '@fastify/autoload';
import type { FastifyInstance } from 'fastify';
export default async function app(fastify: FastifyInstance) {
  fastify.register(autoload, { dir: path.join(import.meta.dirname, 'routes') });
}
`,
      'src/routes/autohooks.ts': `export default async function (fastify) { fastify.get('/never', () => 1); }\n`,
      'src/routes/root.ts': `export default async function (fastify) { fastify.get('/', async () => ({})); }\n`,
      'src/routes/houses/_houseId/index.ts': `
const plugin = async (fastify) => { fastify.delete('/keys', async () => {}); };
export default plugin;
`,
      'src/other/index.ts': `export const other = async (fastify) => { fastify.name; };\n`,
    });
    expect(lines).toContain('DELETE /houses/{houseId}/keys src/routes/houses/_houseId/index.ts#plugin@2');
    expect(lines.filter((line) => line.includes('root.ts'))).toEqual(['GET / src/routes/root.ts#default@1']);
  });
});
