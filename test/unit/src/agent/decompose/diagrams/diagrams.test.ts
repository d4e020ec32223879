import { describe, expect, it } from 'vitest';
import { componentsOf } from '../../../../../../src/agent/decompose/diagrams/components.ts';
import { dataOf } from '../../../../../../src/agent/decompose/diagrams/data.ts';
import { planScope, type PlanScope } from '../../../../../../src/agent/decompose/diagrams/plan-scope.ts';
import { sequenceOf } from '../../../../../../src/agent/decompose/diagrams/sequence.ts';
import { repoFiles } from '../../../../../../src/agent/decompose/repo-files.ts';
import type { Task } from '../../../../../../src/agent/model.ts';
import { sceneOf, type Arrow } from '../../../../graph/query/scene.ts';
import { snapshotOf } from '../../../../graph/snapshot/snapshots.ts';

const SHOP: readonly Arrow[] = [
  ['svc:orders', 'DEPLOYED_AS', 'pkg:orders'],
  ['pkg:orders', 'CONTAINS', 'code:orders/routes.ts'],
  ['pkg:orders', 'CONTAINS', 'code:orders/store.ts'],
  ['code:orders/routes.ts', 'CONTAINS', 'code:orders/routes.ts#create'],
  ['code:orders/store.ts', 'CONTAINS', 'code:orders/store.ts#insert'],
  ['code:orders/routes.ts#create', 'HANDLES', 'api:orders#POST /orders'],
  ['code:orders/routes.ts#create', 'CALLS', 'code:orders/store.ts#insert', ['called']],
  ['code:orders/store.ts#insert', 'QUERIES', 'table:orders'],
  ['code:orders/routes.ts#create', 'PUBLISHES', 'event:order.placed'],
  ['code:orders/routes.ts', 'IMPORTS', 'code:orders/store.ts', ['import']],
  ['table:orders', 'CONTAINS', 'table:orders.total'],
  ['table:orders', 'DEPENDS_ON', 'table:users'],
];
const HOSTILE = 'pay`"]; end\n%%{init: {"theme":"x"}}%%\n--> <script>';

async function scope(tasks: readonly Partial<Task>[], criteria: readonly string[] = ['Takes a note.'], arrows = SHOP): Promise<PlanScope> {
  const { nodes, edges } = sceneOf(arrows);
  const graph = await snapshotOf(nodes, edges);
  const all = tasks.map((task): Task => ({
    ...{ id: 'T-a', title: 'a', kind: 'code', ownedFiles: [], dependsOn: [], covers: ['AC-1'], tests: [], size: 'S', evidence: [] },
    ...task,
  }));
  return planScope(all, {
    graph,
    spec: {
      feature: 'orderNotes',
      description: 'I want to add a note.',
      criteria: criteria.map((text, at) => ({
        id: `AC-${at + 1}`,
        hasId: true,
        text,
        at: [],
        scenarios: [],
        priority: 'must',
        verify: [],
        links: [],
      })),
    },
    grounding: { things: [], existing: [] },
    files: repoFiles(graph, 'shop'),
    needs: [{ id: 'shop//svc:orders', name: 'orders' }, { name: 'notes' }],
  });
}
const file = (path: string, isNew = false) => ({ path, isNew, reason: '', score: 1 });
const CHANGE = [
  { ownedFiles: [file('orders/routes.ts'), file('orders/store.ts'), file('orders/notes.ts', true)] },
  { kind: 'data' as const, ownedFiles: [file('migrations/2_notes.sql', true)] },
];

/** What a line of a flowchart or sequence diagram of ours looks like: no text of a repository gets out of its quotes. */
const LABEL = /"(?:[^"&<>;`\\[\]{}|]|#\d+;)*"/.source;
const FLOW = new RegExp(
  `^(?:flowchart LR|  subgraph g\\d+ \\[${LABEL}\\]|  end|  (?:  )?n\\d+(?:\\[|\\(|\\[\\(|>|\\[\\[)${LABEL}(?:\\]|\\)|\\)\\]|\\]\\])|  n\\d+ (?:-->|-\\.->)(?:\\|${LABEL}\\|)? n\\d+|  classDef planned stroke-dasharray: 5 5|  class n\\d+(?:,n\\d+)* planned)$`,
);
const SEQUENCE = /^(?:sequenceDiagram|  (?:actor|participant) p\d+ as [^;#:`<>\\\n]+|  p\d+(?:->>|-->>|-\))p\d+: [^;#:`<>\\\n]+)$/;
function expectGrammar(text: string, line: RegExp): void {
  for (const each of text.split('\n')) expect(each).toMatch(line);
}

describe('diagrams of a plan', () => {
  it('draws what is there as the graph has it, and what is planned dashed', async () => {
    expect(componentsOf(await scope(CHANGE))).toBe(
      `flowchart LR
  n0("notes")
  n1["orders/notes.ts"]
  n2["orders/routes.ts"]
  n3["orders/store.ts"]
  n4>"placed"]
  n5("orders")
  n6[("orders")]
  n1 -.->|"planned"| n0
  n1 -.->|"planned"| n5
  n2 -.->|"planned"| n1
  n2 --> n3
  n2 -->|"publishes"| n4
  n3 -->|"queries"| n6
  classDef planned stroke-dasharray: 5 5
  class n0,n1 planned`,
    );
  });

  it('tells what happens now before what is planned', async () => {
    const lines = sequenceOf(await scope(CHANGE)).split('\n');
    expect(lines.filter((line) => /->>|-\)/.test(line)).map((line) => line.replace(/^\s*p\d+/, ''))).toEqual([
      '->>p1: POST /orders',
      '->>p2: insert',
      '->>p3: query',
      '-)p4: publish',
      '-->>p5: planned, notes',
      '-->>p1: planned, AC-1 Takes a note',
    ]);
  });

  it('shows the tables that change, how they refer to each other, and the migration to come', async () => {
    const text = dataOf(await scope(CHANGE))!;
    expect(text).toContain('[("orders (total)")]');
    expect(text).toMatch(/n\d+\["migrations\/2_notes\.sql"\]/);
    expect(text).toMatch(/class n\d+ planned$/);
    expectGrammar(text, FLOW);
  });

  it('has no data where nothing is kept, and a sequence where there is no code', async () => {
    const empty = await scope([{ ownedFiles: [file('src/notes.ts', true)] }], ['Takes a note.'], [['svc:a', 'DEPENDS_ON', 'svc:b']]);
    expect(dataOf(empty)).toBeUndefined();
    expect(sequenceOf(empty)).toBe(
      'sequenceDiagram\n  actor p0 as User\n  participant p1 as notes\n  p0-->>p1: planned, notes\n  p1-->>p1: planned, AC-1 Takes a note',
    );
  });

  it('lets no text of a repository or a spec become markup', async () => {
    const arrows: readonly Arrow[] = [...SHOP, ['code:orders/routes.ts#create', 'QUERIES', `table:${HOSTILE.replaceAll(/[.#:/ ]/g, '_')}`]];
    const hostile = { ...(await scope(CHANGE, [HOSTILE], arrows)), needs: [{ name: HOSTILE }] };
    expectGrammar(componentsOf(hostile), FLOW);
    expectGrammar(dataOf(hostile)!, FLOW);
    expectGrammar(sequenceOf(hostile), SEQUENCE);
  });

  it('is the same every time', async () => {
    const [one, other] = [await scope(CHANGE), await scope([...CHANGE].reverse())];
    expect([componentsOf(one), dataOf(one), sequenceOf(one)]).toEqual([componentsOf(other), dataOf(other), sequenceOf(other)]);
  });
});
