import { PlatformError } from '../../../graph/errors.ts';
import { compare, compareEdges, factMask, type Edge, type EdgeType, type SiteFact } from '../../../graph/model/edge.ts';
import { declarationId, moduleId } from '../../../graph/model/id.ts';
import type { Node } from '../../../graph/model/node.ts';
import { ImpactQuestion, type Hop } from '../../../graph/query/change.ts';
import type { StoredDiagnostic } from '../../../graph/store/store.ts';
import { parseOrThrow } from '../../../src/parse-or-throw.ts';
import type { System } from '../../../src/system.ts';

const REPO = 'pictures';
const UPLOAD = 'src/upload.ts';
const span = (line: number) => ({ line, col: 1, endLine: line + 3, endCol: 2 });

export const uploadService = declarationId(REPO, UPLOAD, 'UploadService');
export const upload = declarationId(REPO, UPLOAD, 'UploadService.upload');
export const checkSize = declarationId(REPO, UPLOAD, 'checkSize');
const thumbnail = (size: number) => declarationId(REPO, 'src/thumbnails.ts', `thumbnail${size}`);

/** Names that would do harm wherever they were pasted into a query, a page or a terminal. */
export const HOSTILE = [
  `'; DROP TABLE nodes; --`,
  `"}) MATCH (n) DETACH DELETE n //`,
  '<script>alert(1)</script>',
  '{__schema{types{name}}}',
  '../../etc/passwd',
  '\u0000\u001b[2J\u202e',
  '𝕦𝕡𝕝𝕠𝕒𝕕 \ud800',
  'a'.repeat(5_000),
];

const nodes: readonly Node[] = [
  { id: moduleId(REPO, UPLOAD), kind: 'Module', name: 'upload.ts', repo: REPO, file: UPLOAD, props: { language: 'typescript' } },
  {
    id: uploadService,
    kind: 'Class',
    name: 'UploadService',
    repo: REPO,
    file: UPLOAD,
    span: span(10),
    props: { exported: true, doc: 'Takes pictures in.' },
  },
  {
    id: upload,
    kind: 'Method',
    name: 'upload',
    repo: REPO,
    file: UPLOAD,
    span: span(12),
    props: {
      signatures: [
        {
          parameters: [
            { name: 'picture', type: 'Uint8Array' },
            { name: 'labels', type: 'string[]', rest: true },
          ],
          returns: 'Promise<string>',
        },
      ],
    },
  },
  { id: checkSize, kind: 'Function', name: 'checkSize', repo: REPO, file: UPLOAD, span: span(30), props: {} },
  ...[16, 32, 64, 128, 256, 512].map((size): Node => ({
    id: thumbnail(size),
    kind: 'Function',
    name: `thumbnail${size}`,
    repo: REPO,
    file: 'src/thumbnails.ts',
    span: span(size),
    props: { exported: true },
  })),
  {
    id: `${REPO}//test:test/upload.test.ts`,
    kind: 'TestFile',
    name: 'upload.test.ts',
    repo: REPO,
    file: 'test/upload.test.ts',
    props: { framework: 'vitest' },
  },
  {
    id: `${REPO}//gap:src/upload.ts#40`,
    kind: 'Gap',
    name: 'computed-access',
    repo: REPO,
    file: UPLOAD,
    span: span(40),
    props: { reason: 'computed-access', message: 'handlers[kind] is not known' },
  },
  { id: 'npm:sharp', kind: 'Package', name: 'sharp', props: { external: true } },
  ...HOSTILE.map((name): Node => ({
    id: declarationId(REPO, 'src/hostile.ts', name),
    kind: 'Variable',
    name,
    repo: REPO,
    file: 'src/hostile.ts',
    props: {},
  })),
];
export const NODES = nodes.toSorted((a, b) => compare(a.id, b.id));

const edge = (from: string, type: EdgeType, to: string, ...facts: readonly SiteFact[]): Edge => ({
  from,
  type,
  to,
  tier: 'compiler',
  confidence: 1,
  sites: [{ line: 14, col: 5, facts: factMask(...facts), args: 1 }],
});

export const EDGES: readonly Edge[] = [
  edge(moduleId(REPO, UPLOAD), 'CONTAINS', uploadService),
  edge(moduleId(REPO, UPLOAD), 'CONTAINS', checkSize),
  edge(uploadService, 'CONTAINS', upload),
  edge(upload, 'CALLS', checkSize, 'called', 'awaited'),
  ...[16, 32, 64, 128, 256, 512].map((size) => edge(thumbnail(size), 'CALLS', checkSize, 'called')),
  edge(thumbnail(16), 'READS', uploadService),
  edge(moduleId(REPO, UPLOAD), 'IMPORTS', 'npm:sharp', 'import'),
  edge(`${REPO}//test:test/upload.test.ts`, 'CALLS', upload, 'called'),
].sort(compareEdges);

const DIAGNOSTICS: readonly StoredDiagnostic[] = [1, 2, 3, 4, 5].map((line) => ({
  unit: `${REPO}//typescript:${UPLOAD}`,
  code: 'ts-1005',
  severity: 'warning',
  message: `';' expected on line ${line}`,
  file: UPLOAD,
  span: span(line),
}));

const hop = ({ from, to, type }: Edge): Hop => ({
  from: to,
  to: from,
  edge: type,
  file: UPLOAD,
  line: 14,
  col: 5,
  tier: 'compiler',
  confidence: 1,
  rule: 'call',
});

export type CountedSystem = System & {
  /** Names of the functions called, in order. */
  readonly calls: readonly (keyof System)[];
};

/** A system of a few nodes in memory, which knows just enough of impact to be asked about it. */
export function createPictureSystem(overrides: Partial<System> = {}): CountedSystem {
  const calls: (keyof System)[] = [];
  const byId = new Map(NODES.map((node) => [node.id, node]));
  const dependents = (id: string) => EDGES.filter(({ to, type }) => to === id && type !== 'CONTAINS');
  const resolve: System['resolve'] = async (target) => {
    const name = typeof target === 'string' ? target : (target.name ?? target.file);
    const exact = byId.get(name);
    if (exact) return exact;
    const found = NODES.filter((node) => node.name === name || node.id.endsWith(name));
    const [only, ...others] = found;
    if (only && others.length === 0) return only;
    if (found.length === 0)
      throw new PlatformError('TARGET_NOT_FOUND', `Nothing is called ${name}.`, { details: { suggestions: [uploadService] } });
    throw new PlatformError('TARGET_AMBIGUOUS', `Several things are called ${name}.`, {
      details: { candidates: found.map(({ id }) => id) },
    });
  };
  const answerFor = async (target: Node, paths: boolean | undefined) => {
    const found = dependents(target.id);
    return {
      verdict: found.length > 0 ? ('breaking' as const) : ('compatible' as const),
      totals: [{ effect: 'breaks' as const, items: found.length, files: new Set(found.map(({ from }) => byId.get(from)!.file)).size }],
      impacted: found.map((each) => {
        const { id, kind, file } = byId.get(each.from)!;
        return {
          id,
          ref: id.slice(id.indexOf('//') + 2),
          kind,
          file,
          declaration: id.split('#')[1] ?? '<module>',
          line: 14,
          effect: 'breaks' as const,
          distance: 1,
          tier: each.tier,
          confidence: each.confidence,
          reason: 'calls it',
          ...(paths ? { path: [hop(each)] } : {}),
        };
      }),
      tests: [
        {
          id: `${REPO}//test:test/upload.test.ts`,
          ref: 'test:test/upload.test.ts',
          file: 'test/upload.test.ts',
          reason: 'calls upload',
          distance: 2,
          confidence: 1,
          cases: ['rejects large pictures'],
        },
      ],
      unknown: [
        { id: `${REPO}//gap:src/upload.ts#40`, file: UPLOAD, line: 40, reason: 'computed-access', message: 'handlers[kind] is not known' },
      ],
      generation: 7,
    };
  };
  const system: System = {
    location: 'memory',
    ingest: async (_, options) => ({
      repo: options?.repo ?? REPO,
      generation: 8,
      files: 3,
      replaced: 2,
      removed: 1,
      diagnostics: DIAGNOSTICS,
      milliseconds: 12.5,
    }),
    conflicts: async () => [],
    watch: async () => {},
    resolve,
    impact: async (question) => {
      const { target, change, paths } = parseOrThrow(ImpactQuestion, question);
      const node = await resolve(target);
      return { target: node, change, ...(await answerFor(node, paths)) };
    },
    impactOfDiff: async () => ({
      changes: [
        { id: checkSize, file: UPLOAD, declaration: 'checkSize', change: 'add-required-parameter', detail: 'parameter "limit" added' },
      ],
      skipped: [{ file: 'src/legacy.ts', reason: 'it does not parse' }],
      ...(await answerFor(byId.get(checkSize)!, false)),
    }),
    retrieve: async (question, { budget = 4000 } = {}) => ({ question, budget, tokens: 0, passages: [], text: '' }),
    path: async (from, to) => {
      const [start, end] = [await resolve(from), await resolve(to)];
      const found = EDGES.find((each) => each.from === end.id && each.to === start.id);
      return found && [hop(found)];
    },
    show: async (target) => ({ node: await resolve(target), outgoing: [], incoming: [] }),
    nodes: async (ids) => new Map(ids.flatMap((id) => (byId.has(id) ? [[id, byId.get(id)!] as const] : []))),
    edges: async ({ from, to }, limit) =>
      EDGES.filter((each) => (!from || from.includes(each.from)) && (!to || to.includes(each.to))).slice(0, limit),
    find: async ({ kinds, repo, file, name }, { limit, after }) =>
      NODES.filter(
        (node) =>
          (!kinds || kinds.includes(node.kind)) &&
          (repo === undefined || node.repo === repo) &&
          (file === undefined || node.file === file) &&
          (name === undefined || node.name === name) &&
          (after === undefined || compare(node.id, after) > 0),
      ).slice(0, limit),
    search: async (query, { limit, kinds, repo } = {}) => ({
      files: [],
      hits: NODES.filter(
        (node) =>
          node.name.toLowerCase().includes(query.toLowerCase()) &&
          (!kinds || kinds.includes(node.kind)) &&
          (repo === undefined || node.repo === repo),
      )
        .slice(0, limit)
        .map((node) => ({ node, score: 1, signals: {} })),
    }),
    ask: async (question) => ({
      ...{ question, engine: 'extract', statements: [] },
      pack: { question, budget: 4000, tokens: 0, passages: [], text: '' },
    }),
    similar: async () => [],
    related: async () => [],
    embed: async () => ({ embedded: 0 }),
    agent: async () => {
      throw new Error('Nobody drafts a spec here.');
    },
    citeCheck: async () => ({ sentences: 0, bases: {}, problems: [] }),
    findings: async () => ({ checks: [], findings: [] }),
    diagram: async () => 'flowchart LR',
    stats: async () => ({ generation: 7, nodes: { Class: 1, Function: 7 }, edges: { CALLS: 8 }, diagnostics: DIAGNOSTICS.length }),
    diagnostics: async ({ limit, after }) => DIAGNOSTICS.slice(Number(after ?? 0), Number(after ?? 0) + limit),
    async *dump() {},
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
    ...overrides,
  };
  const counted = new Proxy(system, {
    get(target, key: keyof System) {
      const value = target[key];
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        calls.push(key);
        return (value as (...given: unknown[]) => unknown)(...args);
      };
    },
  });
  return Object.assign(Object.create(counted) as System, { calls });
}
