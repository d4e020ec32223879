import type { NodeId } from '../../../graph/model/id.ts';
import type { Facts } from '../../facts.ts';
import { declareConfig } from '../../parse/environment.ts';
import { entriesOf, itemsOf, memberOf, scalarOf, textOf, type Tree, type TreePath, valueAt } from '../../parse/tree.ts';
import { labelsOf, manifestId, placeOf, workload, type Manifest } from './workload.ts';

/** Groups whose documents look like manifests and are none. */
const FOREIGN = /^(?:[\w.-]*backstage\.io|specgraph|skaffold|kustomize\.config\.k8s\.io|kind\.x-k8s\.io)\//;

/** States every manifest of a document; the items of a `List` are manifests, too. */
export function readManifests(repo: string, file: string, facts: Facts, tree: Tree, chart?: NodeId): void {
  const visit = (value: unknown, at: TreePath): void => {
    const [kind, version, metadata] = [textOf(memberOf(value, 'kind')), textOf(memberOf(value, 'apiVersion')), memberOf(value, 'metadata')];
    if (kind === undefined || version === undefined || FOREIGN.test(version)) return;
    const items = memberOf(value, 'items');
    if (kind.endsWith('List') && Array.isArray(items) && at.length < 6)
      return items.forEach((item, index) => visit(item, [...at, 'items', index]));
    const name = textOf(memberOf(metadata, 'name')) ?? textOf(memberOf(metadata, 'generateName'))?.replace(/-$/, '');
    if (name === undefined || name === '') return;
    const written = textOf(memberOf(metadata, 'namespace'));
    const namespace = written === undefined || written === '' || written === 'default' ? {} : { namespace: written };
    manifestOf({ repo, file, facts, tree, at, value, kind, name, ...namespace, ...(chart === undefined ? {} : { chart }) }, version);
  };
  visit(tree.value, []);
}

function manifestOf(manifest: Manifest, version: string): void {
  const { repo, file, facts, value, kind, name, namespace } = manifest;
  const { span } = placeOf(manifest);
  const doc =
    textOf(valueAt(value, ['metadata', 'annotations', 'description'])) ??
    textOf(valueAt(value, ['metadata', 'annotations', 'kubernetes.io/description']));
  const id = facts.node({
    id: manifestId(repo, kind, name, namespace),
    kind: 'Resource',
    name,
    repo,
    file,
    span,
    props: { type: `k8s/${kind}`, ...(doc === undefined ? {} : { doc: doc.slice(0, 300) }) },
  });
  if (manifest.chart !== undefined) facts.edge(manifest.chart, 'CONTAINS', id, span, 'helm-template');
  if (kind === 'ConfigMap') keysOf(manifest, id, 'data');
  else if (kind === 'Secret') for (const section of ['data', 'stringData']) keysOf(manifest, id, section, true);
  else if (kind === 'SealedSecret') keysOf(manifest, id, 'spec.encryptedData', true);
  else if (kind === 'Service' && !version.startsWith('serving.knative.dev/')) network(manifest, id);
  else if (/^(?:Ingress|HTTPRoute|GRPCRoute|VirtualService)$/.test(kind)) entrance(manifest, id);
  else if (kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject') {
    const target = valueAt(value, ['spec', 'scaleTargetRef']);
    const to = textOf(memberOf(target, 'name'));
    if (to !== undefined)
      facts.edge(
        id,
        'DEPENDS_ON',
        manifestId(repo, textOf(memberOf(target, 'kind')) ?? 'Deployment', to, namespace),
        placeOf(manifest, ['spec']).span,
        'kubernetes-scale-target',
      );
  } else workload(manifest);
}

function keysOf(manifest: Manifest, by: NodeId, section: string, secret?: true): void {
  const path = section.split('.');
  for (const [name, value] of entriesOf(valueAt(manifest.value, path))) {
    const at = [...path, name];
    const text = scalarOf(value);
    // `nginx.conf: |` is a file, not a setting.
    if (!secret && text?.trim().includes('\n') && name.includes('.')) continue;
    declareConfig(manifest.facts, placeOf(manifest, at), by, name, 'kubernetes-data', { value: text, secret });
  }
}

/** A name in the cluster for the pods with its labels. */
function network(manifest: Manifest, id: NodeId): void {
  const { facts, value, name, namespace = 'default' } = manifest;
  const { span } = placeOf(manifest);
  const names = [name, `${name}.${namespace}`, `${name}.${namespace}.svc`, `${name}.${namespace}.svc.cluster.local`];
  const ports = itemsOf(valueAt(value, ['spec', 'ports'])).flatMap((port) => {
    const number = scalarOf(memberOf(port, 'port'));
    return number === undefined ? [] : [number];
  });
  const hosts = [...names, ...ports.flatMap((port) => names.map((host) => `${host}:${port}`))];
  facts.key({ key: 'route', id, hosts, selector: labelsOf(valueAt(value, ['spec', 'selector'])), line: span.line, col: span.col });
}

/** What leads requests from outside to services of the cluster. */
function entrance(manifest: Manifest, id: NodeId): void {
  const { repo, facts, value, namespace } = manifest;
  const to = new Map<NodeId, TreePath>();
  const lead = (name: unknown, path: TreePath): void => {
    if (typeof name === 'string' && name !== '') to.set(manifestId(repo, 'Service', name.split('.')[0]!, namespace), path);
  };
  const spec = memberOf(value, 'spec');
  const backend = (holder: unknown, path: TreePath): void => {
    lead(valueAt(holder, ['service', 'name']), path);
    lead(memberOf(holder, 'serviceName'), path);
  };
  backend(memberOf(spec, 'defaultBackend') ?? memberOf(spec, 'backend'), ['spec', 'defaultBackend']);
  for (const [index, rule] of itemsOf(memberOf(spec, 'rules')).entries()) {
    for (const [at, path] of itemsOf(valueAt(rule, ['http', 'paths'])).entries())
      backend(memberOf(path, 'backend'), ['spec', 'rules', index, 'http', 'paths', at, 'backend']);
    for (const [at, ref] of itemsOf(memberOf(rule, 'backendRefs')).entries())
      lead(memberOf(ref, 'name'), ['spec', 'rules', index, 'backendRefs', at]);
  }
  for (const [index, http] of itemsOf(memberOf(spec, 'http')).entries())
    for (const [at, route] of itemsOf(memberOf(http, 'route')).entries())
      lead(valueAt(route, ['destination', 'host']), ['spec', 'http', index, 'route', at]);
  for (const [target, path] of to) facts.edge(id, 'DEPENDS_ON', target, placeOf(manifest, path).span, 'kubernetes-backend');
  const hosts = [
    ...itemsOf(memberOf(spec, 'rules')).map((rule) => memberOf(rule, 'host')),
    ...itemsOf(memberOf(spec, 'hostnames')),
    ...itemsOf(memberOf(spec, 'hosts')),
  ].flatMap((host) => (typeof host === 'string' && /^[\w.-]+$/.test(host) ? [host] : []));
  const { line, col } = placeOf(manifest).span;
  if (hosts.length > 0) facts.key({ key: 'route', id, hosts: [...new Set(hosts)], selector: [], to: [...to.keys()], line, col });
}
