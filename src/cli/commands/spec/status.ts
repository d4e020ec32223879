import type { Command } from 'commander';
import { PlatformError } from '../../../../graph/errors.ts';
import type { SpecState } from '../../../specs/approvals/state.ts';
import type { SpecEvidence } from '../../../specs/evidence.ts';
import { statusOf } from '../../../specs/lifecycle.ts';
import type { System } from '../../../system.ts';
import { JSON_OPTION, STORE_OPTION, toJson, type CliContext, type StoreOption } from '../../context.ts';
import { columns, dim } from '../../style.ts';
import { visible } from '../../../visible.ts';

interface Options extends StoreOption {
  readonly requireApproved?: boolean;
  readonly graph?: boolean;
  readonly json?: boolean;
}

export function addStatus(spec: Command, context: CliContext): void {
  spec
    .command('status')
    .description('where specs stand: draft, in review, approved, implemented or superseded, and what is missing')
    .argument('<paths...>', 'specs, or folders of specs')
    .option('--require-approved', 'exit with 1 when one is neither approved nor superseded')
    .option('--graph', 'also tell what each criterion is checked by')
    .option(...STORE_OPTION)
    .option(...JSON_OPTION)
    .action(async (paths: readonly string[], { requireApproved = false, graph, json = false, ...store }: Options) => {
      const tell = async (system?: System): Promise<void> => {
        const specs = [];
        const { specFiles } = await import('../../../specs/spec-files.ts');
        for (const path of await specFiles(paths)) {
          const { told, isGood, text } = await statusOfFile(path, system);
          specs.push(told);
          if (!isGood(requireApproved)) context.fail(1);
          if (!json) context.print(text);
        }
        if (json) context.print(toJson({ specs }));
      };
      await (graph || store.store !== undefined ? context.withSystem(store, tell) : tell());
    });
}

async function statusOfFile(path: string, system: System | undefined) {
  const [{ standingOf }, { evidenceOf }] = await Promise.all([
    import('../../../specs/approvals/decide.ts'),
    import('../../../specs/evidence.ts'),
  ]);
  try {
    const { spec, state, log } = await standingOf(path);
    const evidence = system && (await evidenceOf(system, path, spec));
    const status = statusOf(state, evidence);
    return {
      told: { path, ...state, status, ...(evidence ? { evidence } : {}), problems: log.problems },
      isGood: (requireApproved: boolean): boolean =>
        !state.isTampered && (!requireApproved || ['approved', 'implemented', 'superseded'].includes(status)),
      text: renderState(path, state, evidence),
    };
  } catch (error) {
    // One spec that is not sound, or that nobody may approve yet, does not hide the others.
    if (!(error instanceof PlatformError && (error.code === 'BAD_INPUT' || error.code === 'APPROVAL_REFUSED'))) throw error;
    const { code, message } = error;
    const isSound = code === 'APPROVAL_REFUSED';
    return {
      told: { path, error: { code, message } },
      isGood: (requireApproved: boolean): boolean => isSound && !requireApproved,
      text: `${visible(path)}  ${isSound ? 'draft' : 'not sound'}\n  ${visible(message)}\n`,
    };
  }
}

const WORDS = {
  draft: 'draft',
  in_review: 'in review',
  approved: 'approved',
  implemented: 'implemented',
  superseded: 'superseded',
} as const;

export function renderState(path: string, state: SpecState, evidence?: SpecEvidence): string {
  const rows = state.roles.map(({ name, people, atLeast, approvedBy, refusedBy }) => {
    const said = [
      ...approvedBy.map(({ email }) => `approved by ${email}`),
      ...refusedBy.map(({ email }) => `changes wanted by ${email}`),
      ...(approvedBy.length < atLeast ? [`waits for ${atLeast - approvedBy.length} of ${people.join(', ') || 'nobody'}`] : []),
    ];
    return [name, visible(said.join('; '))];
  });
  const { approved, change } = state;
  const since =
    approved && change && state.hash !== approved.hash
      ? `  ${change.bump} changes since ${approved.version}, which was approved: at least ${change.version}\n`
      : '';
  const tampered = state.isTampered ? `  the log cannot be relied on: see \`specgraph spec log ${path}\`\n` : '';
  return `${visible(path)}  ${state.version}  ${WORDS[statusOf(state, evidence)]} ${dim(state.hash.slice(7, 19))}\n${state.status === 'superseded' ? '' : columns(rows)}${since}${tampered}${evidence ? renderEvidence(evidence) : ''}`;
}

function renderEvidence({ parts, isInGraph }: SpecEvidence): string {
  if (!isInGraph) return '  the graph has no such spec: ingest the repository that it is in\n';
  return columns(
    parts.map(({ id, priority = '', level, by, missing }) => [
      id,
      priority,
      level,
      visible([...(by.length > 0 ? [`checked by ${by.join(', ')}`] : ['nothing checks it']), ...missing].join('; ')),
    ]),
  );
}
