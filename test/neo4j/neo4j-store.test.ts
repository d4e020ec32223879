import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { PlatformError } from '../../graph/errors.ts';
import type { Node } from '../../graph/model/node.ts';
import { openStore } from '../../graph/store/registry.ts';
import type { GraphStore } from '../../graph/store/store.ts';
import { dump, edge, functionNode, publish, remove, replace, unitOf } from '../contract/facts.ts';
import { connectNeo4j, storeFixtures, type Place } from '../contract/stores.ts';

const uri = inject('neo4jUri');
const fixture = storeFixtures.find(({ name }) => name === 'neo4j')!;

const cart = functionNode('src/cart.ts', 'addToCart', { exported: true, typeParameters: ['T'], signatures: [{ parameters: [] }] });
const order = functionNode('src/order.ts', 'placeOrder');
const cartUnit = unitOf('src/cart.ts', { nodes: [cart] });
const orderUnit = unitOf('src/order.ts', { nodes: [order], edges: [edge(order.id, cart.id)] });

const CURRENT_CALLS = 'MATCH (a:Function)-[r:CALLS]->(b:Function) WHERE r.until IS NULL RETURN a.name AS caller, b.name AS callee';

/** What the contract does not cover because it is Neo4j's: the graph that people query, and writers on a network. */
describe.skipIf(uri === null)('a graph in Neo4j', () => {
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

  async function cypher(query: string, parameters: Record<string, unknown> = {}): Promise<Record<string, unknown>[]> {
    const driver = connectNeo4j(uri!);
    try {
      return (await driver.executeQuery(query, parameters)).records.map((record) => record.toObject());
    } finally {
      await driver.close();
    }
  }
  const labelsOf = async (node: Node): Promise<unknown> =>
    (await cypher('MATCH (n:Node {id: $id}) RETURN labels(n) AS labels', { id: node.id }))[0]?.['labels'];
  const errorOf = (failing: Promise<unknown>): Promise<unknown> => failing.then(() => undefined).catch((error: unknown) => error);

  describe('for people', () => {
    it('has kinds as labels, edge types as relationship types, and readable properties', async () => {
      await publish(store, replace(orderUnit), replace(cartUnit));
      expect(await cypher(CURRENT_CALLS)).toEqual([{ caller: 'placeOrder', callee: 'addToCart' }]);
      const [row] = await cypher('MATCH (n:Function {name: "addToCart"}) RETURN n {.*, line: toString(n.line)} AS n');
      expect(row!['n']).toMatchObject({
        kind: 'Function',
        file: 'src/cart.ts',
        line: '3',
        repo: 'shop',
        exported: true,
        typeParameters: ['T'],
        signatures: '[{"parameters":[]}]',
      });
    });

    it('follows what is published', async () => {
      await publish(store, replace(orderUnit), replace(cartUnit));
      const { exported } = cart.props;
      await publish(store, replace(unitOf('src/cart.ts', { nodes: [{ ...cart, kind: 'Class', props: { exported } }] })));
      expect(await labelsOf(cart)).toEqual(['Node', 'Class']);
      expect(await cypher('MATCH (n:Class) RETURN n.signatures AS signatures')).toEqual([{ signatures: null }]);
      await publish(store, remove('src/cart.ts'));
      expect(await labelsOf(cart)).toEqual(['Node']);
      await publish(store, remove('src/order.ts'));
      expect(await cypher(CURRENT_CALLS)).toEqual([]);
    });

    it('completes after a writer that published and was gone at once', async () => {
      await publish(store, replace(cartUnit));
      await cypher(
        "MATCH (m:Specgraph {key: 'meta'}) SET m.settled = 0 WITH m MATCH (n:Function) REMOVE n:Function SET n.described = null",
      );
      await publish(store, replace(orderUnit));
      expect(await labelsOf(cart)).toEqual(['Node', 'Function']);
    });
  });

  describe('over time', () => {
    const rows = (): Promise<Record<string, unknown>[]> => cypher('MATCH ()-[r:CALLS|CLAIMS]->() RETURN elementId(r) AS row ORDER BY row');

    it('leaves rows alone that a replacement states again', async () => {
      await publish(store, replace(orderUnit), replace(cartUnit));
      const before = await rows();
      await publish(store, replace({ ...orderUnit, unit: { ...orderUnit.unit, hash: 'other' } }), replace(cartUnit));
      expect(await rows()).toEqual(before);
    });

    it('forgets what only older generations contain', async () => {
      await publish(store, replace(orderUnit), replace(cartUnit));
      await publish(store, remove('src/order.ts'), remove('src/cart.ts'));
      expect(await rows()).toHaveLength(3);
      await publish(store);
      await publish(store);
      expect(await cypher('MATCH (n) WHERE NOT n:Specgraph RETURN n')).toEqual([]);
    });

    it('tells a reader that fell two generations behind, rather than answer wrongly', async () => {
      await publish(store, replace(orderUnit), replace(cartUnit));
      const reader = await store.reader();
      await publish(store, remove('src/order.ts'));
      expect((await reader.edges({ from: [order.id] }, 5)).length).toBe(1);
      await publish(store, replace(orderUnit));
      expect((await reader.edges({ from: [order.id] }, 5)).length).toBe(1);
      const publication = await store.begin();
      await publication.abort();
      expect(await errorOf(reader.edges({ from: [order.id] }, 5))).toMatchObject({ code: 'STORE_BUSY' });
    });
  });

  it('keeps out a writer that lost its lock without noticing', async () => {
    const lost = await store.begin();
    await lost.apply([replace(orderUnit)]);
    const others = await cypher(`SHOW TRANSACTIONS YIELD transactionId, currentQuery WHERE currentQuery = '' RETURN transactionId`);
    for (const { transactionId } of others) await cypher('TERMINATE TRANSACTION $transactionId', { transactionId });
    const other = await place.open();
    try {
      await publish(other, replace(cartUnit));
      expect(await errorOf(lost.publish())).toMatchObject({ code: 'STORE_BUSY' });
      await lost.abort();
      expect(await other.generation()).toBe(1);
      await publish(other);
      expect((await dump(other)).some((line) => line.includes(order.id))).toBe(false);
    } finally {
      await other.close();
    }
  });

  it('of another schema version is refused, and rebuilt when it may be created', async () => {
    await publish(store, replace(cartUnit));
    await cypher("MATCH (m:Specgraph {key: 'meta'}) SET m.schema = 0");
    expect(await errorOf(place.open(false))).toMatchObject({ code: 'STORE_SCHEMA' });
    const rebuilt = await place.open(true);
    try {
      expect(await rebuilt.generation()).toBe(0);
      await publish(rebuilt, replace(orderUnit), replace(cartUnit));
      expect(await dump(rebuilt)).toHaveLength(3);
    } finally {
      await rebuilt.close();
    }
  });

  it('says when no server answers, without the credentials', async () => {
    const error = await errorOf(openStore('bolt://ann:secret@127.0.0.1:1', { create: false }));
    expect(error).toBeInstanceOf(PlatformError);
    expect(error).toMatchObject({ code: 'STORE_UNREACHABLE', details: { location: 'bolt://127.0.0.1:1' } });
    expect((error as PlatformError).message).not.toContain('secret');
  });
});
