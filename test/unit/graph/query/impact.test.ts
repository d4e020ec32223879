import { describe, expect, it } from 'vitest';
import { compare, compareEdges, factMask, type Edge, type EdgeType, type SiteFact } from '../../../../graph/model/edge.ts';
import type { Node } from '../../../../graph/model/node.ts';
import { answerImpact } from '../../../../graph/query/answer.ts';
import type { ChangeKind, ImpactAnswer } from '../../../../graph/query/change.ts';
import { buildSnapshot } from '../../../../graph/snapshot/build.ts';

/** `kind name` for each node; members are written `Type.member`, files `path:`. Edges: `from TYPE to [via] {facts}`. */
interface Scene {
  readonly nodes: Readonly<Record<string, Node['kind'] | readonly [Node['kind'], object]>>;
  readonly edges: readonly (readonly [from: string, type: EdgeType, to: string, facts?: readonly SiteFact[], via?: string])[];
}

const id = (name: string): string =>
  name.startsWith('test:') || name.startsWith('gap:')
    ? `shop//${name}`
    : name.includes('.ts')
      ? `shop//code:${name}`
      : `shop//code:shop.ts#${name}`;

async function* once<T>(rows: readonly T[]): AsyncIterable<readonly T[]> {
  yield rows;
}

async function ask(scene: Scene, target: string, change: ChangeKind, minConfidence = 0, limit = Infinity): Promise<ImpactAnswer> {
  const nodes = Object.entries(scene.nodes)
    .map(([name, described]) => {
      const [kind, props] = typeof described === 'string' ? [described, {}] : described;
      return {
        id: id(name),
        kind,
        name: name.split(/[.#:]/).at(-1)!,
        repo: 'shop',
        file: name.includes('.ts') ? name.replace(/^(test|gap):|#.*/g, '') : 'shop.ts',
        props,
      } as Node;
    })
    .sort((a, b) => compare(a.id, b.id));
  const contained = Object.keys(scene.nodes)
    .filter((name) => /^\w+\.\w+$/.test(name) && !name.includes('.ts'))
    .map((name): Scene['edges'][number] => [name.split('.')[0]!, 'CONTAINS', name]);
  const edges = [...scene.edges, ...contained]
    .map(([from, type, to, facts = [], via]): Edge => ({
      from: id(from),
      type,
      to: id(to),
      ...(via ? { via: id(via) } : {}),
      tier: 'compiler',
      confidence: 1,
      sites: [{ line: 7, col: 3, facts: factMask(...facts) }],
    }))
    .sort(compareEdges);
  const snapshot = await buildSnapshot(1, once(nodes), once(edges));
  const { answer } = answerImpact(
    snapshot,
    nodes.find((node) => node.id === id(target))!,
    {
      change,
      minConfidence,
      maxDistance: 64,
      limit,
      paths: true,
    },
  );
  return answer;
}

const broken = (answer: ImpactAnswer): string[] =>
  answer.impacted.filter(({ effect }) => effect === 'breaks').map(({ declaration }) => declaration);

describe('impact', () => {
  const cart: Scene = {
    nodes: {
      Cart: 'Class',
      'Cart.add': ['Method', { signatures: [{ parameters: [{ name: 'item', type: 'Item' }], returns: 'void' }] }],
      checkout: 'Function',
      page: 'Function',
      total: 'Function',
    },
    edges: [
      ['checkout', 'CALLS', 'Cart.add', ['called']],
      ['page', 'CALLS', 'checkout', ['called']],
      ['total', 'READS', 'Cart.add', ['as-value']],
    ],
  };

  it('breaks callers when a parameter becomes required, and nobody when it is optional', async () => {
    expect(broken(await ask(cart, 'Cart.add', 'add-required-parameter'))).toEqual(['checkout', 'total']);
    const optional = await ask(cart, 'Cart.add', 'add-optional-parameter');
    expect(optional.verdict).toBe('behaves-differently');
    expect(optional.impacted.map(({ declaration, effect }) => [declaration, effect])).toEqual([
      ['total', 'behaves-differently'],
      ['checkout', 'compatible'],
    ]);
  });

  it('calls a change of behaviour by its name, up to the farthest caller', async () => {
    const answer = await ask(cart, 'Cart.add', 'behaviour');
    expect(answer.verdict).toBe('behaves-differently');
    expect(answer.impacted.map(({ declaration, distance }) => [declaration, distance])).toEqual([
      ['checkout', 1],
      ['total', 1],
      ['page', 2],
    ]);
  });

  it('explains each item by a path of edges with their lines', async () => {
    const answer = await ask(cart, 'Cart.add', 'behaviour');
    expect(answer.impacted.at(-1)!.path).toMatchObject([
      { from: id('Cart.add'), to: id('checkout'), edge: 'CALLS', line: 7 },
      { from: id('checkout'), to: id('page'), edge: 'CALLS', line: 7 },
    ]);
  });

  it('follows a member of a type through values that are checked against another type', async () => {
    const flow: Scene = {
      nodes: {
        Cart: 'Class',
        'Cart.add': 'Method',
        Sink: 'Interface',
        'Sink.add': 'Method',
        Other: 'Interface',
        'Other.size': 'Property',
        fill: 'Function',
        measure: 'Function',
      },
      edges: [
        ['fill', 'FLOWS_FROM', 'Cart', ['checked'], 'Sink'],
        ['measure', 'FLOWS_FROM', 'Cart', ['checked'], 'Other'],
      ],
    };
    expect(broken(await ask(flow, 'Cart.add', 'remove'))).toEqual(['fill']);
    expect(broken(await ask(flow, 'Cart.add', 'change-type'))).toEqual(['fill']);
  });

  it('follows an inherited member that is reached through a derived class', async () => {
    const derived: Scene = {
      nodes: { Base: 'Class', 'Base.save': 'Method', Order: 'Class', submit: 'Function' },
      edges: [
        ['Order', 'EXTENDS', 'Base', ['heritage']],
        ['submit', 'ACCESSES', 'Order', [], 'Base.save'],
      ],
    };
    expect(broken(await ask(derived, 'Base', 'remove'))).toEqual(['Order', 'submit']);
  });

  it('asks implementers for a new member, and leaves them alone when it is gone from a class they do not need', async () => {
    const contract: Scene = {
      nodes: { Store: 'Interface', Disk: 'Class', Memory: 'Class' },
      edges: [['Disk', 'IMPLEMENTS', 'Store', ['heritage']]],
    };
    expect(broken(await ask(contract, 'Store', 'add-member'))).toEqual(['Disk']);
  });

  it('asks for a new member of an interface through the interfaces derived from it, and of an abstract class', async () => {
    const derived: Scene = {
      nodes: { Store: 'Interface', FileStore: 'Interface', Disk: 'Class', make: 'Function', Base: 'Class', Leaf: 'Class' },
      edges: [
        ['FileStore', 'EXTENDS', 'Store', ['heritage']],
        ['Disk', 'IMPLEMENTS', 'FileStore', ['heritage']],
        ['make', 'FLOWS_TO', 'FileStore', ['object-literal', 'checked']],
        ['Leaf', 'EXTENDS', 'Base', ['heritage']],
      ],
    };
    expect(broken(await ask(derived, 'Store', 'add-member'))).toEqual(['Disk', 'make']);
    expect(broken(await ask(derived, 'Base', 'add-member'))).toEqual(['Leaf']);
  });

  it('moves optional parameters of implementations only when there are any', async () => {
    const scene = (optional: boolean): Scene => ({
      nodes: {
        Runner: 'Interface',
        'Runner.query': ['Method', { signatures: [{ parameters: [{ name: 'options', type: 'object', optional }] }] }],
        Sql: 'Class',
        'Sql.query': 'Method',
      },
      edges: [['Sql.query', 'OVERRIDES', 'Runner.query']],
    });
    expect(broken(await ask(scene(true), 'Runner.query', 'add-required-parameter'))).toEqual(['Sql.query']);
    expect(broken(await ask(scene(false), 'Runner.query', 'add-required-parameter'))).toEqual([]);
  });

  it('passes through inferred types until a written one', async () => {
    const inferred: Scene = {
      nodes: { price: 'Function', sum: 'Function', show: 'Function' },
      edges: [
        ['sum', 'CALLS', 'price', ['called']],
        ['sum', 'INFERS_FROM', 'price', ['inferred']],
        ['show', 'CALLS', 'sum', ['called']],
      ],
    };
    expect(broken(await ask(inferred, 'price', 'change-type'))).toEqual(['sum', 'show']);
    const annotated: Scene = { ...inferred, edges: inferred.edges.filter(([, type]) => type !== 'INFERS_FROM') };
    expect(broken(await ask(annotated, 'price', 'change-type'))).toEqual(['sum']);
  });

  it('selects the test files that run the changed code, and not those that only name its type', async () => {
    const tested: Scene = {
      nodes: { add: 'Function', 'a.test.ts': 'Module', 'b.test.ts': 'Module', 'test:a.test.ts': 'TestFile', 'test:b.test.ts': 'TestFile' },
      edges: [
        ['test:a.test.ts', 'TESTS', 'a.test.ts'],
        ['test:b.test.ts', 'TESTS', 'b.test.ts'],
        ['a.test.ts', 'CALLS', 'add', ['called']],
        ['b.test.ts', 'REFERENCES', 'add', ['type-only']],
        ['b.test.ts', 'IMPORTS', 'add', ['import']],
      ],
    };
    expect((await ask(tested, 'add', 'behaviour')).tests.map(({ file }) => file)).toEqual(['a.test.ts']);
  });

  it('dispatches through the base member', async () => {
    const dispatch: Scene = {
      nodes: { Shape: 'Interface', 'Shape.area': 'Method', Circle: 'Class', 'Circle.area': 'Method', draw: 'Function' },
      edges: [
        ['Circle.area', 'OVERRIDES', 'Shape.area'],
        ['draw', 'CALLS', 'Shape.area', ['called']],
      ],
    };
    expect((await ask(dispatch, 'Circle.area', 'behaviour')).impacted.map(({ declaration }) => declaration)).toContain('draw');
  });

  it('answers unknown, naming the gap, where nothing certain was found', async () => {
    const hidden: Scene = {
      nodes: {
        Config: 'Interface',
        'Config.port': 'Property',
        'gap:main.ts#any-receiver:port': ['Gap', { reason: 'any-receiver', message: '' }],
      },
      edges: [],
    };
    const answer = await ask(hidden, 'Config.port', 'remove');
    expect(answer.verdict).toBe('unknown');
    expect(answer.unknown).toMatchObject([{ id: id('gap:main.ts#any-receiver:port'), reason: 'any-receiver' }]);
    const found = await ask(
      { ...hidden, nodes: { ...hidden.nodes, main: 'Function' }, edges: [['main', 'READS', 'Config.port']] },
      'Config.port',
      'remove',
    );
    expect([found.verdict, found.unknown]).toEqual(['breaking', []]);
  });

  it.each(['too-large', 'parse-failure'] as const)(
    'answers unknown where a module of which no more is known (%s) imports its own',
    async (reason) => {
      const scene: Scene = {
        nodes: {
          'config.ts': 'Module',
          'config.ts#port': ['Variable', { exported: true }],
          'bundle.ts': 'Module',
          'other.ts': 'Module',
          [`gap:bundle.ts#${reason}:bundle.ts`]: ['Gap', { reason, message: '' }],
        },
        edges: [['config.ts', 'CONTAINS', 'config.ts#port']],
      };
      const imported: Scene = { ...scene, edges: [...scene.edges, ['bundle.ts', 'IMPORTS', 'config.ts', ['import']]] };
      expect((await ask(scene, 'config.ts#port', 'remove')).verdict).toBe('compatible');
      expect((await ask(imported, 'config.ts#port', 'remove')).verdict).toBe('unknown');
    },
  );

  it('breaks who imports what moves, or reaches it as a member of its module, and nobody else', async () => {
    const scene: Scene = {
      nodes: { 'a.ts': 'Module', pay: 'Function', byName: 'Function', byModule: 'Function' },
      edges: [
        ['a.ts', 'IMPORTS', 'pay', ['import']],
        ['byName', 'CALLS', 'pay', ['called']],
        ['byModule', 'CALLS', 'pay', ['called', 'namespace']],
      ],
    };
    expect(broken(await ask(scene, 'pay', 'move')).toSorted()).toEqual(['<module>', 'byModule']);
  });

  it('leaves out what is less sure than asked for', async () => {
    const answer = await ask(cart, 'Cart.add', 'add-required-parameter', 0.95);
    expect(broken(answer)).toEqual(['checkout']);
  });

  describe('with a limit', () => {
    const crowd: Scene = {
      nodes: {
        ...Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`caller${at}`, 'Function' as const])),
        ...{ add: 'Function', reader: 'Function', 'a.test.ts': 'Module', 'test:a.test.ts': 'TestFile' },
      },
      edges: [
        ...Array.from({ length: 40 }, (_, at): Scene['edges'][number] => [
          `caller${at}`,
          'CALLS',
          at < 10 ? 'add' : `caller${at % 10}`,
          ['called'],
        ]),
        ['reader', 'READS', 'add', ['as-value']],
        ['a.test.ts', 'CALLS', 'caller39', ['called']],
        ['test:a.test.ts', 'TESTS', 'a.test.ts'],
      ],
    };

    it.each([0, 1, 7, 11, 12, 41, 42, 43])('lists the first %i of the same order, and says the same of all', async (limit) => {
      const { impacted, ...all } = await ask(crowd, 'add', 'add-required-parameter');
      const answer = await ask(crowd, 'add', 'add-required-parameter', 0, limit);
      expect(impacted).toHaveLength(42);
      expect(answer).toEqual({ ...all, impacted: impacted.slice(0, limit) });
    });

    it('counts what is not listed, and finds the test behind it', async () => {
      const answer = await ask(crowd, 'add', 'add-required-parameter', 0, 1);
      expect(answer.totals.filter(({ items }) => items > 0)).toEqual([
        { effect: 'breaks', items: 11, files: 1 },
        { effect: 'behaves-differently', items: 31, files: 2 },
      ]);
      expect(answer.tests.map(({ file }) => file)).toEqual(['a.test.ts']);
      expect(answer.verdict).toBe('breaking');
    });

    it('does not count what is less sure than asked for', async () => {
      const answer = await ask(crowd, 'add', 'add-required-parameter', 0.95, 1);
      expect(answer.totals[0]).toEqual({ effect: 'breaks', items: 10, files: 1 });
    });
  });

  it('answers an unspecified change as the worst case', async () => {
    expect((await ask(cart, 'Cart.add', 'unspecified')).verdict).toBe('breaking');
  });
});

describe('what runs', () => {
  const tests = (answer: ImpactAnswer): string[] => answer.tests.map(({ file }) => file);
  const suite = (edges: Scene['edges'], nodes: Scene['nodes']): Scene => ({
    nodes: { ...nodes, 'a.test.ts': 'Module', 'test:a.test.ts': 'TestFile' },
    edges: [['test:a.test.ts', 'TESTS', 'a.test.ts'], ...edges],
  });

  it('reaches a class through an interface that it fits without saying so', async () => {
    const scene = suite(
      [
        ['a.test.ts', 'CALLS', 'Clock.now', ['called']],
        ['wire', 'FLOWS_FROM', 'SystemClock', ['checked'], 'Clock'],
      ],
      { Clock: 'Interface', 'Clock.now': 'Method', SystemClock: 'Class', 'SystemClock.now': 'Method', wire: 'Function' },
    );
    expect(tests(await ask(scene, 'SystemClock.now', 'behaviour'))).toEqual(['a.test.ts']);
    expect(
      tests(await ask({ ...scene, edges: scene.edges.filter(([, type]) => type !== 'FLOWS_FROM') }, 'SystemClock.now', 'behaviour')),
    ).toEqual([]);
  });

  it('runs field initializers when the class is constructed', async () => {
    const scene = suite(
      [
        ['a.test.ts', 'INSTANTIATES', 'Cart', ['called']],
        ['Cart.items', 'CALLS', 'emptyList', ['called']],
      ],
      { Cart: 'Class', 'Cart.items': 'Property', emptyList: 'Function' },
    );
    expect(tests(await ask(scene, 'emptyList', 'behaviour'))).toEqual(['a.test.ts']);
  });

  it('lets a framework call what it finds decorated', async () => {
    const scene = suite([['a.test.ts', 'READS', 'OrdersController', ['as-value']]], {
      OrdersController: 'Class',
      'OrdersController.list': ['Method', { decorators: ['Get'] }],
    });
    expect(tests(await ask(scene, 'OrdersController.list', 'behaviour'))).toEqual(['a.test.ts']);
  });
});
