import type { NodeOf } from '../../../graph/model/node.ts';
import { findAll } from '../../../graph/query/find-all.ts';
import { namedIn } from '../hand-off/names.ts';
import type { StepContext } from '../model.ts';
import { differencesOf, operationsIn, type WrittenOperation } from './compare-operations.ts';
import type { BuiltPart } from './feedback.ts';
import type { SpecThread } from './pack-of-spec.ts';
import { quoteLine } from './quote-line.ts';

type Operation = NodeOf<'Operation'>;

/** What became of the operations that a hand-off planned. `isNew` says which operations of the graph were written since. */
export async function builtOperations(
  { pack, packFolder }: SpecThread,
  isNew: (operation: Operation) => boolean,
  { graph: { reader }, repo }: StepContext,
): Promise<readonly BuiltPart[]> {
  const known = (await findAll(reader, { kinds: ['Operation'], repo })) as readonly Operation[];
  const served = (await findAll(reader, { kinds: ['Endpoint'], repo })) as readonly NodeOf<'Endpoint'>[];
  const built: BuiltPart[] = [];
  for (const [path, text] of pack) {
    if (!/\.ya?ml$|\.json$/.test(path) || !/["']?openapi["']?\s*:/.test(text)) continue;
    for (const planned of operationsIn(text, path)) {
      const name = `${planned.method} ${planned.path}`;
      const file = `${packFolder}/${path}`;
      const plan = quoteLine(`hand-off:${name}`, file, text, planned.line);
      const base = { kind: 'operation', name, covers: planned.criteria } as const;
      const same = known.find(({ props }) => props.method === planned.method && isSamePath(props.path ?? '', planned.path));
      const actual = same ?? likely(planned, known.filter(isNew));
      if (!actual) {
        const endpoint = served.find(({ props }) => props.method === planned.method && isSamePath(props.path, planned.path));
        const place = endpoint?.file === undefined ? undefined : await reader.text(repo, endpoint.file);
        built.push(
          endpoint && place
            ? {
                ...base,
                state: 'different',
                differences: ['code serves it, and no contract describes it'],
                evidence: [plan, quoteLine(endpoint.id, endpoint.file!, place.text, endpoint.span?.line ?? 1, place.commit)],
              }
            : { ...base, state: 'missing', differences: [], evidence: [plan] },
        );
        continue;
      }
      const stored = actual.file === undefined ? undefined : await reader.text(repo, actual.file);
      if (!stored || actual.file === undefined) continue;
      const written = operationsIn(stored.text, actual.file).find(({ line }) => line === actual.span?.line);
      const found = written ? differencesOf(planned, written) : [];
      const moved = same ? [] : [`is ${actual.props.method} ${actual.props.path}`];
      const lines = [...new Set([actual.span?.line ?? 1, ...found.map(({ line }) => line)])];
      built.push({
        ...base,
        state: moved.length + found.length > 0 ? 'different' : 'there',
        differences: [...moved, ...found.map((one) => `${one.text}${one.criteria.length > 0 ? ` (${one.criteria.join(', ')})` : ''}`)],
        evidence: [plan, ...lines.map((line) => quoteLine(actual.id, actual.file!, stored.text, line, stored.commit))],
      });
    }
  }
  return built;
}

/** The same segments, whatever parameters are called; one of them may have a base path before. */
function isSamePath(a: string, b: string): boolean {
  const [left, right] = [segmentsOf(a), segmentsOf(b)];
  const [long, short] = left.length >= right.length ? [left, right] : [right, left];
  return short.length > 0 && long.slice(long.length - short.length).join('/') === short.join('/');
}

const segmentsOf = (path: string): readonly string[] =>
  path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => (/^[{:<[]/.test(segment) ? '{}' : segment.toLowerCase()));

/** A new operation of the same method that goes by most of the planned one's words; at least one that no other has. */
function likely(planned: WrittenOperation, candidates: readonly Operation[]): Operation | undefined {
  const wanted = namedIn(planned.words, GENERAL);
  const scored = candidates
    .filter(({ props }) => props.method === planned.method)
    .map((operation) => {
      const words = namedIn([operation.props.operationId, operation.props.path, operation.props.doc].join(' '), GENERAL);
      return { operation, score: [...wanted].filter((word) => words.has(word)).length };
    })
    .toSorted((a, b) => b.score - a.score);
  const [first, second] = scored;
  return first && first.score > 0 && first.score > (second?.score ?? 0) ? first.operation : undefined;
}

const GENERAL = /^(?:api|v\d+|get|put|post|delete|patch|list|create|update|add|remove|id|a|an|the|of|and)$/;
