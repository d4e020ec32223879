import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PlatformError } from '../../../../../graph/errors.ts';
import type { ChatModel, ChatQuestion } from '../../../../../src/agent/chat-model.ts';
import type { AgentRequest, DraftSpec, Grounding, StepContext } from '../../../../../src/agent/model.ts';
import type { Refinement } from '../../../../../src/agent/refine/form.ts';
import { draft as draftOf, type DraftInput } from '../../../../../src/agent/steps/draft.ts';
import { gaps as gapsOf } from '../../../../../src/agent/steps/gaps.ts';
import { parseRequest } from '../../../../../src/agent/steps/parse.ts';
import type { GraphReader } from '../../../../../graph/store/store.ts';
import type { PinnedGraph } from '../../../../../src/current-graph.ts';

/** A graph of a repository that has nothing in it yet. */
const EMPTY = {
  reader: {
    repositories: () => Promise.resolve(['shop']),
    find: () => Promise.resolve([]),
    get: () => Promise.resolve(new Map()),
    edges: () => Promise.resolve([]),
    chunks: () => Promise.resolve([]),
    text: () => Promise.resolve(undefined),
  },
} as unknown as PinnedGraph;

export interface Drafted {
  readonly draft: DraftSpec;
  readonly input: DraftInput;
  readonly context: StepContext;
}

/** What the rules make of a request in an empty repository, and what they made it from; `reader` is what its graph has all the same. */
export async function drafted(
  text: string,
  grounding: Grounding = { things: [], existing: [] },
  reader: Partial<GraphReader> = {},
): Promise<Drafted> {
  const root = mkdtempSync(path.join(tmpdir(), 'refine-'));
  const context: StepContext = {
    graph: { ...EMPTY, reader: { ...EMPTY.reader, ...reader } },
    meant: () => Promise.resolve(undefined),
    repo: 'shop',
    root,
    specs: 'specs',
  };
  const request: AgentRequest = { thread: 'avatar', text, file: 'specs/.threads/avatar/request.md' };
  const parsed = parseRequest(text);
  const gaps = await gapsOf(request, parsed, grounding, context);
  const input: DraftInput = { request, parsed, grounding, gaps, answers: [], conflicts: [], resolutions: [], comments: [] };
  return { draft: await draftOf(input, context), input, context };
}

export const NOTHING: Refinement = { rewrites: [], answers: [], missing: [], duplicates: [] };

export interface FakeModel extends ChatModel {
  readonly asked: readonly ChatQuestion[];
}

/** Answers one question after the other; an error is thrown. After the last it says nothing. */
export function modelThat(...answers: readonly (Partial<Refinement> | string | Error)[]): FakeModel {
  const asked: ChatQuestion[] = [];
  return {
    name: 'little-chat',
    asked,
    answer(question) {
      const answer = answers[asked.length] ?? NOTHING;
      asked.push(question);
      if (answer instanceof Error) return Promise.reject(answer);
      const text = typeof answer === 'string' ? answer : JSON.stringify({ ...NOTHING, ...answer });
      return Promise.resolve({ text, model: 'little-chat-2026', usage: { inputTokens: 100, outputTokens: 10 }, cost: 0.25 });
    },
  };
}

export const failure = (reason: string, usage?: object): PlatformError =>
  new PlatformError('CHAT_FAILED', `The chat model failed: ${reason}.`, { details: { reason, ...(usage ? { usage } : {}) } });

export const AVATARS = `# Avatars

As a member, I want to upload a picture as my avatar, so that others recognise me.

- Pictures of at most 2 MB, PNG or JPEG.
- The picture has to be resized to 256 px in the background.
- Avatars are kept for 30 days after a member leaves; only the member may delete the avatar.
- The moderators should get a notification whenever somebody uploads a picture.

Ben: do we need audit logs?
`;
