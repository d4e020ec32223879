import type { Tool } from '../tool.ts';
import { context } from './context.ts';
import { findings } from './findings.ts';
import { impact } from './impact.ts';
import { path } from './path.ts';
import { search } from './search.ts';
import { show } from './show.ts';
import { specs } from './specs.ts';

/** What agents can ask, in the order in which they are listed. Few: each costs every conversation its description. */
export const TOOLS: readonly Tool[] = [search, context, show, impact, path, specs, findings];
