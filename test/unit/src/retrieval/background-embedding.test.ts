import { describe, expect, it } from 'vitest';
import { PlatformError } from '../../../../graph/errors.ts';
import { createBackgroundEmbedding } from '../../../../src/retrieval/background-embedding.ts';
import type { EmbedOptions, EmbedReport } from '../../../../src/system.ts';

/** A system whose runs end when they are told to. */
function workshop() {
  const runs: { readonly signal: AbortSignal; readonly end: () => void; readonly fail: (error: unknown) => void }[] = [];
  const embed = ({ signal }: EmbedOptions = {}): Promise<EmbedReport> =>
    new Promise((resolve, reject) => runs.push({ signal: signal!, end: () => resolve({ embedded: 0 }), fail: reject }));
  return { runs, system: { embed } };
}
const turns = () => new Promise((resolve) => setImmediate(resolve));

describe('embedding in the background', () => {
  it('does nothing until there is something new', async () => {
    const { runs, system } = workshop();
    const background = createBackgroundEmbedding(system, () => {});
    await turns();
    expect(runs).toHaveLength(0);
    await background.close();
  });

  it('makes one run follow a run, however often it is asked meanwhile', async () => {
    const { runs, system } = workshop();
    const background = createBackgroundEmbedding(system, () => {});
    background.request();
    expect(runs).toHaveLength(1);
    for (let times = 0; times < 5; times++) background.request();
    await turns();
    expect(runs).toHaveLength(1);
    runs[0]!.end();
    await turns();
    expect(runs).toHaveLength(2);
    runs[1]!.end();
    await turns();
    expect(runs).toHaveLength(2);
    background.request();
    runs[2]!.end();
    await turns();
    expect(runs).toHaveLength(3);
    await background.close();
  });

  it('tells of failures, and tries again when asked', async () => {
    const { runs, system } = workshop();
    const told: unknown[] = [];
    const background = createBackgroundEmbedding(system, (error) => told.push(error));
    const failed = new PlatformError('EMBEDDER_FAILED', 'gone');
    background.request();
    runs[0]!.fail(failed);
    await turns();
    expect(told).toEqual([failed]);
    expect(runs).toHaveLength(1);
    background.request();
    expect(runs).toHaveLength(2);
    runs[1]!.end();
    await background.close();
  });

  it('interrupts and waits when it is closed', async () => {
    const { runs, system } = workshop();
    const told: unknown[] = [];
    const background = createBackgroundEmbedding(system, (error) => told.push(error));
    background.request();
    background.request();
    let closed = false;
    const closing = background.close().then(() => (closed = true));
    expect(runs[0]!.signal.aborted).toBe(true);
    await turns();
    expect(closed).toBe(false);
    runs[0]!.fail(new PlatformError('ABORTED', 'Interrupted.'));
    await closing;
    expect(told).toEqual([]);
    expect(runs).toHaveLength(1);
    background.request();
    await turns();
    expect(runs).toHaveLength(1);
  });

  it('throws when it is closed what it could not tell, and not into the void', async () => {
    const { runs, system } = workshop();
    const unhandled: unknown[] = [];
    const listen = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', listen);
    try {
      const bug = new TypeError('a bug');
      const background = createBackgroundEmbedding(system, (error) => {
        throw error;
      });
      background.request();
      runs[0]!.fail(bug);
      await turns();
      await turns();
      expect(unhandled).toEqual([]);
      await expect(background.close()).rejects.toBe(bug);
    } finally {
      process.off('unhandledRejection', listen);
    }
  });
});
