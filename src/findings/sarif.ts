import type { Check, Finding, FindingSeverity } from '../../graph/query/findings/finding.ts';

const LEVEL: Readonly<Record<FindingSeverity, 'error' | 'warning' | 'note'>> = { error: 'error', warning: 'warning', info: 'note' };

/** Findings as a SARIF 2.1.0 log (OASIS), the form that code hosts show beside the lines of a change. */
export function sarifOf(
  findings: readonly Finding[],
  checks: readonly Pick<Check, 'code' | 'severity' | 'title'>[],
  version: string,
): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'specgraph',
            version,
            rules: checks.map(({ code, severity, title }) => ({
              id: code,
              shortDescription: { text: title },
              defaultConfiguration: { level: LEVEL[severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map(({ code, severity, message, id, file, span, fingerprint }) => ({
          ruleId: code,
          level: LEVEL[severity],
          message: { text: message },
          partialFingerprints: { 'specgraph/v1': fingerprint },
          locations: [
            {
              ...(file === undefined ? {} : { physicalLocation: { artifactLocation: { uri: encodeURI(file) }, ...regionOf(span) } }),
              logicalLocations: [{ fullyQualifiedName: id }],
            },
          ],
        })),
      },
    ],
  };
}

const regionOf = (span: Finding['span']): object =>
  span ? { region: { startLine: span.line, startColumn: span.col, endLine: span.endLine, endColumn: span.endCol } } : {};
