import { AMQP } from './amqp.ts';
import { AWS } from './aws.ts';
import { CLOUD } from './cloud.ts';
import { EMITTERS } from './emitters.ts';
import { JOBS } from './jobs.ts';
import { KAFKA } from './kafka.ts';
import type { MessageLibrary } from './message.ts';
import { NATS } from './nats.ts';
import { NEST } from './nest.ts';
import { REDIS } from './redis.ts';

export const LIBRARIES: readonly MessageLibrary[] = [...KAFKA, ...AMQP, ...NATS, ...REDIS, ...AWS, ...JOBS, ...CLOUD, ...EMITTERS, ...NEST];
