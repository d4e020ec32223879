export { imageKey, thumbnailKey } from './keys.ts';
export { LocalStorageService } from './local-storage-service.ts';
export { S3StorageService, type S3Options } from './s3-storage-service.ts';
export { StorageError, type PutOptions, type Storage, type StoredObject } from './storage.ts';
