import type { MutationResolvers } from '../generated/resolvers.ts';
import { present } from '../present.ts';
import { approveSpec, requestSpecChanges, submitSpec } from '../specs.ts';

export const Mutation: MutationResolvers = {
  async ingest(_, { path, repo }, { jobs, roots }) {
    return jobs.start(await roots.resolve(path), repo ?? undefined);
  },
  submitSpec: (_, { feature, ...options }, context) => submitSpec(context, { feature, ...present(options) }),
  approveSpec: (_, { feature, hash, ...options }, context) => approveSpec(context, { feature, hash, ...present(options) }),
  requestSpecChanges: (_, { feature, hash, comment, ...options }, context) =>
    requestSpecChanges(context, { feature, hash, comment, ...present(options) }),
};
