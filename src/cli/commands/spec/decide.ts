import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Actor, Standing } from '../../../specs/approvals/decide.ts';
import { toJson, JSON_OPTION, type CliContext } from '../../context.ts';
import { SAME_MEANING_OPTION } from './diff.ts';
import { renderState } from './status.ts';

interface Options {
  readonly comment?: string;
  readonly role?: string;
  readonly sameMeaning?: readonly string[];
  readonly json?: boolean;
}

const SPEC = ['<spec>', 'a spec'] as const;
const COMMENT_OPTION = ['--comment <text>', 'what is to be remembered with it'] as const;
const ROLE_OPTION = ['--role <role>', 'decide as why, how or policy:NAME alone (default: all that you may)'] as const;

/** Decisions about a spec, by whom Git says is working here. */
export function addDecisions(spec: Command, context: CliContext): void {
  const tell = ({ path, state }: Standing, json: boolean): void =>
    context.print(json ? toJson({ path, ...state }) : renderState(path, state));
  spec
    .command('submit')
    .description('asks for the review of a draft')
    .argument(...SPEC)
    .option(...COMMENT_OPTION)
    .option(...JSON_OPTION)
    .action(async (path: string, { json = false, ...options }: Options) => {
      const { submit } = await import('../../../specs/approvals/decide.ts');
      tell(await submit(path, { ...options, by: await actor(path), at: new Date() }), json);
    });
  spec
    .command('approve')
    .description('approves a spec as it stands')
    .argument(...SPEC)
    .option(...ROLE_OPTION)
    .option(...COMMENT_OPTION)
    .option(...SAME_MEANING_OPTION)
    .option(...JSON_OPTION)
    .action(async (path: string, { json = false, ...options }: Options) => {
      const { approve } = await import('../../../specs/approvals/decide.ts');
      tell(await approve(path, { ...options, by: await actor(path), at: new Date() }), json);
    });
  spec
    .command('request-changes')
    .description('wants changes of a spec before it is approved')
    .argument(...SPEC)
    .requiredOption(...COMMENT_OPTION)
    .option(...ROLE_OPTION)
    .option(...JSON_OPTION)
    .action(async (path: string, { json = false, ...options }: Options & { readonly comment: string }) => {
      const { requestChanges } = await import('../../../specs/approvals/decide.ts');
      tell(await requestChanges(path, { ...options, by: await actor(path), at: new Date() }), json);
    });
}

async function actor(path: string): Promise<Actor> {
  const { gitIdentity } = await import('../../../specs/git-history.ts');
  return { kind: 'person', ...(await gitIdentity(dirname(resolve(path)))) };
}
