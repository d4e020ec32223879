import { PlatformError } from '../../../graph/errors.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';
import { diffOfSpec, listSpecs, openSpec } from '../specs.ts';
import { connectionOf, pageSize } from '../pages.ts';
import { present } from '../present.ts';

export const Query: QueryResolvers = {
  entity: (_, { ref }, { system }) => system.resolve(ref),
  async entities(_, { filter, first, after }, { system }) {
    const size = pageSize(first);
    const read = await system.find(present(filter ?? {}), { limit: size + 1, ...present({ after }) });
    return connectionOf(read, size, (node) => node.id);
  },
  search: async (_, { query, first, kinds, ...options }, { system }) =>
    (await system.search(query, { limit: pageSize(first), ...present({ kinds: kinds && [...kinds], ...lists(options) }) })).hits,
  files: async (_, { query, first, ...options }, { system }) =>
    (await system.search(query, { limit: pageSize(first), ...present(lists(options)) })).files,
  retrieve: (_, { question, budget, ...options }, { system }) => system.retrieve(question, { budget, ...present(lists(options)) }),
  similar: (_, { ref, first, repo }, { system }) => system.similar(ref, { limit: pageSize(first), ...present({ repo }) }),
  related: (_, { ref, first }, { system }) => system.related(ref, { limit: pageSize(first) }),
  impact: (_, { change: { target, kind, ...options } }, { system }) => system.impact({ target, ...present({ change: kind, ...options }) }),
  async impactOfDiff(_, { input: { root = '.', ...options } }, { system, roots }) {
    return system.impactOfDiff({ root: await roots.resolve(root), ...present(options) });
  },
  path: (_, { from, to }, { system }) => system.path(from, to),
  async findings(_, { codes, first, after }, { system }) {
    const size = pageSize(first);
    const start = ordinal(after ?? '0');
    const { findings } = await system.findings(present({ codes }));
    return connectionOf(findings.slice(start, start + size + 1), size, (__, position) => String(start + position + 1));
  },
  diagram: (_, { kind, target, change }, { system }) => system.diagram({ kind, ...present({ target, change }) }),
  stats: (_, __, { system }) => system.stats(),
  async diagnostics(_, { first, after }, { system }) {
    const size = pageSize(first);
    const start = ordinal(after ?? '0');
    const read = await system.diagnostics({ limit: size + 1, after: String(start) });
    return connectionOf(read, size, (__, position) => String(start + position + 1));
  },
  job: (_, { id }, { jobs }) => jobs.get(id),
  spec: (_, { feature, repo }, context) => openSpec(context, { feature, ...present({ repo }) }),
  async specs(_, { repo, first, after }, context) {
    const size = pageSize(first);
    return connectionOf(await listSpecs(context, { limit: size + 1, ...present({ repo, after }) }), size, ({ shown }) => shown);
  },
  specDiff: (_, { feature, ...options }, context) => diffOfSpec(context, { feature, ...present(options) }),
};

/** Our own lists: the server's are read-only. */
const lists = <T extends { readonly given?: readonly string[] | null | undefined }>({ given, ...others }: T) => ({
  ...others,
  given: given && [...given],
});

function ordinal(cursor: string): number {
  if (!/^\d{1,9}$/.test(cursor)) {
    throw new PlatformError('BAD_INPUT', 'after is not a cursor of diagnostics. Give the endCursor of the page before.');
  }
  return Number(cursor);
}
