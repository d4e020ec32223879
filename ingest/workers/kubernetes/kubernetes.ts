import { resourceId } from '../../../graph/model/id.ts';
import { collectFacts, type Facts } from '../../facts.ts';
import type { Source, SourceFacts, SourceFormat } from '../../file-worker.ts';
import { readDotenv } from '../../parse/dotenv.ts';
import { declareConfig } from '../../parse/environment.ts';
import { imageIdOf } from '../../parse/image.ts';
import { baseName, folderOf, pathFrom } from '../../parse/paths.ts';
import { itemsOf, memberOf, readTrees, textOf, type Tree } from '../../parse/tree.ts';
import { readManifests } from './manifest.ts';
import { manifestId } from './workload.ts';

const KUSTOMIZATION = /(?:^|\/)kustomization\.ya?ml$/i;

/** Kubernetes manifests and kustomizations. Templates of Helm charts are read by the worker `helm`. */
export const kubernetesFormat: SourceFormat = {
  name: 'kubernetes',
  version: 2,
  claims: (path) => /\.(?:ya?ml|json)$/i.test(path),
  recognises: (text, path) =>
    KUSTOMIZATION.test(path) ||
    (/\.json$/i.test(path)
      ? /"apiVersion"\s*:\s*"(?!(?:[\w.-]*backstage\.io|specgraph))/.test(text) && /"kind"\s*:/.test(text)
      : /^ *(?:- )?["']?apiVersion["']?[ \t]*:[ \t]*["']?(?!(?:[\w.-]*backstage\.io|specgraph))[\w.]/m.test(text) &&
        /^ *["']?kind["']?[ \t]*:/m.test(text) &&
        !(/(?:^|\/)templates\//.test(path) && text.includes('{{'))),
  read,
};

function read(source: Source): SourceFacts {
  const facts = collectFacts(source.path);
  const { trees, diagnostics } = readTrees(source.text, source.path);
  facts.diagnose(...diagnostics);
  for (const tree of trees) {
    if (KUSTOMIZATION.test(source.path)) kustomization(source, facts, tree);
    else readManifests(source.repo, source.path, facts, tree);
  }
  return facts.done();
}

/** What a kustomization builds on, and the configuration it generates. */
function kustomization(source: Source, facts: Facts, tree: Tree): void {
  const { repo, path } = source;
  const folder = folderOf(path);
  const idOf = (of: string) => resourceId(repo, `kustomize/${of === '' ? '.' : of}`);
  const id = facts.node({
    id: idOf(folder),
    kind: 'Resource',
    name: folder === '' ? 'kustomization' : baseName(folder),
    repo,
    file: path,
    span: tree.spanOf([]),
    props: { type: 'kustomization' },
  });
  for (const section of ['resources', 'bases', 'components'])
    for (const [index, item] of itemsOf(memberOf(tree.value, section)).entries()) {
      const other = pathFrom(folder, textOf(item) ?? '/');
      if (other !== undefined && !/\.(?:ya?ml|json)$/i.test(other))
        facts.edge(id, 'DEPENDS_ON', idOf(other), tree.spanOf([section, index]), 'kustomize-base');
    }
  for (const [index, image] of itemsOf(memberOf(tree.value, 'images')).entries()) {
    const name = textOf(memberOf(image, 'newName')) ?? textOf(memberOf(image, 'name'));
    if (name !== undefined) facts.edge(id, 'DEPENDS_ON', imageIdOf(repo, name), tree.spanOf(['images', index]), 'kustomize-image');
  }
  for (const [section, kind, secret] of [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret', true],
  ] as const)
    for (const [index, generator] of itemsOf(memberOf(tree.value, section)).entries()) {
      const name = textOf(memberOf(generator, 'name'));
      if (name === undefined) continue;
      const span = tree.spanOf([section, index]);
      const made = facts.node({
        id: manifestId(repo, kind, name),
        kind: 'Resource',
        name,
        repo,
        file: path,
        span,
        props: { type: `k8s/${kind}` },
      });
      facts.edge(id, 'CONTAINS', made, span, 'kustomize-generator');
      for (const [at, literal] of itemsOf(memberOf(generator, 'literals')).entries()) {
        const [, key, value] = /^([^=]+)=([\s\S]*)$/.exec(textOf(literal) ?? '') ?? [];
        const place = { repo, file: path, span: tree.spanOf([section, index, 'literals', at]) };
        if (key !== undefined) declareConfig(facts, place, made, key, 'kustomize-generator', { value, secret });
      }
      for (const file of itemsOf(memberOf(generator, 'envs'))) {
        const other = pathFrom(folder, textOf(file) ?? '/');
        const place = { repo, file: path, span };
        for (const entry of readDotenv((other === undefined ? undefined : source.other(other)) ?? ''))
          if (!entry.optional) declareConfig(facts, place, made, entry.name, 'kustomize-generator', { value: entry.value, secret });
      }
    }
}
