import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Files that hold ignore rules, in order of precedence: a rule of the second overrules the first. */
export const IGNORE_FILES: readonly string[] = ['.gitignore', '.specgraphignore'];

/** Folders that hold no sources of the repository, whatever its ignore files say. */
const NEVER = new Set(['.git', '.hg', '.svn', 'node_modules', '.specgraph']);

/** Decides which paths of a repository are none of its sources. */
export interface IgnoreRules {
  /** True when the path itself is ignored; whether a folder above it is ignored is for the walk to ask first. */
  ignores(relativePath: string, isDirectory: boolean): boolean;
}

interface Scope {
  /** Folder the rules belong to, absolute. */
  readonly folder: string;
  readonly rules: Ignore;
}

/**
 * Reads `.gitignore` and `.specgraphignore` of every folder on the way, nearest first, as Git does, up to the top of the
 * Git work tree. Settings of one machine (`.git/info/exclude`, `core.excludesFile`) are left out on purpose: the graph of
 * a commit must not depend on who builds it.
 */
export function readIgnoreRules(root: string): IgnoreRules {
  const top = workTreeTop(root);
  const outer = createRules(top);
  // A folder that its surroundings ignore was asked for by name: they have no say in it.
  const isOwn =
    top !== root &&
    path
      .relative(top, root)
      .split(path.sep)
      .some((_, depth, names) => outer(path.join(top, ...names.slice(0, depth + 1)), true));
  const ignores = isOwn ? createRules(root) : outer;
  return { ignores: (relativePath, isDirectory) => ignores(path.join(root, relativePath), isDirectory) };
}

/** Asks the ignore files from a path's folder up to `top`. */
function createRules(top: string): (absolute: string, isDirectory: boolean) => boolean {
  const scopes = new Map<string, readonly Scope[]>();
  const scopesOf = (folder: string): readonly Scope[] => {
    let found = scopes.get(folder);
    if (!found) {
      const own = rulesOf(folder);
      const outer = folder === top ? [] : scopesOf(path.dirname(folder));
      scopes.set(folder, (found = own ? [{ folder, rules: own }, ...outer] : outer));
    }
    return found;
  };
  return (absolute, isDirectory) => {
    if (NEVER.has(path.basename(absolute))) return true;
    for (const { folder, rules } of scopesOf(path.dirname(absolute))) {
      const inside = path.relative(folder, absolute).split(path.sep).join('/');
      const { ignored, unignored } = rules.test(isDirectory ? `${inside}/` : inside);
      if (ignored) return true;
      if (unignored) return false;
    }
    return false;
  };
}

function rulesOf(folder: string): Ignore | undefined {
  const texts = IGNORE_FILES.flatMap((name) => {
    try {
      return [readFileSync(path.join(folder, name), 'utf8')];
    } catch {
      return []; // absent, or a folder of that name
    }
  });
  // Git's default outside of macOS and Windows; one answer on every machine.
  return texts.length === 0 ? undefined : ignore({ ignorecase: false }).add(texts.join('\n'));
}

/** The folder of the Git work tree that `root` lies in; `root` itself when there is none. */
function workTreeTop(root: string): string {
  for (let at = root; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return at;
    if (at === path.dirname(at)) return root;
  }
}
