import { hash } from 'node:crypto';
import { unitId } from '../../../graph/model/delta.ts';
import { compare, type Edge } from '../../../graph/model/edge.ts';
import { makeId, moduleId } from '../../../graph/model/id.ts';
import { groupOf, TEXT_GROUPS, type Chunk } from '../../../graph/model/chunk.ts';
import { isMeant, meaningKey, meaningOf } from '../../../graph/model/meaning.ts';
import { keysText, type HistoryKey } from '../../keys.ts';
import type { SourceWorker } from '../../worker.ts';
import { changesBefore, headOf, type Change } from './git-log.ts';

const NAME = 'history';
/** Raise when the same commits give other facts. */
const VERSION = 3;
/** Commits whose message is searched, newest first. */
const SEARCHED = 5000;
/** Commits looked at for what changes together, newest first. */
const WINDOW = 500;
/** Files of a commit beyond which it says nothing about what belongs together. */
const LARGEST_COMMIT = 30;
/** Commits that two files have to share. */
const LEAST_SHARED = 3;
/** Share of one file's changes that came with the other's. */
const LEAST_CONFIDENCE = 0.25;
/** Modules that one module is said to change with, the surest first. */
const MOST_PARTNERS = 20;
const MOST_AUTHORS = 3;
const SOURCE = /\.(?:[cm]?[jt]sx?|py|go|rs|java)$/;

/**
 * What the Git history says: which modules change together, how often each changes and who changed it. A repository is one
 * unit, stated again when another commit is checked out. A folder within a work tree, and one without Git, has no history.
 */
export function createHistoryWorker(window: number = WINDOW): SourceWorker {
  return {
    name: NAME,
    wholeRepository: true,
    claims: () => false,
    open: ({ name: repo, root }) => ({
      async *extract({ previous }, { signal, onProgress }) {
        const head = await headOf(root);
        const state = head === undefined ? '' : hash('sha256', JSON.stringify([VERSION, window, head]));
        const before = previous.get('')?.state;
        if (before === state || (before === undefined && head === undefined)) return;
        const changes = head === undefined ? [] : await changesBefore(root, head, Math.max(window, SEARCHED), signal);
        const { edges, keys } = historyOf(repo, changes.slice(0, window));
        yield {
          unit: { id: unitId(repo, NAME, ''), repo, worker: NAME, path: '', hash: state, state, keys: keysText(keys) },
          nodes: [],
          edges: [...edges],
          diagnostics: [],
          chunks: messagesOf(repo, changes.slice(0, SEARCHED)),
        };
        onProgress?.(1, 1);
      },
      [Symbol.dispose]: () => undefined,
    }),
  };
}

/**
 * What commits say they did, and to which files: a request like an earlier one concerns the files of that one. Of a commit
 * that changed code, tests and texts are kept apart: they come along with anything.
 */
function messagesOf(repo: string, changes: readonly Change[]): Chunk[] {
  const node = makeId({ repo, scheme: 'repo', path: repo });
  return changes.flatMap(({ commit, subject, body, files }): Chunk[] => {
    const group = TEXT_GROUPS.find((each) => files.some((file) => groupOf(file) === each));
    if (!group || files.length > LARGEST_COMMIT) return [];
    const all = [...new Set(files)];
    const touched = all.filter((file) => groupOf(file) === group);
    const along = all.filter((file) => groupOf(file) !== group);
    const chunk: Omit<Chunk, 'text'> = {
      ...{ set: `${group}-commit`, node, files: touched, title: `${commit.slice(0, 12)} ${subject}` },
      ...(along.length > 0 ? { along } : {}),
    };
    return [{ ...chunk, ...(isMeant(chunk.set) ? { meaning: meaningKey(meaningOf(chunk, [])) } : {}), text: `${subject}\n${body}` }];
  });
}

/** What commits say of the modules they touch. */
export function historyOf(
  repo: string,
  changes: readonly Change[],
): { readonly edges: readonly Edge[]; readonly keys: readonly HistoryKey[] } {
  const files = new Map<string, { count: number; readonly authors: Map<string, number>; readonly partners: Map<string, number> }>();
  for (const { author, files: all } of changes) {
    const touched = [...new Set(all.filter((file) => SOURCE.test(file)))];
    if (all.length > LARGEST_COMMIT) continue;
    for (const file of touched) {
      let known = files.get(file);
      if (!known) files.set(file, (known = { count: 0, authors: new Map(), partners: new Map() }));
      known.count++;
      known.authors.set(author, (known.authors.get(author) ?? 0) + 1);
      for (const other of touched) if (other !== file) known.partners.set(other, (known.partners.get(other) ?? 0) + 1);
    }
  }
  const edges: Edge[] = [];
  const keys: HistoryKey[] = [];
  for (const [file, { count, authors, partners }] of [...files].sort(([a], [b]) => compare(a, b))) {
    const ranked = [...authors].sort(([a, x], [b, y]) => y - x || compare(a, b)).slice(0, MOST_AUTHORS);
    keys.push({ key: 'history', module: moduleId(repo, file), changes: count, authors: ranked.map(([name]) => name) });
    const sure = [...partners]
      // Of the other's changes, the share in which this one changed too: it follows the other.
      .map(([other, shared]) => ({ other, shared, confidence: Math.round((shared / files.get(other)!.count) * 100) / 100 }))
      .filter(({ shared, confidence }) => shared >= LEAST_SHARED && confidence >= LEAST_CONFIDENCE)
      .sort((a, b) => b.confidence - a.confidence || b.shared - a.shared || compare(a.other, b.other))
      .slice(0, MOST_PARTNERS);
    for (const { other, confidence } of sure)
      edges.push({
        from: moduleId(repo, file),
        type: 'CO_CHANGES',
        to: moduleId(repo, other),
        tier: 'heuristic',
        confidence,
        rule: 'git-history',
        sites: [{ line: 1, col: 1 }],
      });
  }
  return { edges, keys };
}
