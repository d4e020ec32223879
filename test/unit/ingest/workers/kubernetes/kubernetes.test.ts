import { describe, expect, it } from 'vitest';
import { kubernetesFormat } from '../../../../../ingest/workers/kubernetes/kubernetes.ts';
import { readFormat } from '../../read-format.ts';

const BILLING = `apiVersion: v1
kind: ConfigMap
metadata: { name: billing-config, namespace: parcels }
data:
  tracking_url: http://tracking:3000
  LOG_LEVEL: debug
  nginx.conf: |
    server {
    }
---
apiVersion: v1
kind: Secret
metadata: { name: billing-secret, namespace: parcels }
stringData: { STRIPE: sk_live_1 }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: billing-service, namespace: parcels }
spec:
  template:
    metadata: { labels: { app: billing, tier: back } }
    spec:
      serviceAccountName: billing
      initContainers:
        - { name: migrate, image: acme/migrate@sha256:abcdef }
      containers:
        - name: app
          image: registry:5000/acme/billing:2.1
          ports: [{ containerPort: 8080 }]
          env:
            - { name: HOST, value: events }
            - { name: EVENTS_URL, value: "amqp://$(HOST):5672" }
            - name: TRACKING_URL
              valueFrom: { configMapKeyRef: { name: billing-config, key: tracking_url } }
            - name: STRIPE_KEY
              valueFrom: { secretKeyRef: { name: billing-secret, key: STRIPE } }
          envFrom:
            - configMapRef: { name: billing-config }
---
apiVersion: v1
kind: Service
metadata: { name: billing, namespace: parcels }
spec:
  selector: { app: billing }
  ports: [{ port: 80, targetPort: 8080 }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: public, namespace: parcels }
spec:
  rules:
    - host: parcels.example.com
      http:
        paths:
          - { path: /billing, backend: { service: { name: billing, port: { number: 80 } } } }
`;

describe('the kubernetes worker', () => {
  it('states workloads as services, and what they use', async () => {
    const { arrows, diagnostics } = await readFormat(kubernetesFormat, { 'k8s/billing.yaml': BILLING });
    expect(diagnostics).toEqual([]);
    expect(arrows.filter((arrow) => /DEPENDS_ON|DEPLOYED_AS/.test(arrow))).toEqual([
      'shop//res:k8s/parcels/Ingress/public DEPENDS_ON shop//res:k8s/parcels/Service/billing',
      'shop//svc:billing-service DEPENDS_ON shop//res:k8s/parcels/ConfigMap/billing-config',
      'shop//svc:billing-service DEPENDS_ON shop//res:k8s/parcels/Secret/billing-secret',
      'shop//svc:billing-service DEPENDS_ON shop//res:k8s/parcels/ServiceAccount/billing',
      'shop//svc:billing-service DEPLOYED_AS shop//res:image/acme/migrate',
      'shop//svc:billing-service DEPLOYED_AS shop//res:image/registry:5000/acme/billing',
      'shop//svc:billing-service DEPLOYED_AS shop//res:k8s/parcels/Deployment/billing-service',
    ]);
  });

  it('declares environment and data with values, references and without secrets', async () => {
    const { keys, nodes } = await readFormat(kubernetesFormat, { 'k8s/billing.yaml': BILLING });
    const configs = keys.flatMap((key) => (key.key === 'config' ? [[key.name, key.value ?? key.ref?.name]] : []));
    expect(configs).toEqual([
      ['tracking_url', 'http://tracking:3000'],
      ['LOG_LEVEL', 'debug'],
      ['STRIPE', undefined],
      ['HOST', 'events'],
      ['EVENTS_URL', 'amqp://events:5672'],
      ['TRACKING_URL', 'tracking_url'],
      ['STRIPE_KEY', 'STRIPE'],
    ]);
    expect(nodes.find(({ id }) => id === 'shop//env:STRIPE')?.props).toEqual({ secret: true });
    expect(JSON.stringify([nodes, keys])).not.toContain('sk_live');
  });

  it('publishes names of the cluster and of the outside with what they lead to', async () => {
    const { keys } = await readFormat(kubernetesFormat, { 'k8s/billing.yaml': BILLING });
    expect(keys.find((key) => key.key === 'service')).toMatchObject({
      id: 'shop//svc:billing-service',
      labels: ['app=billing', 'tier=back'],
      configs: ['shop//res:k8s/parcels/ConfigMap/billing-config'],
    });
    const [network, entrance] = keys.filter((key) => key.key === 'route');
    expect(network).toMatchObject({
      selector: ['app=billing'],
      hosts: expect.arrayContaining(['billing', 'billing.parcels.svc.cluster.local', 'billing:80']),
    });
    expect(entrance).toMatchObject({ hosts: ['parcels.example.com'], to: ['shop//res:k8s/parcels/Service/billing'] });
  });

  it('reads lists, cron jobs and JSON', async () => {
    const job = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: {
        jobTemplate: {
          spec: { template: { spec: { containers: [{ name: 'x', image: 'acme/nightly', env: [{ name: 'AT', value: '03:00' }] }] } } },
        },
      },
    };
    const { arrows } = await readFormat(kubernetesFormat, {
      'jobs.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [job] }),
    });
    expect(arrows).toEqual([
      'shop//svc:nightly DECLARES shop//env:AT',
      'shop//svc:nightly DEPLOYED_AS shop//res:image/acme/nightly',
      'shop//svc:nightly DEPLOYED_AS shop//res:k8s/CronJob/nightly',
    ]);
  });

  it('reads kustomizations: bases, images and generated configuration', async () => {
    const text = `resources: [../../base, service.yaml]
images: [{ name: app, newName: acme/app, newTag: "3" }]
configMapGenerator:
  - { name: app-config, literals: [MODE=prod], envs: [app.env] }
secretGenerator:
  - { name: app-secret, literals: [PIN=1234] }
`;
    const { arrows, keys } = await readFormat(kubernetesFormat, {
      'k8s/overlays/prod/kustomization.yaml': text,
      'k8s/overlays/prod/app.env': 'URL=http://app',
    });
    expect(arrows).toEqual([
      'shop//res:k8s/ConfigMap/app-config DECLARES shop//env:MODE',
      'shop//res:k8s/ConfigMap/app-config DECLARES shop//env:URL',
      'shop//res:k8s/Secret/app-secret DECLARES shop//env:PIN',
      'shop//res:kustomize/k8s/overlays/prod CONTAINS shop//res:k8s/ConfigMap/app-config',
      'shop//res:kustomize/k8s/overlays/prod CONTAINS shop//res:k8s/Secret/app-secret',
      'shop//res:kustomize/k8s/overlays/prod DEPENDS_ON shop//res:image/acme/app',
      'shop//res:kustomize/k8s/overlays/prod DEPENDS_ON shop//res:kustomize/k8s/base',
    ]);
    expect(JSON.stringify(keys)).not.toContain('1234');
  });

  it('recognises manifests by what they say, and leaves templates and other catalogues to others', () => {
    const recognises = (text: string, path = 'a.yaml') => kubernetesFormat.recognises?.(text, path);
    expect(recognises('apiVersion: v1\nkind: Pod')).toBe(true);
    expect(recognises('kind: Pod\n"apiVersion": "v1"')).toBe(true);
    expect(recognises('apiVersion: backstage.io/v1alpha1\nkind: Component')).toBe(false);
    expect(recognises('apiVersion: v1\nkind: Pod\nname: {{ x }}', 'chart/templates/a.yaml')).toBe(false);
    expect(recognises('openapi: 3.0.0\nkind: x')).toBe(false);
    expect(recognises('{"kind": "x"}', 'a.json')).toBe(false);
  });

  it.each([
    [
      'wrong types',
      'apiVersion: v1\nkind: Deployment\nmetadata: { name: x }\nspec: { template: { spec: { containers: [1, null, {env: {a: b}, ports: 3, envFrom: x}], volumes: 1 } } }',
    ],
    ['no name', 'apiVersion: v1\nkind: Pod\nmetadata: []'],
    ['lists within lists', `${'{"apiVersion": "v1", "kind": "List", "items": ['.repeat(500)}${']}'.repeat(500)}`],
    ['keys that pollute', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: constructor }\ndata: { __proto__: x, toString: y }'],
  ])('survives %s', async (_, text) => {
    const { nodes } = await readFormat(kubernetesFormat, { 'a.yaml': text });
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
  });
});
