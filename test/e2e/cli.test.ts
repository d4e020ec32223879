import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN, ROOT, specgraph } from './cli.ts';

let folder: string;
let example: string;
let store: string;

const ask = (command: string, ...args: readonly string[]) => specgraph([command, ...args, '--store', store]);
const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
const lines = (text: string): readonly Record<string, unknown>[] => text.split('\n').filter(Boolean).map(json);
const batch = (...questions: readonly unknown[]) =>
  specgraph(['impact', '--batch', '--store', store], {
    input: questions.map((question) => (typeof question === 'string' ? question : JSON.stringify(question))).join('\n'),
  });

const QUOTA_OF = { file: 'services/user-service/src/quotas.ts', name: 'quotaOf' };

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cli-'));
  example = path.join(folder, 'image-upload');
  store = path.join(folder, 'graph.db');
  cpSync(path.join(ROOT, 'examples/image-upload'), example, { recursive: true });
  const { code, stdout, stderr } = await specgraph(['ingest', example, '--store', store]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/files, .* units stated in .* generation 1/);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('specgraph ingest', () => {
  it('leaves nothing in the repository', () => {
    const before = readdirSync(path.join(ROOT, 'examples/image-upload'), { recursive: true });
    expect(readdirSync(example, { recursive: true }).toSorted()).toEqual(before.toSorted());
  });

  it('says that a repository is up to date', async () => {
    const { stdout } = await specgraph(['ingest', example, '--store', store, '--json']);
    expect(json(stdout)).toMatchObject({ generation: 1, replaced: 0, removed: 0 });
  });

  it('keeps to .specgraph in the current directory by default', async () => {
    const cwd = mkdtempSync(path.join(folder, 'cwd-'));
    writeFileSync(path.join(cwd, 'a.ts'), 'export const a = 1;\n');
    expect((await specgraph(['ingest', '.'], { cwd })).code).toBe(0);
    expect(existsSync(path.join(cwd, '.specgraph/graph.db'))).toBe(true);
    expect((await specgraph(['impact', 'a'], { cwd })).code).toBe(0);
  });

  it('takes the store from the environment', async () => {
    const { stdout } = await specgraph(['stats', '--json'], { env: { SPECGRAPH_STORE: store } });
    expect(json(stdout)['generation']).toBe(1);
  });

  it('is interrupted by Ctrl-C with exit code 130 and a consistent store', async () => {
    const watched = path.join(folder, 'interrupted.db');
    const service = path.join(example, 'services/user-service');
    let stopped = false;
    const { code } = await specgraph(['ingest', service, '--watch', '--store', watched], {
      onOutput: (_, stop) => {
        if (!stopped) stop('SIGINT');
        stopped = true;
      },
    });
    expect(code).toBe(130);
    expect((await specgraph(['ingest', service, '--store', watched])).stdout).toContain('up to date');
  });

  it('watches, and answers from what changed', async () => {
    const root = path.join(folder, 'watched');
    const watched = path.join(folder, 'watched.db');
    mkdirSync(root);
    writeFileSync(path.join(root, 'a.ts'), 'export const one = 1;\n');
    const { stdout } = await specgraph(['ingest', root, '--watch', '--json', '--store', watched], {
      onOutput: (text, stop) => {
        const reports = text.split('\n').length - 1;
        if (reports === 1 && !text.includes('"generation":2')) appendFileSync(path.join(root, 'a.ts'), 'export const two = 2;\n');
        if (reports >= 2) stop('SIGINT');
      },
    });
    expect(lines(stdout).map((report) => report['generation'])).toEqual([1, 2]);
    expect((await specgraph(['show', 'two', '--store', watched])).code).toBe(0);
  });
});

describe('specgraph impact', () => {
  it('begins with the verdict and gives a line to look at for each place', async () => {
    const { code, stdout } = await ask('impact', `${QUOTA_OF.file}#${QUOTA_OF.name}`, '--change', 'remove');
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toMatch(/^breaking {2}remove of services\/user-service\/src\/quotas\.ts#quotaOf/);
    expect(stdout).toMatch(/services\/user-service\/src\/user-service\.ts:\d+ +UserService\.\w+ +— .+ \(compiler, \d\.\d\d\)/);
    expect(stdout).toContain('services/user-service/test/user-service.test.ts');
  });

  it('writes no colours where nobody sees them', async () => {
    const { stdout } = await ask('impact', 'quotaOf');
    expect(stdout).not.toContain('\u001b');
  });

  it('explains the path on request', async () => {
    const { stdout } = await ask('impact', 'quotaOf', '--change', 'remove', '--explain');
    expect(stdout).toMatch(/quotas\.ts#quotaOf → services\/.+ {2}[A-Z_]+ services\/.+:\d+ \(/);
  });

  it('prints the whole answer as JSON', async () => {
    const answer = json((await ask('impact', 'quotaOf', '--change', 'remove', '--json')).stdout);
    expect(answer).toMatchObject({ verdict: 'breaking', change: 'remove', generation: 1, unknown: [] });
    expect(answer).toHaveProperty('impacted.0.declaration');
  });

  it.each([
    ['breaking', 'remove', 1],
    ['review', 'remove', 1],
    ['breaking', 'add-optional-parameter', 0],
  ])('exits with --fail-on %s for %s with %i', async (verdict, change, code) => {
    expect((await ask('impact', 'fits', '--change', change, '--fail-on', verdict)).code).toBe(code);
  });

  it('works out from a diff what changed and how', async () => {
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], { cwd: example });
    const file = path.join(example, QUOTA_OF.file);
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'first');
    const source = readFileSync(file, 'utf8');
    try {
      writeFileSync(file, source.replace('quotaOf(user: User)', 'quotaOf(user: User, at: Date)'));
      const { code, stdout } = await ask('impact', '--diff', '--root', example, '--fail-on', 'breaking');
      expect(code).toBe(1);
      expect(stdout).toMatch(/^breaking {2}1 changed declaration · breaks/);
      expect(stdout).toMatch(/quotas\.ts#quotaOf +add-required-parameter/);
      expect((await ask('impact', '--staged', '--root', example)).stdout).toMatch(/^compatible {2}no declaration changed/);
    } finally {
      writeFileSync(file, source);
      rmSync(path.join(example, '.git'), { recursive: true });
    }
  });

  it('answers from the store alone', async () => {
    const away = `${example}.away`;
    execFileSync('mv', [example, away]);
    try {
      expect((await ask('impact', 'quotaOf', '--change', 'remove')).stdout).toMatch(/^breaking/);
    } finally {
      execFileSync('mv', [away, example]);
    }
  });
});

describe('specgraph impact --batch', () => {
  it('answers each line in order, and goes on after a bad one', async () => {
    const { code, stdout, stderr } = await batch(
      { id: 'a', target: QUOTA_OF, change: 'remove' },
      'this is no JSON',
      '',
      { id: 'b', target: 'nowhere.ts#Nothing', change: 'remove' },
      { id: 3, target: QUOTA_OF, change: 'explode' },
      { id: 'd', target: 'fits', change: 'add-optional-parameter' },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const answers = lines(stdout);
    expect(answers.map(({ id }) => id)).toEqual(['a', null, 'b', 3, 'd']);
    expect(answers.map((answer) => answer['verdict'] ?? (answer['error'] as { code: string }).code)).toEqual([
      'breaking',
      'BAD_INPUT',
      'TARGET_NOT_FOUND',
      'BAD_INPUT',
      'compatible',
    ]);
  });

  it('says of each place what docs/reference/cli.md promises', async () => {
    const [answer] = lines((await batch({ id: '1', target: QUOTA_OF, change: 'remove' })).stdout);
    expect(Object.keys(answer ?? {})).toEqual(['id', 'verdict', 'impacted', 'tests', 'unknown']);
    expect(answer?.['impacted']).toContainEqual(
      expect.objectContaining({
        file: 'services/user-service/src/user-service.ts',
        declaration: expect.stringMatching(/^UserService\./) as string,
        line: expect.any(Number) as number,
        effect: 'breaks',
        distance: 1,
        tier: 'compiler',
        confidence: expect.any(Number) as number,
      }),
    );
    expect(answer?.['tests']).toContainEqual(
      expect.objectContaining({ file: 'services/user-service/test/user-service.test.ts', reason: expect.any(String) as string }),
    );
  });

  it('lists as many items as a question asks for, else all, and counts them where it does not list them', async () => {
    const question = { target: QUOTA_OF, change: 'remove' };
    const [all, first, none] = lines(
      (await batch({ id: 1, ...question }, { id: 2, ...question, limit: 1 }, { id: 3, ...question, limit: 0 })).stdout,
    );
    const items = all?.['impacted'] as readonly { readonly effect: string }[];
    expect(items.length).toBeGreaterThan(1);
    const totals = first?.['totals'] as readonly { readonly effect: string; readonly items: number }[];
    expect(totals.map(({ effect, items: count }) => [effect, count])).toEqual(
      ['breaks', 'unknown', 'behaves-differently', 'review', 'compatible'].map((effect) => [
        effect,
        items.filter((item) => item.effect === effect).length,
      ]),
    );
    expect(first).toEqual({ ...all, id: 2, totals, impacted: items.slice(0, 1) });
    expect(none).toEqual({ ...all, id: 3, totals, impacted: [] });
  });

  it('takes the confidence of the flag for questions that state none', async () => {
    const question = { target: QUOTA_OF, change: 'remove' };
    const asked = [
      { id: 1, ...question },
      { id: 2, ...question, minConfidence: 0 },
    ]
      .map((line) => JSON.stringify(line))
      .join('\n');
    const { stdout } = await specgraph(['impact', '--batch', '--store', store, '--min-confidence', '1'], { input: asked });
    const [sure, every] = lines(stdout).map(({ impacted }) => (impacted as readonly unknown[]).length);
    expect(every).toBeGreaterThan(sure!);
  });

  it('answers nothing with nothing', async () => {
    expect(await batch()).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

describe('the other commands', () => {
  it('search finds by words in names', async () => {
    expect((await ask('search', 'quota', 'of')).stdout).toContain('quotaOf');
    expect((await ask('search', 'zzz')).stdout).toBe('');
    const { hits } = json((await ask('search', 'quota', '--kind', 'Function', '--limit', '1', '--json')).stdout) as { hits: unknown[] };
    expect(hits).toHaveLength(1);
  });

  it('search finds files by what they are about', async () => {
    const { hits, files } = json((await ask('search', 'reject images that are too large', '--json')).stdout) as {
      hits: { node: { id: string } }[];
      files: { path: string; signals: object }[];
    };
    expect(files.slice(0, 3).map(({ path }) => path)).toContain('services/upload-service/src/validation.ts');
    expect(files[0]!.signals).toHaveProperty('file');
    expect(hits.length).toBeGreaterThan(0);
  });

  it('search --batch answers each line, also those that cannot be answered', async () => {
    const questions = [
      { id: 'a', query: 'quota', limit: 2, kinds: ['Function'] },
      { id: 'b' },
      { id: 3, query: 'quota', kinds: ['Nothing'] },
    ];
    const { code, stdout } = await specgraph(['search', '--batch', '--store', store], {
      input: `${questions.map((question) => JSON.stringify(question)).join('\n')}\nno JSON\n`,
    });
    const [found, ...refused] = lines(stdout) as { id: unknown; hits?: object[]; files?: string[]; error?: { code: string } }[];
    expect(code).toBe(0);
    expect(found).toMatchObject({ id: 'a', hits: [{ kind: 'Function', path: 'services/user-service/src/quotas.ts' }, {}] });
    expect(found!.files).toHaveLength(2);
    expect(refused.map(({ id, error }) => [id, error?.code])).toEqual([
      ['b', 'BAD_INPUT'],
      [3, 'BAD_INPUT'],
      [null, 'BAD_INPUT'],
    ]);
    expect((await ask('search')).code).toBe(2);
  });

  it('show prints a thing and its neighbours', async () => {
    const { stdout } = await ask('show', 'quotaOf');
    expect(stdout).toMatch(/^Function quotaOf {2}services\/user-service\/src\/quotas\.ts:\d+\n/);
    expect(stdout).toMatch(/CALLS +services\/user-service\/src\/user-service\.ts#UserService/);
    expect(json((await ask('show', 'quotaOf', '--json')).stdout)).toMatchObject({ node: { name: 'quotaOf' } });
  });

  it('path tells how two things are connected', async () => {
    const { stdout } = await ask('path', 'services/user-service/test/user-service.test.ts', 'quotaOf', '--json');
    expect(json(stdout)['path']).not.toHaveLength(0);
    expect(json((await ask('path', 'services/notifications/src/mailer.ts', 'quotaOf', '--json')).stdout)['path']).toBeNull();
  });

  it('stats counts', async () => {
    const stats = json((await ask('stats', '--json')).stdout);
    expect(Object.keys(stats)).toEqual(['generation', 'nodes', 'edges', 'diagnostics']);
    expect(stats).toMatchObject({ generation: 1, nodes: { Repository: 1, Package: expect.any(Number) as number } });
    expect((await ask('stats')).stdout).toMatch(/Nodes: [\d,]+/);
  });

  it('dump is sorted, complete and without generation numbers', async () => {
    const { stdout } = await ask('dump');
    const ids = lines(stdout).flatMap(({ node }) => (node ? [(node as { id: string }).id] : []));
    expect(ids).toEqual(ids.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(stdout).not.toContain('"generation"');
    const again = path.join(folder, 'again.db');
    await specgraph(['ingest', example, '--store', again]);
    expect((await specgraph(['dump', '--store', again])).stdout === stdout).toBe(true);
  });

  it('doctor is well, and lists what was not understood', async () => {
    expect(await ask('doctor')).toMatchObject({ code: 0, stdout: expect.stringContaining('✓  Store') as string });
    const root = mkdtempSync(path.join(folder, 'broken-'));
    writeFileSync(path.join(root, 'broken.ts'), 'export const = ;\n');
    const broken = path.join(root, '../broken.db');
    await specgraph(['ingest', root, '--store', broken]);
    expect((await specgraph(['doctor', '--store', broken])).stdout).toMatch(/broken\.ts:1:\d+ +error/);
  });

  it('serve answers over GraphQL until Ctrl-C', async () => {
    let asked: Promise<unknown> | undefined;
    const { code } = await specgraph(['serve', '--port', '0', '--store', store], {
      onOutput: (text, stop) => {
        const url = /http:\/\/\S+/.exec(text)?.[0];
        if (!url || asked) return;
        asked = fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: '{ stats { generation } }' }),
        })
          .then((response) => response.json())
          .finally(() => stop('SIGINT'));
      },
    });
    expect(await asked).toMatchObject({ data: { stats: { generation: 1 } } });
    expect(code).toBe(130);
  });
});

describe('what goes wrong', () => {
  it.each([
    [['impact', 'quotaOf', '--change', 'explode'], /Allowed choices/],
    [['impact', 'quotaOf', '--min-confidence', '2'], /from 0 to 1/],
    [['impact'], /Ask about one thing/],
    [['impact', 'quotaOf', '--batch'], /Ask about one thing/],
    [['impact', 'quotaOff'], /Similar names|Did you mean[\s\S]*quotaOf/],
    [['nonsense'], /unknown command/],
    [['search', 'x', '--limit', '0'], /whole number/],
  ])('%j ends with 2 and says what to do', async ([command = '', ...args], message) => {
    const { code, stdout, stderr } = await ask(command, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  it.each([
    ['a store that is not there', ['stats', '--store', 'nowhere.db'], /STORE_NOT_FOUND/],
    ['a store nobody speaks', ['stats', '--store', 'mysql://x'], /BAD_INPUT/],
    ['a file that is no store', ['stats', '--store', 'package.json'], /BAD_INPUT/],
    ['a repository that is not there', ['ingest', 'nowhere', '--store', 'unused.db'], /SOURCE_NOT_FOUND/],
    ['a repository name with //', ['ingest', '.', '--repo', 'a//b', '--store', 'unused.db'], /BAD_INPUT/],
  ])('%s ends with 2', async (_, args, message) => {
    const { code, stderr } = await specgraph(args, { cwd: path.join(ROOT, 'examples/image-upload') });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(existsSync(path.join(ROOT, 'examples/image-upload/unused.db'))).toBe(false);
  });

  it('is quiet when the reader of its output goes away', () => {
    const output = execFileSync(
      'bash',
      ['-c', `"${process.execPath}" "${BIN}" dump --store "${store}" 2>&1 | head -n 1; echo "\${PIPESTATUS[0]}"`],
      { encoding: 'utf8' },
    );
    const [first = '', status] = output.trim().split('\n');
    expect(json(first)).toHaveProperty('node');
    expect(status).toBe('0');
  });
});
