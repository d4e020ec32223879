import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NodeKind } from '../../../graph/model/node.ts';
import { openStore } from '../../../graph/store/registry.ts';
import { createSources, type Sources } from '../../../src/agent/citations/source-texts.ts';
import type { AgentRequest, Evidence, GroundedThing, Grounding, StepContext, ThingRole } from '../../../src/agent/model.ts';
import { check, type Checked } from '../../../src/agent/steps/check.ts';
import { draft, type DraftInput } from '../../../src/agent/steps/draft.ts';
import { parseRequest } from '../../../src/agent/steps/parse.ts';
import { createCurrentGraph } from '../../../src/current-graph.ts';
import { openSystem } from '../../../src/platform.ts';
import type { DraftSpec } from '../../../src/agent/model.ts';

/** A library that lends books: a service, its contract, a rule, a decision and the spec of how books are returned. */
const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "library", "type": "module" }\n',
  'src/loan-service.ts':
    'export class LoanService {\n  lend(book: string): string {\n    return book;\n  }\n}\n\nexport class FineService {}\n',
  'openapi.yaml':
    'openapi: 3.0.3\ninfo: { title: loans, version: "1" }\npaths:\n  /loans:\n    post:\n      operationId: lendBook\n      summary: Lends a book to a reader\n      responses:\n        "201": { description: lent }\n',
  'policies/privacy.policy.yaml':
    'policy: privacy\nrules:\n  - id: P-1\n    statement: A loan never shows who had the book before.\n    severity: must\n    appliesTo:\n      refs: ["api:loans#POST /loans"]\n',
  'docs/adr/0001-books-have-barcodes.md': '# Books have barcodes\n\nStatus: accepted\n\n## Decision\n\nA book is known by its barcode.\n',
  'specs/returnBook.spec.yaml':
    'feature: returnBook\nspecVersion: "1.2"\nowner: desk@library\n# written by hand\ndescription: As a reader, I want to return a book so that others can read it.\nacceptance:\n  - id: AC-1\n    text: The LoanService shall accept returns for 30 days.\n    verify: [{ kind: manual }]\n  - id: AC-2 # the desk asked for it\n    text: The LoanService shall print a receipt.\n    verify: [{ kind: manual }]\noutOfScope:\n  - Returns by post.\n',
};

export interface Library extends AsyncDisposable {
  readonly root: string;
  readonly head: string;
  readonly location: string;
  readonly sources: (kept?: ReadonlyMap<string, string>) => Sources;
  /** What the graph has of these kinds, as the retrieve step would hand it over. */
  grounding(...wanted: readonly (readonly [NodeKind, ThingRole, RegExp?])[]): Promise<Grounding>;
  draft(text: string, given?: Partial<DraftInput>): Promise<DraftSpec>;
  check(draft: DraftSpec, request: AgentRequest, kept?: Readonly<Record<string, string>>): Promise<Checked>;
}

export const requestOf = (text: string): AgentRequest => ({ thread: 'desk-1', text, file: 'specs/requests/desk-1.md' });

export async function openLibrary(files: Readonly<Record<string, string>> = FILES): Promise<Library> {
  const folder = mkdtempSync(path.join(tmpdir(), 'specgraph library '));
  const root = path.join(folder, 'library');
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@library', '-c', 'commit.gpgsign=false', ...args], {
      cwd: root,
      encoding: 'utf8',
    });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'feat: lend books');
  const location = path.join(folder, 'graph.db');
  const system = await openSystem({ store: location, embedder: { use: 'none' } });
  await system.ingest(root);
  await system.close();
  const store = await openStore(location, { create: false });
  const current = createCurrentGraph(store);
  const reader = await store.reader();
  const context = (graph: StepContext['graph']): StepContext => ({
    graph,
    repo: 'library',
    root,
    specs: 'specs',
    meant: () => Promise.resolve(undefined),
  });
  const grounding: Library['grounding'] = async (...wanted) => {
    const things: GroundedThing[] = [];
    for (const [kind, role, quoted = /.*\S.*/] of wanted)
      for (const { id, name, file = '', span } of await reader.find({ kinds: [kind] }, { limit: 100 })) {
        const stored = await reader.text('library', file);
        const rows = stored?.text.split('\n') ?? [];
        const at = rows.findIndex((row, index) => index + 1 >= (span?.line ?? 1) && quoted.test(row));
        const [quote = ''] = quoted.exec(rows[at] ?? '') ?? [];
        const evidence: Evidence = { node: id, file, line: at + 1, endLine: at + 1, sha: stored?.commit ?? '', quote: quote.trim() };
        const governs = (await reader.edges({ from: [id], types: ['GOVERNS'] }, 100)).map(({ to }) => to);
        things.push({ id, kind, name, role, reason: 'test', score: 1, evidence, governs });
      }
    return { things, existing: [] };
  };
  return {
    root,
    head: git('rev-parse', 'HEAD').trim(),
    location,
    sources: (kept = new Map()) => createSources({ reader, repo: 'library', root, kept }),
    grounding,
    draft: (text, given = {}) =>
      current.use((graph) =>
        draft(
          {
            request: requestOf(text),
            parsed: parseRequest(text),
            grounding: { things: [], existing: [] },
            ...{ gaps: [], answers: [], conflicts: [], resolutions: [], comments: [] },
            ...given,
          },
          context(graph),
        ),
      ),
    check: (drafted, request, kept = {}) => current.use((graph) => check({ draft: drafted, request, kept }, context(graph))),
    async [Symbol.asyncDispose]() {
      await reader[Symbol.asyncDispose]();
      await current.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
