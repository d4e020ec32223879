import { resourceId, type NodeId } from '../../../graph/model/id.ts';
import { collectFacts, type Facts } from '../../facts.ts';
import type { Source, SourceFacts, SourceFormat } from '../../file-worker.ts';
import { declareConfig } from '../../parse/environment.ts';
import { imageNode } from '../../parse/image.ts';
import { wholeSpan } from '../../parse/lines.ts';
import { folderOf } from '../../parse/paths.ts';
import {
  entriesOf,
  isRecord,
  itemsOf,
  memberOf,
  readTrees,
  textOf,
  type Tree,
  type TreePath,
  scalarOf,
  valueAt,
} from '../../parse/tree.ts';
import { readManifests } from './manifest.ts';

const CHART = /(?:^|\/)Chart\.ya?ml$/;
const VALUES = /(?:^|\/)values(?:[.-][\w.-]+)?\.ya?ml$/;
const TEMPLATE = /(?:^|\/)templates\/.*\.ya?ml$/;
/** Keys of values under which charts keep environment variables. */
const ENVIRONMENT = /^(?:env|envs|environment|envVars|extraEnv|extraEnvVars|environmentVariables)$/i;
/** Characters of a line of a template. Longer ones are blobs. */
const LONGEST_LINE = 2000;

/** Helm charts: what they depend on, the values that name images and variables, and templates as far as they read as manifests. */
export const helmFormat: SourceFormat = {
  name: 'helm',
  version: 1,
  claims: (path) => CHART.test(path) || VALUES.test(path) || TEMPLATE.test(path),
  recognises: (text, path) => (TEMPLATE.test(path) ? text.includes('{{') : VALUES.test(path) || /^name\s*:/m.test(text)),
  read,
};

interface Chart {
  readonly name: string;
  readonly id: NodeId;
  readonly folder: string;
}

function read(source: Source): SourceFacts {
  const facts = collectFacts(source.path);
  const chart = chartOf(source);
  if (!chart) return facts.done();
  if (TEMPLATE.test(source.path)) {
    template(source, facts, chart);
    return facts.done();
  }
  const { trees, diagnostics } = readTrees(source.text, source.path);
  facts.diagnose(...diagnostics);
  for (const tree of trees.slice(0, 1)) (CHART.test(source.path) ? chartFile : values)(source, facts, tree, chart);
  return facts.done();
}

/** The chart whose folder the file is in. */
function chartOf({ repo, path, text, other }: Source): Chart | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const at = folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`;
    const chart = at === path ? text : other(at);
    const name = chart === undefined ? undefined : /^name\s*:\s*["']?([\w.-]+)/m.exec(chart)?.[1];
    if (name !== undefined) return { name, id: resourceId(repo, `helm/${name}`), folder };
    if (folder === '' || chart !== undefined) return undefined;
  }
}

function chartFile({ repo, path }: Source, facts: Facts, tree: Tree, { id, name }: Chart): void {
  const doc = textOf(memberOf(tree.value, 'description'));
  facts.node({
    id,
    kind: 'Resource',
    name,
    repo,
    file: path,
    span: tree.spanOf([]),
    props: { type: 'helm', ...(doc === undefined ? {} : { doc: doc.slice(0, 300) }) },
  });
  for (const [index, dependency] of itemsOf(memberOf(tree.value, 'dependencies')).entries()) {
    const used = textOf(memberOf(dependency, 'name'));
    const span = tree.spanOf(['dependencies', index]);
    if (used === undefined) continue;
    const to = facts.node({
      id: resourceId(repo, `helm/${used}`),
      kind: 'Resource',
      name: used,
      repo,
      file: path,
      span,
      props: { type: 'helm' },
    });
    facts.edge(id, 'DEPENDS_ON', to, span, 'helm-dependency');
  }
}

function values({ repo, path }: Source, facts: Facts, tree: Tree, { id }: Chart): void {
  const visit = (value: unknown, at: TreePath): void => {
    if (at.length > 12 || !isRecord(value)) return;
    for (const [name, inner] of Object.entries(value)) {
      const here = [...at, name];
      const place = { repo, file: path, span: tree.spanOf(here) };
      if (ENVIRONMENT.test(name)) {
        for (const [variable, text] of entriesOf(inner))
          if (!isRecord(text))
            declareConfig(facts, { ...place, span: tree.spanOf([...here, variable]) }, id, variable, 'helm-values', {
              value: scalarOf(text),
            });
        for (const [index, entry] of itemsOf(inner).entries()) {
          const variable = textOf(memberOf(entry, 'name'));
          const text = memberOf(entry, 'value');
          if (variable !== undefined)
            declareConfig(facts, { ...place, span: tree.spanOf([...here, index]) }, id, variable, 'helm-values', { value: textOf(text) });
        }
      } else if (name === 'image') {
        const image = textOf(inner) ?? textOf(memberOf(inner, 'repository'));
        if (image === undefined || !/^[\w.:/@-]+$/.test(image)) continue;
        const to = imageNode(facts, place, image);
        facts.edge(id, 'DEPENDS_ON', to, place.span, 'helm-image');
      } else visit(inner, here);
    }
  };
  visit(tree.value, []);
}

/** A template with the chart's own values filled in; what only Helm can say is left empty, line by line. */
function template(source: Source, facts: Facts, chart: Chart): void {
  const { repo, path, text, other } = source;
  const [defaults] = readTrees(other(chart.folder === '' ? 'values.yaml' : `${chart.folder}/values.yaml`) ?? '', 'values.yaml').trees;
  const valueOf = (dotted: string): string | undefined => scalarOf(valueAt(defaults?.value, dotted.split('.')));
  const rendered = text
    .split('\n')
    .map((line) =>
      line.length > LONGEST_LINE || (/^\s*(?:-\s*)?\{\{[^}]*\}\}\s*$/.test(line) && !/\{\{-?\s*\.Values/.test(line))
        ? ''
        : line.replace(/\{\{-?([^{}]*)\}\}/g, (_, inner: string) => {
            const expression = inner.trim();
            const [, dotted] = /^\.Values\.([\w.]+)/.exec(expression) ?? [];
            if (dotted !== undefined) return valueOf(dotted) ?? '';
            return /^(?:include|template)\s+"[^"]*(?:fullname|name)"|^\.Chart\.Name|^\.Release\.Name/.test(expression) ? chart.name : '';
          }),
    )
    .join('\n');
  const { trees, diagnostics } = readTrees(rendered, path);
  if (diagnostics.length > 0) {
    const message =
      'A Helm template that does not read as YAML without Helm; what could be read of it is stated. Render it with `helm template` to see all.';
    facts.diagnose({ code: 'template', severity: 'info', message, file: path, span: wholeSpan(text) });
  }
  for (const tree of trees) readManifests(repo, path, facts, tree, chart.id);
}
