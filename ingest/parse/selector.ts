import { SCHEMES } from '../../graph/model/id.ts';
import type { GovernsKey } from '../keys.ts';

const REF = new RegExp(String.raw`^(?:${SCHEMES.join('|')}):`);

/** What one written selector selects by: a name in the grammar, a path or a glob over paths, or else a name. */
export function selectorOf(written: string): Pick<GovernsKey, 'refs' | 'paths' | 'names'> {
  if (REF.test(written)) return { refs: [written] };
  return written.includes('/') && !/\s/.test(written) ? { paths: [written.replace(/^\.?\//, '')] } : { names: [written] };
}
