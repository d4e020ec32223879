import { PlatformError } from '../../graph/errors.ts';
import { rulesFor } from '../specs/approvals/rules.ts';
import { isEngine } from '../specs/approvals/state.ts';
import type { Actor } from '../specs/approvals/decide.ts';
import type { ApiContext } from './context.ts';

/** Whom the token of a request stands for. Throws APPROVAL_REFUSED for a request that stands for nobody. */
export function somebody({ actor }: Pick<ApiContext, 'actor'>): Actor {
  if (actor) return actor;
  throw new PlatformError(
    'APPROVAL_REFUSED',
    'This request stands for nobody. Send the token that api.people of the configuration gives to you.',
    { details: { reason: 'no-identity' } },
  );
}

/** Whom a request stands for, where that is no program: by its token, or by the rules that hold for a file. Throws APPROVAL_REFUSED. */
export async function somePerson(context: Pick<ApiContext, 'actor'>, file: string): Promise<Actor> {
  const actor = somebody(context);
  const rules = await rulesFor(file).catch((error: unknown) => {
    if (error instanceof PlatformError && error.code === 'APPROVAL_REFUSED') return undefined; // there are none yet
    throw error;
  });
  if (actor.kind === 'person' && !(rules && isEngine(actor, undefined, rules))) return actor;
  throw new PlatformError(
    'APPROVAL_REFUSED',
    `${actor.name} <${actor.email}> is an engine. Answering, choosing and ending are for people.`,
    {
      details: { reason: 'engine' },
    },
  );
}
