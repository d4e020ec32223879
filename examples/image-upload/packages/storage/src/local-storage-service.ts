import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BaseStorage, StorageError } from './storage.ts';

/** Objects as files under one folder, for development and tests. */
export class LocalStorageService extends BaseStorage {
  constructor(private readonly folder: string) {
    super();
  }

  protected override async write(key: string, body: Uint8Array): Promise<void> {
    const path = join(this.folder, key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, body);
  }

  protected override async read(key: string): Promise<Uint8Array> {
    try {
      return await readFile(join(this.folder, key));
    } catch (cause) {
      throw new StorageError(key, 'No such object', { cause });
    }
  }

  protected override async remove(key: string): Promise<void> {
    await rm(join(this.folder, key), { force: true });
  }

  protected override urlOf(key: string): string {
    return `file://${join(this.folder, key)}`;
  }
}
