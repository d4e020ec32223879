import { z } from 'zod';
import { given, question, repo } from '../arguments.ts';
import { oneLine } from '../text.ts';
import { defineTool, joined } from '../tool.ts';

/** Tokens: what fits beside a conversation several times over. */
const BUDGET = { least: 200, usual: 1200, most: 20_000 };

export const context = defineTool({
  name: 'context',
  description:
    'What to read before building or answering something: cited passages of code, contracts, decisions, policies, tests, best first.',
  input: z.strictObject({
    question,
    budget: z.int().min(BUDGET.least).max(BUDGET.most).default(BUDGET.usual).describe('tokens; 4000 for a feature'),
    repo,
    given,
  }),
  async answer({ question, budget, repo, given }, { system }) {
    const { text, passages, warning } = await system.retrieve(question, {
      budget,
      ...(repo === undefined ? {} : { repo }),
      ...(given ? { given } : {}),
    });
    return joined(
      passages.length === 0 ? 'Nothing found. Try other words, or `search`.' : text,
      warning === undefined ? '' : oneLine(warning),
    );
  },
});
