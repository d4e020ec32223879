/**
 * The part of a repository that a rule stated in `file` is about: the folder of the nearest package around it that has
 * code, without a slash at the end; empty for the whole repository. A package of policies alone speaks of what is around it.
 */
export function scopeOf(file: string, packages: readonly string[], modules: readonly string[]): string {
  const around = packages.filter((folder) => folder !== '' && file.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length);
  return around.find((folder) => modules.some((module) => module.startsWith(`${folder}/`))) ?? '';
}

/** A path as it is seen from a scope; undefined outside of it. */
export const withinScope = (path: string, scope: string): string | undefined =>
  scope === '' ? path : path.startsWith(`${scope}/`) ? path.slice(scope.length + 1) : undefined;
