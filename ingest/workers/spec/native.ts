import { specId, teamId, type NodeId } from '../../../graph/model/id.ts';
import type { Source, SourceFacts } from '../../file-worker.ts';
import type { DemandKey } from '../../keys.ts';
import { entriesOf, isRecord, itemsOf, memberOf, readTrees, textOf, type Tree, type TreePath, scalarAt } from '../../parse/tree.ts';
import { invalidPartsOf, pointersTo, statedParts, textAt, type StatedPart } from './native-document.ts';
import type { SpecFormat } from './spec-format.ts';
import { createStatement, type Statement } from './statement.ts';

/** What a link says, in the words of the graph. */
const EDGE_OF: Readonly<Record<string, DemandKey['edge']>> = {
  implements: 'SPECIFIES',
  affects: 'SPECIFIES',
  dependsOn: 'DEPENDS_ON',
  constrainedBy: 'MENTIONS',
  documentedBy: 'MENTIONS',
  conflictsWith: 'CONFLICTS_WITH',
  refines: 'REFINES',
  derivedFrom: 'DERIVED_FROM',
  verifiedBy: 'VERIFIES',
};
/** `vitest:tests/upload.test.ts#title` is the test, whoever runs it. */
const RUNNER = /^(vitest|jest|mocha|ava|tap|node|playwright|cypress|pytest|go|cargo|junit|cucumber):(?=\S)/;

/** specgraph's own format: `*.spec.yaml`. */
export const native: SpecFormat = {
  claims: (path) => /\.spec\.ya?ml$/i.test(path),
  recognises: (text) => /(?:^|[{,\s"'])(?:feature|specVersion|acceptance)["']?[ \t]*:/m.test(text),
  read: readNative,
};

function readNative(source: Source): SourceFacts {
  const { trees, diagnostics } = readTrees(source.text, source.path);
  const statement = createStatement(source);
  for (const { message, span, code, severity } of diagnostics) if (span) statement.problem(code, message, span, severity);
  for (const tree of trees) if (isRecord(tree.value)) readSpec(source, tree, statement);
  return statement.facts();
}

function readSpec({ repo, path }: Source, tree: Tree, statement: Statement): void {
  const spec = tree.value;
  for (const { at, message } of invalidPartsOf(tree)) statement.problem('invalid-spec', message, tree.spanOf(at));
  const written = scalarAt(tree, ['feature'])?.trim() ?? '';
  const feature = /^[^\n\r]{1,200}$/.test(written) ? written : path.replace(/^.*\//, '').replace(/\.spec\.ya?ml$/i, '');
  const owner = memberOf(spec, 'owner');
  const ownerName =
    scalarAt(tree, ['owner']) ?? textOf(memberOf(owner, 'team')) ?? textOf(memberOf(owner, 'how')) ?? textOf(memberOf(owner, 'why'));
  const [status, version] = [scalarAt(tree, ['status']), scalarAt(tree, ['specVersion'])];
  const texts = ['description', 'why'].flatMap((key) => {
    const text = scalarAt(tree, [key]);
    return text === undefined ? [] : [{ text, span: tree.spanOf([key]) }];
  });
  const id = statement.spec(
    feature,
    {
      format: 'specgraph',
      ...(status === undefined ? {} : { status }),
      ...(version === undefined ? {} : { version }),
      ...(ownerName === undefined ? {} : { owner: ownerName }),
    },
    tree.spanOf(Object.hasOwn(spec as object, 'feature') ? ['feature'] : []),
    texts,
  );
  const team = textOf(memberOf(owner, 'team'));
  if (team) {
    const span = tree.spanOf(['owner', 'team']);
    statement.node({ id: teamId(repo, team), kind: 'Team', name: team, repo, file: path, span, props: {} });
    statement.edge(id, 'OWNED_BY', teamId(repo, team), 'spec-owner', span);
  }

  /** Node of each part by the pointers to it: provenance and questions name parts that way. */
  const parts = new Map<string, NodeId>();
  const stated = statedParts(tree);
  for (const part of stated.criteria) {
    const criterion = readCriterion(tree, statement, { feature, parent: id, part });
    for (const pointer of pointersTo(part)) parts.set(pointer, criterion);
  }
  for (const part of stated.nfrs) {
    const { at, item, text, category } = part;
    const measure = memberOf(item, 'measure');
    const where = { feature, name: part.id, parent: id, span: tree.spanOf(at) };
    const nfr = statement.part('Nfr', where, { text, category, ...(isRecord(measure) ? { measure } : {}) });
    readVerify(tree, statement, nfr, [...at, 'verify'], memberOf(item, 'verify'));
    for (const pointer of pointersTo(part)) parts.set(pointer, nfr);
  }
  itemsOf(memberOf(spec, 'dependencies')).forEach((item, index) => {
    const at: TreePath = ['dependencies', index];
    const target = scalarAt(tree, [...at, 'target']);
    const refs = target === undefined ? [textAt(tree, at, item)] : [target, scalarAt(tree, [...at, 'contract'])];
    for (const ref of refs) if (ref !== undefined && ref.trim() !== '') statement.demand(id, 'DEPENDS_ON', ref.trim(), tree.spanOf(at));
  });
  for (const { at, text, id: name } of stated.questions) {
    const answer = scalarAt(tree, [...at, 'answer']) ?? scalarAt(tree, [...at, 'waived']);
    const span = tree.spanOf(at);
    const question = statement.part('Question', { feature, name, parent: id, span }, { text, ...(answer === undefined ? {} : { answer }) });
    const about = parts.get(scalarAt(tree, [...at, 'about']) ?? '');
    if (about) statement.edge(question, 'MENTIONS', about, 'question-about', span);
  }
  readLinks(tree, statement, id, ['links'], memberOf(spec, 'links'));
  itemsOf(memberOf(spec, 'provenance')).forEach((item, index) => {
    const from = parts.get(scalarAt(tree, ['provenance', index, 'claim']) ?? '') ?? id;
    itemsOf(memberOf(item, 'sources')).forEach((_, position) => {
      const at: TreePath = ['provenance', index, 'sources', position];
      const ref = scalarAt(tree, [...at, 'node']);
      // What people said to the SpecAgent is kept beside the specs, and is nothing of the system.
      if (ref && !ref.startsWith('note:')) statement.demand(from, 'DERIVED_FROM', ref, tree.spanOf(at));
    });
  });
  const supersedes = /^SPEC-([^@\s]+)/.exec(scalarAt(tree, ['supersedes']) ?? '')?.[1];
  // A new version of the same feature is the same node.
  if (supersedes && specId(repo, supersedes) !== id) statement.demand(id, 'SUPERSEDES', `spec:${supersedes}`, tree.spanOf(['supersedes']));
}

interface CriterionAt {
  readonly feature: string;
  readonly parent: NodeId;
  readonly part: StatedPart;
}

function readCriterion(tree: Tree, statement: Statement, { feature, parent, part }: CriterionAt): NodeId {
  const { at, item, text, id: name } = part;
  const [rev, priority] = [memberOf(item, 'rev'), scalarAt(tree, [...at, 'priority'])];
  const scenarios = itemsOf(memberOf(item, 'scenarios')).map((scenario) =>
    entriesOf(scenario)
      .filter(([key]) => key !== 'examples')
      .map(
        ([key, steps]) =>
          `${key} ${(Array.isArray(steps) ? (steps as unknown[]) : [steps]).filter((step) => typeof step === 'string').join(', ')}`,
      )
      .join(' '),
  );
  const criterion = statement.part(
    'AcceptanceCriterion',
    { feature, name, parent, span: tree.spanOf(at) },
    {
      text,
      ...(typeof rev === 'number' && Number.isSafeInteger(rev) ? { rev } : {}),
      ...(priority === undefined ? {} : { priority }),
      ...(scenarios.length === 0 ? {} : { doc: [text, ...scenarios].join(' ') }),
    },
  );
  // `[imageUpload/AC-1]` is the first criterion of a spec whose criteria have no ids.
  const place = at.at(-1);
  if (!part.isGiven && typeof place === 'number') statement.alias(criterion, feature, `AC-${place + 1}`, true);
  const system = scalarAt(tree, [...at, 'ears', 'system']);
  if (system) statement.demand(criterion, 'SPECIFIES', system, tree.spanOf([...at, 'ears', 'system']));
  readVerify(tree, statement, criterion, [...at, 'verify'], memberOf(item, 'verify'));
  readLinks(tree, statement, criterion, [...at, 'links'], memberOf(item, 'links'));
  return criterion;
}

function readVerify(tree: Tree, statement: Statement, from: NodeId, at: TreePath, list: unknown): void {
  itemsOf(list).forEach((_, index) => {
    const [kind, ref] = [scalarAt(tree, [...at, index, 'kind']), scalarAt(tree, [...at, index, 'ref'])];
    if (!ref) return;
    const span = tree.spanOf([...at, index]);
    if (kind === 'test') statement.verifiedBy(from, ref.replace(RUNNER, 'test:'), span);
    else if (kind === 'contract') statement.demand(from, 'SPECIFIES', ref, span);
    else if (kind === 'policy') statement.demand(from, 'MENTIONS', ref, span);
  });
}

function readLinks(tree: Tree, statement: Statement, from: NodeId, at: TreePath, list: unknown): void {
  itemsOf(list).forEach((_, index) => {
    const [rel, target] = [scalarAt(tree, [...at, index, 'rel']) ?? '', scalarAt(tree, [...at, index, 'target'])];
    const edge = Object.hasOwn(EDGE_OF, rel) ? EDGE_OF[rel] : undefined;
    if (!edge || !target) return;
    const span = tree.spanOf([...at, index]);
    if (edge === 'VERIFIES') statement.verifiedBy(from, target.replace(RUNNER, 'test:'), span);
    else statement.demand(from, edge, target, span);
  });
}
