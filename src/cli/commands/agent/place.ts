import type { Command } from 'commander';
import type { AgentPlace } from '../../../agent/agent.ts';
import type { Identity } from '../../../specs/git-history.ts';

export interface PlaceOptions {
  readonly root: string;
  readonly specs: string;
  readonly repo?: string;
}

/** Adds where a command works. */
export function withPlace(command: Command): Command {
  for (const [flags, description, value] of OPTIONS) command.option(flags, description, value);
  return command;
}

const OPTIONS: readonly (readonly [string, string, string?])[] = [
  ['--root <folder>', 'folder of the repository', '.'],
  ['--specs <folder>', 'folder of the specs in it', 'specs'],
  ['--repo <name>', 'what the graph calls the repository, where it holds several'],
];

export const placeOf = ({ root, specs, repo }: PlaceOptions): AgentPlace => ({ root, specs, ...(repo === undefined ? {} : { repo }) });

/** Who works on this machine, as Git says. */
export async function person({ root }: PlaceOptions): Promise<Identity> {
  const { gitIdentity } = await import('../../../specs/git-history.ts');
  return gitIdentity(root);
}
