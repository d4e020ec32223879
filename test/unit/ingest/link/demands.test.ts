import { describe, expect, it } from 'vitest';
import type { DemandKey, LinkKey } from '../../../../ingest/keys.ts';
import { demandsLinker } from '../../../../ingest/link/demands.ts';
import { keysOf, linksOf, type KeysByFile } from '../link-keys.ts';

const at = { line: 5, col: 3 };
const SPEC = 'shop//spec:imageUpload';
const demand = (ref: string, more: Partial<DemandKey> = {}): LinkKey => ({
  key: 'demand',
  from: SPEC,
  edge: 'DEPENDS_ON',
  ref,
  ...at,
  ...more,
});
const adr = (id: string, title: string, path: string): LinkKey => {
  const number = /(?:^|\/)(\d{1,5})$/.exec(id)?.[1];
  return {
    key: 'adr',
    id: `shop//adr:${id}`,
    slug: path.replace(/^.*\/|\.md$/g, ''),
    title,
    ...(number === undefined ? {} : { number }),
  };
};

const SHOP: KeysByFile = {
  'src/upload.ts': [
    {
      key: 'declares',
      module: 'shop//code:src/upload.ts',
      exported: ['UploadService', 'UploadService.save', 'StorageClient', 'AuditLog'],
      internal: [],
    },
  ],
  'test/upload.test.ts': [{ key: 'declares', module: 'shop//code:test/upload.test.ts', exported: [], internal: ['post'], test: true }],
  'apps/web/test/form.test.tsx': [
    { key: 'declares', module: 'shop//code:apps/web/test/form.test.tsx', exported: [], internal: [], test: true },
  ],
  'apps/web/package.json': [{ key: 'package', id: 'shop//pkg:shop-web', name: 'shop-web', folder: 'apps/web' }],
  'compose.yml': [{ key: 'service', id: 'shop//svc:user', name: 'user', hosts: ['user'], ...at }],
  'contracts/billing.yaml': [
    {
      key: 'operation',
      id: 'shop//api:billing#POST /invoices',
      api: 'shop//api:billing',
      method: 'POST',
      path: '/invoices',
      fields: [],
      ...at,
    },
  ],
  'specs/imageUpload.spec.yaml': ['AC-1', 'AC-2', 'NFR-1'].map((name) => ({
    key: 'criterion' as const,
    id: `${SPEC}/${name}`,
    spec: SPEC,
    feature: 'imageUpload',
    name,
  })),
  'docs/adr/0003-queues.md': [adr('0003', 'Queues', 'docs/adr/0003-queues.md')],
  'docs/adr/0005-streams.md': [adr('0005', 'Streams', 'docs/adr/0005-streams.md')],
  'packages/web/docs/adr/0003-react.md': [adr('packages/web/0003', 'React', 'packages/web/docs/adr/0003-react.md')],
  'packages/web/docs/adr/0004-hooks.md': [adr('packages/web/0004', 'Hooks', 'packages/web/docs/adr/0004-hooks.md')],
  'docs/adr/20240110-use-kafka.md': [adr('20240110-use-kafka', 'Use Kafka', 'docs/adr/20240110-use-kafka.md')],
};
const linked = (file: string, ...keys: LinkKey[]): readonly string[] => linksOf(demandsLinker, { ...SHOP, [file]: keys });
const problems = (file: string, ...keys: LinkKey[]): readonly string[] =>
  (demandsLinker.link('shop', keysOf({ ...SHOP, [file]: keys })).diagnostics ?? []).map(
    ({ code, file: where, span, message }) => `${code} ${where}:${span?.line}:${span?.col} ${message.replace(/ names nothing.*/, '')}`,
  );

describe('the demands linker', () => {
  it.each([
    ['svc:UserService', 'svc:user named 0.95'],
    ['UserService: for associating the image with a user', 'svc:user service-name 0.95'],
    ['UploadService: keeps the file', 'code:src/upload.ts#UploadService declared-name 0.9'],
    ['StorageClient', 'code:src/upload.ts#StorageClient declared-name 0.9'],
    ['BillingAPI: for invoices', 'api:billing api-name 0.7'],
    ['api:billing#POST /invoices', 'api:billing#POST /invoices named 1'],
    ['POST /invoices', 'api:billing#POST /invoices mention-operation 0.95'],
    ['code:src/upload.ts#UploadService.save', 'code:src/upload.ts#UploadService.save named 1'],
    ['src/upload.ts', 'code:src/upload.ts mention-path 0.95'],
    ['adr:0005', 'adr:0005 named 1'],
    ['shop-web', 'pkg:shop-web package-name 0.9'],
    ['jest:test/upload.test.ts', 'test:test/upload.test.ts named 1'],
  ])('takes "%s" for %s', (ref, expected) => {
    expect(linked('specs/x.spec.yaml', demand(ref))).toEqual([`spec:imageUpload DEPENDS_ON ${expected}`]);
  });

  it.each([
    'MailService: for receipts',
    'svc:',
    'svc:mailer',
    'code:src/gone.ts#Gone',
    'imageUpload/AC-9',
    'Something else entirely',
    'https://x.io/y',
  ])('says that "%s" names nothing', (ref) => {
    expect(linked('specs/x.spec.yaml', demand(ref))).toEqual([]);
    expect(problems('specs/x.spec.yaml', demand(ref))).toEqual([`unknown-reference specs/x.spec.yaml:5:3 ${ref}`]);
  });

  it('finds decisions by file, number as people write it, file name and title, each in its own folder first', () => {
    const by = (from: string, ref: string): readonly string[] =>
      linked('docs/adr/x.md', demand(ref, { from: `shop//adr:${from}`, edge: 'SUPERSEDES' }));
    expect(by('0009', 'doc:docs/adr/0003-queues.md')).toEqual(['adr:0009 SUPERSEDES adr:0003 named 1']);
    expect(by('0009', 'adr:3')).toEqual(['adr:0009 SUPERSEDES adr:0003 named 1']);
    expect(by('packages/web/0009', 'adr:3')).toEqual(['adr:packages/web/0009 SUPERSEDES adr:packages/web/0003 named 1']);
    expect(by('packages/web/0009', 'adr:5')).toEqual(['adr:packages/web/0009 SUPERSEDES adr:0005 named 1']);
    expect(by('0009', 'adr:packages/web/4')).toEqual(['adr:0009 SUPERSEDES adr:packages/web/0004 named 1']);
    expect(by('0009', 'adr:20240110-use-kafka')).toEqual(['adr:0009 SUPERSEDES adr:20240110-use-kafka named 1']);
    expect(by('0009', 'adr:Use Kafka')).toEqual(['adr:0009 SUPERSEDES adr:20240110-use-kafka named 1']);
    expect(by('0009', 'adr:6')).toEqual([]);
  });

  it('turns "superseded by" around, once with both places, and refines nothing that is replaced', () => {
    const files = {
      ...SHOP,
      'docs/adr/0003-queues.md': [
        ...SHOP['docs/adr/0003-queues.md']!,
        demand('adr:5', { from: 'shop//adr:0003', edge: 'SUPERSEDES', inverse: true }),
      ],
      'docs/adr/0005-streams.md': [
        ...SHOP['docs/adr/0005-streams.md']!,
        demand('adr:3', { from: 'shop//adr:0005', edge: 'REFINES', line: 8 }),
        demand('adr:3', { from: 'shop//adr:0005', edge: 'SUPERSEDES', line: 9 }),
      ],
    };
    expect(demandsLinker.link('shop', keysOf(files)).edges).toEqual([
      {
        from: 'shop//adr:0005',
        type: 'SUPERSEDES',
        to: 'shop//adr:0003',
        tier: 'declared',
        confidence: 1,
        rule: 'named',
        sites: [
          { line: 5, col: 3, file: 'docs/adr/0003-queues.md' },
          { line: 9, col: 3, file: 'docs/adr/0005-streams.md' },
        ],
      },
    ]);
  });

  it('says where two records go by one number', () => {
    const twin = adr('0005', 'Files', 'docs/decisions/0005-files.md');
    expect(problems('docs/decisions/0005-files.md', twin)).toEqual([
      'duplicate-adr docs/adr/0005-streams.md:1:1 adr:0005 is also the name of docs/decisions/0005-files.md. Give one of them another number.',
      'duplicate-adr docs/decisions/0005-files.md:1:1 adr:0005 is also the name of docs/adr/0005-streams.md. Give one of them another number.',
    ]);
  });

  it('links tests to the criteria in their titles, and tagged code to those it says it satisfies', () => {
    const test = 'shop//test:test/upload.test.ts#upload > rejects a GIF [imageUpload/AC-2]';
    const title = 'rejects a GIF [imageUpload/AC-2] [sic]';
    expect(
      linked(
        'test/upload.test.ts',
        { key: 'test', id: test, title, ...at },
        { key: 'verifies', from: test, tag: 'verifies', ref: 'imageUpload/AC-1', ...at },
        { key: 'verifies', from: 'shop//code:src/upload.ts#UploadService', tag: 'satisfies', ref: 'imageUpload/NFR-1', ...at },
      ),
    ).toEqual([
      'code:src/upload.ts#UploadService SATISFIES spec:imageUpload/NFR-1 satisfies-tag 1',
      'test:test/upload.test.ts#upload > rejects a GIF [imageUpload/AC-2] VERIFIES spec:imageUpload/AC-1 verifies-tag 1',
      'test:test/upload.test.ts#upload > rejects a GIF [imageUpload/AC-2] VERIFIES spec:imageUpload/AC-2 test-title 1',
    ]);
  });

  it('reports criteria that tests name and specs do not have', () => {
    const test: LinkKey = { key: 'test', id: 'shop//test:test/a.test.ts#a', title: 'a [imageUpload/AC-7]', ...at };
    expect(problems('test/a.test.ts', test)).toEqual(['unknown-reference test/a.test.ts:5:3 imageUpload/AC-7']);
    expect(problems('test/a.test.ts', { ...test, title: 'reads [path/to-file.txt] and [src/api]' })).toEqual([]);
  });

  it('takes paths that the repository has not for those of a folder around the text', () => {
    const spec = demand('test:test/form.test.tsx', { edge: 'VERIFIES', inverse: true });
    expect(linked('apps/web/specs/x.spec.yaml', spec)).toEqual(['test:apps/web/test/form.test.tsx VERIFIES spec:imageUpload named 1']);
    expect(linked('apps/admin/specs/x.spec.yaml', spec)).toEqual([]);
  });

  it('finds a test case by its title', () => {
    const test: LinkKey = { key: 'test', id: 'shop//test:test/upload.test.ts#upload > keeps a PNG', title: 'keeps a PNG', ...at };
    const spec = demand('vitest:test/upload.test.ts#keeps a PNG', { edge: 'VERIFIES', from: `${SPEC}/AC-1`, inverse: true });
    expect(linksOf(demandsLinker, { ...SHOP, 'test/upload.test.ts': [test], 'specs/x.spec.yaml': [spec] })).toEqual([
      'test:test/upload.test.ts#upload > keeps a PNG VERIFIES spec:imageUpload/AC-1 named 1',
    ]);
  });
});
