import { z } from 'zod';

const MOST_CHARACTERS = 2000;

/** Arguments that several tools take. */
export const target = z.string().min(1).max(MOST_CHARACTERS);
export const question = z.string().min(1).max(MOST_CHARACTERS);
export const repo = z.string().optional().describe('only this repository');
export const given = z.array(z.string()).max(100).optional().describe('paths known to change: what else is needed?');
