import { entriesOf, isRecord, memberOf, readTrees, textOf, valueAt } from '../../../../../ingest/parse/tree.ts';
import type { Saying } from '../../saying.ts';
import { inWords } from '../../words/terms.ts';
import type { Quotable } from '../place-in-file.ts';
import { readSchema } from './field.ts';
import { readOperation } from './operation.ts';
import type { Use } from './uses.ts';

const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace']);

/** What a contract of OpenAPI 3 or Swagger 2 refuses, demands, offers and says of itself. */
export function sayingsOfOpenApi(file: Quotable, id: string): readonly Saying[] {
  const sayings: Saying[] = [];
  for (const tree of readTrees(file.text, file.path).trees) {
    if (!isRecord(tree.value) || !isRecord(memberOf(tree.value, 'paths'))) continue;
    const title = textOf(valueAt(tree.value, ['info', 'title'])) ?? '';
    const reader = { file, tree, id, title, sayings };
    const used = new Map<string, Use>();
    for (const [path, item] of entriesOf(memberOf(tree.value, 'paths')))
      for (const [method, operation] of entriesOf(item))
        if (METHODS.has(method) && isRecord(operation)) readOperation(reader, path, method, used);
    for (const root of [['components', 'schemas'], ['definitions']])
      for (const [name] of entriesOf(valueAt(tree.value, root))) {
        const use = used.get(name) ?? { words: [], isAsked: false };
        readSchema(reader, [...root, name], { name: inWords(name), words: use.words, isAsked: use.isAsked, node: `${id}#${name}` }, 0);
      }
  }
  return sayings;
}
