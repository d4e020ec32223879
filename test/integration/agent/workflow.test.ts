import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { filesOf, openStage, type PlayedThread, type Stage } from './play.ts';

const MAIN = path.resolve(import.meta.dirname, '../../../dist/src/cli/main.js');
const ID = 'delete-picture';
const LOG = `.threads/${ID}/log.jsonl`;
const REQUEST = `# Delete my profile picture

As a user, I want to delete my profile picture so that nobody sees an old one.

## Acceptance criteria
- The user is asked to confirm first
- When the picture is deleted, the thumbnails are deleted as well
`;
/** Threads that are killed at random, and how often each is before it may end. */
const [KILLED, TIMES] = [3, 3];
const [PROCESSES, THREADS] = [5, 10];
/** Milliseconds for one test: under a load of 20 on two cores, the longest took 340 s. */
const PATIENCE = 600_000;

let stage: Stage;
/** What a thread comes to that nobody kills, in how many milliseconds, and with which changes of files. */
let unkilled: { readonly files: ReadonlyMap<string, string>; readonly steps: readonly string[]; readonly worked: number };
const threadIn = (root: string): readonly PlayedThread[] => [{ root, id: ID, request: REQUEST }];
const stepsOf = (files: ReadonlyMap<string, string>): readonly string[] =>
  (files.get(LOG) ?? '').split('\n').map((line) => (JSON.parse(line) as { readonly step: string }).step);

beforeAll(async () => {
  stage = await openStage();
  const root = stage.newRoot();
  const { code, errors, worked } = await stage.run({ threads: threadIn(root) });
  expect(errors).toBe('');
  expect(code).toBe(0);
  const files = filesOf(root);
  unkilled = { files, steps: stepsOf(files), worked };
  expect(unkilled.steps).toEqual(expect.arrayContaining(['parse', 'ask-clarify', 'write', 'ask-review-why', 'ask-review-how', 'hand-off']));
  expect([...files.keys()].filter((name) => name.includes('/hand-off/')).length).toBeGreaterThan(10);
});
afterAll(() => stage.remove());

/** Until it is at its end, unkilled. */
async function finish(root: string): Promise<void> {
  const { code, errors } = await stage.run({ threads: threadIn(root) });
  expect(errors).toBe('');
  expect(code).toBe(0);
}

describe.concurrent('a thread', { timeout: PATIENCE }, () => {
  it.each(['before', 'within', 'after'] as const)(
    'that is killed %s each line of its log, in a process each, ends as unkilled',
    async (when) => {
      const root = stage.newRoot();
      // One that dies before its second line has done one step; the first line needs a death of its own.
      const first = await stage.run({ threads: threadIn(root), killAtLine: { line: 1, when } });
      expect(first.code).toBeNull();
      let killed = 1;
      for (; killed <= unkilled.steps.length; killed++) {
        const { code, errors } = await stage.run({ threads: threadIn(root), killAtLine: { line: when === 'after' ? 1 : 2, when } });
        if (code === 0) break;
        expect([code, errors]).toEqual([null, '']);
      }
      expect(killed).toBe(unkilled.steps.length);
      await finish(root);
      expect(filesOf(root)).toEqual(unkilled.files);
    },
  );

  it('that is killed within steps, at random changes of files and at random moments, ends as unkilled', async () => {
    const random = createRandom(7);
    let killed = 0;
    for (let one = 0; one < KILLED; one++) {
      const root = stage.newRoot();
      for (let time = 0; time < TIMES; time++) {
        const isTimed = time % 2 === 1;
        const at = isTimed ? { killAfter: random() * unkilled.worked } : { killAtChange: 1 + Math.floor(random() * 60) };
        const { code, errors } = await stage.run({ threads: threadIn(root), ...at }, at.killAfter);
        expect(errors).toBe('');
        if (code === null) killed++;
      }
      await finish(root);
      expect(filesOf(root)).toEqual(unkilled.files);
    }
    expect(killed).toBeGreaterThanOrEqual(KILLED);
  });

  it('that finds nothing of what was done does not end as one that does', async () => {
    const root = stage.newRoot();
    await stage.run({ threads: threadIn(root), killAtLine: { line: 4, when: 'after' } });
    await stage.run({ threads: threadIn(root), forgetful: true });
    expect(filesOf(root)).not.toEqual(unkilled.files);
  });

  it.each(['ask-clarify', 'ask-review-why', 'ask-review-how'])(
    'that loses its log at %s is made again from its other files',
    async (gate) => {
      const root = stage.newRoot();
      await stage.run({ threads: threadIn(root), killAtLine: { line: unkilled.steps.indexOf(gate) + 1, when: 'after' } });
      expect(stepsOf(filesOf(root)).at(-1)).toBe(gate);
      rmSync(path.join(root, 'specs', LOG));
      await finish(root);
      expect(filesOf(root)).toEqual(unkilled.files);
    },
  );

  it('that loses what people said is another', async () => {
    const root = stage.newRoot();
    await stage.run({ threads: threadIn(root), killAtLine: { line: unkilled.steps.indexOf('ask-review-why') + 1, when: 'after' } });
    rmSync(path.join(root, 'specs', LOG));
    rmSync(path.join(root, 'specs', `.threads/${ID}/clarify-1.md`));
    await stage.run({ threads: threadIn(root), answer: 'as the lawyers say' });
    expect(filesOf(root)).not.toEqual(unkilled.files);
  });

  it('that two processes play at once ends as one that is alone', async () => {
    const root = stage.newRoot();
    const ends = await Promise.all([1, 2].map(() => stage.run({ threads: threadIn(root) })));
    expect(ends.map(({ code, errors }) => [code, errors])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    const [alone, both] = [unkilled.files, filesOf(root, { once: true })].map((files) => new Map(files));
    for (const files of [alone!, both!]) files.delete('deleteProfilePicture.approvals.jsonl'); // Pat may approve twice
    expect(both).toEqual(alone);
  });

  it('that two people answer at once goes on with one of them', async () => {
    const answers = ['as the lawyers say', 'as it was in the old system'];
    const root = stage.newRoot();
    await stage.run({ threads: threadIn(root), killAtLine: { line: unkilled.steps.indexOf('ask-clarify') + 1, when: 'after' } });
    const running = answers.map((answer) => stage.start({ threads: threadIn(root), answer, waitToSay: 'clarify-1.md' }));
    await Promise.all(running.map(({ waits }) => waits));
    for (const { goOn } of running) goOn();
    const ends = await Promise.all(running.map(({ ended }) => ended));
    expect(ends.map(({ code }) => code).toSorted()).toEqual([0, 1]);
    const lost = ends.find(({ code }) => code === 1);
    expect(lost?.errors).toMatch(/^BAD_INPUT: .*answered already/);
    const counted = filesOf(root);
    const alone = await Promise.all(
      answers.map(async (answer) => {
        const other = stage.newRoot();
        await stage.run({ threads: threadIn(other), answer });
        return filesOf(other);
      }),
    );
    const won = ends.findIndex(({ code }) => code === 0);
    expect(counted).toEqual(alone[won]);
    expect(counted).not.toEqual(alone[1 - won]);
  });

  it('that is cancelled by another process while a step is done ends after that step', async () => {
    const at = unkilled.steps.indexOf('draft') + 1;
    const [cancelled, control] = [stage.newRoot(), stage.newRoot()];
    const [running, other] = [cancelled, control].map((root) => stage.start({ threads: threadIn(root), waitAtLine: at })) as [
      ReturnType<Stage['start']>,
      ReturnType<Stage['start']>,
    ];
    await Promise.all([running.waits, other.waits]);
    const cancel = spawnSync(process.execPath, [MAIN, 'agent', 'cancel', ID, '--root', cancelled, '--json'], { encoding: 'utf8' });
    expect(cancel.stderr).toBe('');
    running.goOn();
    other.goOn();
    const { code, errors } = await running.ended;
    expect([code, errors]).toEqual([1, expect.stringMatching(/^ABORTED: .*was cancelled/)]);
    const files = filesOf(cancelled);
    expect(stepsOf(files).at(-1)).toBe('draft');
    expect([...files.keys()].filter((name) => name.startsWith('delete'))).toEqual([]);
    expect(JSON.parse(cancel.stdout)).toMatchObject({ thread: ID, state: 'cancelled' });
    const again = await stage.run({ threads: threadIn(cancelled) });
    expect([again.code, again.errors]).toEqual([1, expect.stringMatching(/^BAD_INPUT: .*was cancelled/)]);
    expect((await other.ended).code).toBe(0);
    expect(filesOf(control)).toEqual(unkilled.files);
  });
});

describe(`${PROCESSES * THREADS} threads on one store, in ${PROCESSES} processes`, { timeout: PATIENCE }, () => {
  const VERBS = ['archive', 'rename', 'share', 'translate', 'bookmark'];
  const NOUNS = ['albums', 'captions', 'badges', 'stickers', 'frames', 'filters', 'slideshows', 'postcards', 'collages', 'watermarks'];
  const requests = VERBS.flatMap((verb) =>
    NOUNS.map((noun) => ({ id: `${verb}-${noun}`, request: `As a user, I want to ${verb} my ${noun} so that my friends find them.` })),
  );

  it('end as alone', async () => {
    const root = stage.newRoot();
    const groups = VERBS.map((_, index) => requests.slice(index * THREADS, (index + 1) * THREADS));
    const ends = await Promise.all(groups.map((group) => stage.run({ threads: group.map((one) => ({ ...one, root })) })));
    for (const { code, errors } of ends) expect([code, errors]).toEqual([0, '']);
    const together = filesOf(root);
    const roots = requests.map(() => stage.newRoot());
    const alone = await stage.run({ threads: requests.map((one, index) => ({ ...one, root: roots[index]! })) });
    expect([alone.code, alone.errors]).toEqual([0, '']);
    const seen = new Set<string>();
    for (const own of roots.map((one) => filesOf(one)))
      for (const [name, text] of own) {
        seen.add(name);
        if (together.get(name) !== text) expect([name, together.get(name)]).toEqual([name, text]);
      }
    expect([...together.keys()].toSorted()).toEqual([...seen].toSorted());
    expect([...seen].filter((name) => /^[^/]+\.spec\.yaml$/.test(name)).length).toBeGreaterThan(PROCESSES * THREADS);
  });
});
