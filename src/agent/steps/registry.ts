import type { ContextPack } from '../../retrieval/context-pack.ts';
import type { ChatModel } from '../chat-model.ts';
import { makerOf } from '../draft/write-spec.ts';
import type { AgentRequest, StepContext } from '../model.ts';
import type { Steps } from '../workflow.ts';
import { check } from './check.ts';
import { comments } from './comments.ts';
import { findConflicts } from './conflicts.ts';
import { decompose } from './decompose.ts';
import { deliver } from './deliver.ts';
import { draft } from './draft.ts';
import { gaps } from './gaps.ts';
import { handOff } from './hand-off.ts';
import { parseRequest } from './parse.ts';
import { publish } from './publish.ts';
import { refine } from './refine.ts';
import { retrieve } from './retrieve.ts';

/** Tokens of the context that goes with a hand-off. */
const PACKED = 8000;

/** The steps of the rules engine; with a model, one more that has it look at the draft. */
export const createSteps = (now: () => Date, model?: ChatModel): Steps => ({
  parse: ({ text }) => Promise.resolve(parseRequest(text)),
  retrieve,
  gaps,
  conflicts: findConflicts,
  draft,
  ...(model ? { refine: (made, input, context) => refine(model, made, input, context) } : {}),
  check: (made, request, kept, context) => check({ draft: made, request, kept, maker: makerOf(made) }, context),
  write: (checked, input, context, before) => publish(checked, input, context, before, now()),
  comments: (said, thread) => Promise.resolve(comments(said, thread)),
  pack,
  decompose,
  handOff,
  deliver,
});

async function pack({ text }: AgentRequest, { graph, repo, meant }: StepContext): Promise<ContextPack> {
  const { retrieve: retrievePack } = await import('../../retrieval/retrieve.ts'); // brings the table of tokens along
  return retrievePack(graph, { question: text, budget: PACKED, repo, given: [] }, await meant(text));
}
