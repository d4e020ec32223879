import { fenced } from '../../retrieval/render-pack.ts';
import { escapeMarkdown } from '../../specs/render-spec.ts';
import type { Evidence } from '../model.ts';
import { visibleLine } from '../../visible.ts';
import { titled } from './quoting.ts';

/** Letters of a commit or hash that are enough to find it. */
const SHORT = 19;

/** `policies/data.yaml:3-5 @ 0a1b2c…` */
export const citationOf = ({ file, line, endLine, sha }: Evidence): string =>
  visibleLine(`${file}:${line}${endLine > line ? `-${endLine}` : ''} @ ${sha.slice(0, sha.startsWith('sha256:') ? SHORT : 12)}`);

/** What a file says, fenced as data, under its citation. */
export const quoteOf = (evidence: Evidence): string => `${escapeMarkdown(citationOf(evidence))}\n\n${fenced(evidence.quote)}`;

/** A text of people as text on a page of Markdown: it opens no tag, link or heading. */
export const shown = (text: string): string => escapeMarkdown(titled(text));
