import { specId, teamId, type NodeId } from '../../../graph/model/id.ts';
import type { Span } from '../../../graph/model/provenance.ts';
import type { Source, SourceFacts } from '../../file-worker.ts';
import type { DemandKey } from '../../keys.ts';
import { entriesOf, isRecord, itemsOf, memberOf, readTrees, textOf, type Tree, type TreePath, scalarAt } from '../../parse/tree.ts';
import { NativeSpec } from './native-schema.ts';
import type { SpecFormat } from './spec-format.ts';
import { createStatement, unnamed, type Statement } from './statement.ts';
import { eachAt } from '../../parse/one-or-many.ts';

const MOST_PROBLEMS = 50;

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
  for (const { message, span, code } of diagnostics) if (span) statement.problem(code, message, span);
  for (const tree of trees) if (isRecord(tree.value)) readSpec(source, tree, statement);
  return statement.facts();
}

function readSpec({ repo, path }: Source, tree: Tree, statement: Statement): void {
  const spec = tree.value;
  report(tree, statement);
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

  /** Node of each part by its JSON pointer: provenance and questions name parts that way. */
  const parts = new Map<string, NodeId>();
  itemsOf(memberOf(spec, 'acceptance')).forEach((item, index) => {
    const at: TreePath = ['acceptance', index];
    const criterion = readCriterion(tree, statement, { feature, parent: id, at, item });
    if (criterion) parts.set(`/acceptance/${index}`, criterion);
  });
  for (const [category, value] of entriesOf(memberOf(spec, 'nfrs'))) {
    for (const [item, at] of eachAt(value, ['nfrs', category])) {
      const text = textAt(tree, at, item);
      if (text === undefined) continue;
      const measure = memberOf(item, 'measure');
      const name = scalarAt(tree, [...at, 'id']) ?? unnamed(`NFR-${category}`, text);
      const where = { feature, name, parent: id, span: tree.spanOf(at) };
      const nfr = statement.part('Nfr', where, { text, category, ...(isRecord(measure) ? { measure } : {}) });
      readVerify(tree, statement, nfr, [...at, 'verify'], memberOf(item, 'verify'));
      parts.set(`/${at.join('/')}`, nfr);
    }
  }
  itemsOf(memberOf(spec, 'dependencies')).forEach((item, index) => {
    const at: TreePath = ['dependencies', index];
    const target = scalarAt(tree, [...at, 'target']);
    const refs = target === undefined ? [textAt(tree, at, item)] : [target, scalarAt(tree, [...at, 'contract'])];
    for (const ref of refs) if (ref !== undefined && ref.trim() !== '') statement.demand(id, 'DEPENDS_ON', ref.trim(), tree.spanOf(at));
  });
  itemsOf(memberOf(spec, 'questions')).forEach((item, index) => {
    const at: TreePath = ['questions', index];
    const text = textAt(tree, at, item);
    if (text === undefined) return;
    const answer = scalarAt(tree, [...at, 'answer']) ?? scalarAt(tree, [...at, 'waived']);
    const name = scalarAt(tree, [...at, 'id']) ?? unnamed('Q', text);
    const span = tree.spanOf(at);
    const question = statement.part('Question', { feature, name, parent: id, span }, { text, ...(answer === undefined ? {} : { answer }) });
    const about = parts.get(scalarAt(tree, [...at, 'about']) ?? '');
    if (about) statement.edge(question, 'MENTIONS', about, 'question-about', span);
  });
  readLinks(tree, statement, id, ['links'], memberOf(spec, 'links'));
  itemsOf(memberOf(spec, 'provenance')).forEach((item, index) => {
    const from = parts.get(scalarAt(tree, ['provenance', index, 'claim']) ?? '') ?? id;
    itemsOf(memberOf(item, 'sources')).forEach((_, position) => {
      const at: TreePath = ['provenance', index, 'sources', position];
      const ref = scalarAt(tree, [...at, 'node']);
      if (ref) statement.demand(from, 'DERIVED_FROM', ref, tree.spanOf(at));
    });
  });
  const supersedes = /^SPEC-([^@\s]+)/.exec(scalarAt(tree, ['supersedes']) ?? '')?.[1];
  // A new version of the same feature is the same node.
  if (supersedes && specId(repo, supersedes) !== id) statement.demand(id, 'SUPERSEDES', `spec:${supersedes}`, tree.spanOf(['supersedes']));
}

interface CriterionAt {
  readonly feature: string;
  readonly parent: NodeId;
  readonly at: TreePath;
  readonly item: unknown;
}

function readCriterion(tree: Tree, statement: Statement, { feature, parent, at, item }: CriterionAt): NodeId | undefined {
  const text = textAt(tree, at, item);
  if (text === undefined) return undefined;
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
  const name = scalarAt(tree, [...at, 'id']) ?? unnamed('AC', text);
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
  if (scalarAt(tree, [...at, 'id']) === undefined && typeof place === 'number')
    statement.alias(criterion, feature, `AC-${place + 1}`, true);
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
    if (kind === 'test') statement.demand(from, 'VERIFIES', ref.replace(RUNNER, 'test:'), span);
    else if (kind === 'contract') statement.demand(from, 'SPECIFIES', ref, span);
    else if (kind === 'policy') statement.demand(from, 'MENTIONS', ref, span);
  });
}

function readLinks(tree: Tree, statement: Statement, from: NodeId, at: TreePath, list: unknown): void {
  itemsOf(list).forEach((_, index) => {
    const [rel, target] = [scalarAt(tree, [...at, index, 'rel']) ?? '', scalarAt(tree, [...at, index, 'target'])];
    const edge = Object.hasOwn(EDGE_OF, rel) ? EDGE_OF[rel] : undefined;
    if (edge && target)
      statement.demand(from, edge, edge === 'VERIFIES' ? target.replace(RUNNER, 'test:') : target, tree.spanOf([...at, index]));
  });
}

/** Text of an item of a list: of the scalar, of its `text`, or of the map that YAML made of `k: v`. */
function textAt(tree: Tree, at: TreePath, item: unknown): string | undefined {
  const text = scalarAt(tree, at) ?? scalarAt(tree, [...at, 'text']);
  if (text !== undefined) return text.trim() === '' ? undefined : text;
  const [[key, value] = [], ...more] = entriesOf(item);
  if (key === undefined || more.length > 0 || (typeof value === 'object' && value !== null)) return undefined;
  return `${key}: ${scalarAt(tree, [...at, key]) ?? ''}`.trim();
}

function report(tree: Tree, statement: Statement): void {
  for (const { path, message } of NativeSpec.safeParse(tree.value).error?.issues.slice(0, MOST_PROBLEMS) ?? []) {
    const at = path.map((segment) => (typeof segment === 'number' ? segment : String(segment)));
    const span: Span = tree.spanOf(at);
    const name = at.length === 0 ? 'The spec' : at.join('.');
    statement.problem(
      'invalid-spec',
      `${name}: ${message}. The rest of the spec is read; see spec.schema.json for what is expected.`,
      span,
    );
  }
}
