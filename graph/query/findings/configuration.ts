import { isCode } from '../carry.ts';
import { dependentsOf, edgesInto } from '../edges-of.ts';
import { siteOf, type Check } from './finding.ts';

/** Set by shells, platforms, package managers and test runners, not by the system. */
const GIVEN =
  /^(NODE_ENV|NODE_OPTIONS|CI|HOME|PATH|PWD|USER|SHELL|TERM|TZ|LANG|LC_ALL|TMPDIR|TEMP|TMP|DEBUG|HOSTNAME|EDITOR|VISUAL|COLUMNS|NO_COLOR|FORCE_COLOR|COLORTERM|APPDATA|LOCALAPPDATA|USERPROFILE|PORT|MODE|DEV|PROD|SSR|BASE_URL|JEST_WORKER_ID|JAVA_HOME|GOPATH|GOROOT|ANDROID_HOME|GITHUB_\w+|npm_\w+|VITEST\w*|XDG_\w+|KUBERNETES_\w+|OTEL_\w+|AWS_(REGION|LAMBDA_\w+|EXECUTION_ENV)|VERCEL\w*|NEXT_RUNTIME)$/;

/** Only where variables are declared at all, beside those that code itself sets, and not where code says what holds without one. */
export const undeclaredVariable: Check = {
  code: 'undeclared-variable',
  severity: 'warning',
  title: 'Code reads a variable without a fallback that nothing declares, although others are declared.',
  async find({ graph, nodes }) {
    const keys = await nodes('ConfigKey');
    const declaring = (id: string): readonly number[] => dependentsOf(graph, id, 'DECLARES');
    const isDeclared = (id: string): boolean => declaring(id).length > 0;
    if (!keys.some(({ id }) => declaring(id).some((node) => !isCode(graph, node)))) return [];
    return keys
      .filter(({ id, name, props }) => !isDeclared(id) && !GIVEN.test(name) && props.optional !== true)
      .flatMap(({ id, name }) => {
        const reads = edgesInto(graph, id, 'READS_CONFIG').filter((edge) => isCode(graph, graph.edgeFrom[edge]!));
        if (reads.length === 0) return [];
        return [
          {
            id,
            ...siteOf(graph, reads[0]!),
            message: `${name} is read, but nothing declares it: no compose or Kubernetes file, no .env.example. Declare it.`,
            related: reads.map((edge) => graph.id(graph.edgeFrom[edge]!)),
          },
        ];
      });
  },
};
