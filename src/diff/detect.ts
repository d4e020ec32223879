import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from '../../graph/model/edge.ts';
import { moduleId } from '../../graph/model/id.ts';
import type { Node } from '../../graph/model/node.ts';
import type { DetectedChange } from '../../graph/query/change.ts';
import { compareChanges, compareDeclarations } from '../../graph/query/compare.ts';
import { declarationsOf } from '../../ingest/workers/typescript/declarations.ts';
import { isSource } from '../../ingest/workers/typescript/projects.ts';
import { topLevelOf } from '../../ingest/workers/typescript/top-level.ts';
import type { Repository } from '../../ingest/worker.ts';
import { compareContracts, contractFormatOf, type ComparedContract, type ContractVersion } from '../contracts/compare-contracts.ts';
import type { ContractChangeKind } from '../contracts/contract-change.ts';
import type { DiffRange, SkippedChange } from './diff-impact.ts';
import { compareTopLevel } from './compare-top-level.ts';
import { isSpec, specChanges, type NewDemand, type SpecChanges } from './spec-changes.ts';
import { changedFiles, pathOf, readTexts, type ChangedFile, type FileVersion } from './git.ts';

export interface Detected {
  /** Ordered by file, then declaration, then kind of change. */
  readonly changes: readonly DetectedChange[];
  /** Changes that the graph cannot be asked about, of which it is decided call by call whom they concern. */
  readonly unasked: readonly DetectedChange[];
  /** What the contracts state of their own changes, in the order of the contracts. */
  readonly contracts: readonly (ComparedContract['stated'][number] & { readonly file: string })[];
  /** Changes of schemas that documents which did not change may refer to. */
  readonly shared: readonly DetectedChange[];
  /** What specs demand of things by name, and did not before. */
  readonly demands: readonly NewDemand[];
  /** All changed files, as they were called. */
  readonly files: ReadonlySet<string>;
  /** Changed files of a kind that is not compared, by path. */
  readonly skipped: readonly SkippedChange[];
}

/** Something that an operation took or answered is gone, and no node stands for it. */
const UNASKED: ReadonlySet<ContractChangeKind> = new Set<ContractChangeKind>(['status-removed', 'media-type-removed', 'security-removed']);
/** Endings of what may be a contract; whether it is one is seen in the text. */
const MAY_BE_CONTRACT = /\.(json|ya?ml|graphqls?|gql|proto)$/i;

/**
 * The declarations, parts of contracts and of specs that differ between two states of a repository, found from their texts alone:
 * no graph, no compiler.
 * Throws BAD_INPUT and GIT_FAILED as {@link changedFiles} does.
 */
export async function detectChanges(repository: Repository, range: Omit<DiffRange, 'root'>): Promise<Detected> {
  const files = await changedFiles(repository.root, range);
  const compared = files.map(sourcesOnly).filter(({ before, after }) => before ?? after);
  const documents = files.filter((file) => MAY_BE_CONTRACT.test(pathOf(file)));
  const texts = await readTexts(repository.root, [...compared, ...documents].flatMap(versionsOf));
  const contracts = documents.filter(({ before, after }) =>
    [before, after].some((version) => version && contractFormatOf(version.path, texts.get(version) ?? '')),
  );
  const specs = documents.filter(
    (file) => !contracts.includes(file) && versionsOf(file).some((version) => isSpec(version.path, texts.get(version) ?? '')),
  );
  const declarations = (version: FileVersion | undefined): readonly Node[] => {
    const text = version && texts.get(version);
    return text === undefined ? [] : declarationsOf({ repo: repository.name, path: version!.path, text });
  };
  const renamed = new Map(
    compared.flatMap(({ before, after }) => (before && after && before.path !== after.path ? [[before.path, after.path] as const] : [])),
  );
  const changes = compareDeclarations(
    compared.flatMap(({ before }) => declarations(before)),
    compared.flatMap(({ after }) => declarations(after)),
    renamed,
  );
  const modules = compared.flatMap((file) => compareModules(repository.name, file, texts));
  const ofContracts = await contractChanges(repository, contracts, files, texts);
  const ofSpecs = specs.map((file) => ({ file, changes: changesOfSpec(repository.name, file, texts) }));
  return {
    changes: [
      ...changes,
      ...modules,
      ...ofContracts.flatMap(({ contract }) => contract.asked),
      ...ofSpecs.flatMap(({ changes: { asked } }) => asked),
    ].sort(compareChanges),
    unasked: [
      ...ofSpecs.flatMap(({ changes: { unasked } }) => unasked),
      ...ofContracts.flatMap(({ file, contract }) =>
        contract.stated.flatMap(({ change: { operation: id, kind, detail }, asked }) =>
          asked || !UNASKED.has(kind)
            ? []
            : [{ id, file, declaration: id.slice(id.indexOf('#') + 1), change: 'change-type' as const, detail }],
        ),
      ),
    ],
    demands: ofSpecs.flatMap(({ changes: { demands } }) => demands),
    contracts: ofContracts.flatMap(({ file, contract }) => contract.stated.map((stated) => ({ ...stated, file }))),
    files: new Set(files.map(({ before, after }) => (before ?? after)!.path)),
    shared: ofContracts.flatMap(({ contract }) => contract.shared),
    skipped: [
      ...ofSpecs.flatMap(({ file, changes: { unread } }) => (unread === undefined ? [] : [{ file: pathOf(file), reason: unread }])),
      ...files
        .filter((file) => versionsOf(sourcesOnly(file)).length === 0 && !contracts.includes(file) && !specs.includes(file))
        .map((file) => ({ file: pathOf(file), reason: 'only TypeScript and JavaScript sources, contracts and specs are compared' })),
    ].sort((a, b) => compare(a.file, b.file)),
  };
}

function changesOfSpec(repo: string, file: ChangedFile, texts: ReadonlyMap<FileVersion, string>): SpecChanges {
  const [before, after] = [file.before, file.after].map((version) => {
    const text = version && texts.get(version);
    return text === undefined ? undefined : { path: version!.path, text };
  });
  return specChanges(repo, before, after);
}

/** Files that a contract refers to are those of the same version where they changed, else those of the work tree. */
async function contractChanges(
  { root, name }: Repository,
  contracts: readonly ChangedFile[],
  files: readonly ChangedFile[],
  texts: ReadonlyMap<FileVersion, string>,
): Promise<readonly { readonly file: string; readonly contract: ComparedContract }[]> {
  const versions = (side: 'before' | 'after'): ((version: FileVersion | undefined) => ContractVersion | undefined) => {
    const changed = new Map(files.flatMap((file) => (file[side] ? [[file[side].path, texts.get(file[side])] as const] : [])));
    const gone = new Set(files.flatMap((file) => (file[side] ? [] : [pathOf(file)])));
    const other = (path: string): string | undefined => {
      if (gone.has(path) || path.startsWith('../')) return undefined;
      return changed.get(path) ?? textOfFile(join(root, path));
    };
    return (version) => {
      const text = version && texts.get(version);
      return text === undefined ? undefined : { path: version!.path, text, other };
    };
  };
  const [before, after] = [versions('before'), versions('after')];
  const found: { file: string; contract: ComparedContract }[] = [];
  for (const file of contracts) {
    const was = before(file.before);
    if (was) found.push({ file: was.path, contract: await compareContracts(name, was, after(file.after)) });
  }
  return found;
}

function textOfFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // not there, or not readable: reported by the worker that asked
  }
}

const versionsOf = ({ before, after }: ChangedFile): readonly FileVersion[] => [before, after].filter((version) => version !== undefined);

const sourcesOnly = ({ before, after }: ChangedFile): ChangedFile => ({
  ...(before && isSource(before.path) ? { before } : {}),
  ...(after && isSource(after.path) ? { after } : {}),
});

function compareModules(repo: string, { before, after }: ChangedFile, texts: ReadonlyMap<FileVersion, string>): readonly DetectedChange[] {
  const was = before && texts.get(before);
  if (before === undefined || was === undefined) return [];
  const report = (change: DetectedChange['change'], detail: string): DetectedChange => ({
    id: moduleId(repo, before.path),
    file: before.path,
    declaration: '<module>',
    change,
    detail,
  });
  const is = after && texts.get(after);
  if (after === undefined || is === undefined) return [report('remove', 'file removed')];
  const findings = compareTopLevel(topLevelOf({ path: before.path, text: was }), topLevelOf({ path: after.path, text: is }));
  return [
    ...(before.path === after.path ? [] : [report('move', `moved to ${after.path}`)]),
    ...findings.map(({ change, detail }) => report(change, detail)),
  ];
}
