import { describe, expect, it } from 'vitest';
import { serve, type Client } from './client.ts';
import { checkSize, createPictureSystem, EDGES, NODES } from './picture-system.ts';

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id?: string; readonly message?: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string;
    readonly endCursor: string;
  };
}

/** Reads page after page, and checks what Relay promises of each. */
async function readAll(ask: Client['ask'], query: string, pick: (data: never) => Page, first: number): Promise<Page['edges']> {
  const all: Page['edges'][number][] = [];
  let after: string | null = null;
  for (let pages = 0; pages < 50; pages++) {
    const { data, errors } = await ask(query, { first, after });
    expect(errors).toEqual([]);
    const { edges, pageInfo } = pick(data as never);
    expect(edges.length).toBeLessThanOrEqual(first);
    expect(pageInfo).toMatchObject({
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    });
    all.push(...edges);
    if (!pageInfo.hasNextPage) return all;
    expect(edges).toHaveLength(first);
    after = pageInfo.endCursor;
  }
  throw new Error('The pages do not end.');
}

const PAGE = 'edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

describe('pages', () => {
  const all = NODES.filter(({ file }) => file !== 'src/hostile.ts');
  const kinds = [...new Set(all.map(({ kind }) => kind))].filter((kind) => kind !== 'Variable').join(' ');

  it.each([1, 2, 5, all.length - 1, all.length, all.length + 1])('of %i entities hold every entity once, in order', async (first) => {
    const { ask } = await serve(createPictureSystem());
    const query = `query ($first: Int!, $after: String) { entities(filter: {kinds: [${kinds}]}, first: $first, after: $after) { ${PAGE} } }`;
    const edges = await readAll(ask, query, (data: { entities: Page }) => data.entities, first);
    expect(edges.map(({ node }) => node.id)).toEqual(all.map(({ id }) => id));
  });

  it.each([1, 3, 7, 20])('of %i edges hold every edge once, in order', async (first) => {
    const { ask } = await serve(createPictureSystem());
    const query = `query ($first: Int!, $after: String) { entity(ref: "${checkSize}") { incoming(first: $first, after: $after) { ${PAGE} } } }`;
    const edges = await readAll(ask, query, (data: { entity: { incoming: Page } }) => data.entity.incoming, first);
    expect(edges.map(({ node }) => node.id)).toEqual(EDGES.filter(({ to }) => to === checkSize).map(({ from }) => from));
  });

  it.each([1, 2, 5, 6])('of %i diagnostics hold every diagnostic once, in order', async (first) => {
    const { ask } = await serve(createPictureSystem());
    const query = `query ($first: Int!, $after: String) { diagnostics(first: $first, after: $after) { ${PAGE.replace('id', 'message code severity file unit span { line }')} } }`;
    const edges = await readAll(ask, query, (data: { diagnostics: Page }) => data.diagnostics, first);
    expect(edges.map(({ node }) => node.message)).toEqual([1, 2, 3, 4, 5].map((line) => `';' expected on line ${line}`));
    expect(edges[0]?.node).toMatchObject({ severity: 'WARNING', code: 'ts-1005', span: { line: 1 } });
  });

  it('keep their place when what stood there is gone', async () => {
    let edges = EDGES;
    const { ask } = await serve(createPictureSystem({ edges: async ({ to = [] }) => edges.filter((each) => to.includes(each.to)) }));
    const query = `query ($after: String) { entity(ref: "${checkSize}") { incoming(first: 3, after: $after) { edges { node { id } } pageInfo { endCursor } } } }`;
    const { data: before } = await ask(query);
    const seen = before.entity.incoming.edges.map((edge: { node: { id: string } }) => edge.node.id) as string[];
    edges = EDGES.filter(({ from }) => from !== seen.at(-1));
    const { data: next } = await ask(query, { after: before.entity.incoming.pageInfo.endCursor });
    const expected = EDGES.filter(({ to }) => to === checkSize).map(({ from }) => from);
    expect(next.entity.incoming.edges.map((edge: { node: { id: string } }) => edge.node.id)).toEqual(expected.slice(3, 6));
  });

  it('shows the other end as gone when it vanished in between', async () => {
    const { ask } = await serve(createPictureSystem({ nodes: async () => new Map() }));
    const { data, errors } = await ask(`{ entity(ref: "checkSize") { incoming(first: 1) { edges { type node { id } } } } }`);
    expect(errors).toEqual([]);
    expect(data.entity.incoming.edges).toEqual([{ type: 'CALLS', node: null }]);
  });

  it.each([
    ['entities', 0, 'BAD_INPUT'],
    ['entities', -1, 'BAD_INPUT'],
    ['entities', 201, 'LIMIT_EXCEEDED'],
    ['diagnostics', 201, 'LIMIT_EXCEEDED'],
  ])('%s refuses a page of %i', async (field, first, code) => {
    const { ask } = await serve(createPictureSystem());
    const { errors } = await ask(`{ ${field}(first: ${first}) { pageInfo { endCursor } } }`);
    expect(errors).toMatchObject([{ extensions: { code } }]);
    const { errors: none } = await ask(`{ ${field}(first: 200) { pageInfo { endCursor } } }`);
    expect(none).toEqual([]);
  });

  it.each(['%', 'W10', 'bm90LWpzb24', '-1', '1e9', ' ', "' OR 1=1"])('refuses the cursor %j', async (after) => {
    const { ask } = await serve(createPictureSystem());
    const { errors } = await ask(
      `query ($after: String) { diagnostics(after: $after) { nodes { code } } entity(ref: "checkSize") { incoming(after: $after) { totalCount } } }`,
      { after },
    );
    expect(errors.map(({ path, extensions }) => [path?.at(-1), extensions.code]).toSorted()).toEqual([
      ['diagnostics', 'BAD_INPUT'],
      ['incoming', 'BAD_INPUT'],
    ]);
  });

  it('says when an entity has more edges than can be paged', async () => {
    const many = Array.from({ length: 10_001 }, (_, line) => ({
      ...EDGES.find(({ to }) => to === checkSize)!,
      to: checkSize,
      via: `via-${String(line).padStart(5, '0')}`,
    }));
    const { ask } = await serve(createPictureSystem({ edges: async (_, limit) => many.slice(0, limit) }));
    const query = `query ($after: String) { entity(ref: "checkSize") { incoming(first: 1, after: $after) { totalCount edges { cursor } pageInfo { hasNextPage endCursor } } } }`;
    const { data } = await ask(query);
    expect(data.entity.incoming).toMatchObject({ totalCount: null, pageInfo: { hasNextPage: true } });
    const last = many.at(-1)!;
    const after = Buffer.from(JSON.stringify([last.from, last.type, last.to, last.via])).toString('base64url');
    const { errors } = await ask(query, { after });
    expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
  });
});
