import { formatBytes, type EventOf, type EventType, type RejectionReason, type UserDto } from '@acme/contracts';
import type { Mail } from './mailer.ts';

const REASONS = {
  'too-large': 'it is larger than allowed',
  'unsupported-format': 'only PNG and JPEG are supported',
  malware: 'our scanner found something harmful in it',
  'quota-exceeded': 'your storage is full',
  unauthenticated: 'you were not signed in',
} satisfies Record<RejectionReason, string>;

type Template<Type extends EventType> = (event: EventOf<Type>, user: UserDto) => Mail;

/** One mail per type of event. */
export const TEMPLATES: { readonly [Type in EventType]: Template<Type> } = {
  'image.uploaded': ({ image }, user) => ({
    to: user.email,
    subject: 'Your new profile picture',
    text: `Hello ${user.displayName}, your picture (${image.width} x ${image.height}, ${formatBytes(image.bytes)}) is at ${image.url}.`,
  }),
  'image.rejected': ({ fileName, reason }, user) => ({
    to: user.email,
    subject: 'Your picture was not accepted',
    text: `Hello ${user.displayName}, ${fileName} was not accepted: ${REASONS[reason]}.`,
  }),
};
