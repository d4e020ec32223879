import { resourceId, serviceId, type NodeId } from '../../../graph/model/id.ts';
import type { Facts } from '../../facts.ts';
import { declareConfig, readConfig } from '../../parse/environment.ts';
import { imageNode } from '../../parse/image.ts';
import { entriesOf, itemsOf, memberOf, textOf, type Tree, type TreePath, valueAt } from '../../parse/tree.ts';

/** One manifest: a document, or an item of a `List`. */
export interface Manifest {
  readonly repo: string;
  readonly file: string;
  readonly facts: Facts;
  readonly tree: Tree;
  /** Where it stands in the document. */
  readonly at: TreePath;
  readonly value: unknown;
  readonly kind: string;
  readonly name: string;
  /** Absent for the default one. */
  readonly namespace?: string;
  /** The Helm chart that it is a template of. */
  readonly chart?: NodeId;
}

/** Where the template of pods stands in what makes pods. */
const POD_SPEC: Readonly<Record<string, TreePath>> = {
  Pod: [],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  ...Object.fromEntries(
    ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'Rollout'].map((kind) => [
      kind,
      ['spec', 'template'],
    ]),
  ),
};

export const manifestId = (repo: string, kind: string, name: string, namespace?: string): NodeId =>
  resourceId(repo, ['k8s', ...(namespace === undefined ? [] : [namespace]), kind, name].join('/'));

export const placeOf = ({ repo, file, tree, at }: Manifest, path: TreePath = []) => ({ repo, file, span: tree.spanOf([...at, ...path]) });

export const labelsOf = (value: unknown): readonly string[] =>
  entriesOf(value)
    .map(([name, text]) => `${name}=${String(text)}`)
    .sort();

/** What runs: a service, the images it is made of and the configuration that its containers are given. */
export function workload(manifest: Manifest): void {
  const { repo, file, facts, value, kind, name, namespace, chart } = manifest;
  const podPath = kind === 'Service' ? (['spec', 'template'] as const) : POD_SPEC[kind];
  if (!podPath) return;
  const pod: TreePath = [...podPath, 'spec'];
  const spec = valueAt(value, pod);
  const resource = manifestId(repo, kind, name, namespace);
  const { span } = placeOf(manifest);
  const containers = ['initContainers', 'containers'].flatMap((list) =>
    itemsOf(memberOf(spec, list)).map((container, index) => ({ container, path: [...pod, list, index] as TreePath })),
  );
  const main = containers.findLast(({ path }) => path.includes('containers'))?.container;
  const first = valueAt(spec, ['containers', 0]) ?? main;
  const image = textOf(memberOf(first, 'image'));
  const ports = containers.flatMap(({ container }) =>
    itemsOf(memberOf(container, 'ports')).flatMap((port) => {
      const number = memberOf(port, 'containerPort');
      return typeof number === 'number' || typeof number === 'string' ? [String(number)] : [];
    }),
  );
  const id = facts.node({
    id: serviceId(repo, name),
    kind: 'Service',
    name,
    repo,
    file,
    span,
    props: { ...(image === undefined || image === '' ? {} : { image }), ...(ports.length === 0 ? {} : { ports }) },
  });
  facts.edge(id, 'DEPLOYED_AS', resource, span, 'kubernetes-workload');
  if (chart !== undefined) facts.edge(id, 'DEPLOYED_AS', chart, span, 'helm-template');

  const uses = (used: string, usedName: unknown, path: TreePath): NodeId | undefined => {
    if (typeof usedName !== 'string' || usedName === '') return undefined;
    const to = manifestId(repo, used, usedName, namespace);
    facts.edge(id, 'DEPENDS_ON', to, placeOf(manifest, path).span, 'kubernetes-use');
    return to;
  };
  const configs = containers.flatMap(({ container, path }) => containerOf(manifest, id, container, path, uses));
  for (const [index, volume] of itemsOf(memberOf(spec, 'volumes')).entries()) {
    const at = [...pod, 'volumes', index];
    uses('ConfigMap', valueAt(volume, ['configMap', 'name']), at);
    uses('Secret', valueAt(volume, ['secret', 'secretName']), at);
    uses('PersistentVolumeClaim', valueAt(volume, ['persistentVolumeClaim', 'claimName']), at);
  }
  uses('ServiceAccount', memberOf(spec, 'serviceAccountName'), [...pod, 'serviceAccountName']);
  facts.key({
    key: 'service',
    id,
    name,
    hosts: [],
    ...(configs.length === 0 ? {} : { configs: [...new Set(configs)] }),
    labels: labelsOf(valueAt(value, [...podPath, 'metadata', 'labels'])),
    line: span.line,
    col: span.col,
  });
}

/** Returns the resources that the container takes all its configuration from. */
function containerOf(
  manifest: Manifest,
  by: NodeId,
  container: unknown,
  path: TreePath,
  uses: (kind: string, name: unknown, at: TreePath) => NodeId | undefined,
): readonly NodeId[] {
  const { repo, file, facts } = manifest;
  const image = textOf(memberOf(container, 'image'));
  if (image !== undefined && image !== '') {
    const { span } = placeOf(manifest, [...path, 'image']);
    const to = imageNode(facts, { repo, file, span }, image);
    facts.edge(by, 'DEPLOYED_AS', to, span, 'kubernetes-image');
  }
  const known = new Map<string, string>();
  for (const [index, entry] of itemsOf(memberOf(container, 'env')).entries()) {
    const name = textOf(memberOf(entry, 'name'));
    if (name === undefined) continue;
    const at: TreePath = [...path, 'env', index];
    const place = placeOf(manifest, at);
    const written = memberOf(entry, 'value');
    // `$(NAME)` is a variable of the same container.
    const value =
      typeof written === 'string' ? written.replace(/\$\(([\w.-]+)\)/g, (whole, used: string) => known.get(used) ?? whole) : undefined;
    if (value !== undefined) known.set(name, value);
    const source = memberOf(entry, 'valueFrom');
    const [map, secret] = [memberOf(source, 'configMapKeyRef'), memberOf(source, 'secretKeyRef')];
    const from = uses(map === undefined ? 'Secret' : 'ConfigMap', memberOf(map ?? secret, 'name'), at);
    const key = textOf(memberOf(map ?? secret, 'key'));
    declareConfig(facts, place, by, name, 'kubernetes-env', {
      value,
      secret: secret === undefined ? undefined : true,
      ref: from === undefined || key === undefined ? undefined : { by: from, name: key },
    });
    if (key !== undefined) readConfig(facts, place, by, key, 'kubernetes-key-ref');
  }
  return itemsOf(memberOf(container, 'envFrom')).flatMap((entry, index) => {
    const at = [...path, 'envFrom', index];
    return [
      uses('ConfigMap', valueAt(entry, ['configMapRef', 'name']), at),
      uses('Secret', valueAt(entry, ['secretRef', 'name']), at),
    ].flatMap((id) => id ?? []);
  });
}
