import type { ImageFormat } from '@acme/contracts';

export interface Resizer {
  /** The image with its longer side at most `side` pixels. */
  resize(body: Uint8Array, format: ImageFormat, side: number): Promise<Uint8Array>;
}

/** Asks a resizing proxy over HTTP. */
export class RemoteResizer implements Resizer {
  constructor(
    private readonly baseUrl: string,
    private readonly timeoutMilliseconds: number,
  ) {}

  async resize(body: Uint8Array, format: ImageFormat, side: number): Promise<Uint8Array> {
    const response = await fetch(`${this.baseUrl}/fit?width=${side}&height=${side}`, {
      method: 'POST',
      headers: { 'content-type': format },
      body: Buffer.from(body),
      signal: AbortSignal.timeout(this.timeoutMilliseconds),
    });
    if (!response.ok) throw new Error(`The resizer answered ${response.status}.`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

/** Gives the original back: clients scale it themselves. For development without a proxy. */
export class OriginalSizeResizer implements Resizer {
  async resize(body: Uint8Array): Promise<Uint8Array> {
    return body;
  }
}
