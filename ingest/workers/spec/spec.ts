import type { SourceFormat } from '../../file-worker.ts';
import { gherkin } from './gherkin.ts';
import { kiro } from './kiro.ts';
import { native } from './native.ts';
import { openSpec } from './open-spec.ts';
import type { SpecFormat } from './spec-format.ts';
import { specKit } from './spec-kit.ts';

/** Their paths do not overlap. */
const FORMATS: readonly SpecFormat[] = [native, specKit, openSpec, kiro, gherkin];
const formatOf = (path: string): SpecFormat | undefined => FORMATS.find((format) => format.claims(path));

/** Specs: features, their acceptance criteria, requirements and open questions, in every format there is. */
export const specFormat: SourceFormat = {
  name: 'spec',
  version: 5,
  claims: (path) => formatOf(path) !== undefined,
  recognises: (text, path) => formatOf(path)?.recognises?.(text) ?? true,
  read: (source) => formatOf(source.path)?.read(source) ?? { nodes: [], edges: [], diagnostics: [] },
};
