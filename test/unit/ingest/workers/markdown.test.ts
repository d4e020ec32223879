import { describe, expect, it } from 'vitest';
import type { LinkKey, MentionKey } from '../../../../ingest/keys.ts';
import { markdownFormat } from '../../../../ingest/workers/markdown/markdown.ts';
import { readFormat } from '../read-format.ts';

const mentions = (keys: readonly LinkKey[]): readonly string[] =>
  keys
    .filter((key): key is MentionKey => key.key === 'mention')
    .map(({ from, form, text, line }) => `${from.replace(/^.*#/, '#')} ${form} ${text} @${line}`);

describe('the Markdown worker', () => {
  it('states a document, and its sections within each other', async () => {
    const { things, arrows, nodes, keys } = await readFormat(markdownFormat, {
      'services/cart/README.md': '# Cart\n\nKeeps what is\nto be bought.\n\n## Running\n\nStart it.\n\n# Licence\n',
    });
    expect(things).toEqual([
      'Document shop//doc:services/cart/README.md',
      'Section shop//doc:services/cart/README.md#cart',
      'Section shop//doc:services/cart/README.md#licence',
      'Section shop//doc:services/cart/README.md#running',
    ]);
    expect(arrows).toEqual([
      'shop//doc:services/cart/README.md CONTAINS shop//doc:services/cart/README.md#cart',
      'shop//doc:services/cart/README.md CONTAINS shop//doc:services/cart/README.md#licence',
      'shop//doc:services/cart/README.md#cart CONTAINS shop//doc:services/cart/README.md#running',
    ]);
    expect(nodes[0]).toMatchObject({ name: 'Cart', props: { title: 'Cart', doc: 'Keeps what is to be bought.' } });
    expect(nodes[2]).toMatchObject({
      name: 'Running',
      props: { headings: ['Cart', 'Running'], doc: 'Start it.' },
      span: { line: 6, endLine: 10 },
    });
    expect(keys).toEqual([
      { key: 'document', id: 'shop//doc:services/cart/README.md', sections: ['cart', 'running', 'licence'], readme: true },
    ]);
  });

  it('says once for each section what it names, and nothing of what names nothing', async () => {
    const { keys } = await readFormat(markdownFormat, {
      'docs/api.md': `See \`CartService.add\`.

# Use

\`CartService.add\`, \`CartService.add\` and \`'order.created'\`; see ADR-3 or [limits](limits.md), not [us](https://x.io)
nor [above](#use) nor ![logo](logo.png). It takes \`true\`, \`42\`, \`--force\`, \`npm run build\`, \`=>\` or \`v1.2.3\`.

\`\`\`ts
import { Cart, type Line as L } from 'shop';
if (ready) new Cart().add(createLine());
\`\`\`

\`\`\`sh
curl -d @cart.json \\
  https://shop.example/api/carts?x=1
curl -X DELETE https://shop.example/api/carts/7
\`\`\`

\`\`\`http
PUT /carts/7 HTTP/1.1
\`\`\`

\`\`\`python
Cart().empty()
\`\`\`
`,
    });
    expect(mentions(keys)).toEqual([
      'shop//doc:docs/api.md code CartService.add @1',
      '#use code CartService.add @5',
      '#use prose ADR-3 @5',
      '#use code order.created @5',
      '#use link limits.md @5',
      '#use fence Cart @9',
      '#use fence Line @9',
      '#use fence Cart() @10',
      '#use fence createLine() @10',
      '#use fence POST /api/carts @14',
      '#use fence DELETE /api/carts/7 @16',
      '#use fence PUT /carts/7 @20',
    ]);
  });

  it('names at most some hundred things a document', async () => {
    const text = Array.from({ length: 5000 }, (_, index) => `- \`makeThing${index}\``).join('\n');
    const { keys } = await readFormat(markdownFormat, { 'docs/all.md': text });
    expect(mentions(keys)).toHaveLength(600);
  });

  it.each(['CHANGELOG.md', 'packages/a/changelog.md', 'docs/release-notes-2.md', 'HISTORY.md'])(
    'takes %s for what is past',
    async (path) => {
      const { things, keys } = await readFormat(markdownFormat, { [path]: '# Changes\n\n## 2.0\n\nRemoved `CartService.add`.\n' });
      expect(things).toEqual([`Document shop//doc:${path}`]);
      expect(keys).toEqual([{ key: 'document', id: `shop//doc:${path}` }]);
    },
  );

  it('leaves to others what is theirs', () => {
    expect(markdownFormat.recognises?.('# Cart', 'docs/cart.mdx')).toBe(true);
    expect(markdownFormat.recognises?.('# Cart\n\n## Status', 'docs/adr/0001-cart.md')).toBe(false);
    expect(markdownFormat.claims('docs/cart.txt')).toBe(false);
  });
});
