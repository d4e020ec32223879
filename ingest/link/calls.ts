import { factMask, type Site } from '../../graph/model/edge.ts';
import { makeId, UNKNOWN_HOST, type NodeId } from '../../graph/model/id.ts';
import type { Node } from '../../graph/model/node.ts';
import { createLinks } from './links.ts';
import { clientCallsOf, type ClientCall } from './http/clients.ts';
import { sentBy, type SentParts } from './http/sent.ts';
import { targetsOf } from './http/targets.ts';
import type { Linker } from './linker.ts';

/** Calls over HTTP to the operations and endpoints that they reach; those that reach none of the graph's are `HttpCall`s. */
export const callsLinker: Linker = {
  name: 'calls',
  link(repo, keys) {
    const links = createLinks();
    const targets = targetsOf(keys);
    const calls = clientCallsOf(keys)
      .filter((call) => call.repo === repo)
      .map((call) => ({ call, matches: targets.match(call) }));
    const clients = new Set(calls.flatMap(({ call, matches }) => (call.teller !== undefined && matches.length > 0 ? [call.teller] : [])));
    for (const { call, matches } of calls) {
      for (const { target, confidence, rule } of matches)
        links.edge({
          from: call.from,
          type: 'INVOKES',
          to: target.id,
          tier: call.unseen ? 'heuristic' : 'contract',
          confidence: call.unseen ? Math.round(confidence * UNSEEN * 100) / 100 : confidence,
          rule,
          sites: [siteOf(call, sentBy(keys, call, target.operation))],
        });
      if (matches.length === 0 && !call.inProcess && isRequest(call, clients)) unknownCall(links, call);
    }
    return links.done();
  },
};

/** Of calls that were read without a compiler. */
const UNSEEN = 0.9;

/**
 * That a function is told `GET /users` makes it a request only where the same function is told of operations that there are;
 * and a path in a language that is read as text may be no URL.
 */
function isRequest({ library, teller, unseen, url: { host } }: ClientCall, clients: ReadonlySet<NodeId>): boolean {
  if (library === 'operation-name') return teller !== undefined && clients.has(teller);
  return !(unseen && (host === undefined || 'unknown' in host));
}

/** What is sent or received as a whole, so that nobody can see which fields are used. */
function siteOf(call: ClientCall, sent?: SentParts): Site {
  const { body, result, teller } = call;
  const opaqueBody =
    (teller !== undefined && sent !== undefined && (sent.body.open || sent.query.open)) ||
    (body !== undefined &&
      (body.is === 'object' ? body.spread === true : !('type' in body && body.type && body.type.length > 0) && body.is !== 'text'));
  const opaqueResult = result?.handedOn === true && !result.as && !result.reads;
  const facts = (opaqueBody ? factMask('spread') : 0) | (opaqueResult ? factMask('as-value') : 0) | (result ? factMask('result-used') : 0);
  return { line: call.line, col: call.col, file: call.file, ...(facts ? { facts } : {}) };
}

/** Of a call of which neither host nor path is known there is nothing to say. */
function unknownCall(links: ReturnType<typeof createLinks>, call: ClientCall): void {
  const isUnknownHost = call.url.host !== undefined && 'unknown' in call.url.host;
  if (isUnknownHost && call.url.segments.every((segment) => segment === undefined)) return;
  const path = `/${call.url.segments.map((segment) => segment ?? '{}').join('/')}`;
  const host = hostText(call);
  const name = `${call.method ?? '*'} ${path}`;
  const id: NodeId = makeId({ repo: call.repo, scheme: 'http', path: host ?? (isUnknownHost ? UNKNOWN_HOST : ''), descriptor: name });
  const node: Node = {
    id,
    kind: 'HttpCall',
    name,
    repo: call.repo,
    props: { ...(call.method === undefined ? {} : { method: call.method }), path, ...(host === undefined ? {} : { host }) },
  };
  links.node(node);
  links.edge({ from: call.from, type: 'INVOKES', to: id, tier: 'heuristic', confidence: 1, rule: call.library, sites: [siteOf(call)] });
}

function hostText({ url: { host } }: ClientCall): string | undefined {
  if (!host || 'unknown' in host) return undefined;
  return 'text' in host ? host.text : `$${host.environment}`;
}
