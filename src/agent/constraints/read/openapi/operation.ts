import { entriesOf, isRecord, itemsOf, memberOf, textOf, valueAt, type TreePath } from '../../../../../ingest/parse/tree.ts';
import type { Claim } from '../../claim.ts';
import { schemeOf } from '../../words/technologies.ts';
import { inWords, termsOf } from '../../words/terms.ts';
import { addAnswers, addCaching } from './answers.ts';
import { readBodies } from './bodies.ts';
import { addExtensions } from './extensions.ts';
import { readField } from './field.ts';
import { addSaying, type Add, type Make, type Reader } from './reader.ts';
import { noteUse, type Use } from './uses.ts';

/** Names of parameters that say how much comes at once. */
const PAGE = /^(?:page_?size|per_?page|page_?limit|limit|max_?results|first|take|top|size|count)$/i;

/** What an operation demands, lets through and says of itself. */
export function readOperation(reader: Reader, path: string, method: string, used: Map<string, Use>): void {
  const { tree, id, title } = reader;
  const at: TreePath = ['paths', path, method];
  const operation = valueAt(tree.value, at);
  const node = `${id}#${method.toUpperCase()} ${path}`;
  const name = textOf(memberOf(operation, 'operationId')) ?? `${method} ${path}`;
  const words = `${inWords(name)} ${inWords(path.replace(/\{[^}]*\}/g, ' '))} ${textOf(memberOf(operation, 'summary')) ?? ''}`;
  const around = termsOf(`${words} ${title}`);
  const about = termsOf(words);
  const base = { around, when: [], actor: title };
  const claim = (own: Pick<Claim, 'attribute' | 'holds' | 'states'> & Partial<Claim>): Claim => ({ about, head: [], ...base, ...own });
  const add = (where: TreePath, claims: readonly Claim[], text = ''): void =>
    addSaying(reader, node, where, claims, `${words} ${title}`, text);
  for (const part of ['requestBody', 'responses'] as const) noteUse(memberOf(operation, part), words, part === 'requestBody', used);
  for (const parameter of itemsOf(memberOf(operation, 'parameters'))) noteUse(parameter, words, true, used);

  const security = memberOf(operation, 'security') ?? memberOf(tree.value, 'security');
  if (Array.isArray(security)) {
    const isOpen = security.length === 0 || security.some((one) => isRecord(one) && Object.keys(one).length === 0);
    const where = memberOf(operation, 'security') === undefined ? (isOpen ? at : ['security']) : [...at, 'security'];
    const states = `${method.toUpperCase()} ${path} ${isOpen ? 'works without authentication' : 'needs authentication'}`;
    add(where, [claim({ attribute: 'authentication', holds: { kind: 'value', value: isOpen ? 'none' : 'required' }, states })]);
  }
  addSchemes(reader, security, at, add, claim);
  addCaching(operation, at, add, claim);
  addExtensions(operation, `${method.toUpperCase()} ${path}`, at, add, claim);
  for (const [index, parameter] of itemsOf(memberOf(operation, 'parameters')).entries()) {
    const parameterName = textOf(memberOf(parameter, 'name'));
    if (parameterName === undefined) continue;
    const where = [...at, 'parameters', index];
    const required = memberOf(parameter, 'required') === true && memberOf(parameter, 'in') !== 'path';
    readField(
      reader,
      where,
      parameterName,
      memberOf(parameter, 'schema') ?? parameter,
      { name: '', words: [words], isAsked: true, node },
      { required: required ? where : undefined, whole: where, isPage: PAGE.test(parameterName) && memberOf(parameter, 'in') === 'query' },
    );
  }
  readBodies(reader, at, node, words, add, claim);
  addAnswers(reader, node, `${method.toUpperCase()} ${path}`, `${words} ${title}`, at, claim);
  const description = textOf(memberOf(operation, 'description'));
  if (description !== undefined) add([...at, 'description'], [], description);
}

/** How callers authenticate. */
function addSchemes({ tree }: Reader, security: unknown, at: TreePath, add: Add, claim: Make): void {
  const names = itemsOf(security).flatMap((one) => entriesOf(one).map(([name]) => name));
  const items = names.flatMap((name) => {
    const scheme = valueAt(tree.value, ['components', 'securitySchemes', name]) ?? valueAt(tree.value, ['securityDefinitions', name]);
    return schemeOf(textOf(memberOf(scheme, 'type')) ?? '', textOf(memberOf(scheme, 'scheme')) ?? '') ?? [];
  });
  const own =
    isRecord(valueAt(tree.value, at)) && memberOf(valueAt(tree.value, at), 'security') !== undefined ? [...at, 'security'] : ['security'];
  if (items.length > 0 && names.length === items.length)
    add(own, [
      claim({
        attribute: 'technology:authentication scheme',
        holds: { kind: 'items', force: 'some', items },
        states: `authenticates with ${items.join(', ')}`,
      }),
    ]);
}
