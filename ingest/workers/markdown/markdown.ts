import { documentId, sectionId } from '../../../graph/model/id.ts';
import { createFileWorker, type Source, type SourceFacts, type SourceFormat } from '../../file-worker.ts';
import { wholeSpan } from '../../parse/lines.ts';
import { documentRole, MARKDOWN, readMarkdown, stemOf } from '../../parse/markdown.ts';
import { excerptsOf, mentionsIn } from '../../parse/mentions.ts';
import { sectionFacts } from '../../parse/sections.ts';
import type { SourceWorker } from '../../worker.ts';

/** Lists of what once changed name a lot, most of which is gone. */
const CHANGELOG = /(?:^|\/)(?:changelog|changes|history|release[-_ ]?notes?)(?:[-_.][^/]*)?\.(?:md|mdx|markdown)$/i;

/** Documents: what has a heading is a section, and what sections name is for the linkers. Decisions, policies and specs are read elsewhere. */
export const markdownFormat: SourceFormat = {
  name: 'markdown',
  version: 1,
  claims: (path) => MARKDOWN.test(path),
  recognises: (text, path) => documentRole(path, text) === 'doc',
  read: ({ repo, path, text }) => (CHANGELOG.test(path) ? readChangelog(repo, path, text) : readDocument({ repo, path, text })),
};

export const createMarkdownWorker = (): SourceWorker => createFileWorker(markdownFormat);

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
  const sections = sectionFacts(repo, path, id, document);
  const excerpts = excerptsOf(document.blocks);
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
