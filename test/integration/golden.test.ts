import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { factsOf, type Edge } from '../../graph/model/edge.ts';
import type { Node } from '../../graph/model/node.ts';
import type { Diagnostic } from '../../graph/model/provenance.ts';
import { openSystem } from '../../src/platform.ts';

type Line = { readonly node?: Node; readonly edge?: Edge; readonly diagnostic?: Diagnostic };

const EXAMPLE = path.resolve(import.meta.dirname, '../../examples/image-upload');

/** Update with `vitest -u` after reading what changed: every line is a claim about the example that a person can check. */
it('the graph of the image upload system', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'golden-'));
  const system = await openSystem({ store: path.join(folder, 'graph.db') });
  try {
    await system.ingest(EXAMPLE, { repo: 'image-upload' });
    const lines: string[] = [];
    for await (const line of system.dump()) lines.push(readable(JSON.parse(line) as Line));
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../fixtures/golden/image-upload.txt');
  } finally {
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

function readable({ node, edge, diagnostic }: Line): string {
  if (node)
    return `${node.kind} ${short(node.id)}${node.span ? ` @${node.span.line}:${node.span.col}-${node.span.endLine}` : ''}${describe(node)}`;
  if (diagnostic) return `${diagnostic.severity} ${diagnostic.file ?? ''}:${diagnostic.span?.line ?? ''} ${diagnostic.message}`;
  const { from, type, to, via, tier, confidence, sites } = edge!;
  const certainty = tier === 'compiler' && confidence === 1 ? '' : ` (${tier} ${confidence})`;
  return `${short(from)} ${type} ${short(to)}${via === undefined ? '' : ` via ${short(via)}`}${certainty} ${sites.map(siteText).join(' ')}`;
}

const siteText = ({ line, col, args, facts = 0 }: Edge['sites'][number]): string =>
  `@${line}:${col}${args === undefined ? '' : `/${args}`}${facts === 0 ? '' : `[${factsOf(facts).join(',')}]`}`;

/** What a declaration says of itself, but for its hash: that would say only that the text changed. */
function describe({ props }: Node): string {
  const { body: _, ...rest } = props as Record<string, unknown>;
  return Object.keys(rest).length === 0 ? '' : ` ${JSON.stringify(rest)}`;
}

const short = (id: string): string => id.replace('image-upload//', '').replace(/^code:/, '');
