import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Edge, EdgeType } from '../../../../graph/model/edge.ts';
import {
  adrId,
  apiPartId,
  configKeyId,
  declarationId,
  policyRuleId,
  specId,
  specPartId,
  tableId,
  teamId,
} from '../../../../graph/model/id.ts';
import type { Node } from '../../../../graph/model/node.ts';
import type { AgentRequest, Evidence, GapQuestion, Grounding, StepContext } from '../../../../src/agent/model.ts';
import { gaps } from '../../../../src/agent/steps/gaps.ts';
import { parseRequest } from '../../../../src/agent/steps/parse.ts';
import { retrieve } from '../../../../src/agent/steps/retrieve.ts';
import { edge, REPO } from '../../../contract/facts.ts';
import type { Leaf, Shelf } from '../retrieval/shelf.ts';

export const COMMIT = '0123456789abcdef0123456789abcdef01234567';

export const ID = {
  list: apiPartId(REPO, 'shop', 'GET /books'),
  review: apiPartId(REPO, 'shop', 'POST /books/{id}/reviews'),
  remove: apiPartId(REPO, 'shop', 'DELETE /books/{id}'),
  order: declarationId(REPO, 'src/orders.ts', 'placeOrder'),
  cover: declarationId(REPO, 'src/covers.ts', 'uploadCover'),
  books: tableId(REPO, 'books'),
  reviews: specId(REPO, 'bookReviews'),
  length: specPartId(REPO, 'bookReviews', 'AC-1'),
  signed: policyRuleId(REPO, 'access', 'A-1'),
  old: adrId(REPO, '0001'),
  now: adrId(REPO, '0002'),
  team: teamId(REPO, '@shop/catalogue'),
  secret: configKeyId(REPO, 'BOOKS_API_PASSWORD'),
} as const;

const node = (kind: Node['kind'], id: string, name: string, file: string, line: number, endLine: number, props: object): Node =>
  ({ ...{ id, kind, name, repo: REPO, file, props }, span: { line, col: 1, endLine, endCol: 2 } }) as Node;
const link = (from: string, type: EdgeType, to: string): Edge => edge(from, to, { type, tier: 'declared' });

const operation = (id: string, line: number, method: string, path: string, doc: string): Node =>
  node('Operation', id, `${method} ${path}`, 'openapi.yaml', line, line + 2, { method, path, doc });

/** A shop of books: three operations, a spec, a rule, a decision and the one that it replaced. */
export const BOOKSHOP: Readonly<Record<string, Leaf>> = {
  'openapi.yaml': {
    commit: COMMIT,
    text: [
      'paths:',
      '  GET /books:',
      '    summary: Books, page by page',
      '',
      '  POST /books/{id}/reviews:',
      '    summary: Adds a review to a book',
      '',
      '  DELETE /books/{id}:',
      '    summary: Takes a book out of the shop',
    ].join('\n'),
    parts: [
      operation(ID.list, 2, 'GET', '/books', 'Books, page by page'),
      operation(ID.review, 5, 'POST', '/books/{id}/reviews', 'Adds a review to a book'),
      operation(ID.remove, 8, 'DELETE', '/books/{id}', 'Takes a book out of the shop'),
    ],
    edges: [link(ID.remove, 'OWNED_BY', ID.team)],
  },
  'src/orders.ts': {
    text: [
      '// Orders of books.',
      "export function placeOrder(book: string, role = 'clerk') {",
      '  const limit = 25;',
      '  return limit;',
      '}',
    ].join('\n'),
    parts: [node('Function', ID.order, 'placeOrder', 'src/orders.ts', 2, 5, { exported: true })],
  },
  'src/covers.ts': {
    text: [
      'const MAX_COVER_BYTES = 3 * 1024 * 1024;',
      "const TYPES = ['image/png', 'image/jpeg'];",
      'export function uploadCover(book: string) {',
      '  return [book, MAX_COVER_BYTES, TYPES];',
      '}',
    ].join('\n'),
    parts: [node('Function', ID.cover, 'uploadCover', 'src/covers.ts', 3, 5, { exported: true })],
  },
  'db/books.sql': {
    text: 'CREATE TABLE books (\n  title TEXT,\n  deleted_at TIMESTAMP\n);',
    parts: [node('Table', ID.books, 'books', 'db/books.sql', 1, 4, {})],
    edges: [link(ID.order, 'QUERIES', ID.books)],
  },
  'specs/bookReviews.spec.yaml': {
    text: 'feature: bookReviews\ndescription: As a reader, I want to review a book.\nacceptanceCriteria:\n  - A review has at most 2000 characters.\n',
    parts: [
      node('Spec', ID.reviews, 'bookReviews', 'specs/bookReviews.spec.yaml', 1, 1, {
        format: 'specgraph',
        doc: 'As a reader, I want to review a book.',
      }),
      node('AcceptanceCriterion', ID.length, 'bookReviews/AC-1', 'specs/bookReviews.spec.yaml', 4, 4, {
        text: 'A review has at most 2000 characters.',
      }),
    ],
    edges: [link(ID.reviews, 'CONTAINS', ID.length), link(ID.length, 'SPECIFIES', ID.review)],
  },
  'policies/access.policy.yaml': {
    text: 'policy: access\nrules:\n  - id: A-1\n    statement: Only signed-in\n      readers may change a book.\n',
    parts: [
      node('PolicyRule', ID.signed, 'A-1', 'policies/access.policy.yaml', 3, 5, { statement: 'Only signed-in readers may change a book.' }),
    ],
    edges: [link(ID.signed, 'GOVERNS', ID.remove)],
  },
  'docs/adr/0001.md': {
    text: '# Books in files\n\nBooks are kept in one file.\n',
    parts: [
      node('Adr', ID.old, 'Books in files', 'docs/adr/0001.md', 1, 3, {
        number: '0001',
        status: 'superseded',
        decision: 'Books are kept in one file.',
      }),
    ],
    edges: [link(ID.old, 'GOVERNS', ID.books)],
  },
  'docs/adr/0002.md': {
    text: '# Books in a table\n\nBooks are kept in the table `books`; removed ones are marked.\n',
    parts: [
      node('Adr', ID.now, 'Books in a table', 'docs/adr/0002.md', 1, 3, {
        number: '0002',
        status: 'accepted',
        decision: 'Books are kept in the table books; removed ones are marked.',
      }),
    ],
    edges: [link(ID.now, 'GOVERNS', ID.books), link(ID.now, 'SUPERSEDES', ID.old)],
  },
  CODEOWNERS: { text: '* @shop/catalogue\n', parts: [node('Team', ID.team, '@shop/catalogue', 'CODEOWNERS', 1, 1, {})] },
  'compose.yaml': {
    text: 'environment:\n  BOOKS_API_PASSWORD: hunter2hunter2\n',
    parts: [node('ConfigKey', ID.secret, 'BOOKS_API_PASSWORD', 'compose.yaml', 2, 2, {})],
  },
};

export const requestOf = (text: string): AgentRequest => ({ thread: 'T-1', text, file: 'requests/T-1.md' });

/** What the steps say of a text. */
export const askOf = (
  { graph }: Shelf,
  text: string,
  more: Partial<StepContext> = {},
): Promise<{ readonly grounding: Grounding; readonly questions: readonly GapQuestion[] }> =>
  graph.use(async (pinned) => {
    const context: StepContext = { graph: pinned, repo: REPO, root: '/nowhere', specs: 'specs', meant: async () => undefined, ...more };
    const [request, parsed] = [requestOf(text), parseRequest(text)];
    const grounding = await retrieve(request, parsed, context);
    return { grounding, questions: await gaps(request, parsed, grounding, context) };
  });

/** Holds of every evidence, whatever was asked: the words stand in just these lines of this very text. */
export function expectVerbatim(all: readonly Evidence[], leaves: Readonly<Record<string, Leaf>>, request: AgentRequest): void {
  for (const { file, line, endLine, sha, quote } of all) {
    const text = file === request.file ? request.text : leaves[file]!.text;
    expect(
      text
        .split('\n')
        .slice(line - 1, endLine)
        .join('\n'),
    ).toContain(quote);
    expect(quote.trim()).not.toBe('');
    expect(sha).toBe(leaves[file]?.commit ?? `sha256:${createHash('sha256').update(text).digest('hex')}`);
  }
}
