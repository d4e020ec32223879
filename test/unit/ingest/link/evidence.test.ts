import { expect, it } from 'vitest';
import { demandsLinker } from '../../../../ingest/link/demands.ts';
import { mentionsLinker } from '../../../../ingest/link/mentions.ts';
import { markdownFormat } from '../../../../ingest/workers/markdown/markdown.ts';
import { linkFrom } from '../link-fixture.ts';

it('links a guide to the code it names, and code to the criteria named in its comments, not in its texts', async () => {
  const { keys, arrows } = await linkFrom(
    {
      'tsconfig.json': '{"include": ["src"]}',
      'src/cart.ts': `/** Adds. @satisfies cart/AC-1 */
export class Cart {
  add(): void {
    log('https://x.io'); // it's all of @satisfies spec:cart/AC-2
  }
  /*
     @verifies cart/AC-3
  */
  total(): number { return 0; }
}
/** A tag is written \`@verifies cart/AC-4\`. */
export const EXAMPLE = '// @verifies cart/AC-5';
export const SOURCE = \`
/** Of a text. @satisfies cart/AC-6 */
class Cart {}
// \${1} @verifies cart/AC-7
\`;
export const createCart = (): Cart => new Cart();
`,
      'docs/guide.md': '# Carts\n\n`Cart.add` and `createCart()`, but not `total`.\n',
    },
    [mentionsLinker, demandsLinker],
    [markdownFormat],
  );
  expect(keys.of('verifies').map(({ value: { from, tag, ref, line } }) => `${from} ${tag} ${ref} @${line}`)).toEqual([
    'shop//code:src/cart.ts#Cart satisfies cart/AC-1 @1',
    'shop//code:src/cart.ts#Cart.add satisfies cart/AC-2 @4',
    'shop//code:src/cart.ts#Cart.total verifies cart/AC-3 @7',
  ]);
  expect(arrows()).toEqual([
    'doc:docs/guide.md#carts MENTIONS src/cart.ts#Cart.add',
    'doc:docs/guide.md#carts MENTIONS src/cart.ts#createCart',
  ]);
});
