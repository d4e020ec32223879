import { ProtocolError, ProtocolErrorCode, ResourceTemplate, type McpServer, type Variables } from '@modelcontextprotocol/server';
import { PlatformError } from '../../graph/errors.ts';
import { DIAGRAM_KINDS } from '../../graph/query/diagram/kinds.ts';
import type { PublicError } from '../serving/public-error.ts';
import type { System } from '../system.ts';
import { errorText } from './error-text.ts';
import { oneLine } from './text.ts';
import { agentOf } from './tools/draft.ts';
import { linesOfSpec, listSpecs } from './tools/specs.ts';
import type { McpContext } from './tool.ts';

/** Specs in the list of resources; `specs` pages through all. */
const LISTED = 100;
const MERMAID = 'text/vnd.mermaid';

/** Specs and diagrams, for people who attach them to a conversation. */
export function addResources(server: McpServer, context: McpContext, publish: (error: unknown) => PublicError): void {
  const { system } = context;
  const read = async (uri: URL, mimeType: string, text: () => Promise<string>) => {
    try {
      return { contents: [{ uri: uri.href, mimeType, text: await text() }] };
    } catch (error) {
      const known = publish(error);
      const code =
        known.code === 'INTERNAL' || known.code === 'STORE_FAILED' ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams;
      throw new ProtocolError(code, errorText(known), { code: known.code });
    }
  };

  const list = async () => ({
    resources: (await listSpecs(system).catch(() => [])).slice(0, LISTED).map(({ id, name }) => ({
      uri: `specgraph://spec/${encodeURIComponent(id)}`,
      name: oneLine(name),
      mimeType: 'text/plain',
    })),
  });
  server.registerResource(
    'spec',
    new ResourceTemplate('specgraph://spec/{id}', { list, complete: { id: (value) => namesOfSpecs(system, value) } }),
    { description: 'A spec: criteria, tests, links', mimeType: 'text/plain' },
    (uri, { id }) => read(uri, 'text/plain', async () => (await linesOfSpec(context, decoded(id))).join('\n')),
  );

  const kind = (value: string): string[] => DIAGRAM_KINDS.filter((each) => each.startsWith(value));
  const draw = (uri: URL, variables: Variables) =>
    read(uri, MERMAID, () => {
      const name = decoded(variables['kind']);
      const known = DIAGRAM_KINDS.find((each) => each === name);
      if (!known) throw new PlatformError('BAD_INPUT', `There is no such diagram. There are ${DIAGRAM_KINDS.join(', ')}.`);
      const target = variables['target'];
      return system.diagram({ kind: known, ...(target === undefined ? {} : { target: decoded(target) }) });
    });
  server.registerResource(
    'diagram',
    new ResourceTemplate('specgraph://diagram/{kind}/{+target}', { list: undefined, complete: { kind } }),
    { description: `Mermaid. Kinds with a target: ${DIAGRAM_KINDS.slice(2).join(', ')}`, mimeType: MERMAID },
    draw,
  );
  server.registerResource(
    'hand-off',
    new ResourceTemplate('specgraph://threads/{thread}/hand-off/{+file}', {
      list: () => handedOff(context).catch(() => ({ resources: [] })),
      complete: {},
    }),
    { description: 'A file of a hand-off; README.md lists them' },
    (uri, { thread, file }) => read(uri, 'text/plain', async () => (await agentOf(context)).handOffFile(decoded(thread), decoded(file))),
  );
  server.registerResource(
    'overview',
    new ResourceTemplate('specgraph://diagram/{kind}', { list: undefined, complete: { kind } }),
    { description: `Mermaid of the whole system: ${DIAGRAM_KINDS.slice(0, 2).join(', ')}`, mimeType: MERMAID },
    draw,
  );
}

/** Where to begin to read, of each hand-off. */
async function handedOff(context: McpContext) {
  const agent = await agentOf(context);
  const done: string[] = [];
  for (const thread of await agent.threadNames()) {
    if (done.length === LISTED) break;
    // By the files that are there: nobody reads all logs for a list.
    const files: readonly string[] = await agent.handOff(thread).catch(() => []); // of one that is broken
    if (files.includes('README.md')) done.push(thread);
  }
  return {
    resources: done.map((thread) => ({ uri: `specgraph://threads/${thread}/hand-off/README.md`, name: `hand-off of ${thread}` })),
  };
}

const namesOfSpecs = async (system: System, start: string): Promise<string[]> =>
  (await listSpecs(system)).map(({ name }) => name).filter((name) => name.startsWith(start));

/** A part of a URI as it was before it was put there. Throws `BAD_INPUT` when it is not encoded as URIs are. */
function decoded(part: string | string[] | undefined): string {
  const text = Array.isArray(part) ? part.join(',') : (part ?? '');
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new PlatformError('BAD_INPUT', 'The URI is not percent-encoded as URIs are.', { cause });
  }
}
