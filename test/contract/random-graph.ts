import fc from 'fast-check';
import type { UnitDelta } from '../../graph/model/delta.ts';
import type { Edge, EdgeType } from '../../graph/model/edge.ts';
import { declarationId } from '../../graph/model/id.ts';
import { edge, functionNode, REPO, unitOf } from './facts.ts';

const FILES = ['src/cart.ts', 'src/order.ts', 'src/user.ts', 'src/mail.ts', 'src/stock.ts'];
const NAMES = ['open', 'close', 'find', 'store'];
const TYPES: readonly EdgeType[] = ['CALLS', 'READS', 'USES_TYPE', 'CONTAINS'];

const id = fc
  .record({ file: fc.constantFrom(...FILES), name: fc.constantFrom(...NAMES) })
  .map(({ file, name }) => declarationId(REPO, file, name));

const edgeFrom = (file: string): fc.Arbitrary<Edge> =>
  fc
    .record({
      name: fc.constantFrom(...NAMES),
      type: fc.constantFrom(...TYPES),
      to: id,
      via: fc.option(id, { nil: undefined, freq: 4 }),
      line: fc.integer({ min: 1, max: 9 }),
    })
    .map(({ name, type, to, via, line }) =>
      edge(declarationId(REPO, file, name), to, { type, sites: [{ line, col: 1 }], ...(via !== undefined && { via }) }),
    );

/** What one file states: some declarations, edges out of them, and shared packages that other files claim too. */
const unit = (file: string): fc.Arbitrary<UnitDelta> =>
  fc
    .record({
      names: fc.uniqueArray(fc.constantFrom(...NAMES)),
      edges: fc.uniqueArray(edgeFrom(file), { maxLength: 12, selector: ({ from, type, to, via }) => `${from} ${type} ${to} ${via}` }),
      version: fc.option(fc.constantFrom('1.0.0', '2.0.0'), { nil: undefined }),
      external: fc.boolean(),
      broken: fc.boolean(),
    })
    .map(({ names, edges, version, external, broken }) =>
      unitOf(file, {
        nodes: [
          ...names.map((name) => functionNode(file, name, { body: `${name} in ${file}` })),
          {
            id: 'npm:left-pad',
            kind: 'Package',
            name: file,
            props: { ...(version !== undefined && { version }), ...(external && { external }) },
          },
        ],
        edges,
        diagnostics: broken ? [{ code: 'parse', severity: 'error', message: `${file} does not parse` }] : [],
      }),
    );

/** One unit for each file of a small repository. Some edges dangle. */
export const graph: fc.Arbitrary<readonly UnitDelta[]> = fc.tuple(...FILES.map(unit));
