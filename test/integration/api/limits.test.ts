import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../src/api/limits.ts';
import { serve } from './client.ts';
import { deferred } from './deferred.ts';
import { createPictureSystem } from './picture-system.ts';

const nested = (levels: number): string =>
  `{ entity(ref: "checkSize") ${'{ incoming(first: 1) { edges { node '.repeat(levels)}{ id }${' } } }'.repeat(levels)} }`;
const aliased = (count: number): string => `{ ${Array.from({ length: count }, (_, at) => `a${at}: stats { generation }`).join(' ')} }`;
const pages = (first: number): string => `{ entities(first: ${first}) { nodes { outgoing(first: ${first}) { edges { type } } } } }`;

describe('limits', () => {
  it.each([
    ['depth', nested(3), nested(4)],
    ['aliases', aliased(LIMITS.aliases), aliased(LIMITS.aliases + 1)],
    ['cost', pages(50), pages(100)],
  ])('bound the %s of a query', async (limit, small, large) => {
    const system = createPictureSystem();
    const { ask } = await serve(system);
    expect((await ask(small)).errors).toEqual([]);
    const before = system.calls.length;
    const { status, errors, text } = await ask(large);
    expect(status).toBe(400);
    expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', details: { limit, allowed: LIMITS[limit as 'depth'] } } }]);
    expect(text).not.toContain('"data"');
    expect(system.calls.length).toBe(before);
  });

  it('count what page sizes in variables ask for', async () => {
    const { ask } = await serve(createPictureSystem());
    const query = `query ($n: Int = 1) { entities(first: $n) { nodes { outgoing(first: $n) { edges { type } } } } }`;
    expect((await ask(query)).errors).toEqual([]);
    expect((await ask(query, { n: 150 })).errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', details: { limit: 'cost' } } }]);
  });

  it('see through fragments that spread each other', async () => {
    const fragments = Array.from(
      { length: 40 },
      (_, at) => `fragment f${at} on Query { ...f${at + 1} a${at}: __typename ...f${at + 1} }`,
    ).join('\n');
    const { ask } = await serve(createPictureSystem());
    const { errors } = await ask(`{ ...f0 }\n${fragments}\nfragment f40 on Query { __typename }`);
    expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', details: { limit: 'aliases' } } }]);
  });

  it('bound the tokens of a document', async () => {
    const { ask } = await serve(createPictureSystem());
    const { errors, status } = await ask(`{ ${'stats { generation } '.repeat(LIMITS.tokens)} }`);
    expect(status).toBe(400);
    expect(errors[0]?.message).toContain(String(LIMITS.tokens));
  });

  it('bound the size of a body', async () => {
    const { ask } = await serve(createPictureSystem());
    const body = (bytes: number) => `{ stats { generation } } #${'x'.repeat(bytes)}`;
    expect((await ask(body(LIMITS.bodyBytes - 1_000))).errors).toEqual([]);
    const { status, errors } = await ask(body(LIMITS.bodyBytes));
    expect(status).toBe(400);
    expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', details: { limit: 'bodyBytes' } } }]);
  });

  it('give up a request that takes too long, and stop working for it', async () => {
    const found = deferred();
    const system = createPictureSystem({
      find: async (filter, page) => {
        await found.promise;
        return createPictureSystem().find(filter, page);
      },
    });
    const { ask, logged } = await serve(system, { requestMilliseconds: 200 });
    const { status, errors } = await ask('{ entities { nodes { outgoing { edges { type } } } } }');
    expect(status).toBe(400);
    expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', details: { limit: 'requestMilliseconds' } } }]);
    found.resolve();
    await wait(50);
    expect(system.calls).not.toContain('edges');
    expect(logged).toEqual([]);
  });

  it('stop working for a client that is gone', async () => {
    const found = deferred();
    const asked = deferred();
    const system = createPictureSystem({
      find: async (filter, page) => {
        asked.resolve();
        await found.promise;
        return createPictureSystem().find(filter, page);
      },
    });
    const { send, ask, logged } = await serve(system);
    const client = new AbortController();
    const gone = send({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ entities { nodes { outgoing { edges { type } } } } }' }),
      signal: client.signal,
    });
    await asked.promise;
    client.abort();
    await expect(gone).rejects.toThrow();
    for (const _ of [1, 2]) await ask('{ stats { generation } }'); // the server reads of the end before it reads these
    found.resolve();
    await wait(50);
    expect(system.calls).toEqual(['find', 'stats', 'stats']);
    expect(logged).toEqual([]);
  });
});
