import { parseId, refOf } from '../../graph/model/id.ts';
import type { Node } from '../../graph/model/node.ts';
import { visible, visibleLine } from '../visible.ts';

/** Characters of a name or of a quoted text: an answer has many. */
const MOST = { name: 200, quote: 160 };

/**
 * Text of repositories, set apart from what this server says. The instructions of the server say what the marks mean;
 * text that writes the mark itself cannot end the fence.
 */
export const fenced = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : `<data>\n${lines.map((line) => line.replaceAll(/<(?=\/?data)/gi, '‹')).join('\n')}\n</data>`;

/** A name, path or message of a repository on one line. */
export const oneLine = (text: string, most: number = MOST.name): string => clip(visible(text), most);

/** Prose of a repository on one line, in quotes. */
export const quoted = (text: string, most: number = MOST.quote): string => `"${clip(visibleLine(text), most).replaceAll('"', "'")}"`;

/** At most so many characters. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  // Half of a character outside the basic plane is none.
  return `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** `path:line`, as all answers cite. */
export const placeOf = (file: string | undefined, line: number | undefined): string =>
  file === undefined ? '' : oneLine(line === undefined ? file : `${file}:${line}`);

/** A thing in words that every tool takes as a target: `src/user.ts#findUser`, `spec:login/AC-1`. */
export const targetOf = (id: string): string => oneLine(refOf(id).replace(/^code:/, ''));

/**
 * Names things next to their places, where the path need not be said again: `findUser`, `spec:login/AC-1`. Of several
 * repositories, by whole ids.
 */
export function namer(ids: readonly string[]): (id: string) => string {
  const severalRepos = new Set(ids.map((id) => parseId(id)?.repo)).size > 1;
  return (id) => {
    if (severalRepos) return oneLine(id);
    const parts = parseId(id);
    return parts?.scheme === 'code' ? oneLine(parts.descriptor ?? '<module>') : targetOf(id);
  };
}

/** One thing on one line: `src/user.ts:12 findUser (Function)`. */
export const thing = ({ id, kind, file, span }: Pick<Node, 'id' | 'kind' | 'file' | 'span'>, name: (id: string) => string): string =>
  [placeOf(file, span?.line), kind === 'Module' ? '' : name(id), `(${kind})`].filter((part) => part !== '').join(' ');

/** What people wrote about it, where anything is known. */
export const docOf = ({ props }: Node): string | undefined => ('doc' in props ? props.doc : undefined);

export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
