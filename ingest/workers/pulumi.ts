import { resourceId, type NodeId } from '../../graph/model/id.ts';
import { collectFacts, type Facts } from '../facts.ts';
import type { Source, SourceFacts, SourceFormat } from '../file-worker.ts';
import { declareConfig } from '../parse/environment.ts';
import { folderOf } from '../parse/paths.ts';
import { scalarsOf } from '../parse/scalars.ts';
import { entriesOf, isRecord, itemsOf, memberOf, readTrees, textOf, type Tree, type TreePath } from '../parse/tree.ts';

const PULUMI = /(?:^|\/)(?:Pulumi|Main)\.ya?ml$/;
const ENVIRONMENT = /^(?:env|envs|environment|environmentVariables|variables)$/;

/** Pulumi programs in YAML: resources, configuration and outputs, and what refers to what. */
export const pulumiFormat: SourceFormat = {
  name: 'pulumi',
  version: 1,
  claims: (path) => PULUMI.test(path),
  recognises: (text) => /^["']?resources["']?\s*:/m.test(text),
  read,
};

function read(source: Source): SourceFacts {
  const { repo, path } = source;
  const facts = collectFacts(path);
  const { trees, diagnostics } = readTrees(source.text, path);
  facts.diagnose(...diagnostics);
  for (const tree of trees.slice(0, 1)) {
    const folder = folderOf(path);
    const project = textOf(memberOf(tree.value, 'name')) ?? (folder === '' ? 'pulumi' : folder);
    for (const [section, prefix] of [
      ['resources', ''],
      ['variables', 'var.'],
      ['configuration', 'config.'],
      ['config', 'config.'],
      ['outputs', 'output.'],
    ] as const)
      for (const [name, value] of entriesOf(memberOf(tree.value, section))) {
        const at: TreePath = [section, name];
        const type = textOf(memberOf(value, 'type'));
        const id = facts.node({
          id: resourceId(repo, `pulumi/${project}/${prefix}${name}`),
          kind: 'Resource',
          name,
          repo,
          file: path,
          span: tree.spanOf(at),
          props: { type: section === 'resources' && type !== undefined ? type : `pulumi/${section}` },
        });
        references(repo, facts, tree, id, project, at, value);
        if (section === 'resources') environment(repo, path, facts, tree, id, at, value);
      }
  }
  return facts.done();
}

/** `${name}`, `${name.output}`. What a name stands for is not said by it, so both a resource and a variable are linked; one exists. */
function references(repo: string, facts: Facts, tree: Tree, from: NodeId, project: string, at: TreePath, value: unknown): void {
  for (const [where, text] of scalarsOf(value))
    for (const [, name = ''] of text.matchAll(/\$\{([A-Za-z_][\w-]*)/g))
      for (const prefix of ['', 'var.', 'config.']) {
        const to = resourceId(repo, `pulumi/${project}/${prefix}${name}`);
        if (to !== from) facts.edge(from, 'DEPENDS_ON', to, tree.spanOf([...at, ...where]), 'pulumi-reference');
      }
}

function environment(repo: string, file: string, facts: Facts, tree: Tree, by: NodeId, at: TreePath, value: unknown, depth = 0): void {
  if (depth > 20) return;
  const declare = (name: string, path: TreePath, text: unknown): void =>
    declareConfig(facts, { repo, file, span: tree.spanOf(path) }, by, name, 'pulumi-environment', {
      value: typeof text === 'string' && !text.includes('${') ? text : undefined,
    });
  for (const [index, item] of itemsOf(value).entries()) environment(repo, file, facts, tree, by, [...at, index], item, depth + 1);
  for (const [name, inner] of entriesOf(value)) {
    const here = [...at, name];
    if (!ENVIRONMENT.test(name)) {
      environment(repo, file, facts, tree, by, here, inner, depth + 1);
      continue;
    }
    const isNested = isRecord(inner) && isRecord(inner['variables']);
    for (const [variable, text] of entriesOf(isNested ? inner['variables'] : inner))
      if (!isRecord(text)) declare(variable, [...here, ...(isNested ? ['variables'] : []), variable], text);
    for (const [index, item] of itemsOf(inner).entries()) {
      const variable = textOf(memberOf(item, 'name'));
      if (variable !== undefined) declare(variable, [...here, index], memberOf(item, 'value'));
    }
  }
}
