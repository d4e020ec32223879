import type { Evidence, GapQuestion } from '../agent/model.ts';
import type { ProposedAnswer, ThreadStatus, TimelineEntry } from '../agent/thread/status.ts';
import type { Gate } from '../agent/thread/gate.ts';
import { visibleLine } from '../visible.ts';
import { renderConflicts } from './conflict-view.ts';
import { bold, columns, count, dim } from './style.ts';

/** A thread for people: what it found, what it waits for, and the command that goes on with it. */
export function renderThread(status: ThreadStatus): string {
  const { thread, state, gate, existing, spec, handOff, proposed = [] } = status;
  return [
    `${bold(thread)}: ${state}\n`,
    ...existing.map(
      ({ quote, thing, reason }) => `  there already: ${visibleLine(quote)} ${dim(`(${visibleLine(thing)}: ${visibleLine(reason)})`)}\n`,
    ),
    ...(spec ? [`  spec: ${visibleLine(spec.path)}\n`, ...spec.notes.map((note) => `  note: ${visibleLine(note)}\n`)] : []),
    ...(handOff === undefined ? [] : [`  hand-off: ${visibleLine(handOff)}\n`]),
    ...(gate ? ['\n', renderProposed(thread, proposed), renderGate(thread, gate)] : []),
    ...(state === 'stopped' ? [dim(`Go on with: specgraph agent resume ${thread}\n`)] : []),
  ].join('');
}

function renderProposed(thread: string, proposed: readonly ProposedAnswer[]): string {
  if (proposed.length === 0) return '';
  const lines = proposed.map(
    ({ question, text, value, model, evidence }) =>
      `${bold(question)} ${visibleLine(text)}\n  ${visibleLine(model)} proposes: ${visibleLine(value)}${evidence[0] ? dim(` [${placeOf(evidence[0])}]`) : ''}\n`,
  );
  const flags = proposed.map(({ question }) => `--accept ${question}`).join(' ');
  return `${lines.join('')}${dim(`Take them for yours with: specgraph agent resume ${thread} ${flags}\n`)}\n`;
}

function renderGate(thread: string, gate: Gate): string {
  const resume = `specgraph agent resume ${thread}`;
  if (gate.name === 'clarify') {
    const answers = gate.questions.map(({ id }) => `--answer ${id}=1`).join(' ');
    return `${gate.questions.map(renderQuestion).join('\n')}\n${dim(`Answer with: ${resume} ${answers}\n(the number of an option, or other words in quotes; --leave-open leaves the rest open)\n`)}`;
  }
  if (gate.name === 'settle') {
    const choices = gate.conflicts.map(({ id }) => `--choose "${id}=A because …"`).join(' ');
    return `${renderConflicts(gate.conflicts)}${dim(`Settle with: ${resume} ${choices}\n`)}`;
  }
  const spec = visibleLine(gate.spec);
  const of = gate.name === 'review-why' ? 'purpose (why)' : 'means (how)';
  return `Waits for the review of the ${of}: ${spec}\n${dim(`Approve with: specgraph spec approve ${spec}\nor:           specgraph spec request-changes ${spec} --comment "AC-…: what to change"\nthen:         ${resume}\n`)}`;
}

const renderQuestion = ({ id, text, about, options }: GapQuestion): string =>
  [
    `${bold(id)} ${visibleLine(text)} ${dim(`(about: ${visibleLine(about)})`)}\n`,
    ...options.map(
      ({ value, consequence, evidence }, index) =>
        `  ${index + 1}. ${visibleLine(value)} ${dim(`— ${visibleLine(consequence)}${evidence[0] ? ` [${placeOf(evidence[0])}]` : ' [usual; nothing here says so]'}`)}\n`,
    ),
  ].join('');

const placeOf = ({ file, line }: Evidence): string => `${visibleLine(file)}:${line}`;

export const renderThreadLine = ({ thread, state, gate, spec, problem }: ThreadStatus): string =>
  `${thread}  ${state}${gate ? ` (${gate.name})` : ''}${spec ? `  ${visibleLine(spec.path)}` : ''}${problem === undefined ? '' : `  ${visibleLine(problem)}`}\n`;

/** Who or what did which step, from what, on how much evidence. */
export const renderTimeline = ({ timeline }: ThreadStatus): string => `\n${columns(timeline.map(rowOf))}`;

function rowOf({ step, by, at, input, evidence, open }: TimelineEntry): readonly string[] {
  const who = by.kind === 'person' ? `${by.name} <${by.email}>` : by.kind === 'model' ? by.model : 'rules';
  const cost =
    by.kind === 'model'
      ? `, prompt ${by.prompt.slice(7, 15)}, ${by.inputTokens + by.outputTokens} tokens${by.cost === undefined ? '' : `, costs ${by.cost}`}`
      : '';
  return [
    at.slice(0, 19),
    step,
    visibleLine(who),
    dim(`from ${input.slice(7, 15)}${evidence > 0 ? `, ${count(evidence, 'quote')}` : ''}${cost}${open ? ', no answer' : ''}`),
  ];
}
