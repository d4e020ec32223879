import type { MutationResolvers } from '../generated/resolvers.ts';

export const Mutation: MutationResolvers = {
  async ingest(_, { path, repo }, { jobs, roots }) {
    return jobs.start(await roots.resolve(path), repo ?? undefined);
  },
};
