export interface PutOptions {
  readonly contentType: string;
  /** Seconds a client may keep the object without asking again. */
  readonly maxAge?: number;
}

export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  readonly url: string;
}

/** Where images live. Keys are written once; storing the same key again replaces the object. */
export interface Storage {
  put(key: string, body: Uint8Array, options: PutOptions): Promise<StoredObject>;
  /** Throws {@link StorageError} when there is no such object. */
  get(key: string): Promise<Uint8Array>;
  delete(key: string): Promise<void>;
}

export class StorageError extends Error {
  readonly key: string;

  constructor(key: string, message: string, options?: ErrorOptions) {
    super(`${message}: ${key}`, options);
    this.name = 'StorageError';
    this.key = key;
  }
}

const KEY = /^[a-z0-9][a-z0-9/._-]*$/;

/** Checks keys once, so that no backend can be made to leave its folder or bucket. */
export abstract class BaseStorage implements Storage {
  protected abstract write(key: string, body: Uint8Array, options: PutOptions): Promise<void>;
  protected abstract read(key: string): Promise<Uint8Array>;
  protected abstract remove(key: string): Promise<void>;
  protected abstract urlOf(key: string): string;

  async put(key: string, body: Uint8Array, options: PutOptions): Promise<StoredObject> {
    await this.write(this.checked(key), body, options);
    return { key, bytes: body.byteLength, url: this.urlOf(key) };
  }

  async get(key: string): Promise<Uint8Array> {
    return this.read(this.checked(key));
  }

  async delete(key: string): Promise<void> {
    await this.remove(this.checked(key));
  }

  private checked(key: string): string {
    if (!KEY.test(key) || key.includes('..')) throw new StorageError(key, 'Not a storage key');
    return key;
  }
}
