import { Presets, SingleBar } from 'cli-progress';
import type { IngestProgress } from '../system.ts';

/** Of an ingest, and of the vectors that follow it. */
interface Progress extends Omit<IngestProgress, 'phase'> {
  readonly phase: IngestProgress['phase'] | 'embed';
}

export interface ProgressBar {
  readonly update: (progress: Progress) => void;
  readonly stop: () => void;
}

const WORDS: Readonly<Record<Progress['phase'], string>> = {
  discover: 'Discovering',
  extract: 'Extracting',
  link: 'Linking',
  apply: 'Storing',
  publish: 'Publishing',
  embed: 'Embedding',
};

/** A progress bar on stderr; none when that is no terminal. It begins with the first update, again after each stop. */
export function createProgressBar(): ProgressBar {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const format = '{phase} {bar} {value}/{total}';
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true, hideCursor: true }, Presets.shades_grey);
  return {
    update({ phase, done, total }) {
      // Storing runs beside extraction, whose figures say more.
      if (phase === 'apply') return;
      const payload = { phase: WORDS[phase].padEnd(11) };
      if (!bar.isActive) bar.start(total, done, payload);
      bar.setTotal(total);
      bar.update(done, payload);
    },
    stop: () => bar.stop(),
  };
}
