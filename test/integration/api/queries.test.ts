import { describe, expect, it } from 'vitest';
import { serve } from './client.ts';
import { checkSize, createPictureSystem, HOSTILE, upload, uploadService } from './picture-system.ts';

describe('queries', () => {
  it('describes an entity', async () => {
    const { ask } = await serve(createPictureSystem());
    const { data, errors } = await ask(
      `query ($class: String!, $method: String!) {
        class: entity(ref: $class) { id kind name repo file span { line col endLine endCol } exported doc signatures { returns } props }
        method: entity(ref: $method) { exported doc signatures { returns typeParameters parameters { name type optional rest } } }
      }`,
      { class: 'UploadService', method: upload },
    );
    expect(errors).toEqual([]);
    expect(data.class).toEqual({
      id: uploadService,
      kind: 'Class',
      name: 'UploadService',
      repo: 'pictures',
      file: 'src/upload.ts',
      span: { line: 10, col: 1, endLine: 13, endCol: 2 },
      exported: true,
      doc: 'Takes pictures in.',
      signatures: [],
      props: { exported: true, doc: 'Takes pictures in.' },
    });
    expect(data.method).toEqual({
      exported: false,
      doc: null,
      signatures: [
        {
          returns: 'Promise<string>',
          typeParameters: [],
          parameters: [
            { name: 'picture', type: 'Uint8Array', optional: false, rest: false },
            { name: 'labels', type: 'string[]', optional: false, rest: true },
          ],
        },
      ],
    });
  });

  it('shows the neighbours of an entity with the facts of each site', async () => {
    const { ask } = await serve(createPictureSystem());
    const { data } = await ask(
      `query ($id: String!) {
        entity(ref: $id) {
          outgoing { totalCount edges { type tier confidence rule via sites { file line col args facts } node { id } } }
          incoming(types: [CONTAINS]) { totalCount edges { type node { name } } }
        }
      }`,
      { id: upload },
    );
    expect(data.entity).toEqual({
      outgoing: {
        totalCount: 1,
        edges: [
          {
            type: 'CALLS',
            tier: 'COMPILER',
            confidence: 1,
            rule: null,
            via: null,
            sites: [{ file: null, line: 14, col: 5, args: 1, facts: ['AWAITED', 'CALLED'] }],
            node: { id: checkSize },
          },
        ],
      },
      incoming: { totalCount: 1, edges: [{ type: 'CONTAINS', node: { name: 'UploadService' } }] },
    });
  });

  it('searches, within kinds and a repository', async () => {
    const { ask } = await serve(createPictureSystem());
    const { data } = await ask(`{
      all: search(query: "upload") { score node { name } }
      classes: search(query: "upload", kinds: [Class]) { node { name } }
      elsewhere: search(query: "upload", repo: "another") { node { name } }
      one: search(query: "thumbnail", first: 1) { node { name } }
    }`);
    expect(data.all.length).toBeGreaterThan(2);
    expect(data.classes).toEqual([{ node: { name: 'UploadService' } }]);
    expect(data.elsewhere).toEqual([]);
    expect(data.one).toHaveLength(1);
  });

  it('answers what breaks', async () => {
    const { ask } = await serve(createPictureSystem());
    const { data, errors } = await ask(
      `query ($change: ChangeInput!) {
        impact(change: $change) {
          target { name } change verdict generation
          totals { effect items files }
          impacted { id kind file declaration line effect distance tier confidence reason path { from to edge via file line col tier confidence rule } entity { name } }
          tests { id file reason distance confidence cases }
          unknown { id file line reason message }
        }
      }`,
      { change: { target: 'checkSize', kind: 'ADD_REQUIRED_PARAMETER', minConfidence: 0.5, maxDistance: 3, paths: true } },
    );
    expect(errors).toEqual([]);
    expect(data.impact).toMatchObject({
      target: { name: 'checkSize' },
      change: 'ADD_REQUIRED_PARAMETER',
      verdict: 'BREAKING',
      generation: 7,
    });
    expect(data.impact.totals).toEqual([{ effect: 'BREAKS', items: 7, files: 2 }]);
    expect(data.impact.impacted).toHaveLength(7);
    expect(data.impact.impacted.at(-1)).toMatchObject({
      id: upload,
      effect: 'BREAKS',
      tier: 'COMPILER',
      path: [{ from: checkSize, to: upload, edge: 'CALLS', rule: 'call' }],
      entity: { name: 'upload' },
    });
    expect(data.impact.tests).toMatchObject([{ file: 'test/upload.test.ts', cases: ['rejects large pictures'] }]);
    expect(data.impact.unknown).toMatchObject([{ reason: 'computed-access', line: 40 }]);
  });

  it('passes the whole question on, and the worst kind of change when none is given', async () => {
    const asked: unknown[] = [];
    const system = createPictureSystem({
      impact: async (question) => {
        asked.push(question);
        return createPictureSystem().impact(question);
      },
    });
    const { ask } = await serve(system);
    await ask(
      `{ impact(change: {target: "checkSize", kind: MAKE_OPTIONAL, minConfidence: 0.9, maxDistance: 2, limit: 5, paths: true}) { verdict } }`,
    );
    await ask(`{ impact(change: {target: "checkSize"}) { verdict } }`);
    expect(asked).toEqual([
      { target: 'checkSize', change: 'make-optional', minConfidence: 0.9, maxDistance: 2, limit: 5, paths: true },
      { target: 'checkSize', change: 'unspecified', minConfidence: 0, maxDistance: 64, limit: 1000, paths: false },
    ]);
  });

  it('answers for a diff inside a root folder', async () => {
    const asked: unknown[] = [];
    const system = createPictureSystem();
    const { ask } = await serve(
      createPictureSystem({
        impactOfDiff: async (range) => {
          asked.push(range);
          return system.impactOfDiff(range);
        },
      }),
      { roots: [import.meta.dirname] },
    );
    const { data } = await ask(
      `{ impactOfDiff(input: {revisions: "HEAD~1..HEAD"}) { verdict skipped { file reason } changes { id file declaration change detail } impacted { id } tests { id } unknown { id } generation } }`,
    );
    expect(data.impactOfDiff).toMatchObject({
      verdict: 'BREAKING',
      skipped: [{ file: 'src/legacy.ts' }],
      changes: [{ change: 'ADD_REQUIRED_PARAMETER', declaration: 'checkSize' }],
    });
    await ask(`{ impactOfDiff(input: {staged: true, minConfidence: 0.9, paths: true}) { verdict } }`);
    expect(asked).toEqual([
      { root: import.meta.dirname, revisions: 'HEAD~1..HEAD', staged: false, minConfidence: 0, limit: 1000, paths: false },
      { root: import.meta.dirname, staged: true, minConfidence: 0.9, limit: 1000, paths: true },
    ]);
  });

  it('finds a path, or none', async () => {
    const { ask } = await serve(createPictureSystem());
    const { data } = await ask(
      `{ near: path(from: "checkSize", to: "UploadService.upload") { from to edge } far: path(from: "sharp", to: "checkSize") { to } }`,
    );
    expect(data).toEqual({ near: [{ from: checkSize, to: upload, edge: 'CALLS' }], far: null });
  });

  it('counts', async () => {
    const { ask } = await serve(createPictureSystem());
    const { data } = await ask('{ stats { generation nodes { kind count } edges { type count } diagnostics } }');
    expect(data.stats).toEqual({
      generation: 7,
      nodes: [
        { kind: 'Function', count: 7 },
        { kind: 'Class', count: 1 },
      ],
      edges: [{ type: 'CALLS', count: 8 }],
      diagnostics: 5,
    });
  });

  it('reads each level of a query in one call', async () => {
    const system = createPictureSystem();
    const { ask } = await serve(system);
    const { data, errors } = await ask(`{
      entities(filter: {kinds: [Function, Method, Class]}, first: 9) {
        nodes { outgoing(first: 5) { edges { node { name incoming(first: 5) { edges { node { name } } } } } } }
      }
    }`);
    expect(errors).toEqual([]);
    expect(data.entities.nodes.length).toBe(9);
    expect(system.calls).toEqual(['find', 'edges', 'nodes', 'edges', 'nodes']);
  });

  it.each(HOSTILE)('takes the name %j for a name', async (name) => {
    const { ask } = await serve(createPictureSystem());
    const { data, errors } = await ask(
      `query ($name: String!) { entity(ref: $name) { name } entities(filter: {name: $name}) { nodes { name } } search(query: $name) { node { name } } }`,
      { name },
    );
    expect(errors).toEqual([]);
    const sent = JSON.parse(JSON.stringify(name)) as string;
    const stored = Buffer.from(sent, 'utf8').toString('utf8');
    if (stored !== sent) return; // half a surrogate pair does not survive UTF-8
    expect(data).toEqual({ entity: { name }, entities: { nodes: [{ name }] }, search: [{ node: { name } }] });
  });
});
