import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../graph/store/registry.ts';
import type { GraphStore } from '../../graph/store/store.ts';
import type { GapQuestion, Grounding } from '../../src/agent/model.ts';
import { gaps } from '../../src/agent/steps/gaps.ts';
import { parseRequest } from '../../src/agent/steps/parse.ts';
import { retrieve } from '../../src/agent/steps/retrieve.ts';
import { createCurrentGraph, type CurrentGraph } from '../../src/current-graph.ts';
import { openSystem } from '../../src/platform.ts';

const EXAMPLE = path.resolve(import.meta.dirname, '../../examples/image-upload');
const REPO = 'image-upload';
const folder = mkdtempSync(path.join(tmpdir(), 'grounding-'));
let store: GraphStore;
let graph: CurrentGraph;

beforeAll(async () => {
  const location = path.join(folder, 'graph.db');
  const system = await openSystem({ store: location, embedder: { use: 'none' } });
  await system.ingest(EXAMPLE, { repo: REPO });
  await system.close();
  store = await openStore(location, { create: false });
  graph = createCurrentGraph(store);
});
afterAll(async () => {
  await graph.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (text: string): Promise<{ readonly grounding: Grounding; readonly questions: readonly GapQuestion[] }> =>
  graph.use(async (pinned) => {
    const context = { graph: pinned, repo: REPO, root: EXAMPLE, specs: 'specs', meant: async () => undefined };
    const request = { thread: 'T', text, file: 'requests/T.md' };
    const parsed = parseRequest(text);
    const grounding = await retrieve(request, parsed, context);
    return { grounding, questions: await gaps(request, parsed, grounding, context) };
  });
const local = (id: string): string => id.slice(`${REPO}//`.length);
const ids = ({ things }: Grounding, role: string): readonly string[] =>
  things.filter((each) => each.role === role).map(({ id }) => local(id));

describe('a request for the image upload system', () => {
  it('is told what exists: the spec, the operation and the function', async () => {
    const { grounding, questions } = await ask('I want an image upload feature');
    expect(grounding.existing.map(({ quote, thing }) => [quote, local(thing)])).toEqual([
      ['I want an image upload feature', 'spec:imageUpload'],
      ['I want an image upload feature', 'api:upload#POST /images'],
      ['I want an image upload feature', 'code:apps/web-client/src/api-client.ts#ApiClient.uploadImage'],
    ]);
    expect(questions[0]).toMatchObject({ slot: 'existing', about: 'I want an image upload feature' });
    expect(questions.length).toBeLessThanOrEqual(3);
    // The spec and the contract say these already.
    for (const { slot } of questions) expect(['size-limit', 'formats', 'permission', 'observability']).not.toContain(slot);
  });

  it('gets what has to do with it in every role', async () => {
    const { grounding } = await ask('I want an image upload feature');
    expect(ids(grounding, 'spec')).toEqual(expect.arrayContaining(['spec:imageUpload', 'spec:imageUpload/AC-e6ff6a0b']));
    expect(ids(grounding, 'operation')[0]).toBe('api:upload#POST /images');
    expect(ids(grounding, 'service')).toContain('svc:upload-service');
    expect(ids(grounding, 'event')).toContain('event:image.uploaded');
    expect(ids(grounding, 'schema')).toContain('api:upload#Image');
    expect(ids(grounding, 'policy')).toContain('policy:personal-data/P-2');
    expect(ids(grounding, 'decision')).toContain('adr:0003');
    expect(ids(grounding, 'config')).toContain('env:IMAGE_BUCKET');
    expect(ids(grounding, 'owner')).toContain('team:@acme/media');
    expect(ids(grounding, 'test').length).toBeGreaterThan(0);
    const governing = grounding.things.find(({ id }) => local(id) === 'policy:personal-data/P-2');
    expect(governing?.governs.map(local)).toContain('api:upload#POST /images');
    expect(grounding.things.find(({ id }) => local(id) === 'adr:0001')?.governs ?? []).toEqual([]);
  });

  it('quotes word for word what stands in the files', async () => {
    for (const text of ['I want an image upload feature', 'Attach documents to a profile', 'Delete my profile picture']) {
      const { grounding, questions } = await ask(text);
      const cited = [
        ...grounding.things.map(({ evidence }) => evidence),
        ...questions.flatMap(({ options }) => options.flatMap(({ evidence }) => evidence)),
      ];
      expect(cited.length).toBeGreaterThan(10);
      for (const { file, line, endLine, sha, quote } of cited) {
        const read = readFileSync(path.join(EXAMPLE, file), 'utf8');
        expect(
          read
            .split('\n')
            .slice(line - 1, endLine)
            .join('\n'),
        ).toContain(quote);
        expect(sha).toMatch(/^(?:sha256:)?[0-9a-f]{40,64}$/);
        if (sha.startsWith('sha256:')) expect(sha).toBe(`sha256:${createHash('sha256').update(read).digest('hex')}`);
      }
    }
  });

  it('is offered the limits of what is like it', async () => {
    const { questions } = await ask('As a member, I want to attach documents to my profile.');
    const size = questions.find(({ slot }) => slot === 'size-limit');
    expect(size?.options.map(({ value }) => value)).toContain('5 MB');
    expect(size?.options[0]?.evidence[0]?.file).toBe('specs/imageUpload.spec.yaml');
  });

  it('is told nothing of what the system has nothing to do with', async () => {
    expect((await ask('Add video conferencing')).grounding).toEqual({ things: [], existing: [] });
    expect((await ask('Delete my profile picture')).grounding.existing).toEqual([]);
  });
});
