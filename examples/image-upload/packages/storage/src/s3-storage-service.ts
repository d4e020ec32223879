import type { Logger } from '@acme/logger';
import { BaseStorage, StorageError, type PutOptions } from './storage.ts';

export interface S3Options {
  readonly bucket: string;
  readonly region: string;
  /** Overrides the AWS endpoint, for compatible stores. */
  readonly endpoint?: string;
  readonly attempts?: number;
}

type Fetch = (url: string, init: { method: string; headers: Record<string, string>; body?: Uint8Array }) => Promise<Response>;

/** Objects in an S3 bucket. Requests are signed by the sidecar that the endpoint points to. */
export class S3StorageService extends BaseStorage {
  private readonly base: string;

  constructor(
    private readonly options: S3Options,
    private readonly logger: Logger,
    private readonly fetcher: Fetch = (url, { body, ...init }) =>
      fetch(url, body === undefined ? init : { ...init, body: Buffer.from(body) }),
  ) {
    super();
    this.base = options.endpoint ?? `https://${options.bucket}.s3.${options.region}.amazonaws.com`;
  }

  protected override async write(key: string, body: Uint8Array, { contentType, maxAge }: PutOptions): Promise<void> {
    const cacheControl = maxAge === undefined ? 'no-cache' : `max-age=${maxAge}`;
    await this.send('PUT', key, { 'content-type': contentType, 'cache-control': cacheControl }, body);
  }

  protected override async read(key: string): Promise<Uint8Array> {
    const response = await this.send('GET', key);
    return new Uint8Array(await response.arrayBuffer());
  }

  protected override async remove(key: string): Promise<void> {
    await this.send('DELETE', key);
  }

  protected override urlOf(key: string): string {
    return `${this.base}/${key}`;
  }

  private async send(method: string, key: string, headers: Record<string, string> = {}, body?: Uint8Array): Promise<Response> {
    const attempts = this.options.attempts ?? 3;
    for (let attempt = 1; ; attempt++) {
      const response = await this.fetcher(this.urlOf(key), body === undefined ? { method, headers } : { method, headers, body });
      if (response.ok) return response;
      if (response.status < 500 || attempt === attempts) throw new StorageError(key, `${method} answered ${response.status}`);
      this.logger.warn('storage request failed, trying again', { method, key, status: response.status, attempt });
    }
  }
}
