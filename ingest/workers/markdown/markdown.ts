import { slug } from 'github-slugger';
import type { Edge } from '../../../graph/model/edge.ts';
import { documentId, policyId, sectionId } from '../../../graph/model/id.ts';
import type { Source, SourceFacts, SourceFormat } from '../../file-worker.ts';
import { wholeSpan } from '../../parse/lines.ts';
import { documentRole, MARKDOWN, readMarkdown, stemOf } from '../../parse/markdown.ts';
import { excerptsOf, mentionsIn } from '../../parse/mentions.ts';
import { sectionFacts } from '../../parse/sections.ts';

/** Lists of what once changed name a lot, most of which is gone. */
const CHANGELOG = /(?:^|\/)(?:changelog|changes|history|release[-_ ]?notes?)(?:[-_.][^/]*)?\.(?:md|mdx|markdown)$/i;

/** Documents: what has a heading is a section, and what sections name is for the linkers. Decisions and specs are read elsewhere. */
export const markdownFormat: SourceFormat = {
  name: 'markdown',
  version: 3,
  claims: (path) => MARKDOWN.test(path),
  recognises: (text, path) => READ.has(documentRole(path, text)),
  read: ({ repo, path, text }) =>
    documentRole(path, text) === 'policy'
      ? readPolicy({ repo, path, text })
      : CHANGELOG.test(path)
        ? readChangelog(repo, path, text)
        : readDocument({ repo, path, text }),
};

/** Roles of documents that are read for their sections. */
const READ: ReadonlySet<string> = new Set(['doc', 'policy']);

/** A policy in prose: its sections are what it says. */
function readPolicy(source: Pick<Source, 'repo' | 'path' | 'text'>): SourceFacts {
  const { repo, path } = source;
  const { nodes, edges, keys = [], ...rest } = readDocument(source);
  const [document] = nodes;
  const name = slug(stemOf(path));
  const id = policyId(repo, name);
  const props = document?.name === undefined ? {} : { title: document.name };
  const contains: Edge = {
    from: id,
    type: 'CONTAINS',
    to: documentId(repo, path),
    tier: 'declared',
    confidence: 1,
    rule: 'policy-document',
    sites: [{ line: 1, col: 1, file: path }],
  };
  return {
    ...rest,
    nodes: [...nodes, { id, kind: 'Policy', name, repo, file: path, ...(document?.span ? { span: document.span } : {}), props }],
    edges: [...edges, contains],
    keys: [...keys, { key: 'document', id }],
  };
}

function readChangelog(repo: string, path: string, text: string): SourceFacts {
  const id = documentId(repo, path);
  const title = /^#[ \t]+(\S.*)$/m.exec(text.slice(0, 10_000))?.[1]?.trim();
  const props = title === undefined ? {} : { title };
  return {
    nodes: [{ id, kind: 'Document', name: title ?? stemOf(path), repo, file: path, span: wholeSpan(text), props }],
    edges: [],
    diagnostics: [],
    keys: [{ key: 'document', id }],
  };
}

function readDocument({ repo, path, text }: Pick<Source, 'repo' | 'path' | 'text'>): SourceFacts {
  const document = readMarkdown(text, path);
  const id = documentId(repo, path);
  const excerpts = excerptsOf(document.blocks);
  const sections = sectionFacts(repo, path, id, document.sections, excerpts);
  const doc = excerpts.get(-1) ?? excerpts.get(0);
  const props = { ...(document.title === undefined ? {} : { title: document.title }), ...(doc ? { doc } : {}) };
  const slugs = document.sections.map(({ slug }) => slug);
  return {
    nodes: [
      { id, kind: 'Document', name: document.title ?? stemOf(path), repo, file: path, span: document.span, props },
      ...sections.nodes,
    ],
    edges: sections.edges,
    diagnostics: document.diagnostics,
    keys: [
      {
        key: 'document',
        id,
        ...(slugs.length === 0 ? {} : { sections: slugs }),
        ...(/^readme$/i.test(stemOf(path)) ? { readme: true } : {}),
      },
      ...mentionsIn(document, (section) => ({ from: section < 0 ? id : sectionId(repo, path, slugs[section]!) })),
    ],
  };
}
