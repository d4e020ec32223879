import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildUploads, systemBeforeUploads } from '../../scripts/before-uploads.mjs';
import { parse } from 'yaml';
import { ROOT, specgraph } from './cli.ts';

/** The story of docs/guides/from-request-to-spec.md, each step by a process of its own, as two people would take it. */
const SAMPLE = path.join(ROOT, 'examples/image-upload');
const TSC = path.join(ROOT, 'node_modules/@typescript/native/bin/tsc');
const THREAD = 'specs/.threads/upload';
const PIA = { name: 'Pia', email: 'pia@acme.example' };
const ARNO = { name: 'Arno', email: 'arno@acme.example' };
type Person = typeof PIA;

const folder = mkdtempSync(path.join(tmpdir(), 'story-'));
const root = path.join(folder, 'image-upload');
const at = (file: string): string => path.join(root, file);
const read = (file: string): string => readFileSync(at(file), 'utf8');
const git = (...args: readonly string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });

function edit(file: string, from: string, to: string): void {
  const before = read(file);
  expect(before).toContain(from);
  writeFileSync(
    at(file),
    before.replace(from, () => to),
  );
}

const identity = ({ name, email }: Person): Readonly<Record<string, string>> => ({
  GIT_AUTHOR_NAME: name,
  GIT_AUTHOR_EMAIL: email,
  GIT_COMMITTER_NAME: name,
  GIT_COMMITTER_EMAIL: email,
});
const run = (args: readonly string[], by: Person = PIA) => specgraph(args, { cwd: root, env: identity(by) });
async function ok(args: readonly string[], by?: Person): Promise<string> {
  const { code, stdout, stderr } = await run(args, by);
  expect({ args, code, stderr: code === 0 ? '' : stderr }).toEqual({ args, code: 0, stderr: '' });
  return stdout;
}
const json = async <T>(args: readonly string[], by?: Person): Promise<T> => JSON.parse(await ok([...args, '--json'], by)) as T;
const ingest = (): Promise<string> => ok(['ingest', '.']);

interface Status {
  readonly state: string;
  readonly gate?: {
    readonly name: string;
    readonly questions?: readonly { readonly id: string; readonly text: string; readonly options: readonly { readonly value: string }[] }[];
    readonly conflicts?: readonly {
      readonly id: string;
      readonly members: readonly { readonly layer: string; readonly evidence: { readonly quote: string } }[];
      readonly options: readonly { readonly id: string; readonly yields?: number }[];
    }[];
  };
  readonly spec?: { readonly path: string; readonly notes: readonly string[] };
  readonly handOff?: string;
}
interface Written {
  readonly feature: string;
  readonly description: string;
  readonly acceptance: readonly { readonly id: string; readonly text: string }[];
  readonly nfrs: Readonly<Record<string, readonly { readonly id: string; readonly text: string }[]>>;
  readonly questions?: readonly { readonly answer?: string }[];
  readonly links?: readonly { readonly rel: string; readonly target: string }[];
}

type Conflict = NonNullable<NonNullable<Status['gate']>['conflicts']>[number];
let conflict: Conflict | undefined;
let spec = '';
let written: Written;
const idOf = (about: RegExp): string => {
  const found = written.acceptance.filter(({ text }) => about.test(text));
  expect({ about, found: found.length }).toEqual({ about, found: 1 });
  return found[0]!.id;
};

beforeAll(() => {
  systemBeforeUploads(SAMPLE, root);
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'Pia');
  git('config', 'user.email', PIA.email);
  git('add', '.');
  git('commit', '-q', '-m', 'The system before uploads');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.sequential('from a request to an approved spec', () => {
  it('begins with a system that fits together, and knows nothing of uploads', async () => {
    await ingest();
    expect(await ok(['check'])).toBe('Everything fits together.\n');
    expect(await ok(['search', 'uploadImage', '--kind', 'Operation'])).not.toContain('POST /images');
  });

  it('asks what the notes leave open, and takes the answers', async () => {
    let status = await json<Status>(['agent', 'draft', '--from', 'notes.md', '--thread', 'upload']);
    expect(status).toMatchObject({ state: 'waiting', gate: { name: 'clarify' } });
    const questions = status.gate?.questions ?? [];
    expect(questions.length).toBeGreaterThan(0);
    expect(questions.length).toBeLessThanOrEqual(7);
    for (const { options } of questions) expect(options.length).toBeGreaterThanOrEqual(2);
    const [first] = questions;
    const short = await run(['agent', 'resume', 'upload', '--answer', 'Q-99=1']);
    expect(short).toMatchObject({ code: 2, stderr: expect.stringContaining('Q-99 is not asked') as string });
    status = await json<Status>(['agent', 'resume', 'upload', ...questions.flatMap(({ id }) => ['--answer', `${id}=1`])]);
    expect(read(`${THREAD}/clarify-1.md`)).toContain(`- ${first!.id}: ${first!.options[0]!.value}`);
    expect(status).toMatchObject({ state: 'waiting', gate: { name: 'settle' } });
    conflict = status.gate?.conflicts?.[0];
    expect(status.gate?.conflicts?.length).toBe(1);
  });

  it('names the rule that the preview conflicts with, and writes down how that was settled', async () => {
    expect(conflict?.members.map(({ layer, evidence }) => [layer, evidence.quote])).toEqual([
      ['policy', 'Pictures must be scanned for malware before a preview is shown.'],
      ['request', 'The preview must be shown before the picture is scanned for malware.'],
    ]);
    const less = conflict?.options.find(({ yields }) => yields === 1)?.id ?? '';
    const open = await run(['agent', 'resume', 'upload', '--choose', `${conflict?.id}=Z`]);
    expect(open).toMatchObject({ code: 2, stderr: expect.stringContaining('has no option Z') as string });
    const choice = `${conflict?.id}=${less} because nobody may see malware.`;
    const status = await json<Status>(['agent', 'resume', 'upload', '--choose', choice]);
    const [record] = git('ls-files', '--others', '--', 'docs/adr').trim().split('\n');
    expect(record).toMatch(/^docs\/adr\/0004-/);
    for (const part of ['## Status\n\nProposed', 'Nobody may see malware.', `Settles ${conflict?.id}`])
      expect(read(record ?? '')).toContain(part);
    expect(status).toMatchObject({ state: 'waiting', gate: { name: 'review-why' } });
    spec = status.spec?.path ?? '';
    written = parse(read(spec)) as Written;
  });

  it('drafts a spec that says what was asked for, each sentence with its source', async () => {
    expect(written.description).toBe('As a user, I want to upload a profile picture, so I can personalize my account.');
    for (const about of [/PNG, JPG/, /less than 5MB/, /preview before uploading/, /progress bar during upload/]) idOf(about);
    expect(written.acceptance.filter(({ text }) => /scanned/.test(text))).toEqual([]); // that gave way
    expect(Object.values(written.nfrs).flatMap((part) => part.map(({ text }) => text))).toEqual(
      expect.arrayContaining([
        'Scan for malware upon upload.',
        'Requires authenticated user session.',
        'Image processing (resizing) must complete within 2 seconds.',
        'Log upload success/failure events with user ID.',
      ]),
    );
    expect(written.questions?.every(({ answer }) => answer !== undefined)).toBe(true);
    expect(written.links).toContainEqual({ rel: 'constrainedBy', target: 'policy:personal-data/P-3' });
    expect(await ok(['spec', 'check', 'specs'])).toMatch(new RegExp(`^${spec}: \\d+ sentences: `));
    await ingest();
    expect(await ok(['check'])).toBe('Everything fits together.\n');
  });

  it('is approved by two people, neither of whom can be left out', async () => {
    const before = await run(['spec', 'approve', spec], { name: 'Eve', email: 'eve@acme.example' });
    expect(before).toMatchObject({ code: 2, stderr: expect.stringContaining('do not let Eve') as string });
    await ok(['spec', 'approve', spec], PIA);
    const how = await json<Status>(['agent', 'resume', 'upload']);
    expect(how).toMatchObject({ state: 'waiting', gate: { name: 'review-how' } });
    expect(await ok(['spec', 'approve', spec, '--comment', 'The means are there.'], ARNO)).toContain('approved by arno@acme.example');
    const done = await json<Status>(['agent', 'resume', 'upload'], ARNO);
    expect(done).toMatchObject({ state: 'done', handOff: `${THREAD}/hand-off` });
    const timeline = await ok(['agent', 'status', 'upload', '--timeline']);
    expect(timeline).toMatch(/review-why-1\s+Pia <pia@acme.example>/);
    expect(timeline).toMatch(/review-how-1\s+Arno <arno@acme.example>/);
    git('add', '.');
    git('commit', '-q', '-m', 'Approve the upload of pictures');
  });
});

describe.sequential('from the spec to code', () => {
  const pack = path.join(folder, 'pack');
  const compile = () => spawnSync(process.execPath, [TSC, '-p', path.join(pack, 'tsconfig.json')], { encoding: 'utf8' });

  interface Report {
    readonly testResults: readonly {
      readonly assertionResults: readonly {
        readonly title: string;
        readonly status: string;
        readonly failureMessages: readonly string[];
      }[];
    }[];
  }
  function acceptance() {
    const out = path.join(folder, 'report.json');
    const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
    spawnSync(process.execPath, [vitest, 'run', '--root', pack, '--reporter=json', `--outputFile=${out}`], { encoding: 'utf8' });
    return (JSON.parse(readFileSync(out, 'utf8')) as Report).testResults.flatMap(({ assertionResults }) => assertionResults);
  }

  it('hands over tasks that cover everything in an order that works, and diagrams', () => {
    const { tasks } = JSON.parse(read(`${THREAD}/hand-off/tasks.json`)) as {
      readonly tasks: readonly { readonly id: string; readonly dependsOn: readonly string[]; readonly covers: readonly string[] }[];
    };
    const parts = [...written.acceptance, ...Object.values(written.nfrs).flat()].map(({ id }) => id);
    expect(new Set(tasks.flatMap(({ covers }) => covers))).toEqual(new Set(parts));
    const done = new Set<string>();
    for (const { id, dependsOn } of tasks) {
      for (const other of dependsOn) expect(done).toContain(other);
      done.add(id);
    }
    expect(read(`${THREAD}/hand-off/DIAGRAMS.md`)).toMatch(/```mermaid\nsequenceDiagram/);
    expect(read(`${THREAD}/hand-off/POLICIES.md`)).toContain('Every operation asks who is calling.');
    expect(read(`${THREAD}/hand-off/contracts/openapi.yaml`)).toContain('image/png');
  });

  it('hands over TypeScript that compiles under strict, and tests that fail because nothing is built', () => {
    cpSync(at(`${THREAD}/hand-off`), pack, { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    expect(compile()).toMatchObject({ status: 0, stdout: '' });
    const results = acceptance().filter(({ status }) => status !== 'todo' && status !== 'pending');
    expect(results.length).toBeGreaterThanOrEqual(written.acceptance.length);
    for (const { status, failureMessages } of results)
      expect({ status, why: failureMessages[0]?.split('\n')[0] }).toEqual({
        status: 'failed',
        why: expect.stringMatching(/not implemented yet: AC-/) as string,
      });
  });

  it('passes the tests of what is built, and of nothing else', () => {
    const formats = idOf(/PNG, JPG/);
    const size = idOf(/less than 5MB/);
    implement(formats, (field) => `!['image/png', 'image/jpeg'].includes(input.${field})`);
    implement(size, (field) => `input.${field} >= 5_000_000`);
    expect(compile()).toMatchObject({ status: 0, stdout: '' });
    const passed = acceptance().filter(({ status }) => status === 'passed');
    expect(new Set(passed.map(({ title }) => /\/(AC-\w+)\]/.exec(title)?.[1]))).toEqual(new Set([formats, size]));
  });

  /** Puts a refusal into the skeleton's function for a criterion, in the names that the pack gave to things. */
  function implement(criterion: string, isRefused: (field: string) => string): void {
    const source = (part: string): string => {
      const service = path.join(pack, 'src');
      return path.join(service, `upload-profile-picture-${part}.ts`);
    };
    const [errors, types] = [readFileSync(source('errors'), 'utf8'), readFileSync(source('types'), 'utf8')];
    const error = new RegExp(`class (\\w+) extends \\w+ \\{[^}]*criterion = '${criterion}'`).exec(errors)?.[1];
    const field = new RegExp(`${criterion}\\. \\*/\\nexport interface \\w+[^{]*\\{[^}]*readonly (\\w+):`).exec(types)?.[1];
    expect({ criterion, error, field }).toEqual({ criterion, error: expect.any(String) as string, field: expect.any(String) as string });
    const file = source('service');
    const before = readFileSync(file, 'utf8');
    const stub = `throw new NotImplementedError('${criterion}', input);`;
    expect(before).toContain(stub);
    const body = `if (${isRefused(field ?? '')}) throw new ${error}();`;
    writeFileSync(
      file,
      before.replace(stub, body).replace(/import \{ ([^}]*) \} from '(\S+-errors\.ts)'/, `import { ${error}, $1 } from '$2'`),
    );
  }
});

interface Feedback {
  readonly built: readonly {
    readonly kind: string;
    readonly name: string;
    readonly state: string;
    readonly differences: readonly string[];
  }[];
  readonly decisions: readonly { readonly kind: string; readonly name: string; readonly documentedBy?: string; readonly evidence: Quote }[];
  readonly criteria: readonly { readonly id: string; readonly level: string; readonly tests: readonly Quote[] }[];
  readonly drift: readonly {
    readonly kind: string;
    readonly part: string;
    readonly message: string;
    readonly evidence: readonly Quote[];
  }[];
  readonly proposals: {
    readonly spec?: { readonly diff: string };
    readonly adrs: readonly { readonly path: string; readonly text: string }[];
  };
}
interface Quote {
  readonly file: string;
  readonly line: number;
  readonly quote: string;
}

describe.sequential('after it was built', () => {
  const feedback = async (
    ...more: readonly string[]
  ): Promise<{ readonly code: number | null; readonly said: Feedback; readonly stderr: string }> => {
    const { code, stdout, stderr } = await run(['agent', 'feedback', spec, '--json', ...more]);
    return { code, stderr, said: JSON.parse(stdout) as Feedback };
  };

  it('says that nothing is there yet', async () => {
    const { code, said } = await feedback();
    expect(code).toBe(1);
    expect(said.built).toContainEqual(expect.objectContaining({ kind: 'operation', state: 'missing' }));
    expect(said.criteria.every(({ level }) => level === 'L0')).toBe(true);
    expect(said.decisions.map(({ kind }) => kind)).toEqual(['decision-record']); // of the preview
    expect(said.drift).toEqual([]);
  });

  it('asks for an ingest where the graph is older than the files', async () => {
    buildUploads(SAMPLE, root, written.feature, {
      formats: idOf(/PNG, JPG/),
      size: idOf(/less than 5MB/),
      preview: idOf(/preview before uploading/),
      progress: idOf(/progress bar/),
    });
    edit('services/upload-service/package.json', '"@acme/storage": "1.0.0"', '"@acme/storage": "1.0.0",\n    "sharp": "0.34.0"');
    const { code, stderr } = await run(['agent', 'feedback', spec]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('Run `specgraph ingest` first.') as string });
    await ingest();
    expect(await ok(['check'])).toBe('Everything fits together.\n');
  });

  it('says what was built otherwise, what was decided on the way, and what is tested', async () => {
    const { code, said } = await feedback('--write');
    expect(code).toBe(1);
    expect(said.built.find(({ kind }) => kind === 'operation')).toMatchObject({ state: 'different', differences: ['is POST /images'] });
    const undocumented = said.decisions.filter(({ documentedBy }) => documentedBy === undefined).map(({ kind, name }) => `${kind} ${name}`);
    expect(undocumented).toEqual(
      expect.arrayContaining(['dependency sharp', 'config RESIZER_URL', 'service upload-service', 'operation POST /images']),
    );
    // Both stood in the repository before.
    expect(undocumented).not.toContain('config IMAGE_BUCKET');
    expect(undocumented).not.toContain('config USER_SERVICE_URL');
    for (const { evidence } of said.decisions) expect(read(evidence.file).split('\n')[evidence.line - 1]?.trim()).toBe(evidence.quote);
    const bound = said.criteria.filter(({ level }) => level === 'L1').map(({ id }) => id);
    expect(new Set(bound)).toEqual(new Set([/PNG, JPG/, /less than 5MB/, /preview before uploading/, /progress bar/].map(idOf)));
    expect(said.drift).toEqual([]);
  });

  it('proposes what follows, and touches nothing', async () => {
    expect(git('status', '--porcelain', '--', spec, 'docs/adr')).toBe('');
    const config = (await feedback()).said.proposals.adrs.find((adr) => adr.text.includes('RESIZER\\_URL'));
    expect(config?.path).toMatch(/^docs\/adr\/000\d-configure-by-/);
    expect(read(`${THREAD}/feedback/adr/${path.basename(config?.path ?? '')}`)).toContain('## Status\n\nProposed');
    expect(read(`${THREAD}/feedback/FEEDBACK.md`)).toContain('`git apply spec.diff`');
    git('apply', `${THREAD}/feedback/spec.diff`);
    expect(read(spec)).toContain('ref: test:apps/web-client/test/upload-form.test.tsx');
    // Which test proves a criterion is no part of what was approved.
    expect(await ok(['spec', 'status', spec])).toMatch(/ approved [0-9a-f]{12}\n/);
    await ingest();
    expect(await ok(['check'])).toBe('Everything fits together.\n');
    const { said } = await feedback();
    expect(said.proposals.spec).toBeUndefined();
  });

  it('finds a limit in code that is not the criterion’s', async () => {
    edit('services/upload-service/src/config.ts', 'maxBytes: 5 * MEGABYTE', 'maxBytes: 10 * MEGABYTE');
    await ingest();
    const { said } = await feedback();
    expect(said.drift).toMatchObject([
      {
        kind: 'limit',
        part: idOf(/less than 5MB/),
        evidence: [{ file: 'services/upload-service/src/config.ts', quote: 'maxBytes: 10 * MEGABYTE,' }],
      },
    ]);
    edit('services/upload-service/src/config.ts', 'maxBytes: 10 * MEGABYTE', 'maxBytes: 5 * MEGABYTE');
  });

  it('flags the spec when a policy changes that it rests on', async () => {
    const [old, fresh] = ['Every operation asks who is calling.', 'Every operation asks who is calling, and for which tenant.'];
    edit('policies/personal-data.policy.yaml', old, fresh);
    await ingest();
    const { code, stdout } = await run(['check']);
    expect(code).toBe(1);
    expect(stdout).toContain('[outdated-citation]');
    expect(stdout).toContain(`said "${old}", and says "${fresh}" now (policies/personal-data.policy.yaml:`);
    expect(await run(['spec', 'check', spec])).toMatchObject({ code: 1, stdout: expect.stringContaining('[outdated-citation]') as string });
    expect(await ok(['impact', 'policy:personal-data/P-3'])).toContain(`spec:${written.feature}`);
    const { said } = await feedback();
    expect(said.drift).toMatchObject([{ kind: 'citation', evidence: [{ file: spec }, { file: 'policies/personal-data.policy.yaml' }] }]);
    edit('policies/personal-data.policy.yaml', fresh, old);
  });

  it('returns to review when somebody edits what was approved', async () => {
    edit(spec, 'less than 5MB', 'less than 3MB');
    await ingest();
    expect(await ok(['spec', 'status', spec])).toContain('in review');
    const { said } = await feedback();
    expect(said.drift).toContainEqual(
      expect.objectContaining({
        kind: 'spec-edited',
        part: idOf(/less than 5MB/),
        message: expect.stringContaining('tightened') as string,
      }),
    );
    // The code still says 5 MB.
    expect(said.drift).toContainEqual(expect.objectContaining({ kind: 'limit' }));
  });
});
