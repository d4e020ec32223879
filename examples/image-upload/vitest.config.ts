import { fileURLToPath } from 'node:url';
import { defineProject } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineProject({
  resolve: {
    alias: [{ find: /^@acme\/(contracts|http|logger|storage)$/, replacement: source('./packages/$1/src/index.ts') }],
  },
  test: {
    name: 'image-upload',
    include: ['{packages,services,apps}/*/test/**/*.test.{ts,tsx}'],
  },
});
