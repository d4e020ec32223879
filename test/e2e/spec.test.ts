import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { BIN, ROOT, specgraph, type RunOptions } from './cli.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'spec-'));
const SPEC = path.join(folder, 'imageUpload.spec.yaml');
const spec = (args: readonly string[], options: RunOptions = {}) => specgraph(['spec', ...args], { cwd: folder, ...options });
const edit = (from: string, to: string) => writeFileSync(SPEC, readFileSync(SPEC, 'utf8').replace(from, to));

beforeEach(() => copyFileSync(path.join(ROOT, 'test/fixtures/specs/original.txt'), SPEC));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('specgraph spec fmt', () => {
  it('formats all specs below a folder, once', async () => {
    expect(await spec(['fmt', '--check', '.'])).toMatchObject({ code: 1, stdout: 'imageUpload.spec.yaml: is not formatted\n' });
    expect(await spec(['fmt', '.'])).toMatchObject({ code: 0, stdout: 'imageUpload.spec.yaml: formatted, 8 ids given\n', stderr: '' });
    expect(await spec(['fmt', '--check', '.'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('tells what is wrong, where it stands, and writes nothing', async () => {
    edit('owner: architect', 'owner: [');
    const before = readFileSync(SPEC, 'utf8');
    const { code, stderr } = await spec(['fmt', 'imageUpload.spec.yaml']);
    expect({ code, text: readFileSync(SPEC, 'utf8') }).toEqual({ code: 1, text: before });
    expect(stderr).toMatch(/^imageUpload\.spec\.yaml:\d+:\d+ {2}error {2}/);
  });

  it('knows paths that are not there', async () => {
    expect(await spec(['fmt', 'nowhere'])).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no nowhere.') as string });
  });
});

describe('specgraph spec diff', () => {
  it('says what changed and which version that asks for', async () => {
    copyFileSync(SPEC, path.join(folder, 'before.yaml'));
    await spec(['fmt', '.']);
    expect(await spec(['diff', 'before.yaml', 'imageUpload.spec.yaml'])).toMatchObject({ stdout: 'Nothing that is demanded changed.\n' });
    copyFileSync(SPEC, path.join(folder, 'before.yaml'));
    edit('less than 5MB', 'less than 3MB');
    edit('Displays a preview', 'Shows a preview');
    const { stdout, code } = await spec(['diff', 'before.yaml', 'imageUpload.spec.yaml']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        '2 changes: major, 1.0 becomes 2.0 or later\n' +
        '  AC-b0346dda  reworded   patch  the same in other words\n' +
        '  AC-e6ff6a0b  tightened  major  less than 3MB; before, less than 5MB\n',
    });
    expect(JSON.parse((await spec(['diff', 'before.yaml', 'imageUpload.spec.yaml', '--json'])).stdout)).toMatchObject({
      bump: 'major',
      version: '2.0',
    });
  });

  it('refuses what is no sound spec', async () => {
    writeFileSync(path.join(folder, 'before.yaml'), 'feature: [');
    const { code, stderr } = await spec(['diff', 'before.yaml', 'imageUpload.spec.yaml']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('before.yaml is no sound spec. line 1') as string });
  });
});

describe('specgraph spec merge', () => {
  it('is a merge driver of Git that joins what two branches did, and stops where they clash', () => {
    const repository = path.join(folder, 'repository');
    mkdirSync(repository);
    const file = path.join(repository, 'imageUpload.spec.yaml');
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=Ana', '-c', 'user.email=ana@acme', ...args], {
        cwd: repository,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    const commit = (from: string, to: string): void => {
      const text = readFileSync(file, 'utf8');
      expect(text).toContain(from);
      writeFileSync(file, text.replace(from, to));
      git('commit', '-qam', to);
    };
    git('init', '-q', '-b', 'main');
    git('config', 'merge.specgraph.driver', `'${process.execPath}' '${BIN}' spec merge --write %O %A %B`);
    writeFileSync(path.join(repository, '.gitattributes'), '*.spec.yaml merge=specgraph\n');
    copyFileSync(SPEC, file);
    git('add', '.');
    git('commit', '-qm', 'The spec');
    git('checkout', '-qb', 'side');
    commit('less than 5MB', 'less than 4MB');
    commit('Shows a progress bar during upload.', 'Shows a progress bar.');
    git('checkout', '-q', 'main');
    commit('"Displays a preview before uploading."', '"Displays a large preview before uploading."');
    git('merge', '-q', '--no-edit', 'side');
    for (const part of ['less than 4MB', 'Shows a progress bar.', 'large preview']) expect(readFileSync(file, 'utf8')).toContain(part);
    git('checkout', '-qb', 'other');
    commit('less than 4MB', 'less than 3MB');
    git('checkout', '-q', 'main');
    commit('less than 4MB', 'less than 6MB');
    expect(() => git('merge', '--no-edit', 'other')).toThrow(/1 conflict: AC-e6ff6a0b/);
    expect(readFileSync(file, 'utf8')).toMatch(/<<<<<<< ours\n {2}- id: .*\n.*6MB.*\n=======\n {2}- id: .*\n.*3MB.*\n>>>>>>> theirs\n/);
  });

  it('tells of conflicts, and prints the result', async () => {
    const [ours, theirs] = ['ours.yaml', 'theirs.yaml'].map((name) => path.join(folder, name)) as [string, string];
    writeFileSync(ours, readFileSync(SPEC, 'utf8').replace('5MB', '4MB'));
    writeFileSync(theirs, readFileSync(SPEC, 'utf8').replace('5MB', '6MB'));
    const { code, stdout, stderr } = await spec(['merge', SPEC, ours, theirs]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '1 conflict: AC-e6ff6a0b (both sides changed it)\n' });
    expect(stdout).toContain('>>>>>>> theirs');
    expect((await spec(['merge', SPEC, ours, SPEC])).code).toBe(0);
  });
});

describe('approving a spec from the command line', () => {
  const as = (email: string) => ({ env: { GIT_AUTHOR_NAME: email.split('@')[0]!, GIT_AUTHOR_EMAIL: email } });

  it('needs those whom the rules name, and shows who decided', async () => {
    rmSync(path.join(folder, 'imageUpload.approvals.jsonl'), { force: true });
    await spec(['fmt', 'imageUpload.spec.yaml']);
    const nobody = expect.stringMatching(/^imageUpload\.spec\.yaml {2}draft\n {2}Nothing says who may approve/) as string;
    expect(await spec(['status', 'imageUpload.spec.yaml'])).toMatchObject({ code: 0, stdout: nobody, stderr: '' });
    expect(await spec(['status', 'imageUpload.spec.yaml', '--require-approved'])).toMatchObject({ code: 1, stdout: nobody });
    expect(JSON.parse((await spec(['status', 'imageUpload.spec.yaml', '--json'])).stdout)).toMatchObject({
      specs: [{ path: 'imageUpload.spec.yaml', error: { code: 'APPROVAL_REFUSED' } }],
    });
    writeFileSync(path.join(folder, 'approvals.yaml'), 'why: [pm@acme]\nhow: [architect@acme]\n');
    expect((await spec(['submit', 'imageUpload.spec.yaml'], as('pm@acme'))).stdout).toContain('in review');
    expect(await spec(['approve', 'imageUpload.spec.yaml'], as('stranger@acme'))).toMatchObject({
      code: 2,
      stderr:
        'specgraph: The rules do not let stranger <stranger@acme> decide about imageUpload.spec.yaml. Ask one of: pm@acme (why); architect@acme (how). [APPROVAL_REFUSED]\n',
    });
    await spec(['approve', 'imageUpload.spec.yaml', '--comment', 'Yes, please'], as('pm@acme'));
    expect((await spec(['status', 'imageUpload.spec.yaml', '--require-approved'])).code).toBe(1);
    const { stdout } = await spec(['approve', 'imageUpload.spec.yaml'], as('architect@acme'));
    expect(stdout).toMatch(
      /^imageUpload\.spec\.yaml {2}1\.0 {2}approved [0-9a-f]{12}\n {2}why {2}approved by pm@acme\n {2}how {2}approved by architect@acme\n$/,
    );
    expect((await spec(['status', 'imageUpload.spec.yaml', '--require-approved'])).code).toBe(0);
    writeFileSync(path.join(folder, 'broken.spec.yaml'), 'feature: [');
    expect(await spec(['status', '.'])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^broken\.spec\.yaml {2}not sound\n.*\nimageUpload\.spec\.yaml {2}1\.0 {2}approved/) as string,
    });
    rmSync(path.join(folder, 'broken.spec.yaml'));
    edit('less than 5MB', 'less than 3MB');
    expect((await spec(['status', 'imageUpload.spec.yaml'])).stdout).toContain('major changes since 1.0, which was approved: at least 2.0');
    expect((await spec(['log', 'imageUpload.spec.yaml'])).stdout).toMatch(
      /submit +pm@acme.*\n.*approve +why +pm@acme.*Yes, please\n.*approve +how +architect@acme/,
    );
    edit('less than 3MB', 'less than 5MB');
    const log = path.join(folder, 'imageUpload.approvals.jsonl');
    writeFileSync(log, readFileSync(log, 'utf8').replace('Yes, please', 'No, thanks'));
    expect(await spec(['log', 'imageUpload.spec.yaml'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('approvals.jsonl:2: Does not have the hash') as string,
    });
  });

  it('loses no vote of processes that run at once', async () => {
    rmSync(path.join(folder, 'imageUpload.approvals.jsonl'), { force: true });
    await spec(['fmt', 'imageUpload.spec.yaml']);
    const people = Array.from({ length: 6 }, (_, index) => `reviewer${index}@acme`);
    writeFileSync(path.join(folder, 'approvals.yaml'), `why: { people: ["reviewer*@acme"], atLeast: ${people.length} }\n`);
    await spec(['submit', 'imageUpload.spec.yaml'], as('reviewer0@acme'));
    const outcomes = await Promise.all(people.map((email) => spec(['approve', 'imageUpload.spec.yaml'], as(email))));
    expect(outcomes.map(({ code }) => code)).toEqual(people.map(() => 0));
    const { stdout, code } = await spec(['status', 'imageUpload.spec.yaml', '--require-approved']);
    expect(code).toBe(0);
    for (const email of people) expect(stdout).toContain(`approved by ${email}`);
    expect((await spec(['log', 'imageUpload.spec.yaml'])).code).toBe(0);
  });
});

describe('specgraph spec lint', () => {
  it('tells what could be better, as text and as SARIF, and fails for what it was asked to', async () => {
    const { code, stdout } = await spec(['lint', 'imageUpload.spec.yaml']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^imageUpload\.spec\.yaml:10:5 +warning +imageUpload\/AC-bc72cd28: Says how things are.*\[no-ears\]$/m);
    expect((await spec(['lint', 'imageUpload.spec.yaml', '--fail-on', 'warning'])).code).toBe(1);
    const sarif = JSON.parse((await spec(['lint', 'imageUpload.spec.yaml', '--sarif'])).stdout) as {
      runs: { results: { ruleId: string }[] }[];
    };
    expect(sarif.runs[0]?.results.map(({ ruleId }) => ruleId)).toContain('no-verification');
  });

  it('knows what is in a graph', async () => {
    const store = path.join(folder, 'graph.db');
    const service = path.join(folder, 'service');
    mkdirSync(service, { recursive: true });
    writeFileSync(path.join(service, 'user-service.ts'), 'export class UserService {}\n');
    await specgraph(['ingest', service, '--store', store], { env: { SPECGRAPH_EMBEDDER: 'none' } });
    const { code, stdout } = await spec(['lint', 'imageUpload.spec.yaml', '--store', store]);
    expect(code).toBe(1);
    expect(stdout.match(/\S+ is not in the graph/g)).toEqual(['S3StorageService is not in the graph']);
  });
});

describe('specgraph spec import and render', () => {
  it('make a spec of a feature file, tell what is not in it, and write over nothing', async () => {
    writeFileSync(
      path.join(folder, 'cart.feature'),
      'Feature: The cart of a buyer\n  Scenario: Keep the cart\n    When the buyer leaves\n    Then the cart is kept\n    | 4711 |\n',
    );
    const { code, stderr } = await spec(['import', 'cart.feature', '--output', 'cart.spec.yaml']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'cart.feature:5: not in the spec: | 4711 |\n1 line not in the spec\n' });
    expect((await spec(['render', 'cart.spec.yaml'])).stdout).toContain('- When the buyer leaves\n- Then the cart is kept\n');
    expect((await spec(['render', 'cart.spec.yaml', '--format', 'html'])).stdout).toContain('<li>When the buyer leaves</li>');
    expect(await spec(['import', 'cart.feature', '--output', 'cart.spec.yaml'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is there already') as string,
    });
  });
});

describe('specgraph spec status --store', () => {
  it('tells for each criterion what checks it, and that the spec is implemented when all that must hold is checked', async () => {
    const shop = path.join(folder, 'shop');
    mkdirSync(shop, { recursive: true });
    const git = (...args: string[]) => execFileSync('git', args, { cwd: shop, stdio: 'pipe' });
    git('init', '-q');
    git('config', 'user.name', 'Ada');
    git('config', 'user.email', 'ada@shop.example');
    const file = (name: string, text: string) => writeFileSync(path.join(shop, name), text);
    file('approvals.yaml', 'why: [ada@shop.example]\n');
    file(
      'refunds.spec.yaml',
      `feature: refunds\nspecVersion: "1.0"\nowner: payments\ndescription: As a buyer, I want my money back for what I did not get.\nacceptance:
  - { id: AC-1, text: "When an order is cancelled, the RefundService shall pay the price back." }
  - { id: AC-2, text: "When a refund is paid, the RefundService shall send a mail.", priority: should }\n`,
    );
    const inShop = async (...args: string[]) => (await spec(args, { cwd: shop })).stdout;
    await inShop('submit', 'refunds.spec.yaml');
    await inShop('approve', 'refunds.spec.yaml');
    await specgraph(['ingest', '.'], { cwd: shop });
    const before = await inShop('status', '.', '--store', '.specgraph/graph.db');
    expect(before).toMatch(/^refunds\.spec\.yaml {2}1\.0 {2}approved/);
    expect(before).toMatch(/ {2}AC-1 {2}must {4}L0 {2}nothing checks it\n/);
    file('refund.test.ts', "import { it } from 'vitest';\nit('[refunds/AC-1] pays back', () => {});\n");
    await specgraph(['ingest', '.'], { cwd: shop });
    const after = await inShop('status', '.', '--store', '.specgraph/graph.db');
    expect(after).toMatch(/^refunds\.spec\.yaml {2}1\.0 {2}implemented/);
    expect(after).toContain('L1  checked by test:refund.test.ts#[refunds/AC-1] pays back');
    const { specs } = JSON.parse(await inShop('status', '.', '--graph', '--json')) as { specs: readonly object[] };
    expect(specs).toMatchObject([{ status: 'implemented', evidence: { isInGraph: true, isComplete: true } }]);
    expect(await inShop('status', '.')).toMatch(/^refunds\.spec\.yaml {2}1\.0 {2}approved/);
  });
});
