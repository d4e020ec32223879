import picomatch from 'picomatch';
import { z } from 'zod';
import { EDGE_CODE } from '../../model/edge.ts';
import { refOf } from '../../model/id.ts';
import { KIND_CODE, type NodeOf } from '../../model/node.ts';
import { scopeOf, withinScope } from '../../model/scope.ts';
import type { Snapshot } from '../../snapshot/csr.ts';
import { moduleOf } from '../module-of.ts';
import { runnersNear } from '../runners.ts';
import { dependenciesOf, dependentsOf } from '../edges-of.ts';
import { siteOf, type Check, type FindingContext, type Found } from './finding.ts';
import { testModules } from './test-modules.ts';

const Names = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value]));

/** What a rule demands of what it governs, as far as the graph can tell (docs/reference/policies.md). */
const Constraint = z.object({
  forbidDependency: z.object({ from: Names, to: Names }).optional(),
  requireOwner: z.boolean().optional(),
  requireTest: z.boolean().optional(),
  requireAuth: z.boolean().optional(),
  forbidProperty: z.object({ names: Names }).optional(),
});
type Constraint = z.infer<typeof Constraint>;
type Rule = NodeOf<'PolicyRule'>;

/** Decides one constraint of a rule: what breaks it. */
type Decide<K extends keyof Constraint> = (
  demand: NonNullable<Constraint[K]>,
  rule: Rule,
  context: FindingContext,
) => Promise<readonly Found[]>;

const DECIDE: { readonly [K in keyof Constraint]-?: Decide<K> } = {
  forbidDependency: async ({ from, to }, rule, { graph, nodes }) => {
    const scope = scopeOf(rule.file ?? '', await packageFolders(rule.repo, nodes), modulesOf(graph, rule.repo));
    const matcher = (globs: string[]): ((name: string) => boolean) => {
      const fits = picomatch(globs, { dot: true });
      return (name) => fits(name) || fits(withinScope(name, scope) ?? name);
    };
    const [isFrom, isTo] = [matcher(from), matcher(to)];
    const isWithin = (node: number): boolean => withinScope(graph.fileText(node) ?? '', scope) !== undefined;
    const nameOf = (node: number): string =>
      graph.kind[node] === KIND_CODE.Package ? graph.nameText(node) : (graph.fileText(node) ?? graph.nameText(node));
    const found: Found[] = [];
    graph.edgeType.forEach((type, edge) => {
      if (type !== EDGE_CODE.IMPORTS && type !== EDGE_CODE.RE_EXPORTS && type !== EDGE_CODE.DEPENDS_ON) return;
      const [user, used] = [graph.edgeFrom[edge]!, graph.edgeTo[edge]!];
      if (graph.kind[used] !== KIND_CODE.Module && graph.kind[used] !== KIND_CODE.Package) return;
      if (!isWithin(user) || !isFrom(nameOf(user)) || !isTo(nameOf(used))) return;
      found.push(broken(rule, graph, user, `${nameOf(user)} depends on ${nameOf(used)}`, siteOf(graph, edge)));
    });
    return found;
  },
  requireOwner: async (_, rule, { graph }) =>
    governed(rule, graph)
      .filter((node) => !isOwned(graph, node))
      .map((node) => broken(rule, graph, node, 'has no owner')),
  requireTest: async (_, rule, { graph }) => {
    const tested = testModules(graph);
    return governed(rule, graph)
      .filter(
        (node) =>
          moduleOf(graph, node) >= 0 && !runnersNear(graph, node, Infinity).some((runner) => tested.has(moduleOf(graph, runner.node))),
      )
      .map((node) => broken(rule, graph, node, 'is run by no test'));
  },
  requireAuth: async (_, rule, { graph, nodes }) => {
    const operations = new Map((await nodes('Operation')).map((operation) => [operation.id, operation]));
    return governed(rule, graph)
      .filter((node) => operations.has(graph.id(node)) && !(operations.get(graph.id(node))!.props.security?.length ?? 0))
      .map((node) => broken(rule, graph, node, 'asks for no authentication'));
  },
  forbidProperty: async ({ names }, rule, { graph }) => {
    const isNamed = picomatch(names, { nocase: true });
    return governed(rule, graph).flatMap((node) =>
      dependenciesOf(graph, node, 'HAS_PROPERTY')
        .filter((field) => graph.id(field).includes(' response.') && isNamed(graph.nameText(field)))
        .map((field) => broken(rule, graph, field, 'answers what it may not')),
    );
  },
};

export const policyViolation: Check = {
  code: 'policy-violation',
  severity: 'error',
  title: 'Something that a policy governs does not obey it.',
  async find(context) {
    const found: Found[] = [];
    for (const rule of await context.nodes('PolicyRule')) {
      const constraint = Constraint.safeParse(rule.props.constraint).data;
      if (!constraint) continue;
      const severity = severityOf(rule);
      for (const [name, decide] of Object.entries(DECIDE)) {
        const demand = constraint[name as keyof Constraint];
        if (demand === undefined || demand === false) continue;
        found.push(...(await (decide as Decide<keyof Constraint>)(demand, rule, context)).map((each) => ({ ...each, severity })));
      }
    }
    return found;
  },
};

const severityOf = ({ props: { severity } }: Rule): 'error' | 'warning' | 'info' => {
  if (severity === undefined || /^(error|critical|high|must|blocker)$/i.test(severity)) return 'error';
  return /^(info|low|may|could)$/i.test(severity) ? 'info' : 'warning';
};

async function packageFolders(repo: string | undefined, nodes: FindingContext['nodes']): Promise<readonly string[]> {
  return (await nodes('Package')).flatMap(({ repo: at, file }) =>
    at === repo && file?.endsWith('/package.json') ? [file.slice(0, -'/package.json'.length)] : [],
  );
}

function modulesOf(graph: Snapshot, repo: string | undefined): readonly string[] {
  const found: string[] = [];
  graph.kind.forEach((kind, node) => {
    const file = kind === KIND_CODE.Module && graph.id(node).startsWith(`${repo}//`) ? graph.fileText(node) : undefined;
    if (file !== undefined) found.push(file);
  });
  return found;
}

const governed = (rule: Rule, graph: Snapshot): readonly number[] => dependenciesOf(graph, rule.id, 'GOVERNS');

function broken(rule: Rule, graph: Snapshot, node: number, fault: string, site?: ReturnType<typeof siteOf>): Found {
  const line = graph.line[node]!;
  const own = { file: graph.fileText(node), span: line > 0 ? { line, col: 1, endLine: line, endCol: 1 } : undefined };
  return {
    id: graph.id(node),
    ...(site ?? own),
    message: `${refOf(graph.id(node))} ${fault}: ${rule.props.statement}`,
    related: [rule.id],
  };
}

/** Itself, or what it stands in, has an owner. */
function isOwned(graph: Snapshot, node: number): boolean {
  const module = moduleOf(graph, node);
  const places = [node, ...(module >= 0 ? [module] : [])];
  for (let at = graph.parent[node]!; at >= 0; at = graph.parent[at]!) places.push(at);
  if (module >= 0) places.push(...dependentsOf(graph, module, 'CONTAINS'));
  return places.some((place) => dependenciesOf(graph, place, 'OWNED_BY').length > 0);
}
