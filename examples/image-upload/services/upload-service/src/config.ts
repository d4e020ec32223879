import { MEGABYTE } from '@acme/contracts';

/** What an upload may be; shared with tests so that both change together. */
export const LIMITS = {
  maxBytes: 5 * MEGABYTE,
  processingMilliseconds: 2000,
} as const;

export interface UploadConfig {
  readonly port: number;
  readonly userServiceUrl: string;
  readonly notificationsUrl: string;
  /** Without a bucket, images are kept in a local folder. */
  readonly bucket?: string;
  readonly region: string;
  readonly resizerUrl?: string;
}

export function readConfig(env: NodeJS.ProcessEnv): UploadConfig {
  return {
    port: Number(env.PORT ?? 4000),
    userServiceUrl: env.USER_SERVICE_URL ?? 'http://localhost:4001',
    notificationsUrl: env.NOTIFICATIONS_URL ?? 'http://localhost:4002',
    region: env.AWS_REGION ?? 'eu-west-1',
    ...(env.IMAGE_BUCKET === undefined ? {} : { bucket: env.IMAGE_BUCKET }),
    ...(env.RESIZER_URL === undefined ? {} : { resizerUrl: env.RESIZER_URL }),
  };
}
