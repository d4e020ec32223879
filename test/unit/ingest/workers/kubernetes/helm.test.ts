import { describe, expect, it } from 'vitest';
import { helmFormat } from '../../../../../ingest/workers/kubernetes/helm.ts';
import { readFormat } from '../../read-format.ts';

const TEMPLATE = `{{- if .Values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "tracking.fullname" . }}
  labels:
    {{- include "tracking.labels" . | nindent 4 }}
spec:
  template:
    metadata:
      labels:
        app: {{ .Values.name }}
    spec:
      containers:
        - name: app
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          env:
            - name: DATABASE_URL
              value: {{ .Values.databaseUrl | quote }}
            - name: UNKNOWN
              value: {{ .Values.nothing }}
            {{- range $key, $value := .Values.env }}
            - name: {{ $key }}
              value: {{ $value | quote }}
            {{- end }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
{{- end }}
`;
const CHART = { 'chart/Chart.yaml': 'apiVersion: v2\nname: tracking\ndependencies: [{ name: postgresql, version: 1.x }]' };
const VALUES = {
  'chart/values.yaml':
    'name: tracking-app\ndatabaseUrl: postgres://db:5432/x\nimage: { repository: acme/tracking, tag: "1" }\nenv: { MODE: fast, API_TOKEN: t0k3n }',
};

describe('the helm worker', () => {
  it('reads a template with the values of its chart, and says nothing that it does not know', async () => {
    const { arrows, keys, diagnostics } = await readFormat(helmFormat, {
      'chart/templates/deployment.yaml': TEMPLATE,
      ...CHART,
      ...VALUES,
    });
    expect(diagnostics).toEqual([]);
    expect(arrows).toEqual([
      'shop//res:helm/tracking CONTAINS shop//res:k8s/Deployment/tracking',
      'shop//svc:tracking DECLARES shop//env:DATABASE_URL',
      'shop//svc:tracking DECLARES shop//env:UNKNOWN',
      'shop//svc:tracking DEPLOYED_AS shop//res:helm/tracking',
      'shop//svc:tracking DEPLOYED_AS shop//res:image/acme/tracking',
      'shop//svc:tracking DEPLOYED_AS shop//res:k8s/Deployment/tracking',
    ]);
    expect(keys.find((key) => key.key === 'config')).toMatchObject({ name: 'DATABASE_URL', value: 'postgres://db:5432/x', line: 18 });
    expect(keys.find((key) => key.key === 'service')).toMatchObject({ labels: ['app=tracking-app'] });
  });

  it('states the chart, what it depends on, and the images and variables of its values', async () => {
    const chart = await readFormat(helmFormat, CHART);
    expect(chart.arrows).toEqual(['shop//res:helm/tracking DEPENDS_ON shop//res:helm/postgresql']);
    const values = await readFormat(helmFormat, { ...VALUES, ...CHART });
    expect(values.arrows).toEqual([
      'shop//res:helm/tracking DECLARES shop//env:API_TOKEN',
      'shop//res:helm/tracking DECLARES shop//env:MODE',
      'shop//res:helm/tracking DEPENDS_ON shop//res:image/acme/tracking',
    ]);
    expect(JSON.stringify(values.keys)).not.toContain('t0k3n');
  });

  it('says once, as information, that a template needs Helm to be read', async () => {
    const text = 'apiVersion: v1\nkind: {{ .Values.kind }}\n  x: [{{ . }}\n'.repeat(50);
    const { diagnostics } = await readFormat(helmFormat, { 'chart/templates/x.yaml': text, ...CHART });
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'template', severity: 'info' })]);
  });

  it('reads nothing where there is no chart', async () => {
    const { nodes } = await readFormat(helmFormat, { 'deploy/values.yaml': 'env: { A: 1 }' });
    expect(nodes).toEqual([]);
  });

  it('takes bounded time over hostile lines', async () => {
    const text = `kind: {{\napiVersion: ${'{{'.repeat(200_000)}\nname: {{ ${' '.repeat(100_000)}\n${'{{ - '.repeat(400)}\n`;
    const started = Date.now();
    await readFormat(helmFormat, { 'chart/templates/x.yaml': text, ...CHART });
    expect(Date.now() - started).toBeLessThan(3000);
  });
});
