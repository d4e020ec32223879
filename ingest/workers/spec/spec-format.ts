import type { Source, SourceFacts } from '../../file-worker.ts';

/** One way in which people write specs: which files, and what they state. */
export interface SpecFormat {
  claims(path: string): boolean;
  /** Where the path alone does not say. */
  recognises?(text: string): boolean;
  read(source: Source): SourceFacts;
}
