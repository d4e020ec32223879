import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PlatformError, messageOf } from '../../graph/errors.ts';

/** Starts listening; returns where, without a path. Throws `BAD_INPUT` for an address or port that cannot be had. */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  try {
    const listening = once(server, 'listening');
    server.listen(port, host);
    await listening;
  } catch (cause) {
    throw new PlatformError('BAD_INPUT', `Cannot listen on ${host}, port ${port}: ${messageOf(cause)}. Choose another with --port.`, {
      cause,
      details: { host, port },
    });
  }
  const { address, family, port: bound } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`;
}
