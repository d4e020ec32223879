import type {
  ConflictResolvers,
  DoerResolvers,
  GateResolvers,
  HandOffResolvers,
  ReviewGateResolvers,
  ThreadResolvers,
  TimelineEntryResolvers,
} from '../generated/resolvers.ts';

export const Thread: ThreadResolvers = {
  id: ({ status }) => status.thread,
  state: ({ status, isAtWork }) => (isAtWork && status.state === 'stopped' ? 'running' : status.state),
  request: (thread) => thread.request(),
  problem: ({ problem }) => problem,
  gate: ({ status }) => status.gate,
  proposed: ({ status }) => status.proposed ?? [],
  existing: ({ status }) => status.existing,
  spec: (thread) => thread.spec(),
  notes: ({ status }) => status.spec?.notes ?? [],
  handOff: (thread) => thread.handOff(),
  timeline: ({ status }) => status.timeline,
};

export const TimelineEntry: TimelineEntryResolvers = {
  open: ({ open = false }) => open,
};

export const Gate: GateResolvers = {
  __resolveType: ({ name }) => (name === 'clarify' ? 'ClarifyGate' : name === 'settle' ? 'SettleGate' : 'ReviewGate'),
};

export const ReviewGate: ReviewGateResolvers = {
  role: ({ name }) => name.replace('review-', ''),
  path: ({ spec }) => spec,
};

export const Conflict: ConflictResolvers = {
  askWhy: ({ owners }) => owners.why,
  askHow: ({ owners }) => owners.how,
};

export const HandOff: HandOffResolvers = {
  files: (handOff) => handOff.files(),
  file: (handOff, { path }) => handOff.file(path),
};

export const Doer: DoerResolvers = {
  name: (by) => (by.kind === 'person' ? by.name : by.kind === 'model' ? by.model : undefined),
  email: (by) => (by.kind === 'person' ? by.email : undefined),
  prompt: (by) => (by.kind === 'model' ? by.prompt : undefined),
  tokens: (by) => (by.kind === 'model' ? by.inputTokens + by.outputTokens : undefined),
  cost: (by) => (by.kind === 'model' ? by.cost : undefined),
};
