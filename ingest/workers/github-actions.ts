import { makeId, resourceId, type NodeId } from '../../graph/model/id.ts';
import { collectFacts, type Facts } from '../facts.ts';
import type { Source, SourceFacts, SourceFormat } from '../file-worker.ts';
import { configKey, declareConfig } from '../parse/environment.ts';
import { imageNode } from '../parse/image.ts';
import { baseName, pathFrom } from '../parse/paths.ts';
import { scalarsOf } from '../parse/scalars.ts';
import { entriesOf, isRecord, itemsOf, memberOf, scalarOf, readTrees, textOf, type Tree, type TreePath } from '../parse/tree.ts';
import { eachAt } from '../parse/one-or-many.ts';

const WORKFLOW = /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/i;
const ACTION = /(?:^|\/)action\.ya?ml$/i;
/** Given to every run. */
const PREDEFINED = /^GITHUB_TOKEN$/i;
const CONTEXT = /\$\{\{[^{}]*\}\}/g;
const SETTING = /\b(secrets|vars)(?:\.([A-Za-z_]\w*)|\[['"]([A-Za-z_]\w*)['"]\])/g;

/** GitHub Actions: jobs, what they use, the variables they set and the secrets they take. */
export const githubActionsFormat: SourceFormat = {
  name: 'github-actions',
  version: 1,
  claims: (path) => WORKFLOW.test(path) || ACTION.test(path),
  recognises: (text, path) => (WORKFLOW.test(path) ? /^["']?jobs["']?\s*:/m.test(text) : /^runs\s*:/m.test(text)),
  read,
};

interface Reading {
  readonly source: Source;
  readonly facts: Facts;
  readonly tree: Tree;
}

function read(source: Source): SourceFacts {
  const { repo, path } = source;
  const facts = collectFacts(path);
  const { trees, diagnostics } = readTrees(source.text, path);
  facts.diagnose(...diagnostics);
  for (const tree of trees.slice(0, 1)) {
    const reading = { source, facts, tree };
    const isWorkflow = WORKFLOW.test(path);
    const file = isWorkflow ? baseName(path) : path.replace(/\/?action\.ya?ml$/i, '');
    const id = isWorkflow ? resourceId(repo, `workflow/${file}`) : actionId(repo, `./${file}`);
    const name = textOf(memberOf(tree.value, 'name')) ?? file;
    const doc = textOf(memberOf(tree.value, 'description'));
    facts.node({
      id,
      kind: 'Resource',
      name,
      repo,
      file: path,
      span: tree.spanOf([]),
      props: { type: isWorkflow ? 'workflow' : 'action', ...(doc === undefined ? {} : { doc }) },
    });
    environment(reading, id, ['env'], memberOf(tree.value, 'env'));
    for (const [job, value] of entriesOf(memberOf(tree.value, 'jobs'))) jobOf(reading, id, file, job, value);
    steps(reading, id, ['runs', 'steps'], memberOf(memberOf(tree.value, 'runs'), 'steps'));
    settings(reading, id, Object.fromEntries(entriesOf(tree.value).filter(([key]) => key !== 'jobs')), []);
  }
  return facts.done();
}

/** `owner/name`, or the folder of an action of this repository. Versions are not part of it. */
const actionId = (repo: string, uses: string): NodeId => {
  const folder = uses.startsWith('.') ? pathFrom('', uses) : undefined;
  return resourceId(repo, `action/${folder === undefined ? uses.replace(/@.*$/, '') : `./${folder}`}`);
};

function jobOf(reading: Reading, workflow: NodeId, file: string, job: string, value: unknown): void {
  const { source, facts, tree } = reading;
  const { repo, path } = source;
  const at: TreePath = ['jobs', job];
  const idFor = (name: string): NodeId => makeId({ repo, scheme: 'res', path: `workflow/${file}`, descriptor: name });
  const id = facts.node({ id: idFor(job), kind: 'Resource', name: job, repo, file: path, span: tree.spanOf(at), props: { type: 'job' } });
  facts.edge(workflow, 'CONTAINS', id, tree.spanOf(at), 'workflow-job');
  for (const [need, where] of eachAt(memberOf(value, 'needs'), [...at, 'needs']))
    if (typeof need === 'string') facts.edge(id, 'DEPENDS_ON', idFor(need), tree.spanOf(where), 'workflow-needs');
  const uses = textOf(memberOf(value, 'uses'));
  if (uses !== undefined) use(reading, id, uses, [...at, 'uses']);
  const container = memberOf(value, 'container');
  image(reading, id, isRecord(container) ? memberOf(container, 'image') : container, [...at, 'container']);
  environment(reading, id, [...at, 'container', 'env'], memberOf(container, 'env'));
  for (const [service, definition] of entriesOf(memberOf(value, 'services'))) {
    image(reading, id, memberOf(definition, 'image'), [...at, 'services', service]);
    environment(reading, id, [...at, 'services', service, 'env'], memberOf(definition, 'env'));
  }
  environment(reading, id, [...at, 'env'], memberOf(value, 'env'));
  steps(reading, id, [...at, 'steps'], memberOf(value, 'steps'));
  settings(reading, id, value, at);
}

function steps(reading: Reading, by: NodeId, at: TreePath, value: unknown): void {
  for (const [index, step] of itemsOf(value).entries()) {
    const uses = textOf(memberOf(step, 'uses'));
    if (uses !== undefined) use(reading, by, uses, [...at, index, 'uses']);
    environment(reading, by, [...at, index, 'env'], memberOf(step, 'env'));
  }
}

function use(reading: Reading, by: NodeId, uses: string, at: TreePath): void {
  const { source, facts, tree } = reading;
  if (uses.startsWith('docker://')) return image(reading, by, uses.slice('docker://'.length), at);
  const span = tree.spanOf(at);
  const workflow = /^\.\/.*\/workflows\/([^/@]+)$/.exec(uses)?.[1];
  if (workflow !== undefined) return facts.edge(by, 'DEPENDS_ON', resourceId(source.repo, `workflow/${workflow}`), span, 'workflow-uses');
  const id = actionId(source.repo, uses);
  if (!uses.startsWith('.'))
    facts.node({
      id,
      kind: 'Resource',
      name: uses.replace(/@.*$/, ''),
      repo: source.repo,
      file: source.path,
      span,
      props: { type: 'action' },
    });
  facts.edge(by, 'DEPENDS_ON', id, span, 'workflow-uses');
}

function image({ source: { repo, path }, facts, tree }: Reading, by: NodeId, value: unknown, at: TreePath): void {
  if (typeof value !== 'string' || value === '' || value.includes('${{')) return;
  const span = tree.spanOf(at);
  const to = imageNode(facts, { repo, file: path, span }, value);
  facts.edge(by, 'DEPENDS_ON', to, span, 'workflow-image');
}

function environment({ source: { repo, path }, facts, tree }: Reading, by: NodeId, at: TreePath, value: unknown): void {
  for (const [name, text] of entriesOf(value)) {
    if (isRecord(text)) continue;
    const written = scalarOf(text);
    const known = written?.includes('${{') ? undefined : written;
    declareConfig(facts, { repo, file: path, span: tree.spanOf([...at, name]) }, by, name, 'workflow-env', { value: known });
  }
}

/** Secrets and variables of the repository's settings that expressions name. */
function settings({ source: { repo, path }, facts, tree }: Reading, by: NodeId, value: unknown, at: TreePath): void {
  for (const [where, text] of scalarsOf(value)) {
    const isCondition = where.at(-1) === 'if';
    if (!isCondition && !text.includes('${{')) continue;
    for (const [expression] of isCondition ? [[text]] : text.slice(0, 100_000).matchAll(CONTEXT))
      for (const [, scope, dotted, quoted] of expression.matchAll(SETTING)) {
        const name = dotted ?? quoted ?? '';
        if (PREDEFINED.test(name)) continue;
        const span = tree.spanOf([...at, ...where]);
        const id = configKey(facts, { repo, file: path, span }, name, { mention: true, ...(scope === 'secrets' ? { secret: true } : {}) });
        if (id !== undefined) facts.edge(by, 'READS_CONFIG', id, span, `workflow-${scope}`);
      }
  }
}
