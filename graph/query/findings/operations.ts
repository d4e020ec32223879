import type { NodeOf } from '../../model/node.ts';
import { parseId } from '../../model/id.ts';
import { KIND_CODE } from '../../model/node.ts';
import { dependenciesOf, dependentsOf, edgesInto } from '../edges-of.ts';
import type { Snapshot } from '../../snapshot/csr.ts';
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

/** `/users/{}` of `/users/{id}/`. */
const plain = (path: string): string => `/${path.replaceAll(/\{[^{}]*\}/g, '{}').replaceAll(/^\/+|\/+$/g, '')}`;

/** Segments that a prefix of a server or gateway has. */
const LONGEST_PREFIX = 2;

/** What code serves, as `GET /users/{}`, with and without what may be a prefix. */
async function servedRoutes({ nodes }: FindingContext): Promise<ReadonlySet<string>> {
  const routes = new Set<string>();
  for (const { props } of await nodes('Endpoint')) {
    const segments = plain(props.path ?? '')
      .slice(1)
      .split('/');
    for (let prefix = 0; prefix <= LONGEST_PREFIX && prefix < segments.length; prefix++) {
      routes.add(`${props.method} /${segments.slice(prefix).join('/')}`);
      if (segments[prefix] === '{}' || segments.slice(prefix + 1).every((segment) => segment === '{}')) break;
    }
  }
  return routes;
}

/** Only of contracts that are served here: one that nobody serves describes somebody else's system. */
export const operationWithoutHandler: Check = {
  code: 'operation-without-handler',
  severity: 'error',
  title: 'A contract promises an operation that no code serves, although it serves others of that contract.',
  async find(context) {
    const { graph } = context;
    const isRealized = ({ id }: NodeOf<'Operation'>): boolean => dependentsOf(graph, id, 'REALIZES', 'HANDLES').length > 0;
    const routes = await servedRoutes(context);
    // Several contracts may describe one route; it realises the nearest.
    const isServed = (operation: NodeOf<'Operation'>): boolean => {
      const { method = '', path = '' } = operation.props;
      return isRealized(operation) || [method, 'ALL'].some((each) => routes.has(`${each} ${plain(path)}`));
    };
    return [...(await byApi(context)).values()]
      .filter((operations) => operations.some(isRealized))
      .flatMap((operations) => operations.filter((operation) => !isServed(operation)))
      .map(({ id, name, file, span }) => ({
        id,
        file,
        span,
        message: `No code serves ${name}. Implement it, or take it out of the contract.`,
      }));
  },
};

/** `/payments/health`: the same of a part. */
const HEALTH = /\/(?:healthz?|health-?check|livez?|readyz?|ping|metrics)$/i;
/** What is shown to readers is no part of the system. */
const EXAMPLE = /(?:^|\/)(?:examples?|samples?|demos?|fixtures?)\//i;

/** What operators ask for: no contract with clients has it. */
const OPERATIONAL =
  /^\/?(?:api\/)?(?:healthz?|health-?check|livez?|liveness|readyz?|readiness|ready|live|ping|metrics|status|version|docs|swagger|openapi|api-docs|favicon|robots|graphql|\{?\*)(?:[./-].*)?$|(?:openapi|swagger)[^/]*\.(?:json|ya?ml)$|^\/?(?:api\/?)?(?:v\d+\/?)?$/i;

/**
 * Only in packages that serve a contract, the most of it or mostly it: others may have none, and serve by chance what one
 * describes. What hands every method on is a gateway: those behind it have the contracts.
 */
export const handlerWithoutOperation: Check = {
  code: 'handler-without-operation',
  severity: 'warning',
  title: 'Code serves a route that is missing from the contract it serves otherwise.',
  async find(context) {
    const { graph, nodes } = context;
    const endpoints = (await nodes('Endpoint')).filter(({ props: { method } }) => method !== 'ALL');
    const realized = (id: string): readonly number[] => dependenciesOf(graph, id, 'REALIZES');
    const sizes = new Map([...(await byApi(context))].map(([api, operations]) => [api, operations.length]));
    const byPackage = new Map<string, NodeOf<'Endpoint'>[]>();
    for (const endpoint of endpoints) {
      const owner = endpoint.id.slice(0, endpoint.id.indexOf('#'));
      byPackage.set(owner, [...(byPackage.get(owner) ?? []), endpoint]);
    }
    return [...byPackage.values()].flatMap((served) => {
      const operations = new Set(served.flatMap(({ id }) => realized(id)));
      const described = served.filter(({ id }) => realized(id).length > 0).length;
      const isMostOf = [...sizes].some(
        ([api, size]) => 2 * dependenciesOf(graph, api, 'CONTAINS').filter((node) => operations.has(node)).length >= size,
      );
      const told = served.filter(({ file, props: { path } }) => !OPERATIONAL.test(path) && !HEALTH.test(path) && !EXAMPLE.test(file ?? ''));
      if (described === 0 || !(isMostOf || 2 * described >= told.length)) return [];
      return told
        .filter(({ id }) => realized(id).length === 0)
        .map(({ id, file, span, props: { method, path } }) => ({
          id,
          file,
          span,
          message: `${method} ${path} is served, but no operation of the contract describes it. Add it to the contract.`,
          related: dependentsOf(graph, id, 'HANDLES').map((node) => graph.id(node)),
        }));
    });
  },
};

/** Whether a file is named like a path, `routes/api.render.tsx`, `routes/api+/render.tsx`: a router that is not known may serve it. */
function isRouteFile(graph: Snapshot, path: string): boolean {
  if (path.includes('{') || path.lastIndexOf('/') <= 0) return false;
  return graph.kind.some((kind, node) => {
    const file = kind === KIND_CODE.Module ? graph.fileText(node) : undefined;
    return (
      file !== undefined &&
      file
        .replace(/\.\w+$/, '')
        .replaceAll(/\+?[./]/g, '/')
        .endsWith(path)
    );
  });
}

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
      .filter(({ id, props }) => parseId(id)?.path === '' && !isRouteFile(graph, props.path ?? ''))
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
