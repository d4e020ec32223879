import { z } from 'zod';
import { NODE_KINDS } from '../../../graph/model/node.ts';
import { parseOrThrow } from '../../parse-or-throw.ts';
import type { RankedFile } from '../../retrieval/search.ts';
import { given, question, repo } from '../arguments.ts';
import { onPage, pageLine, paging, startOf } from '../page.ts';
import { docOf, fenced, namer, oneLine, quoted, thing } from '../text.ts';
import { defineTool, joined } from '../tool.ts';

/** Their list in the schema would cost more than it helps. */
const Kinds = z.object({ kinds: z.array(z.enum(NODE_KINDS)).optional() });
/** Files named beside the first things. */
const FILES_BESIDE = 5;
/** Hits that pages are cut from: what comes later is not worth a page, and how many are asked for decides their order. */
const RANKED = 100;
const NOTHING = 'Nothing found. Try fewer or other words.';

export const search = defineTool({
  name: 'search',
  description: 'Find code, contracts, data, docs, specs by words or a request: names, texts, past commits. Best first.',
  input: z.strictObject({
    query: question,
    list: z.enum(['things', 'files']).default('things').describe('files: ranked, with the signals that found them'),
    kinds: z.array(z.string()).max(20).optional().describe('e.g. Class, Operation, Table, Adr, Spec'),
    repo,
    given,
    ...paging(8),
  }),
  async answer({ query, list, kinds: named, repo, given, ...order }, { system }) {
    const { kinds } = parseOrThrow(Kinds, { kinds: named });
    const { hits, files, warning } = await system.search(query, {
      limit: RANKED,
      ...(kinds ? { kinds } : {}),
      ...(repo === undefined ? {} : { repo }),
      ...(given ? { given } : {}),
    });
    const less = warning === undefined || startOf(order) > 0 ? '' : oneLine(warning);
    if (list === 'files') {
      const shown = onPage(files, order);
      const severalRepos = new Set(files.map(({ repo }) => repo)).size > 1;
      return joined(
        fenced(shown.map((file) => fileLine(file, severalRepos))) || NOTHING,
        pageLine(files.length, shown.length, order),
        less,
      );
    }
    const shown = onPage(hits, order);
    const name = namer(hits.map(({ node }) => node.id));
    const lines = shown.map(({ node, signals }) => {
      const doc = docOf(node);
      return `${thing(node, name)}${doc ? ` ${quoted(doc, 90)}` : ''}${why(signals)}`;
    });
    const beside = startOf(order) === 0 && !kinds ? files.slice(0, FILES_BESIDE).map(({ path }) => oneLine(path)) : [];
    return joined(
      fenced(lines) || NOTHING,
      pageLine(hits.length, shown.length, order),
      beside.length > 0 ? `Best files:\n${fenced(beside)}` : '',
    );
  },
});

/** A file, the signals that found it, and the past commit that speaks most for it. */
const fileLine = ({ repo, path, signals, commit }: RankedFile, severalRepos: boolean): string =>
  `${severalRepos ? `${oneLine(repo)}//` : ''}${oneLine(path)}${why(signals)}${commit === undefined ? '' : `: ${quoted(commit, 80)}`}`;

const why = (signals: Readonly<Record<string, unknown>>): string => {
  const names = Object.keys(signals);
  return names.length === 0 ? '' : ` — ${names.join(', ')}`;
};
