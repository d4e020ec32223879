import type { Edge } from '../../../graph/model/edge.ts';
import { dataStoreId, documentId, migrationId, sectionId, tableId } from '../../../graph/model/id.ts';
import type { Node } from '../../../graph/model/node.ts';
import type { Diagnostic } from '../../../graph/model/provenance.ts';
import type { Source, SourceFacts, SourceFormat } from '../../file-worker.ts';
import type { LinkKey, TableKey } from '../../keys.ts';
import { linesOf, type Lines } from '../../parse/lines.ts';
import { schemaPlace, withoutUndo } from '../../parse/schema-set.ts';
import { readDdl, type DdlChange } from '../../parse/sql-ddl.ts';

/**
 * Scripts that define or change tables: schema files, dumps and migrations of PostgreSQL, MySQL, SQLite and SQL Server.
 * A file says only what it changes; which tables there are in the end is for `link/tables.ts`.
 */
export const sqlFormat: SourceFormat = {
  name: 'sql',
  version: 3,
  claims: (path) => /\.sql$/i.test(path),
  recognises: (text) => /\b(?:create|alter|drop|rename|comment|sp_rename)\b/i.test(text),
  read,
};

function read(source: Source): SourceFacts {
  const { repo, path } = source;
  const place = schemaPlace(path, source.text);
  if (place.undo) return { nodes: [], edges: [], diagnostics: [] };
  const text = withoutUndo(source.text);
  const lines = linesOf(text);
  const { changes, problems } = readDdl(text);
  const technology = technologyOf(source, place.technology);
  const store = technology === undefined ? undefined : dataStoreId(repo, technology);
  const migration = place.migration ? migrationId(repo, path) : undefined;
  const nodes: Node[] = [];
  if (migration !== undefined)
    nodes.push({
      id: migration,
      kind: 'Migration',
      name: nameOf(path),
      repo,
      file: path,
      span: lines.span(0, text.length),
      props: { order: place.order, ...(technology === undefined ? {} : { technology }), ...docOf(source.text) },
    });
  if (store !== undefined && technology !== undefined && changes.length > 0)
    nodes.push({
      id: store,
      kind: 'DataStore',
      name: technology,
      repo,
      file: path,
      span: lines.span(0, 0),
      standing: 'mention',
      props: { technology },
    });
  const whole = migration ?? documentId(repo, path);
  const stretches = statements(changes).map((change) => ({ ...change, span: lines.span(change.start, change.end) }));
  if (migration === undefined)
    nodes.push({
      id: whole,
      kind: 'Document',
      name: nameOf(path),
      repo,
      file: path,
      span: lines.span(0, text.length),
      props: docOf(source.text),
    });
  for (const { table, span } of stretches)
    nodes.push({ id: sectionId(repo, path, `table ${table}`), kind: 'Section', name: table, repo, file: path, span, props: {} });
  const edges = stretches.map(({ table, span: { line, col } }): Edge => ({
    ...{
      from: whole,
      type: 'CONTAINS',
      to: sectionId(repo, path, `table ${table}`),
      tier: 'declared',
      confidence: 1,
      rule: 'sql-statement',
    },
    sites: [{ line, col, file: path }],
  }));
  const keys = changes.map(({ start, end, ...change }): LinkKey => ({
    key: 'schema-change',
    set: place.set,
    order: place.order,
    ...(migration === undefined ? {} : { migration }),
    ...(store === undefined ? {} : { store }),
    span: lines.span(start, end),
    change,
  }));
  const diagnostics = problems.map(({ message, start, end }): Diagnostic => ({
    code: 'parse-failure',
    severity: 'warning',
    message: `${message} The rest of the file is read; correct the statement, or leave it if its dialect is not known.`,
    file: path,
    span: lines.span(start, end),
  }));
  const document: readonly LinkKey[] = migration === undefined ? [{ key: 'document', id: whole }] : [];
  return { nodes, edges, diagnostics, keys: [...document, ...tableKeys(repo, changes, lines), ...keys] };
}

/** What creates a table or view, where a file has several: each is found by itself. */
function statements(changes: readonly DdlChange[]): readonly DdlChange[] {
  const first = new Map<string, DdlChange>();
  for (const change of changes) if (change.op === 'create-table' && !first.has(change.table)) first.set(change.table, change);
  return first.size > 1 ? [...first.values()] : [];
}

/** `V2__add_orders.sql`, `20240101_init/migration.sql`. */
const nameOf = (path: string): string =>
  path
    .split('/')
    .slice(/\/(?:migration|up)\.sql$/i.test(path) ? -2 : -1)
    .join('/');

/** Prisma notes the kind of database beside its migrations. */
function technologyOf({ path, other }: Source, named: string | undefined): string | undefined {
  const folder = /^(.*migrations\/)[^/]+\/migration\.sql$/.exec(path)?.[1];
  const lock = folder === undefined ? undefined : other(`${folder}migration_lock.toml`);
  return (lock === undefined ? undefined : /^\s*provider\s*=\s*"(\w+)"/m.exec(lock)?.[1]) ?? named;
}

/** The comment at the head of a file, which says what it is for. */
function docOf(text: string): { readonly doc?: string } {
  const head = /^(?:\s*--[^\n]*\n?)+|^\s*\/\*[\s\S]*?\*\//.exec(text.slice(0, 2000))?.[0] ?? '';
  const doc = head
    .replaceAll(/^\s*(?:--+|\/\*+|\*\/|\*)|\*\/\s*$/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return doc === '' ? {} : { doc: doc.slice(0, 300) };
}

/** What the file by itself says of each table that it creates or adds to. */
function tableKeys(repo: string, changes: readonly DdlChange[], lines: Lines): readonly TableKey[] {
  const tables = new Map<string, { readonly start: number; readonly columns: Set<string> }>();
  for (const change of changes) {
    if (change.op !== 'create-table' && change.op !== 'add-column') continue;
    let table = tables.get(change.table);
    if (!table) tables.set(change.table, (table = { start: change.start, columns: new Set() }));
    if (change.op === 'add-column') table.columns.add(change.column);
  }
  return [...tables].map(([name, { start, columns }]) => ({
    key: 'table',
    id: tableId(repo, name),
    name,
    columns: [...columns],
    ...lines.at(start),
  }));
}
