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

/** Somebody, or a program, whom a token of its own stands for. */
export interface TokenHolder {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly kind: 'person' | 'engine';
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

/**
 * Why this request may not be answered; undefined when it may. The token of a holder is as good as that of the server. Without a token
 * it has to be addressed to this machine.
 */
export function refuse(request: IncomingMessage, token: string | undefined, holders: readonly TokenHolder[] = []): Refusal | undefined {
  if (token !== undefined) {
    if (carries(request, token) || holderOf(request, holders)) return undefined;
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

/** Whose token a request carries. All are compared, so that the time tells nothing of which it was. */
export function holderOf(request: IncomingMessage, holders: readonly TokenHolder[]): TokenHolder | undefined {
  let found: TokenHolder | undefined;
  for (const holder of holders) if (carries(request, holder.token)) found = holder;
  return found;
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
