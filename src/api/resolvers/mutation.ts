import type { MutationResolvers } from '../generated/resolvers.ts';
import { present } from '../present.ts';
import { cancelThread, draftSpec, resumeThread } from '../threads.ts';
import { approveSpec, requestSpecChanges, submitSpec } from '../specs.ts';

export const Mutation: MutationResolvers = {
  async ingest(_, { path, repo }, { jobs, roots }) {
    return jobs.start(await roots.resolve(path), repo ?? undefined);
  },
  submitSpec: (_, { feature, ...options }, context) => submitSpec(context, { feature, ...present(options) }),
  approveSpec: (_, { feature, hash, ...options }, context) => approveSpec(context, { feature, hash, ...present(options) }),
  requestSpecChanges: (_, { feature, hash, comment, ...options }, context) =>
    requestSpecChanges(context, { feature, hash, comment, ...present(options) }),
  draftSpec: (_, { request, root, specs, ...options }, context) => draftSpec(context, { request, root, specs, ...present(options) }),
  resumeThread: (_, { id, answers, choices, leaveOpen, accept, root, specs, repo }, context) =>
    resumeThread(context, id, { answers, choices, leaveOpen, accept }, { root, specs, ...present({ repo }) }),
  cancelThread: (_, { id, ...place }, context) => cancelThread(context, id, place),
};
