import type { NodeOf } from '../../model/node.ts';
import { parseId } from '../../model/id.ts';
import { KIND_CODE } from '../../model/node.ts';
import { dependenciesOf, dependentsOf, edgesInto } from '../edges-of.ts';
import { moduleOf } from '../module-of.ts';
import { siteOf, type Check, type FindingContext } from './finding.ts';
import { testModules } from './test-modules.ts';

const HTTP = /^(GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS|TRACE)$/;

/** Operations over HTTP by the contract they belong to. */
async function byApi({ graph, nodes }: FindingContext): Promise<ReadonlyMap<number, readonly NodeOf<'Operation'>[]>> {
  const found = new Map<number, NodeOf<'Operation'>[]>();
  for (const operation of await nodes('Operation')) {
    if (!HTTP.test(operation.props.method ?? '')) continue;
    const api = dependentsOf(graph, operation.id, 'CONTAINS').find((node) => graph.kind[node] === KIND_CODE.Api);
    if (api === undefined) continue;
    const list = found.get(api);
    if (list) list.push(operation);
    else found.set(api, [operation]);
  }
  return found;
}

/** Only of contracts that are served here: one that nobody serves describes somebody else's system. */
export const operationWithoutHandler: Check = {
  code: 'operation-without-handler',
  severity: 'error',
  title: 'A contract promises an operation that no code serves, although it serves others of that contract.',
  async find(context) {
    const { graph } = context;
    const isServed = ({ id }: NodeOf<'Operation'>): boolean => dependentsOf(graph, id, 'REALIZES', 'HANDLES').length > 0;
    return [...(await byApi(context)).values()]
      .filter((operations) => operations.some(isServed))
      .flatMap((operations) => operations.filter((operation) => !isServed(operation)))
      .map(({ id, name, file, span }) => ({
        id,
        file,
        span,
        message: `No code serves ${name}. Implement it, or take it out of the contract.`,
      }));
  },
};

/** What operators ask for: no contract with clients has it. */
const OPERATIONAL =
  /^\/?(?:api\/)?(?:healthz?|health-?check|livez?|liveness|readyz?|readiness|ready|live|ping|metrics|status|version|docs|swagger|openapi|api-docs|favicon|robots|graphql|\{?\*)(?:[./-].*)?$|(?:openapi|swagger)[^/]*\.(?:json|ya?ml)$|^\/?$/i;

/** Only in packages that serve a contract: others may have none. */
export const handlerWithoutOperation: Check = {
  code: 'handler-without-operation',
  severity: 'warning',
  title: 'Code serves a route that is missing from the contract it serves otherwise.',
  async find({ graph, nodes }) {
    const endpoints = await nodes('Endpoint');
    const packageOf = (id: string): string => id.slice(0, id.indexOf('#'));
    const documented = new Set(
      endpoints.filter(({ id }) => dependenciesOf(graph, id, 'REALIZES').length > 0).map(({ id }) => packageOf(id)),
    );
    return endpoints
      .filter(({ id, props: { path } }) => !OPERATIONAL.test(path ?? '') && documented.has(packageOf(id)))
      .filter(({ id }) => dependenciesOf(graph, id, 'REALIZES').length === 0)
      .map(({ id, file, span, props: { method, path } }) => ({
        id,
        file,
        span,
        message: `${method} ${path} is served, but no operation of the contract describes it. Add it to the contract.`,
        related: dependentsOf(graph, id, 'HANDLES').map((node) => graph.id(node)),
      }));
  },
};

/**
 * Calls of other systems are no concern: only those of paths without a host, which whoever serves the caller answers.
 * Nor are those of tests, which make servers of their own and ask for what is not there.
 */
export const callOfNothing: Check = {
  code: 'call-of-nothing',
  severity: 'error',
  title: 'A client calls an operation that no contract and no code of the system has.',
  async find({ graph, nodes }) {
    const served = [...(await nodes('Operation')), ...(await nodes('Endpoint'))].length > 0;
    const calls = served ? await nodes('HttpCall') : [];
    const tests = testModules(graph);
    return calls
      .filter(({ id }) => parseId(id)?.path === '')
      .flatMap(({ id, name }) =>
        edgesInto(graph, id, 'INVOKES')
          .filter((edge) => !tests.has(moduleOf(graph, graph.edgeFrom[edge]!)))
          .map((edge) => ({
            id,
            ...siteOf(graph, edge),
            message: `${name} is called, but nothing of the system answers it. Correct the call, or add the operation.`,
            related: [graph.id(graph.edgeFrom[edge]!)],
          })),
      );
  },
};
