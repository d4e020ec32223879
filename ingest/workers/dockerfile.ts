import { Copy, DockerfileParser } from 'dockerfile-ast';
import type { Span } from '../../graph/model/provenance.ts';
import { collectFacts } from '../facts.ts';
import type { Source, SourceFacts, SourceFormat } from '../file-worker.ts';
import { interpolated } from '../parse/config-value.ts';
import { declareConfig, readConfig } from '../parse/environment.ts';
import { dockerfileId, imageNode } from '../parse/image.ts';
import { baseName, folderOf } from '../parse/paths.ts';

const DOCKERFILE = /(?:^|\/)(?:(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?|[\w.-]+\.(?:dockerfile|containerfile))$/i;
/** Build arguments that Docker itself gives. */
const PREDEFINED = /^(?:(?:HTTPS?|FTP|NO|ALL)_PROXY|(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)|BUILDKIT_\w+|SOURCE_DATE_EPOCH)$/i;
/** Characters. A Dockerfile that is longer is none. */
const LONGEST = 500_000;

/** Dockerfiles: the images they build on, and the variables they set and take. */
export const dockerfileFormat: SourceFormat = {
  name: 'dockerfile',
  version: 1,
  claims: (path) => DOCKERFILE.test(path) && !/\.(?:dockerignore|md|ya?ml|json|[cm]?[jt]s)$/i.test(path),
  recognises: (text) => /^\s*FROM\s/im.test(text),
  read,
};

function read({ repo, path, text }: Source): SourceFacts {
  const facts = collectFacts(path);
  if (text.length > LONGEST) {
    const message = `Has ${text.length} characters; the most that are read of a Dockerfile are ${LONGEST}.`;
    facts.diagnose({ code: 'too-large', severity: 'warning', message, file: path, span: { line: 1, col: 1, endLine: 1, endCol: 1 } });
    return facts.done();
  }
  const instructions = DockerfileParser.parse(text.replace(/^\uFEFF/, '')).getInstructions();
  const id = dockerfileId(repo, path);
  const folder = folderOf(path);
  const last = instructions.at(-1);
  const span = { line: 1, col: 1, endLine: last ? spanOf(last.getRange()).endLine : 1, endCol: last ? spanOf(last.getRange()).endCol : 1 };
  const name = folder === '' ? path : baseName(folder);
  const image = { id, kind: 'Resource' as const, name, repo, file: path, span, props: { type: 'image' } };
  facts.node(image);
  const ports: string[] = [];
  const stages = new Set<string>();
  const variables = new Map<string, string>();
  const use = (image: string, at: Span): void => {
    const name = interpolated(image, variables);
    // A stage by name or number, and what only the build knows.
    if (name === undefined || name === '' || name === 'scratch' || stages.has(name.toLowerCase()) || /^\d+$/.test(name)) return;
    const to = imageNode(facts, { repo, file: path, span: at }, name);
    facts.edge(id, 'DEPENDS_ON', to, at, 'dockerfile-from');
  };
  for (const instruction of instructions) {
    const place = { repo, file: path, span: spanOf(instruction.getRange()) };
    const keyword = instruction.getKeyword();
    const written = instruction.getArguments().map((argument) => argument.getValue());
    if (keyword === 'FROM') {
      const [image, as, stage] = written.filter((argument) => !argument.startsWith('--'));
      if (image !== undefined) use(image, place.span);
      if (as?.toUpperCase() === 'AS' && stage !== undefined) stages.add(stage.toLowerCase());
    } else if (keyword === 'COPY') {
      const from = instruction instanceof Copy ? instruction.getFromFlag()?.getValue() : undefined;
      if (typeof from === 'string') use(from, place.span);
    } else if (keyword === 'ENV' || keyword === 'ARG') {
      for (const [name, value] of assignmentsOf(keyword, instruction.getRawArgumentsContent() ?? '')) {
        if (PREDEFINED.test(name)) continue;
        const filled = value === undefined ? undefined : interpolated(value, variables);
        if (filled !== undefined) variables.set(name, filled);
        if (value !== undefined) declareConfig(facts, place, id, name, `dockerfile-${keyword.toLowerCase()}`, { value: filled });
        if (keyword === 'ARG') readConfig(facts, place, id, name, 'dockerfile-arg', value);
      }
    } else if (keyword === 'EXPOSE')
      ports.push(...written.flatMap((port) => interpolated(port, variables)?.replace(/\/(?:tcp|udp)$/i, '') ?? []));
  }
  if (ports.length > 0) facts.node({ ...image, props: { ...image.props, ports } });
  facts.key({ key: 'image', id, folder, line: 1, col: 1 });
  return facts.done();
}

/** `NAME=value NAME2="v w"`, or `NAME value` of old. */
function assignmentsOf(keyword: string, text: string): readonly (readonly [string, string | undefined])[] {
  const joined = text.replace(/\\\r?\n/g, ' ').trim();
  if (!joined.includes('=')) {
    const [name = '', ...rest] = joined.split(/\s+/);
    return keyword === 'ENV' ? [[name, rest.join(' ')]] : joined.split(/\s+/).map((argument) => [argument, undefined]);
  }
  if (keyword === 'ENV' && /^[\w.-]+\s+/.test(joined) && !/^[\w.-]+=/.test(joined))
    return [[joined.split(/\s/)[0]!, joined.replace(/^\S+\s+/, '')]];
  return [...joined.matchAll(/([A-Za-z_][\w.-]*)(?:=("(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s\\]|\\.)*))?/g)].map(([, name = '', value]) => [
    name,
    value === undefined ? undefined : /^["']/.test(value) ? value.slice(1, -1) : value,
  ]);
}

const spanOf = ({ start, end }: { readonly start: Position; readonly end: Position }): Span => ({
  line: start.line + 1,
  col: start.character + 1,
  endLine: end.line + 1,
  endCol: end.character + 1,
});

interface Position {
  readonly line: number;
  readonly character: number;
}
