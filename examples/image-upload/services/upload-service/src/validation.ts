import { Rejection, err, formatBytes, ok, type ImageMetadata, type Result } from '@acme/contracts';
import { LIMITS } from './config.ts';
import { readImageHeader } from './image-header.ts';

export interface Upload {
  readonly fileName: string;
  readonly body: Uint8Array;
}

/** One reason to refuse an upload, or nothing. */
export type Rule = (upload: Upload) => Rejection | undefined;

export const notTooLarge: Rule = ({ body }) =>
  body.byteLength >= LIMITS.maxBytes
    ? new Rejection('too-large', `The picture has ${formatBytes(body.byteLength)}; it must have less than ${formatBytes(LIMITS.maxBytes)}.`)
    : undefined;

export const supportedFormat: Rule = ({ body }) =>
  readImageHeader(body) === undefined ? new Rejection('unsupported-format', 'The file is neither PNG nor JPEG.') : undefined;

const RULES: readonly Rule[] = [notTooLarge, supportedFormat];

/** The metadata of a valid upload, or the first reason to refuse it. */
export function validate(upload: Upload, rules: readonly Rule[] = RULES): Result<ImageMetadata, Rejection> {
  for (const rule of rules) {
    const rejection = rule(upload);
    if (rejection !== undefined) return err(rejection);
  }
  const metadata = readImageHeader(upload.body);
  return metadata === undefined ? err(new Rejection('unsupported-format', 'The file has no readable header.')) : ok(metadata);
}
