import type { Conflict, Evidence, GapQuestion } from '../agent/model.ts';
import type { Gate } from '../agent/thread/gate.ts';
import type { ThreadStatus } from '../agent/thread/status.ts';
import { oneLine, placeOf, quoted } from './text.ts';

/** Where a thread stands, and what it waits for, a line each; all of it quotes requests and repositories. */
export function threadLines({ existing, spec, gate, handOff, proposed = [] }: ThreadStatus): readonly string[] {
  return [
    ...existing.map(({ quote, thing, reason }) => `there already: ${quoted(quote)} — ${oneLine(thing)}: ${oneLine(reason)}`),
    ...(spec ? [`spec: ${oneLine(spec.path)}`, ...spec.notes.map((note) => `note: ${oneLine(note, 400)}`)] : []),
    ...(handOff === undefined ? [] : [`hand-off: ${oneLine(handOff)}`]),
    ...(gate ? gateLines(gate) : []),
    ...proposed.map(
      ({ question, text, value, model, evidence }) =>
        `${oneLine(question)} ${oneLine(text, 300)} ${oneLine(model)} proposes: ${quoted(value)}${evidence[0] ? ` [${cited(evidence[0])}]` : ''}`,
    ),
  ];
}

/** One thread of many. */
export const threadLine = ({ thread, state, gate, spec, problem }: ThreadStatus): string =>
  `${oneLine(thread)} ${state}${gate ? ` for ${gate.name}` : ''}${spec ? ` ${oneLine(spec.path)}` : ''}${problem === undefined ? '' : `: ${oneLine(problem, 400)}`}`;

function gateLines(gate: Gate): readonly string[] {
  if (gate.name === 'clarify') return gate.questions.flatMap(questionLines);
  if (gate.name === 'settle') return gate.conflicts.flatMap(conflictLines);
  return [];
}

const questionLines = ({ id, text, about, options }: GapQuestion): readonly string[] => [
  `${oneLine(id)} ${oneLine(text, 300)} (about ${quoted(about)})`,
  ...options.map(
    ({ value, consequence, evidence }, index) =>
      `  ${index + 1}. ${oneLine(value)} — ${oneLine(consequence, 300)} [${evidence[0] ? cited(evidence[0]) : 'usual; nothing here says so'}]`,
  ),
];

const conflictLines = ({ id, why, members, owners, options }: Conflict): readonly string[] => [
  `${oneLine(id)} ${oneLine(why, 300)}`,
  ...members.map(({ layer, evidence }) => `  ${layer}: ${quoted(evidence.quote)} [${cited(evidence)}]`),
  ...options.map((option) => `  ${oneLine(option.id)}. ${oneLine(option.text)} — ${oneLine(option.costs, 300)}`),
  ...[owners.why, owners.how].flatMap((owner) => (owner === undefined ? [] : [`  ask: ${oneLine(owner)}`])),
];

const cited = ({ file, line }: Evidence): string => placeOf(file, line);
