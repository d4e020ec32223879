import { PlatformError } from '../../graph/errors.ts';
import type { System } from '../system.ts';

/** Whether something of that name is in the graph. What several things are called is there. */
export async function existsIn(system: Pick<System, 'resolve'>, name: string): Promise<boolean> {
  try {
    await system.resolve(name);
    return true;
  } catch (error) {
    if (error instanceof PlatformError && error.code === 'TARGET_AMBIGUOUS') return true;
    if (error instanceof PlatformError && error.code === 'TARGET_NOT_FOUND') return false;
    throw error;
  }
}
