import { compare, compareEdges, factMask, type Edge, type EdgeType, type SiteFact } from '../../../../graph/model/edge.ts';
import type { Node, NodeKind } from '../../../../graph/model/node.ts';

/** `from TYPE to`, with the facts of its one site and the third party. */
export type Arrow = readonly [from: string, type: EdgeType, to: string, facts?: readonly SiteFact[], via?: string];

/** Kinds by how their ids are written; a scene may say otherwise. */
const KINDS: readonly (readonly [RegExp, NodeKind])[] = [
  [/^gap:/, 'Gap'],
  [/^api:\w+#[A-Z]+ \S+ /, 'SchemaProperty'],
  [/^api:\w+#[A-Z]+ /, 'Operation'],
  [/^api:\w+#\w+\./, 'SchemaProperty'],
  [/^api:\w+#/, 'Schema'],
  [/^api:/, 'Api'],
  [/^gql:\w+#(?:Query|Mutation)\.\w+$/, 'Operation'],
  [/^gql:\w+#\w+\./, 'SchemaProperty'],
  [/^gql:\w+#/, 'Schema'],
  [/^doc:[^#]*\.gql/, 'Document'],
  [/^endpoint:/, 'Endpoint'],
  [/^http:/, 'HttpCall'],
  [/^event:\S+ payload/, 'SchemaProperty'],
  [/^event:/, 'Channel'],
  [/^table:\w+\./, 'Column'],
  [/^table:/, 'Table'],
  [/^env:/, 'ConfigKey'],
  [/^svc:/, 'Service'],
  [/^pkg:/, 'Package'],
  [/^team:/, 'Team'],
  [/^adr:/, 'Adr'],
  [/^policy:/, 'PolicyRule'],
  [/^spec:\w+\//, 'AcceptanceCriterion'],
  [/^spec:/, 'Spec'],
  [/^doc:/, 'Section'],
  [/^test:[^#]*#/, 'TestCase'],
  [/^test:/, 'TestFile'],
  [/#\w+\.\w+\(\)$/, 'Method'],
  [/#\w+\.\w+$/, 'Property'],
  [/#[A-Z]\w*$/, 'Interface'],
  [/#/, 'Function'],
  [/^code:/, 'Module'],
];

export interface Scene {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

/** A graph of the repository `shop` that consists of what some arrows name. */
export function sceneOf(arrows: readonly Arrow[], props: Readonly<Record<string, object>> = {}): Scene {
  const names = [...new Set([...arrows.flatMap(([from, , to, , via]) => [from, to, ...(via ? [via] : [])]), ...Object.keys(props)])];
  const nodes = names
    .map((name) => {
      const file = /^(?:code|test|doc):([^#]*)/.exec(name)?.[1];
      const kind = KINDS.find(([pattern]) => pattern.test(name))![1];
      const simple = /^[A-Z]+ \/\S*$/.test(name.slice(name.indexOf('#') + 1))
        ? name.slice(name.indexOf('#') + 1)
        : name.split(/[.#:/ ]/).at(-1)!;
      return { id: `shop//${name}`, kind, name: simple, repo: 'shop', ...(file ? { file } : {}), props: props[name] ?? {} } as Node;
    })
    .sort((a, b) => compare(a.id, b.id));
  const edges = arrows
    .map(([from, type, to, facts = [], via], at): Edge => {
      const sites = [{ line: 7 + at, col: 3, facts: factMask(...facts), ...(from.startsWith('code:') ? {} : { file: 'shop.yaml' }) }];
      return {
        from: `shop//${from}`,
        type,
        to: `shop//${to}`,
        ...(via ? { via: `shop//${via}` } : {}),
        tier: 'contract',
        confidence: 1,
        sites,
      };
    })
    .sort(compareEdges);
  return { nodes, edges };
}
