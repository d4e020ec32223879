import type { Tool } from '../tool.ts';
import { context } from './context.ts';
import { draft, draftWithAnswers } from './draft.ts';
import { findings } from './findings.ts';
import { handoff } from './handoff.ts';
import { impact } from './impact.ts';
import { path } from './path.ts';
import { search } from './search.ts';
import { show } from './show.ts';
import { specs } from './specs.ts';

/** What agents can ask, in the order in which they are listed. Few: each costs every conversation its description. */
export const toolsOf = ({ takesAnswers }: { readonly takesAnswers: boolean }): readonly Tool[] => [
  search,
  context,
  show,
  impact,
  path,
  specs,
  findings,
  takesAnswers ? draftWithAnswers : draft,
  handoff,
];
