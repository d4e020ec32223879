import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { PlatformError } from '../../graph/errors.ts';
import type { Finding } from '../../graph/query/findings/finding.ts';

const Baseline = z.object({
  version: z.literal(1),
  /** What was there when the baseline was taken; the message is for readers, the fingerprint decides. */
  findings: z.array(z.object({ fingerprint: z.string(), code: z.string(), file: z.string().optional(), message: z.string() })),
});

/** Fingerprints of the findings that are known and do not count. Throws `BAD_INPUT` for what is no baseline. */
export async function readBaseline(file: string): Promise<ReadonlySet<string>> {
  let text;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new PlatformError('BAD_INPUT', `Cannot read the baseline ${file}. Write one with \`specgraph check --write-baseline ${file}\`.`, {
      cause,
    });
  }
  try {
    return new Set(Baseline.parse(JSON.parse(text)).findings.map(({ fingerprint }) => fingerprint));
  } catch (cause) {
    throw new PlatformError('BAD_INPUT', `${file} is no baseline. Write one with \`specgraph check --write-baseline ${file}\`.`, { cause });
  }
}

/** One finding a line, in order, so that a change of it can be read in a diff. */
export async function writeBaseline(file: string, findings: readonly Finding[]): Promise<void> {
  const lines = findings.map(
    ({ fingerprint, code, file: at, message }) =>
      `    ${JSON.stringify({ fingerprint, code, ...(at === undefined ? {} : { file: at }), message })}`,
  );
  const text = `{\n  "version": 1,\n  "findings": [${lines.length > 0 ? `\n${lines.join(',\n')}\n  ` : ''}]\n}\n`;
  await writeFile(file, text);
}
