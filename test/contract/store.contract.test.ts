import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlatformError } from '../../graph/errors.ts';
import { unitId } from '../../graph/model/delta.ts';
import type { Edge } from '../../graph/model/edge.ts';
import type { Chunk, WordSet } from '../../graph/model/chunk.ts';
import type { Node } from '../../graph/model/node.ts';
import { stores } from '../../graph/store/registry.ts';
import type { GraphStore } from '../../graph/store/store.ts';
import { collect, dump, edge, functionNode, publish, reading, remove, replace, unitOf } from './facts.ts';
import { storeFixtures, type Place } from './stores.ts';

const cart = functionNode('src/cart.ts', 'addToCart', { exported: true, doc: 'Puts an article into the basket.' });
const total = functionNode('src/cart.ts', 'Cart.totalPrice', { visibility: 'private' });
const order = functionNode('src/order.ts', 'placeOrder');
const cartUnit = unitOf('src/cart.ts', { nodes: [cart, total], edges: [edge(cart.id, total.id)] });
const orderUnit = unitOf('src/order.ts', { nodes: [order], edges: [edge(order.id, cart.id), edge(order.id, total.id, { type: 'READS' })] });

const npmPackage = (props: { version?: string; external?: boolean; private?: boolean }, name = 'left-pad'): Node => ({
  id: 'npm:left-pad',
  kind: 'Package',
  name,
  props,
});

it('has a fixture for every store of the registry', () => {
  expect(storeFixtures.map(({ name }) => name).sort()).toEqual(stores.map(({ name }) => name).sort());
});

for (const fixture of storeFixtures) {
  describe.skipIf(fixture.skipReason !== undefined)(`store: ${fixture.name}${fixture.skipReason ? ` (${fixture.skipReason})` : ''}`, () => {
    let place: Place;
    let store: GraphStore;
    beforeEach(async () => {
      place = await fixture.emptyPlace();
      store = await place.open();
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    const ids = (nodes: readonly Node[]): string[] => nodes.map(({ id }) => id);
    const allEdges = (): Promise<readonly Edge[]> => reading(store, (reader) => reader.edges({}, 1000));
    const codeOf = (failing: Promise<unknown>): Promise<string> =>
      failing.then(
        () => 'no error',
        (error: unknown) => (error instanceof PlatformError ? error.code : `no PlatformError: ${String(error)}`),
      );

    describe('opening', () => {
      it('says that there is no graph when asked not to create one', async () => {
        const empty = await fixture.emptyPlace();
        expect(await codeOf(empty.open(false))).toBe('STORE_NOT_FOUND');
        await empty.remove();
      });

      it('starts empty, at generation 0', async () => {
        if (!stores.find(({ name }) => name === fixture.name)!.claims(place.location)) throw new Error('claimed by another adapter');
        expect(await store.generation()).toBe(0);
        expect(await dump(store)).toEqual([]);
        expect(await reading(store, (reader) => reader.counts())).toEqual({ nodes: {}, edges: {}, diagnostics: 0 });
      });

      it('finds what was published before it was closed', async () => {
        await publish(store, replace(cartUnit), replace(orderUnit));
        const before = await dump(store);
        await store.close();
        store = await place.open(false);
        expect(await dump(store)).toEqual(before);
        expect(await store.generation()).toBe(1);
      });

      it('shows no credentials in its location', () => {
        expect(store.location).not.toMatch(/\/\/[^/]*@/);
      });
    });

    describe('nodes', () => {
      it('gives back what was stored', async () => {
        const full = functionNode('src/full.ts', 'full', {
          exported: true,
          async: true,
          signatures: [{ parameters: [{ name: 'size', type: 'number', optional: true }], returns: 'Promise<void>', typeParameters: ['T'] }],
          body: 'abc',
          doc: 'Everything at once.',
        });
        const bare: Node = { id: 'npm:bare', kind: 'Package', name: 'bare', props: {} };
        await publish(store, replace(unitOf('src/full.ts', { nodes: [full, bare] })));
        const found = await reading(store, (reader) => reader.get([bare.id, 'npm:absent', full.id, full.id]));
        expect(new Map(found)).toEqual(
          new Map<string, Node>([
            [full.id, full],
            [bare.id, bare],
          ]),
        );
      });

      it('finds by kind, repository, file and name, all of which must hold', async () => {
        const elsewhere: Node = { ...functionNode('src/cart.ts', 'addToCart'), id: 'pub//code:src/cart.ts#addToCart', repo: 'pub' };
        await publish(store, replace(cartUnit), replace(orderUnit), replace(unitOf('src/cart.ts', { nodes: [elsewhere] }, 'pub')));
        await reading(store, async (reader) => {
          expect(ids(await reader.find({}, { limit: 10 }))).toEqual([elsewhere.id, total.id, cart.id, order.id].sort());
          expect(ids(await reader.find({ name: 'addToCart' }, { limit: 10 }))).toEqual([elsewhere.id, cart.id]);
          expect(ids(await reader.find({ name: 'addToCart', repo: 'shop' }, { limit: 10 }))).toEqual([cart.id]);
          expect(ids(await reader.find({ file: 'src/cart.ts', repo: 'shop' }, { limit: 10 }))).toEqual([total.id, cart.id]);
          expect(ids(await reader.find({ kinds: ['Function'], repo: 'pub' }, { limit: 10 }))).toEqual([elsewhere.id]);
          expect(await reader.find({ kinds: ['Class', 'Gap'] }, { limit: 10 })).toEqual([]);
          expect(await reader.find({ kinds: [] }, { limit: 10 })).toEqual([]);
        });
      });

      it('pages through all nodes without losing or repeating any', async () => {
        const nodes = Array.from({ length: 25 }, (_, index) => functionNode('src/many.ts', `f${index}`));
        await publish(store, replace(unitOf('src/many.ts', { nodes })));
        await reading(store, async (reader) => {
          const seen: string[] = [];
          for (let after: string | undefined; ; after = seen.at(-1)) {
            const page = await reader.find({ kinds: ['Function'] }, { limit: 7, ...(after !== undefined && { after }) });
            expect(page.length).toBeLessThanOrEqual(7);
            if (page.length === 0) break;
            seen.push(...ids(page));
          }
          expect(seen).toEqual(ids(nodes).sort());
        });
      });

      it('reads all in order of code units, whatever the alphabet', async () => {
        const nodes = ['b', 'a', 'B', 'é', '\u{1F6D2}', 'ﬀ', 'Ａ'].map((name) => functionNode('src/names.ts', name));
        const edges = nodes.map(({ id }) => edge(id, nodes[0]!.id));
        await publish(store, replace(unitOf('src/names.ts', { nodes, edges })));
        await reading(store, async (reader) => {
          const sorted = ids(nodes).sort();
          expect(ids((await collect(reader.allNodes())).flat())).toEqual(sorted);
          expect((await collect(reader.allEdges())).flat().map(({ from }) => from)).toEqual(sorted);
        });
      });
    });

    describe('claims', () => {
      it('merges what several units say of a node, the first unit by id leading, in any order of writing', async () => {
        const first = unitOf('a.ts', { nodes: [npmPackage({ version: '1.0.0' }, 'first')] });
        const second = unitOf('b.ts', { nodes: [npmPackage({ version: '2.0.0', external: true }, 'second')] });
        const expected = npmPackage({ version: '1.0.0', external: true }, 'first');
        await publish(store, replace(second), replace(first));
        expect((await reading(store, (reader) => reader.get(['npm:left-pad']))).get('npm:left-pad')).toEqual(expected);
        expect(await reading(store, (reader) => reader.find({ name: 'second' }, { limit: 5 }))).toEqual([]);
        expect(await reading(store, (reader) => reader.find({ name: 'first' }, { limit: 5 }))).toEqual([expected]);
        expect((await reading(store, (reader) => reader.counts())).nodes).toEqual({ Package: 1 });
      });

      it('lets sources lead linkers, whatever their ids, in what is found as well', async () => {
        const linked = { ...functionNode('src/cart.ts', 'add'), name: 'said by a linker' };
        const { unit } = unitOf('');
        const link = { ...unit, id: unitId('shop', 'link/history', ''), worker: 'link/history' };
        await publish(
          store,
          replace({ unit: link, nodes: [linked], edges: [], diagnostics: [] }),
          replace(unitOf('src/cart.ts', { nodes: [functionNode('src/cart.ts', 'add')] })),
        );
        const found = (name: string) =>
          reading(store, async (reader) => (await reader.find({ name }, { limit: 5 })).map((node) => node.name));
        expect(await found('add')).toEqual(['add']);
        expect(await found('said by a linker')).toEqual([]);
      });

      it('is led by the definition of today, then by a migration, then by a mention, in what is found as well', async () => {
        const table = (file: string, standing?: 'migration' | 'mention'): Node => ({
          ...{ id: 'shop//table:orders', kind: 'Table', name: `orders in ${file}`, repo: 'shop', file },
          ...{ span: { line: 3, col: 1, endLine: 9, endCol: 2 }, ...(standing ? { standing } : {}), props: {} },
        });
        const stated = (path: string, standing?: 'migration' | 'mention') => replace(unitOf(path, { nodes: [table(path, standing)] }));
        const found = (file: string) => reading(store, (reader) => reader.find({ file }, { limit: 5 }));
        const read = async () => (await reading(store, (reader) => reader.get(['shop//table:orders']))).get('shop//table:orders');

        await publish(store, stated('a.ts', 'mention'), stated('c.sql', 'migration'), stated('b.sql', 'migration'));
        expect(await read()).toEqual(table('b.sql'));
        expect(await found('b.sql')).toEqual([table('b.sql')]);
        expect([...(await found('a.ts')), ...(await found('c.sql'))]).toEqual([]);
        await publish(store, stated('schema.prisma'));
        expect(await read()).toEqual(table('schema.prisma'));
        expect(await found('schema.prisma')).toEqual([table('schema.prisma')]);
        expect(await found('b.sql')).toEqual([]);
        expect((await reading(store, (reader) => reader.counts())).nodes).toEqual({ Table: 1 });
        expect(await reading(store, (reader) => reader.search('orders in schema', { limit: 5 }))).toMatchObject([
          { node: { name: 'orders in schema.prisma' } },
        ]);
        // What nobody defines any more stands where it came from.
        await publish(store, remove('schema.prisma'));
        expect(await read()).toEqual(table('b.sql'));
      });

      it('keeps a node while one unit claims it, and forgets it with the last', async () => {
        await publish(
          store,
          replace(unitOf('a.ts', { nodes: [npmPackage({ version: '1.0.0' })] })),
          replace(unitOf('b.ts', { nodes: [npmPackage({})] })),
        );
        await publish(store, remove('a.ts'));
        expect((await reading(store, (reader) => reader.get(['npm:left-pad']))).get('npm:left-pad')).toEqual(npmPackage({}));
        await publish(store, remove('b.ts'));
        expect(await dump(store)).toEqual([]);
        expect(await reading(store, (reader) => reader.search('left pad', { limit: 5 }))).toEqual([]);
      });
    });

    describe('edges', () => {
      it('gives back what was stored', async () => {
        const full = edge(order.id, cart.id, {
          type: 'FLOWS_TO',
          via: total.id,
          tier: 'flow',
          confidence: 0.35,
          rule: 'argument',
          sites: [
            { line: 1, col: 2 },
            { line: 9, col: 1, file: 'src/else.ts', facts: 5, args: 0 },
          ],
        });
        await publish(
          store,
          replace(cartUnit),
          replace(unitOf('src/order.ts', { nodes: [order], edges: [full, edge(order.id, cart.id, { sites: [] })] })),
        );
        const outgoing = await reading(store, (reader) => reader.edges({ from: [order.id] }, 10));
        expect(outgoing).toEqual([edge(order.id, cart.id, { sites: [] }), full]);
      });

      it('filters by ends and types, in order, up to a limit', async () => {
        await publish(store, replace(orderUnit), replace(cartUnit));
        const all = [edge(cart.id, total.id), edge(order.id, cart.id), edge(order.id, total.id, { type: 'READS' })];
        await reading(store, async (reader) => {
          expect(await reader.edges({}, 10)).toEqual(all);
          expect(await reader.edges({}, 2)).toEqual(all.slice(0, 2));
          expect(await reader.edges({ types: ['READS'] }, 10)).toEqual([all[2]]);
          expect(await reader.edges({ from: [order.id] }, 10)).toEqual(all.slice(1));
          expect(await reader.edges({ from: [order.id] }, 1)).toEqual([all[1]]);
          expect(await reader.edges({ to: [total.id] }, 10)).toEqual([all[0], all[2]]);
          expect(await reader.edges({ to: [total.id], from: [order.id, cart.id], types: ['CALLS'] }, 10)).toEqual([all[0]]);
          expect(await reader.edges({ from: ['absent'] }, 10)).toEqual([]);
          expect((await reader.counts()).edges).toEqual({ CALLS: 2, READS: 1 });
        });
      });

      it('hides an edge while one of its nodes does not exist', async () => {
        const three = edge(order.id, cart.id, { type: 'FLOWS_TO', via: total.id });
        const orders = unitOf('src/order.ts', { nodes: [order], edges: [edge(order.id, cart.id), three] });
        const visible = async (): Promise<string[]> => {
          const [some, all, incoming, counts] = await reading(
            store,
            async (reader) =>
              [
                await reader.edges({ from: [order.id] }, 10),
                (await collect(reader.allEdges())).flat(),
                await reader.edges({ to: [cart.id] }, 10),
                await reader.counts(),
              ] as const,
          );
          expect(all).toEqual(some);
          expect(incoming).toEqual(some);
          expect(Object.values(counts.edges).reduce((sum, count) => sum + count, 0)).toBe(some.length);
          return some.map(({ type }) => type);
        };
        await publish(store, replace(orders));
        expect(await visible()).toEqual([]);
        await publish(store, replace(unitOf('src/cart.ts', { nodes: [cart] })));
        expect(await visible()).toEqual(['CALLS']);
        await publish(store, replace(unitOf('src/cart.ts', { nodes: [cart, total] })));
        expect(await visible()).toEqual(['CALLS', 'FLOWS_TO']);
        await publish(store, remove('src/cart.ts'));
        expect(await visible()).toEqual([]);
      });
    });

    describe('units', () => {
      it('replaces exactly what a unit stated', async () => {
        await publish(store, replace(cartUnit), replace(orderUnit));
        await publish(store, replace(unitOf('src/cart.ts', { nodes: [cart], edges: [edge(cart.id, order.id, { type: 'IMPORTS' })] })));
        expect(await allEdges()).toEqual([edge(cart.id, order.id, { type: 'IMPORTS' }), edge(order.id, cart.id)]);
        expect(await reading(store, async (reader) => ids(await reader.find({}, { limit: 9 })))).toEqual([cart.id, order.id]);
      });

      it('removes everything a unit stated, and the unit', async () => {
        await publish(store, replace(cartUnit));
        const before = await dump(store);
        await publish(store, replace({ ...orderUnit, diagnostics: [{ code: 'x', severity: 'info', message: 'm' }] }));
        await publish(store, remove('src/order.ts'), remove('src/never-seen.ts'));
        expect(await dump(store)).toEqual(before);
        expect(await reading(store, (reader) => reader.units('shop'))).toEqual([cartUnit.unit]);
      });

      it('lets the last delta of a unit win, in one call and in several', async () => {
        const publication = await store.begin();
        await publication.apply([replace(orderUnit), replace(cartUnit), remove('src/order.ts')]);
        await publication.apply([replace(unitOf('src/cart.ts', { nodes: [cart] }))]);
        await publication.publish();
        expect(await reading(store, async (reader) => ids((await collect(reader.allNodes())).flat()))).toEqual([cart.id]);
      });

      it('lists repositories, and the units of one by id, states included', async () => {
        const other = unitOf('z.ts', {}, 'pub');
        const stated = { ...cartUnit, unit: { ...cartUnit.unit, state: '{"names":["é"]}' } };
        await publish(store, replace(orderUnit), replace(stated), replace(other));
        await reading(store, async (reader) => {
          expect(await reader.repositories()).toEqual(['pub', 'shop']);
          expect(await reader.units('shop')).toEqual([stated.unit, orderUnit.unit]);
          expect(await reader.units('nobody')).toEqual([]);
        });
      });

      it('pages through diagnostics by unit, then position', async () => {
        const diagnostic = (message: string) => ({
          code: 'parse',
          severity: 'error' as const,
          message,
          file: 'src/a.ts',
          span: { line: 1, col: 1, endLine: 1, endCol: 2 },
        });
        const [a, b] = [
          unitOf('src/a.ts', { diagnostics: [diagnostic('1'), diagnostic('2')] }),
          unitOf('src/b.ts', { diagnostics: [diagnostic('3')] }),
        ];
        await publish(store, replace(b), replace(a));
        await reading(store, async (reader) => {
          const stored = [
            { ...diagnostic('1'), unit: a.unit.id },
            { ...diagnostic('2'), unit: a.unit.id },
            { ...diagnostic('3'), unit: b.unit.id },
          ];
          expect(await reader.diagnostics({ limit: 10 })).toEqual(stored);
          expect(await reader.diagnostics({ limit: 2 })).toEqual(stored.slice(0, 2));
          expect(await reader.diagnostics({ limit: 2, after: '2' })).toEqual(stored.slice(2));
          expect((await reader.counts()).diagnostics).toBe(3);
        });
      });
    });

    describe('publication', () => {
      it('counts generations', async () => {
        expect(await publish(store, replace(cartUnit))).toBe(1);
        expect(await publish(store, replace(orderUnit))).toBe(2);
        expect(await store.generation()).toBe(2);
        expect(await reading(store, async (reader) => reader.generation)).toBe(2);
      });

      it('shows nothing before it is published, and nothing of what was aborted', async () => {
        await publish(store, replace(cartUnit));
        const before = await dump(store);
        const publication = await store.begin();
        expect(publication.generation).toBe(2);
        await publication.apply([replace(orderUnit), remove('src/cart.ts')]);
        expect(await dump(store)).toEqual(before);
        await publication.abort();
        expect(await dump(store)).toEqual(before);
        expect(await store.generation()).toBe(1);
        expect(await publish(store, replace(orderUnit))).toBe(2);
      });

      it('discards on disposal what was not published', async () => {
        const publication = await store.begin();
        await publication.apply([replace(cartUnit)]);
        await publication[Symbol.asyncDispose]();
        expect(await publish(store, replace(orderUnit))).toBe(1);
        expect(await reading(store, async (reader) => ids((await collect(reader.allNodes())).flat()))).toEqual([order.id]);
      });

      it('discards on reopening what was not published', async () => {
        await publish(store, replace(cartUnit));
        const before = await dump(store);
        const publication = await store.begin();
        await publication.apply([replace(orderUnit), remove('src/cart.ts')]);
        await store.close();
        store = await place.open();
        expect(await dump(store)).toEqual(before);
        expect(await publish(store, replace(orderUnit))).toBe(2);
      });

      it('applies all of a call or nothing of it', async () => {
        const broken = { ...order, props: { body: 1n } } as unknown as Node;
        const publication = await store.begin();
        await publication.apply([replace(cartUnit)]);
        await expect(publication.apply([remove('src/cart.ts'), replace(unitOf('src/x.ts', { nodes: [order, broken] }))])).rejects.toThrow();
        await publication.apply([replace(unitOf('src/last.ts', { nodes: [total] }))]);
        await publication.publish();
        expect(await reading(store, async (reader) => ids((await collect(reader.allNodes())).flat()))).toEqual([total.id, cart.id]);
        expect(await reading(store, async (reader) => (await reader.search('add', { limit: 5 })).length)).toBe(1);
      });

      it('lets one of two writers through and tells the other that the store is busy', async () => {
        const other = await place.open();
        try {
          const first = await store.begin();
          await first.apply([replace(cartUnit)]);
          const second = codeOf(publish(other, replace(orderUnit)));
          const secondCode = await second;
          const firstCode = await codeOf(first.publish());
          expect([firstCode, secondCode].sort()).toEqual(['STORE_BUSY', 'no error']);
          expect(await store.generation()).toBe(1);
          const winner = firstCode === 'no error' ? [total.id, cart.id] : [order.id];
          expect(await reading(other, async (reader) => ids((await collect(reader.allNodes())).flat()))).toEqual(winner);
          expect(await publish(other, replace(orderUnit))).toBe(2);
        } finally {
          await other.close();
        }
      });

      it('cannot be used again', async () => {
        const publication = await store.begin();
        await publication.publish();
        await expect(publication.apply([replace(cartUnit)])).rejects.toThrow(PlatformError);
        await publication.abort();
        expect(await store.generation()).toBe(1);
      });
    });

    describe('readers', () => {
      it('stay with their generation while another one is published', async () => {
        await publish(store, replace(cartUnit));
        const pinned = await store.reader();
        try {
          const before = [...(await collect(pinned.allNodes())).flat()];
          const other = await place.open();
          await publish(other, replace(orderUnit), remove('src/cart.ts'));
          await other.close();
          expect(pinned.generation).toBe(1);
          expect((await collect(pinned.allNodes())).flat()).toEqual(before);
          expect(await pinned.edges({}, 10)).toEqual(cartUnit.edges);
          expect(ids([...(await pinned.get([cart.id, order.id])).values()])).toEqual([cart.id]);
          expect((await pinned.counts()).nodes).toEqual({ Function: 2 });
          expect(await pinned.units('shop')).toEqual([cartUnit.unit]);
          expect(await store.generation()).toBe(2);
          expect(await reading(store, async (reader) => ids((await collect(reader.allNodes())).flat()))).toEqual([order.id]);
        } finally {
          await pinned[Symbol.asyncDispose]();
        }
      });
    });

    describe('snapshots', () => {
      it('are kept for the newest generation only', async () => {
        await publish(store, replace(cartUnit));
        const bytes = Uint8Array.from({ length: 3_000_000 }, (_, index) => index % 251);
        expect(await reading(store, (reader) => reader.loadSnapshot())).toBeUndefined();
        await store.saveSnapshot(1, Uint8Array.of(9));
        await store.saveSnapshot(1, bytes);
        const loaded = await reading(store, (reader) => reader.loadSnapshot());
        expect(loaded && Buffer.compare(loaded, bytes)).toBe(0);
        await publish(store, replace(orderUnit));
        expect(await reading(store, (reader) => reader.loadSnapshot())).toBeUndefined();
        await store.saveSnapshot(2, Uint8Array.of(7));
        await store.saveSnapshot(1, bytes);
        expect(await reading(store, (reader) => reader.loadSnapshot())).toEqual(Uint8Array.of(7));
      });
    });

    describe('texts', () => {
      const whole = (path: string, text: string, more: Partial<Chunk> = {}): Chunk => ({
        ...{ set: 'code-file', node: `shop//code:${path}`, files: [path], heading: path, text },
        ...more,
      });

      it('of files are kept as they were read, with the commit that held them', async () => {
        const text = 'one\r\ntwo \u{1F600}\n';
        await publish(
          store,
          replace(unitOf('a.ts', { chunks: [whole('a.ts', text, { commit: 'c0ffee' })] })),
          replace(unitOf('b.ts', { chunks: [whole('b.ts', '', { set: 'text-file' })] })),
          replace(unitOf('a.ts', { chunks: [whole('a.ts', 'other')] }, 'pub')),
        );
        const textOf = (repo: string, path: string) => reading(store, (reader) => reader.text(repo, path));
        expect(await textOf('shop', 'a.ts')).toEqual({ text, commit: 'c0ffee' });
        expect(await textOf('shop', 'b.ts')).toEqual({ text: '' });
        expect(await textOf('pub', 'a.ts')).toEqual({ text: 'other' });
        expect(await textOf('pub', 'b.ts')).toBeUndefined();
        await publish(store, replace(unitOf('a.ts', { chunks: [whole('a.ts', 'new')] })), remove('b.ts'));
        expect(await textOf('shop', 'a.ts')).toEqual({ text: 'new' });
        expect(await textOf('shop', 'b.ts')).toBeUndefined();
      });

      it('are found by their heading as well', async () => {
        await publish(store, replace(unitOf('cart.ts', { chunks: [whole('cart.ts', 'sums')] })));
        const hits = await reading(store, (reader) => reader.chunks('cart', { set: 'code-file', limit: 10 }));
        expect(hits).toMatchObject([{ files: ['cart.ts'] }]);
        expect(hits[0]).not.toHaveProperty('heading');
      });
    });

    describe('vectors', () => {
      const SPACE = 'toy:2';
      const part = (name: string, meaning: string | undefined, set: Chunk['set'] = 'code-part'): Chunk => ({
        ...{ set, node: `shop//code:a.ts#${name}`, files: ['a.ts'], text: name },
        ...(meaning === undefined ? {} : { meaning }),
      });
      const save = (space: string, vectors: Record<string, readonly number[]>): Promise<void> =>
        store.saveVectors(space, new Map(Object.entries(vectors).map(([meaning, vector]) => [meaning, Int8Array.from(vector)])));
      const near = (options: { set?: Chunk['set']; repo?: string; limit?: number; space?: string; above?: number } = {}) =>
        reading(store, async (reader) =>
          (await reader.nearest(Float32Array.of(1, 0), { space: SPACE, set: 'code-part', limit: 10, ...options })).map(
            ({ node, repo, score }) => `${repo} ${node.split('#')[1]} ${score.toFixed(2)}`,
          ),
        );
      const without = (space: string) =>
        reading(store, async (reader) => (await reader.withoutVector(space)).map(({ node, meaning }) => [node.split('#')[1], meaning]));

      beforeEach(async () => {
        await publish(
          store,
          replace(
            unitOf('a.ts', {
              chunks: [
                part('east', 'e'),
                part('north', 'n'),
                part('west', 'w'),
                part('silent', undefined),
                part('prose', 'p', 'text-part'),
                part('piece', 'q', 'code-piece'),
              ],
            }),
          ),
          replace(unitOf('a.ts', { chunks: [part('east', 'e')] }, 'pub')),
        );
      });

      it('are asked for where there are none', async () => {
        expect(await without(SPACE)).toEqual([
          ['east', 'e'],
          ['east', 'e'],
          ['north', 'n'],
          ['west', 'w'],
          ['prose', 'p'],
          ['piece', 'q'],
        ]);
        await save(SPACE, { e: [127, 0], w: [-127, 0] });
        expect(await without(SPACE)).toEqual([
          ['north', 'n'],
          ['prose', 'p'],
          ['piece', 'q'],
        ]);
        expect(await without('other:2')).toHaveLength(6);
      });

      it('find what is nearest, within set, repository and space', async () => {
        await save(SPACE, { e: [127, 0], n: [0, 127], w: [-127, 0], p: [127, 0], q: [0, -127] });
        await save('other:2', { w: [127, 0] });
        expect(await near()).toEqual(['pub east 1.00', 'shop east 1.00', 'shop north 0.00', 'shop west -1.00']);
        expect(await near({ limit: 1, repo: 'shop' })).toEqual(['shop east 1.00']);
        // Of what is equally near the first by repository, whichever was published first.
        expect(await near({ limit: 1 })).toEqual(['pub east 1.00']);
        expect(await near({ above: 0 })).toEqual(['pub east 1.00', 'shop east 1.00']);
        expect(await near({ set: 'text-part' })).toEqual(['shop prose 1.00']);
        expect(await near({ set: 'code-piece' })).toEqual(['shop piece 0.00']);
        expect(await near({ space: 'other:2' })).toEqual(['shop west 1.00']);
        expect(await near({ space: 'unknown' })).toEqual([]);
      });

      it('are listed by their spaces', async () => {
        expect(await reading(store, (reader) => reader.spaces())).toEqual([]);
        await save('other:2', { e: [1, 0] });
        await save(SPACE, { e: [1, 0], n: [0, 1] });
        expect(await reading(store, (reader) => reader.spaces())).toEqual(['other:2', SPACE]);
      });

      it('are read by what they mean', async () => {
        await save(SPACE, { e: [127, -3] });
        const read = await reading(store, (reader) => reader.vectors(SPACE, ['e', 'n']));
        expect(Array.from(read, ([meaning, vector]) => [meaning, [...vector]])).toEqual([['e', [127, -3]]]);
      });

      it('outlive the units they are of, until they are dropped', async () => {
        await save(SPACE, { e: [127, 0], n: [0, 127] });
        await save('other:2', { e: [127, 0] });
        await publish(store, replace(unitOf('a.ts', { chunks: [part('north', 'n2')] })));
        await publish(store, replace(unitOf('a.ts', { chunks: [part('north', 'n')] })));
        expect(await without(SPACE)).toEqual([]);
        await store.dropOtherVectors(SPACE);
        expect(await near()).toEqual(['pub east 1.00', 'shop north 0.00']);
        expect(await near({ space: 'other:2' })).toEqual([]);
        await publish(store, replace(unitOf('a.ts', { chunks: [] })));
        await store.dropOtherVectors(SPACE);
        expect(await reading(store, async (reader) => [...(await reader.vectors(SPACE, ['e', 'n'])).keys()])).toEqual(['e']);
      });

      it('say when there are more of them', async () => {
        const before = await store.vectorState();
        await save(SPACE, { e: [127, 0] });
        expect(await store.vectorState()).toBeGreaterThan(before);
      });
    });

    describe('chunks', () => {
      const chunk = (file: string, text: string, set: Chunk['set'] = 'code-file'): Chunk => ({
        ...{ set, node: `shop//code:${file}`, files: [file], span: { line: 1, col: 1, endLine: 9, endCol: 1 }, text },
      });
      const found = (query: string, options: { set?: WordSet; repo?: string; limit?: number; above?: number } = {}): Promise<string[]> =>
        reading(store, async (reader) =>
          (await reader.chunks(query, { set: 'code-file', limit: 10, ...options })).map(({ files }) => files.join(' ')),
        );

      beforeEach(async () => {
        const commit: Chunk = { set: 'code-commit', node: 'repo:shop', files: ['a.ts', 'b.ts'], title: 'abc Round', text: 'Round' };
        await publish(
          store,
          replace(
            unitOf('a.ts', { chunks: [chunk('a.ts', 'flattens the nested arrays'), chunk('a.ts', 'rounding of prices', 'code-part')] }),
          ),
          replace(unitOf('b.ts', { chunks: [chunk('b.ts', 'class OrderTotals { roundHalfUp() {} } // of the orders')] })),
          replace(unitOf('c.ts', { chunks: [chunk('c.ts', 'flatten, flatten, flatten')] }, 'pub')),
          replace(unitOf('', { chunks: [commit] })),
        );
      });

      it('are found by stems and by parts of identifiers, within their set', async () => {
        expect(await found('flattening')).toEqual(['c.ts', 'a.ts']);
        expect(await found('half')).toEqual(['b.ts']);
        expect(await found('rounded', { set: 'code-part' })).toEqual(['a.ts']);
        expect(await found('rounded', { set: 'code-commit' })).toEqual(['a.ts b.ts']);
        expect(await found('rounded', { set: 'text-file' })).toEqual([]);
      });

      it('are not found by words that say nothing', async () => {
        expect(await found('the of')).toEqual([]);
        expect(await found('')).toEqual([]);
      });

      it('come with all but their text, best first', async () => {
        const hits = await reading(store, (reader) => reader.chunks('flatten nested', { set: 'code-file', limit: 10 }));
        expect(hits).toMatchObject([
          { repo: 'shop', node: 'shop//code:a.ts', files: ['a.ts'], span: { line: 1, col: 1, endLine: 9, endCol: 1 } },
          { repo: 'pub', node: 'shop//code:c.ts', files: ['c.ts'], span: { line: 1, col: 1, endLine: 9, endCol: 1 } },
        ]);
        expect(hits[0]).not.toHaveProperty('text');
        expect(hits[0]!.score).toBeGreaterThan(hits[1]!.score);
      });

      it('keep to a repository and to the limit', async () => {
        expect(await found('flatten', { repo: 'pub' })).toEqual(['c.ts']);
        expect(await found('flatten', { limit: 1 })).toEqual(['c.ts']);
      });

      it('of equal score are cut by their order, whatever was stored first', async () => {
        const alike = ['z.ts', 'x.ts', 'y.ts'].map((file) => replace(unitOf(file, { chunks: [chunk(file, 'sorted carts')] })));
        await publish(store, ...alike);
        expect(await found('cart', { limit: 1 })).toEqual(['x.ts']);
        expect(await found('cart', { limit: 2, repo: 'shop' })).toEqual(['x.ts', 'y.ts']);
      });

      it('keep above a score', async () => {
        const hits = await reading(store, (reader) => reader.chunks('flatten', { set: 'code-file', limit: 10 }));
        expect(await found('flatten', { above: hits[1]!.score })).toEqual(['c.ts']);
        expect(await found('flatten', { above: hits[0]!.score })).toEqual([]);
      });

      it('of one set are listed, by repository and node', async () => {
        const listed = await reading(store, (reader) => reader.allChunks('code-file'));
        expect(listed.map(({ repo, files }) => `${repo} ${files[0]}`)).toEqual(['pub c.ts', 'shop a.ts', 'shop b.ts']);
        expect(listed[0]).toEqual({
          repo: 'pub',
          node: 'shop//code:c.ts',
          files: ['c.ts'],
          span: { line: 1, col: 1, endLine: 9, endCol: 1 },
        });
        expect(await reading(store, (reader) => reader.allChunks('code-commit', 'pub'))).toEqual([]);
        expect(await reading(store, (reader) => reader.allChunks('code-commit', 'shop'))).toMatchObject([{ files: ['a.ts', 'b.ts'] }]);
      });

      it('are replaced and removed with their unit', async () => {
        await publish(store, replace(unitOf('a.ts', { chunks: [chunk('a.ts', 'sorts them')] })));
        expect(await found('flatten')).toEqual(['c.ts']);
        expect(await found('sorting')).toEqual(['a.ts']);
        expect(await found('rounded', { set: 'code-part' })).toEqual([]);
        await publish(store, remove('a.ts'));
        expect(await found('sorting')).toEqual([]);
      });

      it.each(['"', '*', 'NEAR(a b)', 'terms:flatten', 'NOT flatten', '(', '^x', 'a\\', '/', '~2'])('take %j for words', async (query) => {
        expect(Array.isArray(await found(query))).toBe(true);
      });
    });

    describe('search', () => {
      const found = (query: string, options: { kinds?: Node['kind'][]; repo?: string; limit?: number } = {}): Promise<string[]> =>
        reading(store, async (reader) => (await reader.search(query, { limit: 10, ...options })).map(({ node }) => node.id));

      beforeEach(async () => {
        const server: Node = {
          id: 'pub//code:src/http.ts#HTTPServer2',
          kind: 'Class',
          name: 'HTTPServer2',
          repo: 'pub',
          file: 'src/http.ts',
          props: {},
        };
        const snake = functionNode('lib/legacy_pricing.ts', 'gross_net_table');
        await publish(
          store,
          replace(cartUnit),
          replace(orderUnit),
          replace(unitOf('src/http.ts', { nodes: [server] }, 'pub')),
          replace(unitOf('lib/legacy_pricing.ts', { nodes: [snake] })),
        );
      });

      it('finds names by their parts', async () => {
        expect(await found('price')).toEqual([total.id]);
        expect(await found('totalPrice')).toEqual([total.id]);
        expect(await found('TOTAL')).toEqual([total.id]);
        expect(await found('server')).toEqual(['pub//code:src/http.ts#HTTPServer2']);
        expect(await found('http server 2')).toEqual(['pub//code:src/http.ts#HTTPServer2']);
        expect(await found('net')).toEqual(['shop//code:lib/legacy_pricing.ts#gross_net_table']);
      });

      it('finds paths and doc comments, and names first', async () => {
        expect(await found('pricing')).toEqual(['shop//code:lib/legacy_pricing.ts#gross_net_table']);
        expect(await found('basket')).toEqual([cart.id]);
        expect((await found('order'))[0]).toBe(order.id);
        expect(await found('nothing like it')).toEqual([]);
      });

      it('filters by kind and repository and keeps to the limit', async () => {
        expect(await found('src', { kinds: ['Class'] })).toEqual(['pub//code:src/http.ts#HTTPServer2']);
        expect(await found('http server', { repo: 'shop' })).toEqual([]);
        expect(await found('cart', { limit: 1 })).toHaveLength(1);
      });

      it('orders by score, best first', async () => {
        const hits = await reading(store, (reader) => reader.search('add cart total price order', { limit: 10 }));
        expect(hits.length).toBeGreaterThan(2);
        expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a));
      });

      it.each([
        '"',
        "'",
        '*',
        'NEAR(add cart)',
        'name:addToCart',
        'add AND',
        'NOT cart',
        '(',
        '-cart',
        '^cart',
        '{doc}: x',
        'a\\',
        '`',
        '/',
        '~2',
        '',
      ])('takes %j for words, never for query syntax', async (query) => {
        await expect(found(query)).resolves.toBeInstanceOf(Array);
      });

      it('finds the words around an operator', async () => {
        expect(await found('NOT basket')).toContain(cart.id);
        expect(await found('name:basket*')).toEqual([cart.id]);
      });

      it('follows replacements', async () => {
        await publish(store, replace(unitOf('src/cart.ts', { nodes: [{ ...cart, props: { doc: 'Fills the trolley.' } }] })));
        expect(await found('basket')).toEqual([]);
        expect(await found('trolley')).toEqual([cart.id]);
        expect(await found('price')).toEqual([]);
      });
    });

    describe('hostile text', () => {
      const hostile = [
        `it's "quoted" \\ and \`ticked\``,
        `'; DROP TABLE edges; --`,
        `"); MATCH (n) DETACH DELETE n //`,
        `}) RETURN 1 UNION MATCH (n {id: '$id'})`,
        `<script>alert(1)</script>`,
        `\u{1F4A5}\u{200D}é\u0301 ﷽ \u202Egnp`,
        `a\tb\nc\r\n`,
        `%s %n {0} \${x} $param :param ?1`,
        `__proto__`,
        'x'.repeat(3000),
      ];

      it.each(hostile.map((text) => [text.slice(0, 30), text]))('is stored and found again: %j', async (_, text) => {
        const node: Node = { ...functionNode(`src/${text}.ts`, text, { doc: text, body: text }), name: text };
        const unit = unitOf(`src/${text}.ts`, {
          nodes: [node],
          edges: [edge(node.id, node.id, { via: node.id, rule: text, sites: [{ line: 1, col: 1, file: text }] })],
          diagnostics: [{ code: text, severity: 'warning', message: text, file: text }],
        });
        await publish(store, replace(unit), replace(cartUnit));
        await reading(store, async (reader) => {
          expect((await reader.get([node.id])).get(node.id)).toEqual(node);
          expect(await reader.find({ name: text }, { limit: 5 })).toEqual([node]);
          expect(await reader.find({ file: node.file! }, { limit: 5 })).toEqual([node]);
          expect(await reader.edges({ from: [node.id] }, 5)).toEqual(unit.edges);
          expect(await reader.edges({ to: [node.id] }, 5)).toEqual(unit.edges);
          expect(await reader.units('shop')).toContainEqual(unit.unit);
          expect(await reader.diagnostics({ limit: 5 })).toEqual([{ ...unit.diagnostics[0], unit: unit.unit.id }]);
          expect(await reader.repositories()).toEqual(['shop']);
          await reader.search(text, { limit: 5 });
        });
        await publish(store, { op: 'remove', unit: unit.unit.id });
        expect(await reading(store, async (reader) => ids((await collect(reader.allNodes())).flat()))).toEqual([total.id, cart.id]);
      });
    });
  });
}
