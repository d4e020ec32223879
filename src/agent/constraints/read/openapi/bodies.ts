import { entriesOf, isRecord, memberOf, textOf, valueAt, type TreePath } from '../../../../../ingest/parse/tree.ts';
import { codeOf } from '../../words/codes.ts';
import { readField, readSchema } from './field.ts';
import type { Add, Make, Reader } from './reader.ts';

/** What is sent and answered: formats, and schemas that have no name. */
export function readBodies(reader: Reader, at: TreePath, node: string, words: string, add: Add, claim: Make): void {
  const { tree } = reader;
  const content = valueAt(tree.value, [...at, 'requestBody', 'content']);
  const types = entriesOf(content);
  const closed = types.map(([type]) => type).filter((type) => !/json|multipart|x-www-form|octet-stream|\*/.test(type));
  if (closed.length > 0 && closed.length === types.length) addFormats([...at, 'requestBody', 'content'], closed, add, claim);
  for (const [type, body] of types) {
    const where: TreePath = [...at, 'requestBody', 'content', type];
    for (const [part, encoding] of entriesOf(memberOf(body, 'encoding'))) {
      const written = textOf(memberOf(encoding, 'contentType'));
      if (written !== undefined)
        addFormats(
          [...where, 'encoding', part],
          written.split(',').map((one) => one.trim()),
          add,
          claim,
        );
    }
    const schema = memberOf(body, 'schema');
    if (isRecord(schema) && schema['$ref'] === undefined) {
      readSchema(reader, [...where, 'schema'], { name: '', words: [words], isAsked: true, node }, 0);
      if (schema['type'] === 'array')
        readField(
          reader,
          [...where, 'schema'],
          itemName(schema) || words,
          schema,
          { name: '', words: [words], isAsked: true, node },
          { whole: [...where, 'schema'] },
        );
    }
  }
  for (const [code, response] of entriesOf(valueAt(tree.value, [...at, 'responses'])))
    for (const [type, body] of entriesOf(memberOf(response, 'content'))) {
      const schema = memberOf(body, 'schema');
      const where: TreePath = [...at, 'responses', code, 'content', type, 'schema'];
      if (isRecord(schema) && schema['$ref'] === undefined && schema['type'] === 'object')
        readSchema(reader, where, { name: '', words: [words], isAsked: false, node }, 0);
    }
}

const itemName = (schema: Readonly<Record<string, unknown>>): string =>
  (textOf(memberOf(schema['items'], '$ref')) ?? '').replace(/^.*\//, '');

function addFormats(where: TreePath, types: readonly string[], add: Add, claim: Make): void {
  const items = types.map((type) => codeOf(type, 'format'));
  add(where, [
    claim({ attribute: 'choice:format', holds: { kind: 'items', force: 'only', items }, states: `format is one of ${items.join(', ')}` }),
  ]);
}
