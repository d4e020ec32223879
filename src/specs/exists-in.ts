import { PlatformError } from '../../graph/errors.ts';
import type { TargetRef } from '../../graph/query/change.ts';

/** What finds the thing that a name means, and throws where that is none or several. */
interface Resolver {
  resolve(name: TargetRef): Promise<unknown>;
}

/** Whether something of that name is in the graph. What several things are called is there. */
export async function existsIn(graph: Resolver, name: string): Promise<boolean> {
  try {
    await graph.resolve(name);
    return true;
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'TARGET_AMBIGUOUS') return true;
    if (error instanceof PlatformError && error.code === 'TARGET_NOT_FOUND') return false;
    throw error;
  }
}
