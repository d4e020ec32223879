import { request } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startApi } from '../../../src/api/server.ts';
import { serve } from './client.ts';
import { createPictureSystem } from './picture-system.ts';

const QUESTION = '{ stats { generation } }';
const JSON_TYPE = { 'content-type': 'application/json' };

/** `fetch` does not let a caller choose the Host header. */
const askWithHost = (url: string, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { ...JSON_TYPE, host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end(JSON.stringify({ query: QUESTION }));
  });

describe('the server', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  it('listens on loopback', async () => {
    const { url } = await serve(createPictureSystem());
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
  });

  it.each(['0.0.0.0', '::', '192.168.0.1', 'example.org', '127.evil.example'])('does not listen on %s without a token', async (host) => {
    await expect(startApi(createPictureSystem(), { host, port: 0 })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('SPECGRAPH_TOKEN'),
    });
  });

  it('says which port is taken, and holds nothing open then', async () => {
    const { url } = await serve(createPictureSystem());
    const port = Number(new URL(url).port);
    await expect(startApi(createPictureSystem(), { port })).rejects.toMatchObject({ code: 'BAD_INPUT', details: { port } });
  });

  it.each([
    [undefined, 401],
    ['', 401],
    ['Bearer', 401],
    ['Bearer wrong', 401],
    ['Basic open-sesame', 401],
    ['Bearer open-sesam', 401],
    ['Bearer open-sesame ', 200], // HTTP trims values
    ['bearer open-sesame', 200],
    ['Bearer open-sesame', 200],
  ])('with a token answers %j with %i', async (authorization, status) => {
    const system = createPictureSystem();
    const { ask } = await serve(system, { host: '0.0.0.0', token: 'open-sesame' });
    const reply = await ask(QUESTION, {}, authorization === undefined ? {} : { authorization });
    expect(reply.status).toBe(status);
    expect(system.calls).toEqual(status === 200 ? ['stats'] : []);
    if (status === 401) {
      expect(reply.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      expect(reply.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('without a token answers only requests addressed to this machine, so that no rebound name reaches it', async () => {
    const { url } = await serve(createPictureSystem());
    expect(await askWithHost(url, 'evil.example')).toBe(403);
    expect(await askWithHost(url, '127.0.0.1.evil.example')).toBe(403);
    expect(await askWithHost(url, 'localhost:1')).toBe(200);
    expect(await askWithHost(url, '[::1]')).toBe(200);
  });

  it.each([
    ['a form', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ query: QUESTION }) }, ''],
    ['a link', { method: 'GET' }, `/graphql?query=${encodeURIComponent(QUESTION)}`],
  ])('refuses %s that another page could send', async (_, init, at) => {
    const system = createPictureSystem();
    const { send } = await serve(system);
    const reply = await send(init, at);
    expect(reply.status).toBe(400);
    expect(reply.headers.get('access-control-allow-origin')).toBeNull();
    expect(system.calls).toEqual([]);
  });

  it('changes nothing for GET', async () => {
    const system = createPictureSystem();
    const { send } = await serve(system);
    const reply = await send(
      { headers: { 'apollo-require-preflight': '1' } },
      `/graphql?query=${encodeURIComponent('mutation { ingest(path: ".") { id } }')}`,
    );
    expect(reply.status).toBe(405);
    expect(system.calls).toEqual([]);
  });

  it.each([
    ['{', 400],
    ['', 400],
    ['null', 400],
    ['[]', 400],
    ['[{"query":"{ stats { generation } }"},{"query":"{ stats { generation } }"}]', 400],
    ['{"query": 1}', 400],
  ])('refuses the body %j', async (body, status) => {
    const system = createPictureSystem();
    const { send, logged } = await serve(system);
    const reply = await send({ method: 'POST', headers: JSON_TYPE, body });
    expect(reply.status).toBe(status);
    expect(reply.errors).toHaveLength(1);
    expect(system.calls).toEqual([]);
    expect(logged).toEqual([]);
  });

  it.each([
    ['/elsewhere', 404],
    ['//', 404],
    ['/graphql/../etc', 404],
  ])('has nothing at %s', async (path, status) => {
    const { url } = await serve(createPictureSystem());
    const code = await new Promise((resolve, reject) => {
      const { hostname, port } = new URL(url);
      request({ hostname, port, path }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(code).toBe(status);
  });

  it('shows browsers a page that loads nothing', async () => {
    const { send } = await serve(createPictureSystem());
    const { status, text, headers } = await send({ headers: { accept: 'text/html' } }, '/');
    expect(status).toBe(200);
    expect(text).toContain('GraphQL endpoint');
    expect(text).not.toMatch(/<(script|link|img|iframe)|url\(|@import/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('describes its schema on loopback only', async () => {
    const introspect = '{ __schema { queryType { name } } }';
    const local = await serve(createPictureSystem());
    expect((await local.ask(introspect)).data).toEqual({ __schema: { queryType: { name: 'Query' } } });
    const open = await serve(createPictureSystem(), { host: '0.0.0.0', token: 'open-sesame' });
    expect((await open.ask(introspect, {}, { authorization: 'Bearer open-sesame' })).errors).toHaveLength(1);
  });

  it('reports nothing to Apollo, whatever is set', async () => {
    vi.stubEnv('APOLLO_KEY', 'service:pictures:secret');
    vi.stubEnv('APOLLO_GRAPH_REF', 'pictures@current');
    vi.stubEnv('APOLLO_SCHEMA_REPORTING', 'true');
    const fetchHere = globalThis.fetch;
    const outside: string[] = [];
    vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.hostname === '127.0.0.1') return fetchHere(input, init);
      outside.push(url.href);
      return Response.json({});
    });
    const { ask, close } = await serve(createPictureSystem());
    expect((await ask(QUESTION)).errors).toEqual([]);
    await close(); // reports that are left are sent now
    expect(outside).toEqual([]);
  });

  it('stops listening when closed', async () => {
    const { ask, close } = await serve(createPictureSystem());
    await close();
    await expect(ask(QUESTION)).rejects.toThrow();
  });
});
