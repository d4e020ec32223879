import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRuns, stoppedBy } from '../../../../src/agent/runs.ts';

const late: (readonly [string, unknown])[] = [];
const onLateFailure = (thread: string, error: unknown): void => void late.push([thread, error]);
beforeEach(() => void late.splice(0));

describe('work on threads', () => {
  it('is waited for, and fails to whoever waits', async () => {
    const runs = createRuns({ onLateFailure, most: 2, patience: 5_000 });
    let done = false;
    await runs.run('a', async () => {
      await wait(5);
      done = true;
    });
    expect(done).toBe(true);
    expect(runs.isAtWork('a')).toBe(false);
    await expect(runs.run('a', () => Promise.reject(new Error('no graph')))).rejects.toThrow('no graph');
    expect(runs.failureOf('a')).toMatchObject({ error: new Error('no graph') });
    await runs.run('a', () => Promise.resolve()); // goes on after a failure
    expect([runs.failureOf('a'), late]).toEqual([undefined, []]);
  });

  it('that fails when nobody waits any more is told of, and remembered until there is work again', async () => {
    const runs = createRuns({ onLateFailure, most: 2, patience: 1, now: () => new Date(1000) });
    const error = new Error('no graph');
    let fail = (): void => {};
    await runs.run('a', () => new Promise<void>((_, reject) => (fail = () => reject(error))));
    expect([late, stoppedBy(runs, 'a', [])]).toEqual([[], undefined]);
    fail();
    await wait(1);
    expect(late).toEqual([['a', error]]);
    expect(stoppedBy(runs, 'a', [{ at: new Date(1000).toISOString() }])).toBe(error);
    expect(stoppedBy(runs, 'a', [{ at: new Date(1001).toISOString() }])).toBeUndefined(); // somebody went on since
    let end = (): void => {};
    await runs.run('a', () => new Promise<void>((resolve) => (end = resolve)));
    expect(stoppedBy(runs, 'a', [])).toBeUndefined();
    end();
  });

  it('goes on when it takes longer than anybody waits', async () => {
    const runs = createRuns({ onLateFailure, most: 2, patience: 1 });
    let end = (): void => {};
    await runs.run('a', () => new Promise<void>((resolve) => (end = resolve)));
    expect(runs.isAtWork('a')).toBe(true);
    end();
    await wait(1);
    expect(runs.isAtWork('a')).toBe(false);
  });

  it('is done one after the other for one thread, at once for others', async () => {
    const runs = createRuns({ onLateFailure, most: 3, patience: 5_000 });
    const order: string[] = [];
    const work = (name: string, milliseconds: number) => async (): Promise<void> => {
      order.push(`${name} begins`);
      await wait(milliseconds);
      order.push(`${name} ends`);
    };
    await Promise.all([runs.run('a', work('a1', 20)), runs.run('a', work('a2', 0)), runs.run('b', work('b', 0))]);
    expect(order).toEqual(['a1 begins', 'b begins', 'b ends', 'a1 ends', 'a2 begins', 'a2 ends']);
  });

  it('is refused when there is too much, until some of it is done', async () => {
    const runs = createRuns({ onLateFailure, most: 1, patience: 1 });
    let end = (): void => {};
    await runs.run('a', () => new Promise<void>((resolve) => (end = resolve)));
    await expect(runs.run('b', () => Promise.resolve())).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED', details: { allowed: 1 } });
    end();
    await wait(1);
    await runs.run('b', () => Promise.resolve());
  });

  it('is interrupted when the server stops, what waits as well', async () => {
    const runs = createRuns({ onLateFailure, most: 3, patience: 1 });
    let wasToldTo = false;
    const first = (signal: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          wasToldTo = true;
          resolve();
        });
      });
    let hasBegun = false;
    await runs.run('a', first);
    await runs.run('a', () => {
      hasBegun = true;
      return Promise.resolve();
    });
    await runs.close();
    expect([wasToldTo, hasBegun]).toEqual([true, false]);
    await expect(runs.run('c', () => Promise.resolve())).rejects.toMatchObject({ code: 'ABORTED' });
  });
});
