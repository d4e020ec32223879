import type { UnitDelta } from '../graph/model/delta.ts';
import type { Node } from '../graph/model/node.ts';
import type { Diagnostic } from '../graph/model/provenance.ts';

/** Bytes of an id or name. Databases index both, and the smallest entry that one of them takes has some 8,000 as it sorts them. */
const LONGEST = 3000;
/** Characters: what is kept of a name that is longer, and of a message. */
const SHORTENED = 300;
const LONGEST_MESSAGE = 1000;
/** Of one file: nobody reads more, and thousands say that the file is of another kind. */
const MOST_DIAGNOSTICS = 200;

/**
 * A delta that every store can hold. A source may call things by megabytes, or by half characters: such a thing is left
 * out, and named in a diagnostic; a name that is no id is cut and mended.
 */
export function bounded(delta: UnitDelta): UnitDelta {
  const { nodes, edges, diagnostics } = delta;
  const dropped = nodes.filter(({ id }) => isUnusable(id));
  const isMany = diagnostics.length > MOST_DIAGNOSTICS;
  if (
    !isMany &&
    dropped.length === 0 &&
    !nodes.some(({ name }) => isLong(name) || BROKEN.test(name)) &&
    !edges.some(hasUnusableEnd) &&
    !diagnostics.some(isLongMessage)
  )
    return delta;
  return {
    ...delta,
    nodes: nodes.filter(({ id }) => !isUnusable(id)).map((node) => usableName(node)),
    edges: edges.filter((edge) => !hasUnusableEnd(edge)),
    diagnostics: first([...diagnostics, ...dropped.map(unusable)]).map((diagnostic) =>
      isLongMessage(diagnostic) ? { ...diagnostic, message: cut(diagnostic.message, LONGEST_MESSAGE) } : diagnostic,
    ),
  };
}

/** The last that is kept says how many are not. */
function first(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const last = diagnostics[MOST_DIAGNOSTICS - 1];
  if (!last || diagnostics.length === MOST_DIAGNOSTICS) return diagnostics;
  const message = `${diagnostics.length - MOST_DIAGNOSTICS + 1} more diagnostics of this file are left out; the next is: ${last.message}`;
  return [...diagnostics.slice(0, MOST_DIAGNOSTICS - 1), { ...last, message }];
}

const isLong = (text: string): boolean => text.length * 3 > LONGEST && Buffer.byteLength(text) > LONGEST;
/** Half characters and the character of no width that ends strings of C: databases take different names with them for one. */
const BROKEN = /[\0\p{Surrogate}]/u;
const isUnusable = (id: string): boolean => isLong(id) || BROKEN.test(id);
const hasUnusableEnd = ({ from, to, via }: UnitDelta['edges'][number]): boolean =>
  isUnusable(from) || isUnusable(to) || (via !== undefined && isUnusable(via));
const isLongMessage = ({ message }: Diagnostic): boolean => message.length > LONGEST_MESSAGE;
/** Never through the middle of a character. */
const cut = (text: string, length: number): string => `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…`;

const usableName = (node: Node): Node =>
  isLong(node.name) || BROKEN.test(node.name)
    ? { ...node, name: (isLong(node.name) ? cut(node.name, SHORTENED) : node.name).replaceAll(/[\0\p{Surrogate}]/gu, '\uFFFD') }
    : node;

const unusable = ({ id, kind, file, span }: Node): Diagnostic => ({
  code: 'unusable-name',
  severity: 'warning',
  message: `A ${kind} has a name of ${id.length} characters${BROKEN.test(id) ? ', some of them broken,' : ''} and is left out; give it a plain one of less than ${LONGEST / 3}. It begins with ${cut(id, 100)}`,
  ...(file === undefined ? {} : { file }),
  ...(span === undefined ? {} : { span }),
});
