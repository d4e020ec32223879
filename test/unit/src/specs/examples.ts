import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (name: string): string => readFileSync(join(import.meta.dirname, '../../../fixtures/specs', name), 'utf8');

/** As a person wrote it first, letter by letter: it stays a valid spec. */
export const ORIGINAL = read('original.txt');
/** The same feature with all that a spec can say. */
export const CANONICAL = read('canonical.txt');

/** A spec of a shop with these parts; what is left out is the least there can be. */
export const shop = (parts: {
  readonly version?: string;
  readonly acceptance: string;
  readonly more?: string;
}): string => `feature: checkout
specVersion: "${parts.version ?? '1.0'}"
owner: payments
description: As a buyer, I want to pay for my cart so that it is sent to me.
acceptance:
${parts.acceptance}${parts.more ?? ''}`;
