import { randomUUID } from 'node:crypto';
import { createServiceClient } from '@acme/http';
import { createConsoleLogger, type Logger } from '@acme/logger';
import { LocalStorageService, S3StorageService, type Storage } from '@acme/storage';
import { LIMITS, readConfig, type UploadConfig } from './config.ts';
import { HttpEventPublisher } from './event-publisher.ts';
import { createUploadServer } from './http-server.ts';
import { SignatureScanner } from './malware-scanner.ts';
import { OriginalSizeResizer, RemoteResizer, type Resizer } from './resizer.ts';
import { DevelopmentSessions } from './sessions.ts';
import { ThumbnailMaker } from './thumbnails.ts';
import { UploadService } from './upload-service.ts';
import { UserClient } from './user-client.ts';

const openStorage = ({ bucket, region }: UploadConfig, logger: Logger): Storage =>
  bucket === undefined ? new LocalStorageService('./images') : new S3StorageService({ bucket, region }, logger);

const openResizer = ({ resizerUrl }: UploadConfig): Resizer =>
  resizerUrl === undefined ? new OriginalSizeResizer() : new RemoteResizer(resizerUrl, LIMITS.processingMilliseconds);

const config = readConfig(process.env);
const logger = createConsoleLogger('upload-service');
const storage = openStorage(config, logger);
const service = new UploadService({
  users: new UserClient(createServiceClient(config.userServiceUrl)),
  storage,
  thumbnails: new ThumbnailMaker(openResizer(config), storage),
  scanner: new SignatureScanner(),
  events: new HttpEventPublisher(createServiceClient(config.notificationsUrl), logger),
  logger,
  newId: randomUUID,
  now: () => new Date(),
});

createUploadServer(service, new DevelopmentSessions(), logger).listen(config.port, () => logger.info('listening', { port: config.port }));
