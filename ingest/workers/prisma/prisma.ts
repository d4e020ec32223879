import { dataStoreId, documentId, sectionId, tableId } from '../../../graph/model/id.ts';
import type { Node } from '../../../graph/model/node.ts';
import type { Span } from '../../../graph/model/provenance.ts';
import { collectFacts } from '../../facts.ts';
import type { Source, SourceFacts, SourceFormat } from '../../file-worker.ts';
import type { LinkKey, SchemaChange } from '../../keys.ts';
import { linesOf, wholeSpan } from '../../parse/lines.ts';
import { baseName } from '../../parse/paths.ts';
import { schemaPlace } from '../../parse/schema-set.ts';
import { readModels, type Model } from './models.ts';
import { readSchema } from './read-schema.ts';

/**
 * Prisma schemas: models are tables, under the names that the database knows. `link/tables.ts` states them with their columns; that they
 * stand here is said here, so that the text of each is found by itself, as is that of enumerated types.
 */
export const prismaFormat: SourceFormat = {
  name: 'prisma',
  version: 4,
  claims: (path) => /\.prisma$/i.test(path),
  read,
};

function read({ repo, path, text }: Source): SourceFacts {
  const lines = linesOf(text);
  const { declarations, problems } = readSchema(text);
  const { models, enums, provider } = readModels(declarations);
  const { set, order } = schemaPlace(path, text);
  const store = provider && dataStoreId(repo, provider.name);
  const facts = collectFacts(path);
  const name = baseName(path);
  const document = facts.node({ id: documentId(repo, path), kind: 'Document', name, repo, file: path, span: wholeSpan(text), props: {} });
  if (provider && store !== undefined) {
    const span = lines.span(provider.start, provider.end);
    facts.node({ id: store, kind: 'DataStore', name: provider.name, repo, file: path, span, props: { technology: provider.name } });
  }
  facts.key({ key: 'document', id: document });
  const change = (start: number, end: number, made: SchemaChange): void => {
    const at = { set, order, ...(store === undefined ? {} : { store }), span: lines.span(start, end) };
    facts.key({ key: 'schema-change', ...at, change: made });
  };
  for (const { name: called, values, start, end } of enums) {
    change(start, end, { op: 'enum', table: called, values });
    const span = lines.span(start, end);
    const id = sectionId(repo, path, called);
    facts.node({ id, kind: 'Section', name: called, repo, file: path, span, props: { headings: [called] } });
    facts.edge(document, 'CONTAINS', id, span, 'part-of-text');
  }
  const stated = new Set<string>();
  for (const model of models) {
    facts.key(tableKey(repo, model, lines.at(model.start)));
    const { table, view, doc } = model;
    // Of models for one table the first is read.
    if (!stated.has(table)) facts.node(tableNode(repo, path, model, lines.span(model.start, model.end)));
    stated.add(table);
    change(model.start, model.end, {
      op: 'create-table',
      table,
      model: model.name,
      ...(view ? { view } : {}),
      ...(doc === undefined ? {} : { doc }),
    });
    for (const { name: column, start, end, property, facts: known } of model.columns)
      change(start, end, { op: 'add-column', table, column, ...known, ...(property === column ? {} : { property }) });
    for (const { start, end, columns, to, references } of model.relations)
      columns.forEach((column, index) => {
        const toColumn = references[index];
        change(start, end, { op: 'foreign-key', table, column, to, ...(toColumn === undefined ? {} : { toColumn }) });
      });
  }
  for (const { message, start, end } of problems)
    facts.diagnose({
      code: 'parse-failure',
      severity: 'warning',
      message: `Is not valid in a Prisma schema: ${message} Correct it; the other blocks are read.`,
      file: path,
      span: lines.span(start, end),
    });
  return facts.done();
}

function tableNode(repo: string, file: string, { table, view, doc }: Model, span: Span): Node {
  const dot = table.lastIndexOf('.');
  const props = {
    ...(dot < 0 ? {} : { schema: table.slice(0, dot) }),
    ...(view ? { view } : {}),
    ...(doc === undefined ? {} : { doc: doc.slice(0, 300) }),
  };
  return { id: tableId(repo, table), kind: 'Table', name: table, repo, file, span, props };
}

function tableKey(repo: string, model: Model, at: { readonly line: number; readonly col: number }): LinkKey {
  return {
    key: 'table',
    id: tableId(repo, model.table),
    name: model.table,
    columns: model.columns.map(({ name }) => name),
    model: model.name,
    properties: Object.fromEntries(model.columns.map(({ property, name }) => [property, name])),
    relations: Object.fromEntries(model.links.map(({ property, model: other }) => [property, other])),
    ...at,
  };
}
