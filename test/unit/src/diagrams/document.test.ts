import { describe, expect, it } from 'vitest';
import { embeddedDiagrams, withDiagrams } from '../../../../src/diagrams/document.ts';

const DOCUMENT = `# Orders

<!-- specgraph diagram sequence api:orders#POST /orders -->

\`\`\`mermaid
old
\`\`\`

Text.

<!-- specgraph diagram impact table:orders.status --change drop-column -->
<!-- specgraph diagram portrait svc:web -->
`;

describe('diagrams in documents', () => {
  it('are ordered by comments; what orders no known kind is none', () => {
    expect(embeddedDiagrams(DOCUMENT).map(({ kind, target, change, line, text }) => ({ kind, target, change, line, text }))).toEqual([
      { kind: 'sequence', target: 'api:orders#POST /orders', change: undefined, line: 3, text: 'old' },
      { kind: 'impact', target: 'table:orders.status', change: 'drop-column', line: 11, text: undefined },
    ]);
  });

  it('are replaced where they stand, added where they are missing, and then up to date', () => {
    const written = withDiagrams(DOCUMENT, embeddedDiagrams(DOCUMENT), ['new', 'also new']);
    expect(embeddedDiagrams(written).map(({ text }) => text)).toEqual(['new', 'also new']);
    expect(withDiagrams(written, embeddedDiagrams(written), ['new', 'also new'])).toBe(written);
    expect(written.replaceAll(/\n```mermaid\n[^`]*```/g, '')).toContain('Text.');
  });
});
