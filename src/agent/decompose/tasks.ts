import type { Evidence, OwnedFile, Task } from '../model.ts';
import type { LikelyFile } from './likely-files.ts';
import type { Quotes } from './quotes.ts';
import type { RepoFiles } from './repo-files.ts';
import { sizeOf } from './size.ts';
import { clipped, type SpecPart } from './spec-parts.ts';
import type { Wish } from './wish.ts';
import { slugOf } from './wishes.ts';

/** Quotes of one task. */
const MOST_QUOTES = 4;
const LONGEST_TEST = 160;

/** By path: which parts a file is near to. */
export type NearFiles = ReadonlyMap<string, Pick<LikelyFile, 'parts'>>;

/** Wishes whose order is settled, as tasks with ids, sizes, tests and what they rest on. */
export async function tasksOf(
  wishes: readonly Wish[],
  feature: string,
  parts: readonly SpecPart[],
  near: NearFiles,
  files: RepoFiles,
  quotes: Quotes,
): Promise<readonly Task[]> {
  const ids = idsOf(wishes);
  const texts = new Map(parts.map(({ id, text }) => [id, text]));
  const made = new Set<string>();
  /** What an earlier task makes is there for the later ones. */
  const asLeft = (file: OwnedFile): OwnedFile => {
    const isNew = file.isNew && !made.has(file.path);
    if (isNew) made.add(file.path);
    return { ...file, isNew };
  };
  const owned = new Map(wishes.map(({ key, files }) => [key, files.map(asLeft)]));
  return Promise.all(
    wishes.map(async (wish): Promise<Task> => ({
      id: ids.get(wish.key)!,
      title: wish.title,
      kind: wish.kind,
      ownedFiles: owned.get(wish.key)!,
      dependsOn: wish.after.map((key) => ids.get(key)!),
      covers: wish.covers,
      tests: testsOf(wish, feature, texts, near),
      size: sizeOf(wish, files),
      evidence: await evidenceOf(wish, quotes),
    })),
  );
}

/** From what a task is and what it covers; a number only where two would have the same. */
function idsOf(wishes: readonly Wish[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const { key, kind, title, covers } of wishes) {
    const what = slugOf(
      kind === 'contract' || kind === 'data' || kind === 'docs' || kind === 'infrastructure' ? kind : title.slice(0, title.indexOf(':')),
    );
    const lead = kind === 'refactoring' || kind === 'debt' ? `T-${kind}-${what}` : `T-${what}`;
    let id = taken.has(lead) ? `${lead}-${slugOf(covers[0] ?? '')}` : lead;
    for (let more = 2; taken.has(id); more++) id = `${lead}-${more}`;
    taken.add(id);
    ids.set(key, id);
  }
  return ids;
}

/** One for each criterion, in the test of the file that is nearest to it; work that is no program has none. */
function testsOf(
  { kind, files, tests, covers }: Wish,
  feature: string,
  texts: ReadonlyMap<string, string>,
  near: NearFiles,
): readonly string[] {
  const [first] = tests;
  if (!first) return [];
  if (kind === 'debt') return files.map(({ path, reason }) => `${path}: ${reason}`);
  const share = (path: string, part: string): number => near.get(path)?.parts.get(part) ?? 0;
  return covers.map((part) => {
    const [test] = [...tests].reduce((best, each) => (share(each[1], part) > share(best[1], part) ? each : best), first);
    return `${test}: ${feature}/${part} ${clipped(texts.get(part) ?? '', LONGEST_TEST)}`;
  });
}

async function evidenceOf({ files, nodes }: Wish, quotes: Quotes): Promise<readonly Evidence[]> {
  const found: Evidence[] = [];
  for (const { path, isNew } of files) {
    if (found.length >= MOST_QUOTES) break;
    const node = nodes.get(path);
    const quote = isNew && node === undefined ? undefined : await quotes.of(path, node);
    if (quote) found.push(quote);
  }
  return found;
}
