import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIPv4 } from 'node:net';
import { PlatformError } from '../../graph/errors.ts';

/** Why a request is not answered. */
export interface Refusal {
  readonly status: 401 | 403;
  readonly code: 'UNAUTHENTICATED' | 'FORBIDDEN';
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** True for names and addresses that only this machine can reach. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));

/** Throws `BAD_INPUT` for an address that is not loopback without a token. */
export function checkAddress(host: string, token: string | undefined): void {
  if (token !== undefined || isLoopback(host)) return;
  throw new PlatformError(
    'BAD_INPUT',
    `Anyone who reaches ${host} could read the graph. Set SPECGRAPH_TOKEN to a secret, or listen on 127.0.0.1.`,
    { details: { host } },
  );
}

/** Why this request may not be answered; undefined when it may. Without a token it has to be addressed to this machine. */
export function refuse(request: IncomingMessage, token: string | undefined): Refusal | undefined {
  if (token !== undefined) {
    if (carries(request, token)) return undefined;
    return {
      status: 401,
      code: 'UNAUTHENTICATED',
      message: 'Send the header "Authorization: Bearer <token>" with the token of this server.',
      headers: { 'www-authenticate': 'Bearer' },
    };
  }
  // A page whose name was rebound to 127.0.0.1 counts as same-origin for a browser; the name gives it away.
  if (isLoopback(hostOf(request))) return undefined;
  return { status: 403, code: 'FORBIDDEN', message: 'Without a token this server answers to localhost only.', headers: {} };
}

/** Digests have one length, so the comparison tells nothing about the token, not even how long it is. */
function carries(request: IncomingMessage, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const given = /^Bearer +(?<token>.+)$/i.exec(request.headers.authorization ?? '')?.groups?.['token'];
  return timingSafeEqual(digest(given ?? ''), digest(token));
}

/** The name that a request is addressed to, without its port. */
export function hostOf(request: IncomingMessage): string {
  const { host = '' } = request.headers;
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host;
}
