import { z } from 'zod';
import { FINDING_SEVERITIES } from '../../../graph/query/findings/finding.ts';
import { onPage, pageLine, paging } from '../page.ts';
import { count, fenced, oneLine, placeOf, targetOf } from '../text.ts';
import { defineTool, joined } from '../tool.ts';

export const findings = defineTool({
  name: 'findings',
  description: 'What does not fit together: contracts, code, data, configuration, decisions, policies, docs, specs; worst first.',
  input: z.strictObject({
    path: z.string().optional().describe('only of this file or folder'),
    codes: z.array(z.string()).max(50).optional(),
    severity: z.enum(FINDING_SEVERITIES).optional().describe('this or worse'),
    ...paging(6),
  }),
  async answer({ path, codes, severity = 'info', ...order }, { system }) {
    const { findings } = await system.findings(codes ? { codes } : {});
    const bad = (each: (typeof FINDING_SEVERITIES)[number]): number => FINDING_SEVERITIES.indexOf(each);
    const folder = path?.replace(/^\.\/|\/$/g, '');
    const found = findings
      .filter((finding) => bad(finding.severity) <= bad(severity))
      .filter(({ file }) => folder === undefined || folder === '.' || file === folder || file?.startsWith(`${folder}/`) === true)
      .toSorted((a, b) => bad(a.severity) - bad(b.severity));
    if (found.length === 0) return 'Nothing found: what was looked at fits together.';
    const shown = onPage(found, order);
    const figures = FINDING_SEVERITIES.map((each) => [each, found.filter((finding) => finding.severity === each).length] as const)
      .filter(([, n]) => n > 0)
      .map(([each, n]) => `${n} ${each}`);
    const lines = shown.map(
      ({ file, span, id, severity, code, message }) =>
        `${file === undefined ? targetOf(id) : placeOf(file, span?.line)} ${severity} ${code}: ${oneLine(message, 300)}`,
    );
    return joined(`${count(found.length, 'finding')}: ${figures.join(', ')}`, fenced(lines), pageLine(found.length, shown.length, order));
  },
});
