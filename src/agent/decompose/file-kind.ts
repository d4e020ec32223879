import { groupOf } from '../../../graph/model/chunk.ts';
import type { Task } from '../model.ts';
import type { RepoFile } from './repo-files.ts';

export type FileKind = Extract<Task['kind'], 'contract' | 'data' | 'code' | 'test' | 'infrastructure' | 'docs'>;

const STATED = ['Spec', 'Adr', 'Policy'] as const;
const DOCUMENT = /\.(?:mdx?|adoc|rst|txt)$/i;
const HISTORY =
  /(?:^|\/)(?:changelog|changes|history|licen[cs]e|notice|code_of_conduct|contributing|security|migrat(?:ion|ing)|upgrad(?:e|ing))\b[^/]*$/i;
const DATA = /\.(?:sql|prisma)$/i;
/** Locks and the like: nobody writes them. */
const MADE_BY_TOOLS = /(?:^|[/.-])lock(?:file)?\b[^/]*$|\.(?:lockb?|snap|map|min\.\w+)$/i;
const DEPLOYED = /(?:^|\/)(?:Dockerfile[^/]*|(?:docker-)?compose[^/]*\.ya?ml|\.env[^/]*)$|\.tf$|(?:^|\/)\.github\/workflows\//i;

/**
 * What work on a file is called; undefined for what no task changes: decisions, policies, specs (people approve those), examples,
 * locks, build settings, logs of changes.
 */
export function fileKindOf(file: RepoFile): FileKind | undefined {
  const { path, kinds, module, isTest, isBeside } = file;
  if (isBeside || STATED.some((kind) => kinds.has(kind)) || HISTORY.test(path)) return undefined;
  if (isTest) return 'test';
  if (DATA.test(path) || isApplied(file)) return 'data';
  if (module >= 0) return 'code';
  if (kinds.has('Api') || kinds.has('Channel') || kinds.has('Operation') || kinds.has('Schema')) return 'contract';
  if (kinds.has('Table')) return 'data';
  if (DEPLOYED.test(path) || kinds.has('Resource')) return 'infrastructure';
  return DOCUMENT.test(path) ? 'docs' : undefined;
}

/** Numbered as steps of a history are: by place or time. */
const STEP = /(?:^|\/)V?\d{3,}[-_.][^/]*$|(?:^|\/)\d{8,}[-_][^/]*\/[^/]*$/;

/** A step of the history of the database: once applied it is never edited, a new one is added. */
export const isApplied = ({ path, kinds, module }: RepoFile): boolean =>
  kinds.has('Migration') || (STEP.test(path) && (module >= 0 || DATA.test(path)));

/** The same for what changes along with code by habit: registers, translations, settings and logs of changes are no work of their own, and still change. */
export function alongKindOf(path: string, known: RepoFile | undefined): FileKind | undefined {
  if (known && (known.module >= 0 || known.isTest || known.isBeside || STATED.some((kind) => known.kinds.has(kind)))) return undefined;
  if ((known && isApplied(known)) || MADE_BY_TOOLS.test(path)) return undefined;
  return (known && fileKindOf(known)) ?? (groupOf(path) !== 'text' ? undefined : DOCUMENT.test(path) ? 'docs' : 'code');
}
