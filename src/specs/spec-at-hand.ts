import { PlatformError } from '../../graph/errors.ts';
import type { Finding } from '../../graph/query/findings/finding.ts';
import type { System } from '../system.ts';
import { standingOf, type Standing } from './approvals/decide.ts';
import { evidenceOf, type SpecEvidence } from './evidence.ts';
import { existsIn } from './exists-in.ts';
import { inGraph, repositoryOf } from './find-specs.ts';
import { statusOf, type ComputedStatus } from './lifecycle.ts';
import { lintSpec } from './lint/lint-spec.ts';
import type { SpecFile } from './spec.ts';

/** A spec file and what can be asked of it. Each answer is computed when it is first asked for. */
export interface SpecAtHand {
  readonly file: SpecFile;
  /** Its path as it is shown. */
  readonly shown: string;
  readonly feature: string;
  repo(): Promise<string | undefined>;
  /** Where it stands; or why that cannot be said: it is not sound, or nothing says who may approve it. */
  standing(): Promise<Standing | PlatformError>;
  /** Undefined where there is no graph, or no spec in the file. */
  evidence(): Promise<SpecEvidence | undefined>;
  status(): Promise<ComputedStatus | undefined>;
  findings(): Promise<readonly Finding[]>;
}

export function specAtHand(system: System, file: SpecFile, shown: string): SpecAtHand {
  const { path, spec, text } = file;
  const feature = spec?.feature ?? path.replace(/^.*[/\\]/, '').replace(/\.spec\.ya?ml$/i, '');
  const standing = once(() =>
    standingOf(path).catch((error: unknown) => {
      if (error instanceof PlatformError && (error.code === 'BAD_INPUT' || error.code === 'APPROVAL_REFUSED')) return error;
      throw error;
    }),
  );
  const evidence = once(async () => (spec ? inGraph(() => evidenceOf(system, path, spec)) : undefined));
  return {
    file,
    shown,
    feature,
    repo: once(() => repositoryOf(system, path, feature)),
    standing,
    evidence,
    async status() {
      const found = await standing();
      return found instanceof PlatformError ? undefined : statusOf(found.state, await evidence());
    },
    findings: once(async () => (await inGraph(() => lintSpec(text, shown, (name) => existsIn(system, name)))) ?? lintSpec(text, shown)),
  };
}

function once<T>(compute: () => Promise<T>): () => Promise<T> {
  let computed: Promise<T> | undefined;
  return () => (computed ??= compute());
}
