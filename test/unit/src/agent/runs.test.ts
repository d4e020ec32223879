import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createRuns } from '../../../../src/agent/runs.ts';

describe('work on threads', () => {
  it('is waited for, and fails to whoever waits', async () => {
    const runs = createRuns({ most: 2, patience: 5_000 });
    let done = false;
    await runs.run('a', async () => {
      await wait(5);
      done = true;
    });
    expect(done).toBe(true);
    expect(runs.isAtWork('a')).toBe(false);
    await expect(runs.run('a', () => Promise.reject(new Error('no graph')))).rejects.toThrow('no graph');
    await runs.run('a', () => Promise.resolve()); // goes on after a failure
  });

  it('goes on when it takes longer than anybody waits', async () => {
    const runs = createRuns({ most: 2, patience: 1 });
    let end = (): void => {};
    await runs.run('a', () => new Promise<void>((resolve) => (end = resolve)));
    expect(runs.isAtWork('a')).toBe(true);
    end();
    await wait(1);
    expect(runs.isAtWork('a')).toBe(false);
  });

  it('is done one after the other for one thread, at once for others', async () => {
    const runs = createRuns({ most: 3, patience: 5_000 });
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
    const runs = createRuns({ most: 1, patience: 1 });
    let end = (): void => {};
    await runs.run('a', () => new Promise<void>((resolve) => (end = resolve)));
    await expect(runs.run('b', () => Promise.resolve())).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED', details: { allowed: 1 } });
    end();
    await wait(1);
    await runs.run('b', () => Promise.resolve());
  });

  it('is interrupted when the server stops, what waits as well', async () => {
    const runs = createRuns({ most: 3, patience: 1 });
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
