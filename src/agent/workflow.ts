import { Annotation, Command, END, interrupt, MemorySaver, START, StateGraph } from '@langchain/langgraph';
import { PlatformError, throwIfAborted } from '../../graph/errors.ts';
import type { ContextPack } from '../retrieval/context-pack.ts';
import { readSpec } from '../specs/read-spec.ts';
import { isSound, type Spec } from '../specs/spec.ts';
import type {
  AgentRequest,
  Answer,
  Conflict,
  DraftSpec,
  GapQuestion,
  Grounding,
  Plan,
  Resolution,
  ReviewComment,
  StepContext,
  WrittenSpec,
} from './model.ts';
import { APPROVED, closes, inputName, type Gate, type ReviewGate } from './thread/gate.ts';
import { answersOf, isSettled, resolutionsOf, unsettled } from './thread/said.ts';
import { lastWritten } from './thread/status.ts';
import type { Checked } from './steps/check.ts';
import type { DraftInput } from './steps/draft.ts';
import type { HandOffInput } from './steps/hand-off.ts';
import type { ParsedRequest } from './steps/parse.ts';
import type { Refined } from './steps/refine.ts';
import type { PackFile } from './targets/target.ts';
import type { Done, PersonInput, Thread } from './thread/thread.ts';

/** What the steps are; the workflow says in which order, and keeps what comes out of them. */
export interface Steps {
  parse(request: AgentRequest): Promise<ParsedRequest>;
  retrieve(request: AgentRequest, parsed: ParsedRequest, context: StepContext): Promise<Grounding>;
  gaps(request: AgentRequest, parsed: ParsedRequest, grounding: Grounding, context: StepContext): Promise<readonly GapQuestion[]>;
  conflicts(input: Omit<DraftInput, 'conflicts' | 'resolutions' | 'previous'>, context: StepContext): Promise<readonly Conflict[]>;
  draft(input: DraftInput, context: StepContext): Promise<DraftSpec>;
  /** What a language model makes better of a draft; absent where none is configured. */
  refine?(draft: DraftSpec, input: DraftInput, context: StepContext): Promise<Done<Refined>>;
  /** Lint, cite-check and repairs. `kept` are the texts of the thread that may be cited, by their path. */
  check(draft: DraftSpec, request: AgentRequest, kept: Readonly<Record<string, string>>, context: StepContext): Promise<Checked>;
  /** Puts the draft beside the other specs and asks for its review; nothing that people wrote is lost. Writes the same when it is done again. */
  write(checked: Checked, input: DraftInput, context: StepContext, before: WrittenSpec | undefined): Promise<WrittenSpec>;
  /** What people want changed, as they said it at a review. */
  comments(said: PersonInput, thread: string): Promise<readonly ReviewComment[]>;
  pack(request: AgentRequest, context: StepContext): Promise<ContextPack>;
  decompose(spec: Spec, grounding: Grounding, context: StepContext): Promise<Plan>;
  handOff(input: HandOffInput, context: StepContext): Promise<readonly PackFile[]>;
  /** Puts the pack into the folder of the thread. Writes the same when it is done again; returns the folder's path in the repository. */
  deliver(files: readonly PackFile[], thread: Thread): Promise<string>;
}

const State = Annotation.Root({
  parsed: Annotation<ParsedRequest>(),
  grounding: Annotation<Grounding>(),
  gaps: Annotation<readonly GapQuestion[]>(),
  answers: Annotation<readonly Answer[]>(),
  comments: Annotation<readonly ReviewComment[]>(),
  conflicts: Annotation<readonly Conflict[]>(),
  resolutions: Annotation<readonly Resolution[]>(),
  draft: Annotation<DraftSpec>(),
  refineNotes: Annotation<readonly string[]>(),
  checked: Annotation<Checked>(),
  written: Annotation<WrittenSpec>(),
  /** The text that was approved, which people may have edited; null as long as none is. */
  approved: Annotation<string | null>(),
  plan: Annotation<Plan>(),
  handOff: Annotation<string>(),
  /** Times that reviewers wanted changes. */
  round: Annotation<number>(),
  gate: Annotation<Gate>(),
  input: Annotation<PersonInput>(),
  /** Texts of people, by their path. */
  kept: Annotation<Readonly<Record<string, string>>>(),
});
type State = typeof State.State;

export interface AdvanceOptions {
  /** Told of each step as it begins. */
  readonly onStep?: ((step: string) => void) | undefined;
  /** The round in which a model that did not answer is asked again: nobody has decided yet about what was drafted without it. */
  readonly again?: number;
}

/**
 * Takes a thread as far as it goes: to the next gate at which nobody has said anything yet, or to the end. Steps that were done are
 * not done again, so that this starts from the beginning each time, in whatever process. Returns the gate; undefined at the end.
 */
export async function advance(thread: Thread, steps: Steps, context: StepContext, options: AdvanceOptions = {}): Promise<Gate | undefined> {
  const text = await thread.request();
  const request: AgentRequest = { thread: thread.id, text, file: thread.fileOf('request.md') };
  const workflow = createWorkflow(request, thread, steps, context, options).compile({ checkpointer: new MemorySaver() });
  const config = { configurable: { thread_id: thread.id }, recursionLimit: 1000 };
  let state = (await workflow.invoke({ round: 1, answers: [], comments: [], resolutions: [], approved: null, kept: {} }, config)) as State &
    Interrupted;
  for (;;) {
    const gate = state.__interrupt__?.[0]?.value;
    if (!gate) return undefined;
    const said = await thread.input(inputName(gate));
    if (!said) return gate;
    state = await workflow.invoke(new Command({ resume: said }), config);
  }
}

interface Interrupted {
  readonly __interrupt__?: readonly { readonly value: Gate }[];
}

function createWorkflow(
  request: AgentRequest,
  thread: Thread,
  steps: Steps,
  context: StepContext,
  { onStep = () => {}, again: roundToAsk }: AdvanceOptions,
) {
  /** A step with what it is made from, kept in the log. */
  const stepBy =
    (
      name: string,
      from: (state: State) => unknown,
      work: (state: State) => Promise<Done<Partial<State>>>,
      again: (state: State) => boolean = () => false,
    ) =>
    async (state: State): Promise<Partial<State>> => {
      try {
        throwIfAborted(context.signal);
        onStep(name);
        return await thread.once(name, from(state), () => work(state), { again: again(state) });
      } catch (error) {
        // Whatever a step throws when it is interrupted: LangGraph takes errors only.
        if (!context.signal?.aborted) throw error;
        throw new PlatformError('ABORTED', `Interrupted. What was done is kept: \`specgraph agent resume ${thread.id}\` goes on.`, {
          cause: error,
        });
      }
    };
  const step = (name: string, from: (state: State) => unknown, work: (state: State) => Promise<Partial<State>>) =>
    stepBy(name, from, async (state) => ({ output: await work(state) }));
  const inputOf = (state: State): DraftInput => {
    const { parsed, grounding, gaps, answers, conflicts, resolutions, comments, draft } = state;
    return { request, parsed, grounding, gaps, answers, conflicts, resolutions, comments, ...(draft ? { previous: draft } : {}) };
  };
  /** Waits for people: nothing else happens in its node, for all before an interrupt happens again when it is resumed. */
  const awaitPeople = ({ gate }: State): Partial<State> => ({ input: interrupt<Gate, PersonInput>(gate) });
  const ask = (name: string, gate: (state: State) => Gate) => step(`ask-${name}`, gate, (state) => Promise.resolve({ gate: gate(state) }));
  const review = (name: ReviewGate['name']) => ask(name, ({ written, round }) => ({ name, round, spec: written.path, hash: written.hash }));
  const keptWith = ({ kept, input }: State): State['kept'] => ({ ...kept, [input.file]: input.text });
  const reviewed = async (state: State): Promise<Partial<State>> => {
    const { input, comments, round, written } = state;
    if (input.said.has(APPROVED)) return { approved: input.spec ?? written.text };
    // Somebody put their name to answers that a model proposed: they are answers now, not wishes.
    const accepted = answersOf(input, thread.id).filter(({ question }) => state.gaps.some(({ id }) => id === question));
    const wishes = new Map([...input.said].filter(([about]) => accepted.every(({ question }) => question !== about)));
    return {
      comments: [...comments, ...(await steps.comments({ ...input, said: wishes }, thread.id))],
      ...(accepted.length > 0 ? { answers: [...state.answers, ...accepted] } : {}),
      round: round + 1,
      approved: null,
      kept: keptWith(state),
    };
  };
  /** What a model answered stays, also where none is configured any more; what was drafted without one is not changed by one that came later. */
  const isRefined = async ({ draft, kept }: State): Promise<boolean> =>
    (await thread.done('refine', draft)) !== undefined || (steps.refine !== undefined && !(await thread.done('check', [draft, kept])));
  const next = ({ approved }: State): 'approved' | 'rework' => (approved === null ? 'rework' : 'approved');

  return new StateGraph(State)
    .addNode(
      'parse',
      step(
        'parse',
        () => request,
        async () => ({ parsed: await steps.parse(request) }),
      ),
    )
    .addNode(
      'retrieve',
      step(
        'retrieve',
        ({ parsed }) => [request, parsed],
        async ({ parsed }) => ({ grounding: await steps.retrieve(request, parsed, context) }),
      ),
    )
    .addNode(
      'find-gaps',
      step(
        'gaps',
        ({ parsed, grounding }) => [parsed, grounding],
        async ({ parsed, grounding }) => ({ gaps: await steps.gaps(request, parsed, grounding, context) }),
      ),
    )
    .addNode(
      'ask-clarify',
      ask('clarify', ({ gaps }) => ({ name: 'clarify', round: 1, questions: gaps })),
    )
    .addNode('await-clarify', awaitPeople)
    .addNode('apply-clarify', (state) => ({ answers: answersOf(state.input, request.thread), kept: keptWith(state) }))
    .addNode(
      'find-conflicts',
      step(
        'conflicts',
        ({ parsed, grounding, answers, comments }) => [parsed, grounding, answers, comments],
        async (state) => {
          const { conflicts: _found, resolutions: _settled, previous: _previous, ...input } = inputOf(state);
          return { conflicts: await steps.conflicts(input, context) };
        },
      ),
    )
    .addNode(
      'ask-settle',
      ask('settle', ({ conflicts, round }) => ({ name: 'settle', round, conflicts: unsettled(conflicts) })),
    )
    .addNode('await-settle', awaitPeople)
    .addNode('apply-settle', (state) => ({
      resolutions: [...state.resolutions, ...resolutionsOf(state.input, request.thread, state.conflicts)],
      kept: keptWith(state),
    }))
    .addNode(
      'write-draft',
      step('draft', inputOf, async (state) => ({ draft: await steps.draft(inputOf(state), context) })),
    )
    .addNode(
      'refine',
      stepBy(
        'refine',
        ({ draft }) => draft,
        async (state) => {
          const { output, by, open } = (await steps.refine?.(state.draft, inputOf(state), context)) ?? {};
          const { draft = state.draft, notes = [] } = output ?? {};
          return { output: { draft, refineNotes: notes }, ...(by ? { by } : {}), ...(open ? { open } : {}) };
        },
        ({ round }) => steps.refine !== undefined && round === roundToAsk,
      ),
    )
    .addNode(
      'check',
      step(
        'check',
        ({ draft, kept }) => [draft, kept],
        async ({ draft, kept }) => ({ checked: await steps.check(draft, request, kept, context) }),
      ),
    )
    .addNode(
      'publish',
      step(
        'write',
        ({ checked, written }) => [checked, written],
        async (state) => ({ written: await steps.write(state.checked, inputOf(state), context, await lastWritten(thread)) }),
      ),
    )
    .addNode('ask-review-why', review('review-why'))
    .addNode('await-review-why', awaitPeople)
    .addNode(
      'apply-review-why',
      step('reviewed-why', ({ input, round }) => [input?.text, round], reviewed),
    )
    .addNode('ask-review-how', review('review-how'))
    .addNode('await-review-how', awaitPeople)
    .addNode(
      'apply-review-how',
      step('reviewed-how', ({ input, round }) => [input?.text, round], reviewed),
    )
    .addNode(
      'decompose',
      step(
        'decompose',
        ({ approved, grounding }) => [approved, grounding],
        async (state) => ({ plan: await steps.decompose(approvedSpec(state), state.grounding, context) }),
      ),
    )
    .addNode(
      'deliver',
      step(
        'hand-off',
        ({ approved, plan }) => [approved, plan],
        async (state) => {
          const { plan, grounding } = state;
          const pack = await steps.pack(request, context);
          const order = { spec: approvedSpec(state), specText: state.approved ?? '', plan, grounding, pack };
          const files = await steps.handOff(order, context);
          return { handOff: await steps.deliver(files, thread) };
        },
      ),
    )
    .addEdge(START, 'parse')
    .addEdge('parse', 'retrieve')
    .addEdge('retrieve', 'find-gaps')
    .addConditionalEdges('find-gaps', ({ gaps }) => (gaps.length > 0 ? 'ask-clarify' : 'find-conflicts'), ['ask-clarify', 'find-conflicts'])
    .addEdge('ask-clarify', 'await-clarify')
    .addEdge('await-clarify', 'apply-clarify')
    .addConditionalEdges('apply-clarify', ({ gate, input }) => (closes(gate, input.said) ? END : 'find-conflicts'), [END, 'find-conflicts'])
    .addConditionalEdges(
      'find-conflicts',
      ({ conflicts, resolutions }) => (isSettled(conflicts, resolutions) ? 'write-draft' : 'ask-settle'),
      ['write-draft', 'ask-settle'],
    )
    .addEdge('ask-settle', 'await-settle')
    .addEdge('await-settle', 'apply-settle')
    .addEdge('apply-settle', 'write-draft')
    .addConditionalEdges('write-draft', async (state) => ((await isRefined(state)) ? 'refine' : 'check'), ['refine', 'check'])
    .addEdge('refine', 'check')
    .addEdge('check', 'publish')
    .addEdge('publish', 'ask-review-why')
    .addEdge('ask-review-why', 'await-review-why')
    .addEdge('await-review-why', 'apply-review-why')
    .addConditionalEdges('apply-review-why', next, { approved: 'ask-review-how', rework: 'find-conflicts' })
    .addEdge('ask-review-how', 'await-review-how')
    .addEdge('await-review-how', 'apply-review-how')
    .addConditionalEdges('apply-review-how', next, { approved: 'decompose', rework: 'find-conflicts' })
    .addEdge('decompose', 'deliver')
    .addEdge('deliver', END);
}

/** Throws `BAD_INPUT` where what was approved is no sound spec: people edited it. */
function approvedSpec({ approved, written }: State): Spec {
  const file = readSpec(approved ?? '', written.path);
  if (file.spec && isSound(file)) return file.spec;
  throw new PlatformError(
    'BAD_INPUT',
    `What was approved as ${written.path} is no sound spec any more. Correct it, and have it approved again.`,
  );
}
