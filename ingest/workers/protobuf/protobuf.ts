import protobuf from 'protobufjs';
import type { Source, SourceFacts, SourceFormat } from '../../file-worker.ts';
import { apiName } from '../../parse/api-name.ts';
import { linesOf } from '../../parse/lines.ts';
import { factsOf } from './facts.ts';
import { positionsOf } from './positions.ts';
import { messageOf } from '../../../graph/errors.ts';

/** Protocol Buffers: services, messages and enums of one package, which several files may make up. */
export const protobufFormat: SourceFormat = {
  name: 'protobuf',
  version: 1,
  claims: (path) => /\.proto$/i.test(path),
  read,
};

function read({ repo, path, text }: Source): SourceFacts {
  const lines = linesOf(text);
  let parsed: protobuf.IParserResult;
  try {
    parsed = protobuf.parse(readable(text), new protobuf.Root(), { keepCase: true, alternateCommentMode: true });
  } catch (error) {
    const said = messageOf(error);
    const line = Math.min(lines.count, Number(/\(line (\d+)\)/.exec(said)?.[1] ?? 1));
    const message = `Is not valid Protocol Buffers: ${said.slice(0, 200)}. Nothing of the file is known until that is corrected.`;
    const span = { line, col: 1, endLine: line, endCol: 1 };
    return { nodes: [], edges: [], diagnostics: [{ code: 'parse-failure', severity: 'error', message, file: path, span }] };
  }
  const name = parsed.package ?? apiName(path, undefined, repo);
  return factsOf(parsed.root, { repo, file: path, api: name, package: parsed.package ?? '', lines, positions: positionsOf(text) });
}

/** Editions differ in defaults, which the graph does not tell; the parser knows the first one alone. */
const readable = (text: string): string => text.replace(/^\uFEFF/, ' ').replace(/(?<=^\s*edition\s*=\s*["'])20\d\d(?=["'])/m, '2023');
