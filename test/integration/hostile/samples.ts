import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A valid file of a format. */
export interface Sample {
  /** In the repository, where the format looks for it. */
  readonly path: string;
  readonly text: string;
}

const FILE = path.resolve(import.meta.dirname, '../../fixtures/formats.txt');

/** Valid files of every format by the name of the worker that reads them. They stand in one text, so that none is taken for a file of ours. */
export function readSamples(): ReadonlyMap<string, readonly Sample[]> {
  const samples = new Map<string, Sample[]>();
  const [, ...parts] = readFileSync(FILE, 'utf8').split(/^-- (\S+) --\n/m);
  for (let at = 0; at < parts.length; at += 2) {
    const [worker = '', ...steps] = parts[at]!.split('/');
    const sample = { path: steps.join('/'), text: parts[at + 1]! };
    const found = samples.get(worker);
    if (found) found.push(sample);
    else samples.set(worker, [sample]);
  }
  return samples;
}
