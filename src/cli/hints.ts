import type { PlatformError } from '../../graph/errors.ts';
import { visible } from './style.ts';

const SHOWN = 10;

/** What an error's details offer as a next step, a line each; empty when its message says everything. */
export function hintFor({ details }: PlatformError): string {
  for (const [key, title] of [
    ['candidates', 'Did you mean one of these?'],
    ['suggestions', 'Similar names:'],
  ] as const) {
    const names = details[key];
    if (!Array.isArray(names) || names.length === 0) continue;
    const lines = names.slice(0, SHOWN).map((name) => `  ${visible(typeof name === 'string' ? name : JSON.stringify(name))}\n`);
    const more = names.length > SHOWN ? `  … and ${names.length - SHOWN} more\n` : '';
    return `${title}\n${lines.join('')}${more}`;
  }
  return '';
}
