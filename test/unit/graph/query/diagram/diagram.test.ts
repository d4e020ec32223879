import { describe, expect, it } from 'vitest';
import { drawDiagram } from '../../../../../graph/query/diagram/diagram.ts';
import type { DiagramKind } from '../../../../../graph/query/diagram/kinds.ts';
import { snapshotOf } from '../../snapshot/snapshots.ts';
import { sceneOf, type Arrow } from '../scene.ts';

const SHOP: readonly Arrow[] = [
  ['svc:web', 'DEPLOYED_AS', 'pkg:web'],
  ['svc:orders', 'DEPLOYED_AS', 'pkg:orders'],
  ['svc:orders', 'REALIZES', 'api:orders'],
  ['pkg:web', 'CONTAINS', 'code:web/client.ts'],
  ['pkg:orders', 'CONTAINS', 'code:orders/routes.ts'],
  ['pkg:orders', 'CONTAINS', 'code:orders/store.ts'],
  ['api:orders', 'CONTAINS', 'api:orders#POST /orders'],
  ['code:web/client.ts', 'CONTAINS', 'code:web/client.ts#order'],
  ['code:orders/routes.ts', 'CONTAINS', 'code:orders/routes.ts#create'],
  ['code:orders/store.ts', 'CONTAINS', 'code:orders/store.ts#insert'],
  ['code:web/client.ts#order', 'INVOKES', 'api:orders#POST /orders'],
  ['code:web/client.ts#order', 'INVOKES', 'http:api.pay.example#POST /charges'],
  ['code:orders/routes.ts#create', 'HANDLES', 'api:orders#POST /orders'],
  ['code:orders/routes.ts#create', 'CALLS', 'code:orders/store.ts#insert', ['called']],
  ['code:orders/store.ts#insert', 'QUERIES', 'table:orders'],
  ['code:orders/routes.ts#create', 'PUBLISHES', 'event:order.placed'],
  ['code:orders/routes.ts', 'IMPORTS', 'code:orders/store.ts', ['import']],
];

async function draw(kind: DiagramKind, target?: string, arrows = SHOP): Promise<string> {
  const { nodes, edges } = sceneOf(arrows);
  return drawDiagram(
    await snapshotOf(nodes, edges),
    kind,
    target === undefined ? undefined : nodes.find(({ id }) => id === `shop//${target}`),
    'remove',
  );
}

describe('drawDiagram', () => {
  it('draws services, what they call, store and publish', async () => {
    expect(await draw('container')).toBe(
      `flowchart LR
  subgraph g0 ["shop"]
    n2["orders"]
    n3["web"]
  end
  n0[["api.pay.example"]]
  n1>"placed"]
  n4[("orders")]
  n2 -->|"publishes"| n1
  n2 --> n4
  n3 -->|"HTTP"| n0
  n3 -->|"POST /orders"| n2`,
    );
  });

  it('draws packages that call something and that nothing is made of, tests and libraries aside', async () => {
    const call = (from: string): Arrow => [`code:${from}#ask`, 'INVOKES', 'api:orders#POST /orders'];
    const ask = async (...more: readonly Arrow[]): Promise<string> => {
      const files = more.flatMap(([from]) => (from.startsWith('code:') ? [from.replace(/#.*/, '')] : []));
      const inside = files.flatMap((file): readonly Arrow[] => [
        [file.replace(/code:(\w+)\/.*/, 'pkg:$1'), 'CONTAINS', file],
        [file, 'CONTAINS', `${file}#ask`],
      ]);
      return draw('container', undefined, [...SHOP, ...inside, ...more]);
    };
    expect(await ask(call('phone/app.ts'))).toContain('"phone"');
    expect(await ask(call('phone/app.test.ts'), ['test:phone/app.test.ts', 'TESTS', 'code:phone/app.test.ts'])).not.toContain('"phone"');
    expect(await ask(call('phone/lib.ts'), ['code:web/client.ts', 'IMPORTS', 'code:phone/lib.ts', ['import']])).not.toContain('"phone"');
    expect(await ask(['code:phone/app.ts#ask', 'CALLS', 'code:orders/store.ts#insert'])).not.toContain('"phone"');
  });

  it('draws the system as one box among others', async () => {
    expect(await draw('context')).toBe('flowchart LR\n  n0[["api.pay.example"]]\n  n1["shop"]\n  n1 --> n0');
  });

  it('draws no system for calls of which nobody knows whom they are for', async () => {
    const calls: readonly Arrow[] = [
      ['code:web/client.ts#order', 'INVOKES', 'http:{}#POST /fit'],
      ['code:web/client.ts#order', 'INVOKES', 'http:#GET /flags'],
    ];
    for (const kind of ['context', 'container'] as const) expect(await draw(kind, undefined, [...SHOP, ...calls])).toBe(await draw(kind));
  });

  it('draws the modules of a service', async () => {
    expect(await draw('component', 'svc:orders')).toBe('flowchart LR\n  n0["routes.ts"]\n  n1["store.ts"]\n  n0 --> n1');
    await expect(draw('component', 'table:orders')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('tells what happens when an operation is called, over services, in the order of the source', async () => {
    expect(await draw('sequence', 'api:orders#POST /orders')).toBe(
      `sequenceDiagram
  actor p0 as Client
  participant p1 as orders / ts
  participant p2 as orders / ts
  participant p3 as orders
  participant p4 as placed
  p0->>p1: POST /orders
  p1->>p2: insert
  p2->>p3: query
  p1-)p4: publish`,
    );
  });

  it('tells of each new object once', async () => {
    const made: readonly Arrow[] = [
      ...SHOP,
      ['code:orders/store.ts', 'CONTAINS', 'code:orders/store.ts#Row'],
      ['code:orders/store.ts#Row', 'CONTAINS', 'code:orders/store.ts#Row.constructor'],
      ['code:orders/store.ts', 'CONTAINS', 'code:orders/store.ts#Log'],
      ['code:orders/routes.ts#create', 'CALLS', 'code:orders/store.ts#Row.constructor', ['called']],
      ['code:orders/routes.ts#create', 'INSTANTIATES', 'code:orders/store.ts#Row'],
      ['code:orders/routes.ts#create', 'INSTANTIATES', 'code:orders/store.ts#Log'],
    ];
    const { nodes, edges } = sceneOf(made);
    const kinds: Readonly<Record<string, string>> = { Row: 'Class', Log: 'Class', constructor: 'Constructor' };
    const typed = nodes.map((node) => ({ ...node, kind: kinds[node.name] ?? node.kind }) as typeof node);
    const target = typed.find(({ id }) => id === 'shop//code:orders/routes.ts#create')!;
    const drawn = drawDiagram(await snapshotOf(typed, edges), 'sequence', target);
    expect(drawn.match(/: (?:new|constructor).*/g)).toEqual([': new Row', ': new Log']);
  });

  it('draws the paths of an impact', async () => {
    expect(await draw('impact', 'api:orders#POST /orders')).toContain('"code:web/client.ts#35;order"');
  });

  it('is the same whatever order facts come in, and lets no name end its label', async () => {
    expect(await draw('container', undefined, SHOP.toReversed())).toBe(await draw('container'));
    const hostile = await draw('container', undefined, [...SHOP, ['svc:web', 'DEPENDS_ON', 'svc:a"] click n0 href "x']]);
    expect(hostile).not.toMatch(/click n0 href "x"\]/);
  });
});
