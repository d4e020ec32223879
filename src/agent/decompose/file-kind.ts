import type { Task } from '../model.ts';
import type { RepoFile } from './repo-files.ts';

export type FileKind = Extract<Task['kind'], 'contract' | 'data' | 'code' | 'test' | 'infrastructure' | 'docs'>;

const STATED = ['Spec', 'Adr', 'Policy'] as const;
const DOCUMENT = /\.(?:mdx?|adoc|rst|txt)$/i;
const HISTORY =
  /(?:^|\/)(?:changelog|changes|history|licen[cs]e|notice|code_of_conduct|contributing|security|migrat(?:ion|ing)|upgrad(?:e|ing))\b[^/]*$/i;
const DATA = /\.(?:sql|prisma)$/i;
const DEPLOYED = /(?:^|\/)(?:Dockerfile[^/]*|(?:docker-)?compose[^/]*\.ya?ml|\.env[^/]*)$|\.tf$|(?:^|\/)\.github\/workflows\//i;

/**
 * What work on a file is called; undefined for what no task changes: decisions, policies, specs (people approve those), examples,
 * locks, build settings, logs of changes.
 */
export function fileKindOf({ path, kinds, module, isTest, isBeside }: RepoFile): FileKind | undefined {
  if (isBeside || STATED.some((kind) => kinds.has(kind)) || HISTORY.test(path)) return undefined;
  if (isTest) return 'test';
  if (kinds.has('Migration') || DATA.test(path)) return 'data';
  if (module >= 0) return 'code';
  if (kinds.has('Api') || kinds.has('Channel') || kinds.has('Operation') || kinds.has('Schema')) return 'contract';
  if (kinds.has('Table')) return 'data';
  if (DEPLOYED.test(path) || kinds.has('Resource')) return 'infrastructure';
  return DOCUMENT.test(path) ? 'docs' : undefined;
}
