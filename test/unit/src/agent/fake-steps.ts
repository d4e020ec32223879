import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Conflict, Evidence, GapQuestion, ReviewComment } from '../../../../src/agent/model.ts';
import { parseRequest } from '../../../../src/agent/steps/parse.ts';
import type { Steps } from '../../../../src/agent/workflow.ts';
import { submit } from '../../../../src/specs/approvals/decide.ts';
import { normativeHash, normativeOf } from '../../../../src/specs/normative.ts';
import { readSound } from '../../../../src/specs/spec-files.ts';

const EVIDENCE: Evidence = { node: 'note:x', file: 'specs/.threads/x/request.md', line: 1, endLine: 1, sha: 'sha256:0', quote: 'refund' };
export const QUESTIONS: readonly GapQuestion[] = [
  {
    id: 'Q-1',
    slot: 'limit',
    text: 'How long after the order may it be refunded?',
    about: 'refund',
    options: [
      { value: '14 days', consequence: 'As the law asks.', evidence: [] },
      { value: '30 days', consequence: 'As the competition does.', evidence: [EVIDENCE] },
      { value: 'never', consequence: 'There is nothing to build.', scope: 'close', evidence: [] },
    ],
    evidence: [EVIDENCE],
  },
];
export const CONFLICT: Conflict = {
  id: 'C-0badcafe',
  members: [
    { layer: 'request', states: 'refund.period <= 30 d', evidence: EVIDENCE },
    { layer: 'policy', states: 'refund.period <= 14 d', evidence: EVIDENCE },
  ],
  why: '30 days are more than 14 days.',
  owners: { why: 'pm@acme' },
  options: [
    { id: 'A', text: '14 days', costs: 'The request gives way.', yields: 0 },
    { id: 'B', text: '30 days', costs: 'The policy is changed.', yields: 1 },
  ],
};

/** Steps that do little, in a folder `specs` of `root`; each call is told to `onCall` before it happens. */
export function fakeSteps(root: string, onCall: (step: string) => void = () => {}): Steps {
  const called =
    <A extends unknown[], R>(step: string, work: (...args: A) => R | Promise<R>) =>
    async (...args: A): Promise<R> => {
      onCall(step);
      return work(...args);
    };
  return {
    parse: called('parse', ({ text }) => parseRequest(text)),
    retrieve: called('retrieve', () => ({ things: [], existing: [] })),
    gaps: called('gaps', () => QUESTIONS),
    conflicts: called('conflicts', ({ answers }) => (answers.some(({ value }) => value === '30 days') ? [CONFLICT] : [])),
    draft: called('draft', ({ request, answers, resolutions, comments, parsed }) => {
      const [first] = parsed.requirements;
      const grounded = { basis: 'quoted' as const, evidence: [{ ...EVIDENCE, node: `note:${request.thread}` }] as const };
      return {
        feature: 'refund',
        version: '0.1',
        owner: { why: 'pm@acme', how: 'architect@acme' },
        description: { ...grounded, text: first?.quote ?? '' },
        criteria: [
          ...(answers.length === 0 ? [{ value: 'the request' }] : answers),
          ...resolutions.map(({ option }) => ({ value: `option ${option}` })),
          ...comments.map(({ text }) => ({ value: text })),
        ].map(({ value }, index) => ({
          ...grounded,
          id: `AC-${index + 1}`,
          text: `Refunds follow ${value}.`,
          priority: 'must' as const,
          verify: [],
        })),
        nfrs: [],
        dependencies: [],
        outOfScope: [],
        questions: [],
        links: [],
      };
    }),
    check: called('check', (draft) => ({ draft, text: '', rounds: 0, repairs: [], problems: [], findings: [] })),
    write: called('write', async ({ draft: { criteria, description } }) => {
      const name = 'specs/refund.spec.yaml';
      const file = path.join(root, name);
      const items = criteria.map(({ id, text }) => `  - { id: ${id}, text: ${JSON.stringify(text)} }\n`).join('');
      const text = `feature: refund\nspecVersion: "0.1"\nowner: pm\ndescription: ${JSON.stringify(`${description.text}, as was asked for.`)}\nacceptance:\n${items}`;
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      await submit(file, { by: { kind: 'engine', name: 'specgraph', email: 'specgraph@localhost' }, at: new Date(0) });
      return { path: name, text, hash: normativeHash(normativeOf((await readSound(file)).spec)), notes: [] };
    }),
    comments: called('comments', ({ said, by }): readonly ReviewComment[] =>
      Array.from(said.values(), (text) => ({ text, parsed: parseRequest(text), by: by.email, evidence: EVIDENCE })),
    ),
    pack: called('pack', ({ text }) => ({ question: text, budget: 0, tokens: 0, passages: [], text: '' })),
    decompose: called('decompose', () => ({ tasks: [], diagrams: [] })),
    handOff: called('hand-off', ({ specText }) => [{ path: 'spec.yaml', text: specText }]),
    deliver: called('deliver', (files, thread) => {
      for (const file of files) writeFileSync(path.join(thread.folder, file.path), file.text);
      return thread.fileOf('');
    }),
  };
}

export const textOf = (root: string): string => readFileSync(path.join(root, 'specs/refund.spec.yaml'), 'utf8');
