import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Packages whose sources are in the repository, by name. */
export interface Workspace {
  /** The source file that `specifier` means, when it names a package of this repository; absolute. */
  resolve(specifier: string): string | undefined;
}

const Manifest = z.looseObject({
  name: z.string().optional(),
  main: z.string().optional(),
  module: z.string().optional(),
  types: z.string().optional(),
  exports: z.unknown().optional(),
});
type Manifest = z.infer<typeof Manifest>;

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '/index.ts', '/index.tsx', '/index.js'];

/**
 * Finds the sources behind package names, built or not: `exports`, `types` and `main` usually name build output that is
 * ignored or absent, so each target is looked for again under the folders where its source may be.
 */
export function findWorkspace(root: string, files: readonly string[]): Workspace {
  const known = new Set(files);
  const packages = new Map<string, { readonly folder: string; readonly manifest: Manifest }>();
  for (const file of files) {
    if (!/(^|\/)package\.json$/.test(file)) continue;
    const manifest = readManifest(`${root}/${file}`);
    const folder = file.slice(0, -'package.json'.length);
    if (manifest?.name && !packages.has(manifest.name)) packages.set(manifest.name, { folder, manifest });
  }
  const sourceOf = (folder: string, target: string): string | undefined => {
    const segments = target
      .replace(/^\.\//, '')
      .replace(/(\.d)?\.[cm]?[jt]sx?$/, '')
      .split('/');
    for (let skip = 0; skip <= segments.length; skip++)
      for (const base of ['src/', 'source/', 'lib/', '']) {
        const stem = `${folder}${base}${segments.slice(skip).join('/') || 'index'}`;
        for (const extension of EXTENSIONS) if (known.has(stem + extension)) return `${root}/${stem}${extension}`;
      }
    return undefined;
  };
  return {
    resolve(specifier) {
      const name = /^(@[^/]+\/[^/]+|[^/]+)/.exec(specifier)?.[0];
      const found = name === undefined ? undefined : packages.get(name);
      if (!found || name === undefined) return undefined;
      const subpath = specifier.slice(name.length + 1);
      for (const target of [...targetsOf(found.manifest, subpath), subpath]) {
        const source = sourceOf(found.folder, target);
        if (source) return source;
      }
      return undefined;
    },
  };
}

function readManifest(file: string): Manifest | undefined {
  try {
    return Manifest.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined; // the package worker reports it
  }
}

/** Every file that the manifest names for a subpath, most specific first. */
function targetsOf(manifest: Manifest, subpath: string): readonly string[] {
  const leaves = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(leaves) : [];
  const { exports } = manifest;
  const key = subpath === '' ? '.' : `./${subpath}`;
  if (exports && typeof exports === 'object' && !Array.isArray(exports)) {
    const map = exports as Record<string, unknown>;
    if (key in map) return leaves(map[key]);
    for (const [pattern, value] of Object.entries(map)) {
      const [before, after] = pattern.split('*');
      if (after === undefined || before === undefined || !key.startsWith(before) || !key.endsWith(after)) continue;
      const star = key.slice(before.length, key.length - after.length);
      return leaves(value).map((leaf) => leaf.replaceAll('*', star));
    }
    if (subpath === '' && !Object.keys(map).some((name) => name.startsWith('.'))) return leaves(map);
  }
  if (subpath !== '') return [];
  return [...leaves(exports), manifest.types, manifest.module, manifest.main].filter((target) => target !== undefined);
}
