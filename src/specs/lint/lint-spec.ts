import { compare } from '../../../graph/model/edge.ts';
import type { Finding } from '../../../graph/query/findings/finding.ts';
import { sha256 } from '../../../ingest/parse/canonical-json.ts';
import { readSpec } from '../read-spec.ts';
import { NUMBER_RULES } from './number-rules.ts';
import type { LintContext, LintRule } from './rule.ts';
import { SENTENCE_RULES } from './sentence-rules.ts';
import { WHOLE_RULES } from './whole-rules.ts';

/** All rules, by code. */
export const LINT_RULES: readonly LintRule[] = [...SENTENCE_RULES, ...NUMBER_RULES, ...WHOLE_RULES].toSorted((a, b) =>
  compare(a.code, b.code),
);

/** What could be better in a spec, in the order of the file. A spec that cannot be read has that as its findings. */
export async function lintSpec(text: string, path: string, exists?: LintContext['exists']): Promise<readonly Finding[]> {
  const file = readSpec(text, path);
  const { spec, diagnostics } = file;
  const of = (part?: string): string => `spec:${spec?.feature ?? path}${part === undefined ? '' : `/${part}`}`;
  const findings = diagnostics.map(({ code, severity, message, span }): Finding => {
    const told = `${message} [${code}]`;
    return {
      code: 'unsound-spec',
      severity,
      message: told,
      id: of(),
      file: path,
      span,
      related: [],
      fingerprint: fingerprint('unsound-spec', of(), told),
    };
  });
  if (!spec) return findings;
  const context: LintContext = { file, spec, ...(exists ? { exists } : {}) };
  for (const { code, severity, find } of LINT_RULES)
    for (const { part, at, message, severity: own = severity } of await find(context))
      findings.push({
        code,
        severity: own,
        message,
        id: of(part),
        file: path,
        span: file.spanOf(at),
        related: [],
        fingerprint: fingerprint(code, of(part), message),
      });
  return findings.toSorted(
    (a, b) => (a.span?.line ?? 0) - (b.span?.line ?? 0) || (a.span?.col ?? 0) - (b.span?.col ?? 0) || compare(a.code, b.code),
  );
}

/** Stays the same while the finding does, whatever lines move. */
const fingerprint = (...parts: readonly string[]): string => sha256(parts.join('\n')).slice(7, 39);
