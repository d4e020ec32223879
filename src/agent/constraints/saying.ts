import type { Evidence, Layer } from '../model.ts';
import type { Claim } from './claim.ts';

/** Something that a document, a contract or a request says and that binds, with the place that says it. */
export interface Saying {
  readonly layer: Layer;
  readonly evidence: Evidence;
  /** As people read it: without the syntax around it. */
  readonly text: string;
  /** Names of what it stands in: feature, heading, operation, schema. They say what it is about where it does not. */
  readonly context: string;
  /** The document, request or contract that says it; sayings of one document are about the same things. */
  readonly document: string;
  /** Feature it belongs to, of specs. */
  readonly feature?: string;
  /** What a typed document says outright, such as a limit of a contract; of prose it is read from the text. */
  readonly claims?: readonly Claim[];
}
