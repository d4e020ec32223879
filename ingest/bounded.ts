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
 * A delta that every store can hold. A source may call things by megabytes: such a thing is left out, and named in a
 * diagnostic; a long name that is no id is cut.
 */
export function bounded(delta: UnitDelta): UnitDelta {
  const { nodes, edges, diagnostics } = delta;
  const dropped = nodes.filter(({ id }) => isLong(id));
  const isMany = diagnostics.length > MOST_DIAGNOSTICS;
  if (
    !isMany &&
    dropped.length === 0 &&
    !nodes.some(({ name }) => isLong(name)) &&
    !edges.some(hasLongEnd) &&
    !diagnostics.some(isLongMessage)
  )
    return delta;
  return {
    ...delta,
    nodes: nodes.filter(({ id }) => !isLong(id)).map((node) => (isLong(node.name) ? { ...node, name: cut(node.name, SHORTENED) } : node)),
    edges: edges.filter((edge) => !hasLongEnd(edge)),
    diagnostics: first([...diagnostics, ...dropped.map(tooLong)]).map((diagnostic) =>
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
const hasLongEnd = ({ from, to, via }: UnitDelta['edges'][number]): boolean =>
  isLong(from) || isLong(to) || (via !== undefined && isLong(via));
const isLongMessage = ({ message }: Diagnostic): boolean => message.length > LONGEST_MESSAGE;
/** Never through the middle of a character. */
const cut = (text: string, length: number): string => `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…`;

const tooLong = ({ id, kind, file, span }: Node): Diagnostic => ({
  code: 'long-name',
  severity: 'warning',
  message: `A ${kind} has a name of ${id.length} characters and is left out; give it one of less than ${LONGEST / 3}. It begins with ${cut(id, 100)}`,
  ...(file === undefined ? {} : { file }),
  ...(span === undefined ? {} : { span }),
});
